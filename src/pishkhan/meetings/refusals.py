"""Why a body or a meeting does not do something, in words."""

from collections.abc import Iterable
from urllib.parse import urlencode

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text


class RulesNotAdopted(Refusal):
    """Some rules of procedure, by their keys, are adopted by nobody: its page lists just those."""

    def __init__(self, keys: Iterable[str]) -> None:
        self.page = f"/regulation/?{urlencode({'state': 'waiting', 'keys': ','.join(keys)})}"
        super().__init__(
            Text(
                "حد نصاب و اکثریت این هیئت پیش‌فرض بی‌مأخذ است؛ نخست مدیرکل آن را با تصمیم شماره‌دار تصویب کند.",
                "Quorum and majority of this body are defaults without legal source: the director must "
                "first adopt them by a numbered decision.",
            )
        )


class NotInThisState(Overtaken):
    def __init__(self, state: str) -> None:
        super().__init__(
            Text(
                "جلسه یا دستور آن در وضعیت «{state}» است و این کار اکنون شدنی نیست.",
                "The meeting or item is {state}; this cannot be done now.",
            ).filled(state=state)
        )


class AlreadyThere(Overtaken):
    """The body is constituted, its chair is taken, or the person sits there from that day already."""

    def __init__(self) -> None:
        super().__init__(
            Text("این هیئت، کرسی ریاست یا عضویت پیش‌تر ثبت شده است.", "That body, chair or membership is there already.")
        )


class EndsBeforeItBegins(Invalid):
    def __init__(self) -> None:
        super().__init__(Text("روز پایان پیش از روز آغاز است.", "The last day lies before the first."))


class InThePast(Invalid):
    def __init__(self) -> None:
        text = Text("روز جلسه گذشته است.", "The day of the meeting has passed.")
        super().__init__(text, {"held_on": text})


class NotOnItsDay(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("جلسه تنها در روز خود باز می‌شود.", "A meeting opens on its own day."))


class NotReady(Refusal):
    def __init__(self, number: str) -> None:
        super().__init__(
            Text(
                "پروندهٔ {number} در نوبت تصمیم نیست یا در دستور جلسهٔ دیگری است.",
                "Case {number} does not wait for a decision, or stands on another agenda.",
            ).filled(number=number)
        )


class NoAgenda(Refusal):
    def __init__(self) -> None:
        super().__init__(Text("دستور جلسه خالی است.", "The agenda is empty."))


class NotOfThisSeat(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شخص امروز عضو یا جانشین این کرسی نیست.",
                "This person is neither member nor deputy of the seat today.",
            )
        )


class SeatIsTaken(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("این کرسی هم‌اکنون حاضر دارد.", "Somebody sits on this seat already."))


class SitsAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این شخص بر کرسی دیگری نشسته است: هر کس یک صدا دارد.",
                "This person sits on another seat: one person has one voice.",
            )
        )


class MovedOn(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "پرونده پیش رفته است و دیگر تصمیمی نمی‌خواهد؛ با پایان جلسه از دستور می‌افتد.",
                "The case has moved on and waits for no decision; the item falls away when the meeting closes.",
            )
        )


class NoWay(Refusal):
    def __init__(self, outcome: Text) -> None:
        super().__init__(
            Text(
                "پرونده از جایی که هست راهی به «{outcome}» ندارد.",
                "From where the case stands no way leads to '{outcome}'.",
            ).filled(outcome=outcome)
        )


class NotPresent(Refusal):
    def __init__(self) -> None:
        super().__init__(Text("این شخص در جلسه حاضر نیست.", "This person is not present."))


class NoQuorum(Refusal):
    def __init__(self, present: int, needed: int, *, region_is_missing: bool) -> None:
        text = Text(
            "حد نصاب نیست: {present} کرسیِ رأی‌دار حاضر و بی‌تعارض است و {needed} لازم است.",
            "There is no quorum: {present} voting {present:seat|seats} {present:is|are} present and not recused, "
            "{needed} {needed:is|are} needed.",
        )
        if region_is_missing:
            text = Text(
                "حد نصاب نیست: نمایندهٔ منطقهٔ سازمان تنظیم مقررات حاضر یا بی‌تعارض نیست.",
                "There is no quorum: the CRA region is not present, or recused.",
            )
        super().__init__(text.filled(present=present, needed=needed))


class NotEntitled(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "شما بر کرسی‌ای که هنگام آغاز این رأی‌گیری حق رأی داشت ننشسته‌اید، یا کنار کشیده‌اید.",
                "You do not sit on a seat that was entitled to vote when this ballot opened, or take no part.",
            )
        )


class VotedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("برای این کرسی رأی داده شده است.", "A vote was cast for this seat."))


class NoReasons(Invalid):
    def __init__(self) -> None:
        text = Text("رأی مخالف دلیل می‌خواهد.", "A vote against needs its reasons.")
        super().__init__(text, {"reasons": text})


class VotesAreMissing(Refusal):
    def __init__(self, missing: int) -> None:
        super().__init__(
            Text(
                "{missing} کرسی هنوز رأی نداده است.", "{missing} {missing:seat|seats} {missing:has|have} not voted yet."
            ).filled(missing=missing)
        )


class Undecided(Refusal):
    def __init__(self, count: int) -> None:
        super().__init__(
            Text("{count} دستور هنوز تصمیم ندارد.", "{count} {count:item|items} {count:is|are} undecided.").filled(
                count=count
            )
        )


class MinutesAreSigned(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "صورت‌جلسه امضا شده و دیگر تغییر نمی‌کند؛ اصلاح آن دستور تازه‌ای است.",
                "The minutes are signed and stand: a correction is a new item.",
            )
        )


