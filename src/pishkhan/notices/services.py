"""Queueing notices, inside the act that causes them."""

from typing import Any

from pishkhan.journal.canonical import canonical
from pishkhan.journal.clock import now
from pishkhan.journal.models import Entry
from pishkhan.people.models import Person

from .models import Notice
from .templates import facts_of


def queue(template: str, *, to: Person, facts: dict[str, Any], because: Entry, channel: str | None = None,
          language: str = "fa") -> Notice:
    """Put a notice in the outbox, in the transaction of the act that `because` records.

    By SMS to who has a phone, else by letter. `facts` are codes and numbers; the template names those it uses.
    """
    if missing := facts_of(template) - set(facts):
        raise ValueError(f"The notice {template} lacks {sorted(missing)}.")
    moment = now()
    notice = Notice(template=template, recipient=to, facts=canonical(facts), because=because.name, language=language,
                    channel=channel or (Notice.Channel.SMS if to.phone else Notice.Channel.LETTER),
                    queued_at=moment, next_attempt_at=moment)
    notice.save(force_insert=True)
    return notice
