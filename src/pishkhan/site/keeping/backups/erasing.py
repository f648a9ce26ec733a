"""Erasing again, in a database that is older, what was erased since."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError

from pishkhan.complaints import services as complaints
from pishkhan.complaints.models import Complaint
from pishkhan.inspections.evidence import Submission
from pishkhan.inspections.field.retention import forget
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure.erasable_text import destroy
from pishkhan.journal.erasure.erasure_list import WITHDRAWN, Erasure
from pishkhan.journal.locks import retried
from pishkhan.journal.models import Journalled, Secret, Words, label_of
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.services import repeat_erasure

WAYS: dict[type[Journalled], tuple[str, Callable[[Any], object]]] = {
    Person: ("people.erase", repeat_erasure),
    Complaint: ("complaint.erase", complaints.repeat_erasure),
    Submission: ("visit.forget_places", forget),
}


def repeat(erasures: Iterable[Erasure]) -> int:
    """Do every listed erasure again that this database does not know of, an act each; return how many there were."""
    models = {label_of(model): model for model in apps.get_models() if issubclass(model, Journalled)}
    return sum(_repeated(erasure, models) for erasure in erasures if erasure.stands != WITHDRAWN)


@retried
def _repeated(erasure: Erasure, models: dict[str, type[Journalled]]) -> bool:
    label, _, key = erasure.subject.rpartition(":")
    row = _row(models.get(label), key)
    if row is None or not _lies(erasure, row):  # it came after the backup, or was erased before it
        return False
    usual, again = WAYS.get(type(row), ("", None))
    if again and erasure.act in (usual, usual.replace(".erase", ".repeat-erasure")):
        again(row)
    else:
        with act(SYSTEM, "journal.repeat-erasure", on=row, role=Role.SYSTEM) as entry:
            entry.facts = {"words": destroy(erasure.whose, entry=entry), "first": erasure.entry}
    return True


def _lies(erasure: Erasure, row: Journalled) -> bool:
    """Whether what was erased lies in this database still."""
    if isinstance(row, Person):
        return row.erased_on is None
    return Secret.objects.filter(whose=erasure.whose).exists() or Words.objects.filter(whose=erasure.whose).exists()


def _row(model: type[Journalled] | None, key: str) -> Journalled | None:
    try:
        return model._base_manager.filter(pk=key).first() if model else None
    except (ValueError, ValidationError):
        return None
