"""Where contents lie: each whole and on the disk before anything refers to it, or not there at all."""

from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from pishkhan.journal.durable import write_new


class Whole(FileSystemStorage):
    """Files on a disk. One that is full, or whose writer is killed, leaves no half content under a name."""

    def _save(self, name: str, content: "File[Any]") -> str:
        while True:
            try:
                write_new(Path(self.path(name)), content.chunks())
                return name.replace("\\", "/")
            except FileExistsError:
                if not Path(self.path(name)).is_file():  # a file stands where a folder should, or a folder here
                    raise
                name = self.get_available_name(name)  # another put it there meanwhile
                content.seek(0)
