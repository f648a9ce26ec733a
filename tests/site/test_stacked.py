"""Tables that are cards on a phone: each cell says of which column it is, and a row has a cell of each."""

import re
from pathlib import Path

import pytest
from django.template import Context, Template, TemplateSyntaxError

from devtools.tables import wrong_cells

pytestmark = pytest.mark.no_database

HOUSE = Path(__file__).parents[2] / "src" / "pishkhan"
LISTING = HOUSE / "people" / "templates" / "people" / "listing" / "table.html"  # whose columns know their names
TABLE = """
{% stacked %}
    {% column "پرونده" "Case" %}
    {% if wide %}{% column "جا" "Place" %}{% endif %}
    {% column "مهلت" "Due" %}
    {% rows %}
    {% for each in cases %}
        {% row %}
            {% cell %}{{ each }}{% endcell %}
            {% if wide %}{% cell %} {% if each %}here{% endif %} {% endcell %}{% endif %}
            {% cell class="num" %} soon {% endcell %}
        {% endrow %}
    {% empty %}
        {% row %}{% cell colspan=2 %}none{% endcell %}{% endrow %}
    {% endfor %}
{% endstacked %}"""


def cells(source, **context):
    return re.findall(r"<td([^>]*)>(.*?)</td>", Template(source).render(Context(context)))


def stacked(columns, row):
    return "{% stacked %}" + columns + "{% rows %}{% row %}" + row + "{% endrow %}{% endstacked %}"


def test_each_cell_but_the_first_says_of_which_column_it_is_in_every_row():
    assert cells(TABLE, cases=["<one>", "two"]) == [
        ("", "&lt;one&gt;"),
        (' class="num" data-label="مهلت"', "soon"),
        ("", "two"),
        (' class="num" data-label="مهلت"', "soon"),
    ]


def test_a_column_that_is_left_out_with_its_cells_moves_the_names_of_none():
    assert cells(TABLE, cases=["one"], wide=True)[1:] == [
        (' data-label="جا"', "here"),
        (' class="num" data-label="مهلت"', "soon"),
    ]


def test_a_cell_that_shows_nothing_is_empty_so_that_a_phone_leaves_it_out():
    assert cells(TABLE, cases=[""], wide=True)[1] == (' data-label="جا"', "")


def test_a_cell_over_several_columns_is_counted_as_so_many():
    assert cells(TABLE, cases=[]) == [(' colspan="2"', "none")]


def test_the_name_of_a_column_is_no_markup():
    columns = """{% column "یک" "One" %}{% column 'شماره "<دو>"' "Number" %}"""
    row = "{% cell %}{% endcell %}{% cell %}{% endcell %}"
    assert cells(stacked(columns, row))[1] == (' data-label="شماره &quot;&lt;دو&gt;&quot;"', "")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_row_with_a_cell_too_few_or_too_many_is_an_error(count):
    columns = '{% column "یک" "One" %}{% column "دو" "Two" %}'
    with pytest.raises(TemplateSyntaxError, match=f"fill {count} columns"):
        cells(stacked(columns, "{% cell %}x{% endcell %}" * count))


def test_no_template_names_a_cell_by_hand_or_mixes_other_rows_into_such_a_table():
    for file in HOUSE.rglob("templates/**/*.html"):
        source = file.read_text()
        assert file == LISTING or not re.search(r'data-label=|<table[^>]*class="[^"]*stacked', source), file.name
        for table in re.findall(r"{% stacked %}.*?{% endstacked %}", source, re.DOTALL):
            assert not re.search(r"<(table|thead|tbody|tr|th|td)\b", table), file.name


def test_a_wrong_cell_of_a_page_is_found():
    table = Template(TABLE).render(Context({"cases": ["one", "two"], "wide": True}))
    assert list(wrong_cells(table)) == []
    assert len(list(wrong_cells(table.replace('data-label="جا"', 'data-label="مهلت"', 1)))) == 1
    assert len(list(wrong_cells(table.replace(' data-label="جا"', "")))) == 2
    assert len(list(wrong_cells(table.replace("soon</td>", "soon</td><td></td>", 1)))) == 2
