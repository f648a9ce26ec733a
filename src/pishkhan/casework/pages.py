"""The public page on which an applicant sees where a request stands, by its tracking code."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from pishkhan.journal.refusals import Refusal
from pishkhan.people.asking import language

from .tracking import tracked


def track(request: HttpRequest) -> HttpResponse:
    """Where the request of a code stands; a sentence where there is none."""
    code, case, refusal, status = request.GET.get("code", "").strip()[:20], None, "", 200
    if code:
        try:
            case = tracked(code)
        except Refusal as wrong:
            refusal, status = wrong.text.to(language()), wrong.status
    return render(request, "casework/track.html", {"code_told": code, "case": case, "refusal": refusal}, status=status)
