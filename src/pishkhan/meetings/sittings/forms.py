"""What is asked to let two bodies sit together."""

from typing import Any

from django import forms

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings.models import Body, Meeting
from pishkhan.people.web.form_fields import said

from .selectors import meetings_to_join, other_bodies

JOINED = Text("جلسهٔ {number}، {body}", "Meeting {number}, {body}")
NEW = Text("جلسهٔ تازه: {body}", "A new meeting: {body}")


class CombiningForm(ActionForm):
    """Which meeting of the same day joins; or the code of the body for which one is called."""

    joining = forms.CharField(max_length=30, label=said("با کدام جلسه", "With which meeting"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        convened = [
            (meeting.number, said(*JOINED.filled(body=Body.Code(meeting.body.code).text, number=meeting.number)))
            for meeting in meetings_to_join(self.row)
        ]
        called = [(body.code, said(*NEW.filled(body=Body.Code(body.code).text))) for body in other_bodies(self.row)]
        self.fields["joining"].widget = forms.Select(choices=[*convened, *called])

    def clean_joining(self) -> Body | Meeting:
        joining = self.cleaned_data["joining"]
        for row in (
            Meeting.objects.filter(body__in=other_bodies(self.row), number=joining).first(),
            other_bodies(self.row).filter(code=joining).first(),
        ):
            if row is not None:
                return row
        raise Missing()
