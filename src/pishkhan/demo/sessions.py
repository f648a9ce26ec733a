"""The demo's meetings of the working group: convened, held, voted, minuted and carried out by its people."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from random import Random

from pishkhan.casework.models import Case
from pishkhan.meetings.carrying_out import carry_out
from pishkhan.meetings.course.services import cancel, end_inquorate
from pishkhan.meetings.minutes.services import draft_minutes, sign
from pishkhan.meetings.models import AgendaItem, Ballot, Entitlement, Meeting, Outcome, Recusal
from pishkhan.meetings.selectors import Suggestion, present_at, ready_cases, suggested_recusals
from pishkhan.meetings.services import (
    arrive,
    close_meeting,
    convene,
    open_meeting,
    publish_agenda,
    put_on_agenda,
    recuse,
)
from pishkhan.meetings.voting import cast_vote, close_vote, open_vote
from pishkhan.people.roles import Role

from .acting import Acting
from .scripts.story import Course
from .stage.setting import Scene

CHOICE = Entitlement.Choice
AHEAD, AGENDA_DAYS = 7, 2  # working days before the meeting: convened, its agenda published
# Why somebody votes against an approval, by ground; and against a rejection.
AGAINST = {
    "opinion": "کمیتهٔ فنی محل را مناسب ندانسته است و بازدید هم آن را نشان می‌دهد.",
    "untrue": "آنچه در درخواست نوشته شده با مدارک پیوست آن نمی‌خواند.",
    "premises": "راه رسیدن به محل برای سالمندان و افراد دارای معلولیت هموار نیست.",
}
IN_FAVOUR = "ایراد کمیته با بازسازی محل رفع می‌شود."
EIGHT, VENUE = time(8), "سالن جلسات اداره‌کل ارتباطات و فناوری اطلاعات"
NOTHING_READY = "پرونده‌ای برای این جلسه آماده نیست."
SUMMONED = "اعضا همان روز به شورای برنامه‌ریزی استان خوانده شده‌اند."
CAME, WAITED_UNTIL = ("directorate", "governorate"), time(9, 30)  # without the region nothing can be decided
CONDITION = "دسترس‌پذیری برای افراد دارای معلولیت فراهم و تأیید شود."


def sitting(day: date, place: int, lives: Mapping[int, Acting], scene: Scene, seed: int) -> Iterator[int]:
    """A meeting from its convocation until its resolutions are carried out. `lives` are by key of case."""
    secretary = scene.cast.secretary
    meeting = scene.do(convene, scene.cast.group, held_on=day, begins_at=EIGHT, venue=VENUE, by=secretary)
    yield AHEAD - AGENDA_DAYS
    if not prepared(meeting, ready_cases(scene.cast.group), scene):
        return
    yield AGENDA_DAYS
    scene.do(open_meeting, meeting, by=secretary)
    _take_seats(meeting, place, scene)
    draw = Random(f"{seed}:meeting:{place}")  # noqa: S311
    for item in meeting.items.select_related("case").order_by("position"):
        _decide(item, lives[item.case_id], scene, draw)
    end(meeting, scene)


def prepared(meeting: Meeting, cases: Iterable[Case], scene: Scene) -> bool:
    """Put on the agenda what is ready and publish it; a meeting for which nothing is ready is cancelled."""
    secretary = scene.cast.secretary
    for case in list(cases):
        scene.do(put_on_agenda, meeting, case, by=secretary)
    if not meeting.items.exists():
        scene.do(cancel, meeting, reasons=NOTHING_READY, by=secretary)
        return False
    scene.do(publish_agenda, meeting, by=secretary)
    return True


def unheld(day: date, course: Course, scene: Scene) -> Iterator[int]:
    """A meeting that is convened like any other and not held: cancelled the day before, or without a quorum."""
    secretary = scene.cast.secretary
    meeting = scene.do(convene, scene.cast.group, held_on=day, begins_at=EIGHT, venue=VENUE, by=secretary)
    yield AHEAD - AGENDA_DAYS
    if not prepared(meeting, ready_cases(scene.cast.group), scene):
        return
    if course == Course.CANCELLED:
        yield AGENDA_DAYS - 1
        scene.do(cancel, meeting, reasons=SUMMONED, by=secretary)
        return
    yield AGENDA_DAYS
    scene.do(open_meeting, meeting, by=secretary)
    for code in CAME:
        scene.do(arrive, meeting, scene.cast.seats[code], scene.cast.members[code], by=secretary)
    scene.watch.reach(WAITED_UNTIL)
    scene.do(end_inquorate, meeting, by=secretary)


def _take_seats(meeting: Meeting, place: int, scene: Scene) -> None:
    """Everybody comes; to every second meeting one organisation sends the deputy, and whoever has no member then."""
    cast = scene.cast
    for code, seat in cast.seats.items():
        stands_in = code in cast.vacant or (place % 2 == 1 and code == "planning")
        scene.do(arrive, meeting, seat, (cast.deputies if stands_in else cast.members)[code], by=cast.secretary)


def _decide(item: AgendaItem, life: Acting, scene: Scene, draw: Random) -> None:
    """Recusals, then ballots until a motion is carried. What is to be rejected was first moved to be approved."""
    secretary = scene.cast.secretary
    for suggestion in scene.do(_suggested, item):
        scene.do(recuse, item, suggestion.person, reason=suggestion.reason, by=secretary, role=Role.SECRETARY)
    if item.position % 7 == 3:
        somebody = scene.cast.members["governorate"]
        scene.do(recuse, item, somebody, reason=Recusal.Reason.DECLARED, by=somebody)
    if life.wanted == Outcome.REJECTED:
        _vote(item, Outcome.APPROVED, scene, draw, carries=False)
    _vote(item, life.wanted, scene, draw, carries=True)
    life.decided()


def _suggested(item: AgendaItem) -> list[Suggestion]:
    return list(suggested_recusals(item))


def _vote(item: AgendaItem, motion: Outcome, scene: Scene, draw: Random, *, carries: bool) -> None:
    condition = CONDITION if motion == Outcome.CONDITIONAL else ""
    ground = _ground(item, wanted="premises" if carries and motion != Outcome.REJECTED else "opinion")
    ballot = scene.do(open_vote, item, motion, by=scene.cast.secretary, conditions=condition, grounds=[ground])
    voters = [
        attendance.person
        for attendance in scene.do(present_at, item.meeting)
        if ballot.entitlements.filter(person=attendance.person).exists()
    ]
    for voter, choice in zip(voters, _choices(ballot, len(voters), draw, carries=carries), strict=True):
        against = IN_FAVOUR if motion == Outcome.REJECTED else AGAINST[ground]
        why = against if choice == CHOICE.AGAINST else ""
        scene.do(cast_vote, ballot, choice, by=voter, reasons=why, grounds=[ground])
    scene.do(close_vote, item, by=scene.cast.secretary)


def _ground(item: AgendaItem, wanted: str) -> str:
    """The ground on which somebody votes against: of what is no place, that what was stated is not true."""
    return wanted if wanted in {ground.code for ground in item.case.procedure.grounds} else "untrue"


def _choices(ballot: Ballot, voters: int, draw: Random, *, carries: bool) -> list[str]:
    """What each makes of the motion: mostly of one mind, now and then one against or abstaining."""
    majority, other = (CHOICE.FOR, CHOICE.AGAINST) if carries else (CHOICE.AGAINST, CHOICE.FOR)
    choices: list[str] = [majority] * voters
    if draw.random() < 0.4:
        choices[draw.randrange(voters)] = draw.choice((other, CHOICE.ABSTAIN))
    return choices


def end(meeting: Meeting, scene: Scene) -> None:
    """Close a meeting, let everybody sign its minutes, and carry out what it resolved."""
    secretary = scene.cast.secretary
    scene.do(close_meeting, meeting, by=secretary)
    minutes = scene.do(draft_minutes, meeting, by=secretary)
    for attendance in meeting.attendances.select_related("person").order_by("pk"):
        scene.do(sign, minutes, minutes.digest, by=attendance.person)
    for done in scene.do(carry_out, meeting, by=secretary):
        if done.refusal:
            raise RuntimeError(f"{done.resolution.number} was not carried out: {done.refusal.en}")
