"""The list of packages that were sent to partners and came from them."""

from django.urls import reverse

from pishkhan.language.text import Text
from pishkhan.people.listing.columns import code, day, number, place, words
from pishkhan.people.listing.filters import in_place, one_of
from pishkhan.people.listing.listing import Listing

from .models import Package
from .partners import partners
from .selectors import EXCHANGING, packages_within

DIRECTIONS = {Package.Direction.OUT: Text("پرسش", "questions"), Package.Direction.IN: Text("پاسخ", "answers")}
PARTNER, DIRECTION = Text("طرف", "Partner"), Text("پرسش یا پاسخ", "Questions or answers")


def partner_name(package: Package) -> Text:
    """What the other side of a package is called; its code, if it is none any more."""
    partner = partners().get(package.partner)
    return partner.label if partner else Text(package.partner, package.partner)


class PackageList(Listing):
    """The packages of one's region, the newest first."""

    name, template = "packages", "exchange/exchange.html"
    title = Text("تبادل با صادرکننده و مراجع استعلام", "Exchange with the issuer and the inquiry bodies")
    counted = Text("{count} بسته", "{count} {count:package|packages}")
    empty = Text("هنوز بسته‌ای نیست.", "There is no package yet.")
    roles, source, related = EXCHANGING, staticmethod(packages_within), ("division",)

    columns = (
        code(
            "reference", Text("بسته", "Package"), sort="reference", link=lambda row: reverse("package", args=[row.pk])
        ),
        words(
            "direction",
            DIRECTION,
            value=lambda row: DIRECTIONS[Package.Direction(row.direction)],
            sort="direction",
            under="reference",
        ),
        place("place", Text("جا", "Place"), value="division", under="reference"),
        words("partner", PARTNER, value=partner_name, sort="partner"),
        number("count", Text("سطر", "Rows"), sort="count"),
        day("day", Text("روز", "Day"), value="made_on", sort="made_on"),
    )
    filters = (
        one_of("partner", PARTNER, lambda: [(partner.code, partner.label) for partner in partners().values()]),
        one_of("direction", DIRECTION, list(DIRECTIONS.items())),
        in_place(),
    )
