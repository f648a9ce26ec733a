"""The room of a meeting over HTTP: what moves in it is told, a refusal is a sentence, and strangers see nothing."""

import pytest

from factories import person_as
from http_client import signed_in
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings import pages
from pishkhan.meetings.models import Meeting
from pishkhan.people.roles import Role
from procedure_driver import at, meeting_about, sitting

pytestmark = pytest.mark.usefixtures("law", "papers")


@pytest.fixture
def room():
    meeting, secretary = meeting_about(at(NewLicence, "agenda"))
    return meeting, signed_in(secretary), {seat: signed_in(member) for seat, member in sitting(meeting.body).items()}


def seen_in(client, meeting):
    """The stamp by which a page asks whether anything has moved."""
    text = client.get(f"/meetings/{meeting.number}/").content.decode()
    return text.partition("/live/?seen=")[2].partition('"')[0]


def act(client, meeting, name, **told):
    return client.post(f"/meetings/{meeting.number}/{name}/", told, follow=True).content.decode()


def test_who_follows_is_told_when_something_moves_and_only_then(room):
    meeting, desk, members = room
    follower = next(iter(members.values()))
    live = f"/meetings/{meeting.number}/live/"
    assert follower.get(live, {"seen": seen_in(follower, meeting)}).status_code == 204
    seen = seen_in(follower, meeting)
    act(desk, meeting, "move", position=1, motion="approved")
    assert "/vote/" in follower.get(live, {"seen": seen}).content.decode()
    for client in members.values():
        act(client, meeting, "vote", position=1, choice="for")
    for name in ("count", "close"):
        act(desk, meeting, name, position=1)
    seen = seen_in(follower, meeting)
    act(desk, meeting, "draft")
    assert "/sign/" in follower.get(live, {"seen": seen}).content.decode()


def test_what_moves_while_the_room_is_read_is_told_the_next_time(room, monkeypatch):
    meeting, desk, members = room
    follower, real = next(iter(members.values())), pages.attendees_of
    act(desk, meeting, "move", position=1, motion="approved")
    for client in members.values():
        act(client, meeting, "vote", position=1, choice="for")
    for name in ("count", "close"):
        act(desk, meeting, name, position=1)

    def read_slowly(asked):
        monkeypatch.undo()
        act(desk, meeting, "draft")
        return real(asked)

    monkeypatch.setattr(pages, "attendees_of", read_slowly)
    seen = seen_in(follower, meeting)
    assert "/sign/" in follower.get(f"/meetings/{meeting.number}/live/", {"seen": seen}).content.decode()


def test_a_refusal_is_told_in_the_room_and_nothing_moves(room):
    meeting, desk, members = room
    assert "بند" in act(desk, meeting, "close") or "جلسه" in act(desk, meeting, "close")
    assert Meeting.objects.get().state == "open"
    act(desk, meeting, "move", position=1, motion="approved")
    opposed = next(iter(members.values()))
    assert "دلیل" in act(opposed, meeting, "vote", position=1, choice="against")
    assert meeting.items.get().ballots.get().votes.count() == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("vote", {"position": "1", "choice": "perhaps"}),
        ("move", {"position": "1", "motion": "sold"}),
        ("move", {"position": "99", "motion": "approved"}),
        ("arrive", {"seat": "x", "person": "1"}),
        ("leave", {"seat": "999999"}),
        ("recuse", {"position": "1", "reason": "bored"}),
        ("put", {"case": "NL-0"}),
        ("dance", {}),
    ],
)
def test_nonsense_is_answered_in_words(room, name, told):
    meeting, desk, _ = room
    answer = desk.post(f"/meetings/{meeting.number}/{name}/", told, follow=True)
    assert answer.status_code in (200, 404)
    assert meeting.items.get().state == "waiting"


def test_a_member_may_not_do_what_is_the_secretarys(room):
    meeting, _, members = room
    member = next(iter(members.values()))
    for name in ("move", "count", "close", "draft", "carry-out", "arrive"):
        told = {"position": 1, "motion": "approved", "seat": next(iter(members)).pk, "person": 1}
        assert member.post(f"/meetings/{meeting.number}/{name}/", told).status_code in (302, 403), name
    assert Meeting.objects.get().state == "open"
    assert not meeting.items.get().ballots.exists()


def test_a_case_is_linked_for_who_may_read_it_alone(room):
    meeting, desk, members = room
    address = f"/cases/{meeting.items.get().case.number}/"
    for client in (desk, *members.values()):
        text = client.get(f"/meetings/{meeting.number}/").content.decode()
        assert (f'href="{address}"' in text) == (client.get(address).status_code == 200)


def test_strangers_see_neither_the_room_nor_what_moves_in_it(room):
    meeting, _, _ = room
    stranger = signed_in(person_as(Role.EXPERT, place="16"))
    for path in ("", "live/"):
        assert stranger.get(f"/meetings/{meeting.number}/{path}").status_code == 404
