"""The figures of a bulletin about violations: reported, final, objected to. Of what is not final none tells more."""

from collections.abc import Iterator

from django.db.models import Q

from pishkhan.enforcement.models import Objection, Sanction, Source, ViolationDossier
from pishkhan.geography.selectors import lying_in

from .figures import Count, Period, by_sort, figure, sorted_counts


@figure(
    "violations.reported",
    "تخلف‌هایی که در دوره گزارش شده‌اند، به منبع",
    "Violations reported in the period, by how they came to be known",
    unit="violations",
)
def violations_reported(period: Period) -> Iterator[Count]:
    until = min(period.to_on, period.known_on or period.to_on)
    reported = ViolationDossier.objects.filter(
        lying_in(period.region, "case__division"), case__opened_on__range=(period.from_on, until)
    )
    yield from by_sort("source", Source.values, reported.order_by("case__number").values_list("source", "case__number"))


@figure(
    "sanctions.final",
    "تنبیه‌هایی که در دوره قطعی شده‌اند، و به پله (باطل‌شده‌ها شمرده نمی‌شود)",
    "Sanctions that became final in the period, and by rung (those annulled are not counted)",
    unit="sanctions",
)
def sanctions_final(period: Period) -> Iterator[Count]:
    known = period.known_on or period.to_on
    rows = Sanction.objects.filter(
        Q(annulled_on=None) | Q(annulled_on__gt=known) if period.known_on else Q(annulled_on=None),
        lying_in(period.region),
        final_on__range=(period.from_on, min(period.to_on, known)),
    )
    pairs = list(rows.order_by("case__number").values_list("rung", "case__number"))
    yield Count({}, tuple(number for _, number in pairs))
    yield from sorted_counts(("rung",), pairs)


@figure(
    "objections.answered",
    "اعتراض‌هایی که در دوره پاسخ گرفته‌اند، به نتیجه",
    "Objections answered in the period, by what came of them",
    unit="objections",
)
def objections_answered(period: Period) -> Iterator[Count]:
    until = min(period.to_on, period.known_on or period.to_on)
    rows = Objection.objects.filter(
        lying_in(period.region, "case__division"), answered_on__range=(period.from_on, until)
    )
    yield from by_sort(
        "objection",
        Objection.Outcome.values,
        [
            (outcome, f"{number}/{key}")
            for outcome, number, key in rows.order_by("pk").values_list("outcome", "case__number", "pk")
        ],
    )
