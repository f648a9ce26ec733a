"""The life of what a holder asks for: renewal, transfer, another address or name, a closure, a booth."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

from pishkhan.casework.refusals import RulesUnmet
from pishkhan.licensing.licences.licence_requests import begin_matter
from pishkhan.licensing.models import Nominee
from pishkhan.licensing.procedures import stages
from pishkhan.offices.models import Office, OfficeKind
from pishkhan.people.models import Organisation, Person
from pishkhan.people.roles import Role
from pishkhan.people.selectors import national_id_of

from .acting import GROUNDS, Acting, speaker_of
from .scripts.licence_requests import Matter
from .stage.names import COMPANIES, a_company, an_address
from .stage.setting import Scene

CLOSED_FOR = (14, 30)  # days that a closure is asked for
REASONS = ("تعمیر و نوسازی محل دفتر", "بیماری مدیر و نبود جانشین", "جابه‌جایی تجهیزات و نصب خط تازه")
GIVEN_UP = ("دارنده بازنشسته می‌شود و کسی جانشین او نیست.", "درآمد دفتر هزینهٔ آن را نمی‌پوشاند.")
NAMING = ("revival", "conversion")  # which begin with a place and people, as a new licence does
POSTS = [Nominee.Post.MANAGER, Nominee.Post.DEPUTY]  # where no company needs a signatory
FAIR = "نمایشگاه نوروزی صنایع دستی"


class Held(Acting):
    """What is asked for about one office, from its draft to its end."""

    def __init__(self, matter: Matter, office: Office, scene: Scene, seed: int) -> None:
        super().__init__(office.division, scene, Random(f"{seed}:matter:{matter.number}"))  # noqa: S311
        self.matter, self.office = matter, office
        self._moved = False  # to the place that does
        self.bought_by: Person | None = None

    @property
    def buyer(self) -> Person:
        """Who signs for the other side of a transfer."""
        assert self.bought_by is not None, "named by the holder's first step"  # noqa: S101
        return self.bought_by

    def lived(self) -> Iterator[int]:
        """Everything in order: what is stated first, then whatever the stage it has come to calls for."""
        if not self._begins():
            return
        yield 0
        self._state()
        self._attach_all(self.holder)
        yield self._draw.randint(0, 1)
        self._take_or_withdraw("submit", self.holder)
        while goes_on := CALLED_FOR.get(self._case().stage):
            yield from goes_on(self)

    def _begins(self) -> bool:
        """By the holder, or by the manager for the company that holds it; not where something stands in the way."""
        self.holder = speaker_of(self.office, self.scene)
        licence = self.office.licences.get()
        try:
            self.case = self.scene.do(begin_matter, self.matter.procedure, licence, by=self.holder)
        except RulesUnmet:  # a visit of a round, which nobody could know of beforehand, found the office shut
            return False
        return True

    def _take_or_withdraw(self, step: str, by: Person) -> None:
        """Take a step, or let the holder withdraw, where something has come in the way meanwhile."""
        try:
            self._take(step, by)
        except RulesUnmet:
            self._take("withdraw", self.holder)

    def _state(self) -> None:
        """What the holder states of it, by the step of its procedure that asks for that; and whom they name."""
        step, answers = {
            "revival": ("describe", self._premises),
            "conversion": ("describe", self._premises),
            "surrender": ("describe", self._last_day),
            "renewal": ("declare", self._nothing_changed),
            "transfer": ("name_buyer", self._buyer),
            "address-change": ("describe", self._elsewhere),
            "closure": ("describe", self._days_off),
            "name-change": ("rename", self._name),
            "booth": ("describe", self._booth),
        }[self.matter.procedure]
        self._take(step, self.holder, answers())
        if self.matter.procedure in NAMING:
            posts = list(Nominee.Post) if self.office.kind == OfficeKind.COUNTER else POSTS
            for post in posts:
                self._take("nominate", self.holder, self._nominee(post))

    def _agreed(self) -> Iterator[int]:
        """The buyer names people, agrees, and hands both signatures in."""
        yield self._draw.randint(1, 2)
        posts = list(Nominee.Post) if self.organisation else POSTS
        for post in posts:
            self._take("nominate", self.buyer, self._nominee(post))
        self._take("agree", self.buyer, {"capacity": "self", "beneficiary": self.buyer.full_name})
        self._take("deliver", self.buyer)

    def _checked(self) -> Iterator[int]:
        yield self._draw.randint(1, 2)
        self._take_or_withdraw("accept", self.scene.cast.expert)

    def _seen(self) -> Iterator[int]:
        passes = self._moved or not self.matter.fails_first
        yield from self._visited(passes=passes)
        self._take("examine" if passes else "refuse_place", self.scene.cast.expert)

    def _went_elsewhere(self) -> Iterator[int]:
        yield self._draw.randint(1, 2)
        self._take("move", self.holder, self._elsewhere())
        self._moved = True

    def _favoured(self) -> Iterator[int]:
        yield 1
        self._take(
            "schedule", self.scene.cast.technical, {"opinion": "favourable", "grounds": self._draw.choice(GROUNDS)}
        )

    def _waited(self) -> Iterator[int]:
        """For the meeting that decides and carries out."""
        yield 1

    def _vetted(self) -> Iterator[int]:
        yield from self._answered()
        self._take("clear", self.scene.cast.expert)

    def _undertaken(self) -> Iterator[int]:
        yield self._draw.randint(1, 2)
        self._take("undertake", self.buyer, {"undertakes": True})

    def _paid_and_sent(self) -> Iterator[int]:
        yield self._draw.randint(1, 3)
        self._paid()
        self._take("send", self.scene.cast.expert)

    def _seen_at_last(self) -> Iterator[int]:
        yield from self._visited(passes=True)
        self._take("pass_premises", self.scene.cast.expert)

    def _handed_in(self) -> Iterator[int]:
        yield 1
        self._take("take_back", self.scene.cast.expert, {"letter": f"1401/ت/{self._draw.randint(100, 999)}"})

    def _issued(self) -> Iterator[int]:
        yield self._draw.randint(2, 5)
        if self.matter.procedure == "surrender":
            self._take("confirm", self.scene.cast.region)
            return
        answers: dict[str, Any] = {"issuer_number": self.scene.next_issuer_number(), "issued_on": self._day()}
        if self.matter.procedure in ("renewal", *NAMING):
            answers["years"] = 5
        self._take("issue", self.scene.cast.region, answers)
        if self.matter.procedure in NAMING:
            office = getattr(self._case().dossier, "office", None) or self.office
            yield from self._kept_what_was_undertaken(office, self.holder)
        if self.bought_by:
            yield from self._kept_what_was_undertaken(self.office, self.bought_by)

    def _permitted(self) -> Iterator[int]:
        yield 1
        self._take("permit", self.scene.cast.director)

    def _reopened(self) -> Iterator[int]:
        """Some days before the last of the closure, or once it is over."""
        yield self._draw.randint(8, 20)
        self._take("reopen", self.holder)

    def _nothing_changed(self) -> dict[str, Any]:
        return {"changed": "no"}

    def _buyer(self) -> dict[str, Any]:
        company = self.scene.company
        self.bought_by = company.person(self.place)
        self.organisation: Organisation | None = None
        if self.office.kind != OfficeKind.COUNTER:
            return {"person": national_id_of(self.bought_by), "capacity": "self"}
        self.organisation = company.organisation(self.place, Organisation.Kind.COMPANY, a_company(self._draw))
        company.assign(self.bought_by, Role.REPRESENTATIVE, self.scene.watch.day, organisation=self.organisation)
        return {"organisation": self.organisation.legal_id, "capacity": "signatory"}

    def _elsewhere(self) -> dict[str, Any]:
        return self._premises() | {"moves_to": self.place.code}

    def _last_day(self) -> dict[str, Any]:
        begins = self.scene.watch.day + timedelta(days=self._draw.randint(20, 30))
        return {"from_on": begins.isoformat(), "reasons": self._draw.choice(GIVEN_UP)}

    def _days_off(self) -> dict[str, Any]:
        begins = self.scene.watch.day + timedelta(days=self._draw.randint(5, 9))
        return {
            "from_on": begins.isoformat(),
            "reasons": self._draw.choice(REASONS),
            "until_on": (begins + timedelta(days=self._draw.randint(*CLOSED_FOR))).isoformat(),
        }

    def _name(self) -> dict[str, Any]:
        return {"name": f"دفتر پیشخوان {self._draw.choice(COMPANIES)}"}

    def _booth(self) -> dict[str, Any]:
        begins = self.scene.watch.day + timedelta(days=60)  # after the meeting that decides on it
        return {
            "place": self.place.code,
            "address": an_address(self._draw, self.place.name),
            "reasons": FAIR,
            "lat": round(float(self.place.lat or 0), 5),
            "lon": round(float(self.place.lon or 0), 5),
            "from_on": begins.isoformat(),
            "until_on": (begins + timedelta(days=9)).isoformat(),
        }


# What a stage calls for; where nothing is named the life is over.
CALLED_FOR: dict[str, Callable[[Held], Iterator[int]]] = {
    stages.AGREEMENT.code: Held._agreed,
    stages.CHECK.code: Held._checked,
    stages.INITIAL_VISIT.code: Held._seen,
    stages.ELSEWHERE.code: Held._went_elsewhere,
    stages.COMMITTEE.code: Held._favoured,
    stages.AGENDA.code: Held._waited,
    stages.VETTING.code: Held._vetted,
    stages.FINAL_VISIT.code: Held._seen_at_last,
    stages.UNDERTAKING.code: Held._undertaken,
    stages.ROYALTY.code: Held._paid_and_sent,
    stages.HAND_IN.code: Held._handed_in,
    stages.REGION.code: Held._issued,
    stages.DIRECTION.code: Held._permitted,
    stages.CLOSED.code: Held._reopened,
}
