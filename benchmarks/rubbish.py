"""Rubbish posted to a served deployment while a citizen uses it: nobody honest is refused, and what each waits.

.venv/bin/python benchmarks/rubbish.py [POSTS [SECONDS]]      on SQLite; under tests/on_postgres.py on PostgreSQL
"""

import http.client
import json
import os
import random
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from statistics import median
from threading import Event, Thread
from urllib.parse import urlencode

POSTS = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
STRANGERS, SENDERS, PAUSE = 40, 4, 0.25
LONGEST = float(sys.argv[2]) if len(sys.argv) > 2 else 15 * 60  # seconds, after which no more is posted
PASSWORD = "what-nobody-guesses-22"  # noqa: S105  of a deployment that lives as long as the run
CITIZEN, STRANGER = "203.0.113.7", "198.51.100.{}"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, served(folder) as (port, password):
        done, results = Event(), {"citizen": [], "rubbish": Counter(), "failed": []}
        citizen = Thread(target=use, args=[port, password, done, results])
        senders = [Thread(target=send, args=[port, seed, POSTS // SENDERS, results]) for seed in range(SENDERS)]
        alone = [visit(port, password, results, f"{number}") for number in range(5)]
        begun = time.monotonic()
        for thread in [citizen, *senders]:
            thread.start()
        for sender in senders:
            sender.join()
        took = time.monotonic() - begun
        done.set()
        citizen.join(60)
        report(alone, results, took)


def report(alone, results, took) -> None:
    waits = [seconds for visit in results["citizen"] for _, _, seconds in visit]
    refused = [(what, status) for visit in results["citizen"] for what, status, _ in visit if status not in (200, 302)]
    print(
        f"{sum(results['rubbish'].values())} posts of rubbish in {took:.0f} s: "
        + ", ".join(f"{status} × {count}" for status, count in sorted(results["rubbish"].items()))
    )
    print(
        f"the citizen: {len(results['citizen'])} visits with a sign-in each, {len(waits)} requests, "
        f"{len(refused)} wrongly refused {refused[:5]}, {len(results['failed'])} not answered"
    )
    print(
        f"a request of theirs: median {median(waits) * 1000:.0f} ms, slowest {max(waits) * 1000:.0f} ms; "
        f"alone, median {median(s for v in alone for _, _, s in v) * 1000:.0f} ms"
    )


@contextmanager
def served(folder):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = os.environ | {"PISHKHAN_VAR": folder, "PISHKHAN_PROXIES": "1", "PISHKHAN_ORIGIN": ""}
    run = [sys.executable, "-m", "pishkhan.site.command_line.cli"]
    subprocess.run(  # noqa: S603
        [*run, "init", "--province", "15", "--password-file", "-"],
        input=PASSWORD,
        env=env,
        check=True,
        capture_output=True,
        text=True,
    )
    web = subprocess.Popen(  # noqa: S603
        [*run, "web", "--port", str(port)],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while socket.socket().connect_ex(("127.0.0.1", port)):
            time.sleep(0.2)
        yield port, PASSWORD
    finally:
        web.terminate()
        web.wait(30)


def request_to(port, method, path, body=None, headers=None, address=CITIZEN):
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    begun = time.monotonic()
    try:
        there.request(method, path, body, {"X-Forwarded-For": address} | (headers or {}))
        answer = there.getresponse()
        return answer.status, answer.read(), answer.headers, time.monotonic() - begun
    finally:
        there.close()


def use(port, password, done, results):
    number = 0
    while not done.is_set():
        number += 1
        try:
            results["citizen"].append(visit(port, password, results, f"{number}"))
        except (OSError, http.client.HTTPException) as trouble:
            results["failed"].append(trouble)
        done.wait(PAUSE * 20)  # a person reads


def visit(port, password, results, number):
    """A citizen looks at some pages and signs in, from a browser of their own."""
    seen = []
    for path in ("/", "/services/", "/verify/", "/sign-in/"):
        status, page, headers, seconds = request_to(port, "GET", path)
        seen.append((path, status, seconds))
    token = re.search(rb'name="csrfmiddlewaretoken" value="(\w+)"', page)[1].decode()
    cookie = headers["Set-Cookie"].split(";")[0]
    form = urlencode({"login": "admin", "password": password, "csrfmiddlewaretoken": token})
    status, _, _, seconds = request_to(
        port, "POST", "/sign-in/", form, {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    )
    return [*seen, ("sign-in", status, seconds)]


def send(port, seed, posts, results):
    chance, until = random.Random(seed), time.monotonic() + LONGEST  # noqa: S311  repeated alike
    for _ in range(posts):
        if time.monotonic() > until:
            return
        path, body, kind = chance.choice(RUBBISH)(chance)
        try:
            status, _, _, _ = request_to(
                port, "POST", path, body, {"Content-Type": kind}, STRANGER.format(chance.randrange(STRANGERS))
            )
        except (OSError, http.client.HTTPException):
            status = 0
        results["rubbish"][status] += 1


def guess(chance):
    fields = {"username": chance.choice(["admin", f"name{chance.randrange(500)}"]), "password": str(chance.random())}
    return "/_allauth/app/v1/auth/login", json.dumps(fields), "application/json"


def many_keys(chance):
    return "/api/complaints", json.dumps({f"k{number}": 1 for number in range(3000)}), "application/json"


def too_much(chance):
    return "/api/registrations", json.dumps({f"k{number}": 1 for number in range(20_000)}), "application/json"


def deep(chance):
    return "/api/complaints", "[" * 20_000, "application/json"


def join(chance):
    return "/join/", urlencode({"given_name": "x" * 50_000}), "application/x-www-form-urlencoded"


def verify(chance):
    number = f"15/1401/{chance.randrange(9999):04}"
    return "/verify/", urlencode({"licence": number}), "application/x-www-form-urlencoded"


def files(chance):
    return "/", b"--b\r\n" + b"x" * 300_000, "multipart/form-data; boundary=b"


RUBBISH = (guess, guess, many_keys, too_much, deep, join, verify, files)

if __name__ == "__main__":
    main()
