"""What stands in a table without an act is noticed and named, whichever table and column it is."""

import hmac
import json
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from uuid6 import uuid7

from factories import person, person_as
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.clock import at as clock_at
from pishkhan.journal.clock import now
from pishkhan.journal.erasure import erasable_text
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Access, Entry, Seal, Secret, Series, Words
from pishkhan.journal.sealing.canonical import digest, encoded
from pishkhan.journal.sealing.declarations import formats, sealed_models, sealing_of
from pishkhan.journal.sealing.exceptions import NOT_SEALED
from pishkhan.journal.sealing.resealing import problems_before, reseal
from pishkhan.journal.sealing.triggers import GUARDS
from pishkhan.journal.verification.checkpoints import (
    CHECKPOINT,
    JOURNAL,
    checkpoint,
    not_sealed_yet,
    prune_access,
    record_formats,
    recorded_formats,
    seal_access,
)
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.models import Vote
from pishkhan.notices.models import Notice
from pishkhan.people.models import Assignment, Person
from pishkhan.people.roles import Role
from pishkhan.people.services import erase
from procedure_driver import at, new_request
from unguarded import lifted

pytestmark = [pytest.mark.usefixtures("law", "papers"), pytest.mark.tampers]

ANOTHER = [  # of a value, by the kind of column: the first that fits
    (models.UUIDField, lambda value: uuid7()),
    (models.BooleanField, lambda value: not value),
    (models.FloatField, lambda value: (value or 0) + 0.25),
    (models.IntegerField, lambda value: (value or 0) + 1),
    (models.DateTimeField, lambda value: (value or datetime(2022, 9, 16, tzinfo=UTC)) + timedelta(microseconds=1)),
    (models.DateField, lambda value: (value or date(2022, 9, 16)) + timedelta(days=1)),
    (models.TimeField, lambda value: time(23, 59) if value != time(23, 59) else time(1)),
    (models.BinaryField, lambda value: bytes(value or b"") + b"x"),
    (models.JSONField, lambda value: {"other": value}),
    (models.CharField, lambda value: (value or "")[:-1] + ("x" if (value or " ")[-1:] != "x" else "y")),
]


def faults():
    return [fault.en for fault in problems()]


def other_value(field, row):
    value = getattr(row, field.attname)
    while field.is_relation:
        field = field.target_field
    return next(other(value) for kind, other in ANOTHER if isinstance(field, kind))


def sealed_columns(model):
    return [
        field
        for field in model._meta.concrete_fields
        if not field.primary_key
        and f"{model._meta.label_lower}.{field.name}" not in NOT_SEALED
        and field.name not in ("revision", "head")
    ]


def root_of(model):
    found = formats().by_label[sealing_of(model).label]
    return found.label if found in formats().bound else formats().root_of(found).label


def names_it(model):
    """Whether a subject of the kind to which such a row belongs is named."""
    return any(f"{root_of(model)}:" in fault or f"'{root_of(model)}" in fault for fault in faults())


def tried(change):
    """Make a change that the database may refuse; whether it took it. Foreign keys are not asked before the end."""
    try:
        with transaction.atomic():
            return bool(change())
    except (IntegrityError, DatabaseError):
        return False


@pytest.fixture
def world():
    """The rows of a licence that was issued, in every table that has to do with it."""
    at(NewLicence, "issued")
    assert faults() == []
    return [model for model in sealed_models() if model._base_manager.exists()]


def test_any_column_of_any_table_that_is_changed_is_noticed_and_its_subject_named(world):
    changed, unnoticed = 0, []
    for model in world:
        row = model._base_manager.order_by("pk").last()
        for field in sealed_columns(model):
            with lifted(), transaction.atomic():
                there = model._base_manager.filter(pk=row.pk)
                if tried(lambda: there.update(**{field.attname: other_value(field, row)})):  # noqa: B023
                    changed += 1
                    if not names_it(model):
                        unnoticed.append(f"{model._meta.label}.{field.name}")
                transaction.set_rollback(True)

    assert unnoticed == []
    assert changed > 150


def test_what_was_changed_between_two_acts_is_named_though_the_later_one_sealed_it():
    somebody = person()
    Person.objects.filter(pk=somebody.pk).update(given_name="دیگری")

    with act(SYSTEM, "touch", on=somebody, role="system"):
        pass
    with act(SYSTEM, "touch", on=somebody, role="system"):
        pass

    assert faults() == [
        f"person:{somebody.pk}, or a row that belongs to it, had been changed outside any act before "
        f"entry {somebody.revision - 1}."
    ]


