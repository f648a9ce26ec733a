"""What a licence's document says: the licence where the house issues it, else an extract of the provincial register."""

from datetime import date, timedelta
from typing import Any

from pishkhan.credentials.claim import Form
from pishkhan.geography.selectors import place_name
from pishkhan.journal.acts import Actor
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.letters.formatting import day_text
from pishkhan.letters.kinds import LICENCE
from pishkhan.letters.letterhead import OVER, pair
from pishkhan.letters.models import Letter
from pishkhan.letters.records import Personal
from pishkhan.letters.services import issue
from pishkhan.offices.credential import claim_of, verification_url
from pishkhan.offices.models import Holding, Licence, Management, Name, OfficeKind, Premises
from pishkhan.offices.selectors import status_of
from pishkhan.offices.status import Status
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.selectors import cited

ISSUERS = {"cra": Text("سازمان تنظیم مقررات و ارتباطات رادیویی", "the Communications Regulatory Authority")}
ORIGINS = {
    Licence.Origin.NEW: Text("پروانهٔ تازه", "A new licence"),
    Licence.Origin.IMPORT: Text("از ثبت پیشین وارد شده", "Taken over from the register of old"),
    Licence.Origin.RENEWAL: Text("تمدید", "A renewal"),
    Licence.Origin.TRANSFER: Text("انتقال", "A transfer"),
    Licence.Origin.REISSUE: Text("صدور دوباره با مشخصات تازه", "Issued anew with other particulars"),
    Licence.Origin.CONVERSION: Text("تبدیل کارگزار قدیمی", "A conversion of an agent of old"),
    Licence.Origin.REVIVAL: Text(
        "احیای دفتری که پروانه‌اش پایان یافته بود", "A revival of an office whose licence had run out"
    ),
}
Facts = dict[str, Any]


def licence_facts(licence: Licence) -> Facts:
    """What the document of a licence says, as the register knows it today; `held_by` is who holds the office."""
    on, form = _last_known(licence), claim_of(licence).form
    holding = Holding.objects.on(on).filter(office=licence.office_id).select_related("person", "organisation").first()
    holder = holding.party if holding else None
    issuer = pair(ISSUERS.get(licence.issuer, Text(licence.issuer, licence.issuer)))
    facts: Facts = {"house": {"over": pair(OVER), "name": issuer}} if form == Form.LICENCE else {}
    return facts | {
        "held_by": holder.ref if holder else licence.subject,
        "verification_url": verification_url(licence),
        "licence": {
            "form": pair(form.text),
            "is_the_licence": form == Form.LICENCE,
            "issuer": issuer,
            **_particulars(licence),
            **_whence(licence),
            **_held_by(holder),
            **_where(licence, on),
        },
    }


def _last_known(licence: Licence) -> date:
    """The day whose holder and place the document tells: today, or the last before another licence followed."""
    follower = Licence.objects.filter(predecessor=licence).first()
    return follower.valid_from - timedelta(days=1) if follower else max(licence.valid_from, today())


def _particulars(licence: Licence) -> Facts:
    status = status_of(licence, today())
    return {
        "number": licence.number,
        "kind": pair(OfficeKind(licence.kind).text),
        "office": licence.office.code,
        "article": pair(cited("by-law-1388")),
        "issuer_number": licence.issuer_number,
        "issued_on": day_text(licence.issued_on),
        "valid_from": day_text(licence.valid_from),
        "valid_until": day_text(licence.valid_until),
        "status": pair(Status(status).text) if status else None,
        "place": pair(Text(place_name(licence.division_id, "fa"), place_name(licence.division_id, "en"))),
    }


def issue_extract(licence: Licence, *, by: Actor, role: str = Role.EXPERT, because: Entry | None = None) -> Letter:
    """Let the document of a licence go out as the register knows it today."""
    facts = licence_facts(licence)
    return issue(
        LICENCE,
        about=licence.subject,
        to=facts.pop("held_by"),
        division=licence.division,
        facts=facts,
        by=by,
        role=role,
        because=because,
    )


def _held_by(holder: Any) -> Facts:
    if isinstance(holder, Person):
        return {"holder": Personal(holder.full_name, holder.ref), "holder_id": None}
    return {"holder": holder.name if holder else "—", "holder_id": holder.legal_id if holder else None}


def _where(licence: Licence, on: date) -> Facts:
    """Where the office is, who manages it and what it is called."""
    premises = Premises.objects.on(on).filter(office=licence.office_id).first()
    run = Management.objects.on(on).filter(office=licence.office_id).select_related("manager", "deputy").first()
    return {
        "address": premises.address if premises else "—",
        "postal_code": premises.postal_code if premises else "",
        "manager": _named(run.manager) if run else "—",
        "deputy": _named(run.deputy) if run and run.deputy else None,
        "name": _called(licence, on),
    }


def _named(person: Person) -> Personal:
    return Personal(person.full_name, person.ref)


def _called(licence: Licence, on: date) -> str:
    name = Name.objects.on(on).filter(office=licence.office_id).first()
    return name.name if name else ""


def _whence(licence: Licence) -> Facts:
    before, origin = licence.predecessor, ORIGINS.get(Licence.Origin(licence.origin))
    return {"origin": pair(origin) if origin else None, "predecessor": before.number if before else None}
