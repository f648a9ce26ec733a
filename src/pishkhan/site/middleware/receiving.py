"""The body of a request as it comes in: who sends it slowly is counted, and behind a proxy all of it is taken.

A thread waits for a body that is not whole yet, so one address may hold a part of them only (`site.bounds`). A proxy
whose connection is closed while it still hands over a body that was refused takes the house for broken: it answers 502,
and after some such bodies asks no more for a while, for nobody.
"""

from collections import Counter
from contextlib import suppress
from io import IOBase
from threading import Lock
from typing import BinaryIO

MOST = 64 * 2**20  # bytes that are taken of what nobody reads: more than a proxy should let pass
PIECE = 64 * 2**10

_waiting: Counter[str] = Counter()
_lock = Lock()


class Receiving(IOBase):
    """A body that an address sends."""

    def __init__(self, stream: BinaryIO, address: str) -> None:
        self._stream, self._address = stream, address

    def read(self, size: int = -1, /) -> bytes:  # of IOBase, as Django's own, for what else is asked of a stream
        _count(self._address, 1)
        try:
            return self._stream.read(size)
        finally:
            _count(self._address, -1)

    def readline(self, size: int | None = -1, /) -> bytes:
        _count(self._address, 1)
        try:
            return self._stream.readline(-1 if size is None else size)
        finally:
            _count(self._address, -1)

    def take_the_rest(self) -> None:
        """Read what nobody read, and keep nothing of it."""
        taken = 0
        with suppress(OSError):  # whoever sent it is gone
            while taken < MOST and (piece := self.read(PIECE)):
                taken += len(piece)


def waiting_for(address: str) -> int:
    """How many threads of this process wait at this moment for what an address sends."""
    return _waiting[address]


def _count(address: str, by: int) -> None:
    with _lock:
        _waiting[address] += by
        if not _waiting[address]:
            del _waiting[address]
