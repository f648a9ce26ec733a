"""The daily backup, begun by the clock in a process of its own: whatever it takes, what is due is not late for it."""

import subprocess
import sys

from pishkhan.journal.erasure import erasures
from pishkhan.site.keeping import marks
from pishkhan.site.keeping.place import here, wishes

from . import standing


class Daily:
    """What the clock looks after of backups."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None

    def look_after(self, *, wait: bool) -> None:
        """Keep the marks and the lists of erasures, and begin today's backup if it is due."""
        try:
            marks.keep(here())
            erasures.settle()
            erasures.catch_up()
        except OSError as error:  # a full disk, or one that is away: `check` names it, and the clock goes on
            sys.stderr.write(f"pishkhan: {error.filename}: {error.strerror}\n")
        if self._running and self._running.poll() is None:
            return
        self._running = None
        if standing.claim(wishes()):
            self._running = subprocess.Popen([sys.executable, "-m", "pishkhan.site.command_line.cli", "backup"])
        if wait and self._running:
            self._running.wait()
