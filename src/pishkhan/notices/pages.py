"""Pages of the outbox, for the administrator; and of the service of legal notices, for the officers who prove it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from pishkhan.files.selectors import response_for
from pishkhan.files.services import store
from pishkhan.journal import access
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language

from .forms import Served, Withdrawn
from .models import How, Notice, Outcome, Proof
from .notice_lists import CHANNELS, LegalNoticeList, NoticeList, shown
from .selectors import SERVERS, counts_from, notices_of_region, served_on, to_be_served_by
from .services import prove_service, try_again, withdraw_proof

AGAIN = Text("اطلاعیه دوباره در نوبت است.", "The notice waits to be sent again.")
PROVED = Text("ابلاغ ثبت شد.", "The service is recorded.")
TAKEN_BACK = Text("گواهی پس گرفته شد.", "The proof is withdrawn.")


@open_to(*NoticeList.roles)
def notices(request: HttpRequest) -> HttpResponse:
    """The outbox of one's region: what was sent, what waits, what failed and can be tried again."""
    return NoticeList.answer(request)


@open_to(Role.ADMINISTRATOR)
@require_POST
def again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Let a notice that failed be sent once more."""
    try_again(_found(notices_of_region(asker(request)), key), by=asker(request))
    messages.success(request, AGAIN.to(language()))
    return redirect("notices")


@open_to(*LegalNoticeList.roles)
def legal_notices(request: HttpRequest) -> HttpResponse:
    """The legal notices of one's region: those whose service is to be proved, and those that are served."""
    return LegalNoticeList.answer(request)


@open_to(*SERVERS)
def legal_notice(request: HttpRequest, key: UUID) -> HttpResponse:
    """One legal notice: what it says, whether and when it was served, and recording that."""
    person, notice = asker(request), _found(to_be_served_by(asker(request)), key)
    name = request.POST.get("act", "")
    form = Served(request.POST if name == "prove" else None, request.FILES or None, initial={"how": How.HAND})
    withdrawn = Withdrawn(request.POST if name == "withdraw" else None)
    if name == "prove" and done(form, lambda **told: _prove(notice, person, **told)):
        messages.success(request, PROVED.to(language()))
        return redirect("legal_notice", key=key)
    if name == "withdraw" and done(
        withdrawn,
        lambda reason: withdraw_proof(
            _proof(notice, request.POST.get("proof", "")), reason=reason, by=person, role=role_over(person, notice)
        ),
    ):
        messages.success(request, TAKEN_BACK.to(language()))
        return redirect("legal_notice", key=key)
    access.note(person.ref, f"notice {notice.pk}", "legal notice")
    return render(
        request,
        "notices/legal_notice.html",
        {
            "told": _told(notice),
            "notice": notice,
            "proofs": [_proved(each) for each in notice.proofs.all()],
            "served_on": served_on(notice),
            "form": form,
            "withdrawn": withdrawn,
        },
        status=422 if form.errors or withdrawn.errors else 200,
    )


@open_to(*SERVERS)
def evidence(request: HttpRequest, key: UUID, proof: int) -> FileResponse:
    """What shows that a notice was served, as it was uploaded."""
    notice = _found(to_be_served_by(asker(request)), key)
    found = _proof(notice, str(proof))
    if found.evidence is None:
        raise Missing()
    access.note(asker(request).ref, found.subject, "evidence of service")
    return response_for(found.evidence)


def role_over(person: Person, notice: Notice) -> str:
    """The role in which an officer records the service of a notice; the first of them if it holds none."""
    return next(iter(person.capacities(SERVERS, over=notice)), SERVERS[0])


def _prove(notice: Notice, person: Person, evidence: Any, **told: Any) -> None:
    file = store(evidence, by=person, division=notice.division) if evidence else None
    prove_service(notice, evidence=file, by=person, role=role_over(person, notice), **told)


def _told(notice: Notice) -> dict[str, Any]:
    return {"notice": notice, "text": shown(notice), "channel": CHANNELS[Notice.Channel(notice.channel)]}


def _proved(proof: Proof) -> dict[str, Any]:
    return {
        "proof": proof,
        "how": How(proof.how).text,
        "outcome": Outcome(proof.outcome).text,
        "counts_from": counts_from(proof),
        "server": words_of(proof.subject).get((1, "server"), ""),
    }


def _found(rows: Any, key: UUID) -> Notice:
    notice: Notice | None = rows.select_related("person", "organisation", "division").filter(pk=key).first()
    if notice is None:
        raise Missing()
    return notice


def _proof(notice: Notice, key: str) -> Proof:
    found = notice.proofs.filter(pk=int(key)).first() if key.isascii() and key.isdigit() and len(key) < 19 else None
    if found is None:
        raise Missing()
    return found
