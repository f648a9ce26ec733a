"""Sending packages of questions, and taking in packages of answers, each row by the step of its case."""

import json
from collections import Counter
from contextlib import suppress
from typing import Any

from django.db import IntegrityError, transaction

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Step
from pishkhan.casework.refusals import NotAtThisStage, RulesUnmet
from pishkhan.casework.services import advance
from pishkhan.geography.models import Division
from pishkhan.journal.acts import act, begin
from pishkhan.journal.clock import now, today
from pishkhan.journal.erasure.erasable_text import hide, reveal
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.numbering import next_number
from pishkhan.journal.refusals import NotPermitted, Refusal, Unavailable
from pishkhan.language.jalali import jalali_year
from pishkhan.language.prefixes import number_prefix
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from . import refusals
from .models import Item, Package
from .packing import Answer, Manifest, checksum, packed, unpacked
from .partners import ISSUER, Partner, partners
from .selectors import open_questions, own_package, questions_of, step_for, table_for

PREFIX = number_prefix("X", "packages")

ANSWER_PURPOSE = "exchanged-answer"  # the purpose under which an answer that waits is encrypted
Outcome = Item.Outcome


def partner_of(code: str) -> Partner:
    """The partner of a code; a refusal if there is none."""
    partner = partners().get(code)
    if partner is None:
        raise refusals.NoSuchPartner()
    return partner


@retried
def send(partner: Partner, division: Division, *, by: Person) -> Package:
    """Make a package of everything in a division that a partner is to be asked and was not yet: by the expert.

    Its number is locked first, so that of two officers at once the second finds nothing left to ask.
    """
    on, province = today(), division.code[:2]
    with one_transaction():
        year = jalali_year(on)
        sequence = next_number(f"exchange:{partner.code}:{province}", year=year)
        questions = open_questions(partner, division)
        if not questions:
            raise refusals.NothingToAsk()
        package = Package(
            direction=Package.Direction.OUT,
            partner=partner.code,
            division=division,
            sequence=sequence,
            reference=f"{PREFIX}-{partner.code}-{province}-{year}-{sequence:04}",
            made_on=on,
            at=now(),
            count=len(questions),
        )
        items = [
            Item(
                number=number,
                reference=f"{package.reference}/{number}",
                case=case,
                inquiry=inquiry,
                revision=case.revision,
                outcome=Outcome.ASKED,
            )
            for number, (case, inquiry) in enumerate(questions, 1)
        ]
        package.digest = checksum(table_for(partner, items))
        with begin(by, "exchange.send", package, role=Role.EXPERT) as entry:
            for item in items:
                item.package = package
            Item.objects.bulk_create(items, batch_size=500)
            entry.facts = {
                "partner": partner.code,
                "reference": package.reference,
                "digest": package.digest,
                "division": division.code,
                "asked": [case.number for case, _ in questions],
            }
    return package


def content_of(package: Package) -> bytes:
    """A package that was sent, made again; a refusal if what it said has changed since."""
    partner = partner_of(package.partner)
    table = table_for(partner, questions_of(package))
    if checksum(table) != package.digest:
        raise refusals.FactsHaveChanged()
    return packed(
        Manifest(
            "questions",
            package.partner,
            package.division_id[:2],
            package.reference,
            package.sequence,
            "",
            package.made_on,
            package.count,
            package.digest,
        ),
        table,
    )


def take_in(content: bytes, partner: Partner, *, by: Person) -> Package:
    """Take in a package of answers: refused as a whole in words, or each row entered by itself, or kept as refused.

    A package whose taking in was cut short is gone on with when it is taken in again.
    """
    manifest, answers = unpacked(content)
    package = _begun(manifest, answers, partner, by)
    return go_on(package, by=by)


def go_on(package: Package, *, by: Person) -> Package:
    """Enter the answers of a package that still wait, each in a transaction of its own."""
    partner = partner_of(package.partner)
    for item in package.items.filter(outcome=Outcome.PENDING).order_by("number"):
        with suppress(refusals.EnteredBefore):
            _carry_out(item, partner, by)
    package.refresh_from_db()
    return package


def counts_of(package: Package) -> dict[str, int]:
    """How many rows of a package came to which outcome."""
    return dict(Counter(package.items.values_list("outcome", flat=True)))


