"""Lists that are open to everybody: what the working group resolved, and which sanctions are final."""

from contextlib import suppress
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from pishkhan.enforcement.catalogue import edition
from pishkhan.enforcement.models import Sanction
from pishkhan.enforcement.numbers import PUBLIC_DAYS
from pishkhan.enforcement.selectors import public_sanctions
from pishkhan.geography.selectors import lying_in, place_name
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.meetings.models import Body, Outcome, Resolution
from pishkhan.meetings.selectors import DECISIONS_ARE_PUBLIC
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.people.listing.columns import code, day, place, words
from pishkhan.people.listing.filters import ListQuery, between, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.web.request_context import language, shown_province
from pishkhan.regulation.keys import Key
from pishkhan.regulation.selectors import DatedValue, NoNumber, number

KIND, OUTCOME = Text("نوع دفتر", "Kind of office"), Text("تصمیم", "Decision")
VOTES = Text("{a} موافق، {b} مخالف، {c} ممتنع", "{a} for, {b} against, {c} abstaining")
PLACE = Text("جا", "Place")
BADGES = {Outcome.APPROVED: "good", Outcome.REJECTED: "bad"}
KINDS = [(kind.value, kind.text) for kind in OfficeKind]


def _region() -> str:
    return shown_province()


def _rule(key: Key) -> DatedValue | None:
    """A number of this deployment's region as it applies today; None if nothing says it."""
    with suppress(NoNumber):
        return number(key, on=today(), place=_region())
    return None


def public_resolutions(person: Any) -> QuerySet[Resolution]:
    """What the working group resolved, where an adopted rule makes that public."""
    rule = _rule(DECISIONS_ARE_PUBLIC)
    rows = Resolution.objects.filter(
        lying_in(_region(), "item__meeting__body__division"), item__meeting__body__code=Body.Code.WORKING_GROUP
    )
    return rows if rule and rule.binds and rule.value else rows.none()


def sanctions_of_the_region(person: Any) -> QuerySet[Sanction]:
    """The final sanctions of the region of this deployment, as long as they are public."""
    days = _rule(PUBLIC_DAYS)
    return public_sanctions(_region(), today(), days.value) if days and days.binds else Sanction.objects.none()


def sanctions_of_office(office: Office) -> list[dict[str, Any]]:
    """The final sanctions of an office, as long as they are public; those that were annulled as plainly."""
    with suppress(NoNumber):
        days = number(PUBLIC_DAYS, on=today(), kind=office.kind, place=office.division_id)
        if days.binds:
            rows = public_sanctions(office.division_id, today(), days.value).filter(office=office)
            return [
                {"row": row, "violation": _violation(row), "sanction": edition(row.edition).rung(row.rung).text}
                for row in rows.order_by("-final_on", "-pk")
            ]
    return []


class DecisionList(Listing):
    """What the working group resolved: nothing about persons."""

    name, template = "decisions", "site/decisions.html"
    title = Text("تصمیم‌ها", "Decisions")
    counted = Text("{count} مصوبه", "{count} {count:resolution|resolutions}")
    empty = Text("هنوز مصوبه‌ای نیست.", "Nothing was resolved yet.")
    source, related = staticmethod(public_resolutions), ("case__division",)

    columns = (
        code("number", Text("مصوبه", "Resolution"), sort="number"),
        day("day", Text("روز", "Day"), value="decided_on", sort="decided_on"),
        words("about", Text("دربارهٔ", "About"), value="case.procedure.title"),
        words("kind", KIND, value=lambda row: OfficeKind(row.case.kind).text, under="about"),
        place("place", PLACE, value="case.division", under="about", sort="case__division__sort_key"),
        words(
            "outcome",
            OUTCOME,
            value=lambda row: Outcome(row.outcome).text,
            sort="outcome",
            badge=lambda row: BADGES.get(Outcome(row.outcome), "warn"),
        ),
        words(
            "votes",
            Text("آرا", "Votes"),
            value=lambda row: VOTES.filled(a=row.votes_for, b=row.votes_against, c=row.abstentions),
        ),
    )
    filters = (
        one_of("outcome", OUTCOME, [(outcome.value, outcome.text) for outcome in Outcome]),
        one_of("kind", KIND, KINDS, "case__kind"),
        *between("decided_on"),
    )
    order = ("-decided_on", "-pk")

    @classmethod
    def extras(cls, request: HttpRequest, rows: QuerySet[Any], query: ListQuery) -> dict[str, Any]:
        """The rule that makes it public, if one does."""
        rule = _rule(DECISIONS_ARE_PUBLIC)
        return {"rule": rule if rule and rule.binds and rule.value else None}


def _violation(row: Sanction) -> Text | None:
    violation = edition(row.edition).violation(row.violation)
    return violation.text if violation else None


class SanctionList(Listing):
    """The final sanctions of the region, by office and never by person; those that were annulled as plainly."""

    name, template = "sanctions", "enforcement/sanctions.html"
    title = Text("تنبیه‌های قطعی", "Final sanctions")
    counted = Text("{count} تنبیه", "{count} {count:sanction|sanctions}")
    empty = Text("اکنون تنبیه قطعی عمومی نیست.", "No final sanction is public now.")
    source = staticmethod(sanctions_of_the_region)

    columns = (
        code(
            "office",
            Text("دفتر", "Office"),
            value="office.code",
            sort="office__code",
            link=lambda row: reverse("office", args=[row.office.code]),
        ),
        words("kind", KIND, value=lambda row: OfficeKind(row.kind).text, under="office"),
        place("place", PLACE, value="office.division", under="office", sort="office__division__sort_key"),
        words("violation", Text("تخلف", "Violation"), value=_violation),
        words("sanction", Text("تنبیه", "Sanction"), value=lambda row: edition(row.edition).rung(row.rung).text),
        day(
            "first",
            Text("از روز", "From"),
            value=lambda row: row.from_on if row.until_on else None,
            under="sanction",
            says_label=True,
        ),
        day("last", Text("تا روز", "Until"), value="until_on", under="sanction", says_label=True),
        words(
            "stayed",
            Text("توقف", "Stay"),
            value=lambda row: Text("به دستور دیوان متوقف است", "stayed by the court") if row.stayed else None,
            badge=lambda row: "info",
            under="sanction",
        ),
        day(
            "annulled",
            Text("باطل شد", "Annulled"),
            value="annulled_on",
            badge=lambda row: "bad",
            under="sanction",
            says_label=True,
        ),
        day("final", Text("قطعی از", "Final since"), value="final_on", sort="final_on"),
    )
    filters = (one_of("kind", KIND, KINDS), *between("final_on"))
    order = ("-final_on", "-pk")

    @classmethod
    def extras(cls, request: HttpRequest, rows: QuerySet[Any], query: ListQuery) -> dict[str, Any]:
        """For how long they are public, and where."""
        return {"days": _rule(PUBLIC_DAYS), "region": place_name(_region(), language())}
