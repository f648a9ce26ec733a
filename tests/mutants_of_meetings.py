"""Sabotages of meetings that do not go as planned, and of minutes; see tests/mutants.py."""

from sabotage import Mutant

PLAN, MINUTES = "meetings/test_not_as_planned.py", "meetings/test_minutes.py"
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
]