@retried
def _begun(manifest: Manifest, answers: list[Answer], partner: Partner, by: Person) -> Package:
    """The package as it is kept, its rows judged; that of before, if it is the same and was cut short."""
    if manifest.partner != partner.code:
        raise refusals.WrongPartner(told=manifest.partner, wanted=partner.code)
    sent = own_package(by, partner, manifest.answers_to)
    if sent is None or sent.division_id[:2] != manifest.province:
        raise refusals.AnswersNothing(reference=manifest.answers_to)
    if manifest.made_on > today():
        raise refusals.FromTheFuture()
    taken = Package.objects.filter(direction=Package.Direction.IN, partner=partner.code, division=sent.division)
    if same := taken.filter(sequence=manifest.sequence).first():
        if same.digest == manifest.sha256 and same.items.filter(outcome=Outcome.PENDING).exists():
            return same
        raise refusals.TakenInBefore(sequence=manifest.sequence)
    package = Package(
        direction=Package.Direction.IN,
        partner=partner.code,
        division=sent.division,
        reference=manifest.reference,
        sequence=manifest.sequence,
        answers_to=sent,
        digest=manifest.sha256,
        count=manifest.rows,
        made_on=manifest.made_on,
        at=now(),
    )
    try:
        with begin(by, "exchange.take-in", package, role=partner.enters) as entry:
            items = _judged(package, answers, sent)
            Item.objects.bulk_create(items, batch_size=500)
            entry.facts = {
                "partner": partner.code,
                "reference": manifest.reference,
                "sequence": manifest.sequence,
                "answers_to": sent.reference,
                "digest": manifest.sha256,
                "rows": manifest.rows,
            }
    except IntegrityError as clash:  # another took it in between our question and our writing
        raise (
            refusals.TakenInBefore(sequence=manifest.sequence)
            if "sequence" in str(clash) or "one_incoming_package" in str(clash)
            else clash
        ) from None
    return package


def _judged(package: Package, answers: list[Answer], sent: Package) -> list[Item]:
    """The rows of a package, those that can be refused without asking their case already refused."""
    questions = {item.reference: item for item in sent.items.select_related("inquiry")}
    seen: set[str] = set()
    items = []
    for answer in answers:
        question = questions.get(answer.reference)
        outcome = Outcome.DUPLICATE if answer.reference in seen else _outcome(answer, question, sent)
        seen.add(answer.reference)
        waits = outcome == Outcome.PENDING
        items.append(
            Item(
                package=package,
                number=answer.number,
                reference=answer.reference,
                outcome=outcome,
                case_id=question.case_id if question else None,
                inquiry=question.inquiry if question else None,
                told=hide(json.dumps(_step_data(answer, question), ensure_ascii=False), purpose=ANSWER_PURPOSE)
                if waits
                else None,
            )
        )
    return items


def _outcome(answer: Answer, question: Item | None, sent: Package) -> Outcome:
    if question is None:
        return Outcome.UNKNOWN
    wanted = ("issued", "returned") if sent.partner == ISSUER else ("cleared", "not_cleared")
    if answer.outcome not in wanted or not answer.letter or answer.letter_on is None:
        return Outcome.ILL_FORMED
    if answer.letter_on > today():
        return Outcome.FUTURE
    if answer.letter_on < sent.made_on:
        return Outcome.TOO_EARLY
    if question.inquiry is not None and (question.inquiry.answered_on or question.inquiry.void):
        return Outcome.ANSWERED
    return Outcome.PENDING


def _step_data(answer: Answer, question: Item | None) -> dict[str, Any]:
    """What the step of the case is told: the outcome and the letter, nothing else."""
    day = answer.letter_on.isoformat() if answer.letter_on else ""
    values = {"outcome": answer.outcome, "letter": answer.letter, "letter_on": day}
    if question is not None and question.inquiry is not None:
        return values | {"inquiry": question.inquiry.code}
    return values | {"issuer_number": answer.letter, "issued_on": day, "years": answer.years, "reasons": answer.reasons}


@retried
def _carry_out(item: Item, partner: Partner, by: Person) -> None:
    """Enter one answer and note what became of it, both or neither."""
    with act(by, "exchange.enter", on=item.package, role=partner.enters) as entry:
        item.refresh_from_db()  # its package is locked: nobody else carries it out now
        if item.outcome != Outcome.PENDING or item.told is None or item.case is None:
            raise refusals.EnteredBefore()
        data = json.loads(reveal(bytes(item.told), purpose=ANSWER_PURPOSE))
        item.outcome, item.told = _entered(item, item.case, data, by), None
        item.save(force_update=True)
        entry.facts = {
            "row": item.number,
            "reference": item.reference,
            "case": item.case.subject,
            "outcome": item.outcome,
        }


def _entered(item: Item, case: Case, data: dict[str, Any], by: Person) -> Outcome:
    """What became of an answer when the step of its case was taken; a refusal leaves the case as it was."""
    step = step_for(case, data)
    if step is None:
        return Outcome.MOVED_ON
    if item.inquiry is not None and item.inquiry.answered_on:
        return Outcome.ANSWERED
    try:
        with transaction.atomic():
            advance(case, step, by=by, answers=_answers(step, data))
    except NotPermitted:
        return Outcome.NOT_YOURS
    except NotAtThisStage:
        return Outcome.MOVED_ON
    except RulesUnmet:
        return Outcome.RULES
    except Unavailable:  # the whole file is to be taken in again
        raise
    except Refusal:
        return Outcome.ILL_FORMED
    return Outcome.TAKEN


def _answers(step: Step, data: dict[str, Any]) -> dict[str, Any]:
    fields = step.form.base_fields if step.form else {}  # type: ignore[attr-defined]  # steps have Django forms
    return {name: value for name, value in data.items() if name in fields and value not in (None, "")}
