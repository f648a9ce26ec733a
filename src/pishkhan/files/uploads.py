"""How much of an upload reaches the disk before anybody has judged it."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .services import LIMIT


class Bounded(FileUploadHandler):
    """Lets through what exceeds the limit only so far that it is seen to exceed it. Stands before other handlers.

    So a disk is not filled by whoever uploads, and `store` refuses the file in words.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        return raw_data if start <= LIMIT else None

    def file_complete(self, file_size: int) -> "UploadedFile[Any] | None":
        return None  # whoever stands behind has it
