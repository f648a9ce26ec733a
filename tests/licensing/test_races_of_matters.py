"""A transfer that is issued as the licence is suspended: one of them comes first, and the register says which."""

import pytest
from django.db import OperationalError, connection

from behind_the_back import faults_of_acts
from factories import person_as, together
from pishkhan.casework import services
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Rule
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.offices import refusals
from pishkhan.offices import services as register
from pishkhan.offices.models import Licence
from pishkhan.offices.selectors import status_of
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import answers_for, ready

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers")]


@pytest.fixture
def rendezvous(rendezvous):
    """Who suspends and who issues meet once each has looked."""
    rendezvous.after(Rule, "holds", where=lambda rule, *asked: rule.name == "day_of_issue_has_come")
    rendezvous.after(register, "status_of")
    return rendezvous


def transfer_and_suspension(advance=advance, change_status=change_status):
    case = ready(Transfer.steps["issue"])
    licence, region = case.dossier.licence, person_as(Role.REGION)
    answers = answers_for(case, Transfer.steps["issue"])
    return licence, (
        lambda: advance(Case.objects.get(pk=case.pk), Transfer.steps["issue"], by=region, answers=answers),
        lambda: change_status(
            Licence.objects.get(pk=licence.pk), Status.SUSPENDED, from_on=today(), by=IMPORTER, role="importer"
        ),
    )


def test_a_licence_is_either_transferred_or_suspended(rendezvous):
    licence, acts = transfer_and_suspension()
    raised = together(*acts)
    transferred = Licence.objects.filter(predecessor=licence).exists()
    assert (raised, status_of(licence, today())) in (([refusals.NoWay], "transferred"), ([RulesUnmet], "suspended"))
    assert transferred == (raised == [refusals.NoWay])
    assert [*faults_of_acts(), *replayed()] == []


def test_control_without_the_lock_the_database_has_to_give_one_of_them_up(rendezvous, monkeypatch):
    rendezvous.patience = 60 if connection.vendor == "postgresql" else 2  # nothing keeps them apart, however slow
    _, acts = transfer_and_suspension(advance.__wrapped__, change_status.__wrapped__)  # and it is not tried again
    monkeypatch.setattr(services, "_hold_what_counts", lambda case, step: None)
    raised = together(*acts)
    if connection.vendor == "postgresql":
        assert raised == [OperationalError]  # a deadlock: each holds what the other waits for
    else:
        assert raised in ([refusals.NoWay], [RulesUnmet])  # IMMEDIATE keeps them apart even so
