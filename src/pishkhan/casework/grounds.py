"""On what a case may be rejected: which declared grounds carry a rejection, and which the law contests."""

from collections.abc import Iterable
from dataclasses import dataclass

from pishkhan.journal.refusals import Invalid
from pishkhan.language.text import Text
from pishkhan.regulation.selectors import UNSOURCED, DatedValue, cited

from .models import Case
from .procedures.ground import Ground
from .refusals import ContestedAlone, NoGround, NotAGround


@dataclass(frozen=True)
class GroundOffer:
    """A ground as it stands for a case: where it comes from, and what contests it as long as nobody adopted it."""

    ground: Ground
    citation: Text
    contested: bool

    @property
    def code(self) -> str:
        return self.ground.code


def ground_offers(case: Case) -> list[GroundOffer]:
    """The grounds that the procedure of a case declares; those that the law contests come last."""
    offers = [
        GroundOffer(ground, _citation(case, ground), is_contested(case, ground)) for ground in case.procedure.grounds
    ]
    return sorted(offers, key=lambda offer: offer.contested)


def is_contested(case: Case, ground: Ground) -> bool:
    """Whether the law contests a ground and no director has adopted it for the place of the case."""
    return ground.adopted_by is not None and not _adoption(case, ground).binds


def ask_grounds(case: Case, codes: Iterable[str]) -> list[GroundOffer]:
    """The grounds that are named, in the order of the declaration; a refusal if no rejection can rest on them.

    What the law contests informs, and carries nothing by itself.
    """
    named = set(codes)
    offers = [offer for offer in ground_offers(case) if offer.code in named]
    if named - {offer.code for offer in offers}:
        raise NotAGround()
    if not offers:
        raise NoGround()
    if all(offer.contested for offer in offers):
        raise ContestedAlone([offer.ground.sentence for offer in offers])
    return offers


def carry_a_refusal(case: Case, codes: Iterable[str]) -> bool:
    """Whether a rejection can rest on the grounds that are named."""
    try:
        ask_grounds(case, codes)
    except Invalid:
        return False
    return True


def _adoption(case: Case, ground: Ground) -> DatedValue:
    value: DatedValue = case.reckoned(ground.adopted_by)
    return value


def _citation(case: Case, ground: Ground) -> Text:
    if ground.adopted_by is not None:
        return _adoption(case, ground).citation
    return cited(ground.article.instrument, ground.article.number) if ground.article else UNSOURCED
