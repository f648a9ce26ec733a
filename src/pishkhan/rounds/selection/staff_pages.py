"""What holders say is wrong in why an office would be visited, for the expert who answers them."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from pishkhan.journal import access
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done
from pishkhan.people.web.request_context import asker, language
from pishkhan.rounds.forms import Answered
from pishkhan.rounds.models import Correction
from pishkhan.rounds.plan_lists import CorrectionList
from pishkhan.rounds.selectors import corrections_seen_by
from pishkhan.rounds.wording import ANSWERS

from .correcting import dismiss, said_of, uphold
from .risk import BY_CODE

ANSWERED = Text("پاسخ ثبت شد.", "The answer is saved.")
NO_DAY = Text("روزی بنویسید که تا آن شمرده نشود.", "Write the day until which it shall not count.")
HALF_A_YEAR = timedelta(days=180)


@open_to(*CorrectionList.roles)
def corrections(request: HttpRequest) -> HttpResponse:
    """What holders of one's region say is wrong: what waits for an answer, or all of it."""
    return CorrectionList.answer(request)


@open_to(Role.EXPERT)
def correction(request: HttpRequest, key: int) -> HttpResponse:
    """One of them, and the answer to it."""
    person = asker(request)
    correction = corrections_seen_by(person).filter(pk=key).first()
    if correction is None:
        raise Missing()
    form = Answered(request.POST or None, initial={"until_on": today() + HALF_A_YEAR})

    def answered(finds: str, until_on: Any, words: str) -> None:
        if finds == "dismiss":
            dismiss(correction, words=words, by=person)
        elif until_on is None:
            raise Invalid(NO_DAY, {"until_on": NO_DAY})
        else:
            uphold(correction, until_on=until_on, words=words, by=person)

    if request.method == "POST" and done(form, answered):
        messages.success(request, ANSWERED.to(language()))
        return redirect("corrections")
    access.note(person.ref, correction.subject, "correction")
    return render(
        request,
        "rounds/correction.html",
        {
            "row": correction,
            "form": form,
            "told": said_of(correction),
            "part": BY_CODE.get(correction.part),
            "state": ANSWERS[Correction.State(correction.state)],
        },
        status=422 if form.errors else 200,
    )
