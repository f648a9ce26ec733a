"""Tables whose rows are cards on a phone: columns are named once, and each cell knows of which it is.

    {% stacked %}
        {% column "دفتر" "Office" %}
        {% column "قطعی از" "Final since" %}
        {% rows %}
        {% for each in page.rows %}
            {% row %}
                {% cell %}{{ each.office.code|code }}{% endcell %}
                {% cell class="num" %}{{ each.final_on|day }}{% endcell %}
            {% endrow %}
        {% endfor %}
    {% endstacked %}

A column or a cell may stand in an `if`, cells in an `include`: a cell is of the column at its place in the row.
"""

from dataclasses import dataclass, field

from django import template
from django.forms.utils import flatatt
from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import Parser, Token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .say import say

register = template.Library()
COLUMNS = "stacked_columns"  # their name in the context, between `stacked` and its end


@dataclass
class Columns:
    """The names of a table's columns, and how many of them the row that is being written fills so far."""

    names: list[str] = field(default_factory=list)
    filled: int = 0

    def fill(self, count: int) -> str:
        """The name of the next column, after which so many are filled; empty if there is none."""
        name = self.names[self.filled] if self.filled < len(self.names) else ""
        self.filled += count
        return name


class StackedTable(Node):
    """A table: `stacked`."""

    child_nodelists = ("head", "body")

    def __init__(self, head: NodeList, body: NodeList) -> None:
        self.head, self.body = head, body

    def render(self, context: Context) -> SafeString:
        with context.push(**{COLUMNS: Columns()}):
            return format_html(
                '<table class="stacked"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>',
                self.head.render(context),
                self.body.render(context),
            )


@register.tag
def stacked(parser: Parser, token: Token) -> StackedTable:
    """A table: {% stacked %} columns {% rows %} rows {% endstacked %}."""
    head = parser.parse(("rows",))
    parser.delete_first_token()
    body = parser.parse(("endstacked",))
    parser.delete_first_token()
    return StackedTable(head, body)


@register.simple_tag(takes_context=True)
def column(context: Context, fa: str, en: str) -> SafeString:
    """The heading of the next column."""
    name = say(fa, en)
    context[COLUMNS].names.append(name)
    return format_html('<th scope="col">{}</th>', name)


@register.simple_block_tag(takes_context=True)
def row(context: Context, content: SafeString, dot: str = "") -> SafeString:
    """A row, whose cells fill exactly the columns of the table: else one would be said to be of another's column.

    `dot` is the key of the map's dot that is about the same."""
    columns: Columns = context[COLUMNS]
    if columns.filled != len(columns.names):
        raise TemplateSyntaxError(f"The cells of a row fill {columns.filled} columns, not {columns.names}.")
    columns.filled = 0
    return format_html("<tr{}>{}</tr>", flatatt({"data-dot": dot} if dot else {}), content)


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: SafeString, colspan: int = 1, **attributes: str | int) -> SafeString:
    """A cell of the next column. The first heads a card and needs no name; what is empty a phone leaves out."""
    is_first = not context[COLUMNS].filled
    name = context[COLUMNS].fill(colspan)
    if name and not is_first:
        attributes["data-label"] = name
    if colspan > 1:
        attributes["colspan"] = colspan
    return format_html("<td{}>{}</td>", flatatt(attributes), SafeString(content.strip()))
