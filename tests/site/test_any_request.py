"""Whatever is sent to the API, it never fails on our side, and answers only as it says it does."""

import os
from typing import Annotated

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from pydantic import TypeAdapter, ValidationError
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from factories import EARLY, person_as
from http_client import signed_in
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.access import STAFF
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from pishkhan.people.web.request_context import RequestBody
from pishkhan.site.api import PerAddress, PerPerson
from pishkhan.site.middleware.bounds import TooLarge, TooLong, TooManyHeaders
from procedure_driver import at

EXAMPLES = 60 if os.environ.get("PISHKHAN_FUZZ") else 8
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
pytestmark = pytest.mark.usefixtures("law", "papers")


@pytest.fixture
def token(monkeypatch):
    """Somebody in every role of the province, with a case under way; in the end the journal is whole."""
    for throttle in (PerAddress, PerPerson):
        monkeypatch.setattr(throttle, "allow_request", lambda self, request: True)
    at(NewLicence, "check")
    someone = person_as(Role.EXPERT)
    for role in set(STAFF) - {Role.EXPERT}:
        assign(someone, role, place="15", from_on=EARLY, by=SYSTEM)
    for signal in (request_started, request_finished):  # the test's own connection stays open, as in Django's client
        signal.disconnect(close_old_connections)
    yield signed_in(someone).session.session_key
    assert list(problems()) == []
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def stating_days(kind=RequestBody):
    for subclass in kind.__subclasses__():
        yield from (
            (subclass, name, field) for name, field in subclass.model_fields.items() if "datetime.date" in str(field)
        )
        yield from stating_days(subclass)


@pytest.mark.parametrize("far", ["0001-01-01", "9999-12-31"])
def test_no_request_states_a_day_that_nobody_can_reckon_with(far):
    """One such day in a row, and every page that tells it would fail for everybody."""
    days = list(stating_days())
    assert len(days) > 20
    for kind, name, field in days:
        with pytest.raises(ValidationError):
            TypeAdapter(Annotated[field.annotation, name, *field.metadata]).validate_python(far)
            pytest.fail(f"{kind.__name__}.{name} takes {far}")


def refusals(kind=Refusal):
    for subclass in kind.__subclasses__():
        yield subclass
        yield from refusals(subclass)


def test_whatever_refuses_is_in_the_description_of_every_operation():
    """What middleware refuses too: of a random address one in many thousands is too long."""
    statuses = {kind.status for kind in refusals()}
    assert {kind.status for kind in (TooLarge, TooLong, TooManyHeaders)} <= statuses
    described = [
        {int(status) for status in operation["responses"]}
        for path in schema.raw_schema["paths"].values()
        for operation in path.values()
    ]
    assert len(described) > 150
    assert [sorted(statuses - given) for given in described if not statuses <= given] == []


@schema.parametrize()
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_is_answered_as_the_description_says(case, token):
    case.call_and_validate(headers={"X-Session-Token": token}, checks=CHECKS)
