"""What can be done about an undertaking: by whom, from where it stands, what is asked, and what it is called."""

from django.core.exceptions import ValidationError

from pishkhan.casework.actions.actions import Actions, Condition, action
from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import File, Words
from pishkhan.files.models import StoredFile
from pishkhan.language.text import Text
from pishkhan.offices import refusals
from pishkhan.offices.models import Undertaking
from pishkhan.people.roles import Role
from pishkhan.people.web.form_fields import said
from pishkhan.people.web.request_context import language

from . import services as undertakings
from .services import WAITING, State

SOMETHING_TO_DO = Condition(lambda row: row.kind != Undertaking.Kind.HOLDING_PERIOD, refusals.NothingToShow)


class ProofForm(ActionForm):
    """The file that shows it, by the identifier under which one uploaded it (POST /me/files)."""

    file = File(label=said("مدرک (PDF یا عکس)", "Proof (PDF or picture)"))

    def clean_file(self) -> StoredFile:
        file: StoredFile = self.cleaned_data["file"]
        if file.uploaded_by != self.by.ref:
            raise ValidationError(refusals.AnothersFile().text.to(language()))
        return file


class ReasonsForm(ActionForm):
    """Why."""

    reasons = Words(min_length=3, max_length=2000, label=said("دلیل", "Reasons"))


UNDERTAKING_ACTIONS = Actions(
    Undertaking,
    "undertaking",
    action(
        "show",
        roles=[Role.APPLICANT],
        states=WAITING,
        label=Text("ارائهٔ مدرک", "Show a proof"),
        form=ProofForm,
        does=undertakings.show,
        needs=[SOMETHING_TO_DO],
        repeats=True,
        done=Text("مدرک رسید و بررسی می‌شود.", "The proof has come and will be looked at."),
        path="proof",
    ),
    action(
        "find-kept",
        roles=[Role.EXPERT],
        states=[State.SHOWN],
        label=Text("تأیید انجام", "Find it kept"),
        does=undertakings.find_kept,
        elsewhere=refusals.NothingShown,
        confirm=True,
        done=Text("انجام تعهد ثبت شد.", "The undertaking is found kept."),
        path="kept",
    ),
    action(
        "find-wanting",
        roles=[Role.EXPERT],
        states=[State.SHOWN],
        label=Text("کافی نبودن مدرک", "Find the proof wanting"),
        form=ReasonsForm,
        does=undertakings.find_wanting,
        elsewhere=refusals.NothingShown,
        done=Text("کافی نبودن مدرک با دلیل ثبت شد.", "The proof is found wanting, with the reasons."),
        path="wanting",
    ),
    action(
        "release",
        roles=[Role.DIRECTOR],
        states=WAITING,
        label=Text("برداشتن تعهد", "Release from it"),
        form=ReasonsForm,
        does=undertakings.release,
        final=True,
        done=Text("تعهد با دلیل برداشته شد.", "The undertaking is released, with the reasons."),
    ),
    elsewhere=refusals.AlreadySettled,
)
