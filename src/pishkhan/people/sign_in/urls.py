"""The pages of sign-in: of allauth's those that fit a house in which acts alone open accounts."""

from allauth.account import views
from allauth.mfa.base import views as second_factor
from django.urls import path

from pishkhan.people import pages

urlpatterns = [
    path("sign-in/", views.login, name="account_login"),
    path("sign-out/", views.logout, name="account_logout"),
    path("account/", pages.account, name="account"),
    path("account/closed/", views.account_inactive, name="account_inactive"),
    path("account/again/", views.reauthenticate, name="account_reauthenticate"),
    path("account/password/", views.password_change, name="account_change_password"),
    path("account/password/first/", views.password_set, name="account_set_password"),
    path("account/second-factor/authenticate/", second_factor.authenticate, name="mfa_authenticate"),
    path("account/second-factor/reauthenticate/", second_factor.reauthenticate, name="mfa_reauthenticate"),
]
