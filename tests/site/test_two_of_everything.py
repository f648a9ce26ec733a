"""Two clocks and two workers at once do each due thing once, and live through a database that cannot be written."""

import re
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from datetime import time as at_time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError, connection

from complained import complaint_made as complained
from factories import company, division, person, together
from phone import given, report
from pishkhan.casework.deadlines.clock import tick as tick_cases
from pishkhan.complaints.escalation import escalate_overdue
from pishkhan.inspections.field import retention
from pishkhan.inspections.field.syncing import receive
from pishkhan.journal import clock
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.clock import now
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Busy
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import jalali_date
from pishkhan.licensing.licences import clock as licensing
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.procedures.stages import RETURNED
from pishkhan.limits.models import Count
from pishkhan.notices.models import Notice
from pishkhan.offices.models import OfficeKind
from pishkhan.offices.services import OfficeFacts, PremisesFacts, import_office
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.site.operations.running import take_turn
from procedure_driver import at
from rules_of_violations import serve

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers", "signing_folder")]
WINDOW_OPENS = jalali_date(1402, 7, 1)


def on(day):
    return clock.at(datetime.combine(day, at_time(8), UTC))


def licences(number):
    """Licences whose holders are to be reminded of renewal from 1 Mehr 1402 on."""
    begun = jalali_date(1397, 12, 29)
    with on(begun):
        for index in range(number):
            holder = company("1503")
            assign(person("1503"), Role.REPRESENTATIVE, place="1503", from_on=begun, organisation=holder, by=SYSTEM)
            import_office(
                OfficeFacts(
                    OfficeKind.COUNTER,
                    division("1503"),
                    holder,
                    PremisesFacts(address="نشانی"),
                    person("1503"),
                    None,
                    begun,
                    f"{index}",
                    begun,
                    jalali_date(1402, 12, 29),
                ),
                by=IMPORTER,
            )


def reminded():
    return Entry.objects.filter(act="licence.remind").count(), Notice.objects.filter(template="licence.remind").count()


def both_on(day, *deeds):
    """Do deeds at once, in threads that each stand at a day."""

    def there(deed):
        def done():
            with on(day):
                deed()

        return done

    return together(*map(there, deeds))


def test_two_clocks_remind_each_holder_once(rendezvous):
    licences(3)
    rendezvous.after(licensing, "coming_to_their_end")

    assert both_on(WINDOW_OPENS, licensing.tick, licensing.tick) == []

    assert reminded() == (3, 3) and list(problems()) == []


def test_control_two_clocks_that_do_not_ask_again_remind_twice(rendezvous, monkeypatch):
    licences(1)
    due, clocks = licensing._reminder_is_due, []
    monkeypatch.setattr(
        licensing,
        "_reminder_is_due",
        lambda licence, *data: due(licence, *data) or bool(licence.reminded_on and not clocks.append(1)),
    )

    with on(WINDOW_OPENS):
        [result] = licensing.coming_to_their_end(WINDOW_OPENS)
        licensing._remind(result)
        licensing._remind(result)

    assert reminded()[0] == 2


def test_a_clock_that_read_the_list_before_another_reminded_does_not_remind_again():
    licences(1)

    with on(WINDOW_OPENS):
        stale = list(licensing.coming_to_their_end(WINDOW_OPENS))
        licensing.tick()
        assert not licensing._remind(stale[0])

    assert reminded() == (1, 1)


def test_two_clocks_note_each_waiver_once():
    licences(2)
    day = jalali_date(1402, 10, 2)

    assert both_on(day, licensing.tick, licensing.tick) == []

    assert Notice.objects.filter(template="licence.waived").count() == 2 and list(problems()) == []


def test_two_clocks_forget_each_place_once(rendezvous):
    visit, inspector = given()
    receive(report(visit), sent_at=now(), by=inspector)
    rendezvous.after(retention, "number")
    later = clock.today() + timedelta(days=400)

    assert both_on(later, *[lambda: retention.forget_places("15")] * 2) == []

    forgotten = Entry.objects.filter(act="visit.forget_places", subject__startswith="visit-report:")
    assert forgotten.count() == 1 and list(problems()) == []


def test_two_clocks_bring_each_late_complaint_before_the_director_once():
    made = complained()
    later = made.received_on + timedelta(days=60)

    assert both_on(later, escalate_overdue, escalate_overdue) == []

    assert Entry.objects.filter(act="complaint.escalate", subject=made.subject).count() == 1


def test_two_clocks_take_each_step_once():
    case = at(NewLicence, RETURNED.code)
    serve(case, "send_back")
    later = clock.today() + timedelta(days=400)

    assert both_on(later, tick_cases, tick_cases) == []

    entries = Entry.objects.filter(subject=case.subject, actor="clock").values_list("number", "act")
    assert len(entries) == len({act for _, act in entries}) == 1 and list(problems()) == []


def test_two_whole_clocks_and_workers_end_well():
    licences(2)

    def ran(name):
        return lambda: call_command(name, once=True, stdout=StringIO())

    assert both_on(WINDOW_OPENS, ran("worker"), ran("worker")) == []
    assert both_on(WINDOW_OPENS, licensing.tick, licensing.tick) == [] and reminded() == (2, 2)


@pytest.mark.parametrize("trouble", [Busy(), OperationalError("database is locked"), InterfaceError("closed")])
def test_a_turn_that_cannot_be_done_is_told_in_one_line_and_tried_again(trouble, capsys):
    turns = [trouble, None]

    def deed():
        if (turn := turns.pop(0)) is not None:
            raise turn

    assert take_turn(deed, every=60, name="clock") and not take_turn(deed, every=60, name="clock")
    assert re.fullmatch(
        r"pishkhan: clock could not do its work \(.+\); it tries again in 60 s\.\n", capsys.readouterr().err
    )


def test_what_is_a_defect_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        take_turn(lambda: 1 / 0, every=60, name="clock")


def test_the_clock_sweeps_what_counts_no_longer(capsys):
    Count(key="k", count=1, ends=1).save()

    call_command("clock", once=True)

    assert not Count.objects.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only one at a time writes to SQLite")
def test_clock_and_worker_live_through_a_lock(deployed):
    """Held longer than anybody waits for it; then they go on, and each has said so in a line."""
    running = subprocess.Popen(
        deployed.command("clock", "--every", "0.5"),
        env=deployed.env,
        text=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    with running as process:
        with closing(sqlite3.connect(deployed.var / "pishkhan.sqlite3", isolation_level=None)) as holder:
            holder.execute("BEGIN IMMEDIATE")
            line = process.stderr.readline()
            holder.execute("ROLLBACK")
        lives = process.poll() is None
        process.terminate()
        rest = process.stderr.read()
    assert "could not do its work" in line and lives and process.returncode == 0 and "Traceback" not in rest
