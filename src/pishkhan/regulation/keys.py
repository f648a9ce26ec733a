"""The numbers of the law that the house reckons with: each a key with a unit and a meaning, declared by who uses it."""

from dataclasses import dataclass, field

from pishkhan.language.text import Text

UNITS = {
    "rial": Text("ریال", "rial"),
    "year": Text("سال", "years"),
    "month": Text("ماه", "months"),
    "day": Text("روز", "days"),
    "working_day": Text("روز کاری", "working days"),
    "percent": Text("درصد", "percent"),
    "square_metre": Text("متر مربع", "square metres"),
    "metre": Text("متر", "metres"),
    "kilometre": Text("کیلومتر", "kilometres"),
    "person": Text("نفر", "people"),
    "yes_no": Text("", ""),
    "byte": Text("بایت", "bytes"),
    "point": Text("امتیاز", "points"),
    "minute": Text("دقیقه", "minutes"),
    "kilometre_per_hour": Text("کیلومتر در ساعت", "kilometres per hour"),
    "rung": Text("پلهٔ تنبیه", "rung of the ladder"),
}


@dataclass(frozen=True)
class Key:
    """A number of the law: what it is called in code, in what unit it is told, and what it means."""

    code: str
    unit: str
    fa: str = field(compare=False)
    en: str = field(compare=False)

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"{self.code} has the unit {self.unit}, which is none of ours.")
        if KEYS.setdefault(self.code, self).unit != self.unit:
            raise ValueError(f"{self.code} is declared twice, in different units.")

    @property
    def meaning(self) -> Text:
        return Text(self.fa, self.en)


KEYS: dict[str, Key] = {}
