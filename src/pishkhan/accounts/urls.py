"""The addresses of accounts: choosing a password by a code, asking for one, and what those do who open accounts."""

from django.urls import path

from . import public_pages, staff_pages
from .second_factor import holder_pages as second_factor

urlpatterns = [
    path("account/code/", public_pages.by_code, name="account_code"),
    path("account/forgotten/", public_pages.forgotten, name="account_reset_password"),
    path("account/second-factor/", second_factor.second_factor, name="mfa_index"),
    path("account/second-factor/totp/activate/", second_factor.turn_on, name="mfa_activate_totp"),
    path("account/second-factor/totp/deactivate/", second_factor.turn_second_factor_off, name="mfa_deactivate_totp"),
    path("account/second-factor/recovery-codes/", second_factor.list_of_codes, name="mfa_view_recovery_codes"),
    path("people/<int:key>/account/", staff_pages.person_account, name="person_account"),
    path("account-letters/", staff_pages.account_letters, name="account_letters"),
]
