"""What can be done about an objection to findings: by whom, from where it stands, what is asked, and its name."""

from typing import Any

from django import forms

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import Words
from pishkhan.inspections import refusals
from pishkhan.inspections.checklists.selectors import edition
from pishkhan.inspections.models import Finding, Objection, Visit
from pishkhan.inspections.words import ANSWERS
from pishkhan.language.text import Text
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import said

from . import services as objections

UNDECIDED = ""
REPORT_IS_ACCEPTED = Condition(
    lambda row, by: row.visit.state == Visit.State.ACCEPTED, lambda row: refusals.NotAcceptedYet()
)


class DecisionForm(ActionForm):
    """What becomes of an objection, and why; of a changed finding what holds of it."""

    gives = ("outcome", "reasons", "changes")
    outcome = forms.ChoiceField(
        label=said("تصمیم", "Decision"),
        widget=forms.RadioSelect,
        choices=[(outcome.value, said(*outcome.text)) for outcome in objections.DECISIONS],
    )
    reasons = Words(min_length=3, max_length=4000, label=said("دلیل‌های تصمیم", "Reasons"))

    def __init__(self, *args: Any, row: Objection, **named: Any) -> None:
        super().__init__(*args, row=row, **named)
        declared = edition(row.visit.edition)
        for finding in row.visit.findings.filter(disputed=True).order_by("pk"):
            text = declared.item(finding.item).text
            self.fields[f"change-{finding.item}"] = forms.ChoiceField(
                required=False,
                label=said(f"اگر تغییر می‌کند: {text.fa}", f"If it changes: {text.en}"),
                choices=[("", said("همان که یافته شد", "as it was found"))]
                + [(code, said(*ANSWERS[code])) for code in (Finding.Answer.OK, Finding.Answer.NOT_APPLICABLE)],
            )

    def clean(self) -> dict[str, Any]:
        data = {name: value for name, value in self.cleaned_data.items() if name in ("outcome", "reasons")}
        changes = {name.partition("-")[2]: value for name, value in self.cleaned_data.items() if name not in data}
        return data | {"changes": {item: answer for item, answer in changes.items() if answer}}


OBJECTION_ACTIONS = Actions(
    Objection,
    "objection",
    action(
        "decide",
        roles=[Role.EXPERT],
        states=[UNDECIDED],
        label=Text("تصمیم دربارهٔ اعتراض", "Decide on an objection"),
        form=DecisionForm,
        does=objections.decide_objection,
        needs=[REPORT_IS_ACCEPTED],
        done=Text("تصمیم ثبت شد.", "The decision is recorded."),
        path="decision",
    ),
    action(
        "take-back",
        roles=[Role.APPLICANT],
        states=[UNDECIDED],
        label=Text("پس گرفتن اعتراض", "Take the objection back"),
        does=objections.take_back,
        final=True,
        done=Text("اعتراض پس گرفته شد و یافته‌ها بر جای ماند.", "The objection is taken back: the findings stand."),
        path="taking-back",
    ),
    state="outcome",
    elsewhere=lambda row: refusals.DecidedAlready(),
)
