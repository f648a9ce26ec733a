"""What it costs that SQLite syncs its log at every commit: acts with `synchronous=FULL` beside NORMAL, in one run.

python benchmarks/durability.py [--acts 200] [--folder /var/lib/pishkhan]     on the disk of that folder
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
told = argparse.ArgumentParser()
told.add_argument("--acts", type=int, default=200)
told.add_argument("--folder", default=None)
asked = told.parse_args()
os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
os.environ["PISHKHAN_VAR"] = tempfile.mkdtemp(prefix="pishkhan-bench-", dir=asked.folder)
os.environ.pop("DATABASE_URL", None)

import django  # noqa: E402  once the folder is chosen

django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from factories import person  # noqa: E402

ROUNDS = 5
MODES = ("FULL", "NORMAL")


def seconds_of_acts(mode: str, acts: int) -> list[float]:
    """How long each act took, from its beginning to its acknowledgement."""
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA synchronous={mode}")
    took = []
    for _ in range(acts):
        began = perf_counter()
        person()
        took.append(perf_counter() - began)
    return took


def main() -> None:
    before = setup_databases(verbosity=0, interactive=False)
    took: dict[str, list[float]] = {mode: [] for mode in MODES}
    person()  # what is read once is read
    for _ in range(ROUNDS):
        for mode in MODES:
            took[mode] += seconds_of_acts(mode, asked.acts // ROUNDS)
    teardown_databases(before, verbosity=0)
    for mode, seconds in took.items():
        median, most = statistics.median(seconds) * 1000, statistics.quantiles(seconds, n=20)[-1] * 1000
        print(
            f"{mode:<8}{len(seconds) / sum(seconds):8.0f} acts a second   median {median:6.2f} ms   "
            f"95 of 100 within {most:6.2f} ms"
        )
    ratio = statistics.median(took["FULL"]) / statistics.median(took["NORMAL"])
    print(f"FULL takes {ratio:.2f} times as long as NORMAL (medians, {ROUNDS} rounds by turns)")


if __name__ == "__main__":
    main()
