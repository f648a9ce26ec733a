"""The play: from the opening stock to the last day of a story, everybody acts through the house's own services."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from pishkhan.casework.deadlines import clock as casework
from pishkhan.complaints.escalation import escalate_overdue
from pishkhan.geography.models import Division
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.verification.checkpoints import checkpoint
from pishkhan.language.codes import chosen_by
from pishkhan.licensing.calls.services import open_call
from pishkhan.licensing.licences import clock as licensing
from pishkhan.meetings.course import clock as meetings
from pishkhan.notices.adapters import Adapter
from pishkhan.notices.delivery import deliver_due
from pishkhan.offices.importing import checked_register, enter_row
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.offices.selectors import offices_of
from pishkhan.people.services import open_account
from pishkhan.regulation.calendar import is_working_day
from pishkhan.regulation.services import load_edition

from .acting import Acting
from .bank import take_in_the_bank_file
from .committee import constituted, session, succession
from .complaints import Complained
from .corrected import correction
from .counters import open_counters
from .exchanges import exchanged
from .holders import Held
from .machines import open_machines
from .rounds import NOTICE, Rounds, let_a_holder_speak, settle
from .scripts.request_scripts import Life
from .scripts.story import BEGINS, CORRECTED_ON, ENDS, LEAVING, STOCK, Fate, Story
from .scripts.violation_scripts import COMMITTEE
from .sessions import AHEAD, sitting, unheld
from .stage.cast import PASSWORD, Company, assemble
from .stage.places import load_lorestan
from .stage.setting import Scene
from .stage.stock import Places, agents_of_old, opening_stock
from .stage.watch import Watch
from .violations import Violated

SEAL_EVERY = 20  # working days between two checkpoints of the journal
OPEN_FATES = (Fate.REJECTED, Fate.LAPSED, Fate.LAPSED_ELSEWHERE, Fate.WITHDRAWN, Fate.WITHDRAWN_EARLY, Fate.DRAFT)
Advance = Callable[[str, int, int], None]  # what is under way, how much of it is done, of how much


@dataclass
class Deed:
    """Something under way: what goes on with it, from which working day, in which order."""

    due: int
    order: int
    goes_on: Iterator[int]


def play(
    story: Story, watch: Watch, province: Division, cache: Path | None, progress: Advance, outbox: Adapter
) -> date:
    """Play a story from an empty province; return its last working day. The watch stands at its beginning."""
    draw = Random(story.seed)  # noqa: S311
    progress("map", 0, 1)
    with watch.tick():
        load_edition(IMPORTER)
    with watch.tick():
        load_lorestan(IMPORTER, cache)
    progress("map", 1, 1)
    company = Company(draw, watch)
    with watch.tick() as moment:
        on = moment.date()
    scene = Scene(watch, company, assemble(province, on, company, watch), outbox)
    places = Places(province.code)
    offices = _open_the_register(story, scene, places, draw, progress)
    lives = _lives(story, places, scene, draw)
    held = [Held(matter, offices[matter.office], scene, story.seed) for matter in story.holders.matters]
    _call(lives, scene)
    open_counters(scene, offices, story.seed)
    scene.machines = open_machines(scene, offices, story.seed)
    settle(scene)
    complained = [Complained(grievance, offices[grievance.office], scene, story.seed) for grievance in story.grievances]
    violated = [Violated(wrong, offices[wrong.office], scene, story.seed) for wrong in story.wrongs]
    with chosen_by(Random(f"{story.seed}:codes").choice):  # noqa: S311
        last = _play_days(story, scene, lives, held, violated, complained, progress)
    _let_some_sign_in(scene, lives, held)
    return last


def _let_some_sign_in(scene: Scene, lives: list[Life], held: list[Held]) -> None:
    """A member of the working group, an applicant whose draft is not submitted yet, and who bought an office."""
    people = [("member", scene.cast.members["governorate"])]
    people += [("applicant", life.applicant) for life in lives if life.request.fate == Fate.DRAFT and life.case][:1]
    bought = [item for item in held if item.bought_by and scene.do(_is_theirs, item)][:1]
    people += [("holder", item.buyer) for item in bought]
    for case in bought:
        let_a_holder_speak(scene, case.buyer, case.office)
    for username, person in people:
        scene.do(open_account, person, username=username, password=PASSWORD, by=SYSTEM)


def _is_theirs(item: Held) -> bool:
    """Whether the office is the buyer's by the end of the story: it may end while they wait."""
    return item.office.pk in offices_of(item.buyer, today())


def _open_the_register(story: Story, scene: Scene, places: Places, draw: Random, progress: Advance) -> list[Office]:
    """Import the offices that exist already, each by acts of its own."""
    with scene.watch.tick():
        stock = opening_stock(places, scene.company, scene.cast.members["guild"], story.holders.ends, draw)
        rows = checked_register([*stock, *agents_of_old(places, scene.company, story.seed)])
    offices = []
    for done, row in enumerate(rows):
        progress("stock", done, len(rows))
        offices.append(scene.do(enter_row, row))
    progress("stock", len(rows), len(rows))
    return offices


def _lives(story: Story, places: Places, scene: Scene, draw: Random) -> list[Life]:
    wanted = {kind: places.for_requests(kind, len(story.requests), draw) for kind in STOCK}
    return [
        Life(request, wanted[OfficeKind(request.kind)][request.number - 1], scene, story.seed)
        for request in story.requests
    ]


