"""The manual of a procedure, in Persian and English, from its declaration alone."""

from collections.abc import Iterator

from django.utils.translation import override

from pishkhan.casework.fields import fields_of
from pishkhan.language.text import LANGUAGES, Text
from pishkhan.people.roles import Role
from pishkhan.regulation.selectors import UNSOURCED, cited

from .diagram import diagram
from .doing import does
from .procedure import Amendment, Article, Procedure, Rule, Stage, Step

WORDS = {
    "generated": Text(
        "این صفحه از اعلان رویه ساخته شده است؛ آن را ویرایش نکنید.",
        "This page is generated from the declaration; do not edit it.",
    ),
    "edition": Text("ویرایش {edition}، در اجرا از {day}", "Edition {edition}, in force from {day}"),
    "stages": Text("مرحله‌ها", "Stages"),
    "steps": Text("گام‌ها", "Steps"),
    "papers": Text("مدارک", "Papers"),
    "inquiries": Text("استعلام‌ها", "Inquiries"),
    "stage": Text("مرحله", "Stage"),
    "turn": Text("نوبت", "Turn"),
    "term": Text("مهلت (کلید مقررات)", "Term (key in regulation)"),
    "end": Text("پایان", "end"),
    "paused": Text("ساعت مرحلهٔ پیش ایستاده است", "the clock of the stage before stands still"),
    "served": Text("از روز ابلاغ", "from the day of service"),
    "inward": Text("طرف پرونده هنوز خبر ندارد", "the party is not told yet"),
    "by": Text("برمی‌دارد", "Taken by"),
    "leads": Text("می‌برد", "Leads"),
    "stays": Text("می‌ماند", "Stays"),
    "asks": Text("می‌پرسد", "Asks"),
    "only": Text("تنها اگر", "Only if"),
    "apart": Text("نه آن‌که برداشته است", "Not by whoever took"),
    "source": Text("مأخذ", "Source"),
    "kinds": Text("برای", "For"),
    "all": Text("همه", "all"),
    "about": Text("دربارهٔ", "About"),
    "paper": Text("مدرک", "Paper"),
    "inquiry": Text("استعلام", "Inquiry"),
    "reckons": Text("عدد تاریخ‌دار", "dated number"),
    "doing": Text("کار اوست که ثبت می‌شود", "Whose doing is entered"),
    "ceiling": Text("سقف زمان همهٔ درخواست", "Ceiling of time for all of the request"),
    "grounds": Text("پایه‌های رد", "Grounds of refusal"),
    "grounds_note": Text(
        "رد درخواست یک یا چند پایه از این‌ها را نام می‌برد. آنچه قانون محل اختلاف کرده است تنها آگاهی می‌دهد، تا مدیرکل "
        "آن را با مأخذ تصویب کند؛ رد تنها بر آن استوار نمی‌ماند.",
        "A rejection names one or more of these. What the law contests only informs until a director adopts it with a "
        "source; no rejection rests on it alone.",
    ),
    "ground": Text("پایه", "Ground"),
    "contest": Text("محل اختلاف", "Contested"),
    "amends": Text("تفاوت با ویرایش {edition}", "What differs from edition {edition}"),
    "without": Text("حذف‌شده", "Gone"),
    "instead": Text("تغییریافته", "Changed"),
    "added": Text("افزوده", "New"),
}

ABOUT = {"person": Text("شخص", "person"), "place": Text("محل", "place"), "seller": Text("فروشنده", "seller")}


def called(procedure: type[Procedure], role: str) -> Text:
    """What whoever holds a role is called in a procedure: its first party by the name it gives it."""
    return procedure.party if role == Role.APPLICANT else Role(role).text


def pages() -> dict[str, str]:
    """The text of each page of the manual, by file name: one for each edition and language."""
    return {
        f"{procedure.code}-{procedure.edition}.{language}.md": "\n".join(_page(procedure, language)) + "\n"
        for procedure in Procedure.register.values()
        for language in LANGUAGES
    }


def _page(procedure: type[Procedure], language: str) -> Iterator[str]:
    def word(name: str) -> str:
        return WORDS[name].to(language)

    edition = WORDS["edition"].filled(edition=procedure.edition, day=procedure.valid_from.isoformat())
    yield from (
        f"# {procedure.title.to(language)}",
        "",
        f"{edition.to(language)}. {word('generated')}",
        "",
        "```mermaid",
        diagram(procedure, language),
        "```",
        "",
    )
    if procedure.amends:
        yield from _amendment(procedure, procedure.amends, language)
    yield from (f"## {word('stages')}", "", f"| {word('stage')} | {word('turn')} | {word('term')} |", "|---|---|---|")
    yield from (_stage(procedure, stage, language) for stage in procedure.stages.values())
    if procedure.documents:
        yield from ("", f"## {word('papers')}", "")
        yield from (f"| {word('paper')} | {word('kinds')} | {word('source')} |", "|---|---|---|")
        yield from (
            f"| {paper.label.to(language)} | {', '.join(paper.kinds) or word('all')} | "
            f"{_source(paper.article, language)} |"
            for paper in procedure.documents
        )
    if procedure.inquiries:
        yield from ("", f"## {word('inquiries')}", "")
        yield from (f"| {word('inquiry')} | {word('about')} | {word('term')} |", "|---|---|---|")
        yield from (
            f"| {inquiry.label.to(language)} | {ABOUT[inquiry.about].to(language)} | `{inquiry.within.code}` |"
            for inquiry in procedure.inquiries
        )
    yield from _grounds(procedure, language)
    yield from ("", f"## {word('steps')}")
    for step in procedure.steps.values():
        yield from _step(step, language)


