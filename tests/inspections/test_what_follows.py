"""What follows from a report: remedied by a day, objected to in time, decided by another, and only then public."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from factories import company, person, person_as
from phone import given, jpeg, photo, report
from pishkhan.files.selectors import content_of
from pishkhan.files.services import erase_contents, store
from pishkhan.inspections import refusals
from pishkhan.inspections.field.photos import take_whole
from pishkhan.inspections.field.syncing import receive
from pishkhan.inspections.machines.services import PlaceFacts, enter_machine
from pishkhan.inspections.models import Objection, Visit, Waiver
from pishkhan.inspections.objections.services import decide_objection, object_to
from pishkhan.inspections.visits.list_filters import faults_to_follow, faults_to_follow_by, findings_of_visit
from pishkhan.inspections.visits.publication import finality_of, public_visit
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import accept_visit, assign_visit, follow_up, request_visit, submit_visit
from pishkhan.inspections.visits.unserved_reports import serve_report, untold_reports
from pishkhan.inspections.visits.waivers import waive
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import destroy
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.verification.verify import problems
from pishkhan.letters.models import Letter
from pishkhan.letters.records import record_of
from pishkhan.letters.selectors import faults_of
from pishkhan.letters.services import document
from pishkhan.notices.models import How, Notice
from pishkhan.notices.models import Outcome as Served
from pishkhan.notices.services import prove_service, withdraw_proof
from pishkhan.offices.models import Undertaking
from pishkhan.offices.undertakings.services import find_kept, show
from pishkhan.people.models import Assignment
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.regulation.calendar import working_day_after
from pishkhan.regulation.models import Adoption
from procedure_driver import PDF, speaker_of

pytestmark = pytest.mark.usefixtures("law", "papers")
WRONG = ("tariff", "sign", "access")  # critical, major, minor
DAYS = {"tariff": 7, "sign": 30, "access": 60}


def reported(*wrong, visit=None, inspector=None):
    """A visit that was reported with faults; its holder's notice was sent today."""
    if visit is None:
        visit, inspector = given()
    answers = {item.code: "not_ok" if item.code in wrong else "ok" for item in items_of(visit, today())}
    submit_visit(visit, answers=answers, visited_on=today(), by=inspector, notes=dict.fromkeys(wrong, "چنین نیست"))
    Notice.objects.filter(pk=visit.notice_id).update(state="sent", sent_at=now())
    return visit


def accepted(*wrong, by=None):
    return accept_visit(reported(*wrong), by=by or person_as(Role.EXPERT))


def objected(visit, *items, **told):
    return object_to(visit, items=items, reasons="رسید داده می‌شود", **{"by": speaker_of(visit.party)} | told)


def later(days):
    return clock.at(now() + timedelta(days=days))


def test_each_fault_is_owed_by_its_holder_until_the_day_of_its_severity():
    visit = accepted(*WRONG)
    owed = {each.item: each for each in Undertaking.objects.filter(office=visit.office, kind="remedy")}
    assert {item: each.due_on for item, each in owed.items()} == {
        item: today() + timedelta(days=days) for item, days in DAYS.items()
    }
    assert {each.organisation or each.person for each in owed.values()} == {visit.party}
    assert {each.item: each.undertaking for each in findings_of_visit(visit) if each.undertaking} == owed
    assert list(problems()) == []


def test_whoever_was_visited_is_told_at_once_and_has_it_in_writing_once_accepted():
    visit = reported("access")
    assert visit.notice.person == speaker_of(visit.party)
    assert not Letter.objects.filter(about=visit.subject).exists()
    accept_visit(visit, by=person_as(Role.EXPERT))
    letter = Letter.objects.get(about=visit.subject)
    assert (letter.kind, letter.to) == ("visit-report", visit.party.ref)
    assert [each["note"] for each in record_of(letter)["items"] if each["answer"] == "not_ok"] == ["چنین نیست"]


