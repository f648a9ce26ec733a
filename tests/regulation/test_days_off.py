"""Days off by rule for every year, tentative until confirmed; for whom; declared, withdrawn, taken in by lists."""

from datetime import date, timedelta

import pytest

from factories import person_as
from pishkhan.journal.acts import IMPORTER
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid, NotPermitted, Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.language.jalali import jalali, jalali_date, parse_day
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import Calendar, is_working_day, working_day_after, working_days
from pishkhan.regulation.edition import shipped
from pishkhan.regulation.holidays.days_off import days_off, tentative_days
from pishkhan.regulation.holidays.importing import Becomes, NotAList, import_days, planned, read_list, written
from pishkhan.regulation.holidays.rules import occurrences, rules
from pishkhan.regulation.holidays.services import (
    confirm_holiday,
    declare_holiday,
    rule_named,
    withdraw_day,
    withdraw_holiday,
)
from pishkhan.regulation.models import Holiday
from pishkhan.regulation.services import load_edition

pytestmark = pytest.mark.usefixtures("law")
DAY = timedelta(days=1)
SNOW = Text("برف", "Snow")
ASHURA_1406 = parse_day("1406-03-25")  # as it is reckoned
Whom = Holiday.Whom


@pytest.fixture
def admin():
    return person_as(Role.ADMINISTRATOR)


def working(day, place="15"):
    return is_working_day(parse_day(day), place=place)


def declare(day, **data):
    given = {"name": SNOW, "by": IMPORTER, "place": "15", "role": "importer"}
    return declare_holiday(parse_day(day), **given | data)


@pytest.mark.parametrize(
    ("after", "number", "day"),
    [
        ("1405-12-27", 3, "1406-01-09"),  # Friday, oil, Nowruz, Thursday and Friday lie between
        ("1408-12-28", 1, "1409-01-05"),  # 29 and 30 Esfand are off
        ("1408-12-30", 1, "1409-01-05"),  # Nowruz from Thursday to Sunday
    ],
)
def test_a_term_over_nowruz_of_any_year_is_counted_past_it(after, number, day):
    assert jalali(working_day_after(parse_day(after), number, place="15")) == day


def test_every_year_has_its_solar_days_off():
    for year in (1390, 1405, 1406, 1408, 1450):
        solar = [
            one for one in occurrences(jalali_date(year, 1, 1), jalali_date(year, 12, 29)) if not one.rule.is_lunar
        ]
        assert len(solar) == 10


def test_the_moon_is_reckoned_within_a_day_of_what_was_seen():
    """Against the official days of 1400 and 1401, which are shipped."""
    seen = {(row["en"], parse_day(day)) for row in shipped("holidays")["holiday"] for day in row.get("days", ())}
    for year in (1400, 1401):
        reckoned = [one for one in occurrences(jalali_date(year, 1, 1), jalali_date(year, 12, 29)) if one.rule.is_lunar]
        assert len(reckoned) in (17, 18)
        for one in reckoned:
            assert any((one.rule.name.en, one.day + shift * DAY) in seen for shift in (-1, 0, 1)), one


def test_what_was_seen_replaces_what_was_reckoned():
    """30 Safar 1443 and Arbaeen were seen another day than arithmetic has them: no day is off twice."""
    assert [working(day) for day in ("1400-07-05", "1400-07-06", "1401-07-05", "1401-07-04")] == [
        False,
        True,
        False,
        True,
    ]
    assert tentative_days(jalali_date(1400, 1, 1), jalali_date(1401, 12, 29), place="15") == []


def test_lunar_days_of_other_years_are_off_and_tentative():
    assert not working("1406-03-25")
    names = {day.name.en for day in tentative_days(jalali_date(1406, 1, 1), jalali_date(1406, 12, 29), place="15")}
    assert names == {rule.name.en for rule in rules() if rule.is_lunar}


def test_a_lunar_day_on_a_friday_is_off_once():
    friday = next(
        one.day
        for one in occurrences(jalali_date(1406, 1, 1), jalali_date(1412, 12, 29))
        if one.rule.is_lunar and one.day.weekday() == 4
    )
    saturday = friday + DAY
    assert working_days(friday - 3 * DAY, friday, place="15") == is_working_day(friday - 2 * DAY, place="15")
    assert Calendar(friday - DAY, saturday).is_holiday(friday, place="15")


