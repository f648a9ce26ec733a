"""Every page, as every role sees it: which it may open, what it costs, whether its words and its tables are right."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from time import perf_counter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, reset_queries
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from pishkhan.casework.models import Case
from pishkhan.complaints.models import Complaint, ComplaintPhoto
from pishkhan.counter.models import Service
from pishkhan.demo.stage.cast import ACCOUNTS, LATER_ACCOUNTS
from pishkhan.exchange.models import Package
from pishkhan.inspections.models import ChecklistEdition, Machine, Objection, ObjectionFile, Photo, Submission, Visit
from pishkhan.journal.clock import today
from pishkhan.letters.kinds import ACKNOWLEDGEMENT
from pishkhan.letters.models import Letter
from pishkhan.licensing.calls.selectors import open_places
from pishkhan.meetings.models import AgendaItem, Meeting, Minutes, Seat, SeatProposal
from pishkhan.notices.models import Notice, Proof
from pishkhan.offices.models import Office, Undertaking
from pishkhan.payments.models import BankRow, Payment
from pishkhan.people.models import Account, Appointment, Person
from pishkhan.regulation.models import Holiday, Instrument, Number
from pishkhan.rounds.models import Correction, Duty, Plan
from pishkhan.site.configuration.urls import AT_WORK, FOR_APPLICANTS, FOR_EVERYBODY

from .tables import wrong_cells

EVERYBODY = "everybody"
LEAVING = "account_logout"  # the page that signs out
OPENS = 200
LATIN = re.compile(r"[A-Za-z]{2,}")
PERSIAN = re.compile(r"[\u0600-\u06ff]{2,}")
SILENT = {"script", "style", "head", "textarea", "option"}
OURS = {"th", "label", "button", "legend", "summary", "dt", "nav"}  # what the house says, never what people wrote
VOID = {"input", "img", "br", "meta", "link", "hr", "source", "circle", "rect", "line"}


@dataclass
class Seen:
    """One page as one role saw it, in one language."""

    page: str
    address: str
    role: str
    language: str
    status: int
    queries: int
    kilobytes: float
    milliseconds: float
    is_document: bool  # a page of its own: no download, no part of a page
    findings: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def addresses() -> dict[str, str]:
    """Every page by name, with an address that leads to something that is there."""
    samples = _samples()
    pages = {}
    for name in names():
        try:
            pages[name] = reverse(name, kwargs=samples.get(name, {}))
        except NoReverseMatch:
            continue  # there is nothing in this database that it could show
    return pages


def names() -> list[str]:
    """The names of all pages: those of the house, then those of sign-in."""
    own = [pattern.name for pattern in (*FOR_EVERYBODY, *FOR_APPLICANTS, *AT_WORK) if pattern.name]
    included = next(
        pattern
        for pattern in get_resolver().url_patterns
        if isinstance(pattern, URLResolver) and "sign_in" in str(pattern.urlconf_name)
    )
    return [*own, *_within(included)]


def crawled(languages: tuple[str, ...] = ("fa", "en"), *, warm: bool = True) -> Iterator[Seen]:
    """Ask for every page in every role; for what opens, in every language. Once to warm up, unless it need not."""
    there = {name: address for name, address in addresses().items() if name != LEAVING}
    for role, client in clients().items():
        opening = there
        for language in languages:
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            looked_at = [seen(name, address, role, language, client, warm=warm) for name, address in opening.items()]
            opening = {seen.page: seen.address for seen in looked_at if seen.status == OPENS}
            yield from looked_at


def clients() -> dict[str, Client]:
    """A client for everybody, and one for each account of the demo, by its name."""
    signed_in = {EVERYBODY: Client(raise_request_exception=False)}
    for account in Account.objects.filter(username__in=[*ACCOUNTS, *LATER_ACCOUNTS]).order_by("pk"):
        client = signed_in[account.username] = Client(raise_request_exception=False)
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return signed_in


def seen(name: str, address: str, role: str, language: str, client: Client, *, warm: bool = True) -> Seen:
    """One page, asked for once to warm up and once to be measured."""
    if warm:
        list(client.get(address))  # to its end: what is streamed is closed there
    reset_queries()
    with CaptureQueriesContext(connection) as queries:
        began = perf_counter()
        answer: Any = client.get(address)
        took = perf_counter() - began
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    is_html = answer.headers.get("Content-Type", "").startswith("text/html") and bool(content)
    is_document = is_html and content.lstrip()[:9].lower() == b"<!doctype"
    html = content.decode() if is_html else ""
    result = [*wrong_words(html, language), *wrong_cells(html)]
    if answer.status_code >= 500:
        result.append(f"status {answer.status_code}")
    return Seen(
        name,
        address,
        role,
        language,
        answer.status_code,
        len(queries),
        round(len(content) / 1024, 1),
        round(took * 1000, 1),
        is_document,
        result,
    )


def wrong_words(html: str, language: str) -> Iterator[str]:
    """Words of the other language where none should be.

    In Persian every Latin word stands in an element that says its language or direction; in English nothing that the
    house itself says is Persian. What people wrote (names, addresses) stays as it is.
    """
    reader = _Reader(language)
    reader.feed(html)
    yield from reader.wrong


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._open: list[tuple[str, bool]] = []  # the elements around, and whether each is in a language of its own
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            attributes = dict(attrs)
            apart = (
                tag == "bdi"
                or tag in SILENT
                or (tag != "html" and attributes.get("lang", self._language) != self._language)
            )
            self._open.append((tag, apart))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [item for item, _ in self._open]:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if any(apart for _, apart in self._open):
            return
        inside = [tag for tag, _ in self._open]
        if self._language == "fa" and (word := LATIN.search(data)):
            self.wrong.append(f"Latin word outside bdi: {word[0]}")
        elif self._language == "en" and OURS & set(inside) and (word := PERSIAN.search(data)):
            self.wrong.append(f"Persian in {inside[-1]}: {word[0]}")


def _within(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _within(pattern)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield pattern.name


def _samples() -> dict[str, dict[str, Any]]:
    """What stands in the addresses of pages about one thing."""
    case = Case.objects.filter(stage="check").order_by("pk").first() or _first(Case)
    office, meeting, visit, service = _first(Office), _first(Meeting), _first(Visit), _first(Service)
    places, holiday = open_places(today()).first(), _first(Holiday)
    samples: dict[str, dict[str, Any]] = {"method": {"name": "access"}}
    if case:
        samples |= {name: {"number": case.number} for name in ("case", "waive")}
        samples |= {
            "step": {"number": case.number, "name": "accept"},
            "document": {"number": case.number, "kind": "tenure"},
        }
    if office:
        samples |= _of_an_office(office)
    if meeting:
        samples |= {name: {"number": meeting.number} for name in ("meeting", "meeting_live")}
        samples["meeting_act"] = {"number": meeting.number, "name": "close"}
        samples["meeting_change"] = {"number": meeting.number, "name": "adjourn"}
    if minutes := _first(Minutes):
        samples["minutes_change"] = {"number": minutes.meeting.number, "name": "note-declined"}
        samples["minutes_pdf"] = {"number": minutes.meeting.number, "edition": "redacted-fa"}
    for name, row, key in (
        ("visit", visit, "key"),
        ("begin", places, "key"),
        ("withdraw_call", places and places.call, "key"),
        ("person", _first(Person), "key"),
        ("propose_appointment", _first(Person), "key"),
        ("appointment", _first(Appointment), "key"),
        ("appointment_scan", _first(Appointment), "key"),
        ("propose_seat", _first(Seat), "key"),
        ("seat_proposal", _first(SeatProposal), "key"),
        ("seat_scan", _first(SeatProposal), "key"),
        ("person_account", _first(Person), "key"),
        ("national_id", _first(Person), "key"),
        ("adopt_number", _first(Number), "key"),
        ("withdraw_holiday", holiday, "key"),
    ):
        if row:
            samples[name] = {key: row.pk}
    if service:
        samples |= {name: {"code": service.code} for name in ("service", "edit_service")}
    if instrument := _first(Instrument):
        pages = ("instrument", "correct_instrument", "write_article")
        samples |= {name: {"code": instrument.code} for name in pages}
    return samples | _of_items() | _of_visits() | _sent_and_paid() | _of_rounds() | _complained()


def _of_items() -> dict[str, dict[str, Any]]:
    """The same, of an item whose file members read: the latest with an agenda that is published."""
    item = AgendaItem.objects.exclude(meeting__state=Meeting.State.CONVENED).order_by("-pk").first()
    if item is None:
        return {}
    address = {"number": item.meeting.number, "position": item.position}
    photo = Photo.objects.exclude(file=None).order_by("visit__case_id", "pk").first()
    return {
        "item_file": address,
        "item_paper": address | {"kind": "tenure"},
        "item_photo": address | {"key": photo.pk if photo else UUID(int=0)},
    }


def _complained() -> dict[str, dict[str, Any]]:
    """The same, of complaints: one that an office was asked about, with a photo if there is one."""
    complaint = Complaint.objects.exclude(person=None, organisation=None).order_by("pk").first()
    photo = ComplaintPhoto.objects.order_by("pk").first()
    row = photo.complaint if photo else complaint or _first(Complaint)
    if row is None:
        return {}
    samples: dict[str, dict[str, Any]] = {
        "complaint": {"key": row.pk},
        "asked_complaint": {"key": (complaint or row).pk},
        "complaint_act": {"key": row.pk, "name": "close"},
    }
    if photo:
        samples["complaint_photo"] = {"key": row.pk, "photo": photo.pk}
    return samples


def _of_an_office(office: Office) -> dict[str, dict[str, Any]]:
    """The same, of an office, its licence and what was undertaken."""
    samples: dict[str, dict[str, Any]] = {
        name: {"code": office.code}
        for name in ("office", "complaint_sign", "history", "describe", "my_office", "reasons", "matters")
    }
    licence = office.licences.order_by("pk").first()
    samples["extract"] = {"code": office.code, "key": licence.pk if licence else 0}
    if undertaking := Undertaking.objects.exclude(proof=None).order_by("pk").first():
        samples |= {name: {"key": undertaking.pk} for name in ("undertaking", "proof")}
        samples["undertaking_act"] = {"key": undertaking.pk, "name": "release"}
    return samples


OF_AN_OBJECTION = ("my_visit", "object", "decide_objection", "take_objection_back")


def _of_visits() -> dict[str, dict[str, Any]]:
    """The same, of visits that were made, what was said against them, and banks' machines."""
    samples: dict[str, dict[str, Any]] = {}
    visit, machine, file = _first(Visit), _first(Machine), _first(ObjectionFile)
    photo = Photo.objects.exclude(file=None).order_by("pk").first()
    objection = file.objection if file else _first(Objection)
    if visit:
        samples |= {name: {"key": visit.pk} for name in ("waive_visit_rule", "follow")}
    if machine:
        samples |= {"machine": {"code": machine.code}, "machine_act": {"code": machine.code, "name": "move"}}
    if checklist := _first(ChecklistEdition):
        pages = ("checklist_edition", "checklist_on_phone", "checklist_table", "checklist_scan")
        samples |= {name: {"code": checklist.code} for name in pages}
        samples["checklist_act"] = {"code": checklist.code, "name": "put"}
    if photo:
        samples["visit_photo"] = {"key": photo.visit_id, "photo": photo.pk}
    if objection:
        samples |= {name: {"key": objection.visit_id} for name in OF_AN_OBJECTION}
    if file:
        samples["objection_file"] = {"key": file.objection.visit_id, "file": file.pk}
    return samples


