"""A disk that is full, a store or database that cannot be written: told at once, in words, nothing half written."""

import errno
import os
import signal
import sqlite3
from contextlib import contextmanager

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, OperationalError, connection
from django.test import Client

from factories import fresh_national_id, person_as
from http_client import signed_in
from phone import given, report
from pishkhan.casework import clock as cases
from pishkhan.files.models import StoredFile
from pishkhan.inspections.field import syncing
from pishkhan.inspections.models import Submission
from pishkhan.journal import durable
from pishkhan.journal.clock import now
from pishkhan.journal.locks import one_transaction
from pishkhan.journal.refusals import Busy
from pishkhan.journal.storage import DiskFull, Storage, refusal_of
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.site.operations.running import repeat
from procedure_driver import at

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("law", "papers")]
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
MOST = 300  # acts, by which a full database has refused one
FILL_POSTGRESQL = """
    CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''could not extend file'' USING ERRCODE = ''53100''; END';
    CREATE TRIGGER full_disk BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION full_disk()"""
COMPLETELY = {
    "sqlite": ("PRAGMA query_only = ON", "PRAGMA query_only = OFF"),
    "postgresql": ("SET default_transaction_read_only = on", "SET default_transaction_read_only = off"),
}


def asked(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def full():
    """A database that may not grow: SQLite's by its number of pages, PostgreSQL's by a trigger that speaks like it."""
    if connection.vendor == "postgresql":
        asked(FILL_POSTGRESQL)
        yield
        asked("DROP FUNCTION full_disk() CASCADE")
        return
    asked("VACUUM")
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}").fetchone()
        yield
        cursor.execute("PRAGMA max_page_count = 1000000").fetchone()


@contextmanager
def read_only():
    begin, end = COMPLETELY[connection.vendor]
    asked(begin)
    yield
    asked(end)


def entered(client, count):
    """Enter people until one is refused; the answers."""
    answers = []
    for _ in range(count):
        told = {
            "given_name": "مینا",
            "family_name": "سگوندِ نگه‌داشته",
            "national_id": fresh_national_id(),
            "phone": "09161234567",
            "division": "15",
        }
        answers.append(client.post("/people/new/", told))
        if answers[-1].status_code != 302:
            break
    return answers


def uploaded(client, path="/upload/"):
    return client.post(path, {"file": SimpleUploadedFile("a.pdf", PDF)})


def lying_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_full_database_is_told_on_the_form_that_keeps_what_was_typed_and_nothing_is_half_written():
    client = signed_in(person_as(Role.ADMINISTRATOR))
    before = Person.objects.count()

    with full():
        answers = entered(client, MOST)

    assert answers[-1].status_code == 507
    assert "پر شده است" in answers[-1].content.decode() and "سگوندِ نگه‌داشته" in answers[-1].content.decode()
    assert Person.objects.count() - before == len(answers) - 1
    assert list(problems()) == []


def test_a_database_that_can_only_be_read_is_told_on_pages_and_to_programs_and_public_pages_stay():
    client = signed_in(person_as(Role.ADMINISTRATOR))

    with read_only():
        (page,) = entered(client, 1)
        api = uploaded(client, "/api/me/files")
        public = Client().get("/services/")

    assert (page.status_code, api.status_code, public.status_code) == (503, 503, 200)
    assert "نمی‌توان در پایگاه داده نوشت" in page.content.decode()
    assert "نمی‌توان در پایگاه داده نوشت" in api.json()["refusal"]


def test_a_store_that_cannot_be_written_is_told_and_leaves_no_row(settings, tmp_path):
    client = signed_in(person_as(Role.EXPERT))
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MEDIA_ROOT.write_text("a file where the folder should be")

    page, api = uploaded(client), uploaded(client, "/api/me/files")

    assert (page.status_code, api.status_code) == (503, 503)
    assert "پرونده‌های سامانه" in page.json()["refusal"] and "پرونده‌های سامانه" in api.json()["refusal"]
    assert StoredFile.objects.count() == 0


