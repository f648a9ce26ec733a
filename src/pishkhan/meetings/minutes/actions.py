"""What can be done about minutes besides signing them, which asks to sign in again and stands in services.py."""

from typing import Any

from django import forms

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import File, Words
from pishkhan.journal.refusals import Missing
from pishkhan.language.text import Text
from pishkhan.meetings import refusals
from pishkhan.meetings.models import Minutes
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import said

from . import services

ANY = ("drafted", "whole")
ATTENDED = Condition(
    lambda row, by: isinstance(by, Person) and row.meeting.attendances.filter(person=by).exists(),
    lambda row: refusals.NotAnAttendee(),
)
NOT_SIGNED = Condition(
    lambda row, by: isinstance(by, Person) and not row.signatures.filter(person=by).exists(),
    lambda row: refusals.SignedAlready(),
)


class AttendeeForm(ActionForm):
    """Which attendee."""

    person = forms.IntegerField(min_value=1, max_value=2**63 - 1, label=said("حاضر", "Attendee"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        attended = Person.objects.filter(pk__in=self.row.meeting.attendances.values("person")).order_by("pk")
        waiting = attended.exclude(pk__in=self.row.signatures.values("person"))
        self.fields["person"].widget = forms.Select(choices=[(person.pk, person.full_name) for person in waiting])

    def clean_person(self) -> Person:
        person = Person.objects.filter(pk=self.cleaned_data["person"]).first()
        if person is None:
            raise Missing()
        return person


class PaperForm(AttendeeForm):
    """Who signed on paper, and the scan."""

    scan = File(label=said("تصویر برگ امضاشده", "Scan of the signed sheet"))


class DecliningForm(ActionForm):
    """Why one does not sign."""

    reasons = Words(min_length=3, max_length=2000, label=said("دلیل", "Reasons"))


class NotedDecliningForm(AttendeeForm, DecliningForm):
    """Who does not sign, and why."""

    field_order = ("person", "reasons")


MINUTES_ACTIONS = Actions(
    Minutes,
    "minutes",
    action(
        "sign-on-paper",
        roles=[Role.SECRETARY],
        states=ANY,
        label=Text("ثبت امضای روی کاغذ", "Record a signature on paper"),
        form=PaperForm,
        does=services.sign_on_paper,
        repeats=True,
        path="paper-signatures",
    ),
    action(
        "note-declined",
        roles=[Role.SECRETARY],
        states=ANY,
        label=Text("ثبت امضا نکردن کسی", "Record that somebody does not sign"),
        form=NotedDecliningForm,
        does=services.note_declined,
        repeats=True,
        path="declined-by-others",
    ),
    action(
        "decline",
        roles=[Role.MEMBER],
        states=ANY,
        label=Text("امضا نمی‌کنم", "I do not sign"),
        form=DecliningForm,
        does=services.decline,
        needs=[ATTENDED, NOT_SIGNED],
        repeats=True,
        path="declined",
    ),
    elsewhere=lambda row: refusals.MinutesAreSigned(),
)