def _of_rounds() -> dict[str, dict[str, Any]]:
    """The same, of plans of rounds, inspectors and what offices say of their reasons."""
    samples: dict[str, dict[str, Any]] = {}
    if plan := Plan._base_manager.order_by("-pk").first():
        samples |= {name: {"number": plan.number} for name in ("round", "round_live", "round_sheet", "change_round")}
        samples["round_act"] = {"number": plan.number, "name": "publish"}
    if over := Plan.objects.filter(state=Plan.State.PUBLISHED, last_on__lt=today()).order_by("pk").first():
        samples["draw"] = {"number": over.number}
    if duty := _first(Duty):
        samples["duty"] = {"key": duty.person_id}
    if said := _first(Correction):
        samples["correction"] = {"key": said.pk}
    return samples


def _sent_and_paid() -> dict[str, dict[str, Any]]:
    """The same, of letters, notices, packages and payments."""
    samples: dict[str, dict[str, Any]] = {}
    letter = Letter.objects.filter(kind=ACKNOWLEDGEMENT.code).order_by("pk").first()
    if letter:
        samples["letter"] = {"number": letter.number, "edition": "fa"}
    legal = Notice.objects.filter(legal=True).order_by("pk").first()
    proof = _first(Proof)
    if legal:
        samples |= {name: {"key": legal.pk} for name in ("legal_notice", "notice_again")}
    row, paid = BankRow._base_manager.filter(payment=None).order_by("pk").first(), _first(Payment)
    if row:
        samples |= {"bank_file": {"key": row.file_id}, "settle": {"key": row.pk}, "repaid": {"key": row.pk}}
    if package := _first(Package):
        samples |= {name: {"key": package.pk} for name in ("package", "package_content", "resume_package")}
    if paid:
        samples["receipt"] = {"number": paid.note.number, "entry": paid.number}
    if refused := Submission.objects.filter(outcome=Submission.Outcome.HANDED_IN).order_by("pk").first():
        samples["handed_in_report"] = {"key": refused.pk}
    if proof:
        samples["evidence"] = {"key": proof.notice_id, "proof": proof.pk}
    return samples


def _first(model: type[Model]) -> Any:
    return model._base_manager.order_by("pk").first()