def test_a_full_disk_leaves_neither_row_nor_half_a_file(settings, tmp_path, monkeypatch):
    client = signed_in(person_as(Role.EXPERT))
    settings.MEDIA_ROOT = tmp_path / "media"

    def is_full(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(durable.os, "fsync", is_full)
        refused = uploaded(client)
    left = lying_in(settings.MEDIA_ROOT) if settings.MEDIA_ROOT.exists() else []
    taken = uploaded(client)

    assert (refused.status_code, taken.status_code) == (507, 201)
    assert left == []
    assert len(lying_in(settings.MEDIA_ROOT)) == StoredFile.objects.count() == 1


def test_a_report_that_the_disk_refused_is_not_kept_as_refused_but_sent_again(monkeypatch):
    visit, inspector = given()

    def refuse(*args, **told):
        raise DiskFull()

    with monkeypatch.context() as patched, pytest.raises(DiskFull):
        patched.setattr(syncing, "_receive", refuse)
        syncing.hand_in(report(visit), sent_at=now(), by=inspector)
    kept = Submission.objects.count()
    taken = syncing.hand_in(report(visit), sent_at=now(), by=inspector)

    assert kept == 0
    assert taken.outcome == Submission.Outcome.TAKEN


def test_the_clock_does_not_pass_over_what_the_disk_refused(monkeypatch):
    case = at(NewLicence, "check")
    monkeypatch.setattr(cases, "overdue", lambda on: [(case, None)])

    with read_only(), pytest.raises(Storage):
        monkeypatch.setattr(cases, "advance", lambda *args, **told: _written_in_an_act())
        cases.tick()


def _written_in_an_act():
    with one_transaction():
        Person.objects.filter(pk=0).update(given_name="x")
        StoredFile.objects.filter(pk=0).delete()
        asked("INSERT INTO journal_series (code, year, last) VALUES ('x', 1401, 0)")


def test_worker_and_clock_say_once_what_keeps_them_and_go_on(capsys):
    turns = []

    def deed():
        turns.append(len(turns))
        if len(turns) <= 2:
            raise DiskFull()
        if len(turns) == 4:
            os.kill(os.getpid(), signal.SIGTERM)

    kept = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    repeat(deed, every=0.01, name="clock")
    for each, handler in kept.items():
        signal.signal(each, handler)

    told = capsys.readouterr().err
    assert turns == [0, 1, 2, 3]
    assert told.count("disk is full") == 1
    assert "works again" in told


def of_sqlite(code):
    error = sqlite3.OperationalError("it fails")
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("cause", "status"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), 507),
        (of_sqlite(sqlite3.SQLITE_READONLY), 503),
        (of_sqlite(sqlite3.SQLITE_IOERR_WRITE), 503),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), 503),
        (of_sqlite(sqlite3.SQLITE_CORRUPT), 503),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), 503),
        (psycopg.errors.DiskFull("no room"), 507),
        (psycopg.errors.ReadOnlySqlTransaction("read-only"), 503),
        (psycopg.errors.AdminShutdown("ends"), 503),
        (psycopg.errors.TooManyConnections("many"), 503),
        (psycopg.errors.ConnectionFailure("gone"), 503),
        (psycopg.OperationalError("refused"), 503),
        (psycopg.InterfaceError("closed"), 503),
        (psycopg.errors.DeadlockDetected("two"), 503),
    ],
    ids=repr,
)
def test_what_each_database_says_of_its_disk_has_one_refusal(cause, status):
    error = DatabaseError("as Django wraps it")
    error.__cause__ = cause

    assert refusal_of(error).status == status


@pytest.mark.parametrize(
    "error",
    [
        IntegrityError("taken"),
        OperationalError("of our own"),
        ConnectionResetError(errno.ECONNRESET, "reset"),
        OSError("nothing known"),
        ValueError("ours"),
    ],
    ids=repr,
)
def test_what_is_no_fault_of_a_disk_stays_what_it_is(error):
    assert refusal_of(error) is None


def test_a_lock_that_is_waited_for_in_vain_is_busy_and_no_full_disk():
    error = OperationalError("locked")
    error.__cause__ = of_sqlite(sqlite3.SQLITE_BUSY)

    assert isinstance(refusal_of(error), Busy)
