"""The documents that go out, declared once: what each is called, what it holds, and the template it is written on."""

from dataclasses import dataclass
from pathlib import Path

from pishkhan.language.text import Text
from pishkhan.people.need_to_know.kinds import Datum
from pishkhan.people.need_to_know.table import readers_of

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """A kind of document. Its template is letters/typst/CODE.typ."""

    code: str
    title: Text
    holds: tuple[Datum, ...]  # who may have it in its place reads all of these
    for_party: bool = True  # whether the party it is about may have it

    def __post_init__(self) -> None:
        KINDS[self.code] = self

    @property
    def template(self) -> Path:
        return Path(__file__).parent / "typst" / f"{self.code}.typ"

    @property
    def read_by(self) -> tuple[str, ...]:
        """The roles that may have it, in its place."""
        return readers_of(*self.holds)


ACKNOWLEDGEMENT = Kind("acknowledgement", Text("رسید درخواست", "Acknowledgement"), (Datum.STATED,))
# An inquiry names persons with their national ids.
INQUIRY = Kind("inquiry", Text("استعلام", "Inquiry"), (Datum.INQUIRY, Datum.IDENTITY), for_party=False)
DEMAND = Kind("demand", Text("برگ مطالبه", "Demand note"), (Datum.MONEY,))
REFUSAL = Kind("refusal", Text("اعلام رد و راه اعتراض", "Refusal, and how to object"), (Datum.REASONS,))
LICENCE = Kind("licence", Text("پروانه یا رونوشت ثبت", "Licence or extract of the register"), (Datum.STATED,))
# What a violation case sends names what is held against somebody, and how they answered.
ACCUSING = (Datum.REASONS, Datum.DEFENCE)
VIOLATION_NOTICE = Kind("violation-notice", Text("اخطاریهٔ تخلف", "Notice of a violation"), ACCUSING)
VIOLATION_SUMMONS = Kind("violation-summons", Text("دعوت به رسیدگی", "Call to a hearing"), ACCUSING)
VIOLATION_ORDER = Kind("violation-order", Text("دستور تعلیق فوری", "Order of an urgent suspension"), ACCUSING)
VIOLATION_DECISION = Kind(
    "violation-decision", Text("رأی کمیتهٔ تخلفات", "Decision of the violations committee"), ACCUSING
)
VISIT_REPORT = Kind("visit-report", Text("گزارش بازدید", "Report of a visit"), (Datum.PHOTOS,))
MACHINE_FAULTS = Kind(
    "machine-faults",
    Text("نامه به بانک دربارهٔ خودپرداز یا باجه", "Letter to a bank about its machine"),
    (Datum.PHOTOS,),
)
