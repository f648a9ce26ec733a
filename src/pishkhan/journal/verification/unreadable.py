"""What cannot even be read is a fault of whose it is: it never keeps the rest from being verified."""

from collections.abc import Iterator

from django.db import DatabaseError, DataError

from pishkhan.language.text import Text

from . import faults

# Of what stands where nothing of its kind can stand: no UTF-8, no JSON, no object, a day beyond the calendar.
OF_CONTENT = (ValueError, TypeError, AttributeError, LookupError, DatabaseError)


def readable(name: str, asked: Iterator[Text]) -> Iterator[Text]:
    """What is asked about something; that it cannot be read, where that is so."""
    try:
        yield from asked
    except OF_CONTENT as error:
        yield from unreadable(name, error)


def unreadable(name: str, error: Exception) -> Iterator[Text]:
    """The fault that an error amounts to. A database that fails as such goes on failing."""
    if isinstance(error, DatabaseError) and not isinstance(error, DataError) and "UTF-8" not in str(error):
        raise error
    yield faults.UNREADABLE.filled(name=name, why=" ".join(str(error).split())[:200])
