"""A disk that forgets what was not synced: SQLite's own way to its files, listened to from within the process.

The library that Python itself uses is asked for its default VFS, and each file it opens gets an `xSync` of ours: it
syncs, counts, and copies the file to where the disk remembers. What lies there after a kill is what a power cut would
have left.

    python disk.py REMEMBERED COUNT [SYNCHRONOUS]     enters so many persons, a line for each once it is acknowledged
"""

import _sqlite3
import ctypes
import os
import shutil
import signal
import sys
from collections import Counter
from functools import partial
from pathlib import Path

OK = 0
FILE, VFS = ctypes.c_void_p, ctypes.c_void_p
NAME = ctypes.c_void_p  # SQLite goes on using what it points to: a copy in its place would be freed under it
SYNC = ctypes.CFUNCTYPE(ctypes.c_int, FILE, ctypes.c_int)
OPEN = ctypes.CFUNCTYPE(ctypes.c_int, VFS, NAME, FILE, ctypes.c_int, ctypes.c_void_p)
METHODS_BEFORE, METHODS_AFTER = 4, 13  # xClose, xRead, xWrite, xTruncate; all behind xSync, up to xUnfetch


class Methods(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("before", ctypes.c_void_p * METHODS_BEFORE),
        ("sync", SYNC),
        ("after", ctypes.c_void_p * METHODS_AFTER),
    ]


class DefaultVFS(ctypes.Structure):
    _fields_ = [
        ("version", ctypes.c_int),
        ("file_size", ctypes.c_int),
        ("longest_path", ctypes.c_int),
        ("next", ctypes.c_void_p),
        ("name", ctypes.c_char_p),
        ("data", ctypes.c_void_p),
        ("open", OPEN),
    ]


class Disk:
    """Listens to what SQLite syncs in this process."""

    def __init__(self, remembered: Path) -> None:
        self.syncs = Counter[str]()
        self._remembered, self._kept = remembered, []
        library = ctypes.CDLL(_sqlite3.__file__)
        library.sqlite3_vfs_find.restype = ctypes.POINTER(DefaultVFS)
        self._vfs = library.sqlite3_vfs_find(None).contents
        self._open = OPEN(ctypes.cast(self._vfs.open, ctypes.c_void_p).value)
        self._opened = OPEN(self._listening)
        self._vfs.open = self._opened

    def _listening(self, vfs, name, file, flags, out):
        code = self._open(vfs, name, file, flags, out)
        if code == OK and name:
            methods = ctypes.cast(file, ctypes.POINTER(ctypes.POINTER(Methods)))
            ours = Methods.from_buffer_copy(methods.contents.contents)
            real = SYNC(ctypes.cast(ours.sync, ctypes.c_void_p).value)
            ours.sync = SYNC(partial(self._synced, real, Path(os.fsdecode(ctypes.string_at(name)))))
            self._kept += [ours, real]
            methods[0] = ctypes.pointer(ours)
        return code

    def _synced(self, real, path, file, flags):
        code = real(file, flags)
        if code == OK:
            self.syncs[path.name] += 1
            shutil.copyfile(path, self._remembered / path.name)
        return code


def main() -> None:
    disk, count = Disk(Path(sys.argv[1])), int(sys.argv[2])
    os.environ["DJANGO_SETTINGS_MODULE"] = "pishkhan.site.configuration.settings"
    import django
    from django.conf import settings

    if len(sys.argv) > 3:  # the control
        options = settings.DATABASES["default"]["OPTIONS"]
        options["init_command"] = options["init_command"].replace("synchronous=FULL", f"synchronous={sys.argv[3]}")
    django.setup()
    from pishkhan.geography.models import Division
    from pishkhan.journal.acts import SYSTEM
    from pishkhan.people.services import enter_person

    province = Division.objects.get(code="15")
    for number in range(count):
        before = disk.syncs["pishkhan.sqlite3-wal"]
        enter_person(SYSTEM, role="system", given_name="مینا", family_name=f"سگوند {number}", division=province)
        sys.stdout.write(f"{number} {disk.syncs['pishkhan.sqlite3-wal'] - before}\n")
        sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main()
