"""Complaints for tests, in which each word that somebody wrote is a marker."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from factories import person_as
from pishkhan.complaints import services as complaints
from pishkhan.complaints.filing import add, complain
from pishkhan.complaints.models import Complaint
from pishkhan.credentials.services import open_key
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.people.roles import Role
from pishkhan.site.operations.deployment import open_live
from procedure_driver import speaker_of
from rules_of_matters import licence

TEXT, CONTACT, WHERE = "قناری: دیروز بسته بود و پاسخ نداد", "قناری ۰۹۱۸۷۶۵۴۳۲۱", "قناری، کوچهٔ سوم"


def told(office=None, kind="closed", **more):
    """A complaint about an office on the register; with a contact, so that there is something to be kept."""
    office = office or licence().office
    return complain(**{"kind": kind, "text": TEXT, "happened_on": today(), "office": office, "contact": CONTACT} | more)


def expert(place="15"):
    return person_as(Role.EXPERT, place)


def holder_of(complaint):
    return speaker_of(complaint.office.holdings.get().organisation)


def again(complaint):
    return Complaint.objects.select_related("office", "joined_to").get(pk=complaint.pk)


def picture(exif=True):
    image, made = Image.new("RGB", (40, 30), "red"), BytesIO()
    taken = image.getexif()
    taken[0x010F] = "CANARY-CAMERA"
    image.save(made, "JPEG", exif=taken if exif else None)
    return made.getvalue()


def posted(client=None, **more):
    return (client or Client()).post(
        "/complaints/new/",
        {"kind": "closed", "text": TEXT, "happened_on": today().isoformat(), "contact": CONTACT} | more,
    )


def planted():
    """Complaints at every stage, in which each word that somebody wrote is a marker."""
    open_live(Division.objects.get(code="15"))
    open_key(by=SYSTEM)
    photo = SimpleUploadedFile("قناری.jpg", picture(), "image/jpeg")
    first = told(where=WHERE, photos=[photo])
    add(first, "قناری افزود")
    expert = person_as(Role.EXPERT)
    complaints.send(first, "قناری در خلاصه", by=expert)
    complaints.release(again(first), "قناری ویراسته", by=expert)
    complaints.answer(again(first), "قناری پاسخ داد", by=holder_of(first))
    complaints.open_violation(again(first), by=expert)
    second = told(first.office)
    complaints.close(second, "explained", "قناری گفت", by=expert)
    return [again(first), again(second)]
