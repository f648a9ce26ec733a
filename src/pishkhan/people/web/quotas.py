"""How much one person, and one address, may begin and upload in a day: enough for any work, not for filling a disk.

They are the operator's numbers (PISHKHAN_LIMITS), not the law's: nothing that anybody is entitled to hangs on them.
"""

from typing import Any

from django.http import HttpRequest

from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.limits.address import address_of
from pishkhan.limits.rates import DAY, declare, spend

from .request_context import asker

MEGABYTE = 2**20
UPLOADS = declare("uploads", 300, DAY, Text("پرونده‌هایی که یک شخص می‌فرستد", "Files that a person uploads"))
UPLOADS_THERE = declare(
    "uploads-of-address", 3000, DAY, Text("پرونده‌هایی که از یک نشانی می‌رسد", "Files uploaded from an address")
)
MEGABYTES = declare(
    "uploaded-megabytes", 1000, DAY, Text("مگابایت‌هایی که یک شخص می‌فرستد", "Megabytes that a person uploads")
)
DRAFTS = declare("drafts", 30, DAY, Text("پیش‌نویس‌هایی که یک شخص می‌آغازد", "Drafts that a person begins"))
DRAFTS_THERE = declare(
    "drafts-of-address", 300, DAY, Text("پیش‌نویس‌هایی که از یک نشانی آغاز می‌شود", "Drafts begun from an address")
)


class EnoughForToday(Refusal):
    """Somebody has uploaded or begun as much as one person may in a day."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            Text(
                "در این یک روز به اندازهٔ سقف فرستاده یا آغاز کرده‌اید؛ فردا ادامه دهید.",
                "You have sent or begun as much as one may in a day: go on tomorrow.",
            )
        )


def ask_upload(request: HttpRequest, file: Any) -> None:
    """Count a file that a person sends, before it is looked at."""
    ref, size = asker(request).ref, -(-int(file.size or 0) // MEGABYTE)
    if not (spend(UPLOADS, ref) and spend(UPLOADS_THERE, address_of(request)) and spend(MEGABYTES, ref, by=size)):
        raise EnoughForToday()


def ask_draft(request: HttpRequest) -> None:
    """Count a draft that a person begins."""
    if not (spend(DRAFTS, asker(request).ref) and spend(DRAFTS_THERE, address_of(request))):
        raise EnoughForToday()
