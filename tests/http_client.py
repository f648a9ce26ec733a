"""Somebody who is signed in, over HTTP."""

from django.test import Client

from pishkhan.journal.acts import SYSTEM
from pishkhan.people.models import Account
from pishkhan.people.services import open_account

PASSWORD = "یک گذرواژهٔ بلند ۱۲"


def signed_in(person):
    """A client with which a person is signed in."""
    if not Account.objects.filter(person=person).exists():
        open_account(person, username=f"user{person.pk}", password=None, by=SYSTEM)
    client = Client()
    client.force_login(Account.objects.get(person=person))
    return client


def signed_in_with_a_password(person):
    """A client with which a person is signed in who can sign in again by `PASSWORD`."""
    client = signed_in(person)
    account = Account.objects.get(person=person)
    account.set_password(PASSWORD)
    account.save(update_fields=["password"])
    client.force_login(account)
    return client


def as_read(answer):
    """What a page says, as a browser reads it: however its lines are laid out."""
    return " ".join(answer.content.decode().split())
