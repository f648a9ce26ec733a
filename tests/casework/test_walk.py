"""Whatever legal steps are taken in whatever order, the journal verifies and no quota is exceeded."""

from contextlib import suppress

import pytest
from django.core.exceptions import ObjectDoesNotExist
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from behind_the_back import faults_of_acts
from law import enter_law
from pishkhan.casework.models import Case
from pishkhan.casework.refusals import RulesUnmet
from pishkhan.casework.selectors import offers
from pishkhan.casework.services import advance
from pishkhan.casework.verify import replayed
from pishkhan.journal.acts import Machine
from pishkhan.journal.refusals import Refusal
from pishkhan.journal.verification.checkpoints import checkpoint
from pishkhan.licensing.models import Places
from pishkhan.licensing.procedures.stages import HOLDING_A_PLACE
from procedure_driver import actor_for, answers_for, meet, new_request, places

ENDINGS = ("withdraw", "lapse", "forgo")


@pytest.mark.usefixtures("papers")
class Walk(TestCase):
    @settings(deadline=None, max_examples=25)
    @given(st.data())
    def test_of_legal_steps(self, data):
        enter_law()
        under = places(1)
        cases = [new_request(under), new_request(under), new_request(kind="rural_ict")]
        for _ in range(data.draw(st.integers(1, 25))):
            case = Case.objects.get(pk=data.draw(st.sampled_from(cases)).pk)
            steps = case.procedure.steps_from(case.where)
            if data.draw(st.integers(0, 9)):  # endings are rare, so that walks go far
                steps = [step for step in steps if step.name not in ENDINGS]
            if steps:
                self.take(case, data.draw(st.sampled_from(steps)), ready=data.draw(st.booleans()))
            if data.draw(st.integers(0, 9)) == 0:
                checkpoint()

        assert [*faults_of_acts(), *replayed()] == []
        for each in Places.objects.all():
            held = each.requests.filter(case__stage__in=[stage.code for stage in HOLDING_A_PLACE])
            assert held.count() + each.requests.filter(office__isnull=False).count() <= each.count

    def take(self, case, step, ready):
        if ready:
            case = self.met_as_far_as_may_be(case, step)
        actor = actor_for(case, step)
        unmet = (
            []
            if isinstance(actor, Machine)
            else next(offer.unmet for offer in offers(case, actor) if offer.step is step)
        )
        binding = [each.rule for each in unmet if each.binds]
        try:
            advance(case, step, by=actor, answers=answers_for(case, step))
        except RulesUnmet as refusal:
            if not isinstance(actor, Machine) and [each for each in refusal.rules if not each.on_answers] != binding:
                raise
        else:
            assert not binding

    def met_as_far_as_may_be(self, case, step):
        with suppress(Refusal, KeyError, ObjectDoesNotExist):  # what cannot be brought about from here stays unmet
            return meet(case, step)
        return Case.objects.get(pk=case.pk)
