"""What a court or another body ruled is entered by one, with its scan, and carried out by another."""

import pytest
from django.core.files.base import ContentFile
from test_due_process import again, suspended

from behind_the_back import faults_of_acts
from factories import EARLY, person_as
from http_client import as_read, signed_in
from pishkhan.casework.lists.case_list import CaseList
from pishkhan.casework.refusals import InvalidAnswers, RulesUnmet, SecondPairOfEyes
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.enforcement.models import Ruling, Sanction
from pishkhan.enforcement.procedure.violation import ViolationCase
from pishkhan.files.services import store
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.refusals import NotPermitted
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from procedure_driver import PDF, applicant_of, at, take
from rules_of_violations import ruling

__all__ = ["suspended"]
pytestmark = pytest.mark.usefixtures("law", "papers")
STEPS = ViolationCase.steps
CARRY_OUT = ("uphold", "change", "annul", "stay", "lift_stay", "uphold_in_court", "annul_in_court")
RECORD = {"answered": "record_answer", "ruled": "record_ruling"}


def before_the_court(case):
    take(case, "execute")
    return take(again(case), "appeal")


def entered(case, says="annulled", by=None, **more):
    by = by or person_as(Role.SECRETARY)
    return advance(again(case), STEPS["record_ruling"], by=by, answers=ruling(case, says, **more))


@pytest.mark.parametrize("name", CARRY_OUT)
def test_every_way_to_carry_out_what_came_from_outside_asks_for_two_persons_and_the_scan(name):
    step = STEPS[name]
    (source,) = step.sources

    assert step.apart_from == (RECORD[source.code],)
    assert STEPS[RECORD[source.code]].form.base_fields["scan"].required
    assert step.by != STEPS[RECORD[source.code]].by


def test_a_secretary_alone_annuls_nothing(suspended):
    case, secretary = before_the_court(suspended), person_as(Role.SECRETARY)

    with pytest.raises(InvalidAnswers):
        entered(case, by=secretary, scan="")
    entered(case, by=secretary)
    with pytest.raises(NotPermitted):
        advance(again(case), STEPS["annul_in_court"], by=secretary)
    assign(secretary, Role.DIRECTOR, place="15", from_on=EARLY, by=SYSTEM)
    with pytest.raises(SecondPairOfEyes):
        advance(again(case), STEPS["annul_in_court"], by=secretary)
    assert Sanction.objects.get().annulled_on is None and again(case).stage == "ruled"

    advance(again(case), STEPS["annul_in_court"], by=person_as(Role.DIRECTOR))

    assert Sanction.objects.get().annulled_on and again(case).stage == "annulled"
    assert case.documents.get(kind="ruling").file.media_type == "application/pdf"
    assert [*faults_of_acts(), *replayed()] == []


def test_a_scan_that_a_party_uploaded_is_none(suspended):
    case = before_the_court(suspended)
    holder = applicant_of(case)
    theirs = store(ContentFile(PDF, name="a.pdf"), by=holder, division=case.division)

    with pytest.raises(InvalidAnswers):
        entered(case, scan=str(theirs.pk))

    assert not Ruling.objects.exists()


def test_only_what_was_entered_is_carried_out(suspended):
    case, director = before_the_court(suspended), person_as(Role.DIRECTOR)
    entered(case, "upheld")

    for name in ("annul_in_court", "stay", "lift_stay"):
        with pytest.raises(RulesUnmet):
            advance(again(case), STEPS[name], by=director)
    advance(again(case), STEPS["uphold_in_court"], by=director)

    assert again(case).stage == "executed" and case.objections.get().letter == "1401/88"


def test_what_the_scan_does_not_show_is_set_aside_and_entered_again(suspended):
    case, director = before_the_court(suspended), person_as(Role.DIRECTOR)
    entered(case, "annulled")

    advance(again(case), STEPS["return_ruling"], by=director, answers={"reasons": "دادنامه چیز دیگری می‌گوید."})
    assert again(case).stage == "executed" and case.objections.filter(outcome="").exists()
    entered(case, "stayed")
    advance(again(case), STEPS["stay"], by=director)
    entered(case, "lifted")
    with pytest.raises(RulesUnmet):
        advance(again(case), STEPS["return_ruling"], by=director, answers={"reasons": "خوانا نیست."})
    advance(again(case), STEPS["return_to_stay"], by=director, answers={"reasons": "خوانا نیست."})

    assert again(case).stage == "stayed" and not Ruling.objects.filter(closed_on=None).exists()
    assert [*faults_of_acts(), *replayed()] == []


def test_it_stands_in_the_day_of_who_enters_and_of_who_carries_out():
    case, secretary, director = at(ViolationCase, "objected"), person_as(Role.SECRETARY), person_as(Role.DIRECTOR)

    assert case in CaseList.select(secretary, mine=True) and case not in CaseList.select(director, mine=True)
    take(case, "record_answer")

    assert case in CaseList.select(director, mine=True) and case not in CaseList.select(secretary, mine=True)
    page = as_read(signed_in(director).get(f"/cases/{case.number}/"))
    assert "تصویر رأی یا دستور" in page