def test_one_may_object_until_the_last_day_of_the_term_and_not_after():
    visit = accepted("tariff")
    until = working_day_after(today(), 10, place=visit.division_id)
    assert finality_of([visit])[visit.pk].until == until
    with later((until - today()).days + 1), pytest.raises(refusals.TermIsOver):
        objected(visit, "tariff")
    with later((until - today()).days):
        assert objected(visit, "tariff").late is False


def test_a_term_that_no_director_adopted_refuses_nobody():
    visit = accepted("tariff")
    Adoption.objects.filter(number__key="visit.objection_days").delete()
    with later(60):
        assert public_visit(visit.office) == visit
        assert objected(visit, "tariff").late is True
        assert public_visit(visit.office) is None


def test_no_term_runs_before_the_notice_is_sent():
    visit = accepted("tariff")
    Notice.objects.filter(pk=visit.notice_id).update(state="failed", sent_at=None)
    with later(400):
        assert public_visit(visit.office) is None
        objected(visit, "tariff")


def test_nothing_is_public_before_it_is_final():
    visit = reported("tariff")
    until = working_day_after(today(), 10, place=visit.division_id)
    with later((until - today()).days + 1):
        assert public_visit(visit.office) is None  # nobody has accepted it
        accept_visit(visit, by=person_as(Role.EXPERT))
        assert public_visit(visit.office).faults == 1
    with later((until - today()).days):
        assert public_visit(visit.office) is None
    objection = objected(visit, "tariff")
    with later(400):
        assert public_visit(visit.office) is None
    decide_objection(objection, "upheld", reasons="مدرک کافی نیست", by=person_as(Role.EXPERT))
    assert public_visit(visit.office).faults == 1


def untold(*wrong):
    """An accepted report about a company for which nobody acts."""
    visit, inspector = given()
    for each in Assignment.objects.filter(organisation=visit.party):
        with act(SYSTEM, "x", on=each.person, role="system"):
            each.delete()
    return accept_visit(reported(*wrong, visit=visit, inspector=inspector), by=person_as(Role.EXPERT))


def served(visit, by):
    sheet = store(ContentFile(PDF, name="a.pdf"), by=by, division=visit.division)
    return prove_service(
        visit.notice,
        how=How.POST,
        outcome=Served.RECEIVED,
        on=today(),
        server="نامه‌رسان",
        evidence=sheet,
        by=by,
        role=Role.EXPERT,
    )


def test_a_report_about_whom_nobody_acts_for_is_served_on_paper_and_public_once_the_term_from_it_is_over():
    visit, expert = untold("tariff"), person_as(Role.EXPERT)
    assert (visit.notice.organisation, visit.notice.channel, visit.notice.legal) == (visit.party, "letter", True)
    Notice.objects.update(state="sent", sent_at=now())  # that it was printed is no service
    with later(100):
        assert public_visit(visit.office) is None
        assert list(untold_reports(expert)) == [visit]
        assert list(untold_reports(person_as(Role.EXPERT, "16"))) == []
        proof = served(visit, expert)
        until = working_day_after(today(), 10, place=visit.division_id)
        assert finality_of([visit])[visit.pk].until == until
        assert list(untold_reports(expert)) == []
        over = (until - today()).days + 1
    with later(100 + over - 1):
        assert public_visit(visit.office) is None
    with later(100 + over):
        assert public_visit(visit.office) == visit
        withdraw_proof(proof, reason="نشانی دیگری بود", by=expert, role=Role.EXPERT)
        assert public_visit(visit.office) is None
        assert list(untold_reports(expert)) == [visit]
    assert list(problems()) == []


