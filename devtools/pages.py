"""Ask for every page as every role, in both languages: status, queries, size, time, words of the other language; in a
browser what axe finds and whether it scrolls sideways on a phone. Plays a demo of its own, and looks again with 1,000
more offices and cases. Exit code 1 if anything is found.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from typing import Any

from .browser import looked_at
from .crawler import Seen, crawled
from .ready import open_database

MANY = "1000"
HERE_ALONE = dict.fromkeys(
    (
        "DATABASE_URL",
        "PISHKHAN_ORIGIN",
        "PISHKHAN_HOSTS",
        "PISHKHAN_CERTIFICATE",
        "PISHKHAN_CERTIFICATE_KEY",
        "PISHKHAN_KEYS",
    ),
    "",
) | {"PISHKHAN_PROXIES": "0"}


def main(arguments: Sequence[str]) -> int:
    """Look, print what was found, and return 1 if anything was."""
    parser = ArgumentParser(prog="python -m devtools pages", description=__doc__)
    parser.add_argument("--json", action="store_true", help="every page, role and language as JSON")
    parser.add_argument("--here", action="store_true", help="look at this database alone")
    parser.add_argument("--no-browser", action="store_true", help="without Chromium: no axe, no width")
    options = parser.parse_args(arguments)
    if options.here:
        open_database()
        rows = [{"rows": "here", **row} for row in _look(options.no_browser)]
    else:
        rows = _twice(options.no_browser)
    faults = list(_faults(rows))
    sys.stdout.write((_json if options.json else _text)(rows, faults) + "\n")
    return 1 if faults else 0


def _look(no_browser: bool) -> list[dict[str, Any]]:
    pages: list[Seen] = list(crawled())
    if not no_browser:
        looked_at(pages)
    return [each.as_json() for each in pages]


def _twice(no_browser: bool) -> list[dict[str, Any]]:
    """Look at a demo's rows, and at a thousand more."""
    with tempfile.TemporaryDirectory(prefix="pishkhan-pages-") as folder:
        _run(folder, "pishkhan.site.command_line.cli", "demo", "--no-serve")
        few = _looked(folder, "few", no_browser)
        _run(
            folder,
            "pishkhan.site.command_line.cli",
            "simulate",
            "--offices",
            MANY,
            "--cases",
            MANY,
            "--under-way",
            "0.5",
        )
        return few + _looked(folder, "many", no_browser)


def _looked(folder: str, rows: str, no_browser: bool) -> list[dict[str, Any]]:
    told = _run(folder, "devtools", "pages", "--json", "--here", *["--no-browser"] * no_browser, fails=True)
    return [{**row, "rows": rows} for row in json.loads(told)["pages"]]


def _run(folder: str, module: str, *arguments: str, fails: bool = False) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=os.environ | {"PISHKHAN_VAR": folder} | HERE_ALONE,
        check=not fails,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout


def _faults(rows: list[dict[str, Any]]) -> Any:
    queries: dict[tuple[str, str, str], Counter[int]] = {}
    for row in rows:
        yield from (
            {"page": row["page"], "role": row["role"], "language": row["language"], "finding": each}
            for each in row["findings"]
        )
        queries.setdefault((row["page"], row["role"], row["language"]), Counter())[row["queries"]] += 1
    for (page, role, language), counts in queries.items():
        if len(counts) > 1:
            yield {
                "page": page,
                "role": role,
                "language": language,
                "finding": f"queries depend on the rows: {sorted(counts)}",
            }


def _json(rows: list[dict[str, Any]], faults: list[Any]) -> str:
    return json.dumps({"pages": rows, "findings": faults}, ensure_ascii=False, indent=1)


def _text(rows: list[dict[str, Any]], faults: list[Any]) -> str:
    slowest = sorted(rows, key=lambda row: -row["milliseconds"])[:5]
    lines = [f"{len(rows)} looks at {len({row['page'] for row in rows})} pages; {len(faults)} findings"]
    lines += [
        f"  {row['milliseconds']:>7} ms {row['queries']:>3} queries  {row['address']} ({row['role']})"
        for row in slowest
    ]
    return "\n".join([*lines, *(str(fault) for fault in faults)])
