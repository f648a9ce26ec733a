"""What a notice brings that only its recipient may read, such as a one-time code: encrypted, until it is sent.

The facts of the notice hold a sign in its place, and so do all lists of notices. What is not sent in its time is not
sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pishkhan.journal.clock import now
from pishkhan.journal.erasure.erasable_text import hide, reveal

from .adapters import TOO_LATE, NotDelivered
from .models import Notice

UNSEEN = "•••"  # what stands in the facts instead
PURPOSE = "notice"


@dataclass(frozen=True)
class Secret:
    """Facts that fill a sentence and are stored nowhere in the clear, and until when it is of use to send them."""

    facts: Mapping[str, str]
    until: datetime

    def hidden(self) -> bytes:
        """As it is stored."""
        return hide(json.dumps({"facts": dict(self.facts), "until": self.until.isoformat()}), purpose=PURPOSE)


def facts_to_send(notice: Notice) -> dict[str, Any]:
    """The facts of a notice with what is secret in them; NotDelivered if that is gone, or its time is over."""
    if UNSEEN not in notice.facts.values():
        return dict(notice.facts)
    if notice.secret is None:
        raise NotDelivered(TOO_LATE)
    secret = json.loads(reveal(bytes(notice.secret), purpose=PURPOSE))
    if now() >= datetime.fromisoformat(secret["until"]):
        raise NotDelivered(TOO_LATE)
    return {**notice.facts, **secret["facts"]}
