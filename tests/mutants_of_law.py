"""Sabotages of what the law limits: grounds of refusal, the ceiling of time, revival, service, hindered visits."""

from sabotage import Mutant

GROUNDS, CEILING, REVIVAL = "meetings/test_grounds_of_refusal.py", "casework/test_ceiling.py", "licensing/test_revival.py"
HINDERED, ACTIVE = "inspections/test_hindered_visits.py", "licensing/test_activity_and_second_requests.py"
ENTERED = "inspections/test_entered_checklists.py"
VISITS, CLOCK = "inspections/test_visits.py", "casework/test_clock.py"
HEARD, PUBLIC = "enforcement/test_rules_one_by_one.py", "enforcement/test_violations.py"

LIMITS = [
    Mutant("what the law contests refuses by itself", GROUNDS, "casework/grounds.py", "    if all(offer.contested for offer in offers):\n", "    if False:\n"),
    Mutant("a rejection names no ground", GROUNDS, "casework/grounds.py", "    if not offers:\n", "    if False:\n"),
    Mutant("a vote against names no ground", GROUNDS, "meetings/refusing/grounds.py", "    return ask_grounds(case, codes)\n\n\ndef put_down", "    return []\n\n\ndef put_down"),
    Mutant("what is contested is adopted without a source", GROUNDS, "regulation/services.py", "    if is_contested(number.key) and not source.strip():\n", "    if False:\n"),
    Mutant("grounds of a lost ballot count", GROUNDS, "meetings/refusing/grounds.py", "item=resolution.item_id, result=Ballot.Result.CARRIED", "item=resolution.item_id"),
    Mutant("minutes keep quiet about what is contested", GROUNDS, "meetings/refusing/grounds.py", " if contested else sentence", " if False else sentence"),
    Mutant("the ceiling has passed on its last day", CEILING, "casework/deadlines/ceiling.py", "left <= governor, until < on, paused)", "left <= governor, until <= on, paused)"),
    Mutant("the ceiling counts what the applicant took", CEILING, "casework/deadlines/ceiling.py", "within + paused, place=place", "within, place=place"),
    Mutant("only the applicant stops the ceiling while it is theirs", CEILING, "casework/deadlines/ceiling.py", "if procedure.turn_at(stage) in WITH_THEM", "if True"),
    Mutant("the ceiling warns a day late", CEILING, "casework/deadlines/ceiling.py", "left <= governor", "left < governor"),
    Mutant("a revoked licence is revived", REVIVAL, "licensing/rules/revival_rules.py", "RAN_OUT = (Status.WAIVED, Status.EXPIRED)", "RAN_OUT = tuple(Status)"),
    Mutant("a revival can be asked for at any time", REVIVAL, "licensing/procedures/revival.py", "papers_are_attached, revival_is_in_time, no_other", "papers_are_attached, no_other"),
    Mutant("a revival is a new licence", REVIVAL, "licensing/effects/register_effects.py", "Licence.Origin.REVIVAL", "Licence.Origin.NEW"),
    Mutant("a hearing is held on the day its call is served", HEARD, "enforcement/procedure/due_process.py", "served < hearing", "served <= hearing"),
    Mutant("the days of a call run from the call", HEARD, "enforcement/procedure/due_process.py", "(hearing - served).days >=", "(hearing - served).days + 1 >="),
    Mutant("a request lapses before its notice is served", CLOCK, "licensing/procedures/stages.py", "    paused=True,\n    from_service=True,\n", "    paused=True,\n"),
    Mutant("an office keeps quiet about its sanctions", PUBLIC, "site/pages/search_page.py", "sanctions_of_office(office)", "[]"),
    Mutant("a sanction stays public for ever", PUBLIC, "site/pages/public_lists.py", "today(), days.value).filter(office=office)", "today(), 9999).filter(office=office)"),
    Mutant("a hindered visit says nothing", HINDERED, "inspections/checklists/report_validation.py", "    if not note.strip():\n", "    if False:\n"),
    Mutant("a closed door needs no photo", HINDERED, "inspections/checklists/report_validation.py", "and not photographed:", "and False:"),
    Mutant("a hindered visit is passed", HINDERED, "inspections/visits/services.py", "visit.passed, visit.hindrance = False, hindrance", "visit.passed, visit.hindrance = True, hindrance"),
    Mutant("any number of major faults passes", VISITS, "inspections/checklists/report_validation.py", "many = major.binds and", "many = False and"),
    Mutant("a suspended office was active", ACTIVE, "licensing/rules/activity_rules.py", "return _served(office, first, on) and not", "return not"),
    Mutant("an office that was found shut was active", ACTIVE, "licensing/rules/activity_rules.py", " and not _was_shut(office, first, on)", ""),
    Mutant("nobody says that a company asks twice", ACTIVE, "licensing/procedures/new_licence.py", "call_is_open, no_second_request, *FIT", "call_is_open, *FIT"),
    Mutant("who wrote a checklist adopts it", ENTERED, "inspections/checklists/actions.py", "not wrote_it(row, by.ref)", "True"),
    Mutant("a province's checklist holds everywhere", ENTERED, "inspections/checklists/selectors.py", "state=State.ADOPTED, place=place[:PROVINCE], valid_from__lte=on", "state=State.ADOPTED, valid_from__lte=on"),
    Mutant("a checklist holds before its day", ENTERED, "inspections/checklists/selectors.py", ", valid_from__lte=on)", ")"),
    Mutant("a phone that was away loses its visit", ENTERED, "inspections/field/syncing.py", "    if held_until(report.edition, on, office.division_id):\n", "    if False:\n"),
    Mutant("an item needs no article", ENTERED, "inspections/checklists/rows.py", '"severity", "instrument", "article")', '"severity", "instrument")'),
    Mutant("a checklist is withdrawn after its day", ENTERED, "inspections/checklists/selectors.py", "    return row.valid_from <= on\n", "    return False\n"),
    Mutant("served on the holder, the buyer's term runs", "casework/test_service_on_a_side.py", "notices/selectors.py", "if parties and because in parties and not _is_to(", "if False and not _is_to("),
    Mutant("a remedy is overdue that nobody was told of", "inspections/test_remedies_from_service.py", "inspections/visits/remedy_terms.py", "        if due_on > undertaking.due_on:\n", "        if on and due_on > undertaking.due_on:\n"),
]
