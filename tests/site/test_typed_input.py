"""What is typed or pasted comes in as it was meant through every door; passwords as they stand."""

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.test.client import MULTIPART_CONTENT

from factories import person_as
from http_client import signed_in
from pishkhan.language.digits import persian
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from pishkhan.regulation.models import Holiday
from pishkhan.site.middleware.typed_input import TypedInput, meant
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")
PASTED = "\u200fعيد ملي\u200c \u2066كشور\u2069\u200b"
MEANT = "عید ملی کشور"


def seen_by_a_view(request):
    seen = TypedInput(lambda request: request)(request)
    TypedInput(lambda request: request).process_view(request, None, (), {})
    return seen


@pytest.mark.parametrize("content", [MULTIPART_CONTENT, "application/x-www-form-urlencoded"])
def test_a_form_is_read_as_it_was_meant_but_for_passwords(content):
    fields = {"name": PASTED, "password": PASTED, "new_password": PASTED, "plain": "a"}
    if content != MULTIPART_CONTENT:
        query = QueryDict(mutable=True)
        query.update(fields)
        fields = query.urlencode()
    seen = seen_by_a_view(RequestFactory().post("/", fields, content_type=content))
    assert seen.POST["name"] == MEANT
    assert (seen.POST["password"], seen.POST["new_password"], seen.POST["plain"]) == (PASTED, PASTED, "a")


def test_of_json_each_text_is_read_as_it_was_meant_at_any_depth():
    data = {"a": [{"b": PASTED, "password": PASTED}], "c": 1, "d": None}
    assert meant(data) == {"a": [{"b": MEANT, "password": PASTED}], "c": 1, "d": None}


@pytest.mark.django_db
def test_a_query_and_an_address_are_read_as_they_were_meant():
    office = at(NewLicence, "issued").dossier.office
    for code in (office.code, persian(office.code), f"\u200e{office.code}\u200f", office.code.replace("-", "\u2011")):
        assert Client().get(f"/offices/{code}/").status_code == 200, code
    assert office.code in Client().get("/", {"q": f"\u200f{persian(office.code)}\u00a0"}).content.decode()


@pytest.mark.django_db
def test_over_http_what_was_pasted_is_stored_as_it_was_meant():
    client = signed_in(person_as(Role.ADMINISTRATOR))
    data = {"day": "2022-09-14", "name_fa": PASTED, "name_en": "b", "place": "15", "source": "\ufeff1"}
    answer = client.post("/api/holidays", data, content_type="application/json")
    assert answer.status_code == 201, answer.content
    holiday = Holiday.objects.get(day="2022-09-14", division_id="15")
    assert (holiday.name_fa, holiday.source) == (MEANT, "1")
