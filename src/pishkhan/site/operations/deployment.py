"""What this database is for, and the day at which it stands."""

from datetime import date

from django.db import DatabaseError

from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.journal.acts import SYSTEM, act, begin
from pishkhan.journal.erasure.erasable_text import fingerprint
from pishkhan.journal.locks import retried
from pishkhan.journal.read_once import once
from pishkhan.offices import credential
from pishkhan.people.roles import Role
from pishkhan.site.models import Deployment


def deployment() -> Deployment | None:
    """What this database is for; None before `init` or `demo`, and before there are tables."""
    try:
        return once(Deployment, Deployment.objects.first)
    except DatabaseError:
        return None


def is_demo() -> bool:
    """Whether this database is a demo's: what it shows and signs proves nothing."""
    current_deployment = deployment()
    return current_deployment is not None and current_deployment.use == Deployment.Use.DEMO


def is_live() -> bool:
    """Whether this database is a province's own."""
    current_deployment = deployment()
    return current_deployment is not None and current_deployment.use == Deployment.Use.LIVE


def keep_its_day() -> None:
    """Let the process stand at the day of a demo's database, which may sign; with a live one it keeps real time."""
    current_deployment = deployment()
    demo = current_deployment is not None and current_deployment.use == Deployment.Use.DEMO
    clock.keep(current_deployment.stands_on if current_deployment and demo else None)
    credential.let_sign(demo=demo)


@retried
def open_live(province: Division) -> Deployment:
    """Say that this database is a live province's."""
    row = Deployment(use=Deployment.Use.LIVE, division=province, key_fingerprint=fingerprint())
    credential.let_sign(demo=False)
    with begin(SYSTEM, "deployment.open", row, role=Role.SYSTEM) as entry:
        entry.facts = {"use": row.use, "province": province.code, "key": row.key_fingerprint}
    return row


@retried
def open_demo(province: Division, story: str) -> Deployment:
    """Say that this database is a demo's, whose play begins now."""
    row = Deployment(use=Deployment.Use.DEMO, division=province, story=story, key_fingerprint=fingerprint())
    credential.let_sign(demo=True)
    with begin(SYSTEM, "deployment.open", row, role=Role.SYSTEM) as entry:
        entry.facts = {"use": row.use, "province": province.code, "story": story, "key": row.key_fingerprint}
    return row


@retried
def close_play(row: Deployment, stands_on: date) -> None:
    """Say that the demo's play has come to its end, and at which day the database stands from now on."""
    with act(SYSTEM, "deployment.end-play", on=row, role=Role.SYSTEM) as entry:
        row.played, row.stands_on = True, stands_on
        entry.facts = {"stands_on": stands_on}