def _call(lives: list[Life], scene: Scene) -> None:
    """Call for requests: as many places as will be filled, one at least wherever somebody asks."""
    scene.watch.start(BEGINS + timedelta(days=1))
    for kind in STOCK:
        rooms: dict[str, int] = {}
        for life in lives:
            if life.request.kind == kind:
                filled = life.request.fate not in OPEN_FATES
                rooms[life.place.code] = rooms.get(life.place.code, 0) + filled
        if rooms:
            scene.do(
                open_call,
                code=f"1400-{kind}",
                kind=kind,
                division=scene.cast.province,
                opens_on=scene.watch.day,
                closes_on=ENDS,
                by=scene.cast.director,
                places={code: max(room, 1) for code, room in rooms.items()},
            )


def _play_days(
    story: Story,
    scene: Scene,
    lives: list[Life],
    held: list[Held],
    violated: list[Violated],
    complained: list[Complained],
    progress: Advance,
) -> date:
    days = _working_days(BEGINS + timedelta(days=2), story.until, scene.cast.province.code)
    rounds = Rounds(scene, story.rounds, story.seed)
    deeds = [
        *_deeds(story, scene, lives, held, rounds, days),
        *_besides(story, scene, days),
        *_violations(scene, violated, days),
        *_complaints(complained, days),
    ]
    for number, day in enumerate(days):
        progress("days", number, len(days))
        scene.watch.start(day)
        scene.do(casework.tick)
        scene.do(licensing.tick)
        scene.do(meetings.tick)
        scene.do(escalate_overdue)
        scene.do(deliver_due, scene.outbox, limit=1000)
        for deed in sorted((deed for deed in deeds if deed.due == number), key=lambda deed: deed.order):
            _go_on(deed, scene.watch)
        if number % SEAL_EVERY == SEAL_EVERY - 1:
            scene.do(checkpoint)
    take_in_the_bank_file(scene)
    if story.rounds:
        rounds.plan_ahead()
    scene.do(deliver_due, scene.outbox, limit=1000)
    scene.do(checkpoint)
    progress("days", len(days), len(days))
    return days[-1]


def _go_on(deed: Deed, watch: Watch) -> None:
    """Let it go on until some working day passes, or it has come to its end."""
    with watch.tick():
        wait = 0
        while wait == 0:
            wait = next(deed.goes_on, -1)
    deed.due += wait


def _deeds(
    story: Story, scene: Scene, lives: list[Life], held: list[Held], rounds: Rounds, days: list[date]
) -> Iterator[Deed]:
    """Meetings before everything else of their day, then requests, what holders ask for, and visits to offices."""
    decided = _ByCase([*lives, *held])
    for place, day in enumerate(story.meetings):
        if (due := _index(days, day)) is not None:
            yield Deed(max(due - AHEAD, 0), place, sitting(days[due], place, decided, scene, story.seed))
    for life in lives:
        if (due := _index(days, life.request.opens_on)) is not None:
            yield Deed(due, 100 + life.request.number, life.lived())
    for case in held:
        if (due := _index(days, case.matter.opens_on)) is not None:
            yield Deed(due, 1000 + case.matter.number, case.lived())
    for batch, begins in rounds.begins().items():
        if (due := _index(days, begins)) is not None:
            yield Deed(max(due - NOTICE, 0), 10_000 + batch, rounds.made(batch))


def _besides(story: Story, scene: Scene, days: list[date]) -> Iterator[Deed]:
    """What is told once: meetings that are not held, who leaves, a package, a correction."""
    for place, (day, course) in enumerate(story.unheld):
        if (due := _index(days, day)) is not None:
            yield Deed(max(due - AHEAD, 0), 30 + place, unheld(days[due], course, scene))
    for order, day, goes_on in (
        (80, LEAVING, succession(scene)),
        (90, story.packed_on, exchanged(scene)),
        (9000, CORRECTED_ON, correction(scene, story.seed)),
    ):
        if (due := _index(days, day)) is not None:
            yield Deed(due, order, goes_on)


def _violations(scene: Scene, violated: list[Violated], days: list[date]) -> Iterator[Deed]:
    """What is told of offices, and the meetings of the committee that hears it: theirs come first on their day."""
    body = constituted(scene) if violated else None
    for place, day in enumerate(COMMITTEE if body else ()):
        if body and (due := _index(days, day)) is not None:
            yield Deed(max(due - AHEAD, 0), 50 + place, session(days[due], body, violated, scene))
    for violation in violated:
        if (due := _index(days, violation.wrong.told_on)) is not None:
            yield Deed(due, 20_000 + violation.wrong.number, violation.lived())


def _complaints(complained: list[Complained], days: list[date]) -> Iterator[Deed]:
    """What people complain of, after everything else of the day."""
    for case in complained:
        if (due := _index(days, case.grievance.told_on)) is not None:
            yield Deed(due, 30_000 + case.grievance.number, case.lived())


class _ByCase(dict[int, Acting]):
    """The lives by key of case, as they come to have one."""

    def __init__(self, lives: list[Acting]) -> None:
        super().__init__()
        self._lives = lives

    def __missing__(self, key: int) -> Acting:
        return next(life for life in self._lives if life.case and life.case.pk == key)


def _index(days: list[date], day: date) -> int | None:
    """Which working day a day is, or the next one after it; None if there is none left."""
    return next((number for number, candidate in enumerate(days) if candidate >= day), None)


def _working_days(first: date, last: date, place: str) -> list[date]:
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if is_working_day(day, place=place)]
