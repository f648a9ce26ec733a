"""The numbers of the law that the house reckons with: each a key with a unit and a meaning, declared by who uses it."""

from dataclasses import dataclass, field

from pishkhan.language.text import Text

UNITS = {
    "rial": Text("ریال", "rial"),
    "year": Text("سال", "{count:year|years}"),
    "month": Text("ماه", "{count:month|months}"),
    "day": Text("روز", "{count:day|days}"),
    "working_day": Text("روز کاری", "working {count:day|days}"),
    "percent": Text("درصد", "percent"),
    "square_metre": Text("متر مربع", "{count:square metre|square metres}"),
    "metre": Text("متر", "{count:metre|metres}"),
    "kilometre": Text("کیلومتر", "{count:kilometre|kilometres}"),
    "person": Text("نفر", "{count:person|people}"),
    "yes_no": Text("", ""),
    "byte": Text("بایت", "{count:byte|bytes}"),
    "point": Text("امتیاز", "{count:point|points}"),
    "fault": Text("ایراد", "{count:fault|faults}"),
    "minute": Text("دقیقه", "{count:minute|minutes}"),
    "kilometre_per_hour": Text("کیلومتر در ساعت", "{count:kilometre|kilometres} per hour"),
    "rung": Text("پلهٔ تنبیه", "rung of the ladder"),
}


def unit_of(code: str, count: object) -> Text:
    """The unit of a number, as it is said after that number."""
    return UNITS[code].filled(count=count)


@dataclass(frozen=True)
class Key:
    """A number of the law: what it is called in code, in what unit it is told, and what it means."""

    code: str
    unit: str
    fa: str = field(compare=False)
    en: str = field(compare=False)
    contested: Text | None = field(default=None, compare=False)  # what the law says against it: adopted with a source

    def __post_init__(self) -> None:
        if self.unit not in UNITS:
            raise ValueError(f"{self.code} has the unit {self.unit}, which is none of ours.")
        if KEYS.setdefault(self.code, self).unit != self.unit:
            raise ValueError(f"{self.code} is declared twice, in different units.")

    @property
    def meaning(self) -> Text:
        return Text(self.fa, self.en)


def is_contested(code: str) -> bool:
    """Whether the law contests what a number stands for."""
    return code in KEYS and KEYS[code].contested is not None


KEYS: dict[str, Key] = {}
