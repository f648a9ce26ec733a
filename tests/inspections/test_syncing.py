"""What a phone sends is taken in once and wholly, or refused in words; what is odd is flagged and refuses nothing."""

from datetime import timedelta
from hashlib import sha256

import pytest
from django.db.models import Q
from pydantic import ValidationError
from uuid6 import uuid7

from factories import person_as
from http_client import signed_in
from phone import HERE, given, jpeg, noisy_jpeg, photo, report
from pishkhan.files import disk
from pishkhan.files.models import StoredFile
from pishkhan.files.selectors import content_of
from pishkhan.inspections import refusals
from pishkhan.inspections.field import field_refusals, photos
from pishkhan.inspections.field.report import Report, placeless
from pishkhan.inspections.field.retention import forget_places
from pishkhan.inspections.field.syncing import hand_in, receive
from pishkhan.inspections.models import Fix, Flag, Photo, Signature, Submission, Visit
from pishkhan.inspections.visits.services import cancel_visit, submit_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Missing, NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.offices.models import Premises
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.models import Assignment
from pishkhan.people.roles import Role
from scans import CANARY, told_photo

pytestmark = pytest.mark.usefixtures("law", "papers")
TABLES = (Submission, Photo, Fix, Signature, Flag, Entry, StoredFile)


def send(told, by, **later):
    return receive(told, sent_at=now() + timedelta(**later), by=by)


def counts():
    return {table: table._base_manager.count() for table in TABLES}


def test_a_report_is_taken_in_with_its_evidence_and_again_changes_nothing():
    visit, inspector = given()
    contents = [jpeg() for _ in range(3)]
    told = report(visit, [photo(content) for content in contents])
    first = send(told, inspector)
    for row, content in zip(visit.photos.filter(item="").order_by("pk"), contents, strict=True):
        photos.take_whole(row, content, by=inspector)
    before = counts()
    for _ in range(10):
        assert send(told, inspector, hours=10) == first
        for row, content in zip(visit.photos.filter(item="").order_by("pk"), contents, strict=True):
            photos.take_whole(row, content, by=inspector)
    assert counts() == before
    visit.refresh_from_db()
    assert visit.state == Visit.State.SUBMITTED and visit.passed
    kept = [content_of(row.file) for row in visit.photos.filter(item="").order_by("pk")]
    assert kept == contents
    assert not visit.flags.exists()
    assert list(problems()) == []


def test_names_and_strokes_are_erasable_words_and_the_journal_holds_none():
    visit, inspector = given()
    sent = send(report(visit), inspector)
    assert words_of(sent.subject)[1, "office.name"] == "زهره قناری"
    assert words_of(sent.subject)[1, "office.strokes"] == "[[10, 20, 400, 500]]"
    assert "قناری" not in str(Entry.objects.get(subject=sent.subject).facts)


def test_an_office_may_refuse_to_sign_with_a_reason_and_an_inspector_not():
    refused = {"how": "refused", "reason": "متصدی رفته بود", "at": now()}
    visit, inspector = given()
    for wrong in (
        {"inspector": refused},
        {"office": refused | {"reason": " "}},
        {"office": {"how": "typed", "name": " ", "at": now()}},
        {"office": {"how": "drawn", "at": now()}},
    ):
        with pytest.raises(field_refusals.NotSigned):
            send(report(visit, **wrong), inspector)
    send(report(visit, office=refused), inspector)
    assert visit.signatures.get(whose="office").how == "refused"


def cancelled(visit, inspector):
    cancel_visit(visit, by=person_as(Role.EXPERT))


def reported(visit, inspector):
    submit_visit(visit, answers=report(visit).answers, visited_on=today(), by=inspector)


def arrival_day():
    """The day on which a report that is made now says that its inspector arrived."""
    return clock.day_of(now() - timedelta(minutes=30))


def surrendered(visit, inspector):
    change_status(
        visit.office.licences.get(),
        Status.SURRENDERED,
        from_on=arrival_day(),
        by=person_as(Role.EXPERT),
        role=Role.EXPERT,
    )


def dismissed(visit, inspector):
    Assignment.objects.filter(person=inspector).update(until_on=today() - timedelta(days=1))


@pytest.mark.parametrize(
    ("happened", "refusal"),
    [
        (cancelled, field_refusals.CancelledMeanwhile),
        (reported, field_refusals.AlreadyReported),
        (surrendered, field_refusals.OfficeIsGone),
        (dismissed, NotPermitted),
    ],
)
def test_the_server_decides_what_happened_meanwhile_and_keeps_what_was_handed_in(happened, refusal):
    visit, inspector = given()
    told = report(visit, [photo()])
    happened(visit, inspector)
    before = counts()
    with pytest.raises(refusal):
        send(told, inspector)
    assert counts() == before
    kept = hand_in(told, sent_at=now(), by=inspector)
    assert (kept.outcome, kept.because) == (Submission.Outcome.HANDED_IN, refusal.__name__)
    assert Report.model_validate_json(words_of(kept.subject)[1, "report"]) == placeless(told)
    assert hand_in(told, sent_at=now(), by=inspector) == kept


