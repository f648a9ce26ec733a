"""How what concerns a licence on the register begins, and how its rules are met and broken."""

from datetime import timedelta
from itertools import count

from factories import company, division, person, person_as
from pishkhan.enforcement.models import Source
from pishkhan.enforcement.reporting import report
from pishkhan.inspections.models import Visit
from pishkhan.inspections.visits.services import accept_visit, request_visit
from pishkhan.journal.acts import IMPORTER, SYSTEM
from pishkhan.journal.clock import today
from pishkhan.licensing.licences.licence_requests import matter_dossiers, open_matter
from pishkhan.offices.models import Holding, Licence, OfficeKind, Undertaking
from pishkhan.offices.services import OfficeFacts, PremisesFacts, change_status, import_office
from pishkhan.offices.status import Status
from pishkhan.people.models import Organisation
from pishkhan.people.roles import Role
from pishkhan.people.services import assign
from procedure_driver import (
    ANSWERS,
    BREAK,
    BREAK_BY_ANSWERS,
    CITY,
    MEET,
    OPEN,
    PLACE,
    speaker_of,
    take,
    visit_office,
)
from rules_of_requests import answer_all, dossier_with

serial = count(1)
MONTHS_LEFT = {
    "renewal": 4,
    "revival": -2,
}  # inside the window of renewal; run out; of all else so much that a transfer is possible


def company_with_a_speaker(code=CITY):
    """A company, and a person who acts for it."""
    organisation = company(code)
    assign(person(code), Role.REPRESENTATIVE, place=code, from_on=today(), organisation=organisation, by=SYSTEM)
    return organisation


def licence(kind=OfficeKind.COUNTER, months_left=30, code=CITY, holder=None):
    """The licence of an office that is on the register, so many months (of thirty days) before its end."""
    holder = holder or (company_with_a_speaker(code) if kind == OfficeKind.COUNTER else person(code))
    until = today() + timedelta(days=30 * months_left)
    begun = until - timedelta(days=5 * 365)
    premises = PremisesFacts(
        address="خیابان کهن", postal_code="6813833946", area=60, tenure="deed", lat=33.49, lon=48.36
    )
    _, entered = import_office(
        OfficeFacts(
            kind,
            division(code),
            holder,
            premises,
            person(code),
            person(code),
            begun,
            f"OLD-{next(serial)}",
            begun,
            until,
        )
    )
    return entered


def matter(code, about=None, **data):
    """A draft of a procedure about a licence, begun by who may."""
    kind = OfficeKind.LEGACY_AGENT if code == "conversion" else OfficeKind.COUNTER
    about = about or licence(kind, MONTHS_LEFT.get(code, 30), **data)
    held = Holding.objects.on(today()).select_related("person", "organisation").get(office=about.office)
    by = person_as(Role.EXPERT) if code == "correction" else speaker_of(held.person or held.organisation)
    return open_matter(code, about, by=by)


def _open(code):
    return lambda **data: matter(code, **data)


def in_days(days):
    return (today() + timedelta(days=days)).isoformat()


OPEN.update({code: _open(code) for code in matter_dossiers()})
ANSWERS.update(
    {
        "Declared": lambda case: {"changed": "no"},
        "Buyer": lambda case: {"organisation": company_with_a_speaker().legal_id, "capacity": "self"},
        "Agreement": lambda case: {"capacity": "self", "beneficiary": "لیلا ساکی"},
        "Undertaken": lambda case: {"undertakes": True},
        "NewPremises": lambda case: PLACE | {"moves_to": CITY},
        "NewName": lambda case: {"name": "دفتر پیشخوان امید"},
        "Days": lambda case: {"from_on": in_days(0), "until_on": in_days(20), "reasons": "تعمیر محل"},
        "FromDay": lambda case: {"from_on": in_days(0), "reasons": "بازنشستگی"},
        "BoothRequest": lambda case: {
            "from_on": in_days(1),
            "until_on": in_days(10),
            "reasons": "نمایشگاه",
            "place": CITY,
            "address": "نمایشگاه استان",
            "lat": 33.5,
            "lon": 48.4,
        },
        "CorrectedPremises": lambda case: PLACE | {"from_on": in_days(-30)},
        "Reissue": lambda case: {"issuer_number": f"CRA-R{next(serial)}", "issued_on": in_days(0)},
    }
)


def state_it(case):
    take(case, "describe")


def see_the_address(case):
    """A visit to correct the address, made and accepted."""
    visit = request_visit(
        kind=Visit.Kind.ROUTINE,
        purpose=Visit.Purpose.ADDRESS_CORRECTION,
        office=case.dossier.licence.office,
        by=person_as(Role.EXPERT),
    )
    visit_office(visit)
    accept_visit(visit, by=person_as(Role.EXPERT))


