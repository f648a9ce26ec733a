"""The processes of a deployment: web, worker and clock, together or apart."""

import ctypes
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType

from django.core.management import CommandError
from django.db import Error, InterfaceError, OperationalError, close_old_connections, connection

from pishkhan.journal.refusals import Unavailable
from pishkhan.journal.storage import refusal_of
from pishkhan.site.configuration.addressing import Certificate

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before a process that ended is started again; they double
STEADY = 60.0  # seconds after which a process counts as running: when it ends then, pauses begin anew
PATIENCE = 15.0  # seconds to end in, before a process is killed
LEAVING = 10.0  # seconds that a port may take to be free, of a deployment that was killed a moment ago
THREADS = 20  # of a process of the web server, each with a connection: PostgreSQL usually has 100 for all
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  where to ask whether somebody listens


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


class Child:
    """A process of the deployment. When it ends by itself it is started again, after pauses that grow."""

    def __init__(self, name: str, *options: str) -> None:
        self.name = name
        self._command = [sys.executable, "-m", "pishkhan.site.command_line.cli", name, *options]
        self._pause, self._again_at = FIRST_PAUSE, 0.0
        self._start()

    def is_running(self) -> bool:
        return self.process.poll() is None

    def look_after(self) -> None:
        """Say that it ended, and start it again when its pause is over."""
        if self.is_running():
            return
        if not self._again_at:
            lived = time.monotonic() - self._began
            self._pause = FIRST_PAUSE if lived >= STEADY else self._pause
            self._again_at = time.monotonic() + self._pause
            sys.stderr.write(
                f"pishkhan: {self.name} ended with code {self.process.returncode}; "
                f"it is started again in {self._pause:.0f} s.\n"
            )
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
        elif time.monotonic() >= self._again_at:
            self._start()

    def _start(self) -> None:
        self._again_at, self._began = 0.0, time.monotonic()
        self.process = subprocess.Popen(self._command, preexec_fn=end_with_parent)  # noqa: PLW1509, S603  one thread


def repeat(deed: Callable[[], object], *, every: float, name: str) -> None:
    """Do something again and again, with a pause in seconds, until the process is asked to end.

    What a disk or database refuses is said once on the error stream, and tried again at the next turn: nothing is lost,
    for what was due is due then.
    """
    stopped, kept_by = Stopped(), ""
    while not stopped:
        kept_by = take_turn(deed, every=every, name=name, kept_by=kept_by)
        until = time.monotonic() + every
        while not stopped and time.monotonic() < until:
            time.sleep(min(0.2, every))


def take_turn(deed: Callable[[], object], *, every: float, name: str, kept_by: str = "") -> str:
    """Do something once. What kept it from being done is said where it is not what did so the last time, and returned;
    it is empty if nothing did."""
    close_old_connections()  # one that broke, or the server closed, is opened anew
    why = _tried(deed)
    if why and why != kept_by:
        sys.stderr.write(f"pishkhan: {name} could not do its work ({why}); it tries again in {every:g} s.\n")
    elif kept_by and not why:
        sys.stderr.write(f"pishkhan: {name}: it works again.\n")
    sys.stderr.flush()
    return why


def _tried(deed: Callable[[], object]) -> str:
    """What kept a deed from being done; empty if nothing did."""
    try:
        deed()
    except Unavailable as refusal:
        return refusal.text.en
    except (Error, OSError) as error:
        refusal_found = refusal_of(error)
        if refusal_found is None and not isinstance(error, OperationalError | InterfaceError):
            raise
        said = f"{refusal_found.text.en} " if refusal_found else ""
        return said + " ".join(str(error).split())[:200]
    return ""


def together(host: str, port: int, certificate: Certificate | None, listening: Callable[[], None]) -> None:
    """Run web, worker and clock side by side; start again what ends by itself, end all when asked to.

    `listening` is called once, when the web process answers at its port.
    """
    stopped, announced = Stopped(), False
    web = Child("web", "--host", host, "--port", str(port), *_tls_options(certificate))
    children = [web, Child("worker"), Child("clock")]
    while not stopped:
        for child in children:
            child.look_after()
        if not announced and web.is_running() and is_listening(host, port):
            listening()
            announced = True
        time.sleep(0.2)
    _end([child.process for child in children])
    settle()


def settle() -> None:
    """Let all of SQLite's write-ahead log lie in the database's own file, now that nobody writes any more."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()


def web_command(host: str, port: int, workers: int, certificate: Certificate | None) -> list[str]:
    """The command that serves WSGI: measured three to four times as fast as ASGI, and it obeys SIGTERM."""
    tls = (
        [
            "--ssl-certificate",
            str(certificate.file),
            "--ssl-keyfile",
            str(certificate.key),
            "--ssl-protocol-min",
            "tls1.2",
        ]
        if certificate
        else []
    )
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(THREADS),
        "--workers-kill-timeout",
        "10",
        "--respawn-failed-workers",
        *tls,
        "pishkhan.site.configuration.wsgi:application",
    ]


def expect_free(host: str, port: int) -> None:
    """Refuse an address that is not of this machine, and a port that somebody else still listens at after a moment."""
    until = time.monotonic() + LEAVING
    while is_listening(host, port) and time.monotonic() < until:
        time.sleep(0.2)
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trying.bind(address)
    except (OSError, UnicodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "no host is called so"
        raise CommandError(f"Cannot listen at {host}, port {port}: {why}.") from None


def is_listening(host: str, port: int) -> bool:
    """Whether somebody takes connections at an address of this machine."""
    try:
        with socket.create_connection((ANYWHERE.get(host, host), port), timeout=1):
            return True
    except (OSError, UnicodeError):
        return False


def end_with_parent() -> None:
    """Let the kernel ask this process to end when the one that started it is gone, even killed (on Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGTERM)


def _tls_options(certificate: Certificate | None) -> list[str]:
    return ["--certificate", str(certificate.file), "--key", str(certificate.key)] if certificate else []


def _end(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    until = time.monotonic() + PATIENCE
    for process in processes:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
