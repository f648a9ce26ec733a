"""Pages of cases for who works with them: the list, and a director's waiver."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.people.access import open_to, roles_held
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import done, form_page
from pishkhan.people.web.request_context import language

from .fields import LeaveTakenBack, Waived
from .lists.case_list import CaseList
from .lists.lookup import case_for_leave, step_of
from .services import waive_second_pair, withdraw_leave

WAIVER = Text("اجازهٔ یک‌بارهٔ گام بی چشم دوم", "Leave, once, without a second pair of eyes")

WITHDRAWN = Text("اجازه پس گرفته شد.", "The leave is taken back.")
WAIVED = Text("اجازه ثبت شد.", "The leave is entered.")


@open_to(*CaseList.roles)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases of one's region that are sought; as a table, or exported exactly as shown."""
    return CaseList.answer(request)


@open_to(Role.DIRECTOR, Role.ADMINISTRATOR)
def waive(request: HttpRequest, number: str) -> HttpResponse:
    """Let a person take a step though they took an earlier one: for once, with a reason. Or take that back.

    A director; and for who directs there a national administrator, who sees nothing of the case.
    """
    case, giver = case_for_leave(request, number)
    sees = Role.DIRECTOR in roles_held(request)
    if request.POST.get("act") == "withdraw":
        back = LeaveTakenBack(request.POST)
        if not back.is_valid():
            raise Missing()
        withdraw_leave(case, step_of(case, back.cleaned_data["step"]), person=back.cleaned_data["person"], by=giver)
        messages.success(request, WITHDRAWN.to(language()))
        return redirect("case", number=case.number) if sees else redirect("today")
    form = Waived(request.POST or None, case=case)
    if request.method == "POST" and done(
        form,
        lambda step, person, reason: waive_second_pair(
            case, step_of(case, step), person=person, reason=reason, by=giver
        ),
    ):
        messages.success(request, WAIVED.to(language()))
        return redirect("case", number=case.number) if sees else redirect("today")
    return form_page(request, form, WAIVER, WAIVER, back=f"/cases/{number}/" if sees else "")
