"""What must be true before the house opens."""

from typing import Any

from django.core.checks import Error, Tags, register
from django.db import connection

from .checklists.checklist import EDITIONS
from .models import Visit


@register(Tags.database)
def no_checklist_is_lost(databases: Any = None, **kwargs: Any) -> list[Error]:
    """Every visit, made or still to be made, refers to an edition of the checklist that is still declared."""
    if not databases or Visit._meta.db_table not in connection.introspection.table_names():
        return []  # not asked, or before the first migration
    declared = {each.code for each in EDITIONS}
    found = Visit.objects.order_by().values_list("edition", flat=True).distinct()
    return [
        Error(f"Visits follow the checklist of edition '{edition}', which is gone.", id="inspections.E001")
        for edition in found
        if edition not in declared
    ]
