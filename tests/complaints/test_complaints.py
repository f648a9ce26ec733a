"""Complaints: nobody need say who they are, the office never sees it, two become one and two again, nothing is lost."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from complained import CONTACT, TEXT, WHERE, again, expert, holder_of, picture, posted, told
from factories import division, person, person_as
from http_client import signed_in
from law import enter_law
from pishkhan.casework.models import Case
from pishkhan.complaints import services as complaints
from pishkhan.complaints.actions import COMPLAINT_ACTIONS
from pishkhan.complaints.deadlines import due_days
from pishkhan.complaints.escalation import escalate_overdue
from pishkhan.complaints.filing import add, say_settled, take_back_contact
from pishkhan.complaints.models import OPEN, Complaint, State
from pishkhan.complaints.selectors import alike, complaints_seen_by, course_of, last_words
from pishkhan.counter.services import enter_agency, enter_service
from pishkhan.enforcement.models import ViolationDossier
from pishkhan.files import disk
from pishkhan.files.refusals import ContentErased
from pishkhan.files.selectors import content_of, name_of
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.inspections.models import Visit
from pishkhan.journal import clock
from pishkhan.journal.clock import today
from pishkhan.journal.models import Access, Entry, Words
from pishkhan.journal.refusals import NotPermitted, Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.language.text import Text
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import working_day_after
from procedure_driver import speaker_of, take
from rules_of_matters import licence
from scans import CANARY, FILM, told_photo

pytestmark = pytest.mark.usefixtures("law", "papers")


def test_anybody_complains_without_a_script_and_follows_it_by_a_code():
    office = licence().office
    answer = posted(office=office.code)
    made = Complaint.objects.get()
    assert answer.status_code == 302 and made.code in answer["Location"]
    assert (made.office, made.state, made.door, made.division_id) == (office, "received", "web", office.division_id)
    page = Client().get(answer["Location"]).content.decode()
    assert made.code in page and TEXT in page and CONTACT not in page and made.number not in page
    client = Client()
    client.post("/complaints/track/", {"code": made.code.lower(), "act": "add", "text": "امروز هم بسته بود"})
    client.post("/complaints/track/", {"code": made.code, "act": "unsettled"})
    assert again(made).settled is False
    assert "امروز هم بسته بود" in Client().get(f"/complaints/track/?code={made.code}").content.decode()


@pytest.mark.parametrize(
    ("stated", "field"),
    [
        ({}, "office"),
        ({"office": "15-C-9999"}, "office"),
        ({"kind": "no_office", "office": "its"}, "kind"),
        ({"kind": "closed", "place": "1503"}, "kind"),
        ({"text": ""}, "text"),
        ({"happened_on": "1420/01/01"}, "happened_on"),
    ],
)
def test_what_is_wrongly_stated_is_told_beside_the_field(stated, field):
    code = licence().office.code
    division("1503")
    stated = {name: code if value == "its" else value for name, value in stated.items()}
    answer = posted(**({"office": code} if field in ("text", "happened_on") else {}) | stated)
    assert answer.status_code == 422
    assert f'id="id_{field}' in answer.content.decode() and field in answer.context["form"].errors
    assert not Complaint.objects.exists() and not Words.objects.filter(field="text").exists()


def test_a_place_without_an_office_can_be_complained_of():
    division("1503")
    clerk = expert()
    assert posted(kind="no_office", place="1503", where=WHERE).status_code == 302
    made = Complaint.objects.get()
    assert made in complaints_seen_by(clerk)
    assert (made.office, made.division_id) == (None, "1503")
    for act in (complaints.ask_visit, complaints.open_violation):
        with pytest.raises(Refusal):
            act(made, by=clerk)


def test_what_nobody_here_would_ever_read_is_not_taken():
    expert("15")
    division("16")
    answer = posted(kind="no_office", place="16")
    assert answer.status_code == 422 and "place" in answer.context["form"].errors
    assert not Complaint.objects.exists()


def test_the_charge_stands_beside_the_tariff_of_that_day():
    office, clerk = licence().office, expert()
    agency = enter_agency(code="post", name=Text("پست", "Post"), division=Division.objects.get(code="15"), by=clerk)
    service = enter_service(
        code="parcel", agency=agency, name=Text("بسته", "Parcel"), amount=70_000, source="x", papers=[], by=clerk
    )
    made = told(office, "overcharged", service=service, charged=190_000)
    page = signed_in(clerk).get(f"/complaints/{made.pk}/").content.decode()
    assert "۱۹۰٬۰۰۰" in page and "۷۰٬۰۰۰" in page and "بیش از تعرفه" in page
    assert told(office, "closed", service=service, charged=1).charged is None


def test_photos_are_looked_at_and_shown_without_what_the_camera_wrote():
    office = licence().office
    photo = SimpleUploadedFile("قناری.jpg", picture(), "image/jpeg")
    assert posted(office=office.code, photos=[photo]).status_code == 302
    made = Complaint.objects.get()
    shot = made.photos.get()
    client = signed_in(expert())
    content = client.get(f"/complaints/{made.pk}/photos/{shot.pk}/").content
    assert content.startswith(b"\xff\xd8") and b"CANARY-CAMERA" not in content
    assert client.get(f"/complaints/{made.pk}/photos/{shot.pk + 1}/").status_code == 404
    assert signed_in(holder_of(made)).get(f"/complaints/{made.pk}/photos/{shot.pk}/").status_code == 403
    for bad in (b"%PDF-1.4\n%%EOF\n", picture()[:200] + b"\xff\xd9"):
        before = Complaint.objects.count()
        assert posted(office=office.code, photos=[SimpleUploadedFile("a.jpg", bad)]).status_code == 422
        assert Complaint.objects.count() == before


def test_the_office_reads_a_summary_and_never_who_complained_or_what_they_wrote():
    made, clerk = told(where=WHERE), expert()
    holder = holder_of(made)
    client = signed_in(holder)
    assert client.get(f"/my-office/complaints/{made.pk}/").status_code == 404
    complaints.send(made, "گفته‌اند بسته بوده است", by=clerk)
    assert Notice.objects.filter(template="complaint.sent", person=holder).count() == 1
    page = client.get(f"/my-office/complaints/{made.pk}/").content.decode()
    assert "گفته‌اند بسته بوده است" in page
    assert not any(each in page for each in ("قناری", made.code))
    assert "/my-office/complaints/" in client.get(f"/my-office/{made.office.code}/").content.decode()
    complaints.release(again(made), "بسته بود", by=clerk)
    complaints.release(again(made), "روزی بسته بود", by=clerk)
    assert "روزی بسته بود" in client.get(f"/my-office/complaints/{made.pk}/").content.decode()
    complaints.withhold(again(made), by=clerk)
    assert "روزی بسته بود" not in client.get(f"/my-office/complaints/{made.pk}/").content.decode()
    assert [each.words["version"] for each in course_of(made) if each.act == "release"] == ["بسته بود", "روزی بسته بود"]
    assert course_of(made)[0].words["text"] == TEXT
    assert (
        signed_in(speaker_of(licence().office.holdings.get().organisation))
        .get(f"/my-office/complaints/{made.pk}/")
        .status_code
        == 404
    )


def test_the_complainant_reads_the_answer_only_once_it_is_published():
    made, clerk = told(), expert()
    complaints.send(made, "خلاصه‌ای", by=clerk)
    client = signed_in(holder_of(made))
    assert client.post(f"/my-office/complaints/{made.pk}/", {"text": "برق نبود"}).status_code == 302
    assert client.post(f"/my-office/complaints/{made.pk}/", {"text": "دوباره، برق نبود"}).status_code == 422
    track = f"/complaints/track/?code={made.code}"
    assert "برق نبود" not in Client().get(track).content.decode()
    complaints.publish(again(made), "برق رفته بود", by=clerk)
    complaints.close(again(made), "explained", "پوزش خواستند", by=clerk)
    page = Client().get(track).content.decode()
    assert "برق رفته بود" in page and "پوزش خواستند" in page and "خلاصه‌ای" not in page


def test_one_press_opens_a_visit_or_a_violation_case():
    clerk = expert()
    made = told()
    assert signed_in(clerk).post(f"/complaints/{made.pk}/ask-visit/").status_code == 302
    visit = Visit.objects.get()
    assert (visit.kind, visit.office, again(made).visit, again(made).state) == (
        "complaint",
        made.office,
        visit,
        "visiting",
    )
    assert Entry.objects.get(subject=visit.subject).because.startswith(made.subject)
    assert signed_in(clerk).post(f"/complaints/{made.pk}/open-case/").status_code == 302
    case = Case.objects.get(procedure_code="violation")
    assert again(made).case == case
    assert Entry.objects.get(subject=case.subject, number=1).because.startswith(made.subject)
    assert ViolationDossier.objects.get().source == "complaint"
    assert (ViolationDossier.objects.get().violation, ViolationDossier.objects.get().committed_on) == (
        "inactivity",
        made.happened_on,
    )
    assert signed_in(clerk).post(f"/complaints/{made.pk}/open-case/").status_code == 422
    assert Case.objects.filter(procedure_code="violation").count() == 1


def test_what_may_be_the_same_is_suggested_and_joined_without_losing_either():
    clerk, first = expert(), told()
    second = told(first.office, text="من هم دیدم بسته است")
    other_kind, other_office = told(first.office, "waiting"), told()
    old = told(first.office, happened_on=today() - timedelta(days=40))
    assert list(alike(first)) == [second]
    assert set(alike(first)).isdisjoint({other_kind, other_office, old})
    page = signed_in(clerk).get(f"/complaints/{second.pk}/").content.decode()
    assert f'value="{first.number}"' in page
    assert signed_in(clerk).post(f"/complaints/{second.pk}/join/", {"to": first.number}).status_code == 302
    complaints.send(first, "خلاصه‌ای", by=clerk)
    complaints.answer(again(first), "برق نبود", by=holder_of(first))
    complaints.publish(again(first), "برق نبود، پوزش", by=clerk)
    followed = Client().get(f"/complaints/track/?code={second.code}").content.decode()
    assert "برق نبود، پوزش" in followed and "من هم دیدم" in followed and TEXT not in followed
    assert first.code not in followed
    for pair in ((first, first), (first, second), (again(first), other_office)):
        with pytest.raises(Refusal):
            complaints.join(again(pair[0]), again(pair[1]), by=clerk)
    complaints.separate(again(second), by=clerk)
    assert (again(second).state, again(second).joined_to) == ("received", None)
    assert "برق نبود، پوزش" not in Client().get(f"/complaints/track/?code={second.code}").content.decode()
    assert list(problems()) == []


def test_what_is_late_is_counted_listed_and_brought_before_the_director_once():
    made, clerk = told(), expert()
    assert escalate_overdue() == []
    with clock.at(clock.now() + timedelta(days=12)):
        fresh = told(made.office, "waiting")
        listed = signed_in(clerk).get("/complaints/?of=late").content.decode()
        assert made.number in listed and fresh.number not in listed
        assert escalate_overdue() == [made]
        assert escalate_overdue() == []
        text = signed_in(person_as(Role.DIRECTOR)).get("/today/").content.decode()
        card = text.split('href="/complaints/?of=escalated"')[1].split("</a>")[0]
        assert "۱" in card
        complaints.send(again(made), "خلاصه‌ای", by=clerk)
        assert again(made).escalated_on is None
        assert escalate_overdue() == []


def test_a_complaint_whose_violation_case_has_ended_is_late_in_its_time_and_not_before():
    made, clerk = told(), expert()
    complaints.open_violation(made, by=clerk)
    with clock.at(clock.now() + timedelta(days=40)):
        assert escalate_overdue() == []  # the case is under way
        take(Case.objects.get(pk=again(made).case_id), "drop")
        due = due_days([again(made)])[again(made)]
        assert due == working_day_after(today(), 5, place=made.division_id)
        with clock.at(clock.now() + (due - today())):
            assert escalate_overdue() == []
        with clock.at(clock.now() + (due - today()) + timedelta(days=1)):
            assert escalate_overdue() == [made]


def test_why_a_complaint_was_dismissed_is_told_to_whom_joined_it_too():
    clerk, first = expert(), told()
    second = told(first.office)
    complaints.join(second, first, by=clerk)
    complaints.dismiss(again(first), "دفتر آن روز تعطیل رسمی داشت", by=clerk)
    assert "تعطیل رسمی" in Client().get(f"/complaints/track/?code={second.code}").content.decode()


def test_another_region_neither_lists_exports_counts_nor_opens():
    made = told()
    for stranger in (person_as(Role.EXPERT, "16"), person_as(Role.EXPERT, "1504"), person_as(Role.DIRECTOR, "16")):
        client = signed_in(stranger)
        assert made.number not in client.get("/complaints/?of=every").content.decode()
        assert len(client.get("/complaints/?of=every&export=csv").content.decode().splitlines()) == 1
        assert client.get("/api/complaints?of=every").json() == {"count": 0, "complaints": []}
        for path in (f"/complaints/{made.pk}/", f"/complaints/{made.pk}/send/", f"/api/complaints/{made.pk}"):
            assert client.get(path).status_code == 404, path
        assert (
            client.post(
                f"/api/complaints/{made.pk}/dismiss",
                {"stated": {"reasons": "چنین نیست"}},
                content_type="application/json",
            ).status_code
            == 404
        )
    assert Access.objects.filter(subject=made.subject, refused=True).exists()
    for role in (Role.INSPECTOR, Role.SECRETARY, Role.ACCOUNTANT, Role.ADMINISTRATOR):
        assert signed_in(person_as(role)).get(f"/complaints/{made.pk}/").status_code == 403
    with pytest.raises(NotPermitted):
        complaints.dismiss(made, "چنین نیست", by=person())


def test_every_look_of_staff_and_holder_is_in_the_access_log():
    made, clerk = told(), expert()
    complaints.send(made, "خلاصه‌ای", by=clerk)
    signed_in(clerk).get(f"/complaints/{made.pk}/")
    signed_in(clerk).get(f"/api/complaints/{made.pk}")
    signed_in(holder_of(made)).get(f"/my-office/complaints/{made.pk}/")
    assert [each.what for each in Access.objects.filter(subject=made.subject).order_by("pk")] == [
        "complaint",
        "complaint",
        "complaint asked",
    ]


def test_contact_is_taken_back_by_itself_and_the_rest_is_erased_once_it_has_ended():
    made, director = told(), person_as(Role.DIRECTOR)
    with pytest.raises(Refusal):
        complaints.erase(made, by=director)
    take_back_contact(made)
    course = course_of(made)
    assert (last_words(course, "contact"), last_words(course, "text")) == ("", TEXT)
    complaints.dismiss(again(made), "دلیلی ندارد", by=expert())
    complaints.erase(again(made), by=director)
    assert not Words.objects.filter(subject=made.subject).exists()
    assert list(problems()) == []


def test_the_photos_of_a_complaint_are_erased_with_it_and_nobody_elses(django_capture_on_commit_callbacks):
    clerk, director = expert(), person_as(Role.DIRECTOR)
    first, second = (told(photos=[SimpleUploadedFile("a.jpg", picture(), "image/jpeg")]) for _ in range(2))
    own = store(SimpleUploadedFile("b.jpg", picture(), "image/jpeg"), by=clerk, division=first.division)
    gone, other = first.photos.get().file, second.photos.get().file
    copied = disk.get(gone.path)
    complaints.dismiss(first, "دلیلی ندارد", by=clerk)

    with django_capture_on_commit_callbacks(execute=True):
        complaints.erase(again(first), by=director)

    assert [disk.get(each.path) is None for each in (gone, other, own)] == [True, False, False]
    assert content_of(other) == content_of(own)
    disk.put(gone.path, copied)
    gone.refresh_from_db()
    with pytest.raises(ContentErased):
        content_of(gone)


def test_what_is_kept_of_an_anonymous_photo_tells_neither_camera_nor_place():
    made = told(photos=[SimpleUploadedFile("قناری.jpg", told_photo() + FILM, "image/jpeg")])

    kept = made.photos.get().file

    assert kept.whose == made.whose and CANARY not in content_of(kept) and name_of(kept) == "photo.jpg"


def test_staff_enter_what_came_by_phone_in_their_own_region():
    office, clerk = licence().office, expert()
    stated = {
        "kind": "behaviour",
        "office": office.code,
        "text": TEXT,
        "happened_on": today().isoformat(),
        "door": "phone",
        "reference": "195/77",
    }
    assert signed_in(clerk).post("/complaints/enter/", stated).status_code == 302
    made = Complaint.objects.get()
    assert (made.door, made.reference) == ("phone", "195/77")
    assert Entry.objects.get(subject=made.subject, number=1).actor == clerk.ref
    assert signed_in(expert("16")).post("/complaints/enter/", stated).status_code == 422
    assert Complaint.objects.count() == 1


class Walks(TestCase):
    """Whatever is done in whichever order, a complaint stands in one place, and its journal is whole."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.sampled_from([*COMPLAINT_ACTIONS, "add", "settled"]), max_size=9))
    def test_no_order_of_acts_leaves_a_complaint_in_pieces(self, names):
        enter_law()
        made, clerk, director = told(), expert(), person_as(Role.DIRECTOR)
        lead, holder = told(made.office), holder_of(made)
        stated = {
            "send": {"summary": "خلاصه‌ای"},
            "publish": {"text": "پاسخی هست"},
            "release": {"version": "متنی دیگر"},
            "dismiss": {"reasons": "بی دلیل"},
            "reopen": {"reasons": "دلیلی هست"},
            "close": {"outcome": "explained", "told": "روشن شد"},
            "join": {"to": lead},
            "answer": {"text": "پاسخی"},
        }
        for name in names:
            now = again(made)
            before = (now.state, Entry.objects.filter(subject=now.subject).count())
            try:
                if name == "add":
                    add(now, "افزوده‌ای")
                elif name == "settled":
                    say_settled(now, True)
                else:
                    who = {"erase": director, "answer": holder}.get(name, clerk)
                    COMPLAINT_ACTIONS[name].does(now, **stated.get(name, {}), by=who)
                    assert before[0] in COMPLAINT_ACTIONS[name].states, name
            except Refusal:
                assert (again(made).state, Entry.objects.filter(subject=made.subject).count()) == before
        left = again(made)
        assert (left.state == State.JOINED) == (left.joined_to == lead)
        assert (left.state == State.CLOSED) == bool(left.outcome)
        assert left.state in OPEN or left.not_due_before is None
        assert Client().get(f"/complaints/track/?code={left.code}").status_code == 200
        assert signed_in(clerk).get(f"/complaints/{left.pk}/").status_code == 200
        assert list(problems()) == []