def test_an_expert_serves_on_paper_what_never_left_once_and_nothing_else():
    expert = person_as(Role.EXPERT)
    visit = accepted("tariff")
    with pytest.raises(refusals.ToldAlready):
        serve_report(visit, by=expert)
    assert list(untold_reports(expert)) == []
    Notice.objects.filter(pk=visit.notice_id).update(state="failed", sent_at=None)
    visit = Visit.objects.get(pk=visit.pk)
    assert list(untold_reports(expert)) == [visit]
    for someone in (person_as(Role.EXPERT, "16"), person_as(Role.DIRECTOR), speaker_of(visit.party)):
        with pytest.raises(NotPermitted):
            serve_report(visit, by=someone)
    failed = visit.notice_id
    serve_report(visit, by=expert)
    assert (visit.notice.to, visit.notice.template) == (visit.party, "visit.served")
    assert Entry.objects.filter(act="visit.serve").get().facts == {"instead_of": str(failed)}
    with pytest.raises(refusals.ToldAlready):
        serve_report(visit, by=expert)
    served(visit, expert)
    assert finality_of([visit])[visit.pk].told_on == today()
    early = reported("access")
    with pytest.raises(refusals.ToldAlready):
        serve_report(early, by=expert)


def test_who_objected_knows_and_an_office_that_nobody_held_has_nobody_to_be_told():
    expert, visit = person_as(Role.EXPERT), accepted("tariff")
    Notice.objects.filter(pk=visit.notice_id).update(state="failed", sent_at=None)
    objected(visit, "tariff")
    assert list(untold_reports(expert)) == []
    unheld = untold("sign")
    Visit.objects.filter(pk=unheld.pk).update(notice=None)
    unheld = Visit.objects.get(pk=unheld.pk)
    assert list(untold_reports(expert)) == [unheld]
    unheld.office.holdings.update(superseded_at=now())
    assert list(untold_reports(expert)) == []
    with pytest.raises(refusals.NobodyToTell):
        serve_report(unheld, by=expert)


@pytest.mark.parametrize(
    ("outcome", "changes", "passed", "faults"),
    [
        ("upheld", {}, False, {"tariff", "access"}),
        ("changed", {"tariff": "ok"}, True, {"access"}),
        ("annulled", {}, True, set()),
    ],
)
def test_a_decision_changes_what_holds_and_leaves_what_was_found(outcome, changes, passed, faults):
    visit = accepted("tariff", "access")
    objection = objected(visit, "tariff", "access")
    decide_objection(objection, outcome, reasons="بررسی شد", changes=changes, by=person_as(Role.EXPERT))
    visit.refresh_from_db()
    found = list(visit.findings.all())
    assert visit.passed is passed and objection.passed_before is False
    assert {each.item for each in found if each.is_fault} == faults
    assert {each.item for each in found if each.answer == "not_ok"} == {"tariff", "access"}
    waits = Undertaking.objects.filter(office=visit.office, kind="remedy", state="open")
    assert set(waits.values_list("item", flat=True)) == faults
    assert list(problems()) == []


def test_what_is_disputed_is_not_owed_before_it_is_decided():
    visit = reported("tariff", "access")
    objection = objected(visit, "tariff")
    accept_visit(visit, by=person_as(Role.EXPERT))
    owed = Undertaking.objects.filter(office=visit.office, kind="remedy").order_by("pk")
    assert [each.item for each in owed] == ["access"]
    decide_objection(objection, "upheld", reasons="بر جاست", by=person_as(Role.EXPERT))
    assert [each.item for each in owed.all()] == ["access", "tariff"]


def test_who_accepted_does_not_decide_but_by_leave_of_the_director():
    expert = person_as(Role.EXPERT)
    visit = accepted("tariff", by=expert)
    objection = objected(visit, "tariff")
    with pytest.raises(refusals.AcceptedIt):
        decide_objection(objection, "upheld", reasons="بر جاست", by=expert)
    with pytest.raises(NotPermitted):
        waive(visit, Waiver.Rule.SECOND_PAIR, person=expert, reason="یک کارشناس داریم", by=expert)
    waiver = waive(
        visit, Waiver.Rule.SECOND_PAIR, person=expert, reason="یک کارشناس داریم", by=person_as(Role.DIRECTOR)
    )
    decide_objection(objection, "upheld", reasons="بر جاست", by=expert)
    waiver.refresh_from_db()
    assert waiver.used == Entry.objects.get(act="objection.decide").name
    with pytest.raises(refusals.DecidedAlready):
        decide_objection(objection, "annulled", reasons="باز", by=person_as(Role.EXPERT))


