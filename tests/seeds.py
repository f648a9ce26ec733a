"""Play twenty other stories of the demo; each must end in a bulletin whose figures the journal bears out.

make seeds          all of them, one after another: twenty minutes
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from commands import Deployed
from journal_count import Journal, of_bulletin
from pishkhan.language.jalali import parse_day

BEGINS = "1400-11-02"
OWNER = "owns the journal's tables"  # on PostgreSQL the demo runs as the owner, and the check says so
# From two weeks to half a year beyond the article's end: Fridays, days off, first and last days, the eve of a meeting.
STORIES = (
    (2, "1401-03-31"),
    (3, "1400-11-16"),
    (4, "1401-05-28"),
    (5, "1401-02-20"),
    (6, "1401-01-01"),
    (7, "1400-12-29"),
    (8, "1401-04-17"),
    (9, "1401-03-14"),
    (10, "1401-06-25"),
    (11, "1401-06-04"),
    (12, "1400-11-22"),
    (13, "1401-07-01"),
    (14, "1401-12-29"),
    (15, "1401-02-19"),
    (16, "1401-06-31"),
    (17, "1401-04-12"),
    (18, "1401-01-13"),
    (19, "1401-09-11"),
    (20, "1401-05-17"),
    (4294967295, "1401-06-15"),
)


def faults(deployed, seed, until):
    """What is wrong with a story once it is played: nothing, if all is well."""
    command = deployed.command("demo", "--no-serve", "--seed", str(seed), "--until", until)
    played = subprocess.run(command, env=deployed.env, capture_output=True, text=True, check=False)  # for minutes
    if played.returncode:
        return [played.stderr.strip().splitlines()[-1]]
    run = deployed.run(*("bulletin", "--region", "15", "--from", BEGINS, "--to", until, "--format", "json"), check=True)
    report = json.loads(run.stdout)
    days = (parse_day(report[name]).isoformat() for name in ("from", "to"))
    figures, counted = of_bulletin(report), Journal(deployed.query).figures(*days)
    wrong = [
        f"{key}: the bulletin says {figures.get(key, 0)}, the journal {counted.get(key, 0)}"
        for key in sorted({*figures, *counted})
        if figures.get(key) != counted.get(key)
    ]
    verified, checked = deployed.run("verify-journal"), deployed.run("check")
    if verified.returncode:
        wrong.append(verified.stderr or verified.stdout)
    return [*wrong, *(line for line in checked.stderr.splitlines() if OWNER not in line)]


def main(wanted):
    failed = 0
    for seed, until in STORIES:
        if wanted and str(seed) not in wanted:
            continue
        with tempfile.TemporaryDirectory() as folder:
            deployed = Deployed(Path(folder))
            try:
                wrong = faults(deployed, seed, until)
            finally:
                deployed.remove()
        sys.stdout.write(f"seed {seed} until {until}: {'; '.join(wrong) or 'well'}\n")
        sys.stdout.flush()
        failed += bool(wrong)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
