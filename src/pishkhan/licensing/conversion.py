"""Conversion: an agent of old, on the register without a licence, becomes a rural ICT office. Needs no call."""

from datetime import date

from pishkhan.casework.procedure import Step
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .application import papers_are_attached
from .conditions import (
    condition_is_met,
    day_of_issue_has_come,
    inquiries_are_cleared,
    manager_and_deputy_are_named,
    manager_and_deputy_qualify,
    premises_have_passed,
    royalty_is_paid,
    term_is_usual,
)
from .holding import applicant_holds_it, is_an_agent_of_old, licence_is_in_force, no_other_is_under_way, what_is_locked
from .issuing import Paying
from .new_licence import NewLicence
from .register_effects import convert_the_agent
from .request import Request, place_is_stated
from .stages import CHECK, DRAFT, ISSUED, REGION, RETURNED
from .stated import Issue


class Conversion(NewLicence):
    code, edition, prefix, valid_from = "conversion", "1400", "CV", date(2021, 4, 11)
    title = Text("تبدیل کارگزار قدیمی به دفتر ICT روستایی", "Conversion of a legacy agent")
    dossier, excludes_others = "conversiondossier", True
    entitled = (is_an_agent_of_old, applicant_holds_it, licence_is_in_force)
    fit = (manager_and_deputy_are_named, manager_and_deputy_qualify)

    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT,
                  when=(place_is_stated, papers_are_attached, no_other_is_under_way, *fit, *entitled),
                  locks=what_is_locked, tells="request.received")
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(place_is_stated, papers_are_attached, *fit))
    approve, approve_on_condition = Request.approve, Request.approve_on_condition
    issue = Step(Text("صدور پروانه", "Issue the licence"), REGION, ISSUED, by=Role.REGION, asks=Issue,
                 when=(papers_are_attached, inquiries_are_cleared, condition_is_met, premises_have_passed,
                       royalty_is_paid, *entitled, term_is_usual, day_of_issue_has_come),
                 locks=what_is_locked, then=convert_the_agent,
                 apart_from=(Request.approve, Request.approve_on_condition, Paying.send), tells="licence.issued")
