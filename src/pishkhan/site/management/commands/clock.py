"""Take the steps that fall due, and seal the journal."""

import time
from collections.abc import Iterator
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import BaseCommand, CommandParser

from pishkhan.casework.deadlines import clock as casework
from pishkhan.complaints.escalation import escalate_overdue
from pishkhan.inspections.visits.remedy_terms import run_from_service
from pishkhan.journal.clock import today
from pishkhan.journal.verification.checkpoints import checkpoint, seal_access
from pishkhan.language.text import plural
from pishkhan.licensing.licences import clock as licensing
from pishkhan.limits.sweeping import sweep
from pishkhan.meetings.bodies.seats import let_seats_lapse
from pishkhan.meetings.course import clock as meetings
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import Status
from pishkhan.people.appointments.services import let_lapse
from pishkhan.site.command_line.arguments import seconds
from pishkhan.site.keeping.backups.daily import Daily
from pishkhan.site.operations.health import watched_said
from pishkhan.site.operations.retention import forget_old_places, prune_access_log, sweep_media
from pishkhan.site.operations.running import repeat

SWEPT_EVERY = 60 * 60.0  # seconds: to look through a large folder takes a while


class Command(BaseCommand):
    warned: list[str] = []
    help = "Take the steps that fall due and seal the journal, again and again, until stopped."

    swept_at = float("-inf")  # on the clock that is never set back: the first run sweeps

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now, and end")
        parser.add_argument("--every", type=seconds, default=60.0, metavar="SECONDS")

    def handle(self, *args: Any, once: bool, every: float, **options: Any) -> None:
        daily = Daily()
        if once:
            self.once(daily, wait=True)
        else:
            repeat(lambda: self.once(daily), every=every, name="clock")

    def once(self, daily: Daily, *, wait: bool = False) -> None:
        self.warn()
        for line in fallen_due():
            self.stdout.write(line)
        if sealed := checkpoint():
            self.stdout.write(f"checkpoint {sealed.number}: {sealed.digest}")
        seal_access()
        if time.monotonic() - self.swept_at >= SWEPT_EVERY:
            self.swept_at = time.monotonic()
            if swept := sweep_media():
                self.stdout.write(
                    f"swept: {swept} {plural(swept, 'file', 'files')} of the media folder "
                    f"that {plural(swept, 'belongs', 'belong')} to no record"
                )
        prune_access_log()
        forget_old_places()
        sweep()
        SessionStore.clear_expired()
        daily.look_after(wait=wait)

    def warn(self) -> None:
        """Say on the error stream what is wrong at this moment, each thing when it becomes so."""
        wrong = [item.en for item in watched_said()]
        for warning in wrong:
            if warning not in self.warned:
                self.stderr.write(f"warning: {warning}")
        self.warned = wrong


def fallen_due() -> Iterator[str]:
    """Take what the clock takes by itself, and say of each what became of it."""
    for case in casework.tick():
        yield f"{case.number}: {case.stage}"
    for licence in licensing.tick():
        waived = status_of(licence, today()) == Status.WAIVED
        yield f"{licence.number}: {'renewal waived' if waived else 'reminded of renewal'}"
    for meeting in meetings.tick():
        yield f"{meeting.number}: {meeting.state}"
    for undertaking in run_from_service():
        yield f"undertaking {undertaking.pk}: due {undertaking.due_on}"
    for appointment in let_lapse():
        yield f"appointment {appointment.pk}: {appointment.state}"
    for proposal in let_seats_lapse():
        yield f"seat proposal {proposal.pk}: {proposal.state}"
    for complaint in escalate_overdue():
        yield f"{complaint.number}: before the director"
