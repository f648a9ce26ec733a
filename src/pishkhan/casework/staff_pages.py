"""Pages of cases for who works with them: the list, and a director's waiver."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pishkhan.language.text import Text
from pishkhan.people.access import open_to
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import language

from .fields import Waived
from .lists.case_list import CaseList
from .lists.lookup import case_of, step_of
from .services import waive_second_pair

WAIVER = Text("اجازهٔ یک‌بارهٔ گام بی چشم دوم", "Leave, once, without a second pair of eyes")

WAIVED = Text("اجازه ثبت شد.", "The leave is entered.")


@open_to(*CaseList.roles)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of one's region that are sought; as a table, or exported exactly as shown."""
    return CaseList.answer(request)


@open_to(Role.DIRECTOR)
def waive(request: HttpRequest, number: str) -> HttpResponse:
    """Let a person take a step though they took an earlier one: for once, with a reason."""
    case, director = case_of(request, number)
    form = Waived(request.POST or None, case=case)
    if request.method == "POST" and done(
        form,
        lambda step, person, reason: waive_second_pair(
            case, step_of(case, step), person=person, reason=reason, by=director
        ),
    ):
        messages.success(request, WAIVED.to(language()))
        return redirect("case", number=case.number)
    return form_page(request, form, WAIVER, WAIVER, back=f"/cases/{number}/")
