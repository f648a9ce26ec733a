"""The list of the people of a region, with the roles they hold."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from pishkhan.geography.selectors import searched
from pishkhan.language.text import Text

from .listing.columns import person, place, words
from .listing.filters import ListQuery, OneOf, Rows, in_place, of_enum, search
from .listing.listing import Listing
from .models import Assignment, Person
from .roles import Role
from .selectors import rules_the_country, within

OPEN, CLOSED = Text("باز", "open"), Text("بسته", "closed")


def people_within(administrator: Person) -> Rows:
    """The people of an administrator's region, but those who were erased."""
    return within(Person.objects.filter(erased_on=None), administrator, [Role.ADMINISTRATOR])


def _account(row: dict[str, Any]) -> Text | None:
    account = getattr(row["person"], "account", None)
    return None if account is None else OPEN if account.is_active else CLOSED


def _roles(row: dict[str, Any]) -> Text | None:
    held = [Role(role.role).text for role in row["roles"]]
    return Text("، ".join(text.fa for text in held), ", ".join(text.en for text in held)) if held else None


class PersonList(Listing):
    """The people of one's region, by name."""

    name, template = "people", "people/people.html"
    title, counted = Text("اشخاص و نقش‌ها", "People and roles"), Text("{count} شخص", "{count} {count:person|people}")
    empty = Text("کسی با این نام نیست.", "Nobody of that name.")
    roles, source = (Role.ADMINISTRATOR,), staticmethod(people_within)
    related, order = ("account", "division"), ("sort_key", "pk")

    columns = (
        person(
            "name",
            Text("نام", "Name"),
            value="person.full_name",
            sort="sort_key",
            link=lambda row: reverse("person", args=[row["person"].pk]),
        ),
        place("place", Text("جا", "Place"), value="person.division"),
        words("roles", Text("نقش‌های امروز", "Roles today"), value=_roles),
        words(
            "account",
            Text("حساب", "Account"),
            value=_account,
            sort="account__is_active",
            badge=lambda row: "good" if _account(row) == OPEN else "bad",
        ),
    )
    filters = (
        search(lambda rows, written: rows.filter(searched(written)), Text("نام", "Name"), most=80),
        OneOf(
            "role",
            Text("نقش", "Role"),
            lambda rows, role, _: rows.filter(pk__in=Assignment.objects.current().filter(role=role).values("person")),
            choices=of_enum(Role),
        ),
        in_place(),
    )

    @classmethod
    def extras(cls, request: HttpRequest, rows: Rows, query: ListQuery) -> dict[str, Any]:
        """Whether whoever looks may open provinces."""
        return {"rules_the_country": rules_the_country(query.person)}

    @classmethod
    def load(cls, rows: list[Person], query: ListQuery) -> list[Any]:
        held: dict[int, list[Assignment]] = {}
        for assignment in Assignment.objects.current().filter(person__in=[row.pk for row in rows]).order_by("pk"):
            held.setdefault(assignment.person_id, []).append(assignment)
        return [{"person": row, "roles": held.get(row.pk, ())} for row in rows]
