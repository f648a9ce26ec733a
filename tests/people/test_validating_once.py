"""A form is validated once, whoever reads what is wrong with it and in whichever language."""

from collections import Counter

import pytest
from django.utils.translation import override

from http_client import as_read, signed_in
from pishkhan.casework.refusals import InvalidAnswers
from pishkhan.casework.services import advance
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.licensing.stated import Premises
from pishkhan.people.web.form_fields import Day, errors_of, invalid, show_refusal
from procedure_driver import applicant_of, new_request, places

pytestmark = pytest.mark.usefixtures("law", "papers")
WRONG = {"postal_code": "1", "area": "0", "tenure": "deed", "lat": "33.5", "lon": "x"}
AS_IT_IS = NewLicence.steps["describe"]


@pytest.fixture
def validated(monkeypatch):
    """How often forms were validated, by name."""
    count, full_clean = Counter(), Premises.full_clean

    def counted(form):
        count[type(form).__name__] += 1
        full_clean(form)

    monkeypatch.setattr(Premises, "full_clean", counted)
    return count


def test_an_act_validates_once_and_says_what_is_wrong_in_both_languages(validated):
    case = new_request(places())

    with pytest.raises(InvalidAnswers) as refused:
        advance(case, AS_IT_IS, by=applicant_of(case), answers=WRONG)

    assert validated == {"Premises": 1}
    said = refused.value.fields
    assert set(said) == {"address", "postal_code", "area", "lon"}
    assert said["postal_code"] == Text(
        "کدپستی درست نیست: ده رقم، بی صفر و دو در پنج رقم نخست.",
        "Not a postal code: ten digits, without 0 and 2 among the first five.",
    )
    assert said["address"] == Text("این را بنویسید یا برگزینید؛ خالی نمی‌ماند.", "Fill this in: it cannot stay empty.")
    assert all(text.fa != text.en for text in said.values())


def test_the_page_of_a_step_shows_what_the_act_found_and_validates_no_more(validated):
    case = new_request(places())
    client = signed_in(applicant_of(case))

    answer = client.post(f"/cases/{case.number}/steps/{AS_IT_IS.name}/", WRONG)

    assert answer.status_code == 422 and validated == {"Premises": 1}
    assert "کدپستی درست نیست: ده رقم" in as_read(answer)


def test_what_is_wrong_with_a_field_is_said_in_the_language_of_whoever_reads_it():
    with override("en"):
        form = type("Asked", (Premises,), {"on": Day()})(WRONG | {"on": "soon"})
        assert form.is_valid() is False
    with override("fa"):
        persian = str(form.errors["on"][0])
    with override("en"):
        english = str(form.errors["on"][0])
    assert errors_of(form)["on"] == Text(persian, english)
    assert persian != english


def test_what_is_wrong_with_a_form_as_a_whole_is_told_above_its_fields():
    form, both = Premises({}), Text("هر دو نه.", "Not both.")
    form.full_clean()

    show_refusal(form, InvalidAnswers({"__all__": both}))

    with override("en"):
        assert form.non_field_errors() == ["Not both."]
    with override("fa"):
        assert invalid(both).messages == ["هر دو نه."]
