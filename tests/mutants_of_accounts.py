"""Sabotages of how accounts begin and come back, and of the second factor: gathered by tests/mutants.py."""

from sabotage import Mutant

CODES, HALVES, DOORS = (
    "accounts/test_one_time_codes.py",
    "accounts/test_letters_in_halves.py",
    "accounts/test_account_doors.py",
)
CURIOUS = "people/test_curious_about_strangers.py"
LOOKED, MACHINE, LOG = (
    "accounts/test_who_looks_after_accounts.py",
    "site/test_half_at_machine.py",
    "site/test_access_log.py",
)
FACTOR, OWN = "people/test_second_factor.py", "accounts/test_own_second_factor.py"

ACCOUNTS = [
    Mutant("an administrator chooses a password", CODES, "people/services.py", "if password is not None and by is not SYSTEM:", "if False:"),
    Mutant("a one-time code is good twice", CODES, "accounts/services.py", "        end(live(person.one_time_codes.filter(pk=row.pk)), Ending.USED)\n        end(live(person.one_time_codes.all()), Ending.REPLACED)\n", ""),
    Mutant("a one-time code is not asked again under the lock", CODES, "accounts/services.py", " or not live(OneTimeCode.objects.filter(pk=row.pk))", ""),
    Mutant("a code is guessed without end", CODES, "accounts/secret_codes.py", ", attempts__lt=most)", ")"),
    Mutant("a code of before the clock was set back stays good", CODES, "accounts/secret_codes.py", ", made_at__lte=moment + SKEW", ""),
    Mutant("a code stays in the outbox", CODES, "notices/delivery.py", "sent_at=now(), secret=None", "sent_at=now()"),
    Mutant("a code that ran out is sent", CODES, "notices/secrets.py", 'if now() >= datetime.fromisoformat(secret["until"]):', "if False:"),
    Mutant("a code comes to who sends it", CODES, "accounts/services.py", "        raise refusals.ToYourself()\n", "        pass\n"),
    Mutant("a code goes to a number that one alone wrote down", LOOKED, "accounts/services.py", "        raise refusals.YourOwnWord()\n", "        pass\n"),
    Mutant("a forgotten password brings a code to a number nobody vouches for", LOOKED, "accounts/services.py", "if way != Way.SMS or number_is_vouched(person)", "if True"),
    Mutant("a county looks after the province's accounts", LOOKED, "people/stated.py", "        raise refusals.HoldsMore()\n", "        pass\n"),
    Mutant("seats in a body are no hindrance", LOOKED, "people/selectors.py", "    return held.union(*(places(person) for places in _places_by_nature))\n", "    return held\n"),
    Mutant("the machine prints although another can", MACHINE, "accounts/letters.py", "            raise refusals.OthersPrint(len(others))\n", "            pass\n"),
    Mutant("the access log shows every region", LOG, "site/operations/access_lines.py", "    if rules_the_country(person):\n", "    if True:\n"),
    Mutant("a refusal in the log names no subject", LOG, "journal/access.py", "row.subject if row else what, what", "what, what"),
    Mutant("whoever is signed in learns whose national id is on record", CURIOUS, "people/services.py", "    ask_to_enter(by, role, division)\n    if known", "    if known"),
    Mutant("an inspector reads for whom strangers act", CURIOUS, "people/api.py", "row = people_findable_by(by).filter(pk=person).first()", "row = _people(request).filter(pk=person).first()"),
    Mutant("one person prints both halves", HALVES, "accounts/letters.py", "        if row.first_by == by.ref:\n            raise refusals.SecondPerson()\n", ""),
    Mutant("who asks prints a half", HALVES, "accounts/letters.py", "    if by.pk == person.pk:", "    if False:"),
    Mutant("a first half alone opens", HALVES, "accounts/secret_codes.py", "return first and second", "return first"),
    Mutant("an answer tells by its haste that there is nobody", DOORS, "accounts/public_pages.py", "        sleep(max(0.0, EVENLY - (monotonic() - began)))\n", "        pass\n"),
    Mutant("a code of the second factor is good twice", FACTOR, "people/sign_in/second_factor.py", "if step is None or step in used:", "if step is None:"),
    Mutant("codes of the second factor are guessed without end", FACTOR, "people/sign_in/second_factor.py", " or not spend(CODES, account.pk)", ""),
    Mutant("an identity is confirmed without the second factor", FACTOR, "people/sign_in/confirming.py", "if has_second_factor(account) and use_code(account, code) is None:", "if False:"),
    Mutant("a printed list is not asked for", OWN, "people/sign_in/adapters.py", "if types and Authenticator.Type.WEBAUTHN in types and len(types) > 1:", "if False:"),
    Mutant("a second factor is turned on without the password", OWN, "accounts/second_factor/holder_pages.py", "    step = step_shown(secret, code)\n    _confirm(request, **identity)\n", "    step = step_shown(secret, code)\n"),
    Mutant("a key that was shown to another is taken", OWN, "accounts/second_factor/keys_shown.py", 'if data["account"] != account.pk:', "if False:"),
    Mutant("what is adopted binds nobody", OWN, "site/middleware/second_factor.py", "        if requirement.binds:\n", "        if False:\n"),
    Mutant("a program works without a second factor", OWN, "site/middleware/second_factor.py", "if requirement is not None and requirement.binds:", "if False:"),
    Mutant("members are asked for no second factor", OWN, "site/middleware/second_factor.py", " and not _is_member(request)", ""),
]
ROW_LOCKS = [
    Mutant("two use one code of the second factor at once", FACTOR, "people/sign_in/second_factor.py", "Authenticator.objects.select_for_update().filter(", "Authenticator.objects.filter("),
]
