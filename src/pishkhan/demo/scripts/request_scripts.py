"""The life of a request: what its applicant and the directorate's people do about it, day by day.

Each life is a generator that yields how many working days pass before the next thing is done.
"""

from collections.abc import Iterator
from random import Random

from pishkhan.demo.acting import GROUNDS, Acting
from pishkhan.demo.stage.names import a_company
from pishkhan.demo.stage.setting import Scene
from pishkhan.demo.visits import send_inspector
from pishkhan.geography.models import Division
from pishkhan.licensing.calls.services import open_request
from pishkhan.licensing.models import Nominee, Places
from pishkhan.licensing.procedures import stages
from pishkhan.meetings.models import Outcome
from pishkhan.offices.models import OfficeKind
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role

from .story import Fate, Request

REASONS = (
    "رونوشت اجاره‌نامه خوانا نیست و صفحهٔ دوم آن پیوست نشده است.",
    "مساحت نوشته‌شده با سند مالکیت نمی‌خواند؛ لطفاً اصلاح کنید.",
    "مدرک تحصیلی مدیر پیوست نشده یا مهر ندارد.",
)


class Life(Acting):
    """One request from its draft to its end."""

    def __init__(self, request: Request, place: Division, scene: Scene, seed: int) -> None:
        super().__init__(place, scene, Random(f"{seed}:{request.number}"))  # noqa: S311  no other request changes it
        self.request = request
        self._decided = 0  # how often the working group has decided on it

    @property
    def wanted(self) -> Outcome:
        """What the working group will make of it when it is before it next."""
        fate = self.request.fate
        if fate == Fate.DEFERRED and self._decided == 0:
            return Outcome.DEFERRED
        if fate == Fate.REJECTED:
            return Outcome.REJECTED
        return Outcome.CONDITIONAL if fate in (Fate.CONDITIONAL, Fate.CONDITION_OPEN) else Outcome.APPROVED

    def decided(self) -> None:
        self._decided += 1

    def lived(self) -> Iterator[int]:
        """Everything in order, as far as the request's fate lets it come."""
        yield from self._submitted()
        if self.request.fate in (Fate.DRAFT, Fate.AT_CHECK):
            return
        yield from self._checked()
        if self._stands_at(stages.INITIAL_VISIT):
            yield from self._seen()
        while self._stands_at(stages.COMMITTEE) and self.request.fate != Fate.AT_COMMITTEE:
            yield from self._decided_on()
            if self._stands_at(stages.VETTING):
                yield from self._vetted()
        if self._stands_at(stages.FINAL_VISIT):
            yield from self._finished()

    def _submitted(self) -> Iterator[int]:
        """The draft, with its place, people and papers, and its submission."""
        applicant, company = self._applicant()
        self.applicant = applicant
        places = Places.objects.get(division=self.place, call__kind=self.request.kind)
        self.case = self.scene.do(open_request, places, by=applicant, for_organisation=company)
        yield 0
        self._take("describe", applicant, self._premises())
        posts = list(Nominee.Post) if company else [Nominee.Post.MANAGER, Nominee.Post.DEPUTY]
        for post in posts:
            self._take("nominate", applicant, self._nominee(post))
        self._attach_all(applicant)
        if self.request.fate != Fate.DRAFT:
            yield self._draw.randint(0, 1)
            self._take("submit", applicant)

    def _checked(self) -> Iterator[int]:
        fate, expert = self.request.fate, self.scene.cast.expert
        yield self._draw.randint(1, 2)
        if fate == Fate.WITHDRAWN_EARLY:
            self._take("withdraw", self.applicant)
            return
        if fate in (Fate.RETURNED, Fate.LAPSED):
            self._take("send_back", expert, {"reasons": self._draw.choice(REASONS)})
            if fate == Fate.LAPSED:
                self._serve("send_back")
                return  # and the clock does the rest
            yield self._draw.randint(2, 4)
            self._take("correct_place", self.applicant, self._premises())
            self._take("complete", self.applicant)
            yield self._draw.randint(1, 2)
        self._take("accept", expert)

    def _seen(self) -> Iterator[int]:
        """The initial visit, and a second one where the first place does not do."""
        fate, expert = self.request.fate, self.scene.cast.expert
        fails = fate in (Fate.MOVED, Fate.LAPSED_ELSEWHERE)
        if fate == Fate.AT_VISIT:
            yield 1
            send_inspector(self._visit(), self.scene, self._draw, in_days=2)
            return
        yield from self._visited(passes=not fails)
        if fails:
            self._take("refuse_place", expert)
            if fate == Fate.LAPSED_ELSEWHERE:
                self._serve("refuse_place")
                return
            yield from self._moved()
        yield 1
        self._take("examine", expert)

    def _moved(self) -> Iterator[int]:
        """Another place, and a visit there."""
        yield self._draw.randint(2, 4)
        self._take("move", self.applicant, self._premises())
        yield from self._visited(passes=True)

    def _decided_on(self) -> Iterator[int]:
        """The technical committee's opinion, and the working group's decision; the session carries it out."""
        fate = self.request.fate
        yield self._draw.randint(2, 3)
        if fate == Fate.WITHDRAWN:
            self._take("withdraw", self.applicant)
            return
        opinion = "unfavourable" if fate == Fate.REJECTED else "favourable"
        self._take("schedule", self.scene.cast.technical, {"opinion": opinion, "grounds": self._draw.choice(GROUNDS)})
        while self._stands_at(stages.AGENDA):
            yield 1

    def _vetted(self) -> Iterator[int]:
        """The answers of the other bodies, one by one, and the condition, if there is one."""
        fate, expert = self.request.fate, self.scene.cast.expert
        refuses = {Fate.PERSON_REFUSED: "tax", Fate.PLACE_REFUSED: "places"}.get(fate, "")
        if self._decided > 1:
            refuses = ""
        yield from self._answered(refuses)
        if fate == Fate.PERSON_REFUSED:
            self._take("refuse_person", expert)
        elif refuses:
            self._take("refuse_site", expert)
            yield from self._moved()
            yield 1
            self._take("examine", expert)
        elif fate != Fate.CONDITION_OPEN:
            if fate == Fate.CONDITIONAL:
                self._take("meet_condition", expert, {"letter": f"1401/ف/{self._draw.randint(100, 999)}"})
            self._take("clear", expert)

    def _finished(self) -> Iterator[int]:
        """The final visit, the royalty, and the region's answer."""
        fate, cast = self.request.fate, self.scene.cast
        if fate == Fate.LOOKED_AGAIN:
            yield from self._visited(passes=False)
            self._take("look_again", cast.expert)
        yield from self._visited(passes=True)
        yield 1
        self._take("pass_premises", cast.expert)
        if fate == Fate.UNPAID:
            self._serve("pass_premises")
            return
        yield self._draw.randint(1, 4)
        self._paid()
        yield 1
        self._take("send", cast.expert)
        yield self._draw.randint(3, 6)
        if fate == Fate.AT_REGION:
            return
        if fate == Fate.GIVEN_BACK:
            self._take("give_back", cast.region, {"reasons": "رونوشت کد اقتصادی پیوست نیست."})
            yield 2
            self._take("send_again", cast.expert)
            yield 3
        self._take(
            "issue",
            cast.region,
            {"issuer_number": self.scene.next_issuer_number(), "issued_on": self._day(), "years": 5},
        )
        yield from self._kept_what_was_undertaken(self._case().dossier.office, self.applicant)

    def _applicant(self) -> tuple[Person, Organisation | None]:
        company = self.scene.company
        applicant = company.person(self.place)
        if self.request.kind != OfficeKind.COUNTER:
            return applicant, None
        organisation = company.organisation(self.place, Organisation.Kind.COMPANY, a_company(self._draw))
        company.assign(applicant, Role.REPRESENTATIVE, self.scene.watch.day, organisation=organisation)
        return applicant, organisation
