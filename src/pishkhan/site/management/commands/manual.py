"""Write the manual of every procedure from its declaration."""

import sys
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandParser

from pishkhan.casework.procedures.manual import pages
from pishkhan.language.text import LANGUAGES
from pishkhan.site.command_line.arguments import a_path


class Command(BaseCommand):
    help = "Write docs/procedures/ from the declarations; with --check only say whether it is up to date."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=a_path, default=Path("docs/procedures"))
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, folder: Path, check: bool, **options: Any) -> None:
        written = pages()
        stale = [
            name
            for name, text in written.items()
            if not (folder / name).exists() or (folder / name).read_bytes() != text.encode()
        ]
        stale += [path.name for path in _pages_in(folder) if path.name not in written]
        if check:
            if stale:
                self.stderr.write(f"stale: {', '.join(sorted(stale))}; run 'pishkhan manual'")
                sys.exit(1)
            return
        folder.mkdir(parents=True, exist_ok=True)
        for path in _pages_in(folder):
            path.unlink()
        for name, text in written.items():
            (folder / name).write_text(text, encoding="utf-8")


def _pages_in(folder: Path) -> list[Path]:
    """The pages of a manual, old or new; what else lies there is not ours."""
    return [path for language in LANGUAGES for path in folder.glob(f"*.{language}.md")]
