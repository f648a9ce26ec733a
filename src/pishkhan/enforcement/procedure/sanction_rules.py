"""The rules about what a sanction does to a licence, and whether what was wrong is put right."""

from datetime import date, datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Stated, rule
from pishkhan.enforcement.catalogue import edition
from pishkhan.enforcement.law import DISPUTES, PRINCIPLES
from pishkhan.enforcement.models import InterimOrder, Sanction
from pishkhan.enforcement.numbers import EXECUTION_TERM, INTERIM_DAYS
from pishkhan.enforcement.selectors import licence_today, sanction_of
from pishkhan.inspections.models import Visit
from pishkhan.journal.clock import day_of
from pishkhan.offices.models import Undertaking
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import TRANSITIONS, Status
from pishkhan.regulation.calendar import working_day_after

from .locks import office_and_licence, what_follows_up


@rule(
    "مدت تعلیق فوری مأخذ دارد یا تصویب شده است.",
    "The length of an urgent suspension has a source or was adopted.",
    article=DISPUTES,
)
def interim_has_a_source(case: Case, at: datetime, stated: Stated) -> bool:
    return case.reckoned(INTERIM_DAYS).binds


@rule(
    "در این پرونده پیش‌تر تعلیق فوری داده نشده است.",
    "No urgent suspension was ordered in the case before.",
    article=DISPUTES,
)
def no_interim_order_yet(case: Case, at: datetime, stated: Stated) -> bool:
    return not InterimOrder.objects.filter(case=case).exists()


@rule(
    "پروانه در وضعی است که می‌توان آن را تعلیق کرد.",
    "The licence stands so that it can be suspended.",
    article=PRINCIPLES,
    counts=(office_and_licence,),
)
def licence_can_be_suspended(case: Case, at: datetime, stated: Stated) -> bool:
    return can_become(case, Status.SUSPENDED, day_of(at))


@rule(
    "پروانه در وضعی است که تنبیه بر آن اجرا می‌شود.",
    "The licence stands so that the sanction can be executed.",
    article=PRINCIPLES,
    counts=(office_and_licence,),
)
def licence_can_bear_it(case: Case, at: datetime, stated: Stated) -> bool:
    sanction = sanction_of(case)
    if sanction is None or sanction.days is None:
        return True
    under_order = InterimOrder.objects.filter(case=case, ended_on=None, until_on__gte=day_of(at)).exists()
    return under_order or can_become(case, Status.SUSPENDED, day_of(at))


@rule(
    "پروانه در وضعی است که می‌توان آن را لغو کرد.",
    "The licence stands so that it can be revoked.",
    article=PRINCIPLES,
    counts=(office_and_licence,),
)
def licence_can_be_revoked(case: Case, at: datetime, stated: Stated) -> bool:
    return can_become(case, Status.REVOKED, day_of(at))


@rule(
    "روز نامهٔ صادرکننده رسیده است.",
    "The day of the issuer's letter has come.",
    article=DISPUTES,
    on_answers=True,
    beside=("issued_on",),
)
def day_of_the_letter_has_come(case: Case, at: datetime, stated: Stated) -> bool:
    return bool(stated["issued_on"] <= day_of(at))


@rule(
    "آغاز تنبیه از مهلت اجرا دیرتر نیست.",
    "The sanction begins no later than the term of its execution.",
    article=DISPUTES,
    on_answers=True,
    relies_on=(EXECUTION_TERM,),
    beside=("from_on",),
)
def it_begins_in_time(case: Case, at: datetime, stated: Stated) -> bool:
    sanction, begins = sanction_of(case), stated["from_on"]
    if begins is None or begins <= day_of(at) or sanction is None or sanction.final_on is None:
        return True
    term = case.reckoned(EXECUTION_TERM).value
    return bool(begins <= working_day_after(sanction.final_on, term, place=case.division_id))


@rule("رأی لغو پروانه است.", "The decision is to revoke the licence.", article=DISPUTES)
def sanction_is_revocation(case: Case, at: datetime, stated: Stated) -> bool:
    return ends_it(sanction_of(case))


@rule("رأی چیزی جز لغو پروانه است.", "The decision is another than to revoke the licence.", article=DISPUTES)
def sanction_is_lighter(case: Case, at: datetime, stated: Stated) -> bool:
    return not ends_it(sanction_of(case))


@rule(
    "رفع تخلف پس از اجرا دیده شده است.",
    "That it is remedied was seen after the execution.",
    article=DISPUTES,
    counts=(what_follows_up,),
)
def remedy_was_seen(case: Case, at: datetime, stated: Stated) -> bool:
    return remedied(case) is True


@rule(
    "پس از اجرا دیده شده که تخلف رفع نشده است.",
    "That it is not remedied was seen after the execution.",
    article=DISPUTES,
    counts=(what_follows_up,),
)
def remedy_was_not_seen(case: Case, at: datetime, stated: Stated) -> bool:
    return remedied(case) is False


def remedied(case: Case) -> bool | None:
    """Whether what was wrong is put right, by what was seen since the execution; None while nobody looked.

    An undertaking that was not kept is remedied once it is; all else by the last accepted visit that follows it up.
    """
    dossier, sanction = case.dossier, sanction_of(case)
    owed: Undertaking | None = dossier.undertaking
    if owed is not None and owed.settled_on is not None:
        return True
    if sanction is None or sanction.executed_on is None:
        return None
    seen = (
        Visit.objects.filter(
            kind=Visit.Kind.FOLLOW_UP,
            office=dossier.office_id,
            state=Visit.State.ACCEPTED,
            visited_on__gte=sanction.executed_on,
        )
        .order_by("visited_on", "pk")
        .last()
    )
    if seen is None:
        return None
    found = seen.findings.filter(item=dossier.item).first() if dossier.item else None
    return not found.is_fault if found else bool(seen.passed)


def can_become(case: Case, status: Status, on: date) -> bool:
    """Whether the licence of the office stands so on a day that it can come to a status."""
    licence = licence_today(case.dossier.office)
    stands = status_of(licence, on) if licence else None
    return stands is not None and status in TRANSITIONS[stands]


def ends_it(sanction: Sanction | None) -> bool:
    return sanction is not None and edition(sanction.edition).rung(sanction.rung).ends_it
