"""Queueing notices, inside the act that causes them; trying one again; recording that a legal one was served."""

from datetime import date
from typing import Any

from pishkhan.files.models import StoredFile
from pishkhan.files.services import entrust
from pishkhan.geography.models import Division
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import day_of, now, today
from pishkhan.journal.erasure.erasable_text import keep
from pishkhan.journal.locks import retried, take_along
from pishkhan.journal.models import Entry, label_of
from pishkhan.journal.sealing.canonical import canonical
from pishkhan.journal.sealing.states import bound_digest
from pishkhan.people.models import Person
from pishkhan.people.parties import Party, party_fields
from pishkhan.people.roles import Role
from pishkhan.people.selectors import representatives_of

from . import refusals
from .models import How, Notice, Outcome, Proof
from .secrets import UNSEEN, Secret
from .selectors import SERVERS
from .templates import facts_of, is_legal


def queue(
    template: str,
    *,
    to: Party,
    facts: dict[str, Any],
    because: Entry,
    channel: str | None = None,
    language: str | None = None,
    division: Division | None = None,
    secret: Secret | None = None,
) -> Notice:
    """Put a notice in the outbox, in the transaction of the act that `because` records.

    By SMS to who has a phone, else by e-mail, else by letter, in the recipient's language; by letter to an organisation
    itself, for which nobody acts. `facts` are codes and numbers; the template names those it uses. The officers of the
    division serve it, if it is a legal one. What a `secret` holds stands in no fact: it is kept encrypted until it is
    sent.
    """
    facts = {**facts, **dict.fromkeys(secret.facts, UNSEEN)} if secret else facts
    if missing := facts_of(template) - set(facts):
        raise ValueError(f"The notice {template} lacks {sorted(missing)}.")
    moment = now()
    person = to if isinstance(to, Person) else None
    notice = Notice(
        template=template,
        **party_fields(to),
        facts=canonical(facts),
        because=because.name,
        legal=is_legal(template),
        language=language or (person.language if person else "fa"),
        channel=channel or _channel(person),
        division=division or to.division,
        queued_at=moment,
        next_attempt_at=moment,
        secret=secret.hidden() if secret else None,
    )
    notice.save(force_insert=True)
    take_along(label_of(Notice), str(notice.pk), bound_digest(label_of(Notice), notice.pk))
    return notice


def queue_to_party(
    template: str, party: Party, *, facts: dict[str, Any], because: Entry, division: Division | None = None
) -> list[Notice]:
    """Queue a notice to a party: to the person, or to each who acts for the organisation today, as `queue` does."""
    return [
        queue(template, to=person, facts=facts, because=because, division=division)
        for person in representatives_of(party)
    ]


@retried
def try_again(notice: Notice, *, by: Actor, role: str = Role.ADMINISTRATOR) -> Notice:
    """Let a notice that failed be sent once more, from its first attempt on."""
    with act(by, "notices.try-again", on=notice.to, role=role) as entry:
        again = Notice.objects.filter(pk=notice.pk, state=Notice.State.FAILED).update(
            state=Notice.State.PENDING, attempts=0, next_attempt_at=now()
        )
        if not again:
            raise refusals.NotFailed()
        entry.facts = {"notice": notice.pk}
    notice.refresh_from_db()
    return notice


@retried
def prove_service(
    notice: Notice, *, how: str, outcome: str, on: date, server: str, evidence: StoredFile | None, by: Actor, role: str
) -> Proof:
    """Record that a legal notice was served: how, with which outcome, on which day, by whom, and what shows it."""
    if role not in SERVERS:
        raise refusals.NotAServer()
    _ask_the_proof(notice, how, outcome, on)
    if evidence is None and how != How.ELECTRONIC:
        raise refusals.NoEvidence()
    if evidence is not None and evidence.uploaded_by != by.ref:
        raise refusals.NotYourFile()
    proof = Proof(notice=notice, division_id=notice.division_id, how=how, outcome=outcome, on=on, evidence=evidence)
    with begin(by, "notices.prove-service", proof, role=role, happened_on=on) as entry:
        entry.facts = {
            "notice": notice.pk,
            "because": notice.because,
            "how": how,
            "outcome": outcome,
            "on": on,
            "server": keep(entry, "server", server.strip(), whose=notice.to.ref),
            "evidence": {"file": evidence.pk, "digest": evidence.digest} if evidence else None,
        }
        if evidence is not None:
            entrust(evidence, notice.to.ref, because=entry)
    return proof


@retried
def withdraw_proof(proof: Proof, *, reason: str, by: Actor, role: str) -> Proof:
    """Withdraw a proof of service that was wrong."""
    if role not in SERVERS:
        raise refusals.NotAServer()
    with act(by, "notices.withdraw-proof", on=proof, role=role) as entry:
        if proof.withdrawn_on:
            raise refusals.WithdrawnAlready()
        proof.withdrawn_on = today()
        entry.facts = {"reason": keep(entry, "reason", reason.strip(), whose=proof.notice.to.ref)}
    return proof


def _channel(to: Person | None) -> str:
    if to is not None and to.phone:
        return Notice.Channel.SMS
    return Notice.Channel.EMAIL if to is not None and to.email else Notice.Channel.LETTER


def _ask_the_proof(notice: Notice, how: str, outcome: str, on: date) -> None:
    if not notice.legal:
        raise refusals.NotLegal()
    if how not in How.values or outcome not in Outcome.values:
        raise refusals.NoSuchService()
    if outcome == Outcome.POSTED and how not in (How.HAND, How.PRESS):
        raise refusals.NotPostedThatWay()
    if on > today():
        raise refusals.ServedInTheFuture()
    if on < day_of(notice.queued_at):
        raise refusals.ServedBeforeItWas()
