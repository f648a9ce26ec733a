"""The list of undertakings, for who works with them."""

from django.http import HttpRequest, HttpResponse

from pishkhan.people.access import open_to

from .lists import UndertakingList


@open_to(*UndertakingList.roles)
def undertakings(request: HttpRequest) -> HttpResponse:
    """What holders of one's region owe, the overdue first; as a table, or exported exactly as shown."""
    return UndertakingList.answer(request)
