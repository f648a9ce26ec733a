"""Acts on persons and organisations: entering them, and assigning them roles."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError

from pishkhan.geography.models import Division
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.acts import SYSTEM, Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.models import Entry
from pishkhan.journal.refusals import Invalid
from pishkhan.journal.secrecy import destroy, hide, keep, keyed
from pishkhan.language.identifiers import NotValid
from pishkhan.language.identifiers import legal_id as valid_legal_id
from pishkhan.language.identifiers import mobile as valid_mobile
from pishkhan.language.identifiers import national_id as valid_national_id
from pishkhan.language.search import searchable, sort_key

from . import refusals
from .models import NATIONAL_ID, PHONE, Assignment, Organisation, Person
from .roles import BY_NATURE, Role
from .selectors import person_of


@dataclass(frozen=True)
class Within:
    """A place, as what somebody holds a role over."""

    division_id: str


@retried
def enter_person(by: Actor, *, role: str, given_name: str, family_name: str, division: Division, father_name: str = "",
                 national_id: str | None = None, phone: str | None = None, born_on: date | None = None,
                 because: Entry | None = None) -> Person:
    """Enter a natural person. A national id that is already known is refused."""
    national_id = _checked(valid_national_id, "national_id", national_id)
    phone = _checked(valid_mobile, "phone", phone)
    names = {"given_name": given_name.strip(), "family_name": family_name.strip(), "father_name": father_name.strip()}
    _ask_the_particulars(names["given_name"], names["family_name"], born_on)
    whole = f"{names['family_name']} {names['given_name']}"
    person = Person(**names, division=division, born_on=born_on, sort_key=sort_key(whole),
                    search=searchable(f"{whole} {names['father_name']}"),
                    national_id=hide(national_id, purpose=NATIONAL_ID) if national_id else None,
                    national_id_hash=keyed(NATIONAL_ID, national_id) if national_id else None,
                    phone=hide(phone, purpose=PHONE) if phone else None)
    told = json.dumps(names | {"national_id": national_id, "phone": phone, "born_on": born_on and born_on.isoformat()},
                      ensure_ascii=False)
    try:
        with one_transaction():
            if person_of(national_id):
                raise refusals.AlreadyEntered("national_id")
            with begin(by, "people.enter-person", person, role=role, because=because) as entry:
                entry.facts = {"division": person.division_id, "told": keep(entry, "told", told, whose=person.ref)}
    except IntegrityError as clash:  # another entered the same one between our question and our writing
        raise refusals.AlreadyEntered("national_id") if "national_id_hash" in str(clash) else clash from None
    return person


def enter_or_find_person(by: Actor, *, role: str, given_name: str, family_name: str, national_id: str,
                         division: Division, father_name: str = "", phone: str | None = None,
                         born_on: date | None = None, because: Entry | None = None) -> Person:
    """The person of a national id, entered if unknown; refused if it is known under another family name."""
    if known := person_of(_checked(valid_national_id, "national_id", national_id)):
        if searchable(known.family_name) != searchable(family_name):
            raise refusals.KnownUnderAnotherName()
        return known
    return enter_person(by, role=role, given_name=given_name, family_name=family_name, father_name=father_name,
                        national_id=national_id, phone=phone, born_on=born_on, division=division, because=because)


@retried
def enter_organisation(by: Actor, *, role: str, kind: str, name: str, division: Division, name_en: str = "",
                       legal_id: str | None = None, registered_on: date | None = None,
                       because: Entry | None = None) -> Organisation:
    """Enter a company, public body or guild. A legal id that is already known is refused."""
    legal_id = _checked(valid_legal_id, "legal_id", legal_id)
    if not name.strip():
        raise refusals.Incomplete("name")
    if registered_on and registered_on > today():
        raise refusals.NotYet("registered_on")
    organisation = Organisation(kind=kind, name=name.strip(), name_en=name_en.strip(), legal_id=legal_id,
                                registered_on=registered_on, division=division, sort_key=sort_key(name),
                                search=searchable(f"{name} {name_en}"))
    try:
        with one_transaction():
            if legal_id and Organisation.objects.filter(legal_id=legal_id).exists():
                raise refusals.AlreadyEntered("legal_id")
            with begin(by, "people.enter-organisation", organisation, role=role, because=because) as entry:
                entry.facts = {"kind": kind, "legal_id": legal_id, "division": organisation.division_id,
                               "registered_on": registered_on,
                               "name": keep(entry, "name", organisation.name, whose=organisation.ref)}
    except IntegrityError as clash:
        raise refusals.AlreadyEntered("legal_id") if "legal_id" in str(clash) else clash from None
    return organisation


@retried
def assign(person: Person, role: str, *, place: str, from_on: date, by: Actor, until_on: date | None = None,
           organisation: Organisation | None = None, acting: bool = False, letter: str = "",
           because: Entry | None = None) -> Assignment:
    """Assign a role in a place and all that lies in it, from one day to another: by an administrator of that place."""
    new = Assignment(person=person, role=role, place=place, from_on=from_on, until_on=until_on,
                     organisation=organisation, acting=acting, letter=letter.strip())
    _ask_the_assignment(new)
    with act(by, "people.assign", on=person, role=_ruling(by), because=because) as entry:
        _ask_the_place(by, place)
        if person.erased_on:
            raise refusals.Erased()
        if Assignment.objects.overlapping(new).exists():
            raise refusals.AlreadyAssigned()
        new.save(force_insert=True)
        entry.facts = {"assignment": new.pk, "role": role, "place": place, "from": from_on, "until": until_on,
                       "organisation": organisation.ref if organisation else None, "acting": acting,
                       "letter": new.letter}
    return new


@retried
def end_assignment(assignment: Assignment, *, on: date, by: Actor, letter: str = "",
                   because: Entry | None = None) -> Assignment:
    """Let a day be the last of an assignment; it may be moved earlier or later until it has passed."""
    with act(by, "people.end-assignment", on=assignment.person, role=_ruling(by), because=because) as entry:
        assignment.refresh_from_db(fields=["from_on", "until_on"])
        _ask_the_place(by, assignment.place)
        if assignment.until_on and assignment.until_on < today():
            raise refusals.AlreadyEnded()
        if on < assignment.from_on:
            raise refusals.EndsBeforeItBegins()
        assignment.until_on = on
        if Assignment.objects.overlapping(assignment).exists():
            raise refusals.AlreadyAssigned()
        assignment.save(force_update=True)
        entry.facts = {"assignment": assignment.pk, "until": on, "letter": letter.strip()}
    return assignment


@retried
def erase(person: Person, *, by: Actor, reason: str) -> int:
    """Erase what identifies a person; return how many kept words went. The journal stays whole."""
    if not reason.strip():
        raise refusals.Incomplete("reason")
    with act(by, "people.erase", on=person, role=_ruling(by)) as entry:
        if person.erased_on:
            raise refusals.Erased()
        if person.assignments.current().exists():
            raise refusals.StillAssigned()
        person.given_name = person.family_name = person.father_name = person.sort_key = person.search = ""
        person.national_id = person.national_id_hash = person.phone = person.born_on = None
        person.erased_on = today()
        if account := getattr(person, "account", None):
            account.forget()
            account.save(force_update=True)
        gone = destroy(person.ref)
        entry.facts = {"words": gone, "reason": keep(entry, "reason", reason.strip(), whose=by.ref)}
    return gone


def _ruling(by: Actor) -> str:
    """The role that rules over people: an administrator's, or the system's own when a deployment begins."""
    return Role.SYSTEM if by is SYSTEM else Role.ADMINISTRATOR


def _ask_the_particulars(given_name: str, family_name: str, born_on: date | None) -> None:
    for field, name in (("given_name", given_name), ("family_name", family_name)):
        if not name:
            raise refusals.Incomplete(field)
    if born_on and born_on > today():
        raise refusals.NotYet("born_on")


def _ask_the_assignment(new: Assignment) -> None:
    if new.role not in Role.values or new.role in BY_NATURE:
        raise refusals.NotAssignable()
    if new.until_on and new.until_on < new.from_on:
        raise refusals.EndsBeforeItBegins()
    if new.acting and not new.letter:
        raise refusals.ActingNeedsALetter()
    if new.role == Role.REPRESENTATIVE and new.organisation is None:
        raise refusals.RepresentsNobody()
    if not new.place.isascii() or not new.place.isdecimal() \
            or not Division.objects.filter(lying_in(new.place, field="code")).exists():
        raise refusals.NoSuchPlace(new.place)


def _ask_the_place(by: Actor, place: str) -> None:
    """An administrator rules in its own place: over the person (the act asks that), and over the place assigned."""
    if by is not SYSTEM and by.capacity(Role.ADMINISTRATOR, over=Within(place)) is None:
        raise refusals.OutsideYourPlace(place)


def _checked(valid: Callable[[str], str], field: str, text: str | None) -> str | None:
    if not text:
        return None
    try:
        return valid(text)
    except NotValid as wrong:
        raise Invalid(wrong.text, {field: wrong.text}) from None
