"""Sabotages of the inspector's phone, and of what seals the rows of tables."""

from sabotage import Mutant

KEEPING, SENDING = "browser/test_field_keeping.py::test_", "browser/test_field_sending.py::test_"
ON_THE_PHONE = "inspections/static/inspections/field/"
SEALING, TAMPERING, KEPT = "journal/test_sealing.py", "journal/test_tampering.py", "files/test_files.py"

PHONE = [
    Mutant("the phone says kept before the disk has it", KEEPING + "a_visit_is_said_to_be_kept_only_once_the_disk_has_it", ON_THE_PHONE + "store.js", "const [result] = await Promise.all([worked(transaction, work), ended]);", "const result = await worked(transaction, work);"),
    Mutant("the phone shows a verdict on what is not kept", KEEPING + "a_report_that_is_not_saved_is_not_said_to_wait_and_can_be_finished_later", ON_THE_PHONE + "visit_screen.js", "if (!isClosed) return;", 'if (!isClosed) draft.state = "waiting";'),
    Mutant("a save that failed on the phone stops every later one", KEEPING + "the_next_touch_saves_everything_that_was_not", ON_THE_PHONE + "keeping.js", "    queue.failed = upTo;\n", "    throw error;\n"),
    Mutant("a draft on the phone names photos that are not there", KEEPING + "where_there_is_room_for_words_but_not_for_photos_the_words_are_saved", ON_THE_PHONE + "keeping.js", "photos: photos() }, dropped", "photos: draft.photos }, dropped"),
    Mutant("two windows of the phone hold one visit", KEEPING + "a_second_window_that_was_open_before_does_not_begin_the_visit_anew", ON_THE_PHONE + "holds.js", "{ ifAvailable: true }", "{ steal: true }"),
    Mutant("a window of the phone takes itself for another", KEEPING + "a_window_that_asks_twice_for_a_visit_has_it_both_times", ON_THE_PHONE + "holds.js", 'if (held.has(visit)) return resolve("had");', ""),
    Mutant("a window of the phone lets go what it is sending", SENDING + "a_window_that_sends_holds_the_visit_until_all_of_it_is_sent", ON_THE_PHONE + "holds.js", "!busy.has(visit) && ", ""),
    Mutant("a window of the phone writes over another's", KEEPING + "without_locks_who_writes_second_overwrites_nothing", ON_THE_PHONE + "store.js", "after === undefined) continue;", "true) continue;"),
    Mutant("what the browser threw away is not saved anew", KEEPING + "what_the_browser_threw_away_is_saved_anew_and_said", ON_THE_PHONE + "store.js", '  if (!there) locks.put(owner, "lock");\n', ""),
    Mutant("a phone sends in whoever's name is signed in", SENDING + "nothing_is_sent_in_the_name_of_another_who_signed_in_nor_comes_their_round", ON_THE_PHONE + "sending.js", "if (found !== undefined && found !== store.who())", "if (false)"),
    Mutant("another's round comes onto the phone", SENDING + "nothing_is_sent_in_the_name_of_another_who_signed_in_nor_comes_their_round", ON_THE_PHONE + "round.js", "told.inspector.id !== store.who()", "false"),
    Mutant("the phone waits by a clock that somebody sets", SENDING + "a_clock_set_back_in_the_middle_stops_no_sending_and_no_report", ON_THE_PHONE + "sending.js", "performance.now()", "Date.now()"),
    Mutant("a visit ends before it began", SENDING + "a_visit_over_which_the_clock_was_set_back_does_not_end_before_it_began", ON_THE_PHONE + "drafts.js", "if (left.at < draft.arrived.at)", "if (false)"),
    Mutant("the page of sign-in is kept as the phone's", SENDING + "a_new_version_that_comes_while_nobody_is_signed_in_does_not_shut_the_phone", ON_THE_PHONE + "worker.js", " && !answer.redirected", ""),
    Mutant("a new version of the phone comes in the middle of a visit", SENDING + "a_new_version_in_the_middle_of_a_visit_comes_when_the_phone_is_opened_again", ON_THE_PHONE + "worker.js", "event.waitUntil(kept())", "event.waitUntil(kept().then(() => self.skipWaiting()))"),
]
ROWS = [
    Mutant("rows are not compared with what was sealed", SEALING, "journal/verification/chains.py", "elif state != subject.state:", "elif False:"),
    Mutant("rows that were added or removed are not sealed", SEALING, "journal/sealing/states.py", "lines[row[0]].append(each.line(row, chains[row[0]][0], secret_of))", "pass"),
    Mutant("what is personal is sealed bare", SEALING, "journal/sealing/states.py", "hmac.new(secret, encoded(facts), sha256)", "hmac.new(b'', encoded(facts), sha256)"),
    Mutant("words can be moved", SEALING, "journal/erasure/erasable_text.py", "place=row.place)\n    entry.written", "place='')\n    entry.written"),
    Mutant("words that are gone are not asked for", SEALING, "journal/verification/verify.py", "if whose not in totals.erased:", "if False:"),
    Mutant("numbers that nobody gave are believed", SEALING, "journal/verification/verify.py", "if sorted(totals.numbers[series]) != list(range(1, last + 1)):", "if False:"),
    Mutant("what an entry bound is not compared", SEALING, "journal/verification/chains.py", "there.get(key) != stored", "False"),
    Mutant("a missing guard is not named", SEALING, "journal/sealing/triggers.py", "        if text != there.get(name, \"\"):", "        if False:"),
    Mutant("what a clock set back recorded is not sealed", SEALING, "journal/verification/checkpoints.py", "filter(pk__gt=_settled(oldest), pk__lte=upto)", "filter(pk__gt=_settled(oldest), pk__lte=upto, at__gte=last.at if last else clock.now())"),
    Mutant("the access log is not compared", SEALING, "journal/verification/verify.py", "if root_of_access(rows) != (", "if False and ("),
    Mutant("a secret that cannot be opened is believed", SEALING, "journal/verification/verify.py", "if not erasable_text.can_open(whose, bytes(wrapped)):", "if False:"),
    Mutant("a key that was emptied by hand is an erasure", KEPT, "files/selectors.py", "erased = file.whose in gone and", "erased ="),
    Mutant("contents are looked at and not opened", KEPT, "files/contents.py", "        key, content = key_of(file), read(file)\n", "        return disk.size_of(file.path) == file.size + NONCE + TAG\n"),
    Mutant("what is of another kind is taken for what was sealed", TAMPERING, "journal/sealing/values.py", "return lambda value: value if type(value) is kind else odd(value)", "return lambda value: value"),
    Mutant("a key that JSON names twice is not noticed", TAMPERING, "journal/sealing/values.py", "return found if len(found) == len(pairs) else", "return found if True else"),
    Mutant("what cannot be read ends the verification", TAMPERING, "journal/verification/unreadable.py", "(ValueError, TypeError, AttributeError, LookupError, DatabaseError)", "()"),
    Mutant("an entry that no checkpoint sealed is believed", TAMPERING, "journal/verification/verify.py", "        yield from readable(JOURNAL, _never_sealed())\n", ""),
    Mutant("strange triggers are not named", TAMPERING, "journal/sealing/triggers.py", "if text != GUARDS[connection.vendor].get(name))", "if False)"),
    Mutant("a guard that says something else is believed", TAMPERING, "journal/sealing/triggers.py", 'if text != there.get(name, ""):', 'if text not in there.get(name, ""):'),
    Mutant("a database does not know its key again", TAMPERING, "journal/erasure/erasable_text.py", "can_open(row.whose, bytes(row.wrapped))", "can_open('', bytes(row.wrapped))"),
    Mutant("a journal is migrated and nothing sealed anew", "site/test_versions.py", "site/management/commands/migrate.py", 'newer() or (UPGRADE if held["entries"] and held["older"] else None)', "newer()"),
]
