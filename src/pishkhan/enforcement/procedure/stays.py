"""A court's stay of what was executed: it rests in the register as of the court's day, until lifted or decided."""

from datetime import date, datetime

from pishkhan.casework.models import Case
from pishkhan.casework.notify import send_notice
from pishkhan.casework.procedures.procedure import FormData, effect, rule
from pishkhan.enforcement.law import STAYS
from pishkhan.enforcement.models import Sanction, Stay
from pishkhan.enforcement.selectors import imposed_in, sanction_of
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import day_of, today
from pishkhan.journal.models import Entry
from pishkhan.offices.models import LicenceStatus
from pishkhan.offices.rows import STATUS
from pishkhan.offices.services import annul_status, change_status
from pishkhan.offices.status import Status
from pishkhan.people.roles import Role

from . import notices
from .locks import office_and_licence
from .register_acts import ONE_DAY, note, periods_of
from .rulings import close_ruling
from .sanction_rules import can_become


@rule(
    "تنبیه در ثبت اثری دارد که هنوز پایان نیافته است.",
    "The sanction has an effect in the register that is not over.",
    article=STAYS,
    counts=(office_and_licence,),
)
def something_is_in_force(case: Case, at: datetime, data: FormData) -> bool:
    sanction = sanction_of(case)
    return sanction is not None and sanction.from_on is not None and bool(_resting(sanction, day_of(at)))


@effect(
    "آنچه اجرا شده از روز دستور دیوان در ثبت می‌ایستد.",
    "What is in force rests in the register as of the day of the court's order.",
    changes=(STATUS,),
    locks=(office_and_licence,),
)
def stay(case: Case, entry: Entry, data: FormData) -> FormData:
    """Let what is in force rest as of the day of the court's order: the licence stands again as it was issued."""
    sanction, ruling = imposed_in(case), close_ruling(case)
    on = ruling.ruled_on
    resting = _resting(sanction, on)
    left = None if sanction.days is None else sum(_days_from(on, licence_status) for licence_status in resting)
    for period in resting:
        annul_status(sanction.licence, period, from_on=on, by=SYSTEM, role=Role.SYSTEM, because=entry)
    Stay(case=case, ordered_on=on, letter=ruling.letter, left=left).save(force_insert=True)
    return {"ordered_on": on, "left": left}


@effect(
    "آنچه مانده بود از امروز از سر گرفته می‌شود.",
    "What was left goes on from today.",
    changes=(STATUS,),
    may_send=(notices.RESUMED,),
    locks=(office_and_licence,),
)
def lift(case: Case, entry: Entry, data: FormData) -> FormData:
    """The court has lifted its order before it decides: what rested goes on."""
    close_ruling(case)
    return resume(case, entry)


def resume(case: Case, entry: Entry) -> FormData:
    """Let what a stay kept from holding go on from today: the days that were left, or the revocation.

    Nothing goes on of a licence that ended meanwhile, and nothing happens where there is no stay.
    """
    stay, sanction, on = end_the_stay(case), imposed_in(case), today()
    if stay is None:
        return {}
    status = Status.REVOKED if stay.left is None else Status.SUSPENDED
    if stay.left == 0 or not can_become(case, status, on):
        return {"resumed": None}
    until = (
        None
        if stay.left is None
        else min(date.fromordinal(on.toordinal() + stay.left - 1), sanction.licence.valid_until)
    )
    change_status(sanction.licence, status, from_on=on, until_on=until, by=SYSTEM, role=Role.SYSTEM, because=entry)
    if until is not None:
        note(sanction, until_on=until)
    send_notice(case, notices.RESUMED, because=entry)
    return {"resumed": on, "until_on": until}


def end_the_stay(case: Case) -> Stay | None:
    """Let the stay of a case end today; None if there is none."""
    stay = Stay.objects.filter(case=case, ended_on=None).first()
    if stay is not None:
        stay.ended_on = today()
        stay.save(update_fields=["ended_on"])
    return stay


def _resting(sanction: Sanction, on: date) -> list[LicenceStatus]:
    """What the register holds because of a sanction that is not over on a day."""
    return [period for period in periods_of(sanction) if period.valid_to is None or period.valid_to > on]


def _days_from(on: date, period: LicenceStatus) -> int:
    assert period.valid_to is not None, "a suspension ends"  # noqa: S101
    return (period.valid_to - ONE_DAY - max(period.valid_from, on)).days + 1