def _grounds(procedure: type[Procedure], language: str) -> Iterator[str]:
    """On what a case may be rejected, and within how long all of it must be decided."""

    def word(name: str) -> str:
        return WORDS[name].to(language)

    if procedure.ceiling:
        keys = (procedure.ceiling.within, procedure.ceiling.governor)
        terms = "; ".join(f"{key.meaning.to(language)} (`{key.code}`)" for key in keys)
        yield from ("", f"{word('ceiling')}: {terms}.")
    if procedure.grounds:
        yield from ("", f"## {word('grounds')}", "", word("grounds_note"), "")
        yield from (f"| {word('ground')} | {word('source')} | {word('contest')} |", "|---|---|---|")
        yield from (
            f"| {ground.sentence.to(language)} (`{ground.code}`) | {_source(ground.article, language)} | "
            f"{ground.contest.to(language) if ground.contest else '–'} |"
            for ground in procedure.grounds
        )


def _amendment(procedure: type[Procedure], amendment: Amendment, language: str) -> Iterator[str]:
    """What an edition changed of the steps of the one before."""
    yield from (f"## {WORDS['amends'].filled(edition=amendment.of.edition).to(language)}", "")
    for word, names, steps in (
        ("without", amendment.without, amendment.of.steps),
        ("instead", amendment.instead, procedure.steps),
        ("added", amendment.added, procedure.steps),
    ):
        yield from (f"- {WORDS[word].to(language)}: «{steps[name].label.to(language)}» (`{name}`)" for name in names)
    yield ""


def _stage(procedure: type[Procedure], stage: Stage, language: str) -> str:
    role = procedure.turn_at(stage)
    turn = called(procedure, role).to(language) if role else WORDS["end"].to(language)
    term = f"{stage.within.meaning.to(language)} (`{stage.within.code}`)" if stage.within else ""
    values = {"served": stage.from_service, "paused": stage.paused, "inward": stage.inward}
    remarks = [term, *(WORDS[word].to(language) for word, is_so in values.items() if is_so)]
    return f"| {stage.label.to(language)} (`{stage.code}`) | {turn} | {'; '.join(filter(None, remarks))} |"


def _step(step: Step, language: str) -> Iterator[str]:
    """Who takes it, where it leads, what it asks; by which rules; and what happens then."""

    def line(word: str, text: str) -> str:
        return f"- {WORDS[word].to(language)}: {text}"

    yield from (
        "",
        f"### {step.label.to(language)} (`{step.name}`)",
        "",
        line("by", called(step.owner, step.by).to(language)),
    )
    if step.done_by:
        yield line("doing", called(step.owner, step.done_by).to(language))
    sources = ", ".join(source.label.to(language) for source in step.sources)
    yield (
        line("stays", sources)
        if step.sources == (step.target,)
        else line("leads", f"{sources} → {step.target.label.to(language)}")
    )
    if labels := _labels(step, language):
        yield line("asks", "; ".join(labels))
    if step.apart_from:
        yield line("apart", ", ".join(f"«{step.owner.steps[name].label.to(language)}»" for name in step.apart_from))
    if step.when:
        yield f"- {WORDS['only'].to(language)}:"
        yield from (_rule(rule, language) for rule in step.when)
    yield from (f"- {deed.heading.to(language)}: {deed.text.to(language)}" for deed in does(step))


def _labels(step: Step, language: str) -> list[str]:
    """What the fields of its form are called."""
    with override(language):
        return [str(field.label or name) for name, field in fields_of(step.form).items()]


def _rule(rule: Rule, language: str) -> str:
    kinds = f" [{', '.join(rule.kinds)}]" if rule.kinds else ""
    numbers = "".join(f"; {WORDS['reckons'].to(language)} `{key.code}`" for key in rule.relies_on)
    return f"  - {rule.sentence.to(language)}{kinds} — {_source(rule.article, language)}{numbers}"


def _source(article: Article | None, language: str) -> str:
    if article is None:
        return UNSOURCED.to(language)
    return cited(article.instrument, article.number).to(language)
