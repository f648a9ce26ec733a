"""The forms of allauth that ask a code, on pages and over JSON, looking at it as the house does."""

from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.headless.internal.restkit.inputs import Input
from allauth.headless.mfa import views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm

from pishkhan.people.refusals import TooManyCodes
from pishkhan.people.web.form_fields import ltr, said

from .second_factor import use_code


class _UsedOnce:
    """A code that is used up by being given."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]  # type: ignore[attr-defined]
        field.label, field.max_length = said("رمز", "Code"), 40
        field.widget = ltr(inputmode="numeric", autocomplete="one-time-code", autofocus="")

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        try:
            self.authenticator = use_code(self.user, code)  # type: ignore[attr-defined]
        except TooManyCodes:
            raise account_adapter().validation_error("too_many_login_attempts") from None
        if self.authenticator is None:
            raise get_adapter().validation_error("incorrect_code")
        self.authenticator.user = self.user  # type: ignore[attr-defined]
        return code


class SignInCode(_UsedOnce, AuthenticateForm):  # type: ignore[misc]  # allauth is not typed
    """The code of the second step of signing in."""


class CodeAgain(_UsedOnce, ReauthenticateForm):  # type: ignore[misc]
    """A code once more, of who is signed in."""


class SignInCodeInput(SignInCode, Input):  # type: ignore[misc]
    """The same, from a program."""


class CodeAgainInput(CodeAgain, Input):  # type: ignore[misc]
    """The same, from a program."""


class SignInCodeView(views.AuthenticateView):  # type: ignore[misc]
    """The second step of a program's signing in."""

    input_class = SignInCodeInput


class CodeAgainView(views.ReauthenticateView):  # type: ignore[misc]
    """A code once more, from a program."""

    input_class = CodeAgainInput
