"""What everybody in the play does about a case: taking its steps, seeing places, answering inquiries, naming people."""

from collections.abc import Iterator
from random import Random
from typing import Any

from pishkhan.casework.inquiries import open_inquiries
from pishkhan.casework.models import Case, Inquiry
from pishkhan.casework.procedures.procedure import Stage
from pishkhan.casework.services import advance
from pishkhan.geography.models import Division
from pishkhan.inspections.models import Visit
from pishkhan.journal.models import Entry
from pishkhan.licensing.models import Degree
from pishkhan.meetings.models import Outcome
from pishkhan.notices.models import How, Notice
from pishkhan.notices.models import Outcome as Served
from pishkhan.notices.services import prove_service
from pishkhan.offices.models import Holding, Management, Office, Undertaking
from pishkhan.offices.undertakings.services import find_kept, show
from pishkhan.payments.selectors import balance
from pishkhan.people.models import Person
from pishkhan.people.parties import acts_as, own_rows
from pishkhan.people.roles import Role

from .exchanges import is_in_a_package
from .stage.names import a_person, a_postal_code, an_address
from .stage.setting import Scene
from .visits import report, send_inspector

GROUNDS = (
    "نزدیک‌ترین دفتر بیش از یک کیلومتر دورتر است و جمعیت محل کافی است.",
    "محل در مسیر عبور و مرور و دسترس‌پذیر است.",
    "شمار دفترهای محل کم است و مراجعه زیاد.",
)
FORGETS = 0.15  # how often the last of what was undertaken is not shown
HOME = 0.02  # degrees within which a made-up address lies of the centre of its place


def speaker_of(office: Office, scene: Scene) -> Person:
    """Who speaks for the holder of an office today: the person, or for a company the manager of the office."""
    day = scene.watch.day
    held = Holding.objects.on(day).select_related("person", "organisation").get(office=office)
    if held.person:
        return Person.objects.get(pk=held.person_id)
    manager: Person = Management.objects.on(day).select_related("manager").get(office=office).manager
    if acts_as(held.organisation, manager) is None:
        scene.company.assign(manager, Role.REPRESENTATIVE, day, organisation=held.organisation)
        manager.refresh_from_db()
    return manager


