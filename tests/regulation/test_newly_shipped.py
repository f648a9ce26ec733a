"""What a new version ships of the law comes into a deployment that was opened before: once, flagged, journalled."""

from datetime import date

import pytest

from factories import describe_division
from pishkhan.geography.models import Division
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.regulation import services
from pishkhan.regulation.edition import shipped
from pishkhan.regulation.keys import KEYS, Key
from pishkhan.regulation.models import Number
from pishkhan.regulation.selectors import NoNumber, number
from pishkhan.site.keeping.databases.bringing_up import bring_up, lacking_law
from pishkhan.site.operations.deployment import open_live
from pishkhan.site.operations.health import QUESTIONS

pytestmark = pytest.mark.usefixtures("law")
FRESH = {
    "key": "test.fresh",
    "value": 7,
    "valid_from": date(2009, 10, 13),
    "confidence": "default",
    "source": "not found",
}
QUESTION = next(question for question in QUESTIONS if question.name == "edition")


@pytest.fixture
def fresh(monkeypatch):
    """A number that the version before did not ship."""
    key = Key("test.fresh", "day", "تازه", "fresh")
    monkeypatch.setattr(services, "shipped", _with_it)
    yield key
    del KEYS["test.fresh"]


def _with_it(name):
    content = shipped(name)
    return content | {"number": [*content["number"], FRESH]} if name == "numbers" else content


def test_it_comes_in_once_flagged_and_journalled(fresh):
    describe_division("15")
    assert lacking_law() == 0, "no deployment, nothing to say"
    open_live(Division.objects.get(code="15"))
    with pytest.raises(NoNumber):
        number(fresh, on=date(2022, 1, 1), place="15")
    assert (lacking_law(), len(list(QUESTION.answers()))) == (1, 1)
    assert bring_up().law == 0, "only where it is asked, or with migrations"

    done = bring_up(law=True)

    assert (done.migrated, done.law) == ([], 1)
    result = number(fresh, on=date(2022, 1, 1), place="15")
    assert (result.value, result.binds) == (7, False)
    entries = Entry.objects.order_by("-pk").values_list("act", "actor")[:2]
    assert list(entries) == [("deployment.upgrade", "system"), ("regulation.enter-number", "importer")]
    assert (bring_up(law=True).law, lacking_law(), list(QUESTION.answers())) == (0, 0, [])
    assert Number.objects.filter(key=fresh.code).count() == 1
    assert list(problems()) == []
