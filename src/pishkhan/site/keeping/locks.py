"""Locks between processes, which the kernel gives back when a process ends in whatever way.

A keeper (backup, restore, upgrade, move) is alone. What serves or works holds the deployment shared; who replaces its
database must have it for itself.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pishkhan.language.text import Text

from .refusals import NotKept

KEEPER, RUNNING = ".keeping.lock", ".running.lock"
BUSY = Text(
    "کار دیگری از همین دست در جریان است (فرایند {pid}، «{path}»)؛ پس از پایان آن دوباره اجرا کنید.",
    "Another backup, restore, upgrade or move is under way (process {pid}, '{path}'): run this after it ends.",
)
SERVED = Text(
    "فرایندهای سامانه بر این پوشه در کارند («{path}»)؛ نخست آن‌ها را بایستانید (serve، web، worker، clock).",
    "Processes of this deployment are running ('{path}'): stop them first (serve, web, worker, clock).",
)
REPLACED = Text(
    "پایگاه داده هم‌اکنون بازگردانده، روزآمد یا جابه‌جا می‌شود («{path}»)؛ پس از پایان آن اجرا کنید.",
    "The database is being restored, upgraded or moved ('{path}'): start this after it ends.",
)


@contextmanager
def one_keeper(folder: Path) -> Iterator[None]:
    """Be the only one who keeps something in a folder; NotKept if another is at it."""
    with _locked(folder / KEEPER, fcntl.LOCK_EX, BUSY):
        yield


@contextmanager
def nobody_runs(folder: Path) -> Iterator[None]:
    """Have a deployment for oneself; NotKept while something serves it or works on it."""
    with _locked(folder / RUNNING, fcntl.LOCK_EX, SERVED):
        yield


def hold_running(folder: Path) -> None:
    """Say, until this process and whatever it becomes has ended, that the deployment is in use."""
    handle = _opened(folder / RUNNING)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise NotKept(REPLACED.filled(path=folder)) from None
    os.set_inheritable(handle, True)  # the web process becomes another program


@contextmanager
def _locked(path: Path, how: int, refused: Text) -> Iterator[None]:
    handle = _opened(path)
    try:
        try:
            fcntl.flock(handle, how | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotKept(refused.filled(pid=_holder(path), path=path.parent)) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(handle)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def _holder(path: Path) -> str:
    return path.read_text(encoding="ascii", errors="replace") or "?"
