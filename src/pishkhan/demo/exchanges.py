"""The demo's package to an inquiry body: everything that it is to be asked after a meeting, and its answers."""

from collections.abc import Iterator

from pishkhan.casework.models import Inquiry
from pishkhan.exchange.models import Item, Package
from pishkhan.exchange.packing import Manifest, checksum, packed, table_of
from pishkhan.exchange.selectors import open_questions
from pishkhan.exchange.services import partner_of, send, take_in

from .stage.setting import Scene

PARTNER = "social_security"  # whom no script lets refuse anybody
ANSWERS_AFTER = 5  # working days


def exchanged(scene: Scene) -> Iterator[int]:
    """Ask the partner in one package whatever is open, and take its answers in: everybody is cleared."""
    partner, expert = partner_of(PARTNER), scene.cast.expert
    if not open_questions(partner, scene.cast.province):
        return
    package = scene.do(send, partner, scene.cast.province, by=expert)
    yield ANSWERS_AFTER
    scene.do(take_in, _answers_to(package, scene), partner, by=expert)


def is_in_a_package(inquiry: Inquiry) -> bool:
    """Whether an inquiry was sent in a package, so that nobody writes a letter about it."""
    return Item.objects.filter(inquiry=inquiry, package__direction=Package.Direction.OUT).exists()


def _answers_to(package: Package, scene: Scene) -> bytes:
    """The package of answers, as the partner makes it: a row for each question, with its letter."""
    day = scene.watch.day
    rows = [
        [item.reference, "cleared", f"{2000 + item.number}/تا", day.isoformat()]
        for item in package.items.order_by("number")
    ]
    table = table_of(("reference", "outcome", "letter", "letter_on"), rows)
    return packed(
        Manifest(
            kind="answers",
            partner=package.partner,
            province=package.division_id[:2],
            reference=f"SS-1401-{package.sequence:04}",
            sequence=package.sequence,
            answers_to=package.reference,
            made_on=day,
            rows=len(rows),
            sha256=checksum(table),
        ),
        table,
    )
