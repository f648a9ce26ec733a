"""What is asked to call a meeting off, put it off, adjourn it, or change its agenda."""

from typing import Any

from django import forms

from pishkhan.casework.actions.forms import ActionForm
from pishkhan.casework.fields import Words
from pishkhan.casework.models import Case
from pishkhan.geography.selectors import lying_in
from pishkhan.journal.refusals import Missing
from pishkhan.meetings.models import AgendaItem
from pishkhan.people.web.form_fields import Day, Hour, Number, ltr, said

LONG, LONGEST_VENUE, MOST_VOTES = 2000, 200, 1000


def hour(**options: Any) -> Hour:
    return Hour(max_length=10, label=said("ساعت آغاز", "Hour"), **options)


def venue(**options: Any) -> forms.CharField:
    return forms.CharField(max_length=LONGEST_VENUE, label=said("جای جلسه", "Venue"), **options)


class WhyForm(ActionForm):
    reasons = Words(min_length=3, max_length=LONG, label=said("دلیل", "Reasons"))


class PostponingForm(WhyForm):
    """Another day, hour or venue, and why."""

    held_on = Day(label=said("روز تازه", "New day"))
    begins_at = hour()
    venue = venue()
    field_order = ("held_on", "begins_at", "venue", "reasons")

    def begins_with(self) -> dict[str, Any]:
        return {"begins_at": self.row.begins_at, "venue": self.row.venue}


class AdjourningForm(WhyForm):
    """Why, and where it goes on, if that is known."""

    held_on = Day(required=False, label=said("روز ادامه", "Goes on on"))
    begins_at = hour(required=False)
    venue = venue(required=False)


class ItemForm(ActionForm):
    """Which item."""

    item = Number(min_value=1, max_value=10_000, label=said("شمارهٔ دستور", "Number of the item"))

    def clean_item(self) -> AgendaItem:
        item: AgendaItem | None = self.row.items.filter(position=self.cleaned_data["item"]).first()
        if item is None:
            raise Missing()
        return item


class TakingOffForm(WhyForm, ItemForm):
    """Which item, and why."""

    field_order = ("item", "reasons")


class VotingForm(ActionForm):
    """A show of hands, as the secretary counts it."""

    votes_for = Number(min_value=0, max_value=MOST_VOTES, label=said("موافق", "For"))
    votes_against = Number(min_value=0, max_value=MOST_VOTES, label=said("مخالف", "Against"))


class TakingOffByVoteForm(VotingForm, WhyForm, ItemForm):
    """Which item, why, and how those present voted."""

    field_order = ("item", "reasons", "votes_for", "votes_against")


class AddingByVoteForm(VotingForm):
    """Which case, and how those present voted."""

    case = forms.CharField(max_length=30, label=said("شمارهٔ پرونده", "Number of the case"), widget=ltr())
    field_order = ("case", "votes_for", "votes_against")

    def clean_case(self) -> Case:
        case = Case.objects.filter(lying_in(self.row.division_id), number=self.cleaned_data["case"]).first()
        if case is None:
            raise Missing()
        return case
