"""Deployments to back up and to restore to."""

import pytest

from kept import PAPER, PERSON, Kept


@pytest.fixture(scope="session")
def first(tmp_path_factory):
    """A deployment with a few acts and papers, which was sealed and backed up. Nothing is changed on it."""
    made = Kept(tmp_path_factory.mktemp("first"))
    made.run("init", "--province", "15", check=True)
    made.do(PAPER + PAPER + PERSON)
    made.run("clock", "--once", check=True)
    run = made.back_up()
    assert run.returncode == 0, run.stderr
    yield made
    made.remove()


@pytest.fixture
def another(first, tmp_path):
    """A deployment of its own, begun as a copy of the first, without its backups."""
    made = Kept(tmp_path, first)
    yield made
    made.remove()


@pytest.fixture
def bare(tmp_path_factory):
    """A machine with nothing on it."""
    made = Kept(tmp_path_factory.mktemp("bare"))
    yield made
    made.remove()
