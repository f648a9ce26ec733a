"""What the units and the sorts of figures are called."""

from collections.abc import Callable

from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.complaints.kinds import kind_of
from pishkhan.complaints.models import Complaint
from pishkhan.enforcement.catalogue import LADDER
from pishkhan.enforcement.models import Objection, Source
from pishkhan.inspections.models import Visit
from pishkhan.language.text import Text
from pishkhan.meetings.models import Body, Outcome
from pishkhan.offices.models import Licence, OfficeKind

UNITS = {
    "offices": Text("دفتر", "{count:office|offices}"),
    "licences": Text("پروانه", "{count:licence|licences}"),
    "visits": Text("بازدید", "{count:visit|visits}"),
    "meetings": Text("جلسه", "{count:meeting|meetings}"),
    "resolutions": Text("مصوبه", "{count:resolution|resolutions}"),
    "cases": Text("درخواست", "{count:request|requests}"),
    "violations": Text("گزارش تخلف", "{count:report|reports}"),
    "sanctions": Text("تنبیه", "{count:sanction|sanctions}"),
    "objections": Text("اعتراض", "{count:objection|objections}"),
    "complaints": Text("شکایت", "{count:complaint|complaints}"),
    "waivers": Text("اجازه", "{count:waiver|waivers}"),
    "integrity.complaints_founded": Text(
        "شکایت که وارد بود: دفتر درست کرد یا پیگیری شد",
        "{count:complaint|complaints} that {count:was|were} founded: set right by the office, or pursued",
    ),
    "integrity.founded_percent": Text("درصد شکایت‌های بسته‌شده که وارد بود", "percent of those closed were founded"),
    "access.people": Text(
        "نفر در شهرها و آبادی‌هایی که نقطه و جمعیت دارند",
        "{count:person|people} of cities and settlements that have a point",
    ),
    "access.mean_distance": Text(
        "کیلومتر تا نزدیک‌ترین دفتر، میانگین وزنی جمعیت", "km to the nearest office, mean over people"
    ),
    "access.people_beyond_5_km": Text("نفر دورتر از ۵ کیلومتر", "{count:person|people} beyond 5 km"),
    "access.people_beyond_10_km": Text("نفر دورتر از ۱۰ کیلومتر", "{count:person|people} beyond 10 km"),
    "access.people_beyond_20_km": Text("نفر دورتر از ۲۰ کیلومتر", "{count:person|people} beyond 20 km"),
}
BODIES = {
    Body.Code.WORKING_GROUP: Text("کارگروه", "working group"),
    Body.Code.VIOLATIONS_COMMITTEE: Text("کمیتهٔ تخلفات", "violations committee"),
}
PURPOSES = {
    Visit.Purpose.PERFORMANCE: Text("عملکرد", "performance"),
    Visit.Purpose.HEALTH: Text("بهداشت", "health"),
    Visit.Purpose.ESTABLISHMENT: Text("ایجاد دفتر", "establishment"),
    Visit.Purpose.ADDRESS_CORRECTION: Text("اصلاح نشانی", "address correction"),
    Visit.Purpose.ATM_BOOTH: Text("خودپرداز و باجهٔ بانکی", "ATM and bank booth"),
}
ORIGINS = {
    Licence.Origin.RENEWAL: Text("تمدید", "renewal"),
    Licence.Origin.TRANSFER: Text("انتقال", "transfer"),
    Licence.Origin.REISSUE: Text("تغییر نشانی یا نام", "change of address or name"),
    Licence.Origin.CONVERSION: Text("تبدیل کارگزار قدیمی", "conversion of an agent of old"),
    Licence.Origin.REVIVAL: Text("احیا", "revival"),
}

RUNGS = {rung.code: rung.text for rung in LADDER}


def unit_of(code: str, count: float) -> Text:
    """What a number of a figure counts, as it is said after that number."""
    return UNITS[code].filled(count=count)


def _procedure(code: str) -> Text:
    return next(procedure.title for procedure in Procedure.register.values() if procedure.code == code)


GROUPS: dict[str, Callable[[str], Text]] = {
    "kind": lambda code: OfficeKind(code).text,
    "body": lambda code: BODIES[Body.Code(code)],
    "purpose": lambda code: PURPOSES[Visit.Purpose(code)],
    "procedure": _procedure,
    "origin": lambda code: ORIGINS[Licence.Origin(code)],
    "outcome": lambda code: Outcome(code).text,
    "source": lambda code: Source(code).text,
    "rung": lambda code: RUNGS[code],
    "objection": lambda code: Objection.Outcome(code).text,
    "complaint": lambda code: kind_of(code).text,
    "ending": lambda code: Complaint.Outcome(code).text,
}
