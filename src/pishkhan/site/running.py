"""The processes of a deployment: web, worker and clock, together or apart."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.db import InterfaceError, OperationalError, close_old_connections

from pishkhan.journal.refusals import Busy

TOGETHER = ("web", "worker", "clock")
PAUSE = 1.0  # seconds before a process that ended is started again
PATIENCE = 15.0  # seconds to end in, before a process is killed


class Stopped:
    """Turns true when the process is asked to end (SIGTERM or Ctrl-C)."""

    def __init__(self) -> None:
        self.now = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.now = True

    def __bool__(self) -> bool:
        return self.now


def repeat(deed: Callable[[], object], *, every: float, name: str) -> None:
    """Do something again and again, with a pause in seconds, until the process is asked to end.

    While the database cannot be written or reached, that is said in one line for each turn, and nothing is lost: what
    was due is due at the next turn.
    """
    stopped = Stopped()
    while not stopped:
        take_turn(deed, every=every, name=name)
        until = time.monotonic() + every
        while not stopped and time.monotonic() < until:
            time.sleep(min(0.2, every))


def take_turn(deed: Callable[[], object], *, every: float, name: str) -> bool:
    """Do something once; whether it could be done, or the database was busy or away."""
    close_old_connections()  # one that broke, or the server closed, is opened anew
    try:
        deed()
    except (Busy, OperationalError, InterfaceError) as trouble:
        why = " ".join(str(trouble).split())[:200]
        sys.stderr.write(f"pishkhan: {name} could not do its work ({why}); it tries again in {every:g} s.\n")
        sys.stderr.flush()
        close_old_connections()
        return False
    return True


def together(host: str, port: int) -> None:
    """Run web, worker and clock side by side; start again what ends by itself, end all when asked to."""
    stopped = Stopped()
    running = {name: _start(name, host, port) for name in TOGETHER}
    while not stopped:
        for name, process in running.items():
            if process.poll() is not None and not stopped:
                sys.stderr.write(f"pishkhan: {name} ended with code {process.returncode}; it is started again.\n")
                time.sleep(PAUSE)
                running[name] = _start(name, host, port)
        time.sleep(0.2)
    _end(list(running.values()))


def web_command(host: str, port: int, workers: int) -> list[str]:
    """The command that serves WSGI: measured three to four times as fast as ASGI, and it obeys SIGTERM."""
    return [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(workers), "--workers-kill-timeout", "10", "--respawn-failed-workers",
            "pishkhan.site.wsgi:application"]


def _start(name: str, host: str, port: int) -> "subprocess.Popen[bytes]":
    options = ["--host", host, "--port", str(port)] if name == "web" else []
    return subprocess.Popen([sys.executable, "-m", "pishkhan.site.cli", name, *options])  # noqa: S603  our own command


def _end(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
