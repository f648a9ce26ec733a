"""Where one administrator is alone, the second half of a letter is printed at the machine; everybody there is told."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from factories import person, person_as
from http_client import as_read, signed_in
from pishkhan.accounts.letters import print_first_half
from pishkhan.accounts.services import choose_password
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.models import Entry
from pishkhan.journal.verification.verify import problems
from pishkhan.notices.models import Notice
from pishkhan.people.models import Account, Assignment
from pishkhan.people.roles import Role
from pishkhan.people.services import end_assignment, open_account

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("law")]
OPERATOR, PASSWORD, OTHER = "کامران ملکی", "نردبانِ بلندِ آبی", "پلکانِ کوتاهِ سرخ"


@pytest.fixture
def alone(law):
    """The only administrator of a province without a director."""
    admin = with_account(person_as(Role.ADMINISTRATOR), "admin")
    for assignment in Assignment.objects.exclude(person=admin).exclude(role=Role.EXPERT):
        end_assignment(assignment, on=assignment.from_on, by=SYSTEM)
    return admin


@pytest.fixture
def zahra():
    return with_account(person("1503"), "zahra")


def with_account(someone, username):
    open_account(someone, username=username, password=PASSWORD, by=SYSTEM)
    return someone


def second_half(**options):
    out = StringIO()
    call_command("second_half", **{"account": "Zahra", "operator": OPERATOR} | options, stdout=out)
    return out.getvalue().split()[2]


def test_the_machine_prints_the_half_that_nobody_else_can_and_it_opens_the_account(alone, zahra):
    first = print_first_half(zahra, purpose="password", by=alone)
    expert = person_as(Role.EXPERT)
    page = as_read(signed_in(alone).get("/account-letters/"))

    half = second_half()
    choose_password("zahra", first.half + half, OTHER)

    assert "second-half --account zahra" in page
    assert Account.objects.get(person=zahra).check_password(OTHER)
    entry = Entry.objects.get(subject=zahra.subject, act="accounts.print-second-half")
    assert (entry.actor, set(entry.facts)) == ("system", {"code", "operator"}) and OPERATOR not in str(entry.facts)
    assert set(Notice.objects.filter(template="second-half-at-machine").values_list("person", flat=True)) == {
        alone.pk,
        expert.pk,
    }
    assert not list(problems())


def test_the_machine_prints_none_while_a_second_person_can(alone, zahra):
    print_first_half(zahra, purpose="password", by=alone)
    director = person_as(Role.DIRECTOR)

    assert second_half()  # a director who cannot sign in prints nothing
    with pytest.raises(CommandError):
        second_half()  # there is none any more
    with_account(director, "director")
    other = with_account(person("1503"), "mina")
    print_first_half(other, purpose="password", by=alone)
    with pytest.raises(CommandError, match="1 other can print"):
        second_half(account="mina")
    assert not other.one_time_codes.get().second_by


@pytest.mark.parametrize("options", [{"account": "nobody"}, {"operator": "  "}, {}])
def test_what_cannot_be_printed_is_said(alone, zahra, options):
    if options:
        print_first_half(zahra, purpose="password", by=alone)

    with pytest.raises(CommandError):
        second_half(**options)

    assert not Notice.objects.filter(template="second-half-at-machine").exists()
