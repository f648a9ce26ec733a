"""Whether each cell of a table says of which column it is: on a phone there are no headings above it."""

from collections.abc import Iterator
from html.parser import HTMLParser


def wrong_cells(html: str) -> Iterator[str]:
    """The cells that say another heading than the one they stand under, and the rows that are too short or too long."""
    reader = _Reader()
    reader.feed(html)
    yield from reader.mismatches


class _Reader(HTMLParser):
    """Reads the tables of a page that are cards on a phone."""

    def __init__(self) -> None:
        super().__init__()
        self._headings: list[str] | None = None  # of the table that is read
        self._silent = ""  # the tag inside a heading that a card leaves out
        self._in_heading = False
        self._column = 0
        self.mismatches: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._headings = [] if given.get("class") == "stacked" else None
        elif self._headings is None:
            return
        elif tag == "th":
            self._headings.append("")
            self._in_heading = True
        elif self._in_heading and given.get("class") in ("hidden", "line"):
            self._silent = tag
        elif tag == "tr":
            self._column = 0
        elif tag == "td":
            self._look_at(given)

    def _look_at(self, cell: dict[str, str | None]) -> None:
        headings = self._headings or []
        over = " ".join(headings[self._column].split()) if self._column < len(headings) else "nothing"
        said = cell.get("data-label") or ""
        if said != (over if self._column else ""):
            self.mismatches.append(f"a cell under {over!r} says {said!r}")
        self._column += int(cell.get("colspan") or 1)

    def handle_data(self, data: str) -> None:
        if self._headings and self._in_heading and not self._silent:
            self._headings[-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self._headings = None
        elif tag == self._silent:
            self._silent = ""
        elif tag == "th":
            self._in_heading = False
        elif tag == "tr" and self._headings and self._column not in (0, len(self._headings)):
            self.mismatches.append(f"a row fills {self._column} of the columns {self._headings}")
