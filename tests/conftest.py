"""Emptying a test database lifts the journal's guard, empties, and guards again. Nothing else may lift it."""

import gc
import os
from collections import Counter
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, current_thread, main_thread

import pytest
from django.conf import settings as house
from django.core.cache import caches
from django.db import connection, connections
from django.test import SimpleTestCase, TransactionTestCase
from hypothesis import settings as examples

import behind_the_back
import remembered
from commands import Deployed
from law import enter_law
from pishkhan.credentials import vault
from pishkhan.journal import locks
from pishkhan.journal.verification.verify import problems
from pishkhan.offices import credential
from pishkhan.site.configuration import keys
from unguarded import lifted

# A run of the suite repeats the last one, so that what is green stays green; `make fuzz` looks for what it missed.
examples.register_profile("steady", derandomize=True)
examples.register_profile("searching", max_examples=500, print_blob=True)
examples.load_profile("searching" if os.environ.get("PISHKHAN_FUZZ") else "steady")

FEW = 1  # of the cases of a test that is asked about many
SLOW = {"transactional_db", "browser", "house", "migrated", "nowhere", "played", "province", "bare", "first", "another"}
pytest_plugins = ["browsing", "handset"]

os.fsync = lambda handle: None  # what a run writes need not outlive it
gc.set_threshold(100_000, 50, 1_000)  # an eighth of the time went into looking through what lives to the end of a run
keys.make(house.KEYS)  # the databases of tests come and go, and all are encrypted under one key
if connection.vendor == "sqlite":  # nor do their data outlive a run: they need no syncs, as on PostgreSQL
    told = connection.settings_dict["OPTIONS"]
    told["init_command"] = told.get("init_command", "").replace("synchronous=FULL", "synchronous=OFF")


def pytest_addoption(parser):
    parser.addoption("--fast", action="store_true", help="no browsers, processes, real transactions, walks, many cases")


def pytest_collection_modifyitems(config, items):
    """What asks no database is run on the first of the two alone; what takes long, not between commits."""
    of_each = Counter()
    left_out = [
        each
        for each in items
        if (config.getoption("fast") and _takes_long(each, of_each))
        or (connection.vendor == "postgresql" and each.get_closest_marker("no_database"))
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [each for each in items if each not in {*left_out}]
    gc.freeze()  # nor is what was collected looked through again


def _takes_long(item, of_each):
    """Whether it starts a browser or a process, empties the whole database, walks, or is one of many of its kind."""
    asking, of = item.get_closest_marker("django_db"), item.cls or object
    if item.get_closest_marker("no_database"):
        return False
    kind = item.nodeid.partition("[")[0]
    of_each[kind] += 1
    empties = asking is not None and asking.kwargs.get("transaction")
    return bool(empties or SLOW & {*item.fixturenames} or issubclass(of, SimpleTestCase) or of_each[kind] > FEW)


@pytest.fixture(autouse=True, scope="session")
def guard_again_after_every_flush():
    flush = TransactionTestCase._fixture_teardown

    def teardown(self):
        with lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = flush


@pytest.fixture(autouse=True)
def found_by_others():
    """The house counts as having a public address, so that it signs; what opens a demo in a test ends with it."""
    credential.serve(house.ORIGIN, house.AUTHORITY, public=True)
    credential.let_sign(demo=False)


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    """Requests are counted anew in each test."""
    caches["process"].clear()


@pytest.fixture(autouse=True)
def played_once(request):
    """What is played in a test may be what another played before, unless the test patches the house."""
    remembered.begin(request.function)


behind_the_back.listen()


@pytest.fixture(autouse=True)
def the_journal_seals_what_was_written(request):
    """Whatever a test wrote by acts stands in the database as the journal sealed it, and nothing else does; but for
    tests that write without acts themselves, to arrange what they ask about."""
    if not {"db", "transactional_db"} & set(request.fixturenames) and not request.node.get_closest_marker("django_db"):
        yield
        return
    request.getfixturevalue("transactional_db" if "transactional_db" in request.fixturenames else "db")
    behind_the_back.written.clear()
    yield
    broken = connection.needs_rollback  # by an error that the test waited for
    if not broken and not behind_the_back.written and not request.node.get_closest_marker("tampers"):
        assert [fault.en for fault in problems()] == []


class Rendezvous:
    """Where two threads wait for each other once each has asked something, if nothing keeps them apart."""

    def __init__(self, monkeypatch):
        self.patience = 2  # seconds: where a lock keeps them apart, all of them pass
        self._patch, self._meeting = monkeypatch, Barrier(2)

    def after(self, place, name, *, where=lambda *asked, **told: True):
        """Let them meet after a question of a module or class, where something holds of what is asked."""
        question = getattr(place, name)

        def asking(*asked, **told):
            answer = question(*asked, **told)
            if current_thread() is not main_thread() and where(*asked, **told):
                with suppress(BrokenBarrierError):
                    self._meeting.wait(timeout=self.patience)
            return answer

        self._patch.setattr(place, name, asking)


@pytest.fixture
def rendezvous(monkeypatch):
    """Each file of races says after which questions its two meet."""
    return Rendezvous(monkeypatch)


@pytest.fixture
def unlocked(monkeypatch):
    """The control: rows are read without locking, and SQLite's transactions begin without the write lock."""
    monkeypatch.setattr(locks, "_for_update", lambda model: model._base_manager.all())
    options = connections.settings["default"]["OPTIONS"] if connection.vendor == "sqlite" else {}
    monkeypatch.setitem(options, "transaction_mode", "DEFERRED")
    connection.close()
    yield
    connection.close()


@pytest.fixture
def law(db):
    """The law, with every default adopted for province 15."""
    enter_law()


@pytest.fixture
def signing_folder(tmp_path):
    """A folder of its own for the private keys that sign licences."""
    kept = vault.path_of("x").parent
    vault.keep_in(tmp_path / "licences")
    yield
    vault.keep_in(kept)


@pytest.fixture
def papers(settings, tmp_path):
    """A folder of its own for what is uploaded."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A deployment that was migrated and holds nothing yet, for others to begin as a copy of it."""
    found = Deployed(tmp_path_factory.mktemp("migrated"))
    found.run("migrate", check=True)
    yield found
    found.remove()


@pytest.fixture
def deployed(migrated, tmp_path):
    """A deployment of its own, migrated already."""
    found = Deployed(tmp_path, migrated)
    yield found
    found.remove()


@pytest.fixture
def nowhere(tmp_path):
    """A deployment of its own with an empty database."""
    found = Deployed(tmp_path)
    yield found
    found.remove()
