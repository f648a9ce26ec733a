"""Pages of whoever complains: complaining without signing in, and following it by its code."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from pishkhan.complaints.antispam import TRACKING, ask_before, ask_the_rate, challenge
from pishkhan.complaints.deadlines import due_days
from pishkhan.complaints.filing import add, complain, say_settled, take_back_contact
from pishkhan.complaints.models import Complaint, State
from pishkhan.complaints.selectors import course_of, last_words
from pishkhan.geography.selectors import place_name
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Invalid, Missing, Refusal
from pishkhan.language.codes import code as read_code
from pishkhan.language.digits import ascii_digits
from pishkhan.language.identifiers import NotValid
from pishkhan.language.text import Text
from pishkhan.limits.lookups import by_code
from pishkhan.limits.posting import once, posting_of
from pishkhan.offices.models import Office
from pishkhan.offices.selectors import names_of
from pishkhan.people.access import everybody
from pishkhan.people.web.form_fields import TOO_MANY, done, note_unavailable
from pishkhan.people.web.request_context import language

from .forms import LONG, Complained

UNKNOWN = Text("شکایتی با این کد نیست.", "There is no complaint of that code.")
TOO_SHORT = Text("بنویسید چه می‌افزایید (از ۵ تا ۴۰۰۰ حرف).", "Write what you add (from 5 to 4,000 letters).")
# What a complainant is told was done, by the act; of the others nothing.
TOLD = {
    "receive": Text("شکایت شما رسید", "Your complaint was received"),
    "send": Text("از دفتر پاسخ خواسته شد", "The office was asked for an answer"),
    "answer": Text("دفتر پاسخ داد و پاسخ بررسی می‌شود", "The office answered; the answer is looked at"),
    "publish": Text("پاسخ دفتر منتشر شد", "The office's answer was published to you"),
    "join": Text("به شکایتی دیگر دربارهٔ همین پیوست", "It was joined to another about the same"),
    "separate": Text("دوباره جداگانه رسیدگی می‌شود", "It is looked into by itself again"),
    "ask-visit": Text("بازدید از دفتر خواسته شد", "A visit to the office was asked for"),
    "open-case": Text("پروندهٔ تخلف باز شد", "A violation case was opened"),
    "escalate": Text("از مهلت گذشت و به مدیرکل رسید", "It is overdue, and came before the director"),
    "dismiss": Text("رد شد", "It was dismissed"),
    "close": Text("بسته شد", "It was closed"),
    "reopen": Text("دوباره باز شد", "It was opened again"),
    "add": Text("شما افزودید", "You added"),
    "settled": Text("گفتید که حل شده است", "You said that it is settled"),
    "unsettled": Text("گفتید که حل نشده است", "You said that it is not settled"),
    "take-back-contact": Text("راه تماس شما پاک شد", "How to reach you was erased"),
}


@everybody
@never_cache
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Complaining about an office or a place without one. Anonymous, and without a script too."""
    about = _office(request.GET.get("office", ""))
    form = Complained(request.POST or None, request.FILES or None, about=about)
    made: list[Complaint] = []
    if request.method == "POST":
        ask_before(request)
        if not request.POST.get("website") and done(form, lambda **stated: made.append(_made(request, stated))):
            return redirect(f"{reverse('track_complaint')}?{urlencode({'code': made[0].code, 'new': '1'})}")
    return render(
        request,
        "complaints/new.html",
        {
            "form": form,
            "about": about,
            "toil": challenge(),
            "name": names_of([about], today()).get(about.pk, "") if about else "",
            "place": place_name(about.division_id, language()) if about else "",
        },
        status=422 if form.errors else 200,
    )


def _made(request: HttpRequest, stated: dict[str, Any]) -> Complaint:
    """The complaint of a form: the same one, however often the form is posted."""
    posting = posting_of(request, "complaint")

    def made() -> Complaint:
        ask_the_rate(request, request.POST.get("altcha", ""), posting)
        return complain(**stated)

    return once(posting, made, Complaint.objects.all())


@everybody
@never_cache
def track_complaint(request: HttpRequest) -> HttpResponse:
    """Where a complaint stands, for whoever knows its code; adding to it, and saying whether it is settled."""
    typed = (request.POST.get("code") or request.GET.get("code", ""))[:40]
    refusal = ""
    found = None
    if typed:
        try:
            found = complaint_of(request, typed)
            if request.method == "POST":
                _do(request, found, request.POST.get("act", ""), request.POST.get("text", "").strip())
                return redirect(f"{reverse('track_complaint')}?{urlencode({'code': found.code})}")
        except Refusal as told:
            if told.status == TOO_MANY:
                raise
            note_unavailable(told)
            refusal = told.text.to(language())
    return render(
        request,
        "complaints/track.html",
        {
            "typed": found.code if found else typed,
            "refusal": refusal,
            "is_new": bool(request.GET.get("new")),
            "told": told_to_complainant(found) if found else None,
        },
        status=200 if not refusal else 422 if found else 404,
    )


def complaint_of(request: HttpRequest, typed: str) -> Complaint:
    """The complaint of a code that somebody typed; a refusal if there is none, or too many are asked for."""
    return by_code(TRACKING, request, lambda: _of_code(typed))


def _of_code(typed: str) -> Complaint:
    try:
        code = read_code(typed)
    except NotValid as wrong:
        raise Invalid(wrong.text) from None
    found = Complaint.objects.select_related("office__division", "joined_to", "division").filter(code=code).first()
    if found is None:
        raise Missing(UNKNOWN)
    return found


def told_to_complainant(complaint: Complaint) -> dict[str, Any]:
    """What whoever complained is told: where it stands, since when, by when more, and what was answered.

    Nothing of who else complained, of what the office wrote but was not published, of visit or case.
    """
    leading, course = complaint.leading, course_of(complaint)
    every = (
        course
        if leading is complaint
        else [
            *course,
            *(
                each
                for each in course_of(leading)
                if each.act
                in ("send", "answer", "publish", "ask-visit", "open-case", "close", "dismiss", "reopen", "escalate")
            ),
        ]
    )
    return {
        "complaint": complaint,
        "kind": complaint.declared.text,
        "state": State(leading.state).text,
        "since": leading.since,
        "due": due_days([leading]).get(leading),
        "is_open": leading.is_open,
        "answer": last_words(every, "published"),
        "told": last_words(every, "told"),
        "outcome": Complaint.Outcome(leading.outcome).text if leading.outcome else None,
        "has_contact": last_words(course, "contact") != "",
        "timeline": [
            {"what": TOLD[each.act], "at": each.entry.at, "words": _own(each)}
            for each in sorted(every, key=lambda one: one.entry.at, reverse=True)
            if each.act in TOLD
        ],
    }


def _own(told: Any) -> str:
    return told.words.get("text", "") if told.act in ("receive", "add") else ""


def _do(request: HttpRequest, complaint: Complaint, name: str, text: str) -> None:
    if name == "add":
        if not 5 <= len(text) <= LONG:
            raise Invalid(TOO_SHORT)
        once(posting_of(request, "complaint.add"), lambda: add(complaint, text), Complaint.objects.all())
    elif name in ("settled", "unsettled"):
        say_settled(complaint, name == "settled")
    elif name == "forget":
        take_back_contact(complaint)


def _office(code: str) -> Office | None:
    written = ascii_digits(code.strip())[:12]
    return Office.objects.select_related("division").filter(code__iexact=written).first() if written else None
