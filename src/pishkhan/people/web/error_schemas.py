"""How the API refuses: one shape for every refusal, whatever its status."""

from typing import Any

from ninja import Schema


class CitedRule(Schema):
    """A rule that is not met, where it comes from, and whether it refuses or only warns."""

    name: str
    sentence: str
    article: str
    binds: bool


class Refused(Schema):
    """Why nothing was done: a sentence, what is wrong with each field, which rules are not met."""

    refusal: str
    fields: dict[str, str] = {}
    rules: list[CitedRule] = []


STATUSES = (400, 401, 403, 404, 409, 410, 413, 414, 422, 429, 431, 503, 507)
REFUSALS: dict[int, Any] = dict.fromkeys(STATUSES, Refused)
