"""Where the demo is played: its people, its places, its watch, and the papers they carry."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from django.core.files.base import ContentFile

from pishkhan.files.models import StoredFile
from pishkhan.files.services import store
from pishkhan.geography.models import Division
from pishkhan.inspections.models import Machine
from pishkhan.notices.adapters import Adapter
from pishkhan.people.models import Person

from .cast import Cast, Company
from .watch import Watch

P = ParamSpec("P")
R = TypeVar("R")
PAPER = """%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length {length}>>stream
{drawn}
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R/Size 6>>
%%EOF
"""


@dataclass
class Scene:
    """What whoever acts in the story needs."""

    watch: Watch
    company: Company
    cast: Cast
    outbox: Adapter  # by which the story's notices leave: never a real provider
    machines: list[Machine] = field(default_factory=list)  # the banks' ATMs and booths
    issued: int = field(default=0)  # licences, for the issuer's own numbers

    def do(self, act: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Let somebody act at the next moment of the day."""
        with self.watch.tick():
            return act(*args, **kwargs)

    def paper(self, title: str, by: Person, division: Division) -> StoredFile:
        """A made-up paper, uploaded."""
        drawn = f"BT /F 18 Tf 72 760 Td (Demo paper: {title}, {by.ref}) Tj ET"
        content = PAPER.format(length=len(drawn), drawn=drawn).encode()
        return self.do(store, ContentFile(content, name=f"{title}.pdf"), by=by, division=division)

    def next_issuer_number(self) -> str:
        self.issued += 1
        return f"CRA/1401/{1000 + self.issued}"
