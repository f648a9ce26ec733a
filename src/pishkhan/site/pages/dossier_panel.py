"""What was stated in a case about a licence, by kind of dossier: the panel of its page."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.forms import Field

from pishkhan.casework.fields import fields_of
from pishkhan.casework.models import Case
from pishkhan.casework.selectors import cases_seen_by
from pishkhan.geography.distance import km_between
from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.licensing.models import AboutLicence
from pishkhan.licensing.numbers import BOOTH_DAYS, CLOSURE_DAYS, HOLDING_PERIOD, RENEWAL_DEADLINE, REVIVAL_DEADLINE
from pishkhan.licensing.rules.licence_rules import days_of_booths, last_day_to_renew
from pishkhan.licensing.rules.revival_rules import last_day_to_revive
from pishkhan.offices.models import Licence, Name, Office, Premises
from pishkhan.offices.selectors import names_of, offices_of, spans_of_premises, with_correction
from pishkhan.people.listing.columns import NOTHING as NOTHING_STATED
from pishkhan.people.listing.columns import Kind
from pishkhan.people.models import Organisation, Person
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.parties import Party
from pishkhan.people.selectors import masked, national_id_of
from pishkhan.people.web.form_fields import Place
from pishkhan.people.web.request_context import language

MOST = 10
NOTHING: dict[str, Any] = {}
YES, NO = Text("بله", "yes"), Text("خیر", "no")


def panel(case: Case, person: Person, *, at_work: bool) -> dict[str, Any]:
    """What was stated about a licence, for the template of the dossier's kind; nothing for a request for a new one."""
    dossier = case.dossier
    office = getattr(dossier, "office", None)
    if isinstance(dossier, AboutLicence):
        licence = Licence.objects.select_related("office", "successor").get(pk=dossier.licence_id)
        rows = TOLD.get(case.procedure_code, _nothing_more)(case, licence)
        return rows | {
            "template": (f"site/dossiers/{case.procedure_code}.html", "site/dossiers/answers.html"),
            "answers": partial(kept_answers, case),  # asked by the template that needs it
            "licence": licence,
            "led_to": office,
            "about": _about(licence.office, person, at_work),
            "others": _others(case, person),
            "successor": getattr(licence, "successor", None),
        }
    return {"led_to": office, "about": _about(office, person, at_work)} if office else NOTHING


def kept_answers(case: Case) -> list[dict[str, Any]]:
    """What its dossier keeps of the forms of its steps, by their labels: shown where it has no template of its own."""
    dossier = case.dossier
    forms: list[Any] = [step.form for step in case.procedure.steps.values() if step.form]
    columns = {column.name for column in dossier._meta.concrete_fields}
    fields = {
        name: field
        for form in forms
        for name, field in fields_of(form).items()
        if name in columns and getattr(form, "data", {}).get(name, form.datum) == Datum.STATED
    }
    return [{"label": field.label, **_value(field, getattr(dossier, name))} for name, field in fields.items()]


def _value(field: Field, value: Any) -> dict[str, Any]:
    """A value as lists show it; `None` where nothing is stated."""
    if isinstance(value, bool):
        return {"shape": Kind.WORDS, "value": YES if value else NO}
    if value and isinstance(field, Place):
        return {"shape": Kind.WRITTEN, "value": place_name(getattr(value, "code", value), language())}
    if chosen := dict(getattr(field, "choices", ())).get(value) if value else None:
        return {"shape": Kind.NAME, "value": chosen}
    shape = Kind.DAY if isinstance(value, date) else Kind.NUMBER if isinstance(value, int) else Kind.WRITTEN
    return {"shape": shape, "value": None if value in NOTHING_STATED else value}


def _about(office: Office, person: Person, at_work: bool) -> dict[str, Any]:
    """The office a case is about, and which of its pages is for whoever asks."""
    own = not at_work and office.pk in offices_of(person, today())
    return {
        "office": office,
        "name": names_of([office], today()).get(office.pk, ""),
        "page": "history" if at_work else "my_office" if own else "office",
    }


