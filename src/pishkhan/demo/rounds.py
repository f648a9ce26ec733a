"""The demo's rounds: offices chosen, routed with the house's own solver, and visited by its inspectors.

Routes depend on the offices that are chosen and on nothing else: the solver ends by iterations, never by the clock.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from random import Random

from PIL import Image
from uuid6 import uuid7

from pishkhan.geography.models import Division
from pishkhan.inspections.checklists.checklist import photos_wanted
from pishkhan.inspections.evidence import Signature
from pishkhan.inspections.field.photos import photo_of, take_whole
from pishkhan.inspections.field.report import Moment, Position, Report, ReportedPhoto, Signed
from pishkhan.inspections.field.syncing import receive
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal.clock import TEHRAN, now
from pishkhan.notices.models import How, Notice, Outcome
from pishkhan.notices.services import prove_service
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import working_day_after
from pishkhan.rounds.choosing.correcting import say_it_is_wrong, uphold
from pishkhan.rounds.models import Plan, Stop
from pishkhan.rounds.services import open_plan, publish, route
from pishkhan.rounds.shifts.services import set_duty

from .scripts.story import Round
from .stage.setting import Scene
from .visits import answers_of, notes_on

HOMES = ("1503061496", "1502021492", "1506031495", "1501031489")  # the cities that the inspectors set out from
NOTICE, DAYS = 2, 4  # working days before a round, and of one
POST = 3  # working days that a registered letter takes
ITERATIONS = 400  # of the solver, for each round
OFFLINE = 3  # one in so many visits is made without a network
ERRS = 0.0001  # degrees by which a phone errs: some ten metres
PASSES, REFUSES = 0.88, 0.05  # how often a visit is passed, and an office does not sign
BACK = time(15, 0)  # by when every inspector is back, and phones have a network again
REFUSAL = "مدیر حاضر نبود و متصدی اجازهٔ امضا نداشت."
SEEN_BEFORE = "پارسال بازدید شده‌ایم و نسخهٔ گزارش در دفتر هست."
FOUND_IN_THE_FILE = "گزارش کاغذی بازدید سال گذشته در بایگانی پیدا شد."
NOT_NEW = "مدیر همان است که در درخواست انتقال معرفی شد."
NEXT_WEEK = (8, 6)  # visits of the rounds that are planned when the story ends: one published, one not


def settle(scene: Scene) -> None:
    """Say where each inspector sets out from."""
    for inspector, code in zip(scene.cast.inspectors, HOMES, strict=True):
        scene.do(
            set_duty, inspector, division=Division.objects.get(code=code), begins=None, ends=None, by=scene.cast.expert
        )


class Rounds:
    """One round after another; what one has no room for the next one makes up for."""

    def __init__(self, scene: Scene, rounds: tuple[Round, ...], seed: int) -> None:
        self.scene, self.seed = scene, seed
        self._batches: dict[int, list[Round]] = {}
        for each in rounds:
            self._batches.setdefault(each.batch, []).append(each)
        self._owed = 0  # visits that had no room so far

    def begins(self) -> dict[int, date]:
        """The day on which each round's visits begin, by its number."""
        return {batch: rounds[0].visited_on for batch, rounds in self._batches.items()}

    def made(self, batch: int) -> Iterator[int]:
        """A round: chosen, routed, published, driven day by day, its reports accepted. Yields working days."""
        at_machines = [each for each in self._batches[batch] if each.purpose == Visit.Purpose.ATM_BOOTH]
        others = [each for each in self._batches[batch] if each not in at_machines]
        self._ask_for_machines(len(at_machines), batch)
        purpose = others[0].purpose if others else Visit.Purpose.PERFORMANCE
        plan = self._published(self._planned(f"{batch}", NOTICE, purpose, len(others) + self._owed))
        stops = list(
            plan.stops.filter(shift__isnull=False)
            .select_related("shift__inspector", "visit")
            .order_by("shift__day", "shift__inspector", "position")
        )
        self._owed += len(at_machines) + len(others) - len(stops)
        yield NOTICE
        late: list[tuple[Report, Person, list[bytes]]] = []
        for _ in range(DAYS):
            self._send(late)
            today = [stop for stop in stops if stop.shift and stop.shift.day == self.scene.watch.day]
            told = [self._told(stop) for stop in today]
            late = [each for number, each in enumerate(told) if number % OFFLINE == 0]
            self.scene.watch.reach(BACK)
            self._send([each for each in told if each not in late])
            yield 1
        self._send(late)
        for visit in Visit.objects.filter(pk__in=[stop.visit_id for stop in stops], state=Visit.State.SUBMITTED):
            self.scene.do(accept_visit, visit, by=self.scene.cast.second_expert)
        yield POST
        notices = Visit.objects.filter(pk__in=[stop.visit_id for stop in stops]).values("notice")
        for number, notice in enumerate(Notice.objects.filter(pk__in=notices, legal=True).order_by("pk")):
            self._serve(notice, f"service-{batch}-{number}")

    def plan_ahead(self) -> None:
        """Two rounds of the week after the story: one that inspectors have already, and one that waits for a word."""
        ahead = Visit.Purpose.PERFORMANCE
        self._published(self._planned("ahead", 1, ahead, NEXT_WEEK[0]))
        self._planned("draft", 1 + DAYS, ahead, NEXT_WEEK[1])

    def _planned(self, name: str, notice: int, purpose: str, wanted: int) -> Plan:
        scene = self.scene
        first_on, last_on = (
            working_day_after(scene.watch.day, notice + more, place=scene.cast.province.code) for more in (0, DAYS - 1)
        )
        plan = scene.do(
            open_plan,
            scene.cast.province,
            first_on=first_on,
            last_on=last_on,
            wanted=wanted,
            purpose=purpose,
            inspectors=scene.cast.inspectors,
            by=scene.cast.second_expert,
            waiting=(Visit.Kind.ROUTINE,),
            iterations=ITERATIONS,
            seed=sha256(f"{self.seed}:round:{name}".encode()).hexdigest()[:32],
        )
        return scene.do(route, plan)

    def _published(self, plan: Plan) -> Plan:
        return self.scene.do(publish, plan, by=self.scene.cast.second_expert)

    def _ask_for_machines(self, count: int, batch: int) -> None:
        draw = Random(f"{self.seed}:machines:{batch}")  # noqa: S311
        for machine in draw.sample(self.scene.machines, count):
            self.scene.do(
                request_visit,
                kind=Visit.Kind.ROUTINE,
                purpose=Visit.Purpose.ATM_BOOTH,
                machine=machine,
                by=self.scene.cast.second_expert,
            )

    def _told(self, stop: Stop) -> tuple[Report, Person, list[bytes]]:
        """What an inspector's phone holds of a stop that was made: the report, and the photos it names."""
        assert stop.shift is not None and stop.visit is not None, "only what is served is made"  # noqa: S101
        visit, day = Visit.objects.select_related("office", "machine").get(pk=stop.visit.pk), stop.shift.day
        draw = Random(f"{self.seed}:stop:{stop.office_id}:{day}:{stop.lat}:{stop.lon}")  # noqa: S311
        answers = answers_of(visit, day, draw, passes=draw.random() < PASSES)
        there = Position(
            lat=round(stop.lat + draw.uniform(-ERRS, ERRS), 6),
            accuracy=draw.randint(5, 25),
            lon=round(stop.lon + draw.uniform(-ERRS, ERRS), 6),
        )
        came, left = (_at(day, seconds) for seconds in (stop.begins or 0, stop.ends or 0))
        pictures = [(item.code, a_picture(draw)) for item in photos_wanted(items_of(visit, day), answers, ())]
        inspected, signed = (
            Signed(how=Signature.How.DRAWN, name="", reason="", at=left, strokes=a_scribble(draw)) for _ in range(2)
        )
        if draw.random() < REFUSES:
            signed = Signed(how=Signature.How.REFUSED, name="", strokes=[], at=left, reason=REFUSAL)
        report = Report(
            id=uuid7(),
            visit=visit.pk,
            device=uuid7(),
            edition=visit.edition,
            answers=answers,
            notes=notes_on(answers),
            arrived=Moment(at=came, position=there),
            left=Moment(at=left, position=there),
            photos=[
                ReportedPhoto(
                    id=uuid7(),
                    item=item,
                    digest=sha256(content).hexdigest(),
                    size=len(content),
                    taken_at=came,
                    position=there,
                )
                for item, content in pictures
            ],
            inspector=inspected,
            office=signed,
            further=[],
        )
        return report, stop.shift.inspector, [content for _, content in pictures]

    def _serve(self, notice: Notice, name: str) -> None:
        """Prove that a report was served on paper on a company or bank for which nobody acts."""
        expert = self.scene.cast.second_expert
        receipt = self.scene.paper(name, expert, self.scene.cast.province)
        self.scene.do(
            prove_service,
            notice,
            how=How.POST,
            outcome=Outcome.RECEIVED,
            on=self.scene.watch.day,
            server="نامه‌رسان پست",
            evidence=receipt,
            by=expert,
            role=Role.EXPERT,
        )

    def _send(self, told: list[tuple[Report, Person, list[bytes]]]) -> None:
        """Let phones send what they hold."""
        for report, inspector, pictures in told:
            self.scene.do(self._sent, report, inspector, pictures)
        told.clear()

    def _sent(self, report: Report, inspector: Person, pictures: list[bytes]) -> None:
        receive(report, sent_at=now(), by=inspector)
        for named, content in zip(report.photos, pictures, strict=True):
            take_whole(photo_of(named.id, inspector), content, by=inspector)


