"""Until when an office is open, or when it opens next, in words."""

from datetime import date, datetime, time

from pishkhan.journal.clock import TEHRAN
from pishkhan.language.calendar_names import WEEK
from pishkhan.language.hours import hour_text
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.regulation.calendar import Calendar

from .models import Profile
from .selectors import closes_at, is_open, opens_next, weekday_of

UNTIL = Text("باز است تا ساعت {hour}", "open until {hour}")
OPENS = Text("{day} ساعت {hour} باز می‌شود", "opens {day} at {hour}")
NO_DAY = Text("تا دو هفتهٔ دیگر بسته است", "closed for the next two weeks")
TODAY, TOMORROW = Text("امروز", "today"), Text("فردا", "tomorrow")


def hours_of_day(profile: Profile, at: datetime, calendar: Calendar) -> Text | None:
    """What somebody who stands before an office wants to know; None if it has told no hours."""
    if not profile.hours.all():
        return None
    if is_open(profile, at, calendar):
        return UNTIL.filled(hour=hour_text(closes_at(profile, at) or time.max))
    following = opens_next(profile, at, calendar)
    if following is None:
        return NO_DAY
    day = _day(following.date(), at.astimezone(TEHRAN).date())
    return OPENS.filled(day=day, hour=hour_text(following.time()))


def _day(day: date, today: date) -> Text:
    days = (day - today).days
    if days < 2:
        return TOMORROW if days else TODAY
    weekday = WEEK[weekday_of(day)]
    if days < len(WEEK):
        return weekday
    return Text(f"{weekday.fa} {spoken(day, 'fa')}", f"{weekday.en}, {spoken(day, 'en')},")
