"""The addresses of accounts: choosing a password by a code, asking for one, and what those do who open accounts."""

from django.urls import path

from . import public_pages, staff_pages

urlpatterns = [
    path("account/code/", public_pages.by_code, name="account_code"),
    path("account/forgotten/", public_pages.forgotten, name="account_reset_password"),
    path("people/<int:key>/account/", staff_pages.person_account, name="person_account"),
    path("account-letters/", staff_pages.account_letters, name="account_letters"),
]