def test_who_made_it_does_not_accept_it_but_by_leave_of_the_director():
    visit, inspector = given()
    reported("tariff", visit=visit, inspector=inspector)
    assign(inspector, Role.EXPERT, place="15", from_on=today(), by=SYSTEM)
    with pytest.raises(refusals.MadeIt):
        accept_visit(visit, by=inspector)
    waive(visit, Waiver.Rule.SECOND_PAIR, person=inspector, reason="یک کارشناس داریم", by=person_as(Role.DIRECTOR))
    assert accept_visit(visit, by=inspector).state == Visit.State.ACCEPTED


def test_who_found_it_does_not_decide_on_the_objection_to_it():
    visit, inspector = given()
    accept_visit(reported("tariff", visit=visit, inspector=inspector), by=person_as(Role.EXPERT))
    assign(inspector, Role.EXPERT, place="15", from_on=today(), by=SYSTEM)
    with pytest.raises(refusals.AcceptedIt):
        decide_objection(objected(visit, "tariff"), "upheld", reasons="بر جاست", by=inspector)


@pytest.mark.parametrize(
    ("items", "by", "refusal"),
    [
        ((), None, refusals.NothingToObjectTo),
        (("open",), None, refusals.WrongAnswers),
        (("tariff",), "stranger", NotPermitted),
        (("tariff",), "expert", NotPermitted),
    ],
)
def test_only_who_was_visited_objects_and_only_to_faults(items, by, refusal):
    visit = accepted("tariff")
    somebody = {None: speaker_of(visit.party), "stranger": person(), "expert": person_as(Role.EXPERT)}[by]
    entries = Entry.objects.count()
    with pytest.raises(refusal):
        objected(visit, *items, by=somebody)
    assert (Entry.objects.count(), Objection.objects.count()) == (entries, 0)
    assert not visit.findings.filter(disputed=True).exists()


def test_an_objection_is_lodged_once_with_ones_own_files():
    visit = accepted("tariff")
    holder, stranger = speaker_of(visit.party), person()
    foreign = store(ContentFile(PDF, name="a.pdf"), by=stranger, division=visit.division)
    with pytest.raises(refusals.AnothersFile):
        objected(visit, "tariff", files=[foreign])
    own = store(ContentFile(PDF, name="a.pdf"), by=holder, division=visit.division)
    assert objected(visit, "tariff", files=[own]).files.get().file == own
    with pytest.raises(refusals.ObjectedAlready):
        objected(visit, "tariff")


@pytest.mark.parametrize(
    ("outcome", "changes"),
    [
        ("changed", {}),
        ("upheld", {"tariff": "ok"}),
        ("changed", {"access": "ok"}),
        ("changed", {"tariff": "not_ok"}),
        ("poem", {}),
    ],
)
def test_a_decision_says_what_it_changes_and_nothing_else(outcome, changes):
    visit = accepted("tariff", "access")
    objection = objected(visit, "tariff")
    with pytest.raises(refusals.ChangesNothing):
        decide_objection(objection, outcome, reasons="بررسی شد", changes=changes, by=person_as(Role.EXPERT))
    assert not visit.findings.exclude(revised="").exists()


