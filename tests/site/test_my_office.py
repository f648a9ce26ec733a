"""What a holder sees of an office: how long renewal can be asked for, what is due, and nothing of anybody else."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from factories import person, person_as
from http_client import as_read, signed_in
from phone import given
from pishkhan.casework.models import Case
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import accept_visit, submit_visit
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.clock import today
from pishkhan.language.jalali import jalali_date
from pishkhan.licensing.licences.holder import ASKED, LATER, OPEN, OVER, RENEWED, due_of, renewal_of
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.renewal import Renewal
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.offices.changes import Change, change_office
from pishkhan.offices.models import Licence, Undertaking
from pishkhan.offices.selectors import current_licences
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import applicant_of, at, speaker_of
from rules_of_matters import company_with_a_speaker, licence, matter
from undertaken import new_undertaking

pytestmark = pytest.mark.usefixtures("law", "papers")
ENDS = jalali_date(1402, 6, 31)  # a licence that ends with Shahrivar: its window is Farvardin to Khordad


def noon(day):
    return datetime.combine(day, time(8), UTC)


def holder(about):
    return speaker_of(about.office.holdings.get().organisation)


def stands(about, on):
    return renewal_of(current_licences([about.office], on)[about.office_id], on)


@pytest.mark.parametrize(
    ("on", "state", "days"),
    [
        ((1401, 12, 29), LATER, 1),
        ((1402, 1, 1), OPEN, 93),
        ((1402, 3, 31), OPEN, 1),
        ((1402, 4, 1), OPEN, 0),
        ((1402, 4, 2), OVER, -1),
        ((1402, 7, 1), OVER, -93),
    ],
)
def test_renewal_is_counted_down_from_the_days_of_the_law(on, state, days):
    """Six months and three before the first day without rights, 1 Mehr: 1 Farvardin and 1 Tir, both included."""
    day = jalali_date(*on)
    with clock.at(noon(day)):
        about = licence()
        Licence.objects.filter(pk=about.pk).update(valid_from=date(2018, 9, 23), valid_until=ENDS)
        about.refresh_from_db()
        result = stands(about, day)
    assert (result.state, result.days_left) == (state, days)
    assert (result.opens_on, result.last_day, result.ends_on) == (
        jalali_date(1402, 1, 1),
        jalali_date(1402, 4, 1),
        ENDS,
    )
    assert result.deadline.article == "4"


def test_a_renewal_that_was_asked_for_or_issued_counts_down_no_more():
    case = at(Renewal, "check")
    assert stands(case.dossier.licence, today()).state == ASKED
    issued = at(Renewal, "issued")
    assert stands(issued.dossier.licence, today()).state == RENEWED
    waived = licence(months_left=4)
    change_status(waived, Status.WAIVED, from_on=today(), by=IMPORTER, role="importer")
    assert stands(waived, today()).state == OVER


def test_what_is_due_comes_in_its_order_with_what_is_late_marked():
    case = at(Renewal, "royalty")
    about, who = case.dossier.licence, applicant_of(case)
    new_undertaking(Undertaking.Kind.INSURANCE, -3, about)
    new_undertaking(Undertaking.Kind.GUARANTEE, 400, about)
    new_undertaking(Undertaking.Kind.HOLDING_PERIOD, 500, about)
    due = due_of(about.office, about.office.holdings.get().organisation, who, today())
    assert [(item.what.en, item.late) for item in due if item.on] == sorted(
        ((item.what.en, item.late) for item in due if item.on), key=lambda item: not item[1]
    )
    assert [item.what.en for item in due if item.undertaking] == [
        "to show the insurance of the staff",
        "to lodge the guarantee",
    ]
    assert [(item.amount, item.case) for item in due if item.amount] == [(case.dossier.royalty.amount, case.number)]
    text = signed_in(who).get(f"/my-office/{about.office.code}/").content.decode()
    assert f'href="/cases/{case.number}/"' in text
    assert text.count("گذشته") >= 2


def test_what_is_owed_since_a_visit_names_what_was_found_and_leads_to_the_visit():
    visit, inspector = given()
    answers = {item.code: "not_ok" if item.code in ("tariff", "sign") else "ok" for item in items_of(visit, today())}
    submit_visit(visit, answers=answers, visited_on=today(), by=inspector, notes={"tariff": "نبود", "sign": "نبود"})
    accept_visit(visit, by=person_as(Role.EXPERT))
    office, speaker = visit.office, speaker_of(visit.party)
    page = f"/my-office/{office.code}/"
    text = as_read(signed_in(speaker).get(page))
    link = f'href="/my-visits/{visit.pk}/"'
    result = {finding.item: finding.undertaking for finding in visit.findings.exclude(undertaking=None)}
    assert set(result) == {"tariff", "sign"}
    for item, owed_for in result.items():
        named = edition(visit.edition).item(item).text.fa
        assert text.count(f"{named} <a {link}") == 2  # what is due, and what was undertaken
        data = signed_in(speaker).get(f"/undertakings/{owed_for.pk}/").content.decode()
        assert named in data and link in data
        assert (
            f'href="/visits/{visit.pk}/"'
            in signed_in(person_as(Role.EXPERT)).get(f"/undertakings/{owed_for.pk}/").content.decode()
        )
    assert signed_in(speaker).get(f"/my-visits/{visit.pk}/").status_code == 200
    managed = signed_in(office.managements.get().manager).get(page).content.decode()
    assert named in managed and f"{named} <a" not in managed


def test_a_returned_request_waits_for_its_holder():
    case = at(Renewal, "returned")
    due = due_of(case.dossier.licence.office, case.organisation, applicant_of(case), today())
    assert [(item.what.en, item.case) for item in due] == [("Returned with reasons", case.number)]


def test_the_page_says_what_is_when_and_what_else():
    about = licence(months_left=4)
    change_office(about.office, Change(name="دفتر پیشخوان امید"), from_on=today(), by=SYSTEM, role="system")
    shown = new_undertaking(Undertaking.Kind.OPENING, 5, about)
    client = signed_in(holder(about))
    assert client.get("/my-office/").headers["Location"] == f"/my-office/{about.office.code}/"
    text = client.get(f"/my-office/{about.office.code}/").content.decode()
    for words in (
        about.number,
        "دفتر پیشخوان امید",
        "در مهلت تمدید",
        "انصراف از تمدید شمرده می‌شود",
        "خیابان کهن",
        f"/undertakings/{shown.pk}/show/",
        f"/matters/{about.office.code}/",
        f"/offices/{about.office.code}/",
    ):
        assert words in text, words
    assert 'href="/my-office/"' in client.get("/mine/").content.decode()


def test_a_file_that_is_refused_is_told_beside_its_field_and_once():
    about = licence(months_left=4)
    address = f"/undertakings/{new_undertaking(Undertaking.Kind.OPENING, 5, about).pk}/show/"
    answer = signed_in(holder(about)).post(address, {"file": SimpleUploadedFile("proof.pdf", b"MZ")})
    text = answer.content.decode()
    assert (answer.status_code, 'name="file"' in text, "سالم" in text, "لازم است" in text) == (422, True, True, False)


def test_what_is_begun_twice_goes_on_with_one_draft():
    about = licence(months_left=30)
    client = signed_in(holder(about))
    sent = [client.post(f"/matters/{about.office.code}/", {"matter": "address-change"}) for _ in range(2)]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert Case.objects.filter(about=about.office.subject).count() == 1


def test_a_manager_sees_the_office_and_what_is_owed_but_sends_and_asks_nothing():
    about = licence(months_left=4)
    row = new_undertaking(Undertaking.Kind.OPENING, 5, about)
    manager = signed_in(about.office.managements.get().manager)
    text = manager.get(f"/my-office/{about.office.code}/").content.decode()
    assert "گشایش دفتر تا روز مقرر" in text
    assert f"/undertakings/{row.pk}/show/" not in text
    assert "/matters/" not in text and "/undertakings/" not in text
    assert manager.get(f"/undertakings/{row.pk}/show/").status_code == 404


def test_an_office_is_seen_by_who_holds_it_alone_and_after_a_transfer_by_the_buyer():
    about = licence()
    wanted, undertaken = matter("closure", about=about), new_undertaking(Undertaking.Kind.GUARANTEE, 9, about)
    seller, page = holder(about), f"/my-office/{about.office.code}/"
    assert signed_in(person()).get(page).status_code == 404
    buyer = company_with_a_speaker()
    change_office(about.office, Change(holder=buyer), from_on=today(), by=SYSTEM, role="system")
    assert signed_in(seller).get(page).status_code == 404
    text = signed_in(speaker_of(buyer)).get(page).content.decode()
    assert wanted.number not in text
    assert f"/undertakings/{undertaken.pk}/" not in text
    assert signed_in(speaker_of(buyer)).get(f"/undertakings/{undertaken.pk}/").status_code == 404


def test_who_buys_owes_from_then_on():
    case = at(Transfer, "issued")
    text = (
        signed_in(speaker_of(case.other_side)).get(f"/my-office/{case.dossier.licence.office.code}/").content.decode()
    )
    assert "انتقال ندادن تا پایان دورهٔ نگهداری" in text
    assert case.number in text
    assert text.count("فرستادن مدرک") == 2  # the insurance and the guarantee; to refrain shows no proof


def test_of_several_offices_each_has_a_card():
    first = at(NewLicence, "issued").dossier.office
    who = speaker_of(first.holdings.get().organisation)
    second = licence(holder=first.holdings.get().organisation)
    text = signed_in(who).get("/my-office/").content.decode()
    assert first.code in text and second.office.code in text
    assert "دفتری به نام شما نیست" in signed_in(person()).get("/my-office/").content.decode()


def test_the_page_costs_the_same_however_much_is_due(django_assert_max_num_queries):
    about = licence(months_left=4)
    client, costs = signed_in(holder(about)), []
    new_undertaking(Undertaking.Kind.OPENING, 5, about)
    matter("closure", about=about)
    for _ in range(2):
        with django_assert_max_num_queries(61) as queries:
            client.get(f"/my-office/{about.office.code}/")
        costs.append(len(queries))
        for days in (1, 2, 3):
            new_undertaking(Undertaking.Kind.INSURANCE, days, about)
            matter("closure", about=about)
    assert costs[0] == costs[1]
    assert Case.objects.count() == 7
