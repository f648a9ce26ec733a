"""The documents that go out, declared once: what each is called, who may have it, and the template it is written on."""

from dataclasses import dataclass
from pathlib import Path

from pishkhan.language.text import Text
from pishkhan.people.roles import Role

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    """A kind of document. Its template is letters/typst/CODE.typ."""

    code: str
    title: Text
    read_by: tuple[str, ...] = ()  # the roles, in its place, that may have it; every role there, if none is named
    for_party: bool = True  # whether the party it is about may have it

    def __post_init__(self) -> None:
        KINDS[self.code] = self

    @property
    def template(self) -> Path:
        return Path(__file__).parent / "typst" / f"{self.code}.typ"


ACKNOWLEDGEMENT = Kind("acknowledgement", Text("رسید درخواست", "Acknowledgement"))
# An inquiry names persons with their national ids; a refusal's grounds are for the applicant and who decides.
INQUIRY = Kind("inquiry", Text("استعلام", "Inquiry"), (Role.EXPERT, Role.SECRETARY, Role.DIRECTOR), for_party=False)
DEMAND = Kind("demand", Text("برگ مطالبه", "Demand note"))
REFUSAL = Kind(
    "refusal", Text("اعلام رد و راه اعتراض", "Refusal, and how to object"), (Role.EXPERT, Role.SECRETARY, Role.DIRECTOR)
)
LICENCE = Kind("licence", Text("پروانه یا رونوشت ثبت", "Licence or extract of the register"))
# What a violation case sends names what is held against somebody: for the holder and who decides.
ACCUSING = (Role.EXPERT, Role.SECRETARY, Role.DIRECTOR)
VIOLATION_NOTICE = Kind("violation-notice", Text("اخطاریهٔ تخلف", "Notice of a violation"), ACCUSING)
VIOLATION_SUMMONS = Kind("violation-summons", Text("دعوت به رسیدگی", "Call to a hearing"), ACCUSING)
VIOLATION_ORDER = Kind("violation-order", Text("دستور تعلیق فوری", "Order of an urgent suspension"), ACCUSING)
VIOLATION_DECISION = Kind(
    "violation-decision", Text("رأی کمیتهٔ تخلفات", "Decision of the violations committee"), ACCUSING
)
# What a visit found is told to whoever was visited, and to who follows it up.
VISIT_REPORT = Kind(
    "visit-report",
    Text("گزارش بازدید", "Report of a visit"),
    (Role.EXPERT, Role.SECRETARY, Role.DIRECTOR, Role.INSPECTOR),
)
MACHINE_FAULTS = Kind(
    "machine-faults",
    Text("نامه به بانک دربارهٔ خودپرداز یا باجه", "Letter to a bank about its machine"),
    (Role.EXPERT, Role.SECRETARY, Role.DIRECTOR, Role.INSPECTOR),
)
