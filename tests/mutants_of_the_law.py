"""Sabotages of the law as dated data: the calendar, numbers and instruments, and the past of the register."""

from sabotage import Mutant

DAYS, PAGE = "regulation/test_days_off.py", "site/test_calendar_page.py"

LAW_AND_PAST = [
    Mutant("a lunar day is off twice", DAYS, "regulation/holidays/days_off.py", "row.day == day or (is_lunar and not row.withdrawn and abs(row.day - day) <= NEAR)", "row.day == day"),
    Mutant("offices rest when administrations do", DAYS, "regulation/holidays/days_off.py", "and row.for_whom in (Holiday.Whom.ALL, whom)", ""),
    Mutant("a day is declared by nobody's word", DAYS, "regulation/holidays/services.py", "if role != IMPORTER and not source.strip():", "if False:"),
    Mutant("who confirmed the wrong day has two", DAYS, "regulation/holidays/services.py", "            if row.day not in days:", "            if False:"),
    Mutant("nobody is told that their day moved", PAGE, "casework/deadlines/moved_terms.py", "if was and now and was != now:", "if False:"),
    Mutant("an unconfirmed day is as good as a confirmed one", PAGE, "regulation/holidays/days_off.py", "tentative=rule.is_lunar, first", "tentative=False, first"),
]
