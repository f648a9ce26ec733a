"""Why an office would be visited, for who holds or manages it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import offices_of
from pishkhan.people.models import Person
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.forms import Wrong
from pishkhan.rounds.models import Correction
from pishkhan.rounds.wording import ANSWERS

from .correcting import said_of, say_it_is_wrong
from .risk import BY_CODE, scores_of

SAID = Text("گفتهٔ شما رسید و کارشناس پاسخ می‌دهد.", "It has come; an expert will answer.")


def reasons(request: HttpRequest, code: str) -> HttpResponse:
    """Why one's own office would be visited, in words; and what one says is wrong in it."""
    person, on = asker(request), today()
    office = Office.objects.select_related("division").filter(code=code, pk__in=offices_of(person, on)).first()
    if office is None:
        raise Missing()
    form = Wrong(request.POST or None)
    if request.method == "POST" and done(form, lambda **data: say_it_is_wrong(office, by=person, **data)):
        messages.success(request, SAID.to(language()))
        return redirect("reasons", code=code)
    score = scores_of([office], on)[office.pk]
    said = Correction.objects.filter(office=office).order_by("-pk")[:20]
    return render(
        request,
        "rounds/reasons.html",
        {
            "office": office,
            "reasons": score.reasons,
            "aside": [part for part in score.parts if part.set_aside],
            "form": form,
            "said": [_correction_context(correction, person) for correction in said],
        },
        status=422 if form.errors else 200,
    )


def _correction_context(row: Correction, person: Person) -> dict[str, Any]:
    """A correction as its holder sees it: the words are those of whoever said them."""
    return {
        "row": row,
        "part": BY_CODE[row.part].name if row.part in BY_CODE else None,
        "state": ANSWERS[Correction.State(row.state)],
        "words": said_of(row) if row.person_id == person.pk else {},
    }
