"""Every page as every role sees it: who may open it, in one language at a time, at a cost that no rows move."""

import json
from datetime import time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from appointed import letter, proposed
from devtools.crawler import OPENS, addresses, clients, crawled, names, seen
from entered_checklist import adopted
from factories import company, division, person, person_as
from phone import given, jpeg, photo, report
from pishkhan.complaints import services as complaints
from pishkhan.complaints.filing import complain
from pishkhan.counter.services import describe_office, enter_agency, enter_service
from pishkhan.credentials.services import open_key
from pishkhan.demo.stage.cast import ACCOUNTS, PASSWORD
from pishkhan.exchange.services import partner_of, send
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.inspections.field.photos import take_whole
from pishkhan.inspections.field.syncing import hand_in, receive
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine
from pishkhan.inspections.objections.services import object_to
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import accept_visit, assign_visit, cancel_visit, request_visit, submit_visit
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import now, today
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.bodies.seats import propose_seat
from pishkhan.meetings.minutes.services import draft_minutes
from pishkhan.meetings.models import Meeting, Seat
from pishkhan.notices.models import How, Notice, Outcome
from pishkhan.notices.services import prove_service
from pishkhan.payments.importing import import_bank_file
from pishkhan.people.roles import Role
from pishkhan.people.services import assign, open_account
from pishkhan.rounds.selection.correcting import say_it_is_wrong
from pishkhan.rounds.services import publish
from pishkhan.rounds.shifts.services import set_duty
from pishkhan.site.operations.deployment import close_play, open_demo
from pishkhan.site.operations.simulation import simulate
from procedure_driver import PDF, applicant_of, at, meeting_about, new_request, places, shown_by, speaker_of, take
from region import inspectors, offices, routed

pytestmark = pytest.mark.usefixtures("law", "papers", "signing_folder")
TABLE = Path(__file__).with_name("pages.json")


