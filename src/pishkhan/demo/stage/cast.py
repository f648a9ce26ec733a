"""The demo's people: who works for the directorate, who sits in the working group, whom they act for."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random
from typing import Any

from pishkhan.accounts.second_factor.services import step_shown, turn_on_app
from pishkhan.geography.models import Division
from pishkhan.journal.acts import SYSTEM
from pishkhan.language.identifiers import synthetic_legal_id, synthetic_national_id
from pishkhan.meetings.models import Body, Seat
from pishkhan.meetings.services import appoint, constitute, give_seat
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role
from pishkhan.people.services import assign, enter_organisation, enter_person, open_account
from pishkhan.people.sign_in.second_factor import code_now
from pishkhan.regulation.selectors import unsourced_defaults
from pishkhan.regulation.services import adopt

from .names import a_person
from .watch import Watch

# The organisations whose representatives attended, as the article names them, and the directorate itself.
ORGANISATIONS = (
    ("directorate", "public", "اداره‌کل ارتباطات و فناوری اطلاعات لرستان", "General Directorate of ICT of Lorestan"),
    ("region", "public", "سازمان تنظیم مقررات و ارتباطات رادیویی منطقهٔ جنوب غرب", "CRA, south-west region"),
    ("governorate", "public", "استانداری لرستان", "Governorate of Lorestan"),
    ("planning", "public", "سازمان مدیریت و برنامه‌ریزی لرستان", "Management and Planning Organisation of Lorestan"),
    ("guild", "guild", "انجمن صنفی دفاتر پیشخوان و ICT روستایی لرستان", "Guild association of the offices of Lorestan"),
)
INSPECTORS = 4
PASSWORD = "counter-of-lorestan"  # noqa: S105  of the demo's accounts, told to everybody: nothing in a demo is real
ACCOUNTS = {
    "director": Role.DIRECTOR,
    "expert": Role.EXPERT,
    "committee": Role.COMMITTEE,
    "secretary": Role.SECRETARY,
    "inspector": Role.INSPECTOR,
    "accountant": Role.ACCOUNTANT,
    "region": Role.REGION,
    "admin": Role.ADMINISTRATOR,
}
# The account that shows the second step of signing in; the app is anybody's who enters its key.
TWO_STEPS = "expert2"
APP_KEY = "PISHKHANDEMOLORESTANSECONDFACTOR"
LATER_ACCOUNTS = {"member": Role.MEMBER, "applicant": Role.APPLICANT, "holder": Role.APPLICANT}  # once the play is over


@dataclass
class Cast:
    """Everybody who works in the story."""

    province: Division
    director: Person
    expert: Person
    second_expert: Person
    technical: Person
    secretary: Person
    accountant: Person
    region: Person
    administrator: Person
    inspectors: list[Person]
    organisations: dict[str, Organisation]
    group: Body
    seats: dict[str, Seat]
    members: dict[str, Person]
    deputies: dict[str, Person]
    vacant: set[str] = field(default_factory=set)  # whose member has left, and no other has come


class Company:
    """Invented persons and organisations, each with valid identifiers that nobody has."""

    def __init__(self, draw: Random, watch: Watch) -> None:
        self._draw, self._watch, self._serial = draw, watch, count(1)

    def person(self, division: Division, **facts: Any) -> Person:
        with self._watch.tick():
            return enter_person(
                SYSTEM,
                role=Role.SYSTEM,
                division=division,
                born_on=self.born_on(),
                national_id=self.national_id(),
                phone=f"0916{self._draw.randrange(10**7):07}",
                **a_person(self._draw) | facts,
            )

    def organisation(
        self, division: Division, kind: str, name: str, name_en: str = "", registered_on: date | None = None
    ) -> Organisation:
        with self._watch.tick():
            return enter_organisation(
                SYSTEM,
                role=Role.SYSTEM,
                kind=kind,
                name=name,
                name_en=name_en,
                division=division,
                registered_on=registered_on,
                legal_id=self.legal_id(),
            )

    def assign(self, person: Person, role: str, from_on: date, **facts: Any) -> None:
        with self._watch.tick():
            assign(person, role, place="15", from_on=from_on, by=SYSTEM, **facts)

    def national_id(self) -> str:
        return synthetic_national_id(990_000_000 + next(self._serial))

    def legal_id(self) -> str:
        return synthetic_legal_id(1_400_000_000 + next(self._serial))

    def born_on(self) -> date:
        return date(self._draw.randrange(1962, 1996), self._draw.randrange(1, 13), self._draw.randrange(1, 29))


def assemble(province: Division, on: date, company: Company, watch: Watch) -> Cast:
    """Let everybody take up work, and the working group be constituted with its rules adopted."""
    bodies = {code: company.organisation(province, kind, name, name_en) for code, kind, name, name_en in ORGANISATIONS}

    def staff(role: str, employer: str = "directorate", **facts: Any) -> Person:
        person = company.person(province)
        company.assign(person, role, on, organisation=bodies[employer], **facts)
        return person

    director = staff(Role.DIRECTOR, acting=True, letter="1400/1/9021")  # سرپرست
    _adopt_the_defaults(province, on, director, watch)
    with watch.tick():
        group = constitute(Body.Code.WORKING_GROUP, province, decision="1400/د/31", by=director)
    seats, members, deputies = _seat(group, bodies, province, director, company, watch)
    cast = Cast(
        province,
        director,
        staff(Role.EXPERT),
        staff(Role.EXPERT),
        staff(Role.COMMITTEE),
        staff(Role.SECRETARY),
        staff(Role.ACCOUNTANT),
        staff(Role.REGION, "region"),
        staff(Role.ADMINISTRATOR),
        [staff(Role.INSPECTOR) for _ in range(INSPECTORS)],
        bodies,
        group,
        seats,
        members,
        deputies,
    )
    _let_sign_in(cast, watch)
    return cast


def _let_sign_in(cast: Cast, watch: Watch) -> None:
    people = {Role.COMMITTEE: cast.technical, Role.INSPECTOR: cast.inspectors[0]}
    for username, role in ACCOUNTS.items():
        with watch.tick():
            person = people.get(role) or getattr(cast, role)
            open_account(person, username=username, password=PASSWORD, by=SYSTEM)
    with watch.tick():
        open_account(cast.second_expert, username=TWO_STEPS, password=PASSWORD, by=SYSTEM)
    with watch.tick():
        turn_on_app(cast.second_expert, secret=APP_KEY, step=step_shown(APP_KEY, code_now(APP_KEY)))


def _adopt_the_defaults(province: Division, on: date, director: Person, watch: Watch) -> None:
    """The director adopts every default without a source by one numbered decision, so that it binds from now on."""
    for number in unsourced_defaults(on, province.code):
        with watch.tick():
            adopt(number, decision="1400/د/30", province=province.code, by=director)


def _seat(
    group: Body, bodies: dict[str, Organisation], province: Division, director: Person, company: Company, watch: Watch
) -> tuple[dict[str, Seat], dict[str, Person], dict[str, Person]]:
    seats: dict[str, Seat] = {}
    members: dict[str, Person] = {}
    deputies: dict[str, Person] = {}
    for code, organisation in bodies.items():
        with watch.tick():
            seats[code] = give_seat(
                group, organisation, by=director, chairs=code == "directorate", required=code == "region"
            )
        members[code] = director if code == "directorate" else company.person(province)
        deputies[code] = company.person(province)
        for person, deputy in ((members[code], False), (deputies[code], True)):
            with watch.tick():
                appoint(
                    seats[code],
                    person,
                    letter=f"1400/{len(seats)}/{'ج' if deputy else 'ع'}",
                    deputy=deputy,
                    by=SYSTEM,
                )
    return seats, members, deputies