class Acting:
    """One case, and what is done about it day by day. What yields, yields how many working days pass."""

    def __init__(self, place: Division, scene: Scene, draw: Random) -> None:
        self.place, self.scene, self._draw = place, scene, draw
        self.case: Case | None = None

    @property
    def wanted(self) -> Outcome:
        """What the working group will make of it when it is before it next."""
        return Outcome.APPROVED

    def decided(self) -> None:
        """The working group has decided on it."""

    def _take(self, step: str, by: Person, answers: dict[str, Any] | None = None) -> None:
        case = self._case()
        self.scene.do(advance, case, case.procedure.steps[step], by=by, answers=answers)

    def _serve(self, step: str) -> None:
        """Bring the notice of a step, and prove it."""
        expert, case = self.scene.cast.expert, self._case()
        taken = Entry.objects.filter(subject=case.subject, act=f"{case.procedure_code}.{step}").order_by("number")
        last = taken.last()
        for notice in Notice.objects.filter(because=last.name if last else "").order_by("pk"):
            sheet = self.scene.paper(f"service-{step}", expert, self.place)
            self.scene.do(
                prove_service,
                notice,
                how=How.HAND,
                outcome=Served.RECEIVED,
                on=self.scene.watch.day,
                server="مأمور ابلاغ",
                evidence=sheet,
                by=expert,
                role=Role.EXPERT,
            )

    def _stands_at(self, stage: Stage) -> bool:
        return self._case().stage == stage.code

    def _case(self) -> Case:
        """The case as it is now: others have moved it meanwhile."""
        assert self.case is not None, "a life begins with its draft"  # noqa: S101
        self.case = Case.objects.get(pk=self.case.pk)
        return self.case

    def _attach_all(self, by: Person) -> None:
        """Every paper that the procedure calls for."""
        case = self._case()
        for paper in case.procedure.documents_of(case.kind):
            file = self.scene.paper(paper.code, by, self.place)
            self._take("attach", by, {"kind": paper.code, "file": str(file.pk)})

    def _visited(self, *, passes: bool) -> Iterator[int]:
        yield self._draw.randint(1, 2)
        visit, wait = self._visit(), self._draw.randint(1, 3)
        send_inspector(visit, self.scene, self._draw, in_days=wait)
        yield wait
        report(visit, self.scene, self._draw, passes=passes)
        yield 1

    def _visit(self) -> Visit:
        return Visit.objects.filter(case=self._case(), state=Visit.State.PLANNED).latest("pk")

    def _answered(self, refused: str = "") -> Iterator[int]:
        """The answers of the other bodies, one by one, by letter or by package; one of them may not clear the case."""
        packed = []
        for inquiry in sorted(open_inquiries(self._case()), key=lambda open_inquiry: self._draw.random()):
            yield self._draw.randint(1, 3)
            letter = f"{self._draw.randint(100, 9999)}/{inquiry.code}"
            if is_in_a_package(inquiry):
                packed.append(inquiry)
                continue
            outcome = "not_cleared" if inquiry.code == refused else "cleared"
            self._take(
                "answer",
                self.scene.cast.expert,
                {"inquiry": inquiry.code, "outcome": outcome, "letter_on": self._day(), "letter": letter},
            )

        for inquiry in packed:  # last, so that a letter that comes later holds nothing up
            yield from self._answered_by_package(inquiry)

    def _answered_by_package(self, inquiry: Inquiry) -> Iterator[int]:
        """Wait, day by day, for the package of answers."""
        inquiry.refresh_from_db()  # it may have come meanwhile
        while inquiry.answered_on is None and not inquiry.void:
            yield 1
            inquiry.refresh_from_db()

    def _paid(self) -> None:
        case = self._case()
        self._take(
            "pay",
            self.scene.cast.accountant,
            {
                "amount": balance(case.dossier.royalty),
                "paid_on": self._day(),
                "reference": f"R{case.pk:03}{self._draw.randint(10**6, 10**7)}",
            },
        )

    def _kept_what_was_undertaken(self, office: Office, holder: Person) -> Iterator[int]:
        """Proof after proof, each looked at; now and then somebody forgets the last one."""
        undertakings = list(
            Undertaking.objects.filter(office=office, state=Undertaking.State.OPEN)
            .exclude(kind=Undertaking.Kind.HOLDING_PERIOD)
            .order_by("due_on", "pk")
        )
        for undertaking in undertakings[: len(undertakings) - (self._draw.random() < FORGETS)]:
            yield self._draw.randint(5, 9)
            with self.scene.watch.tick():
                is_theirs = Undertaking.objects.filter(own_rows(holder), pk=undertaking.pk).exists()
            if not is_theirs:  # it was given by another, or they act for who gave it no more
                continue
            self.scene.do(show, undertaking, self.scene.paper(undertaking.kind, holder, self.place), by=holder)
            yield self._draw.randint(1, 2)
            self.scene.do(find_kept, undertaking, by=self.scene.cast.expert)

    def _premises(self) -> dict[str, Any]:
        lat, lon = (
            float(coordinate or 0) + self._draw.uniform(-HOME, HOME) for coordinate in (self.place.lat, self.place.lon)
        )
        leased = self._draw.random() < 0.6
        return {
            "address": an_address(self._draw, self.place.name),
            "area": self._draw.randint(52, 110),
            "postal_code": a_postal_code(self._draw),
            "lat": round(lat, 5),
            "tenure": "lease" if leased else "deed",
            "lease_years": 5 if leased else None,
            "lon": round(lon, 5),
        }

    def _nominee(self, post: str) -> dict[str, Any]:
        born_on = self.scene.company.born_on().isoformat()
        return a_person(self._draw) | {
            "post": post,
            "national_id": self.scene.company.national_id(),
            "born_on": born_on,
            "degree": int(Degree.BACHELOR),
            "state_employee": False,
            "military_settled": True,
        }

    def _day(self) -> str:
        """The day it is on the watch."""
        return self.scene.watch.day.isoformat()
