"""What everything that is applied for has in common: a draft with its papers, the completeness check, going back."""

from datetime import datetime

from pishkhan.casework.models import Case
from pishkhan.casework.procedure import Procedure, Stated, Step, rule
from pishkhan.language.text import Text
from pishkhan.people.roles import Role

from .effects import attach_the_paper
from .law import PRINCIPLES
from .stages import CHECK, DRAFT, LAPSED, RETURNED
from .stated import Paper, Reasons


@rule("همهٔ مدارک لازم پیوست شده است.", "Every required paper is attached.", article=PRINCIPLES)
def papers_are_attached(case: Case, at: datetime, stated: Stated) -> bool:
    wanted = {paper.code for paper in case.procedure.documents_of(case.kind)}
    return wanted <= set(case.documents.filter(replaced=False).values_list("kind", flat=True))


@rule("نوع مدرک از مدارک این درخواست است.", "The paper is one that this request calls for.",
      article=PRINCIPLES, on_answers=True)
def paper_belongs_here(case: Case, at: datetime, stated: Stated) -> bool:
    return stated["kind"] in {paper.code for paper in case.procedure.documents_of(case.kind)}


class Application(Procedure):
    begins = DRAFT

    attach = Step(Text("پیوست مدرک", "Attach a paper"), DRAFT, DRAFT, by=Role.APPLICANT, when=(paper_belongs_here,),
                  asks=Paper, then=attach_the_paper)
    submit = Step(Text("ثبت درخواست", "Submit"), DRAFT, CHECK, by=Role.APPLICANT, when=(papers_are_attached,),
                  tells="request.received")
    send_back = Step(Text("بازگرداندن برای تکمیل", "Return with reasons"), CHECK, RETURNED, by=Role.EXPERT,
                     asks=Reasons, tells="request.returned")
    attach_again = Step(Text("پیوست دوبارهٔ مدرک", "Attach a paper again"), RETURNED, RETURNED, by=Role.APPLICANT,
                        when=(paper_belongs_here,), asks=Paper, then=attach_the_paper)
    complete = Step(Text("ثبت دوباره پس از تکمیل", "Submit again, completed"), RETURNED, CHECK, by=Role.APPLICANT,
                    when=(papers_are_attached,))
    lapse = Step(Text("منتفی شدن با گذشت مهلت", "Lapse"), RETURNED, LAPSED, by=Role.CLOCK, tells="request.lapsed")
