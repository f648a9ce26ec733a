"""Sabotages of procedures: of what they ask, and of what is asked of them when they are declared."""

from sabotage import Mutant

LAW, MATTERS, DUE = "licensing/test_new_licence.py", "licensing/test_matters.py", "enforcement/test_due_process.py"
DECLARING, SOUND = "casework/test_declaring.py", "casework/procedures/soundness.py"

PROCEDURES = [
    Mutant("an action is taken wherever a row stands", "casework/test_actions.py", "casework/actions/actions.py", "if refusal := table.why_not(action, row, by):\n            raise refusal\n        yield", "if refusal := None:\n            raise refusal\n        yield"),
    Mutant("a button is shown to whom it refuses", "casework/test_actions.py", "casework/actions/actions.py", "any(role in held for role in action.roles) and table.why_not", "table.why_not"),
    Mutant("the royalty is forgotten", LAW, "licensing/procedures/new_licence.py", "premises_have_passed, royalty_is_paid, term", "premises_have_passed, term"),
    Mutant("a proxy signs for the holder", MATTERS, "licensing/procedures/transfer.py", "when=(signs_without_a_proxy,), effect=name_the_buyer", "effect=name_the_buyer"),
    Mutant("renewal does not wait for a violation case", MATTERS, "licensing/procedures/renewal.py", "licence_is_in_force, no_violation_is_open)", "licence_is_in_force)"),
    Mutant("a draft changes while members vote", DUE, "enforcement/procedure/violation.py", "when=(no_vote_is_open, ", "when=("),
    Mutant("a request is sent again unpaid", DECLARING, "licensing/procedures/new_licence.py", "to=GIVEN_BACK, send_again_when=(royalty_is_paid,)", "to=GIVEN_BACK"),
    Mutant("the second of two steps of a name wins", DECLARING, "casework/procedures/procedure.py", "if names.count(name) > 1", "if False"),
    Mutant("a procedure inherits from another", DECLARING, "casework/procedures/procedure.py", "if cls.__bases__ != (Procedure,):", "if False:"),
    Mutant("an edition amends what is not there", DECLARING, "casework/procedures/procedure.py", "if unknown := sorted({*without} - {*self} | {*new, *after} - {*kept}):", "if unknown := ():"),
    Mutant("a stage that is never left is sound", DECLARING, SOUND, "if stage not in ending:", "if False:"),
    Mutant("a stage to which nobody comes is sound", DECLARING, SOUND, "if stage not in reached:", "if False:"),
    Mutant("steps stand in any order", DECLARING, SOUND, "if procedure.way.index(second.sources[0]) < procedure.way.index(first.sources[0]):", "if False:"),
    Mutant("a step is kept apart from one that is not there", DECLARING, SOUND, "if name not in procedure.steps:", "if False:"),
    Mutant("a rule stands beside a field that is not there", DECLARING, SOUND, "            for name in rule.beside\n            if name not in there\n", "            for name in ()\n"),
    Mutant("a notice that is not declared is taken", DECLARING, "casework/procedures/procedure.py", "if not all(isinstance(notice, NoticeKind) for notice in self.notices):", "if False:"),
    Mutant("a letter that is not declared is taken", DECLARING, "casework/procedures/procedure.py", "if not isinstance(getattr(self, name), kind | None)]", "if False]"),
    Mutant("the register is changed with nothing locked", DECLARING, SOUND, "if step.effect and step.effect.changes and not step.effect.locks:", "if False:"),
    Mutant("a notice calls for what no case tells", DECLARING, SOUND, "if more := sorted(notice.places - FACTS_OF_A_CASE):", "if more := ():"),
    Mutant("an outcome is carried out that nobody resolves", DECLARING, "meetings/checks.py", "and step.carries_out not in reached", "and False"),
    Mutant("a dossier that is none is taken", DECLARING, "casework/checks.py", "[*_missing_dossiers(), ", "["),
    Mutant("a letter without a template is taken", DECLARING, "casework/checks.py", ", *_missing_templates()]", "]"),
    Mutant("a step keeps quiet about its notice", "site/test_what_a_step_does.py", "casework/procedures/doing.py", '    deeds += [("notice", _sentence_of(notice)) for notice in step.notices]\n', ""),
]
NEED, VOICE = "site/test_need_to_know.py", "meetings/test_one_person_one_voice.py"
FILES = "site/test_item_files.py"
VOICES = [
    Mutant("one person sits on two seats", VOICE, "meetings/services.py", "if any(member.person_id == person.pk for member in there):", "if False:"),
    Mutant("a quorum counts seats", VOICE, "meetings/selectors.py", "Quorum(len(voting), len(persons), needed,", "Quorum(len(voting), len(present), needed,"),
    Mutant("who has left votes on", VOICE, "meetings/voting.py", "for member in taking_part(ballot.item) if member.person_id", "for member in ballot.item.meeting.attendances.all() if member.person_id"),
    Mutant("what no step carries out is put to the vote", VOICE, "meetings/voting.py", "    if step is None:\n        raise", "    if step is None and has_moved_on(case):\n        raise"),
    Mutant("a case that moved while it was voted on is resolved", VOICE, "meetings/voting.py", "    if moved:\n", "    if False:\n"),
    Mutant("who is recused reads on", FILES, "meetings/dossiers.py", "item.pk in view.recused_from", "False"),
    Mutant("files are open before the agenda is published", FILES, "meetings/dossiers.py", "view.meeting.state == Meeting.State.CONVENED", "False"),
    Mutant("files stay open after the minutes are signed", FILES, "meetings/dossiers.py", "view: view.minutes_stand", "view: False"),
    Mutant("who is no member reads the file", FILES, "meetings/dossiers.py", "not view.is_member", "False"),
    Mutant("members read papers with identity numbers", FILES, "casework/reading.py", "refused = datum_of_paper(case, kind) not in readable", "refused = False"),
    Mutant("what a body resolved is shown as a condition", FILES, "site/item_files/contents.py", " and not rule.asks_body", ""),
    Mutant("who sat once sees every meeting", FILES, "meetings/selectors.py", "Q(*then) | Q(*today_on), person=person", "person=person"),
    Mutant("what fell is told nowhere", VOICE, "meetings/services.py", '            put_aside(item, AgendaItem.State.FALLEN, "item.fall-away", entry)\n', "            pass\n"),
    Mutant("the minutes keep quiet about what fell", VOICE, "meetings/minutes/rendering.py", "        lines.append(say.FELL)\n", "        pass\n"),
    Mutant("a director gives leave to themselves", "casework/test_what_a_case_says.py", "casework/waivers.py", "if waiver.person_id == by.pk:", "if False:"),
]
READING = [
    Mutant("answers are told to whoever sees the case", NEED, "casework/reading.py", "if kind in readable or", "if True or"),
    Mutant("the facts of answers are told to whoever sees the case", NEED, "casework/reading.py", "datum_of_answer(case, entry.act, name) in readable", "name"),
    Mutant("identity numbers are told in the clear", NEED, "casework/reading.py", "masked(text) if kind == Datum.IDENTITY else text", "text"),
    Mutant("papers open to whoever sees the case", NEED, "casework/reading.py", "refused = datum_of_paper(case, kind) not in readable", "refused = False"),
    Mutant("answers of inquiries are told to whoever sees the case", NEED, "casework/reading.py", "if Datum.INQUIRY in read_by(person, over=case) else []", "if True else []"),
    Mutant("payments are shown to whoever sees the case", NEED, "site/pages/case_page.py", "_notes(row) if Datum.MONEY in readable else []", "_notes(row)"),
    Mutant("who has no part in cases sees them", NEED, "casework/selectors.py", "in_places(person, READERS, in_order=in_order)", "in_places(person, in_order=in_order)"),
    Mutant("strangers are found by whoever is at work", NEED, "people/selectors.py", "in_places(person) & Q(pk__in=at_work)", "in_places(person)"),
    Mutant("a form does not say what it asks for", "casework/test_declaring.py", "casework/procedures/soundness.py", 'if step.form and not hasattr(step.form, "datum"):', "if False:"),
]
