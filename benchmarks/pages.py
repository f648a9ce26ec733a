"""Pages, measured: each list and case page with 20,000 offices and 200,000 cases, beside a bare Django page in one run.

python benchmarks/pages.py [--offices 20000] [--cases 200000]     on SQLite, in a folder of its own
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from time import perf_counter

COMMAND = [sys.executable, "-m", "pishkhan.site.command_line.cli"]
ROUNDS, MARK = 9, 150  # ms
PAGES = (
    ("expert", "/today/"),
    ("expert", "/cases/"),
    ("expert", "/cases/?mine=1"),
    ("expert", "/cases/?mine=1&late=1"),
    ("expert", "/cases/?q=خرم‌آباد"),
    ("expert", "/cases/?stage=agenda&page=3"),
    ("expert", "case"),
    ("expert", "/register/"),
    ("expert", "/register/?q=خرم‌آباد"),
    ("expert", "/visits/"),
    ("secretary", "/meetings/"),
    ("admin", "/people/"),
    ("admin", "/system/access/"),
    ("everybody", "/"),
    ("everybody", "/?near=33.48,48.35"),
    ("everybody", "office"),
    ("everybody", "/services/"),
    ("everybody", "/figures/"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offices", default="20000")
    parser.add_argument("--cases", default="200000")
    told = parser.parse_args()
    os.environ["PISHKHAN_VAR"] = tempfile.mkdtemp(prefix="pishkhan-bench-")
    os.environ.pop("DATABASE_URL", None)
    for command in (["demo", "--no-serve"], ["simulate", "--offices", told.offices, "--cases", told.cases]):
        subprocess.run([*COMMAND, *command], check=True, stdout=subprocess.DEVNULL)  # noqa: S603  ourselves
    measure(int(told.offices), int(told.cases))


def measure(offices: int, cases: int) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
    django.setup()
    from django.http import HttpResponse
    from django.urls import path

    from devtools.crawler import addresses, clients
    from pishkhan.people.access import everybody
    from pishkhan.site.configuration import urls
    from pishkhan.site.operations.deployment import keep_its_day

    keep_its_day()
    urls.urlpatterns.append(path("bare/", everybody(lambda request: HttpResponse("bare"))))
    there, people = addresses(), clients()
    bare = milliseconds(people["everybody"], "/bare/")
    print(f"{offices:,} offices, {cases:,} cases; a bare page: {bare:.1f} ms")
    for role, name in PAGES:
        address = there.get(name, name)
        took = milliseconds(people[role], address)
        print(f"{took:8.1f} ms {took / bare:6.1f} x bare  {address}{'   OVER THE MARK' if took > MARK else ''}")


def milliseconds(client, address: str) -> float:
    """The median of some rounds, after one to warm up."""

    def once() -> float:
        began = perf_counter()
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)  # noqa: S101
        return (perf_counter() - began) * 1000

    once()
    return statistics.median(once() for _ in range(ROUNDS))


if __name__ == "__main__":
    main()
