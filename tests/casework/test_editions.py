"""A case is judged by the edition in force on the day it was submitted."""

from datetime import UTC, date, datetime

import pytest
from django.core import checks

from factories import person_as
from pishkhan.casework.procedures.procedure import DeclarationError, Procedure, Step
from pishkhan.casework.refusals import NoSuchProcedure, NotAtThisStage
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.journal import clock
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.stages import CHECK, DRAFT, ELSEWHERE, LAPSED, RETURNED, WITHDRAWN
from pishkhan.people.roles import Role
from procedure_driver import at, new_request, places, take

pytestmark = pytest.mark.usefixtures("law", "papers")
BEFORE, AFTER = datetime(2023, 3, 20, tzinfo=UTC), datetime(2023, 3, 22, tzinfo=UTC)


@pytest.fixture
def amended(monkeypatch):
    """A later edition, told by what differs: nothing is sent back any more, and nothing is asked of who submits."""
    monkeypatch.setattr(Procedure, "register", dict(Procedure.register))
    first = NewLicence.steps
    sources = tuple(stage for stage in first["withdraw"].sources if stage != RETURNED)
    return NewLicence.amend(
        edition="1402",
        valid_from=date(2023, 3, 21),
        without=("send_back", "correct_place", "renominate", "attach_again", "complete"),
        instead=(
            Step("submit", first["submit"].label, DRAFT, CHECK, by=Role.APPLICANT),
            Step("withdraw", first["withdraw"].label, sources, WITHDRAWN, by=Role.APPLICANT),
            Step("lapse", first["lapse"].label, ELSEWHERE, LAPSED, by=Role.CLOCK),
        ),
    )


def test_an_edition_has_what_it_does_not_amend(amended):
    assert "send_back" in NewLicence.steps
    assert "send_back" not in amended.steps
    assert amended.steps["issue"].procedure is amended
    assert NewLicence.steps["issue"].procedure is NewLicence
    assert amended.steps["issue"].path == "new-licence.issue"
    assert [*amended.steps] == [name for name in NewLicence.steps if name in amended.steps]


def test_a_draft_follows_the_day_and_submitting_fixes_it(amended):
    with clock.at(BEFORE):
        early, late = at(NewLicence, "check"), new_request()
    with clock.at(AFTER):
        take(late, "submit")
        assert (early.edition, late.edition) == ("1400", "1402")
        take(early, "send_back")
        with pytest.raises(NotAtThisStage):
            advance(late, NewLicence.steps["send_back"], by=person_as(Role.EXPERT), answers={"reasons": "x"})
        assert list(replayed()) == []


def test_before_the_first_edition_there_is_none():
    with pytest.raises(LookupError):
        Procedure.in_force("new-licence", date(2021, 4, 10))
    assert Procedure.in_force("new-licence", date(2021, 4, 11)) is NewLicence
    under = places()
    with clock.at(datetime(2021, 4, 10, tzinfo=UTC)), pytest.raises(NoSuchProcedure):
        new_request(under)


@pytest.mark.parametrize(("edition", "valid_from"), [("1400", date(2024, 1, 1)), ("1403", NewLicence.valid_from)])
def test_two_editions_of_one_name_or_one_day_are_refused(edition, valid_from):
    same = {name: value for name, value in vars(NewLicence).items() if not name.startswith("_")}
    with pytest.raises(DeclarationError, match="already"):
        type("Twice", (Procedure,), same | {"edition": edition, "valid_from": valid_from})


def test_start_up_refuses_a_case_whose_edition_or_stage_is_gone(monkeypatch):
    at(NewLicence, "check")
    assert checks.run_checks(databases=["default"], tags=["database"]) == []
    monkeypatch.setattr(Procedure, "register", {})
    assert [error.id for error in checks.run_checks(databases=["default"], tags=["database"])] == ["casework.E001"]