def test_any_row_that_is_removed_or_added_is_noticed(world):
    unnoticed = []
    for model in world:
        row = model._base_manager.order_by("pk").last()
        with transaction.atomic():
            model._base_manager.filter(pk=row.pk)._raw_delete("default")
            if not names_it(model):
                unnoticed.append(f"{model._meta.label} removed")
            transaction.set_rollback(True)
        with transaction.atomic():
            copy = model._base_manager.get(pk=row.pk)
            copy.pk, copy._state.adding = None, True
            if tried(lambda: copy.save(force_insert=True) or True) and not names_it(model):  # noqa: B023
                unnoticed.append(f"{model._meta.label} added")
            transaction.set_rollback(True)

    assert unnoticed == []


TAMPERED = {
    "words changed": (
        lambda: Words.objects.filter(pk=first(Words)).update(ciphertext=b"x" * 40),
        "were changed or moved",
    ),
    "words given to another": (
        lambda: Words.objects.filter(pk=first(Words)).update(whose="person:999"),
        "were changed or moved",
    ),
    "words removed": (lambda: Words.objects.filter(pk=first(Words)).delete(), "no entry says that they were erased"),
    "words added": (
        lambda: Words.objects.create(subject="case:1", number=1, field="new", whose="person:1", ciphertext=b"x"),
        "stored that no entry tells of",
    ),
    "a secret removed": (lambda: Secret.objects.filter(whose__in=Words.objects.values("whose")).delete(), "is gone"),
    "a secret changed": (lambda: Secret.objects.filter(pk=first(Secret)).update(wrapped=b"x" * 60), "cannot be opened"),
    "a series set back": (lambda: Series.objects.filter(last__gt=0).update(last=0), "stands at 0"),
    "a series set ahead": (lambda: Series.objects.filter(last__gt=0).update(last=99), "stands at 99"),
    "a notice to somebody else": (lambda: Notice.objects.update(facts={"other": 1}), "is not as"),
    "a notice removed": (lambda: Notice.objects.filter(pk=first(Notice))._raw_delete("default"), "is not as"),
}


def first(model):
    return model._base_manager.order_by("pk").values_list("pk", flat=True)[0]


@pytest.mark.parametrize("tampering", TAMPERED)
def test_what_stands_beside_the_rows_is_verified_too(tampering):
    tamper, complaint = TAMPERED[tampering]
    at(NewLicence, "issued")

    with connection.constraint_checks_disabled(), lifted():
        tamper()

    assert any(complaint in fault for fault in faults())


def test_words_moved_to_another_place_cannot_be_read_there():
    case = new_request()
    with act(SYSTEM, "x", on=case, role="system") as entry:
        for field in ("one", "two"):
            erasable_text.keep(entry, field, field, whose="person:1")
    one, two = Words.objects.filter(subject=case.subject, field__in=["one", "two"]).order_by("field")

    with lifted():
        Words.objects.filter(pk=one.pk).update(ciphertext=two.ciphertext)

    with pytest.raises(erasable_text.NoMasterKey):
        words_of(case.subject)
    assert any("words 'one'" in fault for fault in faults())


def test_what_was_erased_is_known_as_such():
    someone, by = person(), person_as(Role.ADMINISTRATOR)

    erase(someone, by=by, reason="به درخواست خود او")

    assert faults() == []
    assert not Secret.objects.filter(whose=someone.ref).exists()


def test_erasing_without_an_act_is_no_erasing():
    someone = person()

    with lifted():
        Words.objects.filter(whose=someone.ref).delete()
        Secret.objects.filter(whose=someone.ref).delete()

    assert any("no entry says that they were erased" in fault for fault in faults())


def test_what_is_personal_is_sealed_under_a_secret_and_guessed_by_nobody():
    someone = person(given_name="زهرا", family_name="رضایی")
    sealed = Entry.objects.filter(subject=someone.subject).last().state
    row = Person.objects.get(pk=someone.pk)
    open_columns = {"division": row.division_id, "erased_on": None, "language": row.language}
    personal = {
        "born_on": None,
        "email": None,
        "family_name": row.family_name,
        "father_name": row.father_name,
        "given_name": row.given_name,
        "national_id": sha256(bytes(row.national_id)).hexdigest(),
        "national_id_hash": row.national_id_hash,
        "phone": sha256(bytes(row.phone)).hexdigest(),
        "search": row.search,
        "sort_key": row.sort_key,
    }

    bare = digest([1, open_columns, personal])
    keyed = hmac.new(erasable_text.secret_for(someone.ref), encoded(personal), sha256).hexdigest()

    assert sealed != sha256(f"person:{row.pk} {bare}\n".encode()).hexdigest()
    assert sealed == sha256(f"person:{row.pk} {digest([1, open_columns, keyed])}\n".encode()).hexdigest()


