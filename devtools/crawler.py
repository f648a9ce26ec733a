"""Every page, as every role sees it: which it may open, what it costs, and whether its words are in one language."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from time import perf_counter
from typing import Any

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
from pishkhan.inspections.models import Machine, Objection, ObjectionFile, Photo, Submission, Visit
from pishkhan.journal.clock import today
from pishkhan.letters.kinds import ACKNOWLEDGEMENT
from pishkhan.letters.models import Letter
from pishkhan.licensing.calls.selectors import open_places
from pishkhan.meetings.models import Meeting
from pishkhan.notices.models import Notice, Proof
from pishkhan.offices.models import Office, Undertaking
from pishkhan.payments.models import BankRow, Payment
from pishkhan.people.models import Account, Person
from pishkhan.regulation.models import Holiday, Number
from pishkhan.rounds.models import Correction, Duty, Plan
from pishkhan.site.configuration.urls import AT_WORK, FOR_APPLICANTS, FOR_EVERYBODY

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
    found = {}
    for name in names():
        try:
            found[name] = reverse(name, kwargs=samples.get(name, {}))
        except NoReverseMatch:
            continue  # there is nothing in this database that it could show
    return found


def names() -> list[str]:
    """The names of all pages: those of the house, then those of sign-in."""
    own = [pattern.name for pattern in (*FOR_EVERYBODY, *FOR_APPLICANTS, *AT_WORK) if pattern.name]
    included = next(
        each
        for each in get_resolver().url_patterns
        if isinstance(each, URLResolver) and "sign_in" in str(each.urlconf_name)
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
            opening = {each.page: each.address for each in looked_at if each.status == OPENS}
            yield from looked_at


def clients() -> dict[str, Client]:
    """A client for everybody, and one for each account of the demo, by its name."""
    found = {EVERYBODY: Client(raise_request_exception=False)}
    for account in Account.objects.filter(username__in=[*ACCOUNTS, *LATER_ACCOUNTS]).order_by("pk"):
        client = found[account.username] = Client(raise_request_exception=False)
        client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return found


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
    found = list(wrong_words(content.decode(), language)) if is_html else []
    if answer.status_code >= 500:
        found.append(f"status {answer.status_code}")
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
        found,
    )


def wrong_words(html: str, language: str) -> Iterator[str]:
    """Words of the other language where none should be.

    In Persian every Latin word stands in an element that says its language or direction; in English nothing that the
    house itself says is Persian. What people wrote (names, addresses) stays as it is.
    """
    reader = _Reader(language)
    reader.feed(html)
    yield from reader.found


class _Reader(HTMLParser):
    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language
        self._open: list[tuple[str, bool]] = []  # the elements around, and whether each is in a language of its own
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            told = dict(attrs)
            apart = (
                tag == "bdi" or tag in SILENT or (tag != "html" and told.get("lang", self._language) != self._language)
            )
            self._open.append((tag, apart))

    def handle_endtag(self, tag: str) -> None:
        while self._open and tag in [each for each, _ in self._open]:
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if any(apart for _, apart in self._open):
            return
        inside = [tag for tag, _ in self._open]
        if self._language == "fa" and (word := LATIN.search(data)):
            self.found.append(f"Latin word outside bdi: {word[0]}")
        elif self._language == "en" and OURS & set(inside) and (word := PERSIAN.search(data)):
            self.found.append(f"Persian in {inside[-1]}: {word[0]}")


def _within(resolver: URLResolver) -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each, URLResolver):
            yield from _within(each)
        elif isinstance(each, URLPattern) and each.name:
            yield each.name


def _samples() -> dict[str, dict[str, Any]]:
    """What stands in the addresses of pages about one thing."""
    case = Case.objects.filter(stage="check").order_by("pk").first() or _first(Case)
    office, meeting, visit, service = _first(Office), _first(Meeting), _first(Visit), _first(Service)
    places, holiday = open_places(today()).first(), _first(Holiday)
    found: dict[str, dict[str, Any]] = {"method": {"name": "access"}}
    if case:
        found |= {name: {"number": case.number} for name in ("case", "waive")}
        found |= {
            "step": {"number": case.number, "name": "accept"},
            "document": {"number": case.number, "kind": "tenure"},
        }
    if office:
        found |= _of_an_office(office)
    if meeting:
        found |= {name: {"number": meeting.number} for name in ("meeting", "meeting_live")}
        found["meeting_act"] = {"number": meeting.number, "name": "close"}
    for name, row, key in (
        ("visit", visit, "key"),
        ("begin", places, "key"),
        ("person", _first(Person), "key"),
        ("adopt_number", _first(Number), "key"),
        ("withdraw_holiday", holiday, "key"),
    ):
        if row:
            found[name] = {key: row.pk}
    if service:
        found |= {name: {"code": service.code} for name in ("service", "edit_service")}
    return found | _of_visits() | _sent_and_paid() | _of_rounds() | _complained()


def _complained() -> dict[str, dict[str, Any]]:
    """The same, of complaints: one that an office was asked about, with a photo if there is one."""
    asked = Complaint.objects.exclude(person=None, organisation=None).order_by("pk").first()
    photo = ComplaintPhoto.objects.order_by("pk").first()
    row = photo.complaint if photo else asked or _first(Complaint)
    if row is None:
        return {}
    found: dict[str, dict[str, Any]] = {
        "complaint": {"key": row.pk},
        "asked_complaint": {"key": (asked or row).pk},
        "complaint_act": {"key": row.pk, "name": "close"},
    }
    if photo:
        found["complaint_photo"] = {"key": row.pk, "photo": photo.pk}
    return found


def _of_an_office(office: Office) -> dict[str, dict[str, Any]]:
    """The same, of an office, its licence and what was undertaken."""
    found: dict[str, dict[str, Any]] = {
        name: {"code": office.code}
        for name in ("office", "complaint_sign", "history", "describe", "my_office", "reasons", "matters")
    }
    licence = office.licences.order_by("pk").first()
    found["extract"] = {"code": office.code, "key": licence.pk if licence else 0}
    if owed := Undertaking.objects.exclude(proof=None).order_by("pk").first():
        found |= {name: {"key": owed.pk} for name in ("undertaking", "proof")}
        found["undertaking_act"] = {"key": owed.pk, "name": "release"}
    return found


def _of_visits() -> dict[str, dict[str, Any]]:
    """The same, of visits that were made, what was said against them, and banks' machines."""
    found: dict[str, dict[str, Any]] = {}
    visit, machine, file = _first(Visit), _first(Machine), _first(ObjectionFile)
    photo = Photo.objects.exclude(file=None).order_by("pk").first()
    objection = file.objection if file else _first(Objection)
    if visit:
        found |= {name: {"key": visit.pk} for name in ("waive_visit_rule", "follow")}
    if machine:
        found |= {"machine": {"code": machine.code}, "machine_act": {"code": machine.code, "name": "move"}}
    if photo:
        found["visit_photo"] = {"key": photo.visit_id, "photo": photo.pk}
    if objection:
        found |= {name: {"key": objection.visit_id} for name in ("my_visit", "object", "decide_objection")}
    if file:
        found["objection_file"] = {"key": file.objection.visit_id, "file": file.pk}
    return found


