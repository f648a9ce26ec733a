"""People, organisations and places for tests, entered by the real acts."""

from datetime import date
from itertools import count
from threading import Barrier, Thread

from django.db import connection

from pishkhan.geography.models import Division
from pishkhan.geography.services import changing_gazetteer
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.language.identifiers import synthetic_legal_id, synthetic_national_id
from pishkhan.notices.services import queue
from pishkhan.people.models import Organisation
from pishkhan.people.roles import BY_NATURE, Role
from pishkhan.people.services import assign, enter_organisation, enter_person

EARLY = date(2020, 1, 1)
KINDS = {2: "province", 4: "county", 6: "district", 10: "city"}
numbers = count(1)


def division(code="1503"):
    """The division of a code, and the one it lies in, so that roles can be assigned there."""
    known = Division.objects.filter(code=code).first()
    if known:
        return known
    with changing_gazetteer(SYSTEM, role=Role.SYSTEM):
        return Division.objects.get_or_create(
            code=code, defaults={"name": code, "kind": KINDS.get(len(code), "county")}
        )[0]


def queued_for(someone, template, *, facts, **data):
    """A notice to somebody, in the outbox by an act about them."""
    with act(SYSTEM, "x", on=someone, role=Role.SYSTEM) as entry:
        return queue(template, to=someone, facts=facts, **{"because": entry} | data)


def as_if(rows, **facts):
    """Write something into journalled rows, each in an act, as if it had been so."""
    for row in rows:
        with act(SYSTEM, "as-if", on=row, role=Role.SYSTEM):
            for name, fact in facts.items():
                setattr(row, name, fact)


def describe_division(code, **data):
    """Write something else into the row of a division."""
    with changing_gazetteer(SYSTEM, role=Role.SYSTEM):
        Division.objects.filter(code=code).update(**data)


def fresh_national_id():
    return synthetic_national_id(100_000_000 + next(numbers))


def person(place="15", **data):
    """A new person."""
    usual = {"given_name": "زهرا", "family_name": "رضایی", "national_id": fresh_national_id(), "phone": "09161234567"}
    return enter_person(SYSTEM, role=Role.SYSTEM, division=division(place), **usual | data)


def person_as(role, place="15", organisation=None, **data):
    """A new person holding a role."""
    someone = person(place, **data)
    if role not in BY_NATURE:
        assign(someone, role, place=place, from_on=EARLY, organisation=organisation, by=SYSTEM)
    return someone


def company(place="15", **data):
    """A new company."""
    return enter_organisation(
        SYSTEM,
        role=Role.SYSTEM,
        division=division(place),
        **{"kind": Organisation.Kind.COMPANY, "name": "پیشگامان", "legal_id": synthetic_legal_id(next(numbers))} | data,
    )


def together(*deeds):
    """Do the deeds in threads that start at the same instant; return what each raised."""
    start, raised = Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait()
            deed()
        except Exception as error:
            raised.append(type(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=[deed]) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised
