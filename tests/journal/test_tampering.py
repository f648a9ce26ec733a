"""What a stranger to the house writes into its database by hand, past every type, name and guard, is noticed too."""

from base64 import b64decode

import pytest
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat

from factories import person, person_as
from pishkhan.casework.verify import replayed
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure import erasable_text
from pishkhan.journal.models import Entry, Secret
from pishkhan.journal.verification.checkpoints import checkpoint
from pishkhan.journal.verification.verify import problems
from pishkhan.people.roles import Role
from procedure_driver import new_request
from unguarded import lifted

pytestmark = [pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps the types of columns")
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has nothing of the kind")


def faults():
    return [fault.en for fault in [*problems(), *replayed()]]


def run(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@pytest.fixture
def house():
    """A director, a request and somebody, all whole and sealed; what SQLite would check is let pass."""
    director, someone, case = person_as(Role.DIRECTOR), person(), new_request()
    with act(SYSTEM, "touch", on=someone, role="system", because=Entry.objects.filter(subject=case.subject).last()):
        pass
    checkpoint()
    assert faults() == []
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = ON")
    yield {"director": director, "case": case, "someone": someone}
    if connection.vendor == "sqlite":
        run("PRAGMA ignore_check_constraints = OFF")


OF_ANOTHER_KIND = {  # each looked like what was sealed, or ended the verification without a word
    "nothing that became an infinity": (
        "UPDATE people_assignment SET until_on = 9e999 WHERE person_id = {director}",
        "person:{director}",
    ),
    "a truth that is a text": (
        "UPDATE people_assignment SET acting = '' WHERE person_id = {director}",
        "person:{director}",
    ),
    "a text that became the bytes of its Base64": (
        f"UPDATE people_assignment SET role = x'{b64decode('director').hex()}' WHERE person_id = {{director}}",
        "person:{director}",
    ),
    "an instant that sorts elsewhere": (
        "UPDATE journal_entry SET at = replace(at, ' ', 'T') WHERE subject = 'case:{case}'",
        "case:{case}#1",
    ),
    "JSON that names a key twice": (
        """UPDATE journal_entry SET facts = replace(facts, '"to"', '"to": "x", "to"') WHERE subject = 'case:{case}'""",
        "case:{case}#1",
    ),
    "a truth of an entry that is a text": (
        "UPDATE journal_entry SET acting = '' WHERE subject = 'case:{case}'",
        "case:{case}#1",
    ),
    "text that is no UTF-8": (
        "UPDATE people_person SET language = CAST(x'ff41' AS text) WHERE id = {someone}",
        "person:{someone}",
    ),
    "text where bytes belong": ("UPDATE people_person SET phone = 'x' WHERE id = {someone}", "person:{someone}"),
    "what is no JSON": ("UPDATE journal_entry SET facts = 'no' WHERE subject = 'case:{case}'", "case:{case}#1"),
    "facts that are a list": ("UPDATE journal_entry SET facts = '[]' WHERE subject = 'journal'", "journal#1"),
    "the subject of an entry in bytes": (
        "UPDATE journal_entry SET subject = CAST(subject AS blob) WHERE subject = 'case:{case}'",
        "case:{case}",
    ),
}


@on_sqlite
@pytest.mark.parametrize("name", OF_ANOTHER_KIND)
def test_a_value_of_another_kind_than_its_columns_is_noticed_and_its_subject_named(house, name):
    statement, named = OF_ANOTHER_KIND[name]
    ids = {each: row.pk for each, row in house.items()}

    with lifted():
        run(statement.format(**ids))

    assert [fault for fault in faults() if named.format(**ids) in fault]


@on_postgresql
def test_a_day_beyond_the_calendar_is_told_and_keeps_nothing_from_being_verified(house):
    run(
        f"UPDATE people_assignment SET until_on = 'infinity' WHERE person_id = {house['director'].pk}",
        f"UPDATE people_person SET given_name = 'x' WHERE id = {house['someone'].pk}",
    )

    found = faults()

    assert [fault for fault in found if f"'person:{house['director'].pk}' cannot be read" in fault]
    assert [fault for fault in found if f"person:{house['someone'].pk}, or a row" in fault]


def test_a_cause_that_names_nothing_is_told(house):
    with lifted():
        Entry.objects.exclude(because="").update(because="nothing")

    assert any("nothing, which caused" in fault for fault in faults())


def test_an_entry_that_got_its_place_among_those_that_were_sealed_is_named(house):
    with act(SYSTEM, "touch", on=house["someone"], role="system") as entry:
        pass
    assert faults() == []

    with lifted():
        Entry.objects.filter(subject=entry.subject, number=entry.number).update(id=-1)

    assert [fault for fault in faults() if fault.startswith(f"{entry.subject} has an entry that ought to be sealed")]


STRANGE = {
    "sqlite": [
        "CREATE TRIGGER strange AFTER INSERT ON meetings_vote BEGIN SELECT 1; END",
        "CREATE VIEW strange AS SELECT 1",
    ],
    "postgresql": [
        "CREATE VIEW strange AS SELECT 1",
        "CREATE RULE strange AS ON DELETE TO meetings_vote DO INSTEAD NOTHING",
        "CREATE TRIGGER journal_entry_follows BEFORE INSERT ON meetings_vote FOR EACH ROW "
        "EXECUTE FUNCTION journal_follows()",
        "ALTER TABLE meetings_vote ENABLE ROW LEVEL SECURITY",
    ],
}


@pytest.mark.parametrize("statement", STRANGE[connection.vendor])
def test_what_could_alter_a_row_on_its_way_is_named(law, statement):
    with transaction.atomic():
        run(statement)

        assert any("is none of the house's" in fault for fault in faults())
        transaction.set_rollback(True)


UNGUARDED = {
    "sqlite": [
        "DROP TRIGGER journal_entry_no_update",
        "CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry BEGIN SELECT 1; "
        "/* CREATE TRIGGER journal_entry_no_update BEFORE UPDATE ON journal_entry "
        "BEGIN SELECT RAISE(ABORT, 'journal entries are permanent'); END */ END",
    ],
    "postgresql": ["ALTER TABLE journal_entry ENABLE REPLICA TRIGGER journal_entry_no_rewrite"],
}


def test_a_guard_that_is_there_and_guards_nothing_is_named(law):
    with transaction.atomic():
        run(*UNGUARDED[connection.vendor])

        assert any("The guard journal_entry_no_" in fault for fault in faults())
        transaction.set_rollback(True)


def test_a_database_knows_its_master_key_again_by_a_secret_that_it_holds(house):
    """As one has to that was opened before the fingerprint of the key stood there."""
    assert erasable_text.opens_its_secrets()

    Secret.objects.update(whose=Concat("whose", Value("0")))

    assert not erasable_text.opens_its_secrets()
