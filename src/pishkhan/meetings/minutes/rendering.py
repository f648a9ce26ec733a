"""Minutes in words: the same sentences on the page, in the API and on paper, in both languages.

The redacted edition, which may be published, names no natural person: seats, counts and outcomes alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pishkhan.casework.procedures.procedure import Procedure
from pishkhan.journal.clock import TEHRAN
from pishkhan.language.digits import persian
from pishkhan.language.jalali import spoken
from pishkhan.language.text import Text
from pishkhan.meetings.course.selectors import EVENTS
from pishkhan.meetings.models import Body, Outcome
from pishkhan.meetings.refusing.grounds import grounds_in_words

from . import sentences as say

Word = dict[str, Any]
CODE = re.compile(r"(?<![\w-])[^\sA-Za-z]+(?![\w-])")  # words without a Latin letter: codes keep their digits


@dataclass(frozen=True)
class Line:
    """Somebody who sat in a meeting: for whom, as what, from when until when."""

    organisation: Text
    name: Text
    note: Text
    hours: Text


@dataclass(frozen=True)
class Paragraph:
    """An item of the agenda, and what is told of it."""

    heading: Text
    lines: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Rendered:
    """Minutes in words."""

    title: Text
    facts: list[tuple[Text, Text]]
    attendance: list[Line]
    absent: Text | None
    items: list[Paragraph]
    events: list[Text]


def render(content: dict[str, Any], words: dict[tuple[int, str], str], *, redacted: bool = False) -> Rendered:
    """The content of minutes in words; what was erased is told so."""

    def text_of(word: Word | None) -> Text:
        if word is None or redacted:
            return say.NOT_TOLD
        text = word["text"] if "text" in word else words.get((content["words"], f"w{word['word']}"))
        return say.ERASED if text is None else Text(text, text)

    names = {seat: Text(name, name) for seat, name in content["organisations"].items()}
    sat = {row["seat"] for row in content["attendance"]}
    absent = [names[str(seat["seat"])] for seat in content.get("seats", []) if seat["seat"] not in sat]
    return Rendered(
        title=say.TITLE.filled(number=content["number"], day=_day(content["held_on"])),
        facts=_facts(content),
        attendance=[_line(row, content, names, text_of, redacted=redacted) for row in content["attendance"]],
        absent=say.ABSENT.filled(names=listed(absent)) if absent else None,
        items=[_paragraph(item, names, text_of, redacted=redacted) for item in content["items"]],
        events=[_event(event, text_of, redacted=redacted) for event in content.get("events", [])],
    )


def in_lines(rendered: Rendered, language: str) -> str:
    """The whole as plain text, line by line."""
    lines = [rendered.title, *(say.FACT.filled(what=what, text=text) for what, text in rendered.facts), say.PRESENT]
    lines += [
        say.SAT.filled(organisation=line.organisation, name=line.name, note=line.note, hours=line.hours)
        for line in rendered.attendance
    ]
    lines += [rendered.absent] if rendered.absent else []
    for item in rendered.items:
        lines += [item.heading, *(say.INDENTED.filled(text=line) for line in item.lines)]
    lines += rendered.events
    text = "\n".join(line.to(language) for line in lines) + "\n"
    return text if language.startswith("en") else CODE.sub(lambda word: persian(word[0]), text)


def listed(texts: list[Text]) -> Text:
    """Several names as one text."""
    return Text("، ".join(text.fa for text in texts), ", ".join(text.en for text in texts))


def _facts(content: dict[str, Any]) -> list[tuple[Text, Text]]:
    rows = [(say.DAY, _day(content["held_on"]))]
    if content.get("begins_at"):
        rows.append((say.CALLED_FOR, _digits(content["begins_at"])))
    if content.get("venue"):
        rows.append((say.VENUE, Text(content["venue"], content["venue"])))
    for what, name in ((say.OPENED, "opened_at"), (say.ENDED, "closed_at")):
        if content.get(name):
            rows.append((what, _moment(content[name], content["held_on"])))
    if content.get("state") in say.STATES:
        rows.append((say.ENDED_AS, say.STATES[content["state"]]))
    if together := content.get("combined_with"):
        body = Body.Code(together["body"]).text
        rows.append((say.COMBINED, say.BODY_AND_NUMBER.filled(body=body, number=together["number"])))
    if content.get("continued_by"):
        rows.append((say.GOES_ON, Text(content["continued_by"], content["continued_by"])))
    return rows


def _line(
    row: dict[str, Any],
    content: dict[str, Any],
    names: dict[str, Text],
    text_of: Callable[[Word | None], Text],
    *,
    redacted: bool,
) -> Line:
    seat: dict[str, Any] = next((seat for seat in content.get("seats", []) if seat["seat"] == row["seat"]), {})
    notes = [note for note, so in ((say.CHAIR, seat.get("chairs")), (say.DEPUTY, row.get("deputy"))) if so]
    notes += [say.NO_VOTE] if seat.get("votes") is False else []
    day = content["held_on"]
    until = _moment(row["left_at"], day) if row["left_at"] else Text("", "")
    return Line(
        names[str(row["seat"])],
        Text("", "") if redacted or "name" not in row else text_of(row["name"]),
        listed(notes),
        say.HOURS.filled(arrived=_moment(row["arrived_at"], day), left=until),
    )


def _paragraph(
    item: dict[str, Any], names: dict[str, Text], text_of: Callable[[Word | None], Text], *, redacted: bool
) -> Paragraph:
    procedure = next((kind for kind in Procedure.register.values() if kind.code == item.get("procedure")), None)
    heading = say.ITEM.filled(
        position=item["position"], case=item["case"], what=procedure.title if procedure else Text("", "")
    )
    paragraph = Paragraph(heading)
    lines = paragraph.lines
    if "place" in item:
        lines.append(say.PLACE.filled(place=Text(**item["place"])))
    if not redacted:
        lines += [
            sentence.filled(text=text_of(item[name]))
            for name, sentence in (("applicant", say.APPLICANT), ("address", say.ADDRESS))
            if name in item
        ]
    if item.get("added"):
        lines.append(say.ADDED.filled(for_=item["added"]["for"], against=item["added"]["against"]))
    lines += [
        say.RECUSED.filled(name=names.get(str(recusal["seat"]), say.NOT_TOLD), why=say.REASONS[recusal["reason"]])
        for recusal in item["recusals"]
    ]
    for ballot in item["ballots"]:
        lines += _ballot(ballot, names, text_of, redacted=redacted)
    if item.get("fallen"):  # minutes that were drafted before do not say
        lines.append(say.FELL)
    lines += [say.SET_ASIDE[item["state"]]] if item.get("state") in say.SET_ASIDE else []
    if resolution := item["resolution"]:
        lines.append(say.RESOLVED.filled(number=resolution["number"], outcome=Outcome(resolution["outcome"]).text))
    return paragraph


def _ballot(
    ballot: dict[str, Any], names: dict[str, Text], text_of: Callable[[Word | None], Text], *, redacted: bool
) -> list[Text]:
    count = [vote["choice"] for vote in ballot["votes"]].count
    lines = [
        say.BALLOT.filled(
            round=ballot["round"],
            motion=Outcome(ballot["motion"]).text,
            for_=count("for"),
            against=count("against"),
            abstain=count("abstain"),
            result=say.RESULTS.get(ballot["result"], Text("", "")),
        )
    ]
    lines += grounds_in_words(ballot.get("grounds", []), names, redacted=redacted)
    if redacted:
        return lines
    lines += [say.CONDITIONS.filled(text=text_of(ballot["conditions"]))] if "conditions" in ballot else []
    lines += [say.BROKEN_OFF.filled(text=text_of(ballot["reasons"]))] if "reasons" in ballot else []
    for vote in ballot["votes"]:
        sentence = say.CHOICES[vote["choice"]]
        name = names.get(str(vote["seat"]), say.NOT_TOLD)
        said = text_of(vote["reasons"]) if "reasons" in vote else None
        lines.append(
            say.VOTED_SO.filled(name=name, choice=sentence, why=said)
            if said
            else say.VOTED.filled(name=name, choice=sentence)
        )
    return lines


def _event(event: dict[str, Any], text_of: Callable[[Word | None], Text], *, redacted: bool) -> Text:
    text = EVENTS[event["act"]].filled(position=event["position"], with_=event.get("with", ""))
    if redacted or "reasons" not in event:
        return text
    return say.BECAUSE.filled(what=text, why=text_of(event["reasons"]))


def _day(text: str) -> Text:
    day = date.fromisoformat(text)
    return Text(spoken(day, "fa"), spoken(day, "en"))


def moment_text(text: str) -> Text:
    """A day and hour, as in Iran."""
    return _moment(text, "")


def _moment(text: str, held_on: str) -> Text:
    """An hour; with its day, if that is not the day of the meeting."""
    there = datetime.fromisoformat(text).astimezone(TEHRAN)
    hour = _digits(f"{there:%H:%M}")
    if there.date().isoformat() == held_on:
        return hour
    return say.ON_ANOTHER_DAY.filled(hour=hour, day=Text(spoken(there.date(), "fa"), spoken(there.date(), "en")))


def _digits(text: str) -> Text:
    return Text(persian(text), text)