@pytest.fixture
def province(settings):
    """A province in which there is one of everything, with an account for each role."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    Division.objects.filter(code="15").update(name="لرستان", name_en="Lorestan", kind="province")
    close_play(open_demo(Division.objects.get(code="15"), "few"), stands_on=today())
    open_key(by=SYSTEM)
    issued = at(NewLicence, "issued")
    office = issued.dossier.office
    shown_by(issued)
    Division.objects.filter(code=office.division_id).update(lat=33.48, lon=48.35, quality="surveyed", kind="city")
    at(NewLicence, "check")
    meeting_about(at(NewLicence, "agenda"))
    draft_minutes(Meeting.objects.filter(state=Meeting.State.CLOSED).earliest("pk"), by=person_as(Role.SECRETARY))
    _confirmed_by_a_bank()
    at(NewLicence, "inquiries")
    send(partner_of("tax"), Division.objects.get(code="15"), by=person_as(Role.EXPERT))
    _served(take(at(NewLicence, "check"), "send_back"))
    _catalogue(office)
    _complained_of(office)
    _visited(office)
    refused, inspector = given(office=office)
    cancel_visit(refused, by=person_as(Role.EXPERT))
    hand_in(report(refused), sent_at=now(), by=inspector)
    _rounds(office)
    adopted()
    proposed(Role.SECRETARY)
    director = person_as(Role.DIRECTOR)
    propose_seat(Seat.objects.earliest("pk"), person("1503"), by=director, **letter(director))
    for username, role in ACCOUNTS.items():
        open_account(person_as(role), username=username, password=PASSWORD, by=SYSTEM)
    drafted = new_request(places())
    assign(
        applicant_of(drafted),
        Role.REPRESENTATIVE,
        place="15",
        from_on=today(),
        organisation=issued.organisation,
        by=SYSTEM,
    )
    open_account(applicant_of(drafted), username="applicant", password=PASSWORD, by=SYSTEM)
    submitted = at(NewLicence, "check")  # so that the applicant has something with a deadline, few rows or many
    assign(
        applicant_of(drafted),
        Role.REPRESENTATIVE,
        place=submitted.division_id,
        from_on=today(),
        by=SYSTEM,
        organisation=submitted.organisation,
    )
    open_account(person(), username="member", password=PASSWORD, by=SYSTEM)


def _catalogue(office):
    expert, name = person_as(Role.EXPERT), Text("پست", "Post")
    agency = enter_agency(code="post", name=name, division=Division.objects.get(code="15"), by=expert)
    service = enter_service(code="parcel", agency=agency, name=name, amount=1000, source="x", papers=[name], by=expert)
    describe_office(office, hours=[(0, time(8), time(13))], services=[service], by=expert)


def _complained_of(office):
    dot = BytesIO()
    Image.new("RGB", (4, 4)).save(dot, "JPEG")
    values = {"kind": "closed", "text": "بسته بود", "happened_on": today(), "office": office, "contact": "۰۹۱۸"}
    wanted = complain(photos=[ContentFile(dot.getvalue(), name="a.jpg")], **values)
    complain(**values)
    complaints.send(wanted, "گفته‌اند بسته بود", by=person_as(Role.EXPERT))


def _visited(office):
    """A machine of a bank; and a visit from the spot, with a photo, accepted, and objected to with a file."""
    expert, bank = person_as(Role.EXPERT), company("15", name="بانک نمونه")
    machine = enter_machine(
        kind="atm", bank=bank, place=PlaceFacts(division("1503011001"), "خیابان شهدا"), from_on=today(), by=expert
    )
    looked_at = request_visit(kind="routine", purpose="atm_booth", machine=machine, by=expert)
    visit, inspector = given(office=office)
    assign_visit(looked_at, inspector, planned_on=today(), by=expert)
    submit_visit(
        looked_at, answers={item.code: "ok" for item in items_of(looked_at, today())}, visited_on=today(), by=inspector
    )
    accept_visit(looked_at, by=expert)  # of which nobody could be told
    content = jpeg()
    wrong = {"answers": report(visit).answers | {"access": "not_ok"}, "notes": {"access": "پله دارد"}}
    receive(report(visit, [photo(content, item="access")], **wrong), sent_at=now(), by=inspector)
    take_whole(visit.photos.get(item="access"), content, by=inspector)
    visit.refresh_from_db()
    accept_visit(visit, by=expert)
    holder = speaker_of(visit.party)
    paper = store(ContentFile(PDF, name="a.pdf"), by=holder, division=office.division)
    object_to(visit, items=["access"], reasons="شیب‌راه هست", files=[paper], by=holder)


def _rounds(office):
    with clock.at(now() - timedelta(days=30)):
        offices(2)
        publish(routed(wanted=2, days=7), by=person_as(Role.EXPERT))
    routed(wanted=1)
    set_duty(
        inspectors(1)[0], division=Division.objects.get(code="15"), begins=None, ends=None, by=person_as(Role.EXPERT)
    )
    holder = office.managements.get().manager
    say_it_is_wrong(office, "never_visited", words="دیده شده‌ایم.", by=holder)


def _confirmed_by_a_bank():
    sheet = b"reference,amount,date,payer_reference\n=7,x,y,z\n"
    import_bank_file(sheet, bank="melli", division=Division.objects.get(code="15"), by=person_as(Role.ACCOUNTANT))


def _served(case):
    expert = person_as(Role.EXPERT)
    sheet = store(ContentFile(PDF, name="a.pdf"), by=expert, division=case.division)
    prove_service(
        Notice.objects.filter(legal=True).earliest("pk"),
        how=How.HAND,
        outcome=Outcome.RECEIVED,
        on=today(),
        server="پست",
        evidence=sheet,
        by=expert,
        role=Role.EXPERT,
    )


def queries():
    """By page and role, for what opens: once warm."""
    of, there = clients(), addresses()
    return {
        (page, role): seen(page, there[page], role, "fa", of[role]).queries
        for page, row in json.loads(TABLE.read_text()).items()
        for role, status in row.items()
        if status == OPENS
    }


def test_every_page_is_looked_at_and_opens_to_whom_the_table_says(province):
    """The table is committed: a page that opens to somebody new, or to nobody, is seen in the diff of it."""
    assert set(names()) - set(addresses()) == set()
    looked_at = list(crawled(warm=False))
    table = {}
    for item in looked_at:
        table.setdefault(item.page, {})[item.role] = item.status
    text = "{\n" + ",\n".join(f'  "{page}": {json.dumps(row)}' for page, row in table.items()) + "\n}\n"
    if not TABLE.exists():
        TABLE.write_text(text)
    assert text == TABLE.read_text()
    assert [
        (element.page, element.role, element.language, element.findings) for element in looked_at if element.findings
    ] == []


def test_what_a_page_asks_of_the_database_does_not_grow_with_its_rows(province):
    simulate(10, 20, lambda name, done, total: None, under_way=0.8)
    few = queries()
    simulate(40, 80, lambda name, done, total: None, under_way=0.8)
    many = queries()
    # A page that is full of what is overdue does not ask for the rest.
    assert {key: (few[key], many[key]) for key in few if few[key] < many[key]} == {}
