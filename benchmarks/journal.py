"""The journal, measured: entries verified in a second of CPU, beside bare SHA-256 over the same bytes in one run.

python benchmarks/journal.py [FOLDER]     FOLDER (default: var) holds a played demo, or one with `simulate` rows
"""

import os
import sys
from hashlib import sha256
from time import process_time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pishkhan.site.configuration.settings")
os.environ["PISHKHAN_VAR"] = sys.argv[1] if len(sys.argv) > 1 else "var"

import django

django.setup()

from pishkhan.casework.verify import replayed  # noqa: E402
from pishkhan.journal.models import Entry  # noqa: E402
from pishkhan.journal.sealing.canonical import encoded  # noqa: E402
from pishkhan.journal.verification.chains import entries_of  # noqa: E402
from pishkhan.journal.verification.verify import problems  # noqa: E402

AT_ONCE = 1000


def sealed_bytes() -> list[bytes]:
    """The bytes that the digests of all entries are of."""
    subjects = list(Entry.objects.order_by().values_list("subject", flat=True).distinct())
    return [
        encoded(["0" * 64, *entry[:-1]])
        for start in range(0, len(subjects), AT_ONCE)
        for entry in entries_of(subjects[start : start + AT_ONCE])
    ]


def main() -> None:
    """Measure, and print the figures."""
    count = Entry.objects.count()
    began = process_time()
    faults = list(problems())
    verified = process_time() - began
    began = process_time()
    faults += list(replayed())
    replay = process_time() - began
    written = sealed_bytes()
    began = process_time()
    for each in written:
        sha256(each).hexdigest()
    bare = process_time() - began
    print(f"{count:,} entries, {len(faults)} faults")
    print(f"chains, seals, words and rows: {verified:.2f} s of CPU, {count / verified:,.0f} entries a second")
    both = verified + replay
    print(f"with the replay of cases:      {both:.2f} s of CPU, {count / both:,.0f} entries a second")
    print(
        f"bare SHA-256, the same bytes:  {bare:.3f} s ({sum(map(len, written)) / 2**20:.1f} MB), "
        f"verified in {verified / bare:.0f} times that"
    )


if __name__ == "__main__":
    main()
