"""Why a case does not move, in words."""

from datetime import date

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text

from .procedures.procedure import Rule, Step


class StaleCase(Overtaken):
    """The case has moved since the person last saw it."""

    def __init__(self, revision: int, seen: int) -> None:
        super().__init__(
            Text(
                "پرونده از زمانی که دیدید تغییر کرده است (اکنون ثبت {revision}، شما {seen} را دیدید). "
                "آن را دوباره بخوانید.",
                "The case has moved since you saw it (it is at entry {revision}, you saw {seen}). Read it again.",
            ).filled(revision=revision, seen=seen)
        )


class NotAtThisStage(Overtaken):
    """The step does not lead on from where the case stands."""

    def __init__(self, step: Step, stage: Text) -> None:
        super().__init__(
            Text(
                "گام «{step}» از مرحلهٔ «{stage}» برداشته نمی‌شود.", "The step '{step}' does not lead on from '{stage}'."
            ).filled(step=step.label, stage=stage)
        )


class SecondPairOfEyes(NotPermitted):
    """Whoever took an earlier step may not take this one."""

    def __init__(self, step: Step) -> None:
        super().__init__(
            Text(
                "گام «{step}» کار شخص دیگری است: شما گام پیشین این پرونده را برداشته‌اید.",
                "'{step}' needs a second pair of eyes: you took an earlier step of this case.",
            ).filled(step=step.label)
        )


class NoGround(Invalid):
    """A rejection names no ground."""

    def __init__(self) -> None:
        text = Text(
            "رد درخواست دست‌کم یکی از پایه‌های اعلام‌شده را می‌خواهد.",
            "A rejection names one of the declared grounds at least.",
        )
        super().__init__(text, {"grounds": text})


class NotAGround(Invalid):
    """What is named is no declared ground of this procedure."""

    def __init__(self) -> None:
        text = Text(
            "این درخواست بر آنچه نام برده‌اید رد نمی‌شود: پایه‌ای اعلام‌شده نیست.",
            "What you name is no declared ground on which this request can be rejected.",
        )
        super().__init__(text, {"grounds": text})


class ContestedAlone(Invalid):
    """A rejection rests on nothing but what the law contests."""

    def __init__(self, grounds: list[Text]) -> None:
        text = Text(
            "قانون این پایه را محل اختلاف کرده است و رد تنها بر آن استوار نمی‌ماند: {grounds} "
            "پایهٔ دیگری هم برگزینید، یا مدیرکل نخست آن را با مأخذ تصویب کند.",
            "The law contests this, and a rejection does not rest on it alone: {grounds} "
            "Choose another ground besides, or let the director first adopt it with a source.",
        ).filled(
            grounds=Text(" ".join(sentence.fa for sentence in grounds), " ".join(sentence.en for sentence in grounds))
        )
        super().__init__(text, {"grounds": text})


class InvalidAnswers(Invalid):
    """The form that goes with the step is wrongly filled in."""

    def __init__(self, fields: dict[str, Text]) -> None:
        super().__init__(Text("آنچه نوشته‌اید کامل یا درست نیست.", "What you stated is incomplete or wrong."), fields)


class RulesUnmet(Refusal):
    """The law does not allow the step yet; `.rules` says what is missing, and `.cited` by which article."""

    def __init__(self, rules: list[Rule], cited: list[Text]) -> None:
        self.rules, self.cited = rules, cited
        sentences = [
            (rule.sentence.fa.rstrip("."), rule.sentence.en.rstrip("."), where)
            for rule, where in zip(rules, cited, strict=True)
        ]
        super().__init__(
            Text(
                "این گام هنوز ممکن نیست، چون این شرط برآورده نشده است: "
                + "؛ ".join(f"{fa} ({where.fa})" for fa, _, where in sentences),
                "This step is not possible yet, because it is not so that: "
                + "; ".join(f"{en} ({where.en})" for _, en, where in sentences),
            )
        )


class NoSuchProcedure(Refusal):
    """There is no procedure of that code, or none was in force that day."""

    def __init__(self, code: str, on: date) -> None:
        super().__init__(
            Text("رویهٔ «{code}» در {on} در کار نبود.", "No procedure '{code}' was in force on {on}.").filled(
                code=code, on=on.isoformat()
            )
        )


class WaivesForOneself(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "هیچ‌کس برای خود اجازهٔ یک‌باره نمی‌دهد: سرپرست، مدیر دیگر یا راهبر کشوری می‌دهد.",
                "Nobody gives leave to themselves: an acting head, another director, or a national administrator does.",
            )
        )


class WaivedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این اجازه پیش‌تر داده شده و هنوز به کار نرفته است.", "This leave was given before, and is not used yet."
            )
        )


class WaiverIsGone(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text("این اجازه به کار رفته یا پس گرفته شده است.", "This leave was used, or taken back, already.")
        )