def hostile(visit, inspector):
    """What a phone must not send: name → what it tells instead, and how that is refused."""
    other, stranger = given()
    named = photo()
    send(report(other, [named]), stranger)
    late, early = now() + timedelta(days=2), now() - timedelta(days=40)
    return {
        "another's visit": ({"visit": other.pk}, refusals.AnothersVisit),
        "no visit": ({"visit": uuid7()}, Missing),
        "another's photo": ({"photos": [named]}, field_refusals.PhotoInTwoReports),
        "a photo of nothing": ({"photos": [photo(item="poem")]}, refusals.WrongAnswers),
        "in two days": ({"arrived": {"at": late}, "left": {"at": late}}, field_refusals.ATimeToCome),
        "before it was asked for": ({"arrived": {"at": early}, "left": {"at": early}}, refusals.BeforeTheRequest),
        "left before arriving": (
            {"arrived": {"at": now()}, "left": {"at": now() - timedelta(hours=1)}},
            field_refusals.LeftBeforeArriving,
        ),
        "another edition": ({"edition": "1300"}, field_refusals.AnotherEdition),
        "no answers": ({"answers": {}}, refusals.WrongAnswers),
        "too lenient": (
            {
                "answers": report(visit).answers | {"tariff": "not_ok"},
                "passed": True,
                "notes": {"tariff": "x"},
                "photos": [photo(item="tariff")],
            },
            refusals.TooLenient,
        ),
    }


def test_a_hostile_phone_is_refused_in_words_and_nothing_else_is_harmed():
    visit, inspector = given()
    for name, (lie, refusal) in hostile(visit, inspector).items():
        before = counts()
        with pytest.raises(refusal) as raised:
            send(report(visit, **lie), inspector)
        assert raised.value.text.fa and raised.value.text.en, name
        assert counts() == before, name
    send(report(visit), inspector)


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "018f0000-0000-4000-8000-000000000000"},
        {"arrived": {"at": "2026-01-01T00:00:00"}},
        {"photos": [photo(size=10**9)]},
        {"photos": [photo(digest="x")]},
        {"photos": [photo() for _ in range(41)]},
        {"left": {"at": "2026-01-01T00:00:00Z", "position": {"lat": float("nan"), "lon": 0, "accuracy": 1}}},
        {"inspector": {"how": "drawn", "strokes": [[0] * 20_000], "at": "2026-01-01T00:00:00Z"}},
        {"poem": "x"},
    ],
)
def test_what_no_phone_of_ours_makes_has_no_form(wrong, db):
    visit = Visit(pk=uuid7(), edition="1400")
    usual = {
        "id": uuid7(),
        "visit": visit.pk,
        "device": uuid7(),
        "edition": "1400",
        "answers": {},
        "arrived": {"at": now()},
        "left": {"at": now()},
        "inspector": {"how": "typed", "at": now()},
        "office": {"how": "typed", "at": now()},
    }
    Report(**usual)
    with pytest.raises(ValidationError):
        Report(**usual | wrong)


def test_an_identifier_stands_for_one_report_of_one_person():
    visit, inspector = given()
    told = report(visit)
    send(told, inspector)
    with pytest.raises(field_refusals.SentDifferently):
        send(told.model_copy(update={"notes": {"open": "دیگر"}}), inspector)
    with pytest.raises(field_refusals.SentDifferently):
        send(told, person_as(Role.INSPECTOR))


def test_a_visit_is_begun_on_the_spot_and_never_twice_running():
    office = given()[0].office
    inspector, mine = person_as(Role.INSPECTOR), {"office": office.code, "kind": "routine", "purpose": "performance"}
    unplanned = Visit(pk=uuid7(), edition="1400", office=office, seen="office", kind="routine")
    yesterday = now() - timedelta(days=1)
    told = report(
        unplanned,
        begun=mine,
        arrived={"at": yesterday, "position": HERE},
        left={"at": yesterday + timedelta(minutes=20), "position": HERE},
    )
    assert send(told, inspector) == send(told, inspector)
    assert Visit.objects.get(pk=unplanned.pk).inspector == inspector
    again = Visit(pk=uuid7(), edition="1400", office=office, seen="office", kind="routine")
    with pytest.raises(refusals.TheSameInspector):
        send(report(again, begun=mine), inspector)
    with pytest.raises(field_refusals.NotOnTheSpot):
        send(report(again, begun=mine | {"kind": "initial"}), person_as(Role.INSPECTOR))
    with pytest.raises(Missing):
        send(report(again, begun=mine), person_as(Role.INSPECTOR, place="1504"))
    assert not Visit.objects.filter(pk=again.pk).exists()


