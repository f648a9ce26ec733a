"""Acts on persons and organisations: entering them, assigning them roles, letting them sign in, erasing them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import IntegrityError

from pishkhan.files.services import erase_contents
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.erasure.erasable_text import destroy, hide, keep, keyed
from pishkhan.journal.locks import lock, one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.language.identifiers import email as valid_email
from pishkhan.language.identifiers import legal_id as valid_legal_id
from pishkhan.language.identifiers import mobile as valid_mobile
from pishkhan.language.identifiers import national_id as valid_national_id
from pishkhan.language.search import searchable, sort_key

from . import refusals
from .appointments.refusals import AppointsOneself, LastAdministrator, NeedsTwo, Prolongs
from .models import EMAIL, NATIONAL_ID, PHONE, Account, Assignment, Organisation, Person
from .roles import DECIDING, Role
from .selectors import administrators_beside, person_of
from .stated import (
    ask_the_account,
    ask_the_assignment,
    ask_the_place,
    ask_to_enter,
    identifier,
    past_day,
    username_and_password,
    words,
)


@retried
def enter_person(
    by: Actor,
    *,
    role: str,
    given_name: str,
    family_name: str,
    division: Division,
    father_name: str = "",
    national_id: str | None = None,
    phone: str | None = None,
    born_on: date | None = None,
    language: str = "fa",
    because: Entry | None = None,
) -> Person:
    """Enter a natural person. A national id that is already known is refused."""
    ask_to_enter(by, role, division)
    national_id = identifier(valid_national_id, "national_id", national_id)
    phone = identifier(valid_mobile, "phone", phone)
    names = {
        "given_name": words("given_name", given_name, 80),
        "family_name": words("family_name", family_name, 80),
        "father_name": words("father_name", father_name, 80, needed=False),
    }
    whole = f"{names['family_name']} {names['given_name']}"
    person = Person(
        **names,
        division=division,
        language=language,
        born_on=past_day("born_on", born_on),
        sort_key=sort_key(whole),
        search=searchable(whole, names["father_name"])[:500],
        national_id=hide(national_id, purpose=NATIONAL_ID) if national_id else None,
        national_id_hash=keyed(NATIONAL_ID, national_id) if national_id else None,
        phone=hide(phone, purpose=PHONE) if phone else None,
    )
    details = json.dumps(
        names | {"national_id": national_id, "phone": phone, "born_on": born_on and born_on.isoformat()},
        ensure_ascii=False,
    )
    try:
        with one_transaction():
            if person_of(national_id):
                raise refusals.AlreadyEntered("national_id")
            with begin(by, "people.enter-person", person, role=role, because=because) as entry:
                entry.facts = {"division": person.division_id, "told": keep(entry, "told", details, whose=person.ref)}
    except IntegrityError as clash:  # another entered the same one between our question and our writing
        raise refusals.AlreadyEntered("national_id") if "national_id_hash" in str(clash) else clash from None
    return person


def enter_or_find_person(
    by: Actor,
    *,
    role: str,
    given_name: str,
    family_name: str,
    national_id: str,
    division: Division,
    father_name: str = "",
    phone: str | None = None,
    born_on: date | None = None,
    because: Entry | None = None,
) -> Person:
    """The person of a national id, entered if unknown; refused if it is known under another family name."""
    ask_to_enter(by, role, division)
    if known := person_of(identifier(valid_national_id, "national_id", national_id)):
        if searchable(known.family_name) != searchable(family_name):
            raise refusals.KnownUnderAnotherName()
        return known
    return enter_person(
        by,
        role=role,
        given_name=given_name,
        family_name=family_name,
        father_name=father_name,
        national_id=national_id,
        phone=phone,
        born_on=born_on,
        division=division,
        because=because,
    )


@retried
def enter_organisation(
    by: Actor,
    *,
    role: str,
    kind: str,
    name: str,
    division: Division,
    name_en: str = "",
    legal_id: str | None = None,
    registered_on: date | None = None,
    because: Entry | None = None,
) -> Organisation:
    """Enter a company, public body or guild. A legal id that is already known is refused."""
    ask_to_enter(by, role, division)
    legal_id = identifier(valid_legal_id, "legal_id", legal_id)
    if kind not in Organisation.Kind.values:
        raise refusals.NoSuchKind()
    name, name_en = words("name", name, 200), words("name_en", name_en, 200, needed=False)
    organisation = Organisation(
        kind=kind,
        name=name,
        name_en=name_en,
        legal_id=legal_id,
        division=division,
        registered_on=past_day("registered_on", registered_on),
        sort_key=sort_key(name),
        search=searchable(name, name_en)[:820],
    )
    try:
        with one_transaction():
            if legal_id and Organisation.objects.filter(legal_id=legal_id).exists():
                raise refusals.AlreadyEntered("legal_id")
            with begin(by, "people.enter-organisation", organisation, role=role, because=because) as entry:
                entry.facts = {
                    "kind": kind,
                    "legal_id": legal_id,
                    "division": organisation.division_id,
                    "registered_on": registered_on,
                    "name": keep(entry, "name", organisation.name, whose=organisation.ref),
                }
    except IntegrityError as clash:
        raise refusals.AlreadyEntered("legal_id") if "legal_id" in str(clash) else clash from None
    return organisation


@retried
def assign(
    person: Person,
    role: str,
    *,
    place: str,
    from_on: date,
    by: Actor,
    until_on: date | None = None,
    organisation: Organisation | None = None,
    acting: bool = False,
    letter: str = "",
    because: Entry | None = None,
) -> Assignment:
    """Assign a role in a place and all that lies in it, from one day to another: by an administrator of that place.

    Nobody assigns anything to themselves, and a deciding role comes by an appointment alone (people/appointments).
    """
    if by is not SYSTEM and role in DECIDING:
        raise NeedsTwo()
    if by is not SYSTEM and by.ref == person.ref:
        raise AppointsOneself()
    new = Assignment(
        person=person,
        role=role,
        place=place,
        from_on=from_on,
        until_on=until_on,
        organisation=organisation,
        acting=acting,
        letter=words("letter", letter, 60, needed=False),
    )
    ask_the_assignment(new)
    with act(by, "people.assign", on=person, role=_ruling(by), because=because) as entry:
        ask_the_place(by, place)
        if person.erased_on:
            raise refusals.Erased()
        if Assignment.objects.overlapping(new).exists():
            raise refusals.AlreadyAssigned()
        new.save(force_insert=True)
        entry.facts = {
            "assignment": new.pk,
            "role": role,
            "place": place,
            "from": from_on,
            "until": until_on,
            "organisation": organisation.ref if organisation else None,
            "acting": acting,
            "letter": new.letter,
        }
    return new


@retried
def end_assignment(
    assignment: Assignment, *, on: date, by: Actor, letter: str = "", because: Entry | None = None
) -> Assignment:
    """Let a day be the last of an assignment; it may be moved earlier until it has passed, and later as well where one
    person grants the role. The last administrator of a place does not end their own role."""
    letter = words("letter", letter, 60, needed=False)
    with (
        _administrators_held(assignment, by),
        act(by, "people.end-assignment", on=assignment.person, role=_ruling(by), because=because) as entry,
    ):
        assignment.refresh_from_db(fields=["from_on", "until_on"])  # its person is locked: nobody else moves it now
        ask_the_place(by, assignment.place)
        if assignment.until_on and assignment.until_on < today():
            raise refusals.AlreadyEnded()
        if on < assignment.from_on:
            raise refusals.EndsBeforeItBegins()
        _ask_the_end(assignment, on, by)
        assignment.until_on = on
        if Assignment.objects.overlapping(assignment).exists():
            raise refusals.AlreadyAssigned()
        assignment.save(force_update=True)
        entry.facts = {"assignment": assignment.pk, "until": on, "letter": letter}
    return assignment


@contextmanager
def _administrators_held(assignment: Assignment, by: Actor) -> Iterator[None]:
    """Lock all administrators of a place while one of them ends their own role: of two at once, one remains."""
    ends_own_rule = assignment.role == Role.ADMINISTRATOR and by.ref == assignment.person.ref
    beside = administrators_beside(assignment, today()) if ends_own_rule else []
    with one_transaction():
        lock(assignment.person, *beside)
        yield


@contextmanager
def _kept_administered(person: Person, by: Actor) -> Iterator[None]:
    """Lock all administrators of the places of somebody who closes their own account; refused if one has no other."""
    own = person.assignments.current().filter(role=Role.ADMINISTRATOR) if by.ref == person.ref else ()
    beside = {other for assignment in own for other in administrators_beside(assignment, today())}
    with one_transaction():
        lock(person, *beside)
        if not all(administrators_beside(assignment, today()) for assignment in own):
            raise LastAdministrator()
        yield


def _ask_the_end(assignment: Assignment, on: date, by: Actor) -> None:
    """Refuse an end by which one person prolongs what two grant, or by which the last administrator goes."""
    later = assignment.until_on is not None and on > assignment.until_on
    if by is not SYSTEM and later and assignment.role in DECIDING:
        raise Prolongs()
    if assignment.role == Role.ADMINISTRATOR and by.ref == assignment.person.ref:
        ended = on + timedelta(days=1)
        if not administrators_beside(assignment, ended):
            raise LastAdministrator()


@retried
def open_account(person: Person, *, username: str, password: str | None = None, by: Actor) -> Account:
    """Let a person sign in under a name; without a password they cannot until they choose one by a code.

    Nobody chooses it for another: only the system itself gives one, to the accounts of a demo.
    """
    if password is not None and by is not SYSTEM:
        raise refusals.NotYoursToChoose()
    # The password is hashed here: it takes a third of a second, in which no other act should have to wait.
    return _open(person, username_and_password(username, password), by)


@retried
def register_applicant(
    account: Account,
    *,
    given_name: str,
    family_name: str,
    national_id: str,
    phone: str,
    division: Division,
    father_name: str = "",
    born_on: date | None = None,
    language: str = "fa",
) -> Person:
    """Let a citizen enter themselves and sign in by an account of nobody yet (`stated.username_and_password`).

    It gives no role: an applicant is one by what they apply for.
    """
    with one_transaction():
        person = enter_person(
            SYSTEM,
            role=Role.SYSTEM,
            given_name=given_name,
            family_name=family_name,
            father_name=father_name,
            national_id=national_id,
            phone=phone,
            born_on=born_on,
            division=division,
            language=language,
        )
        _open(person, account, SYSTEM)
    return person


@retried
def reach(person: Person, *, language: str, email: str | None, by: Actor, role: str = Role.APPLICANT) -> Person:
    """State in which language, and at which e-mail address if any, a person is told of things."""
    email = identifier(valid_email, "email", email)
    with act(by, "people.reach", on=person, role=role) as entry:
        if person.erased_on:
            raise refusals.Erased()
        person.language, person.email = language, hide(email, purpose=EMAIL) if email else None
        entry.facts = {"language": language, "email": keep(entry, "email", email or "", whose=person.ref)}
    return person


@retried
def close_account(person: Person, *, by: Actor) -> None:
    """Let a person sign in no more. The last administrator of a place does not close their own account."""
    with _kept_administered(person, by), act(by, "people.close-account", on=person, role=_ruling(by)) as entry:
        ask_the_account(by, Role.ADMINISTRATOR, person)
        account = Account.objects.filter(person=person, is_active=True).first()
        if account is None:
            raise refusals.HasNoAccount()
        account.is_active = False
        account.end_sessions()
        account.save(force_update=True)
        entry.facts = {"account": account.pk}


@retried
def sign_out_everywhere(person: Person, *, by: Actor, role: str = Role.APPLICANT) -> None:
    """Let every session of a person be over: by themselves, or by the administrator of their place."""
    with act(by, "people.sign-out-everywhere", on=person, role=role) as entry:
        ask_the_account(by, Role.ADMINISTRATOR, person)
        account = Account.objects.filter(person=person, is_active=True).first()
        if account is None:
            raise refusals.HasNoAccount()
        account.end_sessions()
        account.save(update_fields=["signed_out"])
        entry.facts = {"account": account.pk}


@retried
def erase(person: Person, *, by: Actor, reason: str) -> int:
    """Erase what identifies a person; return how many kept words went. The journal stays whole."""
    reason = words("reason", reason, 2000)
    with act(by, "people.erase", on=person, role=_ruling(by)) as entry:
        if person.erased_on:
            raise refusals.Erased()
        if person.assignments.current().exists():
            raise refusals.StillAssigned()
        ask_the_account(by, Role.ADMINISTRATOR, person)
        gone, files = _erased(person, entry)
        entry.facts = {"words": gone, "files": files, "reason": keep(entry, "reason", reason, whose=by.ref)}
    return gone


@retried
def repeat_erasure(person: Person) -> int:
    """Erase a person again who was erased before, when an older database was restored; what they were assigned to
    there ends with it."""
    with act(SYSTEM, "people.repeat-erasure", on=person, role=Role.SYSTEM) as entry:
        if person.erased_on:
            raise refusals.Erased()
        ended = person.assignments.current().update(until_on=today())
        gone, files = _erased(person, entry)
        entry.facts = {"words": gone, "files": files, "assignments": ended}
    return gone


def _erased(person: Person, entry: Entry) -> tuple[int, int]:
    """Erase what identifies a person; return how many words and how many files went."""
    person.given_name = person.family_name = person.father_name = person.sort_key = person.search = ""
    person.national_id = person.national_id_hash = person.phone = person.email = None
    person.born_on = None
    person.erased_on = today()
    if account := Account.objects.filter(person=person).first():
        account.forget()
        account.save(force_update=True)
    return destroy(person.ref, entry), erase_contents(person.ref)


def ask_the_username(account: Account) -> None:
    """Refuse a name that somebody signs in by already."""
    if Account.objects.filter(username=account.username).exists():
        raise refusals.AlreadyEntered("username")


def _open(person: Person, account: Account, by: Actor) -> Account:
    account.person = person
    try:
        with act(by, "people.open-account", on=person, role=_ruling(by)) as entry:
            ask_the_account(by, Role.ADMINISTRATOR, person)
            if person.erased_on:
                raise refusals.Erased()
            if Account.objects.filter(person=person).exists():
                raise refusals.HasAnAccount()
            ask_the_username(account)
            account.save(force_insert=True)
            entry.facts = {
                "account": account.pk,
                "username": keep(entry, "username", account.username, whose=person.ref),
            }
    except IntegrityError as clash:  # another took the name between our question and our writing
        raise refusals.AlreadyEntered("username") if "username" in str(clash) else clash from None
    return account


def _ruling(by: Actor) -> str:
    """The role that rules over people: an administrator's, or the system's own when a deployment begins."""
    return Role.SYSTEM if by is SYSTEM else Role.ADMINISTRATOR
