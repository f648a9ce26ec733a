"""What an edition of the checklist leaves out: visits in which nothing is looked at, or nothing could fail."""

from collections.abc import Iterator
from itertools import product

from pishkhan.offices.models import OfficeKind

from .checklist import Edition, Item, Kind, Object, Purpose, Severity

OF_PLACES = (Kind.INITIAL, Kind.FINAL)
Pair = tuple[Object, Kind]


def visits_without_items(edition: Edition) -> list[Pair]:
    """The visits, by what is looked at and why, in which some office has nothing to be looked at."""
    return list(dict.fromkeys(pair for pair, items in _visits(edition) if not items))


def visits_that_cannot_fail(edition: Edition) -> list[Pair]:
    """The visits in which something is looked at, and no single fault would fail them."""
    return list(
        dict.fromkeys(
            pair
            for pair, items in _visits(edition)
            if items and all(item.severity != Severity.CRITICAL for item in items)
        )
    )


def _visits(edition: Edition) -> Iterator[tuple[Pair, tuple[Item, ...]]]:
    for seen, visit, purpose in product(Object, Kind, Purpose):
        if (seen == Object.PROPOSED_PLACE) != (visit in OF_PLACES):
            continue
        for kind in OfficeKind.values if seen in (Object.OFFICE, Object.PROPOSED_PLACE) else [""]:
            yield (seen, visit), edition.items_for(seen, visit, kind, edition.valid_from, purpose)