MEET.update(
    {
        "what_has_changed_is_stated": lambda case: take(case, "declare"),
        "something_has_changed": dossier_with(changed=True),
        "buyer_is_named": lambda case: take(case, "name_buyer"),
        "buyer_has_agreed": lambda case: take(case, "agree"),
        "stays_in_its_place": state_it,
        "days_are_stated": state_it,
        "name_is_stated": lambda case: take(case, "rename"),
        "correction_was_seen": see_the_address,
        "something_is_refused": lambda case: answer_all(case, tax=True),
    }
)


def _licence(**facts):
    return lambda case: Licence.objects.filter(pk=case.dossier.licence_id).update(**facts)


def _suspend(case):
    change_status(case.dossier.licence, Status.SUSPENDED, from_on=today(), by=IMPORTER, role="importer")


def _sell_behind_its_back(case):
    Holding.objects.filter(office=case.dossier.licence.office).update(organisation=company(), person=None)


def _succeed_it(case):
    Licence.objects.filter(pk=licence().pk).update(origin="renewal", origin_case=case, predecessor=case.dossier.licence)


def _begin_another(case):
    other = matter("surrender", about=case.dossier.licence)
    type(other).objects.filter(pk=other.pk).update(stage="check", submitted_on=today(), edition="1400")


def _charge_it(case):
    charged = report(case.dossier.licence.office, Source.SYSTEM, by=person_as(Role.EXPERT))
    type(charged).objects.filter(pk=charged.pk).update(stage="explaining", submitted_on=today(), edition="1400")


def _case(**facts):
    return lambda case: type(case).objects.filter(pk=case.pk).update(**facts)


def _bind_the_holder(case):
    Undertaking.objects.create(
        office=case.dossier.licence.office,
        division=case.division,
        organisation=case.organisation,
        because="x#1",
        person=case.person,
        kind=Undertaking.Kind.HOLDING_PERIOD,
        due_on=today() + timedelta(days=400),
    )


def _lasts(days):
    return lambda case: dossier_with(until_on=case.dossier.from_on + timedelta(days=days))(case)


BREAK.update(
    {
        "licence_is_in_force": _suspend,
        "licence_can_be_replaced": _suspend,
        "licence_can_be_given_up": _suspend,
        "applicant_holds_it": _sell_behind_its_back,
        "is_the_latest": _succeed_it,
        "no_other_is_under_way": _begin_another,
        "no_violation_is_open": _charge_it,
        "window_is_open": _licence(valid_until=today() + timedelta(days=300)),
        "renewal_is_in_time": _licence(valid_until=today() + timedelta(days=60)),
        "office_was_active": lambda case: change_status(
            case.dossier.licence,
            Status.SUSPENDED,
            from_on=today() - timedelta(days=60),
            until_on=today() - timedelta(days=50),
            by=IMPORTER,
            role="importer",
        ),
        "licence_ran_out": lambda case: case.dossier.licence.statuses.update(status=Status.REVOKED),
        "revival_is_in_time": _licence(valid_until=today() - timedelta(days=900)),
        "what_has_changed_is_stated": dossier_with(changed=None),
        "nothing_has_changed": dossier_with(changed=True),
        "something_has_changed": dossier_with(changed=False),
        "enough_is_left": _licence(valid_until=today() + timedelta(days=150)),
        "holding_period_is_over": _bind_the_holder,
        "buyer_is_named": lambda case: _case(other_organisation=case.organisation)(case),
        "buyer_is_a_company": lambda case: Organisation.objects.filter(pk=case.other_organisation_id).update(
            kind="guild"
        ),
        "buyer_has_agreed": dossier_with(agreed_on=None),
        "beneficiary_is_declared": dossier_with(beneficiary_is_declared=False),
        "buyer_has_undertaken": dossier_with(undertaken_on=None),
        "stays_in_its_place": dossier_with(moves_to="1504"),
        "old_document_is_handed_in": dossier_with(handed_in_on=None),
        "days_are_stated": dossier_with(from_on=None),
        "name_is_stated": dossier_with(name=""),
        "closure_is_short": _lasts(120),
        "booth_days_are_left": _lasts(31),
        "is_an_agent_of_old": _licence(kind="rural_ict"),
        "correction_was_seen": lambda case: Visit.objects.filter(office=case.dossier.licence.office).update(
            purpose=Visit.Purpose.PERFORMANCE
        ),
        "something_is_refused": lambda case: case.inquiries.update(cleared=True),
    }
)
BREAK_BY_ANSWERS.update(
    {
        "signs_without_a_proxy": lambda: {"capacity": "proxy"},
        "a_ground_carries_it": lambda: {"grounds": ["saturation"]},
    }
)
