"""How far a long piece of work has come, on the error stream."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bars

from pishkhan.language.text import Text

STEPS = {
    "database": Text("رونوشت پایگاه داده", "copying the database"),
    "media": Text("مدارک", "papers"),
    "trial": Text("بازگرداندن آزمایشی", "restoring for trial"),
    "verify": Text("بازخوانی", "reading again"),
    "rotation": Text("کنار گذاشتن کهنه‌ها", "removing old ones"),
    "check": Text("سنجش پشتیبان", "checking the backup"),
    "migrate": Text("روزآمد کردن", "bringing up"),
    "tables": Text("جدول‌ها", "tables"),
    "place": Text("گذاشتن در جای خود", "putting in place"),
}


class Progress:
    """A bar for each step, which tells whatever is added to it."""

    def __init__(self, bars: Bars, language: str) -> None:
        self._bars, self._language = bars, language
        self._last = self._bars.add_task("", visible=False)

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins; the one before it has ended."""
        self._bars.update(self._last, total=1, completed=1)
        self._last = self._bars.add_task(STEPS[name].to(self._language), total=total)

    def come(self, done: int, of: int) -> None:
        """The step has come so far."""
        self._bars.update(self._last, completed=done, total=of)

    def add(self, amount: int) -> None:
        self._bars.advance(self._last, amount)


@contextmanager
def progress(language: str) -> Iterator[Progress]:
    """Bars for a block, where somebody looks."""
    columns = (TextColumn("{task.description:>24}"), BarColumn(40), TimeElapsedColumn())
    with Bars(*columns, console=Console(stderr=True)) as bars:
        yield Progress(bars, language)
