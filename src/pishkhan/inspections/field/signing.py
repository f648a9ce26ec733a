"""Who signed the report of a visit, as documents and pages tell it."""

import json
from typing import Any

from pishkhan.inspections.models import Signature, Submission, Visit
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.language.text import Text
from pishkhan.letters.formatting import day_told
from pishkhan.letters.letterhead import pair
from pishkhan.letters.records import Personal

WHOSE = {
    Signature.Whose.INSPECTOR: Text("بازرس", "Inspector"),
    Signature.Whose.OFFICE: Text("از سوی بازدیدشونده", "For the one visited"),
}
HOW = {
    Signature.How.DRAWN: Text("امضا شد", "signed"),
    Signature.How.TYPED: Text("با نوشتن نام امضا شد", "signed by name"),
    Signature.How.REFUSED: Text("از امضا خودداری شد", "would not sign"),
}


def signatures_told(visit: Visit) -> list[dict[str, Any]]:
    """The signatures under a report that came from the spot, with the words that are not erased."""
    submission = visit.submissions.filter(outcome=Submission.Outcome.TAKEN).first()
    words = {field: text for (_, field), text in words_of(submission.subject).items()} if submission else {}
    return [
        {
            "whose": WHOSE[Signature.Whose(each.whose)],
            "how": HOW[Signature.How(each.how)],
            "at": each.at,
            "name": words.get(f"{each.whose}.name", ""),
            "reason": words.get(f"{each.whose}.reason", ""),
            "strokes": [
                list(zip(flat[::2], flat[1::2], strict=True))
                for flat in json.loads(words.get(f"{each.whose}.strokes", "[]"))
            ],
            "secret": submission.subject if submission else "",
        }
        for each in visit.signatures.order_by("pk")
    ]


def signatures_of(visit: Visit) -> list[dict[str, Any]]:
    """The same, for a document: what persons wrote or drew is theirs, and is erased with it."""
    return [
        {
            "whose": pair(each["whose"]),
            "how": pair(each["how"]),
            "at": day_told(each["at"].date()),
            "strokes": Personal(json.dumps(each["strokes"]), each["secret"]) if each["strokes"] else None,
            **{name: Personal(each[name], each["secret"]) if each[name] else None for name in ("name", "reason")},
        }
        for each in signatures_told(visit)
    ]
