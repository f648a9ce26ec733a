"""Before a step is taken its page and the API say all that it does."""

import pytest

from factories import person_as
from http_client import signed_in
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.notices.models import Notice
from pishkhan.people.roles import Role
from procedure_driver import at, ready, take

pytestmark = pytest.mark.usefixtures("law", "papers")


def test_the_page_and_the_api_tell_effect_lock_letter_and_notice():
    case = ready(NewLicence.steps["issue"])
    client = signed_in(person_as(Role.REGION))

    offers = {each["name"]: each for each in client.get(f"/api/cases/{case.number}").json()["offers"]}
    deeds = {each["sort"]: each["text"] for each in offers["issue"]["does"]}
    page = client.get(f"/cases/{case.number}/steps/issue/").content.decode()

    assert set(deeds) == {"effect", "changes", "locks", "letter", "notice"}
    assert deeds["changes"] == "دفتر، پروانه، تعهدات"
    assert all(text in page for text in deeds.values())
    assert case.tracking_code not in deeds["notice"]


def test_what_is_said_beforehand_is_what_goes_out():
    case = at(NewLicence, "check")
    said = {notice.code for notice in NewLicence.steps["send_back"].notices}
    before = set(Notice.objects.values_list("pk", flat=True))

    take(case, "send_back")

    assert {each.template for each in Notice.objects.exclude(pk__in=before)} == said == {"request.returned"}
