"""Numbers without gaps, from a row that is locked in the transaction that uses the number."""

from .locks import lock, take_along
from .models import Series


def next_number(series: str, *, year: int) -> int:
    """The next number of a series in a Jalali year (0: one for all years). Last in the order of locks.

    Inside a transaction of acts only: the entry that is written next says that it was given.
    """
    row, _ = Series.objects.get_or_create(code=series, year=year)
    lock(row)
    row.last += 1
    row.save()
    take_along("numbers", f"{series}/{year}", row.last)
    return row.last