def let_a_holder_speak(scene: Scene, holder: Person, office: Office) -> None:
    """The buyer of an office finds two of the reasons to visit it wrong; an expert has answered the first."""
    first = scene.do(say_it_is_wrong, office, "never_visited", words=SEEN_BEFORE, by=holder)
    scene.do(
        uphold, first, words=FOUND_IN_THE_FILE, by=scene.cast.expert, until_on=scene.watch.day + timedelta(days=180)
    )
    scene.do(say_it_is_wrong, office, "manager", words=NOT_NEW, by=holder)


def a_picture(draw: Random) -> bytes:
    """A picture of nothing: a made-up photo, of colours that no other has."""
    made, tone = BytesIO(), [draw.randrange(40, 216) for _ in range(3)]
    image = Image.new("RGB", (320, 240), (tone[0], tone[1], tone[2]))
    image.paste((tone[2], tone[0], tone[1]), (40, 60, 280, 180))
    image.save(made, "JPEG", quality=80)
    return made.getvalue()


def a_scribble(draw: Random) -> list[list[int]]:
    """Strokes of a made-up signature."""
    return [[draw.randint(100, 900) for _ in range(16)] for _ in range(2)]


def _at(day: date, seconds: int) -> datetime:
    """The moment so many seconds after midnight in Iran."""
    return datetime.combine(day, time(seconds // 3600, seconds // 60 % 60, seconds % 60), TEHRAN)