def test_a_day_is_confirmed_by_whom_it_is_reserved_to_with_a_source(admin):
    rule = rule_named("Ashura")
    with pytest.raises(Invalid) as refusal:
        confirm_holiday(rule, ASHURA_1406, by=admin, place="15", source=" ")
    assert set(refusal.value.fields) == {"source"}
    with pytest.raises(NotPermitted):
        confirm_holiday(rule, ASHURA_1406, by=person_as(Role.DIRECTOR), place="15", source="تقویم ۱۴۰۶")
    with pytest.raises(Invalid):
        confirm_holiday(rule, ASHURA_1406 + 5 * DAY, by=admin, place="15", source="تقویم ۱۴۰۶")
    assert not Holiday.objects.filter(name_en="Ashura", day__gte=ASHURA_1406).exists()
    confirm_holiday(rule, ASHURA_1406 + DAY, by=admin, place="15", source="تقویم ۱۴۰۶")
    assert [is_working_day(ASHURA_1406 + shift * DAY, place="15") for shift in (0, 1)] == [True, False]
    assert not is_working_day(ASHURA_1406, place="16"), "another province has confirmed nothing"
    assert list(problems()) == []


def test_who_confirmed_the_wrong_day_confirms_another(admin):
    rule = rule_named("Eid al-Fitr")
    first = next(
        one.day for one in occurrences(jalali_date(1406, 11, 1), jalali_date(1406, 12, 29)) if one.rule == rule
    )
    confirm_holiday(rule, first, by=admin, place="15", source="تقویم")
    with pytest.raises(Refusal, match="already"):
        confirm_holiday(rule, first, by=admin, place="15", source="تقویم")
    confirm_holiday(rule, first + DAY, by=admin, place="15", source="رؤیت هلال")
    off = [is_working_day(first + shift * DAY, place="15") for shift in range(4)]
    assert [day.day for day in days_off(first - DAY, first + 3 * DAY, place="15")] == [first + DAY, first + 2 * DAY]
    assert not any(off[1:3])


def test_a_confirmation_that_is_withdrawn_leaves_what_was_reckoned(admin):
    (row,) = confirm_holiday(rule_named("Ashura"), ASHURA_1406 + DAY, by=admin, place="15", source="تقویم")
    withdraw_holiday(row, by=admin, source="سهو")
    assert [is_working_day(ASHURA_1406 + shift * DAY, place="15") for shift in (0, 1)] == [False, True]
    assert [day.tentative for day in days_off(ASHURA_1406, ASHURA_1406, place="15")] == [True]


def test_a_day_of_a_rule_is_withdrawn_in_a_place_and_declared_again(admin):
    nature = parse_day("1406-01-11")
    rule, day = rule_named("Nature Day"), parse_day("1407-01-13")
    with pytest.raises(Invalid):
        withdraw_day(rule, nature, by=admin, place="15", source="۱")
    withdraw_day(rule, day, by=admin, place="15", source="مصوبهٔ ۱")
    assert [is_working_day(day, place=place) for place in ("15", "16")] == [True, False]
    with pytest.raises(Refusal):
        withdraw_day(rule, day, by=admin, place="15", source="مصوبهٔ ۱")
    declare_holiday(day, name=rule.name, by=admin, place="15", source="مصوبهٔ ۲")
    row = Holiday.objects.get(name_en="Nature Day")
    assert (row.withdrawn, row.source, row.withdrawal, row.revision) == (False, "مصوبهٔ ۲", "", 2)
    assert not is_working_day(day, place="15")
    assert list(problems()) == []


def test_administrations_may_rest_while_offices_serve():
    declare("1406-02-06", for_whom=Whom.ADMINISTRATIONS)
    declare("1406-02-07", for_whom=Whom.SERVICE_CENTRES)
    calendar = Calendar(parse_day("1406-02-01"), parse_day("1406-02-10"))
    first, second = parse_day("1406-02-06"), parse_day("1406-02-07")
    assert [calendar.is_working(day, place="1503") for day in (first, second)] == [False, True]
    rests = [calendar.is_holiday(day, place="1503", whom=Whom.SERVICE_CENTRES) for day in (first, second)]
    assert rests == [False, True]
    assert calendar.places_off(second, whom=Whom.SERVICE_CENTRES, among=["15", "16"]) == {"15"}
    assert calendar.places_off(first, whom=Whom.SERVICE_CENTRES, among=["15", "16"]) == set()


@pytest.mark.tampers
def test_verifying_notices_a_day_that_was_changed_in_the_database():
    row = declare("1406-02-06")
    assert list(problems()) == []
    Holiday.objects.filter(pk=row.pk).update(for_whom=Whom.SERVICE_CENTRES)
    assert len(list(problems())) == 1