def _others(case: Case, person: Person) -> list[dict[str, Any]]:
    """The other requests about the same office that whoever asks may see, the latest first."""
    rows = cases_seen_by(person).filter(about=case.about).exclude(pk=case.pk).order_by("-pk")[:MOST]
    return [
        {"number": row.number, "title": row.procedure.title, "stage": row.where.label, "ended": row.where.ends}
        for row in rows
    ]


def _renewal(case: Case, licence: Licence) -> dict[str, Any]:
    return {"last_day": last_day_to_renew(licence, case.reckoned(RENEWAL_DEADLINE).value)}


def _revival(case: Case, licence: Licence) -> dict[str, Any]:
    return {"last_day": last_day_to_revive(licence, case.reckoned(REVIVAL_DEADLINE).value)}


def _transfer(case: Case, licence: Licence) -> dict[str, Any]:
    buyer = case.other_side
    return {
        "seller": case.applicant.name,
        "buyer": buyer.name if buyer else "",
        "seller_id": _identity(case.applicant),
        "buyer_id": _identity(buyer) if buyer else "",
        "holding": case.reckoned(HOLDING_PERIOD),
    }


def _moved(case: Case, licence: Licence) -> dict[str, Any]:
    """Where the office was or was held to be, and how far from there what was stated is, in a straight line."""
    before: Premises | None = _before(case, licence.office.premises.all())
    return {"before": before, "km": _km(before, case)}


def _corrected(case: Case, licence: Licence) -> dict[str, Any]:
    """The same, and the line of time of where the office was: as the register has it, and as it would be."""
    spans, dossier = spans_of_premises(licence.office), case.dossier
    after = with_correction(spans, dossier.from_on, dossier.address) if dossier.from_on and not case.where.ends else []
    return _moved(case, licence) | {"spans": spans, "corrected_spans": after}


def _name(case: Case, licence: Licence) -> dict[str, Any]:
    held: Name | None = _before(case, licence.office.names.all())
    return {"before": held.name if held else ""}


def _closure(case: Case, licence: Licence) -> dict[str, Any]:
    return {"days": _days(case.dossier), "most": case.reckoned(CLOSURE_DAYS)}


def _booth(case: Case, licence: Licence) -> dict[str, Any]:
    on = case.dossier.from_on or today()
    return {"days": _days(case.dossier), "most": case.reckoned(BOOTH_DAYS), "had": days_of_booths(licence.office, on)}


def _nothing_more(case: Case, licence: Licence) -> dict[str, Any]:
    return {}


# What a panel shows beyond the dossier and its licence, where it shows more.
TOLD: dict[str, Callable[[Case, Licence], dict[str, Any]]] = {
    "renewal": _renewal,
    "revival": _revival,
    "transfer": _transfer,
    "address-change": _moved,
    "correction": _corrected,
    "name-change": _name,
    "closure": _closure,
    "booth": _booth,
}


def _identity(party: Party) -> str:
    """By what a party is known: the legal id of an organisation, the masked national id of a person."""
    return (party.legal_id or "") if isinstance(party, Organisation) else masked(national_id_of(party))


def _days(dossier: Any) -> int:
    """How many days were asked for; none before they are stated."""
    first: date | None = dossier.from_on
    return (dossier.until_on - first).days + 1 if first else 0


def _km(before: Premises | None, case: Case) -> float | None:
    if before is None or before.lat is None or before.lon is None or case.lat is None or case.lon is None:
        return None
    return round(km_between(before.lat, before.lon, case.lat, case.lon), 1)


def _before(case: Case, facts: QuerySet[Any]) -> Any:
    """What the register held before a case changed it, of the day from which it is changed (of a draft today)."""
    office = case.dossier.licence.office
    on = getattr(case.dossier, "from_on", None) or case.opened_on
    change = Entry.objects.filter(
        subject=office.subject, act="office.change", because__startswith=f"{case.subject}#"
    ).first()
    held = [
        fact
        for fact in facts.filter(valid_from__lte=on).order_by("-valid_from", "-pk")
        if fact.valid_to is None or fact.valid_to > on
    ]
    if change is None:
        return next((fact for fact in held if fact.superseded_at is None), None)
    return next(
        (
            fact
            for fact in held
            if fact.recorded_at < change.at and (fact.superseded_at is None or fact.superseded_at >= change.at)
        ),
        None,
    )
