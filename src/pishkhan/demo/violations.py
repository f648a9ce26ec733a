"""The life of a violation case: told of, explained, heard, decided by the committee, objected to, executed."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from pishkhan.casework.procedure import Stage
from pishkhan.enforcement import stages
from pishkhan.enforcement.models import Source
from pishkhan.enforcement.reporting import report
from pishkhan.enforcement.selectors import rung_called_for, usual_rung
from pishkhan.journal.models import Entry
from pishkhan.notices.models import How, Notice, Outcome
from pishkhan.notices.services import prove_service
from pishkhan.offices.models import Holding, Management, Office
from pishkhan.people.models import Person
from pishkhan.people.roles import Role

from .acting import Acting
from .scene import Scene
from .wrongs import COMMITTEE, Wrong

SEEN = "نامهٔ {letter} و صورت‌جلسهٔ کارشناس، با دو گواه."
NOTHING = "آنچه گفته شده تخلف نیست یا نشانه‌ای از آن نیست."
EXPLAINED = ("تا امروز کسی این را به ما نگفته بود؛ رفع می‌کنیم.", "چنین نبوده است و مدارک آن پیوست است.",
             "کارمند تازه‌کار اشتباه کرده و وجه بازگردانده شده است.")
SAID = ("دارنده توضیح خود را تکرار کرد.", "دارنده پذیرفت و پوزش خواست.", "نماینده مدارک تازه‌ای نشان داد.")
REASONED = "آنچه در پرونده است تخلف را نشان می‌دهد و توضیح دارنده آن را رد نمی‌کند."
APART = "اندازهٔ زیان در این پرونده با آن‌ها یکی نیست."
OBJECTED = "به مدارکی که پیوست توضیح بود پاسخی داده نشده است."
ANSWERED = "هیئت مدارک را دوباره دید."
LEFT_OPEN = 2  # of the cases under way at the end: whose notice nobody has brought yet


class Violated(Acting):
    """What is told of one office, from the first letter to the end of the story."""

    def __init__(self, wrong: Wrong, office: Office, scene: Scene, seed: int) -> None:
        super().__init__(office.division, scene, Random(f"{seed}:wrong:{wrong.number}"))  # noqa: S311
        self.wrong, self.office = wrong, office

    def lived(self) -> Iterator[int]:
        """Everything in order; the committee and the clock do their part in between."""
        expert, cast = self.scene.cast.expert, self.scene.cast
        letter = f"1401/{self._draw.randint(100, 999)}"
        source = self._draw.choice((Source.AGENCY, Source.COMPLAINT))
        self.case = self.scene.do(report, self.office, source, by=expert, letter=letter)
        yield self._draw.randint(1, 2)
        if self.wrong.dropped:
            self._take("drop", expert, {"reasons": NOTHING})
            return
        self._take("notify", expert, {
            "violation": self.wrong.violation, "grounds": SEEN.format(letter=letter),
            "committed_on": (self.wrong.told_on - timedelta(days=1)).isoformat()})
        yield self._draw.randint(1, 2)
        if self.wrong.meeting is None and self.wrong.number % 4 == LEFT_OPEN:
            return
        self._serve("notify")
        yield from self._explained()
        if self.wrong.meeting is None:
            return
        self._take("schedule", cast.secretary, {"held_on": COMMITTEE[self.wrong.meeting].isoformat()})
        yield 1
        self._serve("schedule")
        yield from self._until(stages.DECIDED, stages.UNFOUNDED)
        if self._stands_at(stages.DECIDED):
            yield from self._after_the_decision()

    def convinced(self) -> bool:
        """Whether what lies before the committee convinces one of its members."""
        return self._draw.random() < self.wrong.convinces

    def draft(self) -> dict[str, object]:
        """The decision that the secretary drafts: the rung called for, with why where similar cases had another."""
        dossier = self._case().dossier
        called, usual = rung_called_for(dossier).code, usual_rung(dossier)
        admitted = self.wrong.number % 3 == 0
        return {"rung": called, "instrument": "by-law-1388", "article": "23", "evidence": SEEN.format(
                letter=dossier.letter), "factors": ["admitted"] if admitted else [], "reasons": REASONED,
                "weighed": "از پلهٔ مقرر فراتر نمی‌رود." if admitted else "",
                "departure": APART if usual and usual != called else ""}

    def said(self) -> str:
        """What was said at the hearing."""
        return self._draw.choice(SAID)

    def _explained(self) -> Iterator[int]:
        """The holder explains within the term, or the clock notes that nobody did."""
        if self._draw.random() < 0.7:
            yield self._draw.randint(2, 7)
            self._take("answer", self._holder(), {"reasons": self._draw.choice(EXPLAINED)})
        yield from self._until(stages.READY)
        yield 1

    def _after_the_decision(self) -> Iterator[int]:
        secretary, expert = self.scene.cast.secretary, self.scene.cast.expert
        yield 2
        self._serve("impose")
        if self.wrong.objects == "disputes":
            yield 6
            self._take("object", self._holder(), {"body": "disputes", "grounds": OBJECTED})
            yield 12
            self._take("change", secretary, {"letter": "1401/ح/17", "reasons": ANSWERED, "rung": "warning"})
        yield from self._until(stages.FINAL)
        yield 1
        if self._case().sanction.rung == "revocation":
            self._take("propose", expert)
            return
        self._take("execute", expert, {})
        if self.wrong.objects == "court":
            yield 5
            self._take("appeal", self._holder(), {"grounds": OBJECTED})
            yield 7
            self._take("annul_in_court", secretary, {"letter": "1401/دعا/2210", "reasons": ANSWERED})

    def _until(self, *wanted: Stage) -> Iterator[int]:
        """Wait, day by day, until the case stands where others take it."""
        while not any(self._stands_at(stage) for stage in wanted):
            yield 1

    def _serve(self, step: str) -> None:
        """Bring the notice of a step, and prove it."""
        expert, case = self.scene.cast.expert, self._case()
        taken = Entry.objects.filter(subject=case.subject, act=f"violation.{step}").order_by("number").last()
        for notice in Notice.objects.filter(because=taken.name if taken else "").order_by("pk"):
            sheet = self.scene.paper(f"service-{step}", expert, self.place)
            self.scene.do(prove_service, notice, how=How.HAND, outcome=Outcome.RECEIVED, on=self.scene.watch.day,
                          server="مأمور ابلاغ", evidence=sheet, by=expert, role=Role.EXPERT)

    def _holder(self) -> Person:
        """Who speaks for the holder: the person, or for a company the manager of the office."""
        day = self.scene.watch.day
        held = Holding.objects.on(day).select_related("person", "organisation").get(office=self.office)
        if held.person:
            return Person.objects.get(pk=held.person_id)
        manager: Person = Management.objects.on(day).select_related("manager").get(office=self.office).manager
        if manager.speaks_for(held.organisation) is None:
            self.scene.company.assign(manager, Role.REPRESENTATIVE, day, organisation=held.organisation)
        return manager

