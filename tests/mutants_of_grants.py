"""Sabotages of who grants what: appointments by two, those by one that everybody sees, leave, provinces."""

from sabotage import Mutant

TWO, ALONE = "people/test_appointments.py", "site/test_appointing.py"
LEAVE, PROVINCES = "inspections/test_leave_for_directors.py", "site/test_provinces.py"
RULINGS = "enforcement/test_rulings.py"
ACTS, PEOPLE = "people/appointments/services.py", "people/services.py"
BY_TWO, SEATS = "people/appointments/by_two.py", "meetings/test_seats_by_two.py"

GRANTS = [
    Mutant("one administrator grants a role that decides", TWO, PEOPLE, "if by is not SYSTEM and role in DECIDING:", "if False:"),
    Mutant("an administrator grants themselves a role", TWO, PEOPLE, "if by is not SYSTEM and by.ref == person.ref:", "if False:"),
    Mutant("who proposed confirms", TWO, BY_TWO, "if row.proposed_by_id == by.pk:", "if False:"),
    Mutant("the last administrator shuts themselves out", TWO, PEOPLE, "        if not all(administrators_beside(assignment, today()) for assignment in own):\n", "        if False:\n"),
    Mutant("one scan appoints two people", TWO, BY_TWO, "if row.scan.whose not in (by.ref, row.person.ref) or", "if"),
    Mutant("who is appointed confirms", TWO, BY_TWO, "if row.person_id == by.pk:", "if False:"),
    Mutant("one person prolongs what two grant", TWO, PEOPLE, "if by is not SYSTEM and later and assignment.role in DECIDING:", "if False:"),
    Mutant("what is appointed at the machine is told nobody", ALONE, ACTS, "        announce(new, entry)\n", "        pass\n"),
    Mutant("a directorship that is held is filled", ALONE, "site/operations/appointing.py", "if role == Role.DIRECTOR and _is_held(role, place):", "if False:"),
    Mutant("the country gives leave to anybody", LEAVE, "casework/waivers.py", "rules_the_country(by) and person.holds(Role.DIRECTOR, over=over)", "rules_the_country(by)"),
    Mutant("who enters what a court ruled carries it out", RULINGS, "enforcement/procedure/court_steps.py", 'effect=effects.annul_afterwards, apart_from=("record_ruling",),', "effect=effects.annul_afterwards,"),
    Mutant("something else than the court ruled is carried out", RULINGS, "enforcement/procedure/rulings.py", "return _says(case, Ruling.Says.ANNULLED)", "return True"),
    Mutant("a party scans what the court ruled", RULINGS, "enforcement/procedure/rulings.py", "if uploader is None or not uploader.capacities(SCANNED_BY, over=case):", "if uploader is None:"),
    Mutant("the country appoints alone for ever", PROVINCES, ACTS, "if Assignment.objects.filter(role=new.role, place=new.place).exists():", "if False:"),
    Mutant("who proposed who sits confirms it", SEATS, BY_TWO, "if row.proposed_by_id == by.pk:", "if False:"),
    Mutant("who is to sit confirms it", SEATS, BY_TWO, "if row.person_id == by.pk:", "if False:"),
    Mutant("one person lets somebody sit in a body", SEATS, "meetings/services.py", 'act(by, "body.appoint", on=seat.body, role=Role.SYSTEM, because=because)', 'act(by, "body.appoint", on=seat.body, role=Role.DIRECTOR, because=because)'),
    Mutant("what who left proposed is confirmed", SEATS, "meetings/bodies/seats.py", "            if role_of(proposal.proposed_by, proposal) is None:\n", "            if False:\n"),
]
RACES_OF_GRANTS = [
    Mutant("two last administrators leave at once", TWO, PEOPLE, "        lock(assignment.person, *beside)\n", "        lock(assignment.person)\n"),
]