class OtherMinutes(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "صورت‌جلسه از آنچه دیدید تغییر کرده است؛ دوباره بخوانید.",
                "The minutes are not those that you saw: read them again.",
            )
        )


class NotAnAttendee(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text("صورت‌جلسه را کسی امضا می‌کند که در جلسه بوده است.", "Only who attended signs the minutes.")
        )


class ChairsRecusal(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "کناره‌گیری پس از آغاز رأی‌گیری پذیرفته نیست؛ نخست رأی‌گیری را ببندید.",
                "Nobody is recused while a ballot is open: close it first.",
            )
        )


class NoVenue(Invalid):
    def __init__(self) -> None:
        text = Text("جای جلسه نوشته نشده است.", "The venue of the meeting is missing.")
        super().__init__(text, {"venue": text})


class HalfAnAppointment(Invalid):
    def __init__(self) -> None:
        text = Text(
            "برای ادامهٔ جلسه روز، ساعت و جا را با هم بنویسید، یا هیچ‌کدام را.",
            "To go on another day write day, hour and venue together, or none of them.",
        )
        super().__init__(text, {"held_on": text})


class SameAppointment(Invalid):
    def __init__(self) -> None:
        text = Text("روز، ساعت و جای جلسه همین است.", "The meeting is on that day, hour and venue already.")
        super().__init__(text, {"held_on": text})


class NoReasonsGiven(Invalid):
    def __init__(self) -> None:
        text = Text("دلیل نوشته نشده است.", "The reasons are missing.")
        super().__init__(text, {"reasons": text})


class NotTheChair(NotPermitted):
    def __init__(self) -> None:
        super().__init__(
            Text("این کار با دبیر یا رئیس جلسه است.", "This is for the secretary, or for whoever may take the chair.")
        )


class QuorumCame(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "جلسه حد نصاب یافته است: آن را تنفس دهید یا پایان دهید.",
                "The meeting had its quorum: adjourn or close it.",
            )
        )


class QuorumNeverCame(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "جلسه هرگز حد نصاب نیافت: آن را بی حد نصاب پایان دهید.",
                "The meeting never had its quorum: end it as inquorate.",
            )
        )


class ItsDayIsOver(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "روز جلسه گذشته است: دیگر در آن تصمیمی گرفته نمی‌شود.",
                "The day of the meeting is over: nothing is decided in it any more.",
            )
        )


class NotOnTheAgenda(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این دستور تصمیم گرفته، در رأی‌گیری یا از دستور بیرون است.",
                "The item is decided, under vote or off the agenda.",
            )
        )


class MoreVotesThanVoters(Invalid):
    def __init__(self, present: int) -> None:
        text = Text(
            "تنها {present} نفر با حق رأی حاضر است.", "Only {present} with a vote {present:is|are} present."
        ).filled(present=present)
        super().__init__(text, {"votes_for": text})


class NotCarried(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "اکثریت حاضران با آن موافق نبود؛ دستور جلسه همان ماند.",
                "There was no majority for it: the agenda stays as it was.",
            )
        )


class SignedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("این شخص صورت‌جلسه را امضا کرده است.", "This person has signed the minutes."))


class NotYourScan(Invalid):
    def __init__(self) -> None:
        text = Text("این پرونده را شما بارگذاری نکرده‌اید.", "You did not upload this file.")
        super().__init__(text, {"scan": text})


class NotToBeCombined(Refusal):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "تنها جلسه‌های دو هیئت یک استان که در یک روز است و هنوز آغاز نشده مشترک می‌شود.",
                "Only meetings of two bodies of a province, on one day and not begun, are combined.",
            )
        )


class CombinedAlready(Overtaken):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "این جلسه با جلسهٔ هیئتی دیگر مشترک است یا هیئت دیگری نیست.",
                "The meeting sits together with another already, or there is no other body.",
            )
        )


class NotCombined(Overtaken):
    def __init__(self) -> None:
        super().__init__(Text("این جلسه مشترک نیست.", "The meeting sits together with no other."))


class OtherAgendaOpen(Refusal):
    """A sitting is opened as one."""

    def __init__(self, number: str) -> None:
        super().__init__(
            Text(
                "دستور جلسه‌ای که با {number} مشترک است هنوز منتشر نشده است: آن را منتشر یا دو جلسه را جدا کنید.",
                "The agenda of the meeting that sits together with {number} is not fixed yet: fix it, or separate the "
                "two.",
            ).filled(number=number)
        )


class FileClosed(NotPermitted):
    """The file of an item is not open to who asks."""


class NotBeforeYou(FileClosed):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "پروندهٔ هر بند تنها برای عضوها و جانشین‌های همین هیئت باز است.",
                "The file of an item is open to members and deputies of this body alone.",
            )
        )


class Recused(FileClosed):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "در این بند کنار کشیده‌اید؛ پروندهٔ آن برای شما باز نیست.",
                "You take no part in this item: its file is not open to you.",
            )
        )


class AgendaNotPublished(FileClosed):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "پرونده‌ها با انتشار دستور جلسه باز می‌شود.",
                "Files are opened when the agenda is published.",
            )
        )


class MinutesStand(FileClosed):
    def __init__(self) -> None:
        super().__init__(
            Text(
                "صورت‌جلسه امضا شده و پروندهٔ بندها بسته است.",
                "The minutes are signed, and the files of their items closed.",
            )
        )


class NoLongerOnTheAgenda(FileClosed):
    def __init__(self) -> None:
        super().__init__(
            Text("این بند دیگر در دستور این جلسه نیست.", "The item stands on the agenda of this meeting no more.")
        )
