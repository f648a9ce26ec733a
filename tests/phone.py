"""A phone as the server sees it: reports with photos, as the page under /field/ sends them."""

from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from itertools import count

from PIL import Image
from uuid6 import uuid7

from factories import person_as
from pishkhan.inspections.checklists.checklist import Evidence
from pishkhan.inspections.field.report import Report
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.selectors import items_of
from pishkhan.inspections.visits.services import assign_visit, request_visit
from pishkhan.journal import clock
from pishkhan.journal.clock import now, today
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from procedure_driver import at

HERE = {"lat": 33.48, "lon": 48.35, "accuracy": 12.0}
shade = count(1)


def jpeg(side=400, **saved):
    """A photo, like no other."""
    made = BytesIO()
    tone = next(shade)
    Image.new("RGB", (side, side), (tone % 256, tone // 256 % 256, 90)).save(made, "JPEG", **saved)
    return made.getvalue()


def noisy_jpeg(side=800):
    """A photo of several pieces."""
    made = BytesIO()
    Image.effect_noise((side, side), 100).save(made, "JPEG", quality=95)
    return made.getvalue()


def given(inspector=None, office=None, **told):
    """A routine visit to an office, given to an inspector: asked for a day ago, so that midnight hinders nothing."""
    with clock.at(now() - timedelta(days=1)):
        office = office or at(NewLicence, "issued").dossier.office
        expert, inspector = person_as(Role.EXPERT), inspector or person_as(Role.INSPECTOR)
        visit = request_visit(
            kind=Visit.Kind.ROUTINE, purpose=Visit.Purpose.PERFORMANCE, office=office, by=expert, **told
        )
    assign_visit(visit, inspector, planned_on=today(), by=expert)
    return visit, inspector


def photo(content=None, **told):
    """A photo as a report names it."""
    content = content or jpeg()
    return {
        "id": str(uuid7()),
        "item": "",
        "digest": sha256(content).hexdigest(),
        "size": len(content),
        "taken_at": now(),
        "position": HERE,
    } | told


def told(visit, photos=(), /, **more):
    """What a phone tells of a visit, all in order: made in the half hour that just ended."""
    end = now()
    photos = more.pop("photos", photos)
    shown = {each["item"] for each in photos}
    photos = [
        *photos,
        *(
            photo(item=item.code)
            for item in items_of(visit, today())
            if item.evidence == Evidence.ALWAYS and item.code not in shown
        ),
    ]
    signed = {"how": "drawn", "strokes": [[10, 20, 400, 500]], "at": end}
    return {
        "id": str(uuid7()),
        "visit": str(visit.pk),
        "device": str(uuid7()),
        "edition": visit.edition,
        "arrived": {"at": end - timedelta(minutes=30), "position": HERE},
        "left": {"at": end, "position": HERE},
        "answers": {item.code: "ok" for item in items_of(visit, today())},
        "photos": photos,
        "inspector": signed,
        "office": signed | {"name": "زهره قناری"},
    } | more


def report(visit, photos=(), /, **more):
    return Report(**told(visit, photos, **more))
