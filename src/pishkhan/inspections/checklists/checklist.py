"""What a visit checklist is made of: items with what they ask and whom they concern; modules; editions by day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import models

from pishkhan.language.text import Text
from pishkhan.regulation.selectors import UNSOURCED


class Kind(models.TextChoices):
    """Why somebody goes."""

    INITIAL = "initial"
    FINAL = "final"
    ROUTINE = "routine"
    COMPLAINT = "complaint"
    FOLLOW_UP = "follow_up"
    CLOSURE_CHECK = "closure_check"


class Object(models.TextChoices):
    """What is looked at."""

    OFFICE = "office"
    PROPOSED_PLACE = "proposed_place"
    ATM = "atm"
    BANK_BOOTH = "bank_booth"


class Purpose(models.TextChoices):
    """What a visit is for."""

    PERFORMANCE = "performance"
    HEALTH = "health"
    ESTABLISHMENT = "establishment"
    ADDRESS_CORRECTION = "address_correction"
    ATM_BOOTH = "atm_booth"


class Severity(models.TextChoices):
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Evidence(models.TextChoices):
    """Which photo an item asks of a report that comes from the spot."""

    NONE = "none"
    OF_A_FAULT = "of_a_fault"  # where it is not in order
    ALWAYS = "always"


OFFICES, PLACES = (Object.OFFICE,), (Object.OFFICE, Object.PROPOSED_PLACE)
MACHINES = (Object.ATM, Object.BANK_BOOTH)
EDITIONS: list["Edition"] = []  # by the day from which each holds


@dataclass(frozen=True)
class Item:
    """One thing to look at. Empty tuples mean every one; an item whose article is not known is a default of ours."""

    code: str
    text: Text
    severity: Severity
    evidence: Evidence = Evidence.NONE
    objects: tuple[Object, ...] = OFFICES
    kinds: tuple[str, ...] = ()  # of office
    visits: tuple[Kind, ...] = ()
    purposes: tuple[Purpose, ...] = ()
    at_places: tuple[Kind, ...] = (Kind.INITIAL, Kind.FINAL)  # in which visits to a proposed place
    module: str = ""  # a part that is switched on and off by days
    article: Text | None = None
    can_be_absent: bool = True  # whether "not applicable" is an answer

    def concerns(self, seen: Object, visit: Kind, office_kind: str, purpose: str = "") -> bool:
        """Whether it is looked at in a visit of a kind and purpose (any, if none is named), of an object."""
        return (
            seen in self.objects
            and (not self.kinds or office_kind in self.kinds)
            and (not self.visits or visit in self.visits)
            and (not purpose or not self.purposes or purpose in self.purposes)
            and (seen != Object.PROPOSED_PLACE or visit in self.at_places)
        )

    @property
    def citation(self) -> Text:
        """Where it comes from, or that it has no source."""
        return self.article or UNSOURCED

    def wants_photo(self, answered_wrong: bool) -> bool:
        """Whether a report from the spot must show it."""
        return self.evidence == Evidence.ALWAYS or (self.evidence == Evidence.OF_A_FAULT and answered_wrong)


class Hindrance(models.TextChoices):
    """What kept an inspector who came from looking: then the report is a sentence, and no checklist."""

    REFUSED_ENTRY = "refused_entry"
    CLOSED = "closed"
    NOT_FOUND = "not_found"


# What a hindered visit finds wanting. Where the checklist of the visit has an item for it, it is that item (`instead`).
HINDERED = {
    Hindrance.REFUSED_ENTRY: Item(
        "entry", Text("بازرس را به محل راه دادند.", "The inspector was let in."), Severity.CRITICAL
    ),
    Hindrance.CLOSED: Item(
        "door",
        Text("هنگام آمدن بازرس باز بود.", "It was open when the inspector came."),
        Severity.CRITICAL,
        Evidence.OF_A_FAULT,
    ),
    Hindrance.NOT_FOUND: Item(
        "place",
        Text("در نشانی خود پیدا شد.", "It was found at its address."),
        Severity.CRITICAL,
        Evidence.OF_A_FAULT,
    ),
}
INSTEAD = {Hindrance.CLOSED: "open", Hindrance.NOT_FOUND: "address"}


@dataclass(frozen=True)
class Module:
    """A part of the checklist that holds from a day to another (not included)."""

    code: str
    valid_from: date
    valid_to: date | None
    text: Text

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Edition:
    """A checklist as it held from a day on. Each stands in a file of its own and enters itself among the others."""

    code: str
    valid_from: date
    items: tuple[Item, ...]
    modules: tuple[Module, ...] = ()
    source: Text = UNSOURCED

    def __post_init__(self) -> None:
        if any(edition.code == self.code for edition in EDITIONS):
            raise ValueError(f"The checklist {self.code} is declared twice.")
        codes = [item.code for item in self.items]
        if len(set(codes)) != len(codes) or {item.module for item in self.items} - {""} != {
            module.code for module in self.modules
        }:
            raise ValueError(f"The checklist {self.code} names an item twice, or a module that is none of its own.")
        EDITIONS.append(self)
        EDITIONS.sort(key=lambda edition: edition.valid_from)

    def items_for(self, seen: Object, visit: Kind, office_kind: str, on: date, purpose: str = "") -> tuple[Item, ...]:
        """What is looked at on a day."""
        running = {module.code for module in self.modules if module.holds_on(on)}
        return tuple(
            item
            for item in self.items
            if item.concerns(seen, visit, office_kind, purpose) and (not item.module or item.module in running)
        )

    def item(self, code: str) -> Item:
        """An item of the checklist, or what a visit that was hindered found."""
        return next(item for item in (*self.items, *HINDERED.values()) if item.code == code)


@dataclass(frozen=True)
class EnteredEdition(Edition):
    """A checklist that came in without a version: its rows were checked as they were entered, and it is found there."""

    def __post_init__(self) -> None:
        """It does not stand among those that are shipped."""


def photos_wanted(items: Iterable[Item], answers: dict[str, str], photographed: Iterable[str]) -> list[Item]:
    """The items whose photo a report lacks: the one place that says which evidence a report from the spot must hold."""
    shown = set(photographed)
    return [
        item
        for item in items
        if item.code not in shown and item.wants_photo(answered_wrong=answers.get(item.code) == "not_ok")
    ]
