"""What may be wrong with a deployment: one question each, answered in sentences.

`pishkhan check` asks them all. Those that are quickly answered stand on the page of the system too, and in the Today of
who can act upon them; those that keep people from working, or soon will, are what `/health/` tells a program.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.core import checks
from django.core.cache import caches
from django.db import Error, connection

from pishkhan.casework.deadlines.clock import overdue, to_be_reminded
from pishkhan.casework.deadlines.moved_terms import ONE_DAY, terms_ending_from
from pishkhan.casework.selectors import keys_relied_on
from pishkhan.casework.verify import replayed
from pishkhan.credentials.selectors import usable_keys
from pishkhan.credentials.vault import NoPrivateKey, private_key
from pishkhan.files.selectors import lost_contents
from pishkhan.geography.models import Division
from pishkhan.journal import clock
from pishkhan.journal.refusals import Unavailable
from pishkhan.journal.storage import refusal_of
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import spoken
from pishkhan.language.text import LANGUAGES, Text
from pishkhan.limits.rates import RATES, unknown
from pishkhan.notices.selectors import stuck
from pishkhan.offices.credential import may_sign
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import THURSDAY_IS_OFF
from pishkhan.regulation.holidays.days_off import tentative_days
from pishkhan.regulation.selectors import unsourced_defaults
from pishkhan.regulation.services import lacking_of_edition
from pishkhan.site.configuration.addressing import NOT_SET, faults_of
from pishkhan.site.keeping import marks
from pishkhan.site.keeping.backups import standing
from pishkhan.site.keeping.place import here
from pishkhan.site.models import Deployment
from pishkhan.site.provinces.served_provinces import served_provinces

from .deployment import deployment, is_live
from .disks import open_to_others, short_of_room, unwritable
from .schema import misfit
from .sending import ways
from .starting import wrong_keys

BOTH = (Role.ADMINISTRATOR, Role.DIRECTOR)
LOOKED_BACK, LOOKED_AHEAD = timedelta(days=30), timedelta(days=400)  # for days off that no one has confirmed
CASES_COUNTED = 300  # at most, of those whose terms end last
REMEMBERED = 60  # seconds for which Today repeats what it was answered
NOT_OPENED = Text(
    "این پایگاه داده هنوز برای استانی باز نشده است: «pishkhan init» یا «pishkhan demo».",
    "This database was not opened for a province yet: 'pishkhan init' or 'pishkhan demo'.",
)
STUCK = Text(
    "{count} پیام در صندوق خروج پس از چند بار کوشش مانده است.",
    "{count} {count:notice|notices} in the outbox {count:was|were} tried in vain.",
)
NO_LIMIT = Text(
    "PISHKHAN_LIMITS محدودیتی به نام «{name}» را برمی‌گزیند که نیست. اینها هستند: {known}.",
    "PISHKHAN_LIMITS chooses a limit '{name}' that is none. There are: {known}.",
)
NO_WAY = Text("اطلاعیه‌ها راهی برای رفتن ندارند: {why}", "Notices have no way to leave by: {why}")
LATE = Text(
    "ساعت سامانه عقب است: مهلت {count} پرونده گذشته و گام آن برداشته نشده است.",
    "The clock lags: {count} {count:case|cases} {count:is|are} overdue and the step is not taken.",
)
NO_SIGNING_KEY = Text(
    "کلیدی برای امضای پروانه‌ها نیست: «pishkhan keys rotate».",
    "There is no key to sign licences with: 'pishkhan keys rotate'.",
)
NO_SYNC = Text(
    "PostgreSQL با {setting}=off کار می‌کند: با رفتن برق، آنچه ثبت شده از دست می‌رود.",
    "PostgreSQL runs with {setting}=off: what was recorded is lost when the power fails.",
)
READ_ONLY = Text(
    "پایگاه داده تنها خواندنی است: هیچ کاری ثبت نمی‌شود.", "The database can only be read: nothing can be recorded."
)
OWNER = Text(
    "نقش «{role}» در پایگاه داده مالک جدول‌های دفتر است و می‌تواند نگهبان آن‌ها را بردارد.",
    "The database role '{role}' owns the journal's tables, and could lift what guards them.",
)
LACKING = Text(
    "{count} سطر از مقرراتی که با این نسخه آمده در پایگاه داده نیست: «pishkhan upgrade».",
    "{count} {count:row|rows} of the law that this version ships {count:is|are} missing here: 'pishkhan upgrade'.",
)
UNCONFIRMED = Text(
    "مهلت {count} پرونده از {day} ({name}) می‌گذرد که با حساب به دست آمده و تأیید نشده است: آن را در تقویم تأیید کنید.",
    "The terms of {count} {count:case|cases} pass {day} ({name}), a day off that is reckoned and not confirmed: "
    "confirm it in the calendar.",
)
UNSOURCED = Text(
    "{key} = {value} پیش‌فرضی بی‌مأخذ است که به کار رفته و به تصمیم مدیرکل نرسیده است.",
    "{key} = {value} is a default without legal source; it is in use and was not adopted by decision.",
)


def what_is_wrong() -> Iterator[Text]:
    """Everything that is wrong with this deployment, a sentence each."""
    if wrong := misfit():  # nothing else can be asked of tables of another version
        yield wrong
        return
    if deployment() is None:
        yield NOT_OPENED
    for question in QUESTIONS:
        yield from question.answers()


def quickly_said() -> Iterator[Text]:
    """What is wrong, of all that can be asked without delay."""
    for question in QUESTIONS:
        if question.quick:
            yield from question.answers()


def said_at_start() -> Iterator[Text]:
    """What is wrong with how the deployment is set up, for whoever starts it."""
    if wrong := misfit():
        yield wrong
        return
    for question in QUESTIONS:
        if question.at_start:
            yield from question.answers()


def watched_said() -> Iterator[Text]:
    """What keeps people from working, or soon will."""
    for question in QUESTIONS:
        if question.watched:
            yield from question.answers()


def watched() -> tuple[bool, list[str]]:
    """For a program that watches: whether the deployment works, and the names of what is wrong or soon will be."""
    wrong = [question for question in QUESTIONS if question.watched and any(question.answers())]
    return not any(question.stops for question in wrong), [question.name for question in wrong]


def to_act_upon(held: Collection[str]) -> list[tuple["Question", list[Text]]]:
    """What is wrong that somebody who holds some roles can act upon; asked again once a minute."""
    questions = [question for question in QUESTIONS if question.quick and set(question.who) & set(held)]
    result = [(question, _remembered(question)) for question in questions]
    return [(question, answers) for question, answers in result if answers]


def _remembered(question: "Question") -> list[Text]:
    cache, key = caches["process"], f"health.{question.name}"
    answers: list[Text] | None = cache.get(key)
    if answers is None:
        answers = list(question.answers())
        cache.set(key, answers, REMEMBERED)
    return answers


def _declarations() -> Iterator[Text]:
    for check in checks.run_checks(databases=["default"]):
        if check.is_serious():
            yield Text(str(check.msg), str(check.msg))


def _address() -> Iterator[Text]:
    live = is_live()
    yield from faults_of(settings.ADDRESS, live=live, at=clock.machine_now())


def _unsigned() -> Iterator[Text]:
    """Nothing that outlives an address is signed before it is known."""
    if not may_sign():
        yield NOT_SET


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


def _contents() -> Iterator[Text]:
    yield from lost_contents()


def _limits() -> Iterator[Text]:
    if settings.LIMITS:
        import_module(settings.ROOT_URLCONF)  # pages declare limits; a process that begins has not read them yet
    for name in unknown():
        yield NO_LIMIT.filled(name=name, known=", ".join(sorted(RATES)))


def _signing_keys() -> Iterator[Text]:
    rows = usable_keys()
    if not rows and deployment() is not None:
        yield NO_SIGNING_KEY
    for row in rows:
        try:
            private_key(row.kid)
        except NoPrivateKey as fault:
            yield fault.text


def _database() -> Iterator[Text]:
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("SELECT 1")
            return
        cursor.execute("SELECT current_setting('transaction_read_only')")
        (read_only,) = cursor.fetchone()
    if read_only == "on":
        yield READ_ONLY


def _syncing() -> Iterator[Text]:
    current_deployment = deployment()
    if (
        connection.vendor != "postgresql" or current_deployment is None or current_deployment.use != Deployment.Use.LIVE
    ):  # a demo may be lost
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off'")
        for (setting,) in cursor.fetchall():
            yield NO_SYNC.filled(setting=setting)


def _database_role() -> Iterator[Text]:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, pg_has_role(current_user, tableowner, 'MEMBER') "
            "FROM pg_tables WHERE tablename = 'journal_entry' AND schemaname = current_schema()"
        )
        role, owns = cursor.fetchone()
    if owns:
        yield OWNER.filled(role=role)


def _regulation() -> Iterator[Text]:
    for province in served_provinces():
        relied_on = keys_relied_on(province.code)
        relied_on |= {THURSDAY_IS_OFF.code} if relied_on else set()  # every term is counted by it
        for number in unsourced_defaults(clock.today(), province.code):
            if number.key in relied_on:
                yield _of(province, UNSOURCED.filled(key=number.key, value=number.value))


def _edition() -> Iterator[Text]:
    if deployment() is not None and (count := lacking_of_edition()):
        yield LACKING.filled(count=count)


def _calendar() -> Iterator[Text]:
    """Whether a term reaches past what is known of the days off."""
    on = clock.today()
    for province in served_provinces():
        for day in tentative_days(on - LOOKED_BACK, on + LOOKED_AHEAD, place=province.code)[:1]:
            if count := terms_ending_from(day.day - ONE_DAY, province.code, most=CASES_COUNTED):
                said = Text(*(spoken(day.day, language) for language in LANGUAGES))
                yield _of(province, UNCONFIRMED.filled(count=count, day=said, name=day.name))


def _of(province: Division, said: Text) -> Text:
    """What is wrong in a province: told with its name where there are several."""
    if len(served_provinces()) < 2:
        return said
    return Text(f"{province.text.fa}: {said.fa}", f"{province.text.en}: {said.en}")


def _backups() -> Iterator[Text]:
    yield from standing.warnings()


def _behind() -> Iterator[Text]:
    yield from marks.behind(here())
    yield from marks.stray_papers(here())


@dataclass(frozen=True)
class Question:
    """Something that may be wrong: how it is asked, who can act upon it, and on which page of theirs."""

    ask: Callable[[], Iterator[Text]]
    who: tuple[Role, ...] = ()
    page: str = "system"
    quick: bool = True  # it may be asked while somebody waits for a page
    stops: bool = False  # nobody can work while it is so
    warns: bool = False  # nobody will be able to, before long
    at_start: bool = False  # whoever starts the deployment is told

    @property
    def name(self) -> str:
        return self.ask.__name__.strip("_")

    @property
    def watched(self) -> bool:
        return self.stops or self.warns

    def answers(self) -> Iterator[Text]:
        """What is wrong, a sentence each; that it cannot be asked, where disk or database refuse."""
        try:
            yield from self.ask()
        except (Error, OSError, Unavailable) as error:
            refusal = error if isinstance(error, Unavailable) else refusal_of(error)
            if refusal is None:
                raise
            yield refusal.text


QUESTIONS = (
    Question(_declarations, quick=False),
    Question(_journal, quick=False),
    Question(_contents, quick=False),
    Question(_address, (Role.ADMINISTRATOR,), at_start=True),
    Question(_unsigned, (Role.ADMINISTRATOR,), at_start=True),
    Question(_limits, (Role.ADMINISTRATOR,), at_start=True),
    Question(_database, BOTH, stops=True, at_start=True),
    Question(unwritable, BOTH, stops=True, at_start=True),
    Question(short_of_room, BOTH, warns=True, at_start=True),
    Question(wrong_keys, BOTH, stops=True),
    Question(_syncing, (Role.ADMINISTRATOR,), at_start=True),
    Question(_signing_keys, BOTH, at_start=True),
    Question(open_to_others, (Role.ADMINISTRATOR,), at_start=True),
    Question(_outbox, (Role.ADMINISTRATOR,), page="notices"),
    Question(_sending, (Role.ADMINISTRATOR,), at_start=True),
    Question(_backups, BOTH),
    Question(_behind, quick=False),
    Question(_clock, BOTH, quick=False),
    Question(_database_role, (Role.ADMINISTRATOR,)),
    Question(_regulation, (Role.DIRECTOR,), page="regulation"),
    Question(_edition, (Role.ADMINISTRATOR,)),
    Question(_calendar, (Role.ADMINISTRATOR,), page="calendar"),
)
