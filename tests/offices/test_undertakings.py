"""What holders owe, as staff see it: lists of one's region, the proof, and what is found of it."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from factories import person, person_as
from http_client import signed_in
from pishkhan.files.services import store
from pishkhan.journal.clock import today
from pishkhan.journal.models import Access, Entry
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.services import find_kept
from pishkhan.people.roles import Role
from procedure_driver import PDF, at, shown_by, speaker_of
from rules_of_matters import licence
from undertaken import new_undertaking

pytestmark = pytest.mark.usefixtures("law", "papers")
Kind = Undertaking.Kind


def listed(client, query=""):
    text = client.get(f"/undertakings/?{query}").content.decode()
    return [
        key
        for key in Undertaking.objects.order_by("due_on", "pk").values_list("pk", flat=True)
        if f'href="/undertakings/{key}/"' in text
    ]


def proof_of(row):
    giver = speaker_of(row.organisation)
    return giver, store(ContentFile(PDF, name="a.pdf"), by=giver, division=row.division)


def test_lists_hold_what_their_word_says_the_overdue_first():
    late, soon = new_undertaking(days=-4), new_undertaking(Kind.INSURANCE, 3)
    refrains, over = new_undertaking(Kind.HOLDING_PERIOD, 300), new_undertaking(Kind.HOLDING_PERIOD, -1)
    shown = shown_by(at(NewLicence, "issued"))
    kept = find_kept(shown_by(at(NewLicence, "issued")), by=person_as(Role.EXPERT))
    client = signed_in(person_as(Role.EXPERT))
    others = set(Undertaking.objects.filter(office__in=[shown.office_id, kept.office_id]).values_list("pk", flat=True))
    assert listed(client)[0] == late.pk
    assert set(listed(client)) == {late.pk, soon.pk, refrains.pk} | others - {kept.pk}
    assert listed(client, "of=overdue") == [late.pk]
    assert (listed(client, "of=shown"), listed(client, "of=kept")) == ([shown.pk], [kept.pk])
    assert listed(client, "of=every&kind=holding_period") == [over.pk, refrains.pk]
    assert listed(client, f"q={late.office.code}") == [late.pk]
    assert listed(client, "place=1504") == []
    assert len(client.get("/undertakings/?of=overdue&export=csv").content.decode().splitlines()) == 2


def test_the_count_of_today_is_that_of_the_list_it_opens():
    (
        new_undertaking(days=-4),
        new_undertaking(days=-1),
        new_undertaking(days=1),
        new_undertaking(Kind.HOLDING_PERIOD, -9),
    )
    shown_by(at(NewLicence, "issued"))
    client = signed_in(person_as(Role.EXPERT))
    text = client.get("/today/").content.decode()
    for of, count in (("overdue", 2), ("shown", 1)):
        card = text.split(f'href="/undertakings/?of={of}"')[1].split("</a>")[0]
        assert ("۰۱۲"[count] in card, len(listed(client, f"of={of}"))) == (True, count)


@pytest.mark.parametrize("place", ["16", "1504"])
def test_another_region_neither_lists_exports_counts_nor_opens(place):
    row = shown_by(at(NewLicence, "issued"))
    client = signed_in(person_as(Role.EXPERT, place=place))
    assert listed(client, "of=every") == []
    assert len(client.get("/undertakings/?of=every&export=csv").content.decode().splitlines()) == 1
    assert client.get("/api/undertakings").json() == {"count": 0, "undertakings": []}
    for path in (
        f"/undertakings/{row.pk}/",
        f"/undertakings/{row.pk}/proof/",
        f"/undertakings/{row.pk}/find-kept/",
        f"/api/undertakings/{row.pk}",
        f"/api/undertakings/{row.pk}/proof",
    ):
        assert client.get(path).status_code == 404, path
    assert client.post(f"/api/undertakings/{row.pk}/kept").status_code == 404
    assert Access.objects.filter(refused=True, what__startswith="undertaking ").exists()


def test_a_proof_is_shown_found_wanting_shown_again_and_found_kept():
    row = new_undertaking()
    giver, file = proof_of(row)
    holder, expert = signed_in(giver), signed_in(person_as(Role.EXPERT))
    page = f"/undertakings/{row.pk}/"
    assert holder.post(f"{page}show/", {"file_stored": str(file.pk)}).status_code == 302
    assert b"".join(expert.get(f"{page}proof/").streaming_content) == PDF
    assert expert.post(f"{page}find-wanting/", {"reasons": ""}).status_code == 422
    assert expert.post(f"{page}find-wanting/", {"reasons": "مبلغ ضمانت‌نامه کم است."}).status_code == 302
    assert "مبلغ ضمانت‌نامه کم است." in holder.get(page).content.decode()
    assert expert.post(f"{page}find-kept/").status_code == 422  # nothing is shown now
    with_it = {"file": ContentFile(PDF, name="b.pdf")}
    assert holder.post(f"{page}show/", with_it).status_code == 302
    assert expert.post(f"{page}find-kept/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.settled_on) == ("kept", today())


def test_the_director_alone_releases_and_with_a_reason():
    row = new_undertaking(Kind.HOLDING_PERIOD, 300)
    page = f"/undertakings/{row.pk}/release/"
    assert signed_in(person_as(Role.EXPERT)).get(page).status_code == 403
    director = signed_in(person_as(Role.DIRECTOR))
    assert "برداشتن تعهد" in director.get(f"/undertakings/{row.pk}/").content.decode()
    assert director.post(page, {"reasons": "فوت دارنده"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "released"
    assert "فوت دارنده" not in str(list(Entry.objects.values()))


def test_over_http_an_undertaking_goes_the_same_way():
    row = new_undertaking(days=-2)
    giver, file = proof_of(row)
    holder, expert, director = (
        signed_in(person) for person in (giver, person_as(Role.EXPERT), person_as(Role.DIRECTOR))
    )
    data = holder.get("/api/undertakings/mine").json()
    assert [(item["id"], item["overdue"]) for item in data] == [(row.pk, True)]
    path = f"/api/undertakings/{row.pk}"

    def post(client, name, **body):
        return client.post(f"{path}/{name}", body, content_type="application/json")

    assert post(expert, "kept").status_code == 409
    assert post(expert, "proof", file=str(file.pk)).status_code == 403  # it is for who gave the undertaking
    theirs = store(ContentFile(PDF, name="b.pdf"), by=person(), division=row.division)
    assert post(holder, "proof", file=str(theirs.pk)).status_code == 404  # it is another's file
    assert post(holder, "proof", file=str(file.pk)).json()["state"] == "shown"
    assert post(holder, "kept").status_code == 403
    assert post(expert, "wanting", reasons="ناخواناست").json()["state"] == "open"
    assert post(expert, "release", reasons="به هر رو").status_code == 403
    assert post(director, "release", reasons="x").status_code == 422
    assert post(director, "release", reasons="به هر رو").json()["state"] == "released"
    assert post(director, "release", reasons="به هر رو").status_code == 409
    assert expert.get("/api/undertakings?of=released").json()["count"] == 1
    assert expert.get("/api/undertakings?of=nothing").status_code == 422


def test_who_gave_it_sees_it_and_its_proof_and_nobody_else_does():
    row = shown_by(at(NewLicence, "issued"))
    mine, stranger = signed_in(speaker_of(row.organisation)), signed_in(person())
    for path in (f"/undertakings/{row.pk}/", f"/undertakings/{row.pk}/proof/", f"/api/undertakings/{row.pk}"):
        answer = mine.get(path)
        assert (answer.status_code, bool(list(answer)), stranger.get(path).status_code) == (200, True, 404), path
        assert Client().get(path).status_code in (302, 401)
    assert mine.get("/undertakings/").status_code == 403
    assert mine.get("/api/undertakings").json()["count"] == 0  # the list is of one's region


def test_a_list_costs_the_same_however_long_it_is(django_assert_max_num_queries):
    client, costs = signed_in(person_as(Role.EXPERT)), []
    about = licence()
    new_undertaking(about=about)
    client.get("/undertakings/")  # the first page after signing in remembers that it reminded of the second factor
    for _ in range(2):
        with django_assert_max_num_queries(20) as queries:
            client.get("/undertakings/")
        costs.append(len(queries))
        for days in range(5):
            new_undertaking(days=days, about=about)
    assert costs[0] == costs[1]
