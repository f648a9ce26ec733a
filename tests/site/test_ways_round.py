"""Ways round the house: what stands at the top, what may be done first, and Latin words in Persian."""

import re

import pytest
from django.template import Context, Template

from factories import person_as
from http_client import as_read, signed_in
from pishkhan.language.text import Text
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.people.roles import Role
from procedure_driver import at

pytestmark = pytest.mark.usefixtures("law", "papers")


def navigations(client, path):
    text = as_read(client.get(path)).split("<main")[0]
    return [
        re.findall(r'<a href="([^"]+)"( aria-current="\w+")?', nav)
        for nav in re.findall("<nav.*?</nav>", text, re.DOTALL)
    ]


def test_what_is_beside_a_page_stands_below_the_group_it_is_in_and_only_what_opens():
    client = signed_in(person_as(Role.EXPERT))
    groups, beside = navigations(client, "/undertakings/")
    assert [address for address, current in groups if current] == ["/register/"]
    assert beside == [("/register/", ""), ("/undertakings/", ' aria-current="page"'), ("/catalogue/", "")]
    groups, beside = navigations(client, "/visits/handed-in/")
    assert [address for address, current in groups if current] == ["/visits/"]
    assert ("/visits/handed-in/", ' aria-current="page"') in beside
    assert "/rounds/mine/" not in [address for address, _ in beside]  # an inspector's alone
    assert len(navigations(client, "/cases/")) == 1


def test_what_leads_a_case_on_is_offered_before_what_sends_it_back():
    case = at(NewLicence, "check")
    declared = list(NewLicence.steps)
    assert declared.index("send_back") < declared.index("accept")
    text = as_read(signed_in(person_as(Role.EXPERT)).get(f"/cases/{case.number}/"))
    offered = re.findall(rf'class="btn wide([^"]*)" href="/cases/{case.number}/steps/(\w+)/"', text)
    assert offered[0] == ("", "accept")
    assert (" ghost", "send_back") in offered
    assert text.index("steps/accept/") < text.index('class="timeline"')


def test_latin_words_are_set_apart_in_a_text_before_it_is_markup_and_keep_their_digits():
    shown = Template("{{ text|words }} {{ sentence|translated }}").render(
        Context({"text": "کد NL-15 و 12 <b> & AT&T", "sentence": Text("در 3 روز PDF", "in 3 days")})
    )
    assert shown == (
        'کد <bdi dir="ltr" lang="en">NL-15</bdi> و ۱۲ &lt;b&gt; &amp; <bdi dir="ltr" lang="en">AT</bdi>&amp;T'
        ' در ۳ روز <bdi dir="ltr" lang="en">PDF</bdi>'
    )
