"""What a holder in the demo does where something that nobody knew of beforehand stands in the way of a request."""

from datetime import timedelta
from random import Random
from types import SimpleNamespace

import pytest

from factories import person_as
from pishkhan.casework.models import Case
from pishkhan.demo.holders import Held
from pishkhan.demo.scripts.licence_requests import Matter
from pishkhan.demo.stage.cast import Company
from pishkhan.demo.stage.setting import Scene
from pishkhan.demo.stage.watch import Watch
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.clock import today
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.offices.services import change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role
from procedure_driver import applicant_of, at
from rules_of_matters import licence

pytestmark = pytest.mark.usefixtures("law", "papers")


def suspended_for_some_days(about):
    days = {"from_on": today() - timedelta(days=20), "until_on": today() - timedelta(days=10)}
    change_status(about, Status.SUSPENDED, by=IMPORTER, role="importer", **days)


def held(about):
    watch = Watch()
    watch.start(today())
    cast = SimpleNamespace(expert=person_as(Role.EXPERT))
    scene = Scene(watch, Company(Random(1), watch), cast, outbox=None)
    return Held(Matter(1, "transfer", 0, today()), about.office, scene, seed=1)


def test_who_is_told_beforehand_that_it_cannot_be_begins_nothing():
    about = licence(months_left=30)
    suspended_for_some_days(about)

    assert list(held(about).lived()) == []
    assert not Case.objects.exists()


def test_who_is_told_of_it_at_the_check_withdraws():
    case = at(Transfer, "check")
    suspended_for_some_days(case.dossier.licence)
    life = held(case.dossier.licence)
    life.case, life.holder = case, applicant_of(case)

    list(life._checked())

    case.refresh_from_db()
    assert case.stage == "withdrawn"
