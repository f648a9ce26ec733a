"""The house made ready for a tool: its settings, its day, and the keys by which it signs who is signed in."""

import os

import django


def make_ready() -> None:
    """Set the house up as a command of it does."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.settings")
    django.setup()


def open_database() -> None:
    """Ask whether the database is of this version and its keys are there, and stand at the day of a demo's."""
    from pishkhan.site.deployment import keep_its_day
    from pishkhan.site.schema import misfit
    from pishkhan.site.starting import ask_keys

    if wrong := misfit():
        raise SystemExit(wrong.en)
    ask_keys(for_sessions=True)
    keep_its_day()
