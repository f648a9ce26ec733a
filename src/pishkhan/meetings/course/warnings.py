"""What whoever calls a meeting should know: nothing of it refuses anything."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from pishkhan.journal.clock import TEHRAN, day_of, now
from pishkhan.language.text import Text
from pishkhan.meetings.models import AHEAD, ENDED, AgendaItem, Meeting
from pishkhan.meetings.selectors import LENGTH, members_of, rule_of
from pishkhan.meetings.sittings.selectors import other_meeting
from pishkhan.regulation.calendar import is_working_day

DAY_OFF = Text("روز جلسه تعطیل است.", "The day of the meeting is a day off.")
HOUR_IS_PAST = Text("ساعت جلسه گذشته است.", "The hour of the meeting has passed.")
TWO_OF_ONE_BODY = Text(
    "همین هیئت در همین روز جلسهٔ دیگری دارد: {number}.", "The same body meets on that day already: {number}."
)
CONVENED_ELSEWHERE = Text(
    "{count} عضو نزدیک همین ساعت به جلسهٔ {number} نیز فراخوانده شده است.",
    "{count} {count:member is|members are} convened to meeting {number} about that hour too.",
)
OTHER_HEARING = Text(
    "رسیدگی پروندهٔ {case} برای روز دیگری است: دارنده را دوباره دعوت کنید.",
    "The hearing of case {case} is on another day: call the holder anew.",
)
ENDS_TONIGHT = Text(
    "اگر جلسه تا پایان امروز پایان نیابد ساعت سامانه آن را پایان می‌دهد: تصمیم‌ها می‌ماند و دیگر دستورها به نوبت "
    "برمی‌گردد.",
    "If it does not end today, the clock ends it: what was decided stands, the other items wait for another meeting.",
)


def warnings_about(meeting: Meeting) -> list[Text]:
    """What is odd about a meeting that is ahead or in session; nothing of one that has ended."""
    if meeting.state in ENDED:
        return []
    return [*_about_the_day(meeting), *_about_others(meeting), *_about_hearings(meeting)]


def _about_the_day(meeting: Meeting) -> Iterator[Text]:
    today, ahead = day_of(now()), meeting.state in AHEAD
    if ahead and not is_working_day(meeting.held_on, place=meeting.division_id):
        yield DAY_OFF
    if ahead and meeting.begins_at and _moment(meeting, meeting.begins_at) < now():
        yield HOUR_IS_PAST
    if meeting.held_on <= today:
        yield ENDS_TONIGHT


def _about_others(meeting: Meeting) -> Iterator[Text]:
    same_day = Meeting.objects.filter(held_on=meeting.held_on).exclude(state__in=ENDED).exclude(pk=meeting.pk)
    if together := other_meeting(meeting):  # whoever sits in both is called to one sitting
        same_day = same_day.exclude(pk=together.pk)
    others, mine = same_day.select_related("body").order_by("pk"), None
    for other in others:
        if other.body_id == meeting.body_id:
            yield TWO_OF_ONE_BODY.filled(number=other.number)
        elif _overlap(meeting, other):
            mine = mine or set(members_of(meeting.body, meeting.held_on).values_list("pk", flat=True))
            theirs = set(members_of(other.body, meeting.held_on).values_list("pk", flat=True))
            if both := len(mine & theirs):
                yield CONVENED_ELSEWHERE.filled(count=both, number=other.number)


def _about_hearings(meeting: Meeting) -> Iterator[Text]:
    waiting = meeting.items.filter(state=AgendaItem.State.WAITING).select_related("case").order_by("position")
    for item in waiting:
        hearing = getattr(item.case.dossier, "hearing_on", None)
        if hearing and hearing != meeting.held_on:
            yield OTHER_HEARING.filled(case=item.case.number)


def _overlap(meeting: Meeting, other: Meeting) -> bool:
    """Whether two meetings of a day lie within the usual length of one; also if an hour is not known."""
    if meeting.begins_at is None or other.begins_at is None:
        return True
    apart = abs(_moment(meeting, meeting.begins_at) - _moment(meeting, other.begins_at))
    return apart < timedelta(minutes=rule_of(meeting.body, LENGTH, meeting.held_on).value)


def _moment(meeting: Meeting, hour: time) -> datetime:
    return datetime.combine(meeting.held_on, hour, TEHRAN)