def _of_rounds() -> dict[str, dict[str, Any]]:
    """The same, of plans of rounds, inspectors and what offices say of their reasons."""
    found: dict[str, dict[str, Any]] = {}
    if plan := Plan._base_manager.order_by("-pk").first():
        found |= {name: {"number": plan.number} for name in ("round", "round_live", "round_sheet", "change_round")}
        found["round_act"] = {"number": plan.number, "name": "publish"}
    if over := Plan.objects.filter(state=Plan.State.PUBLISHED, last_on__lt=today()).order_by("pk").first():
        found["draw"] = {"number": over.number}
    if duty := _first(Duty):
        found["duty"] = {"key": duty.person_id}
    if said := _first(Correction):
        found["correction"] = {"key": said.pk}
    return found


def _sent_and_paid() -> dict[str, dict[str, Any]]:
    """The same, of letters, notices, packages and payments."""
    found: dict[str, dict[str, Any]] = {}
    letter = Letter.objects.filter(kind=ACKNOWLEDGEMENT.code).order_by("pk").first()
    if letter:
        found["letter"] = {"number": letter.number, "edition": "fa"}
    legal = Notice.objects.filter(legal=True).order_by("pk").first()
    proof = _first(Proof)
    if legal:
        found |= {name: {"key": legal.pk} for name in ("legal_notice", "notice_again")}
    row, paid = BankRow._base_manager.filter(payment=None).order_by("pk").first(), _first(Payment)
    if row:
        found |= {"bank_file": {"key": row.file_id}, "settle": {"key": row.pk}, "repaid": {"key": row.pk}}
    if package := _first(Package):
        found |= {name: {"key": package.pk} for name in ("package", "package_content", "resume_package")}
    if paid:
        found["receipt"] = {"number": paid.note.number, "entry": paid.number}
    if refused := Submission.objects.filter(outcome=Submission.Outcome.HANDED_IN).order_by("pk").first():
        found["handed_in_report"] = {"key": refused.pk}
    if proof:
        found["evidence"] = {"key": proof.notice_id, "proof": proof.pk}
    return found


def _first(model: type[Model]) -> Any:
    return model._base_manager.order_by("pk").first()