def test_who_has_a_visit_to_make_reports_that_one():
    visit, inspector = given()
    spot = Visit(pk=uuid7(), edition="1400", office=visit.office, seen="office", kind="routine")
    with pytest.raises(field_refusals.AlreadyGiven):
        send(report(spot, begun={"office": visit.office.code, "kind": "routine", "purpose": "performance"}), inspector)


FAR = HERE | {"lat": 33.60}
ODD = {
    "far": lambda: {"arrived": {"at": now() - timedelta(minutes=30), "position": FAR}},
    "no_position": lambda: {"arrived": {"at": now() - timedelta(minutes=30)}},
    "inaccurate": lambda: {"arrived": {"at": now() - timedelta(minutes=30), "position": HERE | {"accuracy": 900}}},
    "short": lambda: {"arrived": {"at": now() - timedelta(minutes=3), "position": HERE}},
    "photo_out_of_time": lambda: {"photos": [photo(taken_at=now() - timedelta(hours=5))]},
    "photo_far": lambda: {"photos": [photo(position=FAR)]},
}


@pytest.mark.parametrize("what", ODD)
def test_what_is_odd_is_flagged_with_its_measure_and_refuses_nothing(what):
    visit, inspector = given()
    assert Premises.objects.get(office=visit.office).lat == HERE["lat"]
    send(report(visit, **ODD[what]()), inspector)
    flag = visit.flags.get()
    assert flag.what == what
    assert "{" not in flag.told.fa + flag.told.en
    assert what == "no_position" or (flag.measured != flag.usual and flag.number)


def test_a_clock_that_is_ahead_is_flagged_and_set_back():
    visit, inspector = given()
    ahead = timedelta(hours=10)
    told = report(
        visit,
        arrived={"at": now() + ahead - timedelta(minutes=30), "position": HERE},
        left={"at": now() + ahead, "position": HERE},
    )
    for each in told.photos:
        each.taken_at += ahead
    receive(told, sent_at=now() + ahead, by=inspector)
    visit.refresh_from_db()
    assert visit.visited_on == arrival_day()
    assert visit.flags.get().what == Flag.What.CLOCK
    assert visit.fixes.get(what="left").at <= now()


def test_two_visits_too_near_in_time_and_the_same_photo_are_flagged():
    inspector, content = person_as(Role.INSPECTOR), jpeg()
    for place in (HERE, HERE | {"lat": 34.48}):
        visit, _ = given(inspector)
        Premises.objects.filter(office=visit.office).update(lat=place["lat"])
        send(
            report(
                visit,
                [photo(content, position=place)],
                arrived={"at": now() - timedelta(minutes=30), "position": place},
                left={"at": now(), "position": place},
            ),
            inspector,
        )
    flags = visit.flags.filter(Q(photo=None) | Q(photo__item=""))
    assert sorted(flags.values_list("what", flat=True)) == ["photo_twice", "too_fast"]


def named(content, **told):
    visit, inspector = given()
    send(report(visit, [photo(content, **told)]), inspector)
    return visit.photos.get(item=""), inspector


def test_a_photo_comes_in_pieces_and_goes_on_where_it_stopped():
    content = noisy_jpeg()
    row, inspector = named(content)
    photos.take_piece(row, 0, content[: photos.CHUNK], by=inspector)
    assert photos.offset_of(row) == photos.CHUNK
    for offset, piece in (
        (0, content[:9]),
        (photos.CHUNK, b"x"),
        (2 * photos.CHUNK, content[2 * photos.CHUNK :]),
        (photos.CHUNK - 1, content[: photos.CHUNK]),
    ):
        if offset < photos.CHUNK:
            photos.take_piece(row, offset, piece, by=inspector)  # it is here already: nothing is done
        else:
            with pytest.raises(field_refusals.WrongChunk):
                photos.take_piece(row, offset, piece, by=inspector)
    assert photos.offset_of(row) == photos.CHUNK
    done = photos.take_whole(row, content, by=inspector)
    assert content_of(done.file) == content


def test_pieces_lie_sealed_until_the_whole_is_here_and_then_no_more():
    content = noisy_jpeg()
    row, inspector = named(content)
    photos.take_piece(row, 0, content[: photos.CHUNK], by=inspector)
    (name,) = [name for name, _ in disk.names() if name.startswith(photos.FOLDER)]
    assert content[20:60] not in disk.get(name) and photos.named_pieces([name, "arriving/x/0"]) == {name}
    photos.take_whole(row, content, by=inspector)
    assert disk.get(name) is None and photos.named_pieces([name]) == set()


