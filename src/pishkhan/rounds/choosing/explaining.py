"""Why an office would be visited: the parts of its score, in words, and as numbers that add up."""

from datetime import date
from typing import Any

from pishkhan.offices.models import Office

from .risk import scores_of


def explained(office: Office, on: date, language: str) -> dict[str, Any]:
    """The score of an office on a day and all its parts: whole numbers, weight times measure, that add up exactly."""
    score = scores_of([office], on)[office.pk]
    return {
        "office": office.code,
        "on": on.isoformat(),
        "score": score.points,
        "parts": [
            {
                "code": each.part.code,
                "name": each.part.name.to(language),
                "weight": each.weight,
                "measure": each.measure,
                "points": each.points,
                "set_aside": each.set_aside,
                "said": each.said.to(language) if each.measure else "",
            }
            for each in score.parts
        ],
    }
