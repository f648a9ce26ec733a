"""Meetings in which people leave, come, deputise, sit on two seats, take no part and vote, in random order; beside each
the same in a small model, written from the law and not from the code: whatever is done or refused is so in both."""

import os
from collections import Counter
from dataclasses import dataclass, field
from random import Random

import pytest

from factories import company, person, person_as
from pishkhan.casework.models import Case
from pishkhan.journal.acts import SYSTEM
from pishkhan.journal.clock import today
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.verify import problems
from pishkhan.licensing.procedures.new_licence import NewLicence
from pishkhan.meetings.course.agenda import add_by_vote, take_off, take_off_by_vote
from pishkhan.meetings.course.services import adjourn, cancel, end_inquorate, postpone
from pishkhan.meetings.models import Resolution
from pishkhan.meetings.selectors import open_ballot, present_at, quorum_at, quorum_of, ready_cases
from pishkhan.meetings.services import appoint, arrive, close_meeting, give_seat, leave, open_meeting, recuse
from pishkhan.meetings.voting import break_off_vote, cast_vote, close_vote, open_vote
from pishkhan.people.roles import Role
from procedure_driver import AT_NINE, applicant_of, at, lawful_grounds, meeting_about, places, sitting, take

pytestmark = pytest.mark.usefixtures("law", "papers")
SEEDS = range(60 if os.environ.get("PISHKHAN_FUZZ") else 4)
STEPS, WHY = 90, "پیش‌آمد"
OFTEN = {"arrive": 6, "leave": 2, "recuse": 1, "open": 4, "vote": 10, "count": 3, "break": 1, "hands": 1, "add": 1}
OFTEN |= {"withdraw": 1, "end": 1}
CHAIR, REGION = 0, 1  # the seat that chairs, and that without which there is no quorum
VOTING = {0, 1, 2, 3}  # the fifth attends only


@dataclass
class Ballot:
    """A round: what is moved, which seats may vote, who voted for which and how."""

    motion: str
    seats: set
    votes: dict = field(default_factory=dict)  # seat: (who, choice)

    @property
    def voters(self):
        return {who for who, _ in self.votes.values()}

    @property
    def count(self):
        return Counter(choice for _, choice in self.votes.values())

    @property
    def carried(self):
        chair = self.votes.get(CHAIR, ("", ""))[1]
        tie = self.count["for"] == self.count["against"] > 0
        return self.count["for"] > self.count["against"] or (tie and chair == "for")


@dataclass
class Item:
    state: str = "waiting"
    moved: bool = False  # its case was withdrawn
    recused: set = field(default_factory=set)
    ballot: Ballot | None = None


@dataclass
class Model:
    """A meeting in session as the law has it: persons count, once each, while they sit there."""

    may_sit: dict  # by seat, whom its letters name
    items: list
    seats: dict = field(default_factory=dict)  # by seat, who sits there
    ever_quorate: bool = False
    over: str = ""

    def voices(self, recused=frozenset()):
        return {seat: who for seat, who in self.seats.items() if seat in VOTING and who not in recused}

    def quorate(self, recused=frozenset()):
        there = self.voices(recused)
        return len(set(there.values())) > len(VOTING) / 2 and REGION in there

    def arrives(self, seat, who):
        if who not in self.may_sit[seat] or seat in self.seats or who in self.seats.values():
            return False
        self.seats[seat] = who
        self.ever_quorate |= self.quorate()
        return True

    def leaves(self, seat):
        return self.seats.pop(seat, None) is not None

    def recuses(self, item, who):
        if item.state != "waiting" or item.ballot or who not in self.seats.values():
            return False
        item.recused.add(who)
        return True

    def opens(self, item, motion):
        if item.state != "waiting" or item.ballot or item.moved or not self.quorate(item.recused):
            return False
        item.ballot = Ballot(motion, set(self.voices(item.recused)))
        return True

    def votes(self, item, who, choice):
        seat = next((seat for seat, sits in self.voices(item.recused).items() if sits == who), None)
        ballot = item.ballot
        if not ballot or seat not in ballot.seats or seat in ballot.votes or who in ballot.voters:
            return False
        ballot.votes[seat] = (who, choice)
        return True

    def counts(self, item):
        """None where it cannot be counted yet; else what comes of it."""
        ballot, there = item.ballot, self.voices(item.recused)
        if not ballot:
            return None
        waited_for = {
            seat for seat in ballot.seats & set(there) - set(ballot.votes) if there[seat] not in ballot.voters
        }
        quorate = self.quorate(item.recused)
        if quorate and not item.moved and waited_for:
            return None
        item.ballot = None
        carried = quorate and not item.moved and ballot.carried
        item.state = "decided" if carried else "waiting"
        return ballot if carried else False

    def shows_hands(self, votes_for, votes_against):
        return (
            self.quorate() and votes_for > votes_against and votes_for + votes_against <= len({*self.voices().values()})
        )

    @property
    def undecided(self):
        return [item for item in self.items if item.state == "waiting" and not item.moved]

    def ends(self, name):
        allowed = not self.undecided if name == "close" else self.ever_quorate == (name == "adjourn")
        if allowed:
            self.over = "closed" if self.ever_quorate else "inquorate"
            for item in self.items:
                if item.state == "waiting":
                    item.state, item.ballot = "fallen" if item.moved else "returned", None
        return allowed


