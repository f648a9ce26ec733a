"""The lists of rounds: plans, and what offices say is wrong in why they would be visited."""

from django.urls import reverse

from pishkhan.language.text import Text
from pishkhan.people.listing.columns import code, day, number, place, words
from pishkhan.people.listing.filters import OneOf, between, in_place, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.roles import Role

from .choosing.risk import BY_CODE
from .models import Correction, Plan
from .selectors import PLANNERS, corrections_seen_by, plans_seen_by
from .wording import ANSWERS, BADGES, STATES

STATE, OPEN, EVERY = Text("وضعیت", "State"), "open", "all"
WHICH = {OPEN: Text("در انتظار پاسخ", "Waiting for an answer"), EVERY: Text("همه", "All")}


class PlanList(Listing):
    """The plans of one's region, the latest first."""

    name, template, compact = "rounds", "rounds/plans.html", True
    title = Text("برنامه‌های بازدید", "Rounds of visits")
    about = Text("کجا، چه روزی، با کدام بازرس، و چرا.", "Where, on which day, by which inspector, and why.")
    counted = Text("{count} برنامه", "{count} {count:plan|plans}")
    empty = Text("هنوز برنامه‌ای نیست.", "There is no plan yet.")
    roles, source, related = PLANNERS, staticmethod(plans_seen_by), ("division",)

    columns = (
        code("number", Text("برنامه", "Plan"), sort="number", link=lambda row: reverse("round", args=[row.number])),
        place("place", Text("جا", "Place"), value="division", under="number"),
        day("first", Text("از روز", "From"), value="first_on", sort="first_on"),
        day("last", Text("تا روز", "Until"), value="last_on", sort="last_on"),
        number("wanted", Text("بازدید", "Visits"), sort="wanted"),
        number(
            "km",
            Text("راه (کیلومتر)", "Drive (km)"),
            value=lambda row: None if row.metres is None else row.km,
            sort="metres",
        ),
        words(
            "state",
            STATE,
            value=lambda row: STATES[Plan.State(row.state)],
            sort="state",
            badge=lambda row: BADGES[Plan.State(row.state)],
        ),
    )
    filters = (one_of("state", STATE, list(STATES.items())), in_place(), *between("first_on"))


class CorrectionList(Listing):
    """What holders of one's region say is wrong: what waits for an answer, or all of it."""

    name, template, compact = "corrections", "rounds/corrections.html", True
    title = Text("گفته‌های دفترها", "What offices say")
    about = Text("دلیل‌هایی که دارنده یا مدیر دفتر نادرست می‌داند.", "Reasons that a holder or manager finds wrong.")
    counted = Text("{count} گفته", "{count} {count:saying|sayings}")
    empty = Text("گفته‌ای در انتظار پاسخ نیست.", "Nothing waits for an answer.")
    roles, source, related = (Role.EXPERT,), staticmethod(corrections_seen_by), ("office", "division")

    columns = (
        words(
            "part",
            Text("دلیل", "Reason"),
            value=lambda row: BY_CODE[row.part].name if row.part in BY_CODE else Text("—", "—"),
            sort="part",
            link=lambda row: reverse("correction", args=[row.pk]),
        ),
        code("office", Text("دفتر", "Office"), value="office.code", sort="office__code"),
        place("place", Text("جا", "Place"), value="division", under="office"),
        day("day", Text("روز", "Day"), value="said_on", sort="said_on"),
        words(
            "state",
            STATE,
            value=lambda row: ANSWERS[Correction.State(row.state)],
            sort="state",
            badge=lambda row: "warn" if row.state == Correction.State.OPEN else "",
        ),
    )
    filters = (
        OneOf(
            "of",
            Text("کدام", "Which"),
            lambda rows, of, _: rows if of == EVERY else rows.filter(state=Correction.State.OPEN),
            OPEN,
            choices=list(WHICH.items()),
        ),
        in_place(),
    )