def test_canonical_bytes_are_what_the_document_says():
    value = {"ز": [1, None, True], "a\n\u001f\u007f\u2028": "\U0001f600 \u200c", "b": {}}

    assert encoded(value) == json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


@pytest.mark.parametrize("name", sorted(GUARDS[connection.vendor]))
def test_a_guard_that_is_missing_is_named(name):
    drop = (
        f"DROP TRIGGER {name}"
        if connection.vendor == "sqlite"
        else f"DROP FUNCTION {name}() CASCADE"
        if name in ("journal_permanent", "journal_follows")
        else f"DROP TRIGGER {name} ON journal_{name.split('_')[1]}"
    )
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(drop)

        assert any(f"The guard {name} " in fault for fault in faults())
        transaction.set_rollback(True)


def test_an_entry_that_follows_nothing_is_refused_by_the_database():
    with pytest.raises(DatabaseError, match="follows the one before it"), transaction.atomic():
        Entry.objects.create(
            subject="case:9",
            number=2,
            act="x",
            actor="system",
            role="system",
            at=now(),
            happened_on=now().date(),
            digest="0" * 64,
        )


def test_an_act_recorded_while_the_clock_was_set_back_is_sealed_all_the_same():
    new_request()
    checkpoint()

    with clock_at(now() - timedelta(days=30)):
        late = new_request()
        sealed = checkpoint()

    assert sealed is not None
    assert Seal.objects.filter(subject=late.subject, checkpoint=sealed.number).exists()


def test_what_is_not_sealed_yet_is_told_with_since_when():
    new_request()
    checkpoint()
    assert not_sealed_yet() == (0, None)

    case = new_request()

    count, since = not_sealed_yet()
    assert count >= 1
    assert since <= Entry.objects.filter(subject=case.subject).last().at


def test_the_access_log_is_sealed_by_the_day_and_verified_until_it_is_pruned():
    for days in (400, 399, 0):
        Access.objects.create(at=now() - timedelta(days=days), actor="person:1", subject="case:1", what="case")
    with clock_at(now() - timedelta(days=398)):
        seal_access()
    seal_access()
    assert faults() == []

    with lifted(), transaction.atomic():
        Access.objects.filter(pk=first(Access)).update(what="nothing")
        assert any("access log" in fault for fault in faults())
        transaction.set_rollback(True)

    assert prune_access(older_than_days=365) == 2
    assert faults() == []
    assert Access.objects.count() == 1


def test_a_line_of_the_access_log_removed_before_its_time_is_noticed():
    Access.objects.create(at=now() - timedelta(days=2), actor="person:1", subject="case:1", what="case")
    seal_access()

    Access.objects.all().delete()

    assert any("access log" in fault for fault in faults())


def test_the_journal_tells_in_which_forms_it_seals():
    assert recorded_formats() is None
    record_formats()

    assert recorded_formats().by_label == formats().by_label
    assert record_formats() is None


def test_what_a_migration_changed_is_sealed_anew_by_an_act_and_only_that():
    at(NewLicence, "issued")
    record_formats()
    assert list(problems_before()) == []
    Vote.objects.update(choice="abstain")  # as a migration would

    assert faults() != []
    count = reseal()

    assert faults() == []
    anew = Entry.objects.filter(act="journal.reseal")
    assert count == anew.count() == Vote.objects.values("ballot__item").distinct().count()
    assert {entry.subject.partition(":")[0] for entry in anew} == {"agenda-item"}


def test_an_assignment_made_director_by_hand_is_noticed():
    inspector = person_as(Role.INSPECTOR)

    Assignment.objects.filter(person=inspector).update(role=Role.DIRECTOR)

    assert [fault for fault in faults() if inspector.subject in fault]


def test_checkpoints_of_the_journal_are_numbered_with_all_else_that_it_says_of_itself():
    new_request()
    record_formats()
    checkpoint()
    seal_access()

    numbers = Entry.objects.filter(subject=JOURNAL).values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1))
    assert Entry.objects.filter(act=CHECKPOINT).count() == 1
