"""The demo's database: emptied if it is a demo's, refused if it is anything else, and played."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pishkhan.credentials.services import open_key
from pishkhan.demo.play import Advance, play
from pishkhan.demo.scripts.story import BEGINS, Story
from pishkhan.demo.stage.cast import ACCOUNTS, APP_KEY, LATER_ACCOUNTS, PASSWORD, TWO_STEPS
from pishkhan.demo.stage.watch import Watch
from pishkhan.geography.services import open_province
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.checkpoints import record_formats
from pishkhan.language.text import Text
from pishkhan.notices.adapters import Outbox
from pishkhan.people.roles import Role
from pishkhan.site.models import Deployment

from .deployment import close_play, deployment, keep_its_day, open_demo
from .schema import misfit

PROVINCE = "15"
NOT_EMPTY = Text(
    "این پایگاه داده چیزی جز نمایش دارد؛ نمایش را در پایگاه دیگری اجرا کنید (PISHKHAN_VAR، DATABASE_URL).",
    "This database holds something else than a demo: run it on another (PISHKHAN_VAR, DATABASE_URL).",
)
# Known to everybody: what it signs proves nothing, and two demos print the same documents.
DEMO_KEY = Ed25519PrivateKey.from_private_bytes(sha256(b"the demo of Pishkhan signs with this").digest())
IN_TWO_STEPS = Text(
    "با گام دوم؛ رمز آن در صفحهٔ ورود پیداست، یا در برنامهٔ تأییدی با کلید {key}",
    "with a second step; its code stands on the page of signing in, or in an app with the key {key}",
)
EXEMPT = Text(
    "حساب‌های دیگر تنها گذرواژه می‌خواهند: نمایش از گام دوم معاف است.",
    "The other accounts ask for the password alone: a demo is exempt from the second step.",
)
STAGES = {
    "map": Text("نقشهٔ لرستان", "the map of Lorestan"),
    "stock": Text("دفترهای موجود", "offices that exist"),
    "days": Text("روزهای کاری", "working days"),
}


def stage(story: Story, cache: Path | None, language: str) -> bool:
    """Let the database hold a story, played to its end; return whether it had to be played now.

    A demo's play that was cut short, or that told another story, is dropped and begun anew. Anything else is refused.
    """
    if holds_something_else():
        raise Refusal(NOT_EMPTY)
    if _is_played(story):
        keep_its_day()
        return False
    if deployment() is not None or _tables_are_otherwise():
        drop_everything()
    call_command("migrate", verbosity=0)
    with _progress(language) as progress:
        _play(story, cache, progress)
    keep_its_day()
    return True


def holds_something_else() -> bool:
    """Whether the database holds anything but nothing or a demo."""
    tables = connection.introspection.table_names()
    if not tables:
        return False
    try:
        use = Deployment.objects.values_list("use", flat=True).first()  # whatever columns an earlier version lacks
        return use != Deployment.Use.DEMO if use else Entry.objects.exists()
    except DatabaseError:
        return "django_migrations" not in tables  # ours, half migrated, or somebody else's


def drop_everything() -> None:
    """Drop every table, whatever guards it: only after `holds_something_else` said no."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled(), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")
    else:
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")


def accounts(language: str) -> Iterator[str]:
    """Who can sign in to the demo, a line each."""
    for username, role in (ACCOUNTS | LATER_ACCOUNTS).items():
        yield f"{username:<12}{PASSWORD:<22}{role.text.to(language)}"
    how = IN_TWO_STEPS.filled(key=APP_KEY).to(language)
    yield f"{TWO_STEPS:<12}{PASSWORD:<22}{Role.EXPERT.text.to(language)}: {how}"
    yield EXEMPT.to(language)


def _is_played(story: Story) -> bool:
    current_deployment = deployment()
    return (
        current_deployment is not None
        and current_deployment.played
        and current_deployment.story == story.name
        and not _tables_are_otherwise()
    )


def _tables_are_otherwise() -> bool:
    """Whether another version of the house played it, an earlier one or a later."""
    return misfit() is not None


def _play(story: Story, cache: Path | None, progress: Advance) -> None:
    watch = Watch()
    watch.start(BEGINS)
    with watch.tick():
        province = open_province(PROVINCE, SYSTEM)
        row = open_demo(province, story.name)
        open_key(by=SYSTEM, private=DEMO_KEY)
    play(story, watch, province, cache, progress, Outbox(settings.VAR / "outbox"))
    with watch.tick():
        close_play(row, stands_on=story.until)
        record_formats()


@contextmanager
def _progress(language: str) -> Iterator[Advance]:
    """Bars on the error stream: what is under way, and how far it has come."""
    columns = (TextColumn("{task.description:>22}"), BarColumn(40), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        bars = {name: progress.add_task(text.to(language), total=1, start=False) for name, text in STAGES.items()}

        def report(name: str, done: int, total: int) -> None:
            progress.start_task(bars[name])
            progress.update(bars[name], completed=done, total=total)

        yield report
