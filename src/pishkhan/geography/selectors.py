"""Questions about where things lie."""

from django.db.models import Q


def lying_in(place: str, field: str = "division") -> Q:
    """Rows whose division's code begins with a code, as a range: it uses the index on every database."""
    after = str(int(place) + 1).zfill(len(place))
    return Q(**{f"{field}__gte": place, f"{field}__lt": after})
