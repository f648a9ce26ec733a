"""Who signed the report of a visit, as documents and pages tell it."""

import json
from typing import Any

from pishkhan.inspections.models import Signature, Submission, Visit
from pishkhan.journal.erasure.erasable_text import words_of
from pishkhan.language.text import Text
from pishkhan.letters.formatting import day_text
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


def signatures_context(visit: Visit) -> list[dict[str, Any]]:
    """The signatures under a report that came from the spot, with the words that are not erased."""
    submission = visit.submissions.filter(outcome=Submission.Outcome.TAKEN).first()
    words = {field: text for (_, field), text in words_of(submission.subject).items()} if submission else {}
    return [
        {
            "whose": WHOSE[Signature.Whose(signature.whose)],
            "how": HOW[Signature.How(signature.how)],
            "at": signature.at,
            "name": words.get(f"{signature.whose}.name", ""),
            "reason": words.get(f"{signature.whose}.reason", ""),
            "strokes": [
                list(zip(flat[::2], flat[1::2], strict=True))
                for flat in json.loads(words.get(f"{signature.whose}.strokes", "[]"))
            ],
            "secret": submission.subject if submission else "",
        }
        for signature in visit.signatures.order_by("pk")
    ]


def signatures_of(visit: Visit) -> list[dict[str, Any]]:
    """The same, for a document: what persons wrote or drew is theirs, and is erased with it."""
    return [
        {
            "whose": pair(signature["whose"]),
            "how": pair(signature["how"]),
            "at": day_text(signature["at"].date()),
            "strokes": Personal(json.dumps(signature["strokes"]), signature["secret"])
            if signature["strokes"]
            else None,
            **{
                name: Personal(signature[name], signature["secret"]) if signature[name] else None
                for name in ("name", "reason")
            },
        }
        for signature in signatures_context(visit)
    ]
