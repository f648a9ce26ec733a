"""The file of a violation case: what was reported, the ladder, similar cases, who would lose access, what became of it."""

from typing import Any

from django.db.models import QuerySet

from pishkhan.casework.models import Case
from pishkhan.casework.selectors import works_on
from pishkhan.files.selectors import name_of
from pishkhan.inspections.checklist import edition as checklist_edition
from pishkhan.journal.clock import today
from pishkhan.journal.secrecy import words_of
from pishkhan.language.text import Text
from pishkhan.people.models import Person
from pishkhan.procedure_free import NOTHING  # noqa: placeholder

from .catalogue import EDITIONS, edition
from .documents import article_told
from .models import Attended, InterimOrder, Objection, Sanction, Source, ViolationDossier
from .loss import loss_of
from .numbers import REPLY_TERM
from .selectors import (
    earlier_sanctions,
    edition_of,
    of_the_act,
    rung_called_for,
    sanction_of,
    served_by,
    similar_to,
    usual_rung,
    violation_of,
)
