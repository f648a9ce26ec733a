"""The journal is whole, permanent, and says so when it is not."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from pishkhan.casework.models import Case
from pishkhan.casework.verify import replayed
from pishkhan.inspections.models import Visit
from pishkhan.journal.acts import SYSTEM, act
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.models import Entry, Seal, Words
from pishkhan.journal.refusals import NotPermitted
from pishkhan.journal.sealing.canonical import canonical
from pishkhan.journal.verification.checkpoints import checkpoint
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.offices.models import Licence, Office
from procedure_driver import at, new_request, places, take
from unguarded import lifted

facts = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63) + 1, 2**63 - 1)
    | st.dates()
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
    | st.datetimes(
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=3, minutes=30))]),
        min_value=datetime(1900, 1, 1),
        max_value=datetime(2100, 1, 1),
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc\u0626\u200c", max_size=5), inner, max_size=3)
    ),
)
with_law = pytest.mark.usefixtures("law", "papers")
pytestmark = pytest.mark.tampers


def faults():
    return [each.en for each in (*problems(), *replayed())]


class Storage(TestCase):
    @given(st.dictionaries(st.text("xyz", max_size=3), facts, max_size=4))
    def test_a_digest_survives_storage(self, told):
        moment = datetime(2022, 9, 16, 3, 30, 0, 5, tzinfo=timezone(timedelta(hours=4.5)))
        entry = Entry(
            subject="x:1",
            number=1,
            act="x",
            actor="system",
            role="system",
            at=moment,
            happened_on=date(2022, 9, 16),
            facts=canonical(told),
        )
        entry.digest = entry.seal("")
        entry.save()
        assert Entry.objects.get(pk=entry.pk).seal("") == entry.digest


@pytest.mark.parametrize(
    "fact", [1.0, -0.0, float("nan"), {1: "a"}, "a\0b", "\ud800", datetime(2022, 9, 16), 2**63, {3}]
)
def test_what_would_not_survive_storage_is_refused(fact):
    with pytest.raises((TypeError, ValueError)):
        canonical({"fact": fact})


def test_dates_are_told_as_text():
    assert canonical({"on": date(2022, 9, 16)}) == {"on": "2022-09-16"}


@with_law
def test_a_whole_journal_verifies_from_the_database_alone():
    at(NewLicence, "issued")
    assert faults() == []


REWRITES = {
    "both": [
        "UPDATE journal_entry SET role = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_seal SET digest = 'x'",
        "DELETE FROM journal_seal",
    ],
    "sqlite": ["INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry"],
    "postgresql": ["TRUNCATE journal_entry"],
}


@with_law
def test_the_database_refuses_to_rewrite_it():
    new_request()
    checkpoint()
    for rewrite in REWRITES["both"] + REWRITES[connection.vendor]:
        with pytest.raises(DatabaseError, match="permanent"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(rewrite)


@with_law
def test_so_does_the_model():
    entry = Entry.objects.first()
    with pytest.raises(TypeError):
        entry.save()
    with pytest.raises(TypeError):
        entry.delete()


def _cut(**sought):
    return lambda: Entry.objects.filter(**sought)._raw_delete("default")


FORGERIES = {
    "changed role": (
        lambda: Entry.objects.filter(number=2, act="new-licence.describe").update(role="region"),
        "does not follow",
    ),
    "changed facts": (
        lambda: Entry.objects.filter(act="new-licence.submit").update(facts={"to": "check"}),
        "does not follow",
    ),
    "changed time": (
        lambda: Entry.objects.filter(act="new-licence.submit").update(at=datetime(2020, 1, 1, tzinfo=UTC)),
        "does not follow",
    ),
    "changed day": (
        lambda: Entry.objects.filter(act="visit.submit").update(happened_on=date(2020, 1, 1)),
        "does not follow",
    ),
    "changed actor": (lambda: Entry.objects.filter(act="item.vote").update(actor="person:1"), "does not follow"),
    "removed in the middle": (_cut(act="new-licence.describe"), "does not follow"),
    "cut at the end": (_cut(act="new-licence.issue"), "does not agree"),
    "all of a subject": (_cut(subject__startswith="visit:"), "does not agree"),
    "other cause": (lambda: Entry.objects.filter(act="office.enter").update(because="case:1#99"), "does not follow"),
    "a row that goes ahead": (lambda: Office.objects.update(revision=7), "does not agree"),
    "a row with another head": (lambda: Licence.objects.update(head="0" * 64), "does not agree"),
    "a case moved by hand": (lambda: Case.objects.filter(stage="issued").update(stage="draft"), "otherwise"),
    "a case of another edition": (lambda: Case.objects.filter(stage="issued").update(edition="1397"), "otherwise"),
    "a row removed": (lambda: Visit.objects.filter(kind="initial")._raw_delete("default"), "no row"),
}


@with_law
@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forgery_is_noticed(forgery):
    forge, complaint = FORGERIES[forgery]
    at(NewLicence, "issued")
    assert faults() == []
    with connection.constraint_checks_disabled(), lifted():
        if forgery == "a row removed":
            _forget_what_hangs_on_visits()
        forge()
    assert any(complaint in each for each in faults())


def _forget_what_hangs_on_visits():
    for relation in Visit._meta.related_objects:
        relation.related_model._base_manager.all()._raw_delete("default")


@with_law
def test_an_entry_put_in_anothers_place_is_noticed():
    case = at(NewLicence, "check")
    entry = Entry.objects.get(subject=case.subject, act="new-licence.submit")
    with lifted():
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")
        forged = Entry(
            subject=entry.subject,
            number=entry.number,
            act=entry.act,
            actor="person:1",
            role=entry.role,
            happened_on=entry.happened_on,
            at=entry.at,
            facts=entry.facts,
        )
        forged.digest = forged.seal(Entry.objects.get(subject=case.subject, number=entry.number - 1).digest)
        forged.save(force_insert=True)
    assert any(case.subject in each for each in faults())


@with_law
def test_a_tail_cut_from_entries_and_row_alike_is_noticed_by_the_checkpoint():
    case = new_request()
    before = Case.objects.filter(pk=case.pk).values().get()
    take(case, "describe")
    sealed = checkpoint()
    assert [each.en for each in problems(sealed.digest)] == []

    with lifted():
        Entry.objects.filter(subject=case.subject, number=2)._raw_delete("default")
        Case.objects.filter(pk=case.pk).update(**before)

    assert f"{case.subject}#2 was sealed by checkpoint 1 and is gone." in [each.en for each in problems()]


@with_law
def test_a_checkpoint_cut_off_is_noticed_by_its_published_digest():
    new_request()
    sealed = checkpoint()
    with lifted():
        Entry.objects.filter(pk=sealed.pk)._raw_delete("default")
        Seal.objects.all()._raw_delete("default")
    assert any(sealed.digest in each.en for each in problems(sealed.digest))


@with_law
def test_an_altered_seal_is_noticed_by_the_root():
    new_request()
    checkpoint()
    with lifted():
        Seal.objects.filter(pk=Seal.objects.first().pk).update(digest="0" * 64)
    assert any("root" in each.en for each in problems())


@with_law
def test_a_checkpoint_seals_only_the_heads_that_moved():
    under = places()
    first, second = new_request(under), new_request(under)
    checkpoint()
    assert checkpoint() is None
    take(second, "describe")
    assert checkpoint().number == 2
    assert list(Seal.objects.filter(checkpoint=2).values_list("subject", "number")) == [(second.subject, 2)]
    assert Seal.objects.filter(subject=first.subject).count() == 1


@with_law
def test_an_act_that_caused_another_is_named_by_it():
    case = at(NewLicence, "issued")
    licensed = Entry.objects.get(subject=case.dossier.office.subject)
    assert (licensed.number, licensed.because) == (1, f"{case.subject}#{case.revision}")


@with_law
def test_words_are_kept_apart_and_only_their_keyed_digest_is_journalled():
    case = new_request()
    take(
        case,
        "describe",
        answers={
            "address": "کوی پنهان ۷",
            "postal_code": "6813833946",
            "area": 60,
            "tenure": "deed",
            "lat": 33.4,
            "lon": 48.3,
        },
    )
    assert "پنهان" not in str(list(Entry.objects.values()))
    assert "پنهان" not in str(list(Words.objects.values()))
    assert words_of(case.subject)[2, "address"] == "کوی پنهان ۷"
    case.dossier.refresh_from_db()
    assert case.dossier.address == "کوی پنهان ۷"


@with_law
def test_the_system_holds_its_own_role_alone():
    case = new_request()
    with pytest.raises(NotPermitted), act(SYSTEM, "x", on=case, role="expert"):
        pass


@with_law
def test_an_act_that_fails_leaves_nothing():
    case, entries = new_request(), Entry.objects.count()
    with pytest.raises(ZeroDivisionError), act(SYSTEM, "x", on=case, role="system"):
        case.kind = "other"
        raise ZeroDivisionError
    assert Entry.objects.count() == entries
    assert Case.objects.get(pk=case.pk).kind == "counter"


@pytest.mark.django_db(transaction=True)
def test_the_guard_is_back_after_a_flush(law):
    with lifted():
        call_command("flush", interactive=False, verbosity=0)
    with pytest.raises(DatabaseError, match="permanent"):
        _enter_and_delete()


def _enter_and_delete():
    moment = datetime(2022, 9, 16, tzinfo=UTC)
    Entry(
        subject="x:1",
        number=1,
        act="x",
        actor="system",
        role="system",
        at=moment,
        happened_on=moment.date(),
        digest="0" * 64,
    ).save()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")
