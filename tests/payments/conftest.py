"""Fixtures for payments that are made at once, and for the control: what happens without the lock."""

from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection, connections

from pishkhan.journal import locks
from pishkhan.payments import services


@pytest.fixture
def rendezvous(monkeypatch):
    """Both wait for each other once they asked what is owed, if nothing keeps them apart."""
    meeting, asked = Barrier(2), services.balance

    def balance(owed):
        answer = asked(owed)
        with suppress(BrokenBarrierError):
            meeting.wait(timeout=0.5)
        return answer

    monkeypatch.setattr(services, "balance", balance)


@pytest.fixture
def unlocked(monkeypatch):
    """The control: rows are read without locking, and SQLite's transactions begin without the write lock."""
    monkeypatch.setattr(locks, "_for_update", lambda model: model._base_manager.all())
    options = connections.settings["default"]["OPTIONS"] if connection.vendor == "sqlite" else {}
    monkeypatch.setitem(options, "transaction_mode", "DEFERRED")
    connection.close()
    yield
    connection.close()
