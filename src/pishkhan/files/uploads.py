"""What arrives with a form is held in memory: it reaches the disk only once it was judged, and encrypted."""

from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from .services import LIMIT


class InMemory(FileUploadHandler):
    """Holds a file in memory, up to where it is seen to exceed the limit: the rest is let go by.

    So nothing that a person sends lies in a temporary folder in the clear, and no memory is filled by whoever uploads;
    `store` refuses the file in words.
    """

    def new_file(self, *args: Any, **named: Any) -> None:
        super().new_file(*args, **named)
        self.held = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start <= LIMIT:
            self.held.write(raw_data)

    def file_complete(self, file_size: int) -> "UploadedFile[Any]":
        size = self.held.tell()
        self.held.seek(0)
        return InMemoryUploadedFile(
            self.held,
            self.field_name,
            str(self.file_name),
            self.content_type or "",
            size,
            self.charset,
            self.content_type_extra,
        )
