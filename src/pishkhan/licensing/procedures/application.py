"""What most applications share before anybody decides: papers, the completeness check, going back, giving up."""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedures.procedure import Rule, Stage, Stated, Step, rule
from pishkhan.language.text import Text
from pishkhan.licensing import notices
from pishkhan.licensing.effects.case_effects import attach_the_paper
from pishkhan.licensing.law import PRINCIPLES
from pishkhan.licensing.stated import Paper, Reasons
from pishkhan.people.roles import Role

from .stages import LAPSED, WITHDRAWN


@rule("همهٔ مدارک لازم پیوست شده است.", "Every required paper is attached.", article=PRINCIPLES)
def papers_are_attached(case: Case, at: datetime, stated: Stated) -> bool:
    wanted = {paper.code for paper in case.procedure.documents_of(case.kind)}
    return wanted <= set(case.documents.filter(replaced=False).values_list("kind", flat=True))


@rule(
    "نوع مدرک از مدارک این درخواست است.",
    "The paper is one that this request calls for.",
    article=PRINCIPLES,
    on_answers=True,
)
def paper_belongs_here(case: Case, at: datetime, stated: Stated) -> bool:
    return stated["kind"] in {paper.code for paper in case.procedure.documents_of(case.kind)}


def papers(*, at: Stage) -> tuple[Step, ...]:
    """The applicant attaches papers to a draft."""
    return (
        Step(
            "attach",
            Text("پیوست مدرک", "Attach a paper"),
            at,
            at,
            by=Role.APPLICANT,
            form=Paper,
            when=(paper_belongs_here,),
            effect=attach_the_paper,
        ),
    )


def papers_again(*, at: Stage) -> tuple[Step, ...]:
    """The applicant attaches papers to what was returned."""
    return (
        Step(
            "attach_again",
            Text("پیوست دوبارهٔ مدرک", "Attach a paper again"),
            at,
            at,
            by=Role.APPLICANT,
            form=Paper,
            when=(paper_belongs_here,),
            effect=attach_the_paper,
        ),
    )


def returning(*corrections: Step, at: Stage, to: Stage, complete_when: tuple[Rule, ...]) -> tuple[Step, ...]:
    """The expert returns what is incomplete; the applicant makes its corrections and submits it again."""
    return (
        Step(
            "send_back",
            Text("بازگرداندن برای تکمیل", "Return with reasons"),
            at,
            to,
            by=Role.EXPERT,
            form=Reasons,
            notice=notices.RETURNED,
        ),
        *corrections,
        Step(
            "complete",
            Text("ثبت دوباره پس از تکمیل", "Submit again, completed"),
            to,
            at,
            by=Role.APPLICANT,
            when=complete_when,
        ),
    )


def withdrawing(*, at: tuple[Stage, ...]) -> tuple[Step, ...]:
    """The applicant gives up, from one of some stages."""
    return (Step("withdraw", Text("انصراف", "Withdraw"), at, WITHDRAWN, by=Role.APPLICANT),)


def lapsing(*, at: tuple[Stage, ...]) -> tuple[Step, ...]:
    """Where a party does nothing within the term of one of some stages, it all lapses."""
    return (Step("lapse", Text("منتفی شدن با گذشت مهلت", "Lapse"), at, LAPSED, by=Role.CLOCK, notice=notices.LAPSED),)
