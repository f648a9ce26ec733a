"""Where a case has two sides, a term runs from the service on the side whose turn it is."""

from datetime import timedelta

import pytest

from pishkhan.casework.deadlines.clock import tick
from pishkhan.casework.deadlines.deadlines import deadline, services_of
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.journal.models import Entry
from pishkhan.licensing.procedures.transfer import Transfer
from pishkhan.notices.models import Notice
from procedure_driver import at, speaker_of
from rules_of_violations import notices_of, serve_notice

pytestmark = [pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]


def on(days):
    return clock.at(now() + timedelta(days=days))


def of_side(case, party):
    return notices_of(case, "submit").get(person=speaker_of(party))


def test_the_buyers_term_runs_from_service_on_the_buyer_and_not_on_the_holder():
    case = at(Transfer, "agreement")
    serve_notice(of_side(case, case.applicant))
    assert services_of([case])[case.pk] is None
    with on(200):
        assert deadline(case) is None
        assert tick() == [], "nobody told the buyer"
        serve_notice(of_side(case, case.other_side))
        assert services_of([case])[case.pk] == today()
        assert deadline(case) > today()
    with on(400):
        assert [lapsed.pk for lapsed in tick()] == [case.pk]


def test_what_was_sent_before_such_notices_were_served_runs_from_its_day():
    case = at(Transfer, "agreement")
    entry = Entry.objects.get(subject=case.subject, act="transfer.submit")
    Notice.objects.filter(because=entry.name).update(legal=False)

    assert services_of([case])[case.pk] == clock.day_of(entry.at)
    assert deadline(case) is not None
