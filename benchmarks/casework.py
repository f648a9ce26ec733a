"""Casework, measured: acts a second beside the bare statements, and a request's life beside 1,000 and 1,000,000 cases.

python benchmarks/casework.py [--cases 1000000]     on SQLite, or on the database that DATABASE_URL names
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path
from time import perf_counter

HOUSE = Path(__file__).parent.parent
sys.path[:0] = [str(HOUSE / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
os.environ |= {"PISHKHAN_ORIGIN": "https://pishkhan.example.ir", "PISHKHAN_PROXIES": "1"}  # else nothing is signed
os.environ["PISHKHAN_VAR"] = tempfile.mkdtemp(prefix="pishkhan-bench-")

import django  # noqa: E402  once the folder is chosen

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.backends.utils import CursorWrapper  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from factories import person, person_as  # noqa: E402
from law import enter_law  # noqa: E402
from pishkhan.casework.models import Case  # noqa: E402
from pishkhan.journal.models import Entry  # noqa: E402
from pishkhan.language.codes import fresh_code  # noqa: E402
from pishkhan.licensing.calls.services import open_request  # noqa: E402
from pishkhan.licensing.models import LicenceRequest  # noqa: E402
from pishkhan.licensing.procedures.new_licence import NewLicence  # noqa: E402
from pishkhan.people.roles import Role  # noqa: E402
from procedure_driver import PLACE, answers_for, at, new_request, places, take  # noqa: E402
from rules_of_requests import attach_all, name_everybody  # noqa: E402

LIVES, ROUNDS, FEW = 40, 5, 1_000
WORD = 5  # columns of a row of words that are written
STEPS = ("describe", "describe", "describe")


def acts_a_second() -> tuple[float, float]:
    """Acts a second through the application, and the same statements without it; each act committed."""
    under = places(10_000)
    cases = [new_request(under) for _ in range(LIVES)]
    applicants = [case.organisation.assignments.get().person for case in cases]
    answers = answers_for(cases[0], NewLicence.steps["describe"])
    told, began = Recorded(), perf_counter()
    before = Entry.objects.count()
    with told:
        for case, applicant in zip(cases, applicants, strict=True):
            for step in STEPS:
                take(case, step, by=applicant, answers=answers)
    took, acts = perf_counter() - began, Entry.objects.count() - before
    return acts / took, acts / told.again()


def acts_of_the_first_stages() -> float:
    """Acts a second while requests are opened, described, submitted, sent back, completed and found complete."""
    under, expert = places(10_000, kind="rural_ict"), person_as(Role.EXPERT)
    took = 0.0
    for _ in range(LIVES):
        applicant = person(under.division_id)
        began = perf_counter()
        case = open_request(under, by=applicant)
        take(case, "describe", by=applicant, answers=dict(PLACE))
        took += perf_counter() - began
        name_everybody(case)
        attach_all(case)
        began = perf_counter()
        for step, by in (("submit", applicant), ("send_back", expert), ("complete", applicant), ("accept", expert)):
            take(case, step, by=by)
        took += perf_counter() - began
    return LIVES * 7 / took  # finding it complete is two acts: the step, and the visit it asks for


class Recorded:
    """Remembers the statements of each transaction, to put them again without the application."""

    def __enter__(self) -> None:
        self.statements: list[tuple[str, object]] = []
        self._execute = CursorWrapper.execute

        def execute(cursor, sql, params=None):
            self.statements.append((sql, params))
            return self._execute(cursor, sql, params)

        CursorWrapper.execute = execute

    def __exit__(self, *error: object) -> None:
        CursorWrapper.execute = self._execute

    def again(self) -> float:
        """How long the reading and updating statements take, in as many transactions; inserts are of fresh rows."""
        per_act = max(1, len(self.statements) // (LIVES * len(STEPS)))
        began = perf_counter()
        for start in range(0, len(self.statements), per_act):
            with transaction.atomic(), connection.cursor() as cursor:
                for sql, params in self.statements[start : start + per_act]:
                    self._put(cursor, sql, params)
        return perf_counter() - began

    def _put(self, cursor: CursorWrapper, sql: str, params: object) -> None:
        if sql.startswith('INSERT INTO "journal_entry"'):
            params = (_fresh(params), 1, *tuple(params)[2:])  # the first of a subject of its own
        if sql.startswith('INSERT INTO "journal_words"'):
            fresh = _fresh(params)
            params = tuple(fresh if place % WORD == 0 else value for place, value in enumerate(params))
        if sql.startswith(("SELECT", "UPDATE", "INSERT")):
            cursor.execute(sql, params)
            if sql.startswith("SELECT"):
                cursor.fetchall()


def _fresh(params: object) -> str:
    return f"bench:{id(params)}:{perf_counter_ns()}"


def perf_counter_ns() -> int:
    return int(perf_counter() * 1e9)


def a_whole_life() -> float:
    """Seconds that a request takes from its draft to the register."""
    began = perf_counter()
    case = at(NewLicence, "issued", under=places())
    assert case.stage == "issued"  # noqa: S101
    return perf_counter() - began


def fill_up_to(wanted: int) -> None:
    """Let the database hold so many cases: rows beside the journal, at many stages, most of them closed."""
    like = new_request(places(10))
    dossier = like.dossier
    stages = list(NewLicence.stages)
    have = Case.objects.count()
    for start in range(have, wanted, 10_000):
        numbers = range(start, min(start + 10_000, wanted))
        cases = Case.objects.bulk_create(
            Case(
                procedure_code="new-licence",
                edition="1400",
                kind="counter",
                number=f"B-{number}",
                tracking_code=fresh_code(),
                stage=stages[number % len(stages)] if number % 50 == 0 else "issued",
                organisation=like.organisation,
                division_id=like.division_id,
                opened_on=like.opened_on,
                submitted_on=like.opened_on,
            )
            for number in numbers
        )
        LicenceRequest.objects.bulk_create(LicenceRequest(case=case, places=dossier.places) for case in cases)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    many = parser.parse_args().cases
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        enter_law()
        person_as(Role.EXPERT)
        acts_of_the_first_stages()  # once to warm up
        print(f"{connection.vendor}: {acts_of_the_first_stages():.0f} acts a second, from the draft to the first visit")
        with_it, without_it = acts_a_second()
        print(
            f"{connection.vendor}: {with_it:.0f} acts a second describing; their statements without the application: "
            f"{without_it:.0f}; ratio {with_it / without_it:.2f}"
        )
        lives = []
        for count in (FEW, many):
            fill_up_to(count)
            a_whole_life()
            lives.append(statistics.median(a_whole_life() for _ in range(ROUNDS)))
            print(f"{connection.vendor}: a request's whole life beside {count:,} cases: {lives[-1]:.3f} s")
        print(f"{connection.vendor}: ratio {lives[0] / lives[1]:.2f}")
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
