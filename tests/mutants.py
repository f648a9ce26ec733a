"""Sabotage a copy of the house in one place at a time; the named tests must notice each time.

    make mutants        tries on SQLite what SQLite must catch, and on PostgreSQL what only PostgreSQL can catch
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import NamedTuple

HOUSE = Path(__file__).parent.parent
LEFT_OUT = ignore_patterns("__pycache__", ".*", "*.sqlite*", "var", "siting", "docs")


class Mutant(NamedTuple):
    """A sabotage: what it does, which tests must notice, in which file, what is said there, what is said instead."""

    name: str
    tests: str
    file: str
    old: str
    new: str


RACES, PROCEDURE, JOURNAL = "casework/test_races.py", "casework/test_every_procedure.py", "journal/test_journal.py"
LOCKS, CLOCK, LAW = "journal/test_locks.py", "casework/test_clock.py", "licensing/test_new_licence.py"
VOTES, MEETINGS = "meetings/test_quorum_and_votes.py", "meetings/test_meetings.py"
SEEN, REGISTER, VISITS = "site/test_who_sees_what.py", "offices/test_two_times.py", "inspections/test_visits.py"
EVERY, LISTS, ROOM = "site/test_every_page.py", "site/test_lists.py", "meetings/test_room.py"
MATTERS, RENEWING = "licensing/test_matters.py", "licensing/test_renewal_clock.py"
COUNTER, BEGINNING, OWED = "counter/test_catalogue.py", "licensing/test_beginning.py", "offices/test_undertakings.py"
DOSSIERS, OFFICE = "site/test_dossiers.py", "site/test_office_page.py"
LETTERS, RENDERING = "letters/test_letters.py", "letters/test_rendering.py"
TOKENS, VERIFYING = "credentials/test_tokens.py", "register/test_verification.py"
WAYS, SERVICE, BANK = "notices/test_ways.py", "notices/test_service.py", "payments/test_bank_files.py"
SYNCING, FIELD = "inspections/test_syncing.py", "inspections/test_field_api.py"
EXCHANGE, PACKING = "exchange/test_exchange.py", "exchange/test_packing.py"
CHOOSING, ROUTING, PLANS = "rounds/test_choosing.py", "rounds/test_routing.py", "rounds/test_plans.py"
CHANGES, REASONS = "rounds/test_changes.py", "rounds/test_reasons.py"
DUE, ACCUSED, ACCUSING = ("enforcement/test_due_process.py", "enforcement/test_violations.py",
                          "enforcement/test_races_of_violations.py")
PUNISHED = "enforcement/test_who_is_punished.py"
BULLETIN, EDITIONS = "measures/test_bulletin.py", "casework/test_editions.py"
COMPLAINTS, DOORS = "enforcement/test_complaints.py", "enforcement/test_complaint_doors.py"
FOLLOWING, MINE = "inspections/test_what_follows.py", "site/test_my_office.py"
REPAYING = "payments/test_repaying.py"

POSTGRES = [
    Mutant("rows are not locked", RACES, "journal/locks.py", "select_for_update()", "all()"),
    Mutant("the locked row is thrown away", RACES, "journal/locks.py",
           "row.refresh_from_db(from_queryset=_for_update(type(row)))", "_for_update(type(row)).get(pk=row.pk)"),
    Mutant("what rules count is not locked", RACES, "casework/services.py", "rows := step.locks(case)", "rows := ()"),
    Mutant("a deadlock is not tried again", LOCKS, "journal/locks.py", "not in (DEADLOCK, SERIALISATION)", "not in (SERIALISATION,)"),
    Mutant("one case comes before two meetings", ACCUSING, "meetings/services.py",
           "        lock(case)  # of two meetings that would have it at once the second finds it taken\n", ""),
    Mutant("a number series is not locked", RACES, "journal/numbering.py", "    lock(row)\n", ""),
    Mutant("series are locked by age", LOCKS, "journal/locks.py", 'getattr(row, "order", row.pk)', "row.pk"),
]
SQLITE = [
    Mutant("a term runs from the letter", CLOCK, "casework/deadlines.py", "if case.pk in served\n", "if False\n"),
    Mutant("a notice need not be served", DUE, "enforcement/due_process.py", 'served_by(case, "notify") is not None', "True"),
    Mutant("a decision need not be served", DUE, "enforcement/due_process.py", 'served_by(case, "impose") is not None', "True"),
    Mutant("the time to explain is not waited for", DUE, "enforcement/due_process.py",
           "> case.reckoned(REPLY_TERM).value)", "> -1)"),
    Mutant("the time to object is not waited for", DUE, "enforcement/due_process.py",
           "> case.reckoned(OBJECTION_TERM).value)", "> -1)"),
    Mutant("a vote is on whatever the draft became", DUE, "meetings/voting.py", "case_revision=ballot.case_revision", "case_revision=item.case.revision"),
    Mutant("a draft changes while members vote", DUE, "enforcement/violation.py", "when=(no_vote_is_open, ", "when=("),
    Mutant("an urgent suspension lasts longer than it may", DUE, "enforcement/register_acts.py", "timedelta(days=most - 1)", "timedelta(days=most + 30)"),
    Mutant("the days of an urgent suspension do not count", DUE, "enforcement/register_acts.py", " - _days_served(case, from_on)", ""),
    Mutant("what the court annuls stays in the register", DUE, "enforcement/register_acts.py", "for period in _periods(sanction):", "for period in ():"),
    Mutant("a sanction is voted on without a draft", ACCUSED, "meetings/voting.py", "if step and (broken", "if False and (broken"),
    Mutant("violations come before any body", ACCUSED, "meetings/selectors.py", "if each.decided_by == body.code)", "if each.decided_by)"),
    Mutant("a ladder that nobody adopted punishes", ACCUSED, "enforcement/due_process.py", "return all(of_the_act", "return any(of_the_act"),
    Mutant("departing from similar cases needs no reason", ACCUSED, "enforcement/due_process.py",
           "as_usual or bool(stated[\"departure\"].strip())", "True"),
    Mutant("what was annulled is an example", ACCUSED, "enforcement/selectors.py",
           "annulled_on=None).exclude(case=case).select_related(\"case\"", ").exclude(case=case).select_related(\"case\""),
    Mutant("an earlier violation counts for ever", ACCUSED, "enforcement/selectors.py", "final_on__gt=first, ", ""),
    Mutant("another's violation counts", ACCUSED, "enforcement/selectors.py", "case__person=case.person_id,\n        case__organisation=case.organisation_id", ""),
    Mutant("a bare report is told to the holder", ACCUSED, "casework/selectors.py", " & ~kept_inward()\n", "\n"),
    Mutant("a draft is told to the holder", ACCUSED, "casework/selectors.py", "entries.exclude(act__in=inward)", "entries"),
    Mutant("what is not final is public", ACCUSED, "enforcement/selectors.py", "final_on__gt=since, final_on__lte=on,", "decided_on__gt=since,"),
    Mutant("who bought the office is punished", PUNISHED, "enforcement/due_process.py",
           'for day in (stated["committed_on"], day_of(at))', 'for day in (stated["committed_on"],)'),
    Mutant("one is heard before one was called", PUNISHED, "enforcement/due_process.py", " and served <= hearing", ""),
    Mutant("a finding that was taken back is charged", PUNISHED, "enforcement/due_process.py",
           "return visit is None or item in", "return True or item in"),
    Mutant("a finding that was taken back is reported", PUNISHED, "inspections/selectors.py",
           'answer=Finding.Answer.NOT_OK, revised=""', "answer=Finding.Answer.NOT_OK"),
    Mutant("an urgent suspension outlives a warning", PUNISHED, "enforcement/effects.py",
           '"" if rung.lasts or rung.ends_it else end_the_order(case, entry, today())', '""'),
    Mutant("annulling a warning undoes a revocation", PUNISHED, "enforcement/register_acts.py",
           "sanction.days is None and ends_it(sanction)", "sanction.days is None"),
    Mutant("the clock of a phone shows any year", FIELD, "inspections/field_report.py",
           "if not FIRST_YEAR < moment.year < LAST_YEAR:", "if False:"),
    Mutant("a phone tells the round of a place that was left", FIELD, "inspections/selectors.py",
           "Visit.objects.filter(in_places(person, [Role.INSPECTOR]), inspector=person", "Visit.objects.filter(inspector=person"),
    Mutant("places of refused reports are kept for ever", SYNCING, "inspections/expiring.py",
           "*(refused[subject] for subject in sorted(kept)[:AT_ONCE])", ""),
    Mutant("whoever reported it is not suggested", ACCUSED, "enforcement/recusals.py", "if each.ref == reported or each.pk == dossier.reporter_id", "if False"),
    Mutant("renewal does not wait for a violation case", MATTERS, "licensing/renewal.py",
           "licence_is_in_force, no_violation_is_open)", "licence_is_in_force)"),
    Mutant("SQLite begins deferred", RACES, "site/settings.py", '"IMMEDIATE"', '"DEFERRED"'),
    Mutant("INSERT OR REPLACE slips by", JOURNAL, "site/settings.py", "recursive_triggers=ON", "recursive_triggers=OFF"),
    Mutant("nobody guards deletions", JOURNAL, "journal/permanence.py", '("update", "delete")', '("update",)'),
    Mutant("a lock out of order is let pass", LOCKS, "journal/locks.py", "and place < max(held)", "and False"),
    Mutant("permission is not asked", PROCEDURE, "journal/acts.py", "if capacity is None:", "if False:"),
    Mutant("facts are not sealed", JOURNAL, "journal/models.py", "self.at, self.facts]", "self.at]"),
    Mutant("the day is not sealed", JOURNAL, "journal/models.py", "self.happened_on, self.at", "self.at"),
    Mutant("times are sealed as told", JOURNAL, "journal/canonical.py", "fact.astimezone(UTC)", "fact"),
    Mutant("a cut tail goes unnoticed", JOURNAL, "journal/verify.py", "if head != rows[subject] or not head[0]",
           "if not head[0]"),
    Mutant("checkpoints are not compared", JOURNAL, "journal/verify.py", "for seal in seals.values()", "for seal in ()"),
    Mutant("the root is not compared", JOURNAL, "journal/verify.py", 'if entry.facts["root"] != ', "if False and "),
    Mutant("replay believes the row", JOURNAL, "casework/verify.py", "stages.get(subject) != case.stage", "False"),
    Mutant("words stand in the journal", JOURNAL, "casework/fields.py", "return keep(entry, name, value, whose=whose)",
           "return value"),
    Mutant("one pair of eyes will do", PROCEDURE, "casework/services.py", "if not is_barred(by, case, step)", "if True"),
    Mutant("offers hide the second pair", PROCEDURE, "casework/selectors.py",
           "barred = is_barred(person, case, step) and", "barred = False and"),
    Mutant("a step leads on from anywhere", PROCEDURE, "casework/services.py", "or case.where not in step.sources", ""),
    Mutant("an unsourced default refuses", LAW, "casework/selectors.py",
           "all(case.reckoned(key).binds for key in rule.relies_on)", "True"),
    Mutant("the royalty is forgotten", LAW, "licensing/new_licence.py", "premises_have_passed, royalty_is_paid, term",
           "premises_have_passed, term"),
    Mutant("a place is not held from the approval", LAW, "licensing/stages.py", "(VETTING, FINAL_VISIT,", "(FINAL_VISIT,"),
    Mutant("a stale page is believed", LAW, "casework/services.py", "seen is not None and seen != case.revision", "False"),
    Mutant("a strangers file is attached", LAW, "casework/papers.py", "if file.uploaded_by != entry.actor", "if False"),
    Mutant("a spent resolution opens steps", LAW, "meetings/selectors.py",
           "filter(case=case, case_revision=case.revision)", "filter(case=case)"),
    Mutant("the clock runs in a pause", CLOCK, "casework/deadlines.py", "stages[stage].paused and", "False and"),
    Mutant("a holiday declared late is not counted", CLOCK, "regulation/calendar.py",
           "day.weekday() == FRIDAY or any(place.startswith(where) for where in self._off.get(day, ()))",
           "day.weekday() == FRIDAY"),
    Mutant("another province's holiday is counted", CLOCK, "regulation/calendar.py",
           "any(place.startswith(where) for where in self._off.get(day, ()))", "bool(self._off.get(day))"),
    Mutant("a default lapses requests", CLOCK, "casework/clock.py", "case.reckoned(case.where.within).binds and ", ""),
    Mutant("bodies are reminded for ever", CLOCK, "casework/inquiries.py", "if inquiry.reminded_on is None and", "if"),
    Mutant("recusal leaves the quorum alone", VOTES, "meetings/selectors.py",
           "each.seat.votes and each.person_id not in recused", "each.seat.votes"),
    Mutant("half is a quorum", VOTES, "meetings/selectors.py", ".value // 100 + 1", ".value // 100"),
    Mutant("the region may be missing", VOTES, "meetings/selectors.py", "and not self.region_is_missing", ""),
    Mutant("a later vote takes the place of the first", VOTES, "meetings/voting.py",
           "seat=entitled.seat_id).exists():\n                raise refusals.VotedAlready()",
           "seat=entitled.seat_id).exists():\n                ballot.votes.filter(seat=entitled.seat_id).delete()"),
    Mutant("entitlement is not frozen", VOTES, "meetings/voting.py", "if entitled is None:\n                raise",
           "if False:\n                raise"),
    Mutant("a ballot without quorum counts", VOTES, "meetings/voting.py", "if not quorum.met\n", "if False\n"),
    Mutant("a tie is carried", VOTES, "meetings/voting.py", 'votes_for * 100 > (', 'votes_for * 100 >= ('),
    Mutant("numbers of resolutions have gaps", VOTES, "journal/numbering.py", "row.last += 1", "row.last += 2"),
    Mutant("signed minutes are redrafted", MEETINGS, "meetings/minutes.py", "if existing.signatures.exists()", "if False"),
    Mutant("a resolution is carried out twice", MEETINGS, "meetings/carrying_out.py",
           'filter(item__meeting=meeting, carried_out="")', "filter(item__meeting=meeting)"),
    Mutant("resolutions are known before they are", MEETINGS, "meetings/selectors.py",
           "resolutions = resolutions.exclude(pk__in=later)", "pass"),
    Mutant("cases of every region are shown", SEEN, "casework/selectors.py",
           "own_cases(person) | in_places(person, in_order=in_order) & ~drafts", "own_cases(person) | ~drafts"),
    Mutant("drafts are shown to staff", SEEN, "casework/selectors.py",
           "in_places(person, in_order=in_order) & ~drafts", "in_places(person, in_order=in_order)"),
    Mutant("a page opens to every role", EVERY, "people/doors.py", "if not roles_held(request) & set(roles):", "if False:"),
    Mutant("pages ask nobody to sign in", EVERY, "site/settings.py", '    "pishkhan.people.doors.SignInFirst",\n', ""),
    Mutant("lists of cases forget the region", LISTS, "people/selectors.py",
           "Q(division__code__startswith=each.place) if in_order", "Q() if in_order"),
    Mutant("the folded search is forgotten", LISTS, "geography/selectors.py",
           "Q(search__contains=folded(written)) | Q(search__contains=gapless(written))", "Q(search__contains=written)"),
    Mutant("exports show more than the list", LISTS, "casework/pages.py", "_cells(row) for row in rows_of(list(found[",
           "_cells(row) for row in rows_of(list(Case.objects.all()["),
    Mutant("a formula leaves the house", LISTS, "people/exports.py", "cell.startswith(FORMULA)", "False"),
    Mutant("every case of mine is overdue", LISTS, "casework/deadlines.py", "day is not None and day < on", "day is not None"),
    Mutant("the room never moves", ROOM, "meetings/pages.py", 'if request.GET.get("seen") == stamp_of(found)', "if True"),
    Mutant("minutes do not move the room", ROOM, "meetings/pages.py", "{minutes or 0}", "0"),
    Mutant("a service costs what it cost once", COUNTER, "counter/selectors.py", "Q(valid_to=None) | Q(valid_to__gt=on), ", ""),
    Mutant("any office offers anything", COUNTER, "counter/services.py", 'service.kind not in ("", office.kind)', "False"),
    Mutant("open on holidays", COUNTER, "counter/selectors.py", "if calendar.is_holiday(there.date(), place=\"\")", "if False"),
    Mutant("a text with a NUL is let in", "site/test_readable.py", "site/readable.py", '"\\0" not in text', "True"),
    Mutant("visits of every region are shown", SEEN, "inspections/selectors.py", "within(Visit.objects.all(), person)",
           "Visit.objects.all()"),
    Mutant("people of every region are shown", SEEN, "people/api.py",
           "within(Person.objects.filter(erased_on=None), asker(request))", "Person.objects.filter(erased_on=None)"),
    Mutant("what is superseded is known now", REGISTER, "offices/two_times.py", "return self.filter(superseded_at=None)",
           "return self.all()"),
    Mutant("as known on forgets the end of the day", REGISTER, "offices/two_times.py",
           "day + timedelta(days=1), time()", "day, time()"),
    Mutant("the last day is left out", REGISTER, "offices/status.py", "after = valid_until + timedelta(days=1)",
           "after = valid_until"),
    Mutant("the same inspector goes again", VISITS, "inspections/services.py",
           "if last_inspector(visit) == inspector.pk", "if False"),
    Mutant("a critical fault may be passed", VISITS, "inspections/answering.py", "if critical and told", "if False"),
    Mutant("every leave ever given is counted", BULLETIN, "inspections/selectors.py",
           "number=1, happened_on__range=(from_on, to_on))", "number=1)"),
    Mutant("visits are known before they are reported", BULLETIN, "inspections/selectors.py",
           "visits.filter(submitted_at__lt=end_of(known_on)) if known_on else visits", "visits"),
    Mutant("imported licences are counted as issued", BULLETIN,
           "measures/figures.py", "lying_in(period.region), origin=Licence.Origin.NEW,", "lying_in(period.region),"),
    Mutant("people are not weighed", BULLETIN, "measures/access.py", "np.average(km, weights=places.people)",
           "np.average(km)"),
    Mutant("what stands in the way is begun all the same", BEGINNING, "licensing/matters.py",
           "if in_the_way := matter.in_the_way:", "if in_the_way := ():"),
    Mutant("undertakings of other regions are listed", OWED, "offices/owed.py", ".filter(in_places(person))\n    if sought.of",
           ".all()\n    if sought.of"),
    Mutant("the seller reads what the buyer wrote", DOSSIERS, "casework/selectors.py",
           "Role.APPLICANT if Role.OTHER_SIDE in held else Role.OTHER_SIDE", 'Role.APPLICANT if Role.OTHER_SIDE in held else ""'),
    Mutant("a successor hides the licence that holds", OFFICE, "offices/selectors.py", "return 0 if status is None else",
           "return 3 if status is None else"),
    Mutant("inquiries are for everybody at work", LETTERS, "letters/selectors.py", "in_places(person, roles or None)",
           "in_places(person)"),
    Mutant("a party has what is about it", LETTERS, "letters/selectors.py", " if kind.for_party]", "]"),
    Mutant("a kept copy lies in the clear", LETTERS, "letters/copies.py", "made = sealed(made, whose=whose)", "pass"),
    Mutant("who is erased stays in documents", LETTERS, "letters/records.py", "whose=fact.whose)", "whose=whose)"),
    Mutant("a document bears the moment it is made", RENDERING, "letters/typst/house.typ", "date: moment(record.made)",
           "date: auto"),
    Mutant("a message is sent under a new key", WAYS, "notices/sms.py", '"Idempotency-Key": message.id', '"Idempotency-Key": str(id(message))'),
    Mutant("mail leaves without TLS", WAYS, "notices/mail.py", "if self.security == NONE and self.host not in HERE", "if False"),
    Mutant("a default starts terms", SERVICE, "notices/selectors.py", "if days.binds else None", ""),
    Mutant("more is returned than was overpaid", REPAYING, "payments/repaying.py",
           "if amount > (left := row.left_to_return):", "if amount > (left := row.overpaid):"),
    Mutant("what is owed is returned", REPAYING, "payments/repaying.py", "if not row.overpaid:", "if False:"),
    Mutant("one paper returns twice", REPAYING, "payments/repaying.py",
           "if Repayment.objects.filter(row=row, paper=paper).exists():", "if False:"),
    Mutant("what went back is still to be returned", REPAYING, "payments/selectors.py",
           'Q(overpaid__gt=F("repaid"))', "Q(overpaid__gt=0)"),
    Mutant("a file is taken in twice", BANK, "payments/importing.py", "if known := BankFile.objects.filter(digest=digest).first():", "if known := None:"),
    Mutant("a banks wrong amount is booked", BANK, "payments/importing.py", "if amount == ledger.owed[note.pk] else", "if True else"),
    Mutant("notes of every region are paid", BANK, "payments/importing.py", "lying_in(division.code), number__in", "number__in"),
    Mutant("bank rows of every region are shown", BANK, "payments/selectors.py", "BankRow.objects.filter(in_places(person, SETTLING))", "BankRow.objects.all()"),
    Mutant("an altered table is believed", PACKING, "exchange/packing.py", "if checksum(parts[ANSWERS]) != manifest.sha256", "if False"),
    Mutant("an offence comes in", PACKING, "exchange/packing.py", "if column not in NEEDED + FURTHER or", "if"),
    Mutant("letters from the future are believed", EXCHANGE, "exchange/services.py", "if answer.letter_on > today()", "if False"),
    Mutant("a package tells what has changed", EXCHANGE, "exchange/services.py", "if checksum(table) != package.digest", "if False"),
    Mutant("bodies are asked twice", EXCHANGE, "exchange/selectors.py", "~Exists(sent), answered_on=None", "answered_on=None"),
    Mutant("who has waived asks all the same", RENEWING, "licensing/holding.py", "and not waived.exists())", ")"),
    Mutant("a holder is reminded twice", RENEWING, "licensing/clock.py", "or date.min) < due[-1]", "or date.min) <= due[-1]"),
    Mutant("the suspended are not reminded", RENEWING, "licensing/clock.py", ", Status.CLOSED, Status.SUSPENDED)", ",)"),
    Mutant("a draft counts as asked for", RENEWING, "casework/selectors.py",
           "stage.turn is not None), submitted_on__isnull=False)", "stage.turn is not None))"),
    Mutant("a proxy signs for the holder", MATTERS, "licensing/transfer.py",
           "when=(signs_without_a_proxy,), then=name_the_buyer", "then=name_the_buyer"),
    Mutant("a renewal begins at its issue", MATTERS, "licensing/register_effects.py",
           'max(licence.valid_until + timedelta(days=1), stated["issued_on"])', 'stated["issued_on"]'),
    Mutant("a renewal costs it all", MATTERS, "licensing/fees.py", "royalty.value * share.value // 100", "royalty.value"),
    Mutant("a buyer may sell at once", MATTERS, "licensing/holding.py",
           "not holding_periods(licence_of(case).office, day_of(at)).exists()", "True"),
    Mutant("booths of a year do not add up", MATTERS, "licensing/holding.py", "_days_asked(case) + had <=",
           "_days_asked(case) <="),
    Mutant("an office that opens again stays closed", MATTERS, "licensing/register_effects.py",
           "if status_of(dossier.licence, today()) == Status.CLOSED:", "if False:"),
    Mutant("silence clears everything", CLOCK, "casework/inquiries.py", ".silence_clears:", ".silence_clears or True:"),
    Mutant("submitting fixes no edition", EDITIONS, "casework/services.py",
           "case.edition, case.submitted_on = step.owner.edition, today()", "case.submitted_on = today()"),
    Mutant("a bit outside the signature may flip", TOKENS, "credentials/cose.py",
           "if not rest.startswith(NO_UNPROTECTED):", "if False:"),
    Mutant("a list that is over is believed", TOKENS, "credentials/verifier.py",
           "if found is None or found.is_too_old_at(at) else", "if found is None else"),
    Mutant("the last day of a term is lost", TOKENS, "credentials/claim.py",
           "moment.timestamp() >= midnight(self.last_day + timedelta(days=1))", "moment.timestamp() >= midnight(self.last_day)"),
    Mutant("a key is believed for ever", TOKENS, "credentials/verifier.py", "or not key.is_believed_on(day_of(at))", ""),
    Mutant("a list lags behind the register", VERIFYING, "offices/credential.py",
           "*facts.values(), *licences.values()]", "*licences.values()]"),
    Mutant("a new key signs what is old", VERIFYING, "credentials/selectors.py",
           "next((key for key in reversed(keys) if key.signs(day)), keys[0] if keys else None)", "keys[-1] if keys else None"),
    Mutant("the draw is by code", CHOOSING, "rounds/choosing.py",
           'key=lambda code: sha256(f"{seed}:{code}".encode()).hexdigest())', "key=str)"),
    Mutant("who is drawn is chosen again", CHOOSING, "rounds/choosing.py",
           "if office.pk not in taken and (days", "if (days"),
    Mutant("risk ignores its weights", CHOOSING, "rounds/risk.py", "return self.weight * self.measure", "return self.measure"),
    Mutant("whatever anybody tells of an office is its risk", CHOOSING, "enforcement/complaint_lists.py",
           "Complaint.objects.filter(asked | pursued, Q(state", "Complaint.objects.filter(Q(state"),
    Mutant("complaints count for ever", CHOOSING, "rounds/risk.py",
           "if _within(day, asked, numbers.COMPLAINT_DAYS, office)]", "if True]"),
    Mutant("a complaint that was not founded is risk", CHOOSING, "enforcement/complaint.py",
           "FOUNDED = (Complaint.Outcome.REMEDIED,", "FOUNDED = (Complaint.Outcome.UNFOUNDED, Complaint.Outcome.REMEDIED,"),
    Mutant("risk comes before what is due", CHOOSING, "rounds/choosing.py", "[:max(wanted - len(by_lot), 0)]", "[:0]"),
    Mutant("who was just visited is chosen again", CHOOSING, "rounds/choosing.py", "days > gap", "days >= 0"),
    Mutant("offices of all regions are in the draw", CHOOSING, "rounds/gathering.py",
           "active_offices(on, place=division.code)", "active_offices(on)"),
    Mutant("the same inspector goes again", ROUTING, "rounds/routing.py", "turn.inspector not in opening.task.barred\n            and ", ""),
    Mutant("opening hours of another day count", ROUTING, "rounds/routing.py",
           "(turn.day, opening.opens, opening.closes) in opening.task.windows", "True"),
    Mutant("the check forgets the way", ROUTING, "rounds/feasibility.py",
           "halt.begins < free + problem.seconds[at, task.point]", "halt.begins < free"),
    Mutant("the check forgets who was there", ROUTING, "rounds/feasibility.py", "if turn.inspector in task.barred:", "if False:"),
    Mutant("a plan that is broken is published", PLANS, "rounds/services.py",
           "if plan.state != Plan.State.ROUTED or check_plan(plan):", "if plan.state != Plan.State.ROUTED:"),
    Mutant("a second worker writes over the first", PLANS, "rounds/services.py",
           "if plan.state != Plan.State.WAITING:", "if False:"),
    Mutant("what was cancelled is handed out", PLANS, "rounds/services.py",
           "stop.visit.state != Visit.State.PLANNED]", "False]"),
    Mutant("a change of yesterday's plan is done", CHANGES, "rounds/changing.py", "if plan.revision != seen:", "if False:"),
    Mutant("a member of a body sees scores", CHANGES, "rounds/selectors.py",
           "and not Membership.objects.filter(person=person).exists()", ""),
    Mutant("anybody corrects an office", REASONS, "rounds/correcting.py",
           "if office.pk not in offices_of(by, today(), organisations_of(by)):", "if False:"),
    Mutant("the seed is told before the days are over", REASONS, "rounds/told_pages.py",
           "over=each.last_on < on", "over=True"),
    Mutant("a drawn office is told apart from who risk chose", REASONS, "rounds/told_pages.py",
           "[[code, int(code in by_lot)] for code in found.frame]", "[[code, 1] for code in found.frame if code in by_lot]"),
    Mutant("a report that came is not remembered", SYNCING, "inspections/syncing.py",
           "known = Submission.objects.select_related(\"visit\").filter(pk=report.id).first()", "known = None"),
    Mutant("an identifier may stand for another report", SYNCING, "inspections/syncing.py",
           "or known.digest != report.digest", ""),
    Mutant("anybody reports a visit", SYNCING, "inspections/syncing.py", "    if visit.inspector_id != by.pk:\n        raise", "    if False:\n        raise"),
    Mutant("a time to come is believed", SYNCING, "inspections/syncing.py", "if report.left.at > now() + A_MINUTE:", "if False:"),
    Mutant("twice running on the spot", SYNCING, "inspections/syncing.py", "if last_inspector(visit) == by.pk:", "if False:"),
    Mutant("a photo of another report is taken over", SYNCING, "inspections/syncing.py",
           "if Photo.objects.filter(pk=told.id).exists():", "if False:"),
    Mutant("the digest of a photo is not compared", SYNCING, "inspections/photos.py",
           " or sha256(content).hexdigest() != photo.digest", ""),
    Mutant("a bomb is unpacked", SYNCING, "inspections/photos.py", "if max(image.size) > SIDE:", "if False:"),
    Mutant("another sends a photo", SYNCING, "inspections/photos.py", ".filter(pk=key, visit__inspector=by)", ".filter(pk=key)"),
    Mutant("a clock that is off is not flagged", SYNCING, "inspections/plausibility.py", "abs(made.skew) // MINUTE", "0"),
    Mutant("places are never forgotten", SYNCING, "inspections/expiring.py", "rows.update(**NOWHERE)", "pass"),
    Mutant("an answer about somebody is cached", FIELD, "inspections/field_api.py",
           '    response["Cache-Control"] = "no-store"\n    access', "    access"),
    Mutant("a complaint is seen in every region", COMPLAINTS, "enforcement/complaint_lists.py",
           "filter(in_places(person, DESK))", "all()"),
    Mutant("a complaint's text is not withheld again", COMPLAINTS, "enforcement/complaint_holder.py",
           "if row.released else", "if row else"),
    Mutant("a complaint's answer is told unpublished", COMPLAINTS, "enforcement/complaint_pages.py",
           'last_words(every, "published")', 'last_words(every, "answer")'),
    Mutant("complaints are joined in chains", COMPLAINTS, "enforcement/complaints.py", "or complaint.joined.exists()", ""),
    Mutant("a complaint waits for ever for a case that has ended", COMPLAINTS, "enforcement/complaint_terms.py",
           ", State.CASE: COMPLAINT_OUTCOME}", "}"),
    Mutant("a complaint that was taken up again was never closed", BULLETIN, "measures/complaint_figures.py",
           "if period.known_on is None:", "if True:"),
    Mutant("a photo of two complaints outlives both", COMPLAINTS, "enforcement/complaints.py",
           "if not _is_used(file):", "if StoredFile.objects.filter(digest=file.digest).count() == 1:"),
    Mutant("a complaint is taken that nobody reads", COMPLAINTS, "enforcement/complaining.py",
           "elif office is None and not is_seen_to(division):", "elif False:"),
    Mutant("a complaint's photo tells which camera", COMPLAINTS, "enforcement/complaint_desk.py",
           "made = bare(content.read())", "made = content.read()"),
    Mutant("a look at a complaint is not noted", COMPLAINTS, "enforcement/complaint_desk.py",
           'access.note(person.ref, row.subject, "complaint")', "pass"),
    Mutant("a complaint's proof of work is used again", DOORS, "enforcement/toil.py",
           'good and caches["default"].add(f"toil:{stated[\'challenge\']}", 1, LASTS)', "good"),
    Mutant("a complaint's text lies in the journal", DOORS, "enforcement/complaining.py",
           '"text": keep(entry, "text", text, whose=made.whose)', '"text": text'),
    Mutant("a result is public before it is final", FOLLOWING, "inspections/publicity.py",
           "found = next((each for each in last if finality[each.pk].final), None)", "found = next(iter(last), None)"),
    Mutant("a term runs before anybody was told", FOLLOWING, "inspections/publicity.py",
           "each.pk: day for each in visits if (day := told.get(each.notice_id))",
           "each.pk: each.visited_on for each in visits if each.visited_on"),
    Mutant("what was printed counts as served", FOLLOWING, "inspections/publicity.py",
           "served.get(each.because) if each.legal else ", ""),
    Mutant("a report that was told is served once more", FOLLOWING, "inspections/untold.py", "if not may_be_served(visit):", "if False:"),
    Mutant("reports of every region are untold", FOLLOWING, "inspections/untold.py", "in_places(person, READERS), Q(", "Q("),
    Mutant("nobody acts, so nobody is told", FOLLOWING, "inspections/following.py", " or serve_party(visit, entry)", ""),
    Mutant("what is owed names nothing that was found", MINE, "inspections/lists.py",
           "Finding.objects.filter(undertaking__in=[each.pk for each in owed])", "Finding.objects.none()"),
    Mutant("one objects after the term", FOLLOWING, "inspections/objecting.py",
           "if term_of(visit, stands.told_on).binds:", "if False:"),
    Mutant("who found it decides on the objection", FOLLOWING, "inspections/objecting.py",
           "if visit.inspector_id != by.pk and (", "if True and ("),
    Mutant("who accepted decides on the objection", FOLLOWING, "inspections/objecting.py",
           "(accepted is None or accepted.actor != by.ref)", "True"),
    Mutant("what is disputed is owed at once", FOLLOWING, "inspections/following.py", "and not (waits and each.disputed)", ""),
    Mutant("a leave is used again and again", FOLLOWING, "inspections/waiving.py", "        found.used = entry.name\n",
           "        pass\n"),
]


def killed(mutant: Mutant) -> bool:
    """Whether the tests fail once the file says something else."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "house"
        copytree(HOUSE, copy, ignore=LEFT_OUT)
        target = copy / "src" / "pishkhan" / mutant.file
        text = target.read_text()
        if mutant.old not in text:
            sys.exit(f"{mutant.file} no longer says {mutant.old!r}: mend the list of mutants.")
        target.write_text(text.replace(mutant.old, mutant.new))
        run = tested(copy, mutant.tests)
        noticed = re.search(r"\d+ (failed|errors?)", run.stdout) is not None
        if run.returncode and not noticed:
            sys.exit(run.stdout + run.stderr)  # the tests did not run: no proof of anything
        return noticed


def tested(house: Path, tests: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-m", "pytest", "-x", "-q", "-n", "2", f"tests/{tests}"], cwd=house,
                          capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(house / "src"), "PISHKHAN_VAR": str(house / "var")})


def main() -> int:
    named = " ".join(sys.argv[1:])  # only those whose name holds it, if something is named
    mutants, alive = POSTGRES if os.environ.get("DATABASE_URL") else SQLITE, []
    mutants = [mutant for mutant in mutants if named in mutant.name]
    with tempfile.TemporaryDirectory() as folder:
        copytree(HOUSE, copy := Path(folder) / "house", ignore=LEFT_OUT)
        for tests in sorted({mutant.tests for mutant in mutants}):
            if tested(copy, tests).returncode:
                sys.exit(f"{tests} fails without any sabotage.")
    for mutant in mutants:
        dead = killed(mutant)
        print("killed  " if dead else "ALIVE   ", mutant.name, flush=True)
        alive += [mutant.name] * (not dead)
    print(f"{len(mutants) - len(alive)} of {len(mutants)} killed")
    return bool(alive)


if __name__ == "__main__":
    sys.exit(main())
