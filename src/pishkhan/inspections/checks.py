"""What must be true before the house opens."""

from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection

from .checklists.checklist import EDITIONS
from .models import ChecklistEdition, Visit


@register(Tags.database)
def no_checklist_is_lost(databases: Any = None, **kwargs: Any) -> list[Error]:
    """Every visit, made or still to be made, refers to an edition of the checklist that is still there."""
    if not databases or Visit._meta.db_table not in connection.introspection.table_names():
        return []  # not asked, or before the first migration
    declared = {edition.code for edition in EDITIONS}
    if ChecklistEdition._meta.db_table in connection.introspection.table_names():
        adopted = ChecklistEdition.objects.filter(state=ChecklistEdition.State.ADOPTED)
        declared |= set(adopted.values_list("code", flat=True))
    editions = Visit.objects.order_by().values_list("edition", flat=True).distinct()
    return [
        Error(f"Visits follow the checklist of edition '{edition}', which is gone.", id="inspections.E001")
        for edition in editions
        if edition not in declared
    ]
