"""Somebody complains from a phone, with a script and without; the holder answers; axe has nothing to say."""

import pytest

from browsing import opens, until
from devtools.browser import PHONE
from factories import person_as
from pishkhan.complaints import services as complaints
from pishkhan.complaints.models import Complaint
from pishkhan.people.roles import Role
from procedure_driver import speaker_of
from rules_of_matters import licence

pytestmark = pytest.mark.xdist_group("browser")
TEXT = "دیروز تا ظهر ماندم و باز نشد."


def filled(page, **data):
    page.check('input[name="kind"][value="closed"]')
    page.fill('textarea[name="text"]', TEXT)
    for name, value in data.items():
        page.fill(f'[name="{name}"]', value)


def test_a_browser_works_out_the_proof_and_asks_for_an_amount_only_where_one_is_meant(visit):
    office = licence().office
    page = visit(f"/offices/{office.code}/", size=PHONE)
    opens(page, f'a[href="/complaints/new/?office={office.code}"]')
    assert not page.is_visible('[name="charged"]')
    page.check('input[name="kind"][value="overcharged"]')
    assert page.is_visible('[name="charged"]')
    until(page, "document.querySelector('[name=altcha]').value")
    filled(page)
    opens(page, "form.complain button:not([type=button])")
    made = Complaint.objects.get()
    assert made.code in page.content() and made.office == office
    page.fill('textarea[name="text"]', "امروز هم بسته بود")
    opens(page, 'button[value="add"]')
    opens(page, 'button[value="unsettled"]')
    made.refresh_from_db()
    assert (made.settled, made.revision) == (False, 3)


def test_without_a_script_it_is_sent_all_the_same_and_the_holder_answers(visit):
    office = licence().office
    page = visit(f"/complaints/new/?office={office.code}", java_script_enabled=False, size=PHONE)
    filled(page, contact="۰۹۱۸")
    opens(page, "form.complain button:not([type=button])")
    made = Complaint.objects.get()
    expert = person_as(Role.EXPERT)
    desk = visit(f"/complaints/{made.pk}/", expert)
    assert TEXT in desk.content()
    opens(desk, f'a[href="/complaints/{made.pk}/send/"]')
    desk.fill('textarea[name="summary"]', "گفته‌اند دفتر تا ظهر بسته بوده است.")
    opens(desk, "main form button:not([type=button])")
    holder = visit(f"/my-office/{office.code}/", speaker_of(office.holdings.get().organisation), size=PHONE)
    opens(holder, f'a[href="/my-office/complaints/{made.pk}/"]')
    assert TEXT not in holder.content()
    holder.fill('textarea[name="text"]', "برق شهر رفته بود.")
    opens(holder, "main form button:not([type=button])")
    complaints.publish(Complaint.objects.get(), "برق شهر رفته بود.", by=expert)
    assert "برق شهر رفته بود." in visit(f"/complaints/track/?code={made.code}", language="en").content()
