"""The life of a violation case: told of, explained, heard, decided by the committee, objected to, executed."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from pishkhan.casework.procedures.procedure import Stage
from pishkhan.complaints import services as complaints
from pishkhan.complaints.filing import complain
from pishkhan.complaints.kinds import KINDS
from pishkhan.complaints.models import Complaint
from pishkhan.complaints.services import open_violation
from pishkhan.enforcement.models import Source
from pishkhan.enforcement.numbers import HEARING_NOTICE
from pishkhan.enforcement.procedure import stages
from pishkhan.enforcement.reporting import report
from pishkhan.enforcement.selectors import rung_called_for, usual_rung
from pishkhan.offices.models import Office
from pishkhan.people.models import Person
from pishkhan.people.roles import Role
from pishkhan.regulation.calendar import working_day_after

from .acting import Acting, speaker_of
from .scripts.violation_scripts import COMMITTEE, Wrong
from .stage.setting import Scene

SEEN = "نامهٔ {letter} و صورت‌جلسهٔ کارشناس، با دو گواه."
WRITTEN = "شکایت {number} و صورت‌جلسهٔ کارشناس، با دو گواه."
REPORT_TEXT = "آنچه در نامه آمده است بار نخست نیست و گواه هم دارد."
FOUNDED = Complaint.Outcome.PURSUED, "کمیته شکایت را وارد دانست."
NOT_FOUND = Complaint.Outcome.UNFOUNDED, "رسیدگی شد و تخلفی دیده نشد."
NOTHING = "آنچه گفته شده تخلف نیست یا نشانه‌ای از آن نیست."
EXPLAINED = (
    "تا امروز کسی این را به ما نگفته بود؛ رفع می‌کنیم.",
    "چنین نبوده است و مدارک آن پیوست است.",
    "کارمند تازه‌کار اشتباه کرده و وجه بازگردانده شده است.",
)
SAID = ("دارنده توضیح خود را تکرار کرد.", "دارنده پذیرفت و پوزش خواست.", "نماینده مدارک تازه‌ای نشان داد.")
REASONED = "آنچه در پرونده است تخلف را نشان می‌دهد و توضیح دارنده آن را رد نمی‌کند."
APART = "اندازهٔ زیان در این پرونده با آن‌ها یکی نیست."
AT_ONCE = (
    "دفتر را کسی می‌گرداند که پروانه ندارد و مدارک و پول مردم در دست اوست؛ تا رسیدگی، ادامهٔ کار زیانی دارد که جبران آن "
    "دشوار است."
)
STAYED = "اجرای رأی تا رسیدگی زیانی دارد که جبران آن دشوار است."
OBJECTED = "به مدارکی که پیوست توضیح بود پاسخی داده نشده است."
ANSWERED = "هیئت مدارک را دوباره دید."
LEFT_OPEN = 2  # of the cases under way at the end: whose notice nobody has brought yet


class Violated(Acting):
    """What is told of one office, from the first letter to the end of the story."""

    def __init__(self, wrong: Wrong, office: Office, scene: Scene, seed: int) -> None:
        super().__init__(office.division, scene, Random(f"{seed}:wrong:{wrong.number}"))  # noqa: S311
        self.wrong, self.office = wrong, office
        self.complaint: Complaint | None = None
        self._shown = ""  # what shows it, in words

    def lived(self) -> Iterator[int]:
        """Everything in order; the committee and the clock do their part in between."""
        expert, cast = self.scene.cast.expert, self.scene.cast
        self._reported(expert)
        yield self._draw.randint(1, 2)
        if self.wrong.dropped:
            self._take("drop", expert, {"reasons": NOTHING})
            self._end_the_complaint(expert, *NOT_FOUND)
            return
        self._take(
            "notify",
            expert,
            {
                "violation": self.wrong.violation,
                "grounds": self._shown,
                "committed_on": (self.wrong.told_on - timedelta(days=1)).isoformat(),
            },
        )
        yield self._draw.randint(1, 2)
        if self.wrong.meeting is None and self.wrong.number % 4 == LEFT_OPEN:
            return
        self._serve("notify")
        if self.wrong.urgent:
            yield 1
            self._take("suspend_at_once", cast.director, {"reasons": AT_ONCE})
        yield from self._explained()
        if self.wrong.meeting is not None:
            yield from self._before_the_committee(expert)

    def _before_the_committee(self, expert: Person) -> Iterator[int]:
        """The call, the decision, and what follows from it; nothing if no meeting of the story comes in time."""
        hearing = self._hearing()
        if hearing is None:
            return
        self._take("schedule", self.scene.cast.secretary, {"held_on": hearing.isoformat()})
        yield 1
        self._serve("schedule")
        yield from self._until(stages.DECIDED, stages.UNFOUNDED)
        self._end_the_complaint(expert, *(FOUNDED if self._stands_at(stages.DECIDED) else NOT_FOUND))
        if self._stands_at(stages.DECIDED):
            yield from self._after_the_decision()

    def _hearing(self) -> date | None:
        """The first meeting of the committee to which the office can be called in time; None if the story has none."""
        served = working_day_after(self.scene.watch.day, 1, place=self.office.division_id)
        days = self._case().reckoned(HEARING_NOTICE).value
        return next((day for day in COMMITTEE[self.wrong.meeting :] if (day - served).days >= days), None)

    def convinced(self) -> bool:
        """Whether what lies before the committee convinces one of its members."""
        return self._draw.random() < self.wrong.convinces

    def draft(self) -> dict[str, object]:
        """The decision that the secretary drafts: the rung called for, with why where similar cases had another."""
        dossier = self._case().dossier
        called, usual = rung_called_for(dossier).code, usual_rung(dossier)
        admitted = self.wrong.number % 3 == 0
        return {
            "rung": called,
            "instrument": "by-law-1388",
            "article": "23",
            "evidence": self._shown,
            "factors": ["admitted"] if admitted else [],
            "reasons": REASONED,
            "weighed": "از پلهٔ مقرر فراتر نمی‌رود." if admitted else "",
            "departure": APART if usual and usual != called else "",
        }

    def said(self) -> str:
        """What was said at the hearing."""
        return self._draw.choice(SAID)

    def _reported(self, expert: Person) -> None:
        """An agency writes of it, or somebody complains of what is a sign of it."""
        letter = f"1401/{self._draw.randint(100, 999)}"
        source = self._draw.choice((Source.AGENCY, Source.COMPLAINT))
        kind = next(
            (
                complaint_kind.code
                for complaint_kind in KINDS
                if complaint_kind.violation == self.wrong.violation and complaint_kind.of_office
            ),
            "",
        )
        if source == Source.AGENCY or not kind:
            self._shown = SEEN.format(letter=letter)
            self.case = self.scene.do(report, self.office, Source.AGENCY, by=expert, letter=letter)
            return
        self.complaint = self.scene.do(
            complain,
            kind=kind,
            text=REPORT_TEXT,
            happened_on=self.scene.watch.day - timedelta(days=1),
            office=self.office,
            door=Complaint.Door.PAPER,
            reference=letter,
            by=expert,
            role=Role.EXPERT,
        )
        self._shown = WRITTEN.format(number=self.complaint.number)
        self.case = self.scene.do(open_violation, self.complaint, by=expert).case

    def _end_the_complaint(self, expert: Person, outcome: Complaint.Outcome, text: str) -> None:
        if self.complaint:
            self.scene.do(complaints.close, self.complaint, outcome, text, by=expert)

    def _explained(self) -> Iterator[int]:
        """The holder explains within the term, or the clock notes that nobody did."""
        if self._draw.random() < 0.7:
            yield self._draw.randint(2, 7)
            self._take("answer", speaker_of(self.office, self.scene), {"reasons": self._draw.choice(EXPLAINED)})
        yield from self._until(stages.READY)
        yield 1

    def _after_the_decision(self) -> Iterator[int]:
        expert = self.scene.cast.expert
        yield 2
        self._serve("impose")
        if self.wrong.objects == "disputes":
            yield 6
            self._take("object", speaker_of(self.office, self.scene), {"body": "disputes", "grounds": OBJECTED})
            yield 12
            self._rule("record_answer", "changed", "1401/ح/17", ANSWERED, rung="warning")
            self._take("change", self.scene.cast.director)
        yield from self._until(stages.FINAL)
        yield 1
        if self._case().sanction.rung == "revocation":
            self._take("propose", expert)
            return
        self._take("execute", expert, {})
        if self.wrong.objects == "court":
            yield 5
            self._take("appeal", speaker_of(self.office, self.scene), {"grounds": OBJECTED})
            yield 3
            self._rule("record_ruling", "stayed", "1401/دعا/1874", STAYED)
            self._take("stay", self.scene.cast.director)
            yield 4
            self._rule("record_ruling", "annulled", "1401/دعا/2210", ANSWERED)
            self._take("annul_in_court", self.scene.cast.director)

    def _rule(self, step: str, says: str, letter: str, reasons: str, **more: str) -> None:
        """The secretary enters what was ruled, with its scan; the director carries it out."""
        secretary = self.scene.cast.secretary
        scan = self.scene.paper("ruling", secretary, self.place)
        day = self.scene.watch.day.isoformat()
        answers = {"says": says, "letter": letter, "ruled_on": day, "scan": str(scan.pk), "reasons": reasons}
        self._take(step, secretary, answers | more)

    def _until(self, *wanted: Stage) -> Iterator[int]:
        """Wait, day by day, until the case stands where others take it."""
        while not any(self._stands_at(stage) for stage in wanted):
            yield 1
