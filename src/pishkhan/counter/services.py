"""Acts on the catalogue: entering agencies and services, what they cost, and what an office says of itself."""

from collections.abc import Sequence
from datetime import date, time

from django.db import IntegrityError

from pishkhan.geography.models import Division
from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import retried
from pishkhan.journal.refusals import Invalid, Refusal
from pishkhan.language.search import searchable
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.people.roles import Role

from .models import Agency, Hours, Offering, Profile, RequiredPaper, Service, Tariff

CODE_TAKEN = Text("شناسهٔ «{code}» به کار رفته است.", "The code '{code}' is taken.")
EARLIER = Text("از این روز یا پس از آن تعرفه‌ای هست.", "There is a tariff from that day or later already.")
WITHDRAWN = Text("این خدمت برچیده شده است.", "This service is withdrawn.")
NOT_OF_THIS_KIND = Text("«{name}» را این نوع دفتر ارائه نمی‌دهد.", "'{name}' is not for this kind of office.")
OVERLAP = Text("ساعت‌های یک روز روی هم می‌افتند یا وارونه‌اند.", "The hours of a day overlap, or end before they begin.")

Opening = tuple[int, time, time]  # the day of the week (0 is Saturday), from, until


@retried
def enter_agency(*, code: str, name: Text, division: Division, by: Actor) -> Agency:
    """Enter a body whose services are served at counters."""
    row = Agency(code=code, name_fa=name.fa, name_en=name.en, division=division)
    try:
        with begin(by, "counter.enter-agency", row, role=Role.EXPERT) as entry:
            entry.facts = {"code": code, "division": division.code, "name": list(name)}
    except IntegrityError:
        raise _taken(code) from None
    return row


@retried
def enter_service(
    *,
    code: str,
    agency: Agency,
    name: Text,
    amount: int,
    source: str,
    papers: Sequence[Text],
    by: Actor,
    kind: str = "",
    valid_from: date | None = None,
) -> Service:
    """Enter a service with its first tariff (rial) and the papers it wants."""
    row = Service(
        code=code,
        agency=agency,
        division_id=agency.division_id,
        kind=kind,
        name_fa=name.fa,
        name_en=name.en,
        search=searchable(name.fa, name.en, agency.name_fa, agency.name_en)[:820],
    )
    since = valid_from or today()
    try:
        with begin(by, "counter.enter-service", row, role=Role.EXPERT) as entry:
            Tariff(service=row, amount=amount, valid_from=since, source=source).save(force_insert=True)
            _put_papers(row, papers)
            entry.facts = {
                "code": code,
                "agency": agency.code,
                "kind": kind,
                "name": list(name),
                "amount": amount,
                "valid_from": since,
                "source": source,
                "papers": [list(paper) for paper in papers],
            }
    except IntegrityError:
        raise _taken(code) from None
    return row


@retried
def set_tariff(service: Service, *, amount: int, valid_from: date, source: str, by: Actor) -> Tariff:
    """Let a service cost another amount (rial) from a day on; what it cost before stays known."""
    with act(by, "counter.set-tariff", on=service, role=Role.EXPERT) as entry:
        _ask_it_is_served(service)
        if service.tariffs.filter(valid_from__gte=valid_from).exists():
            raise Invalid(EARLIER, {"valid_from": EARLIER})
        service.tariffs.filter(valid_to=None).update(valid_to=valid_from)
        tariff = Tariff(service=service, amount=amount, valid_from=valid_from, source=source)
        tariff.save(force_insert=True)
        entry.facts = {"amount": amount, "valid_from": valid_from, "source": source}
    return tariff


@retried
def ask_papers(service: Service, papers: Sequence[Text], *, by: Actor) -> Service:
    """Say what a client must bring for a service."""
    with act(by, "counter.ask-papers", on=service, role=Role.EXPERT) as entry:
        _ask_it_is_served(service)
        service.papers.all().delete()
        _put_papers(service, papers)
        entry.facts = {"papers": [list(paper) for paper in papers]}
    return service


@retried
def withdraw_service(service: Service, *, by: Actor) -> Service:
    """Let a service be served no more, from today on."""
    with act(by, "counter.withdraw-service", on=service, role=Role.EXPERT) as entry:
        _ask_it_is_served(service)
        service.withdrawn_on = today()
        entry.facts = {"on": service.withdrawn_on}
    return service


@retried
def describe_office(
    office: Office,
    *,
    hours: Sequence[Opening],
    services: Sequence[Service],
    by: Actor,
    phone: str = "",
    step_free: bool | None = None,
) -> Profile:
    """Say when an office is open and what it offers; what was said before no longer holds."""
    _ask_the_hours(hours)
    for service in services:
        if service.kind not in ("", office.kind):
            wrong = NOT_OF_THIS_KIND.filled(name=service.name)
            raise Invalid(wrong, {"services": wrong})
    row = Profile.objects.filter(office=office).first()
    fresh = row is None
    row = row or Profile(office=office, division_id=office.division_id)
    written = (
        begin(by, "counter.describe-office", row, role=Role.EXPERT)
        if fresh
        else act(by, "counter.describe-office", on=row, role=Role.EXPERT)
    )
    with written as entry:
        row.phone, row.step_free = phone, step_free
        if not fresh:
            row.hours.all().delete()
            row.offerings.all().delete()
        Hours.objects.bulk_create(
            Hours(profile=row, weekday=day, opens=opens, closes=closes) for day, opens, closes in hours
        )
        Offering.objects.bulk_create(Offering(profile=row, service=service) for service in services)
        entry.facts = {
            "office": office.code,
            "phone": phone,
            "step_free": step_free,
            "hours": [[day, f"{opens:%H:%M}", f"{closes:%H:%M}"] for day, opens, closes in hours],
            "services": sorted(service.code for service in services),
        }
    return row


def _put_papers(service: Service, papers: Sequence[Text]) -> None:
    RequiredPaper.objects.bulk_create(
        RequiredPaper(service=service, position=place, name_fa=name.fa, name_en=name.en)
        for place, name in enumerate(papers, 1)
    )


def _ask_it_is_served(service: Service) -> None:
    if service.withdrawn_on:
        raise Refusal(WITHDRAWN)


def _ask_the_hours(hours: Sequence[Opening]) -> None:
    until: dict[int, time] = {}
    for day, opens, closes in sorted(hours):
        if closes <= opens or opens < until.get(day, time.min):
            raise Invalid(OVERLAP, {"hours": OVERLAP})
        until[day] = closes


def _taken(code: str) -> Invalid:
    return Invalid(CODE_TAKEN.filled(code=code), {"code": CODE_TAKEN.filled(code=code)})