class Walk:
    """The real meeting beside its model, and a die."""

    def __init__(self, seed):
        self.die = Random(seed)
        self.cases = [at(NewLicence, "agenda", under=under) for under in [places(4)] for _ in range(4)]
        self.meeting, self.secretary = meeting_about(*self.cases[:3], opened=False)
        self.people, self.seats = self._seated()
        self._before()
        open_meeting(self.meeting, by=self.secretary)
        self.case_of = dict(enumerate(self.cases[:3]))
        for seat in range(4):
            self._arrives(seat, seat)

    def _seated(self):
        """Five seats: each with its member, two with the same deputy, a third with the chair as its deputy."""
        body, director = self.meeting.body, person_as(Role.DIRECTOR)
        for votes in (True, False):
            seat = give_seat(body, company("15", kind="public", legal_id=None), votes=votes, by=director)
            appoint(seat, person("15"), letter="1", by=SYSTEM)
        seats, people = zip(*sitting(body).items(), strict=True)
        deputy = person("15")
        for seat in (2, 3):
            appoint(seats[seat], deputy, letter="2", deputy=True, by=SYSTEM)
        for seat in (1, 2):
            appoint(seats[seat], people[CHAIR], letter="3", deputy=True, by=SYSTEM)
        may_sit = {seat: {seat} for seat in range(5)}
        for seat, who in ((2, 5), (3, 5), (1, CHAIR), (2, CHAIR)):
            may_sit[seat].add(who)
        self.model = Model(may_sit, [Item() for _ in range(3)])
        return [*people, deputy], seats

    def _before(self):
        """Put off by hours, called off and convened anew, or an item taken off: what may come before a meeting."""
        what = self.die.choice(["nothing", "postpone", "cancel", "take off"])
        if what == "postpone":
            hour = AT_NINE["begins_at"].replace(hour=11)
            postpone(self.meeting, held_on=today(), begins_at=hour, venue="جای دیگر", reasons=WHY, by=self.secretary)
        elif what == "cancel":
            cancel(self.meeting, reasons=WHY, by=self.secretary)
            self.meeting, self.secretary = meeting_about(*self.cases[:3], opened=False)
        elif what == "take off":
            take_off(self.meeting, self.meeting.items.get(position=3), reasons=WHY, by=self.secretary)
            self.model.items[2].state = "taken_off"

    def item(self, index):
        return self.meeting.items.select_related("meeting__body", "case").get(position=index + 1)

    def step(self):
        names = [name for name, times in OFTEN.items() for _ in range(times)]
        getattr(self, f"_{self.die.choice(names)}")()

    def _both(self, expected, act):
        """Whether something is done is the same in the house and in the model."""
        try:
            result, done = act(), True
        except Refusal as refusal:
            result, done = refusal, False
        assert done == bool(expected), (result, self.model)
        return result

    def _any(self, likely=lambda item: True):
        """An item, rather one that is likely to do."""
        items = self.model.items
        indices = [index for index, item in enumerate(items) if likely(item)]
        index = self.die.choice(indices if indices and self.die.random() < 0.8 else range(len(items)))
        return items[index], index

    def _arrive(self):
        seat, who, there = self.die.randrange(5), self.die.randrange(6), self.model.seats
        free = [(seat, who) for seat in range(5) if seat not in there for who in self.model.may_sit[seat]]
        if likely := sorted((seat, who) for seat, who in free if who not in there.values()):
            seat, who = self.die.choice(likely) if self.die.random() < 0.8 else (seat, who)
        self._arrives(seat, who)

    def _arrives(self, seat, who):
        self._both(
            self.model.arrives(seat, who),
            lambda: arrive(self.meeting, self.seats[seat], self.people[who], by=self.secretary),
        )

    def _leave(self):
        seat = self.die.randrange(5)
        self._both(self.model.leaves(seat), lambda: leave(self.meeting, self.seats[seat], by=self.secretary))

    def _recuse(self):
        (item, index), who, secretary = (
            self._any(),
            self.die.randrange(6),
            {"by": self.secretary, "role": Role.SECRETARY},
        )
        if self.die.random() < 0.2:
            self._both(
                self.model.recuses(item, who),
                lambda: recuse(self.item(index), self.people[who], reason="declared", **secretary),
            )

    def _open(self):
        item, index = self._any(lambda item: item.state == "waiting" and not item.ballot)
        motion = self.die.choice(["approved", "rejected", "deferred"])
        grounds = lawful_grounds(self.case_of[index]) if motion == "rejected" else ()
        self._both(
            self.model.opens(item, motion),
            lambda: open_vote(self.item(index), motion, grounds=grounds, by=self.secretary),
        )

    def _vote(self):
        under_vote = [index for index, item in enumerate(self.model.items) if item.ballot]
        if not under_vote:
            return
        index, who = self.die.choice(under_vote), self.die.randrange(6)
        if silent := set(self.model.seats.values()) - self.model.items[index].ballot.voters:
            who = self.die.choice(sorted(silent)) if self.die.random() < 0.8 else who
        choice, case = self.die.choice(["for", "for", "for", "against", "abstain"]), self.case_of[index]
        grounds = lawful_grounds(case) if choice == "against" else ()
        ballot = open_ballot(self.item(index))
        self._both(
            self.model.votes(self.model.items[index], who, choice),
            lambda: cast_vote(ballot, choice, by=self.people[who], reasons=WHY, grounds=grounds),
        )

    def _count(self):
        item, index = self._any(lambda item: item.ballot)
        outcome = self.model.counts(item)
        resolution = self._both(outcome is not None, lambda: close_vote(self.item(index), by=self.secretary))
        if outcome is None:
            return
        assert bool(resolution) == bool(outcome)
        if outcome:
            votes = resolution.votes_for, resolution.votes_against, resolution.abstentions
            assert (resolution.outcome, votes) == (
                outcome.motion,
                tuple(outcome.count[choice] for choice in ("for", "against", "abstain")),
            )

    def _break(self):
        item, index = self._any(lambda item: item.ballot)
        if self.die.random() < 0.6:
            return
        self._both(item.ballot, lambda: break_off_vote(self.item(index), reasons=WHY, by=self.secretary))
        item.ballot = None

    def _hands(self):
        if self.die.random() < 0.6:
            return
        (item, index), votes = self._any(), (self.die.randrange(5), self.die.randrange(3))
        allowed = item.state == "waiting" and not item.ballot and self.model.shows_hands(*votes)
        self._both(
            allowed,
            lambda: take_off_by_vote(
                self.meeting,
                self.item(index),
                reasons=WHY,
                votes_for=votes[0],
                votes_against=votes[1],
                by=self.secretary,
            ),
        )
        if allowed:
            item.state = "taken_off"

    def _add(self):
        """The fourth case, or one that was taken off, comes on the agenda."""
        case, votes = self.die.choice(self.cases), (self.die.randrange(5), self.die.randrange(3))
        on_it = {
            self.case_of[index].pk: item
            for index, item in enumerate(self.model.items)
            if item.state != "taken_off" or item.moved
        }
        allowed = case.pk not in on_it and self.model.shows_hands(*votes)
        self._both(
            allowed,
            lambda: add_by_vote(self.meeting, case, votes_for=votes[0], votes_against=votes[1], by=self.secretary),
        )
        if allowed:
            self.model.items.append(Item())
            self.case_of[len(self.model.items) - 1] = case

    def _withdraw(self):
        item, index = self._any()
        if self.die.random() < 0.2 and item.state == "waiting" and not item.moved:
            case = Case.objects.get(pk=self.case_of[index].pk)
            take(case, "withdraw", by=applicant_of(case))
            item.moved = True

    def _end(self):
        name = self.die.choice(["close", "adjourn", "end_inquorate"])
        if self.die.random() < (0.5 if name == "close" else 0.95):
            return
        acts = {
            "close": lambda: close_meeting(self.meeting, by=self.secretary),
            "adjourn": lambda: adjourn(self.meeting, reasons=WHY, by=self.secretary),
            "end_inquorate": lambda: end_inquorate(self.meeting, by=self.secretary),
        }
        self._both(self.model.ends(name), acts[name])

    def agrees(self):
        """Who sits, the quorum of the meeting and of each item, and where each item stands."""
        there = {self.seats.index(member.seat): self.people.index(member.person) for member in present_at(self.meeting)}
        assert there == ({} if self.model.over else self.model.seats)
        for index, item in enumerate(self.model.items):
            row = self.item(index)
            assert row.state == ("under_vote" if item.ballot else item.state)
            if not self.model.over:
                quorum = quorum_of(row)
                assert (quorum.present, quorum.met) == (
                    len({*self.model.voices(item.recused).values()}),
                    self.model.quorate(item.recused),
                )
        if not self.model.over:
            assert quorum_at(self.meeting).met == self.model.quorate()


@pytest.mark.parametrize("seed", SEEDS)
def test_a_meeting_in_any_order_is_what_the_law_makes_of_it(seed):
    walk = Walk(seed)

    for _ in range(STEPS):
        walk.step()
        walk.agrees()
        if walk.model.over:
            break
    else:
        walk.model.ends("adjourn" if walk.model.ever_quorate else "end_inquorate")
        (adjourn if walk.model.ever_quorate else end_inquorate)(
            walk.meeting, by=walk.secretary, **({"reasons": WHY} if walk.model.ever_quorate else {})
        )
        walk.agrees()

    walk.meeting.refresh_from_db()
    assert walk.meeting.state == walk.model.over
    last = {walk.case_of[index].pk: item for index, item in enumerate(walk.model.items)}  # of a case put on twice
    decided = {key for key, item in last.items() if item.state == "decided"}
    gone = decided | {key for key, item in last.items() if item.moved}
    assert set(Resolution.objects.values_list("case", flat=True)) == decided
    assert {case.pk for case in ready_cases(walk.meeting.body)} == {case.pk for case in walk.cases} - gone
    assert not list(problems())