def test_overdue_and_critical_faults_said_to_be_remedied_are_to_be_followed_until_somebody_is_sent():
    visit = accepted(*WRONG)
    expert, owed = person_as(Role.EXPERT), Undertaking.objects.filter(office=visit.office, kind="remedy")
    assert not faults_to_follow(today()).exists()
    for each in owed.filter(item__in=("tariff", "access")):
        holder = speaker_of(each.person or each.organisation)
        show(each, store(ContentFile(PDF, name="a.pdf"), by=holder, division=visit.division), by=holder)
        find_kept(each, by=expert)
    assert [each.item for each in faults_to_follow(today())] == ["tariff"]
    assert {each.item for each in faults_to_follow(today() + timedelta(days=31))} == {"tariff", "sign"}
    assert not faults_to_follow_by(person_as(Role.EXPERT, place="1504")).exists()
    again = follow_up(visit, by=expert)
    assert (again.kind, again.follows, again.office) == (Visit.Kind.FOLLOW_UP, visit, visit.office)
    assert not faults_to_follow(today() + timedelta(days=31)).exists()
    with pytest.raises(refusals.FollowedAlready):
        follow_up(visit, by=expert)


def test_the_same_inspector_goes_again_only_by_leave_used_once():
    visit, inspector = given()
    reported(visit=visit, inspector=inspector)
    director, expert = person_as(Role.DIRECTOR), person_as(Role.EXPERT)
    again = request_visit(kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=visit.office, by=expert)
    waiver = waive(again, Waiver.Rule.OTHER_INSPECTOR, person=inspector, reason="بازرس دیگری نیست", by=director)
    with pytest.raises(refusals.WaivedAlready):
        waive(again, Waiver.Rule.OTHER_INSPECTOR, person=inspector, reason="باز", by=director)
    assign_visit(again, inspector, planned_on=today(), by=expert)
    waiver.refresh_from_db()
    assert Entry.objects.get(act="visit.assign", subject=again.subject).facts["waived"] == waiver.subject
    with pytest.raises(refusals.TheSameInspector):
        assign_visit(again, inspector, planned_on=today(), by=expert)


def test_a_bank_is_written_to_about_its_machine_and_nobody_owes():
    bank, expert = company("15", name="بانک نمونه"), person_as(Role.EXPERT)
    speaker = person_as(Role.REPRESENTATIVE, organisation=bank)
    visit, inspector = given()
    machine = enter_machine(
        kind="atm",
        bank=bank,
        number="4411",
        from_on=today(),
        by=expert,
        place=PlaceFacts(visit.division, "خیابان شهدا"),
    )
    seen = request_visit(kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.ATM_BOOTH, machine=machine, by=expert)
    assign_visit(seen, inspector, planned_on=today(), by=expert)
    reported("machine", visit=seen, inspector=inspector)
    assert seen.notice.person == speaker
    accept_visit(seen, by=expert)
    letters = {each.kind: each for each in Letter.objects.filter(about=seen.subject)}
    assert set(letters) == {"visit-report", "machine-faults"} and {each.to for each in letters.values()} == {bank.ref}
    assert record_of(letters["machine-faults"])["visit"]["code"] == machine.code
    assert not Undertaking.objects.filter(kind="remedy").exists()


def test_the_report_shows_photos_bare_of_what_cameras_write():
    visit, inspector = given()
    content = jpeg(1600, comment=b"GPS-CANARY")
    assert b"GPS-CANARY" in content
    receive(report(visit, [photo(content, item="open")]), sent_at=now(), by=inspector)
    take_whole(visit.photos.get(item="open"), content, by=inspector)
    visit.refresh_from_db()
    accept_visit(visit, by=person_as(Role.EXPERT))
    letter = Letter.objects.get(about=visit.subject)
    made = document(letter, "fa")
    assert b"GPS-CANARY" not in made and b"/Subtype/Image" in made.replace(b" ", b"")
    assert len(record_of(letter)["signatures"]) == 2
    assert made == document(letter, "fa")
    original = visit.photos.get(item="open").file
    assert content_of(original) != content and list(faults_of(letter)) == []
    with act(SYSTEM, "x", on=visit, role="system") as entry:
        destroy(original.whose, entry), erase_contents(original.whose)
    assert b"/Subtype/Image" not in document(letter, "fa").replace(b" ", b"") and list(faults_of(letter)) == []
    assert original.digest != record_of(letter)["pictures"][0]["digest"]
