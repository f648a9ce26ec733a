"""Pages of why an office would be visited: for who holds or manages it, and for the expert who answers them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import offices_of
from pishkhan.people.access import open_to
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.forms import Answered, Wrong
from pishkhan.rounds.models import Correction
from pishkhan.rounds.plan_lists import CorrectionList
from pishkhan.rounds.selectors import corrections_seen_by
from pishkhan.rounds.wording import ANSWERS

from .correcting import dismiss, said_of, say_it_is_wrong, uphold
from .risk import BY_CODE, scores_of

SAID = Text("گفتهٔ شما رسید و کارشناس پاسخ می‌دهد.", "It has come; an expert will answer.")
ANSWERED = Text("پاسخ ثبت شد.", "The answer is saved.")
NO_DAY = Text("روزی بنویسید که تا آن شمرده نشود.", "Write the day until which it shall not count.")
HALF_A_YEAR = timedelta(days=180)


def reasons(request: HttpRequest, code: str) -> HttpResponse:
    """Why one's own office would be visited, in words; and what one says is wrong in it."""
    person, on = asker(request), today()
    office = Office.objects.select_related("division").filter(code=code, pk__in=offices_of(person, on)).first()
    if office is None:
        raise Missing()
    form = Wrong(request.POST or None)
    if request.method == "POST" and done(form, lambda **told: say_it_is_wrong(office, by=person, **told)):
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
            "aside": [each for each in score.parts if each.set_aside],
            "form": form,
            "said": [_told(each, person) for each in said],
        },
        status=422 if form.errors else 200,
    )


@open_to(*CorrectionList.roles)
def corrections(request: HttpRequest) -> HttpResponse:
    """What holders of one's region say is wrong: what waits for an answer, or all of it."""
    return CorrectionList.answer(request)


@open_to(Role.EXPERT)
def correction(request: HttpRequest, key: int) -> HttpResponse:
    """One of them, and the answer to it."""
    person = asker(request)
    found = corrections_seen_by(person).filter(pk=key).first()
    if found is None:
        raise Missing()
    form = Answered(request.POST or None, initial={"until_on": today() + HALF_A_YEAR})

    def answered(finds: str, until_on: Any, words: str) -> None:
        if finds == "dismiss":
            dismiss(found, words=words, by=person)
        elif until_on is None:
            raise Invalid(NO_DAY, {"until_on": NO_DAY})
        else:
            uphold(found, until_on=until_on, words=words, by=person)

    if request.method == "POST" and done(form, answered):
        messages.success(request, ANSWERED.to(language()))
        return redirect("corrections")
    access.note(person.ref, found.subject, "correction")
    return render(
        request,
        "rounds/correction.html",
        {
            "row": found,
            "form": form,
            "told": said_of(found),
            "part": BY_CODE.get(found.part),
            "state": ANSWERS[Correction.State(found.state)],
        },
        status=422 if form.errors else 200,
    )


def _told(row: Correction, person: Person) -> dict[str, Any]:
    """A correction as its holder sees it: the words are those of whoever said them."""
    return {
        "row": row,
        "part": BY_CODE[row.part].name if row.part in BY_CODE else None,
        "state": ANSWERS[Correction.State(row.state)],
        "words": said_of(row) if row.person_id == person.pk else {},
    }
