"""What stands after a number agrees with it in English; Persian counts without a plural."""

import ast
import re
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils.translation import override

from pishkhan.language.text import Text, plural
from pishkhan.measures.words import unit_of
from pishkhan.regulation.keys import unit_of as unit_of_law

pytestmark = pytest.mark.no_database
HOUSE = Path(__file__).parents[2] / "src" / "pishkhan"
AFTER_A_NUMBER = re.compile(r"\{(?P<fact>\w+)\} (?:[a-z]+ )?(?P<word>[a-z]{2,}s)\b")
# They follow a name, a code or what is no number; or are no plural.
NO_PLURAL = {"is", "was", "has", "does", "its", "this", "as", "ends", "names", "lies", "holds", "belongs", "refers"}
NO_PLURAL |= {"sends", "stands", "lacks", "sealed", "visits", "was", "pixels", "needs", "there", "less", "rights"}
NO_PLURAL |= {"moves", "goes", "works"}
UNCHANGING = {
    "million pixels",
    "that licences",
    "has entries",
    "is https",
}  # a million is many; the rest are no numbers


def sentences():
    """Every English half of a sentence of the house, with where it stands."""
    for file in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("Text", "said") and len(node.args) == 2:
                yield file.name, str(getattr(node.args[1], "value", ""))
    for file in sorted(HOUSE.rglob("*.html")):
        text = file.read_text()
        for english in re.findall(r'{% say "[^"]*" "([^"]*)"', text):
            yield file.name, english
        for english in re.findall(r"{% english %}(.*?){% endtext %}", text, re.DOTALL):
            yield file.name, english


def test_no_plural_stands_after_a_number_without_following_it():
    """A number and its noun are written "{count} {count:case|cases}"."""
    result = [
        (where, match[0])
        for where, english in sentences()
        for match in AFTER_A_NUMBER.finditer(english)
        if match["word"] not in NO_PLURAL and not any(words in match[0] for words in UNCHANGING)
    ]
    assert result == []


def test_no_number_is_written_beside_a_sentence_that_is_a_plural():
    beside = re.compile(r'\|number }}(?:</\w+>)?\s*(?:<[^>]*>)?{% say "[^"]*" "[a-z]+s\b[^"]*" %}')
    assert [file.name for file in HOUSE.rglob("*.html") if beside.search(file.read_text())] == []


@pytest.mark.parametrize(("count", "english"), [(0, "0 cases"), (1, "1 case"), (2, "2 cases"), (1001, "1001 cases")])
def test_a_noun_follows_its_number_in_english_and_never_in_persian(count, english):
    said = Text("{count} پرونده", "{count} {count:case|cases}").filled(count=count)

    assert said.en == english and said.fa == f"{count} پرونده"
    assert said == Text("{count} پرونده", "{count} {count:case|cases}").filled(count=str(count))


@pytest.mark.parametrize(
    ("count", "english", "persian"), [(1, "1 case is", "۱ پرونده"), (1200, "1,200 cases are", "۱٬۲۰۰ پرونده")]
)
def test_a_template_says_it_the_same_way(count, english, persian):
    templates = (
        '{% say "{n} پرونده" "{n} {n:case|cases} {n:is|are}" n=count %}',
        "{% text n=count %} {n} پرونده\n{% english %}\n {n} {n:case|cases}\n {n:is|are} {% endtext %}",
    )
    for template in templates:
        with override("en"):
            assert Template(template).render(Context({"count": count})) == english
        with override("fa"):
            assert Template(template).render(Context({"count": count})) == persian


def test_what_a_figure_counts_and_a_number_of_the_law_is_in_follow_it_too():
    assert (unit_of("waivers", 1).en, unit_of("waivers", 2).en) == ("waiver", "waivers")
    assert unit_of("waivers", 1).fa == unit_of("waivers", 2).fa == "اجازه"
    assert (unit_of_law("working_day", 1).en, unit_of_law("working_day", 15).en) == ("working day", "working days")


def test_other_ways_of_writing_a_fact_stay():
    assert Text("{share:.1f}", "{share:.1f}").filled(share=2.04).en == "2.0"
    assert (plural(1, "case", "cases"), plural("1", "case", "cases"), plural(11, "case", "cases")) == (
        "case",
        "case",
        "cases",
    )