def test_the_phones_digest_is_of_what_it_sent_and_what_is_kept_is_bare():
    content = told_photo()
    row, inspector = named(content)
    done = photos.take_whole(row, content, by=inspector)
    facts = Entry.objects.get(subject=row.subject, act="photo.take_in").facts
    assert facts["digest"] == sha256(content).hexdigest() == row.digest and facts["kept"] == done.file.digest
    assert CANARY not in content_of(done.file) and photos.offset_of(done) == len(content)
    assert photos.take_piece(done, 0, content, by=inspector).file_id == done.file_id  # sent again: nothing more


def test_photos_belong_to_what_was_visited_and_not_to_the_inspector():
    content = jpeg()
    row, inspector = named(content)
    done = photos.take_whole(row, content, by=inspector)
    assert done.file.whose == f"office:{row.visit.office_id}" != inspector.ref


BOMB = jpeg(2001)


@pytest.mark.parametrize(
    ("content", "sent", "refusal"),
    [
        (jpeg(), jpeg(), field_refusals.NotThePhoto),
        (b"%PDF-1.4\n%%EOF\n", None, field_refusals.NotAPhoto),
        (jpeg()[:-40], None, field_refusals.NotAPhoto),
        (BOMB, None, field_refusals.NotAPhoto),
        (b"\xff\xd8\xff<html>\xff\xd9", None, field_refusals.NotAPhoto),
    ],
    ids=["another", "pdf", "torn", "bomb", "disguised"],
)
def test_what_is_not_the_photo_is_refused_and_can_be_sent_again(content, sent, refusal):
    row, inspector = named(content, size=len(sent or content))
    with pytest.raises(refusal):
        photos.take_whole(row, sent or content, by=inspector)
    row.refresh_from_db()
    assert row.file is None
    assert photos.offset_of(row) == 0
    assert not StoredFile.objects.filter(digest=sha256(content).hexdigest()).exists()


def test_nobody_else_sends_a_photo_for_a_report():
    row, _ = named(jpeg())
    with pytest.raises(Missing):
        photos.photo_of(row.pk, person_as(Role.INSPECTOR))


def test_where_an_inspector_was_is_forgotten_after_its_time_and_what_was_odd_stays():
    visit, inspector = given()
    sent = send(report(visit, **ODD["far"]()), inspector)
    assert "33.6" in str(words_of(sent.subject))
    assert "33.6" not in str(Entry.objects.get(subject=sent.subject).facts)
    term = timedelta(days=365)
    with clock.at(now() + term - timedelta(minutes=1)):
        assert forget_places("15") == 0
    with clock.at(now() + term + timedelta(minutes=1)):
        assert forget_places("1504") == 0
        assert forget_places("15") == 1
        assert forget_places("15") == 0
    assert not visit.fixes.exclude(lat=None).exists() and not visit.photos.exclude(lat=None).exists()
    assert "33.6" not in str(words_of(sent.subject))
    assert words_of(sent.subject)[1, "office.name"] == "زهره قناری"
    assert visit.flags.get().what == Flag.What.FAR
    assert list(problems()) == []


def test_where_a_phone_was_whose_report_was_refused_is_forgotten_too_and_the_report_stays():
    visit, inspector = given()
    told = report(visit, **ODD["far"](), notes={"open": "نشانهٔ قناری"})
    cancelled(visit, inspector)
    kept = hand_in(told, sent_at=now(), by=inspector)
    assert kept.digest == told.digest
    assert "33.6" in words_of(kept.subject)[1, "places"] and "33.6" not in words_of(kept.subject)[1, "report"]
    with clock.at(now() + timedelta(days=365, minutes=1)):
        assert (forget_places("15"), forget_places("15")) == (1, 0)
    assert "33.6" not in str(words_of(kept.subject)) and "نشانهٔ قناری" in words_of(kept.subject)[1, "report"]
    assert list(problems()) == []


def test_an_expert_reads_what_was_handed_in_and_nobody_elsewhere_does():
    visit, inspector = given()
    told = report(visit, notes={"open": "نشانهٔ قناری"})
    cancelled(visit, inspector)
    kept = hand_in(told, sent_at=now(), by=inspector)
    there, elsewhere = signed_in(person_as(Role.EXPERT)), signed_in(person_as(Role.EXPERT, place="1504"))
    assert "لغو شده" in there.get("/visits/handed-in/").content.decode()
    assert "نشانهٔ قناری" in there.get(f"/visits/handed-in/{kept.pk}/").content.decode()
    assert str(kept.pk) not in elsewhere.get("/visits/handed-in/").content.decode()
    assert elsewhere.get(f"/visits/handed-in/{kept.pk}/").status_code == 404
