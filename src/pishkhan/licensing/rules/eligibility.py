"""Whether somebody fits before they apply: the rules of the request, asked of a request that is only supposed."""

from datetime import date
from typing import Any

from django import forms

from pishkhan.casework.models import Case
from pishkhan.journal.clock import today
from pishkhan.licensing.calls.forms import KINDS
from pishkhan.licensing.models import Call, LicenceRequest, Nominee, Places
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.stated import DEGREES, TENURES
from pishkhan.people.models import Organisation, Person
from pishkhan.people.web.form_fields import Day, Number, Place, said

from .applicant_rules import (
    applicant_is_a_company,
    manager_and_deputy_qualify,
    manager_meets_the_call,
    premises_are_large_enough,
    signatory_qualifies,
    tenure_is_secure,
)

FIT = (
    applicant_is_a_company,
    premises_are_large_enough,
    tenure_is_secure,
    signatory_qualifies,
    manager_and_deputy_qualify,
    manager_meets_the_call,
)


class Eligibility(forms.Form):
    """What the rules ask that somebody knows before they begin."""

    kind = forms.ChoiceField(choices=KINDS, label=said("کدام دفتر", "Which office"))
    place = Place(label=said("کجا", "Where"))
    company = forms.BooleanField(required=False, label=said("شرکت ثبت‌شده دارم", "I have a registered company"))
    area = Number(min_value=1, max_value=100_000, label=said("مساحت محل (متر مربع)", "Area of the place (m²)"))
    tenure = forms.ChoiceField(choices=TENURES, label=said("محل", "The place is"))
    lease_years = Number(min_value=1, max_value=99, required=False, label=said("مدت اجاره (سال)", "Years of lease"))
    degree = forms.TypedChoiceField(
        choices=DEGREES, coerce=int, label=said("مدرک مدیر و صاحب امضا", "Degree of the manager and signatory")
    )
    born_on = Day(label=said("روز تولد مدیر", "The manager was born on"))
    state_employee = forms.BooleanField(
        required=False, label=said("یکی از آنان کارمند دولت است", "One of them is a state employee")
    )
    military_settled = forms.BooleanField(
        required=False, initial=True, label=said("وضعیت خدمت وظیفه‌شان روشن است", "Their military service is settled")
    )


def supposed(
    *,
    kind: str,
    place: Any,
    company: bool,
    area: int,
    tenure: str,
    lease_years: int | None,
    degree: int,
    born_on: date,
    state_employee: bool,
    military_settled: bool,
) -> Case:
    """The request as it would be today."""
    person = Person(pk=0, born_on=born_on)
    call = Call(kind=kind, opens_on=today(), closes_on=today())
    dossier = LicenceRequest(
        places=Places(call=call, division=place, count=1), area=area, tenure=tenure, lease_years=lease_years
    )
    told = {"degree": degree, "state_employee": state_employee, "military_settled": military_settled}
    dossier.named = {post: Nominee(post=post, person=person, **told) for post in Nominee.Post}
    case = Case(
        procedure_code=NewLicence.code,
        edition=NewLicence.edition,
        kind=kind,
        division=place,
        submitted_on=today(),
        organisation=Organisation(pk=0, kind=Organisation.Kind.COMPANY) if company else None,
    )
    case.licence_request = dossier
    return case
