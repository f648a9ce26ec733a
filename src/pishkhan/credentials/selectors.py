"""Which keys there are, and which of them signs."""

from collections.abc import Sequence
from datetime import date

from .models import SigningKey


def usable_keys() -> list[SigningKey]:
    """The keys that were not withdrawn, the oldest first. One query."""
    return list(SigningKey.objects.filter(withdrawn_on=None).order_by("valid_from", "pk"))


def signer(keys: Sequence[SigningKey], day: date) -> SigningKey | None:
    """Of some usable keys, the oldest first, the one that signs what was recorded on a day; None if there is none.

    What was recorded before the first key is signed with the oldest. So a token stays the same when keys are rotated.
    """
    return next((key for key in reversed(keys) if key.signs(day)), keys[0] if keys else None)
