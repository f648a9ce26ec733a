"""Serving: the address is told once it listens, a taken port ends it, and what dies is started again after pauses."""

import os
import signal
import socket
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from threading import Barrier

import pytest

from commands import Deployed, in_words
from pishkhan.site.operations import running
from tls import free_port, listens

PATIENCE = 60.0  # seconds


@pytest.fixture(scope="module")
def opened(migrated, tmp_path_factory):
    """An open province that nobody changes."""
    found = Deployed(tmp_path_factory.mktemp("serving"), migrated)
    found.run("init", "--province", "15", check=True)
    yield found
    found.remove()


@pytest.fixture
def serving(opened):
    """Starts the deployment at a port of its own, and ends it."""
    started = []

    def serve(port, *options):
        process = subprocess.Popen(
            opened.command("serve", "--port", str(port), *options),
            env=opened.env,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield serve
    for process in started:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)


def told_by(process):
    """The address that is told; the clock tells of checkpoints before it."""
    return next(line.strip() for line in process.stdout if line.startswith("http"))


def test_serving_tells_its_address_once_it_listens_and_a_taken_port_ends_it(opened, serving):
    port = free_port()
    first = serving(port)

    assert told_by(first) == f"http://127.0.0.1:{port}" and listens(port)
    again = opened.run("serve", "--port", str(port))
    assert "already in use" in in_words(again, status=1)
    assert "already in use" in in_words(opened.run("web", "--port", str(port)), status=1)
    assert first.poll() is None


def test_of_a_deployment_that_was_killed_nothing_is_left_that_keeps_its_port(opened, serving):
    port = free_port()
    first = serving(port)
    assert told_by(first)

    os.kill(first.pid, signal.SIGKILL)

    until = time.monotonic() + PATIENCE
    while listens(port) and time.monotonic() < until:
        time.sleep(0.1)
    assert not listens(port)


def test_many_at_once_wait_for_one_another_and_not_for_connections_that_there_are_none_of(opened, serving):
    """PostgreSQL has a hundred connections: a thread more, and nobody reaches the database, commands neither."""
    port, at_once = free_port(), Barrier(150)
    assert told_by(serving(port))

    def ask(_):
        with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as there:
            at_once.wait(PATIENCE)
            there.request("GET", "/services/", headers={"Host": "pishkhan.example.ir", "X-Forwarded-Proto": "https"})
            with there.getresponse() as answer:
                return answer.status

    with ThreadPoolExecutor(at_once.parties) as asking:
        assert Counter(asking.map(ask, range(at_once.parties))) == {200: at_once.parties}


def test_a_body_that_is_refused_breaks_no_connection_of_a_proxy(serving):
    """nginx asks a house no more for ten seconds, for nobody, once it broke one: two such bodies closed two houses."""
    port = free_port()
    assert told_by(serving(port))
    head = (
        b"POST /complaints/new/ HTTP/1.1\r\nHost: pishkhan.example.ir\r\nX-Forwarded-Proto: https\r\n"
        b"X-Forwarded-For: 203.0.113.7\r\nConnection: close\r\nContent-Length: 20000000\r\n\r\n"
    )

    with closing(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)) as proxy:
        proxy.sendall(head)
        for _ in range(200):
            proxy.sendall(b"x" * 100_000)
        assert proxy.recv(12) == b"HTTP/1.1 413"


class Clock:
    """A clock that a test sets."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


def test_what_dies_again_and_again_is_told_with_growing_pauses(monkeypatch, capsys):
    clock = Clock()
    monkeypatch.setattr(running, "time", clock)
    child = running.Child("dance")

    def dies():
        child.process.wait(PATIENCE)
        child.look_after()
        said = capsys.readouterr().err
        child.look_after()  # not yet
        assert child.process.returncode == 2
        return said

    pauses = []
    for pause in (1, 2, 4, 8, 16, 32, 60, 60):
        pauses.append(f"in {pause} s" in dies())
        clock.now += pause
        child.look_after()
    clock.now += running.STEADY

    assert all(pauses)
    assert "dance ended with code 2; it is started again in 1 s" in dies()
