"""The database of the house made ready for a tool."""

from pishkhan.site.operations.deployment import keep_its_day
from pishkhan.site.operations.schema import misfit
from pishkhan.site.operations.starting import ask_keys


def open_database() -> None:
    """Ask whether the database is of this version and its keys are there, and stand at the day of a demo's."""
    if wrong := misfit():
        raise SystemExit(wrong.en)
    ask_keys(for_sessions=True)
    keep_its_day()
