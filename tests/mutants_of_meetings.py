"""Sabotages of meetings that do not go as planned, and of minutes; see tests/mutants.py."""

from sabotage import Mutant

PLAN, MINUTES = "meetings/test_not_as_planned.py", "meetings/test_minutes.py"
COMBINED = "meetings/test_combined_sittings.py"
VOICE, WALK = "meetings/test_one_person_one_voice.py", "meetings/test_random_meetings.py"
MEETINGS_AS_THEY_HAPPEN = [
    Mutant("a meeting that ends keeps its items", PLAN, "meetings/course/services.py", '        put_aside(item, AgendaItem.State.RETURNED, "item.return", entry)\n', "        pass\n"),
    Mutant("a meeting without a quorum was held", PLAN, "meetings/services.py", "Meeting.State.CLOSED if quorum_came(meeting) else Meeting.State.INQUORATE", "Meeting.State.CLOSED"),
    Mutant("votes are cast once the day is over", PLAN, "meetings/voting.py", "    if item.meeting.held_on != today():\n", "    if False:\n"),
    Mutant("what nobody opened is told as without a quorum", PLAN, "meetings/course/services.py", "        if meeting.state in AHEAD:\n", "        if False:\n"),
    Mutant("any member ends a meeting", PLAN, "meetings/actions.py", "isinstance(by, Person) and chairs(row, by)", "isinstance(by, Person)"),
    Mutant("a tie changes the agenda", PLAN, "meetings/course/agenda.py", "if votes_for * 100 <= (", "if votes_for * 100 < ("),
    Mutant("nobody signs in again to sign", MINUTES, "people/sign_in/confirming.py", "    if not account.check_password(password):\n", "    if False:\n"),
    Mutant("whoever sees a meeting reads dissent", MINUTES, "meetings/minutes/selectors.py", "return read_by(person, over=meeting) >= STAFF_READ | defended", "return True"),
    Mutant("who moves to another seat votes again", VOICE, "meetings/voting.py", ".exists() or by.ref in voters_of(ballot):", ".exists():"),
    Mutant("who is of a seat no more is a voice", VOICE, "meetings/selectors.py", " and (member.seat_id, member.person_id) in of_seats", ""),
    Mutant("a chair makes up for a qualified majority", VOICE, "meetings/voting.py", " and percent <= SIMPLE", ""),
    Mutant("who is not there counts in a quorum", WALK, "meetings/selectors.py", "return Quorum(len(voting), len(persons), needed,", "return Quorum(len(voting), len(voting), needed,"),
    Mutant("minutes are whole without the chair", MINUTES, "meetings/minutes/selectors.py", " and all(chair.answered for chair in chairs)", ""),
    Mutant("one body of a combined sitting is called off without the other", COMBINED, "meetings/sittings/together.py", "return [meeting, other] if other and other.state not in ENDED else [meeting]", "return [meeting]"),
    Mutant("who sits in both bodies stays in one of them", COMBINED, "meetings/services.py", "                _rise(other, Q(person=person), by, because=entry)\n", "                pass\n"),
    Mutant("who comes to both bodies takes a seat that is taken", COMBINED, "meetings/sittings/selectors.py", ".exclude(seat__in=[attendance.seat_id for attendance in there])", ""),
    Mutant("a combined sitting opens with one agenda", COMBINED, "meetings/actions.py", "needs=[ON_ITS_DAY, OTHER_AGENDA_IS_FIXED],", "needs=[ON_ITS_DAY],"),
    Mutant("a meeting sits together with any other", COMBINED, "meetings/sittings/services.py", "    if apart or meeting.held_on != other.held_on or other.state not in AHEAD:\n", "    if False:\n"),
    Mutant("what one body does alone is told to both", COMBINED, "meetings/course/notices.py", "other = None if alone else other_meeting(meeting)", "other = other_meeting(meeting)"),
    Mutant("members see the agenda of the other body", COMBINED, "meetings/sittings/pages.py", "seen = meetings_seen_by(person).filter(pk=other.pk).exists()", "seen = True"),
]
CALLED_OFF = "site/test_called_off.py"
WHAT_IS_CALLED_OFF = [
    Mutant("a call is withdrawn under those who applied", CALLED_OFF, "licensing/calls/services.py", "        if stands_on(call):\n", "        if False:\n"),
    Mutant("a withdrawn call takes requests", CALLED_OFF, "licensing/models.py", "self.withdrawn_on is None and self.opens_on", "self.opens_on"),
    Mutant("leave that was taken back is taken back again", CALLED_OFF, "casework/waivers.py", "    if waiver.used:\n", "    if False:\n"),
    Mutant("what an objection that was taken back was against is owed by nobody", CALLED_OFF, "inspections/objections/services.py", "            accepted = visit.state == Visit.State.ACCEPTED\n            undertakings", "            accepted = False\n            undertakings"),
    Mutant("days away that have begun are taken back as if they had not been", CALLED_OFF, "rounds/shifts/services.py", "        if absence.from_on < today():\n", "        if False:\n"),
]
