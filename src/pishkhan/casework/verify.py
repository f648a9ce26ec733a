"""Replay: every case stands where its entries say it stands, by steps that lead there."""

from collections.abc import Iterator

from pishkhan.journal.models import Entry
from pishkhan.journal.verification.unreadable import readable
from pishkhan.language.text import Text

from .models import Case
from .procedures.procedure import Procedure

CHUNK = 500
NO_WAY = Text("ثبت {entry} از جایی که پرونده ایستاده بود نمی‌گذرد.", "{entry} does not lead from where the case stood.")
ELSEWHERE = Text(
    "{subject} در مرحلهٔ «{stage}» از ویرایش «{edition}» ایستاده است؛ ثبت‌هایش چیز دیگری می‌گویند.",
    "{subject} stands at '{stage}' of edition '{edition}'; its entries say otherwise.",
)


def replayed() -> Iterator[Text]:
    """What is wrong with the cases when their entries are replayed. Nothing, if all is well."""
    last = 0
    while chunk := list(Case.objects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from readable("case", _replayed({case.subject: case for case in chunk}))
        last = chunk[-1].pk


def _replayed(cases: dict[str, Case]) -> Iterator[Text]:
    stages: dict[str, str] = {}
    editions: dict[str, str] = {}
    for entry in Entry.objects.filter(subject__in=cases).iterator(CHUNK):
        code, _, name = entry.act.partition(".")
        origin, target, edition = (entry.facts.get(key) for key in ("from", "to", "edition"))
        procedure = Procedure.register.get((code, edition))
        if origin != stages.get(entry.subject) or (procedure and not _leads(procedure, name, origin, target)):
            yield NO_WAY.filled(entry=entry.name)
        stages[entry.subject], editions[entry.subject] = target, edition
    for subject, case in cases.items():
        if stages.get(subject) != case.stage or case.edition not in ("", editions.get(subject)):
            yield ELSEWHERE.filled(subject=subject, stage=case.stage, edition=case.edition)


def _leads(procedure: type[Procedure], name: str, origin: str, target: str) -> bool:
    step = procedure.steps.get(name)
    return step is not None and origin in {stage.code for stage in step.sources} and target == step.target.code
