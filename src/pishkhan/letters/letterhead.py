"""In whose name documents go out: the letterhead of a province's directorate."""

from typing import Any

from pishkhan.geography.models import Division
from pishkhan.language.text import Text

OVER = Text("وزارت ارتباطات و فناوری اطلاعات", "Ministry of Information and Communications Technology")
DIRECTORATE = Text(
    "اداره‌کل ارتباطات و فناوری اطلاعات استان {province}", "General Directorate of ICT, {province} Province"
)


def letterhead(place: str) -> dict[str, Any]:
    """The name over the letters about a place (SCI code), and what stands over it. One query."""
    province = Division.objects.filter(code=place[:2]).first()
    name = province.text if province else Text(place[:2], place[:2])
    return {"over": pair(OVER), "name": pair(DIRECTORATE.filled(province=name))}


def pair(text: Text) -> dict[str, str]:
    """A sentence as records hold it: in both languages, as it was said that day."""
    return text._asdict()
