"""What may be wrong with a deployment: one question each, answered in sentences."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from pishkhan.casework.clock import overdue, to_be_reminded
from pishkhan.casework.selectors import keys_relied_on
from pishkhan.casework.verify import replayed
from pishkhan.credentials.selectors import usable_keys
from pishkhan.credentials.vault import path_of
from pishkhan.journal import clock
from pishkhan.journal.verify import problems
from pishkhan.language.text import Text
from pishkhan.notices.selectors import stuck
from pishkhan.regulation.calendar import THURSDAY_IS_OFF
from pishkhan.regulation.selectors import unsourced_defaults

from .deployment import deployment
from .keeping import marks, standing
from .keeping.place import here
from .sending import ways

LEAST_FREE = 200 * 2**20  # bytes

NOT_MIGRATED = Text("مهاجرت‌های اعمال‌نشده: {names}. دستور «pishkhan migrate» را اجرا کنید.",
                    "Migrations not applied: {names}. Run 'pishkhan migrate'.")
NOT_OPENED = Text("این پایگاه داده هنوز برای استانی باز نشده است: «pishkhan init» یا «pishkhan demo».",
                  "This database was not opened for a province yet: 'pishkhan init' or 'pishkhan demo'.")
STUCK = Text("{count} پیام در صندوق خروج پس از چند بار کوشش مانده است.",
             "{count} notices in the outbox were tried in vain.")
NO_WAY = Text("اطلاعیه‌ها راهی برای رفتن ندارند: {why}", "Notices have no way to leave by: {why}")
LATE = Text("ساعت سامانه عقب است: مهلت {count} پرونده گذشته و گام آن برداشته نشده است.",
            "The clock lags: {count} cases are overdue and their step is not taken.")
DISK = Text("فضای آزاد {folder} کمتر از {least} مگابایت است.", "Less than {least} MB is free in {folder}.")
KEY = Text("کلید {path} را کسی جز مالک آن می‌تواند بخواند.", "The key {path} can be read by others than its owner.")
NO_KEY = Text("کلید {path} نیست: آنچه با آن رمز شده خوانده نمی‌شود.",
              "The key {path} is missing: what was encrypted under it cannot be read.")
NO_SIGNING_KEY = Text("کلیدی برای امضای پروانه‌ها نیست: «pishkhan keys rotate».",
                      "There is no key to sign licences with: 'pishkhan keys rotate'.")
OWNER = Text("نقش «{role}» در پایگاه داده مالک جدول‌های دفتر است و می‌تواند نگهبان آن‌ها را بردارد.",
             "The database role '{role}' owns the journal's tables, and could lift what guards them.")
UNSOURCED = Text("{key} = {value} پیش‌فرضی بی‌مأخذ است که به کار رفته و به تصمیم مدیرکل نرسیده است.",
                 "{key} = {value} is a default without legal source; it is in use and was not adopted by decision.")


def what_is_wrong() -> Iterator[Text]:
    """Everything that is wrong with this deployment, a sentence each."""
    unapplied = list(_unapplied_migrations())
    if unapplied:  # nothing else can be asked of a database without tables
        yield NOT_MIGRATED.filled(names=", ".join(unapplied))
        return
    if deployment() is None:
        yield NOT_OPENED
    for question in QUESTIONS:
        yield from question()


def _unapplied_migrations() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    for migration, _ in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield f"{migration.app_label}.{migration.name}"


def _declarations() -> Iterator[Text]:
    for found in checks.run_checks(databases=["default"]):
        if found.is_serious():
            yield Text(str(found.msg), str(found.msg))


def _journal() -> Iterator[Text]:
    yield from problems()
    yield from replayed()


def _outbox() -> Iterator[Text]:
    if count := stuck().count():
        yield STUCK.filled(count=count)


def _sending() -> Iterator[Text]:
    try:
        ways()
    except ValueError as wrong:
        yield NO_WAY.filled(why=wrong)


def _clock() -> Iterator[Text]:
    yesterday = clock.today() - timedelta(days=1)
    if late := [*overdue(yesterday), *to_be_reminded(yesterday)]:
        yield LATE.filled(count=len(late))


def _disk() -> Iterator[Text]:
    if shutil.disk_usage(settings.VAR).free < LEAST_FREE:
        yield DISK.filled(folder=settings.VAR, least=LEAST_FREE // 2**20)


def _keys() -> Iterator[Text]:
    path = settings.KEYS / "master.key"
    if not path.exists():
        yield NO_KEY.filled(path=path)
    elif os.name == "posix" and path.stat().st_mode & 0o077:
        yield KEY.filled(path=path)


def _signing_keys() -> Iterator[Text]:
    rows = usable_keys()
    if not rows and deployment() is not None:
        yield NO_SIGNING_KEY
    for path in (path_of(row.kid) for row in rows):
        if not path.exists():
            yield NO_KEY.filled(path=path)
        elif os.name == "posix" and path.stat().st_mode & 0o077:
            yield KEY.filled(path=path)


def _database_role() -> Iterator[Text]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, pg_has_role(current_user, tableowner, 'MEMBER') "
                       "FROM pg_tables WHERE tablename = 'journal_entry' AND schemaname = current_schema()")
        role, owns = cursor.fetchone()
    if owns:
        yield OWNER.filled(role=role)


def _regulation() -> Iterator[Text]:
    found = deployment()
    if found is None:
        return
    relied_on = keys_relied_on(found.division_id)
    relied_on |= {THURSDAY_IS_OFF.code} if relied_on else set()  # every term is counted by it
    for number in unsourced_defaults(clock.today(), found.division_id):
        if number.key in relied_on:
            yield UNSOURCED.filled(key=number.key, value=number.value)


def _backups() -> Iterator[Text]:
    yield from standing.warnings()
    yield from marks.behind(here())
    yield from marks.stray_papers(here())


QUESTIONS: tuple[Callable[[], Iterator[Text]], ...] = (
    _declarations, _journal, _outbox, _sending, _clock, _disk, _keys, _signing_keys, _database_role, _regulation,
    _backups)