CSV = """day,name,name_en,for_whom
۱۴۰۶/۰۱/۰۱,نوروز,,
1406-03-26,عاشوراي حسيني,,
1406-03-24,تاسوعا,,
1406/02/06,سرما,Cold,administrations
""".encode()
ICS = b"""BEGIN:VCALENDAR\r
VERSION:2.0\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20270309\r
DTEND;VALUE=DATE:20270311\r
SUMMARY:\xd8\xb9\xdb\x8c\xd8\xaf \xd8\xb3\xd8\xb9\xdb\x8c\xd8\xaf \xd9\x81\xd8\xb7\xd8\xb1\r
END:VEVENT\r
BEGIN:VEVENT\r
DTSTART;VALUE=DATE:20270601\r
STATUS:CANCELLED\r
SUMMARY:x\r
END:VEVENT\r
END:VCALENDAR\r
"""


def test_a_list_says_first_what_would_become_of_it_then_is_entered_once(admin):
    listed = read_list(CSV)
    assert read_list(written(listed).encode()) == listed
    before = Entry.objects.count()
    becomes = {jalali(row.listed.day): row.becomes for row in planned(listed, "15")}
    assert becomes == {
        "1406-01-01": Becomes.KNOWN,
        "1406-02-06": Becomes.NEW,
        "1406-03-24": Becomes.CONFIRMED,
        "1406-03-26": Becomes.MOVED,
    }
    assert Entry.objects.count() == before
    assert import_days(listed, place="15", source="تقویم ۱۴۰۶", by=admin, role=Role.ADMINISTRATOR) == 3
    assert [working(day) for day in ("1406-02-06", "1406-03-24", "1406-03-25", "1406-03-26")] == [
        False,
        False,
        True,
        False,
    ]
    assert {row.becomes for row in planned(listed, "15")} == {Becomes.KNOWN}
    assert import_days(listed, place="15", source="تقویم ۱۴۰۶", by=admin, role=Role.ADMINISTRATOR) == 0
    assert Holiday.objects.get(name_en="Cold").source == "تقویم ۱۴۰۶"


def test_a_calendar_file_is_a_list_too():
    listed = read_list(ICS)
    assert [jalali(row.day) for row in listed] == ["1405-12-18", "1405-12-19"]
    assert {row.becomes for row in planned(listed, "15")} <= {Becomes.MOVED, Becomes.CONFIRMED}
    import_days(listed, place="15", source="تقویم", by=IMPORTER, role="importer")
    fitr = [
        jalali(day.day)
        for day in days_off(date(2027, 3, 1), date(2027, 3, 15), place="15")
        if day.name.en == "Eid al-Fitr"
    ]
    assert fitr == ["1405-12-18", "1405-12-19"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"day,name\n1406-13-01,x\n", "Row 2"),
        (b"day,name\n1406-01-01,\n", "Row 2"),
        (b"day,name,for_whom\n1406-02-01,x,somebody\n", "somebody"),
        (b"day,name\n", "no day"),
        (b"name\nx\n", "day"),
        (b"\xff\xfe", "empty"),
        (b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR", "neither"),
        (ICS.replace(b"STATUS:CANCELLED", b"RRULE:FREQ=YEARLY"), "recurs"),
    ],
)
def test_a_list_that_is_wrong_is_refused_with_every_fault(content, why):
    with pytest.raises(NotAList, match=why):
        read_list(content)


def test_a_list_is_entered_wholly_or_not_at_all():
    listed = read_list(CSV)
    before = Entry.objects.count(), Holiday.objects.count()
    with pytest.raises(NotPermitted):
        import_days(listed, place="15", source="x", by=person_as(Role.EXPERT), role=Role.ADMINISTRATOR)
    assert (Entry.objects.filter(subject__startswith="holiday").exists(), Holiday.objects.count()) == (True, before[1])
    assert load_edition() == 0


def test_a_day_that_is_declared_after_the_term_began_lengthens_it():
    began = parse_day("1406-02-04")
    due = working_day_after(began, 5, place="15")
    declare(jalali(due))
    assert working_day_after(began, 5, place="15") > due


def test_the_thirtieth_of_esfand_is_off_in_the_leap_years_that_have_it():
    for year in (1399, 1403, 1408):
        last = jalali_date(year, 12, 30)
        assert not is_working_day(last, place="15"), year
        assert [off.name.en for off in days_off(last, last, place="15")] == ["Last day of a leap year"]
    names = [off.name.en for off in days_off(jalali_date(1404, 12, 1), jalali_date(1404, 12, 29), place="15")]
    assert "Last day of a leap year" not in names


def test_a_term_that_would_end_on_it_ends_after_nowruz_unless_the_day_is_withdrawn(admin):
    last, after = jalali_date(1408, 12, 30), jalali_date(1409, 1, 5)
    assert working_day_after(last - 2 * DAY, 1, place="15") == after
    withdraw_day(rule_named("Last day of a leap year"), last, by=admin, place="15", source="1408/12")
    assert working_day_after(last - 2 * DAY, 1, place="15") == last
