"""The list of the appointments in the places of an administrator or director."""

from typing import Any

from django.urls import reverse

from pishkhan.geography.models import Division
from pishkhan.language.text import Text
from pishkhan.people.listing.columns import code, day, person, words
from pishkhan.people.listing.filters import ListQuery, Tick, of_enum, one_of
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import Appointment, Person
from pishkhan.people.roles import DECIDING, Role

from .selectors import SEERS, appointed_by_one, appointments_seen_by, to_confirm

EVERYWHERE = Text("سراسر کشور", "The whole country")
TONES = {
    Appointment.State.PROPOSED: "warn",
    Appointment.State.CONFIRMED: "good",
    Appointment.State.REFUSED: "bad",
}


class AppointmentList(Listing):
    """Who is to hold a deciding role: proposed, confirmed, refused."""

    name = "appointments"
    title = Text("سمت‌های پیشنهادی و داده‌شده", "Appointments")
    about = Text(
        "سمتی را که تصمیم می‌گیرد دو تن می‌دهند: راهبر پیشنهاد می‌کند و مدیرکل یا راهبر کشوری تأیید.",
        "Two persons grant a role that decides: an administrator proposes it, the director or a national "
        "administrator confirms it.",
    )
    counted = Text("{count} انتصاب", "{count} {count:appointment|appointments}")
    empty = Text("انتصابی نیست.", "There is no appointment.")
    roles, source = SEERS, staticmethod(appointments_seen_by)
    related, order = ("person", "proposed_by"), ("-proposed_on", "-pk")

    columns = (
        person(
            "name",
            Text("نام", "Name"),
            value=lambda row: row["row"].person.full_name,
            sort="person__sort_key",
            link=lambda row: reverse("appointment", args=[row["row"].pk]),
        ),
        words("role", Text("نقش", "Role"), value=lambda row: Role(row["row"].role).text, sort="role"),
        words("where", Text("محدوده", "Where"), value="where", sort="place"),
        code("letter", Text("ابلاغ", "Letter"), value="row.letter"),
        day("from_on", Text("از", "From"), value="row.from_on", sort="from_on"),
        day("until_on", Text("تا", "Until"), value="row.until_on", sort="until_on"),
        words(
            "state",
            Text("وضعیت", "State"),
            value=lambda row: Appointment.State(row["row"].state).text,
            sort="state",
            badge=lambda row: TONES.get(row["row"].state, ""),
        ),
        day("proposed_on", Text("روز پیشنهاد", "Proposed on"), value="row.proposed_on", sort="proposed_on"),
    )
    filters = (
        one_of("state", Text("وضعیت", "State"), choices=lambda: of_enum(Appointment.State)),
        one_of("role", Text("نقش", "Role"), choices=lambda: of_enum(DECIDING)),
        Tick(
            "mine",
            Text("در انتظار تأیید من", "Waiting for me"),
            lambda rows, _, query: rows.filter(pk__in=to_confirm(query.person).values("pk")),
        ),
    )

    @classmethod
    def load(cls, rows: list[Appointment], query: ListQuery) -> list[Any]:
        divisions = Division.objects.in_bulk({row.place for row in rows}, field_name="code")
        return [{"row": row, "where": where_of(row.place, divisions.get(row.place))} for row in rows]


def news_of_appointments(person: Person) -> list[dict[str, Any]]:
    """What everybody at work is told for a while: who was appointed there without a second person, and where."""
    rows = list(appointed_by_one(person).select_related("person"))
    divisions = Division.objects.in_bulk({row.place for row in rows}, field_name="code") if rows else {}
    return [
        {"row": row, "where": where_of(row.place, divisions.get(row.place)), "name": row.person.full_name}
        for row in rows
    ]


def where_of(place: str, division: Division | None) -> Text:
    """What the place of a role is called."""
    if division is not None:
        return division.text
    return Text(place, place) if place else EVERYWHERE
