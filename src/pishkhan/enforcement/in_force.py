"""The rules about what a sanction does to a licence, and whether what was wrong is put right."""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Stated, rule
from pishkhan.inspections.models import Finding, Visit
from pishkhan.journal.clock import day_of
from pishkhan.offices.models import Undertaking
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import TRANSITIONS, Status

from .catalogue import edition
from .law import DISPUTES, PRINCIPLES
from .models import InterimOrder, Sanction
from .numbers import INTERIM_DAYS
from .selectors import licence_today, sanction_of


@rule("مدت تعلیق فوری مأخذ دارد یا تصویب شده است.", "The length of an urgent suspension has a source or was adopted.",
      article=DISPUTES)
def interim_has_a_source(case: Case, at: datetime, stated: Stated) -> bool:
    return case.reckoned(INTERIM_DAYS).binds


@rule("در این پرونده پیش‌تر تعلیق فوری داده نشده است.", "No urgent suspension was ordered in the case before.",
      article=DISPUTES)
def no_interim_order_yet(case: Case, at: datetime, stated: Stated) -> bool:
    return not InterimOrder.objects.filter(case=case).exists()


@rule("پروانه در وضعی است که می‌توان آن را تعلیق کرد.", "The licence stands so that it can be suspended.",
      article=PRINCIPLES)
def licence_can_be_suspended(case: Case, at: datetime, stated: Stated) -> bool:
    return _can_become(case, Status.SUSPENDED, at)


@rule("پروانه در وضعی است که تنبیه بر آن اجرا می‌شود.", "The licence stands so that the sanction can be executed.",
      article=PRINCIPLES)
def licence_can_bear_it(case: Case, at: datetime, stated: Stated) -> bool:
    sanction = sanction_of(case)
    if sanction is None or sanction.days is None:
        return True
    under_order = InterimOrder.objects.filter(case=case, ended_on=None, until_on__gte=day_of(at)).exists()
    return under_order or _can_become(case, Status.SUSPENDED, at)


@rule("پروانه در وضعی است که می‌توان آن را لغو کرد.", "The licence stands so that it can be revoked.",
      article=PRINCIPLES)
def licence_can_be_revoked(case: Case, at: datetime, stated: Stated) -> bool:
    return _can_become(case, Status.REVOKED, at)


@rule("رأی لغو پروانه است.", "The decision is to revoke the licence.", article=DISPUTES)
def sanction_is_revocation(case: Case, at: datetime, stated: Stated) -> bool:
    return _ends_it(sanction_of(case))


@rule("رأی چیزی جز لغو پروانه است.", "The decision is another than to revoke the licence.", article=DISPUTES)
def sanction_is_lighter(case: Case, at: datetime, stated: Stated) -> bool:
    return not _ends_it(sanction_of(case))


@rule("رفع تخلف پس از اجرا دیده شده است.", "That it is remedied was seen after the execution.", article=DISPUTES)
def remedy_was_seen(case: Case, at: datetime, stated: Stated) -> bool:
    return remedied(case) is True


@rule("پس از اجرا دیده شده که تخلف رفع نشده است.", "That it is not remedied was seen after the execution.",
      article=DISPUTES)
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
    seen = Visit.objects.filter(kind=Visit.Kind.FOLLOW_UP, office=dossier.office_id, state=Visit.State.ACCEPTED,
                                visited_on__gte=sanction.executed_on).order_by("visited_on", "pk").last()
    if seen is None:
        return None
    found = seen.findings.filter(item=dossier.item).first() if dossier.item else None
    return found.answer != Finding.Answer.NOT_OK if found else bool(seen.passed)


def _can_become(case: Case, status: Status, at: datetime) -> bool:
    licence = licence_today(case.dossier.office)
    stands = status_of(licence, day_of(at)) if licence else None
    return stands is not None and status in TRANSITIONS[stands]


def _ends_it(sanction: Sanction | None) -> bool:
    return sanction is not None and edition(sanction.edition).rung(sanction.rung).ends_it
