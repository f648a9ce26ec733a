"""The list of cases: the same for its page, its exports, the API, and what counts and shows a part of it."""

from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse

from pishkhan.casework.deadlines.ceiling import near_their_ceiling
from pishkhan.casework.deadlines.deadlines import deadlines, overdue_among
from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.casework.selectors import READERS, cases_seen_by, turn_is
from pishkhan.journal.clock import today
from pishkhan.language.text import Text
from pishkhan.people.listing.columns import code, day, person, place, words
from pishkhan.people.listing.filters import Filter, ListQuery, OneOf, Rows, Tick, in_place, of_enum, one_of, search
from pishkhan.people.listing.listing import Listing
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .filters import named, next_for, stages

LATE = Text("گذشته", "over")


def applicant_name(case: Case) -> str:
    return case.applicant.name


def rows_of(cases: list[Case]) -> list[dict[str, Any]]:
    """Cases as lists show them. The number of queries does not depend on how many."""
    due, on = deadlines(cases), today()
    return [
        {
            "case": case,
            "title": case.procedure.title,
            "stage": case.where.label,
            "due": due[case.pk],
            "applicant": applicant_name(case),
            "late": (due[case.pk] or on) < on,
            "ended": case.where.ends,
            "turn": case.turn,
        }
        for case in cases
    ]


def seen_in_order(person: Person) -> Rows:
    """The cases that somebody may see, read so that the newest are found without sorting all of a region."""
    return cases_seen_by(person, in_order=True)


class CaseList(Listing):
    """The cases that somebody may see, the newest first."""

    name = "cases"
    title, counted = Text("پرونده‌ها", "Cases"), Text("{count} پرونده", "{count} {count:case|cases}")
    empty = Text("پرونده‌ای با این جست‌وجو نیست.", "No case answers this search.")
    roles, source = READERS, staticmethod(seen_in_order)
    related = ("division", "person", "organisation")
    most = 5000

    columns = (
        code(
            "number",
            Text("پرونده", "Case"),
            value="case.number",
            sort="number",
            link=lambda row: reverse("case", args=[row["case"].number]),
        ),
        place("place", Text("جا", "Place"), value="case.division", under="number"),
        words("title", Text("درخواست", "Request"), sort="procedure_code"),
        person(
            "applicant",
            Text("متقاضی", "Applicant"),
            sort=Coalesce("organisation__sort_key", "person__sort_key"),
            under="title",
        ),
        words(
            "stage",
            Text("اکنون", "Now"),
            sort="stage",
            badge=lambda row: "bad" if row["late"] else "" if row["ended"] else "info",
        ),
        words("turn", Text("نوبت", "Whose turn"), value=lambda row: Role(row["turn"]).text if row["turn"] else None),
        day("submitted", Text("ثبت", "Submitted"), value="case.submitted_on", sort="submitted_on"),
        day("due", Text("مهلت", "Due")),
        words(
            "late",
            Text("از مهلت گذشته", "Overdue"),
            value=lambda row: LATE if row["late"] else None,
            badge=lambda row: "bad",
            under="due",
        ),
    )
    filters = (
        search(lambda rows, written: rows.filter(named(written)), hint=Text("شماره، نام، جا", "number, name, place")),
        one_of("stage", Text("مرحله", "Stage"), lambda: [(key, stage.label) for key, stage in stages().items()]),
        in_place(),
        one_of(
            "procedure",
            Text("درخواست", "Request"),
            lambda: [(procedure.code, procedure.title) for procedure in Procedure.register.values()],
            "procedure_code",
        ),
        OneOf(
            "turn",
            Text("نوبت", "Whose turn"),
            lambda rows, role, _: rows.filter(turn_is([role])),
            choices=of_enum(Role),
            shown=False,
        ),
        Filter("kind", Text("نوع دفتر", "Kind of office"), lambda rows, kind, _: rows.filter(kind=kind), shown=False),
        Tick("mine", Text("نوبت من", "Waiting for me"), lambda rows, _, query: rows.filter(next_for(query.person))),
        Tick(
            "ceiling",
            Text("نزدیک سقف زمان یا گذشته از آن", "Near the ceiling of time, or past it"),
            lambda rows, _, query: rows.filter(pk__in=near_their_ceiling(rows)),
            shown=False,
        ),
        Tick("late", Text("از مهلت گذشته", "Overdue"), lambda rows, _, query: rows.filter(pk__in=overdue_among(rows))),
    )

    @classmethod
    def load(cls, rows: list[Case], query: ListQuery) -> list[Any]:
        return rows_of(rows)
