"""Sabotages of the law as dated data: the calendar, numbers and instruments, and the past of the register."""

from sabotage import Mutant

DAYS, PAGE = "regulation/test_days_off.py", "site/test_calendar_page.py"
PAST, TOGETHER = "offices/test_corrections_of_the_past.py", "site/test_numbers_together.py"

LAW_AND_PAST = [
    Mutant("a lunar day is off twice", DAYS, "regulation/holidays/days_off.py", "row.day == day or (is_lunar and not row.withdrawn and abs(row.day - day) <= NEAR)", "row.day == day"),
    Mutant("offices rest when administrations do", DAYS, "regulation/holidays/days_off.py", "and row.for_whom in (Holiday.Whom.ALL, whom)", ""),
    Mutant("a day is declared by nobody's word", DAYS, "regulation/holidays/services.py", "if role != IMPORTER and not source.strip():", "if False:"),
    Mutant("who confirmed the wrong day has two", DAYS, "regulation/holidays/services.py", "            if row.day not in days:", "            if False:"),
    Mutant("nobody is told that their day moved", PAGE, "casework/deadlines/moved_terms.py", "if was and now and was != now:", "if False:"),
    Mutant("an unconfirmed day is as good as a confirmed one", PAGE, "regulation/holidays/days_off.py", "tentative=rule.is_lunar, first", "tentative=False, first"),
    Mutant("an upgrade speaks for a deployment that spoke", "regulation/test_numbers.py", "regulation/services.py", "or (row[\"key\"], kind) not in spoken_of", "or True"),
    Mutant("an upgrade brings no law", "regulation/test_newly_shipped.py", "site/keeping/databases/bringing_up.py", "entered = load_edition() if row else 0", "entered = 0"),
    Mutant("one decision adopts what was not chosen", TOGETHER, "site/law/pages.py", "if everything else list(numbers)", "if True else list(numbers)"),
    Mutant("an official instrument needs no official page", "site/test_instruments.py", "regulation/instruments/services.py", "if facts.confidence == Confidence.OFFICIAL and not facts.link:", "if False:"),
    Mutant("what is replaced holds on", "site/test_instruments.py", "regulation/instruments/selectors.py", "(row.valid_to, row.replaced_on)", "(row.valid_to,)"),
    Mutant("a correction of the past undoes the move since", PAST, "offices/bitemporal.py", "    fact.valid_to = first_start_after(fact.valid_from, of)\n", ""),
    Mutant("a late suspension lifts a revocation", PAST, "offices/services.py", "    if status not in ENDS:\n", "    if False:\n"),
    Mutant("a machine is where it was moved to last on paper", "inspections/test_machines_in_time.py", "inspections/machines/services.py", "machine.places.on(today()).get().division", "place.division"),
    Mutant("two things have one number", PAST, "language/prefixes.py", "if (other := _declared.setdefault(letters, of)) != of:", "if (other := _declared.setdefault(letters, of)) == 1:"),
    Mutant("numbers of before are not found", PAST, "casework/lists/filters.py", "(procedure.prefix, *procedure.former_prefixes)", "(procedure.prefix,)"),
]
