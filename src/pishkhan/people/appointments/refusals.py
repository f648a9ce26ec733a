"""Why somebody is not appointed, in words."""

from pishkhan.journal.refusals import Invalid, NotPermitted, Overtaken, Refusal
from pishkhan.language.text import Text


class AppointsOneself(NotPermitted):
    """Nobody gives, or confirms, a role of their own."""

    def __init__(self) -> None:
        super().__init__(
            Text("هیچ‌کس به خود سمتی نمی‌دهد و سمت خود را تأیید یا رد نمی‌کند.", "Nobody decides on a role of their own.")
        )


class ProposedItOneself(NotPermitted):
    """A second person confirms."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این سمت را خود شما پیشنهاد کرده‌اید؛ تأیید یا رد آن با دیگری است.",
                "You proposed this appointment yourself: another person confirms or refuses it.",
            )
        )


class NeedsTwo(NotPermitted):
    """A deciding role is granted by two."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این سمت را دو تن می‌دهند: راهبر با تصویر ابلاغ پیشنهاد می‌کند و دیگری تأیید می‌کند.",
                "Two persons grant this role: an administrator proposes it with the scan of the letter, and another "
                "confirms it.",
            )
        )


class MayNotConfirm(NotPermitted):
    """The director of the place confirms, or a national administrator."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "تأیید یا رد با مدیرکل یا سرپرست همان محدوده یا راهبر کشوری است.",
                "The director or acting director of the place, or a national administrator, confirms or refuses.",
            )
        )


class NotDeciding(Invalid):
    """What one administrator assigns alone is not proposed."""

    def __init__(self) -> None:
        text = Text("این سمت پیشنهاد و تأیید نمی‌خواهد.", "This role is assigned without a proposal.")
        super().__init__(text, {"role": text})


class ScanOfAnother(NotPermitted):
    """A letter appoints whom it names."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این تصویر از نامه یا شخصی دیگر است؛ تصویر همین ابلاغ را بفرستید.",
                "This scan is of another letter or another person: send the scan of this very letter.",
            )
        )


class ProposedAlready(Refusal):
    """The same role of the same person waits to be confirmed."""

    def __init__(self) -> None:
        super().__init__(
            Text("همین سمت برای همین شخص در انتظار تأیید است.", "The same appointment waits to be confirmed already.")
        )


class DecidedAlready(Overtaken):
    """A proposal that is over."""

    def __init__(self, state: Text) -> None:
        super().__init__(
            Text("این پیشنهاد در جریان نیست: {state}.", "This proposal is over: {state}.").filled(state=state)
        )


class TermIsOver(Overtaken):
    """Nobody confirmed in time."""

    def __init__(self) -> None:
        super().__init__(
            Text("مهلت تأیید این پیشنهاد گذشته است.", "The term within which this could be confirmed is over.")
        )


class ProposerLeft(Overtaken):
    """Who proposed no longer rules there."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "پیشنهاددهنده دیگر راهبر این محدوده نیست؛ راهبری دیگر از نو پیشنهاد کند.",
                "Who proposed this is no administrator here any more: another administrator proposes it anew.",
            )
        )


class NotTheFirst(Refusal):
    """Only the first of a province is appointed by one."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این سمت در این محدوده پیش‌تر داده شده است؛ پیشنهاد کنید تا دیگری تأیید کند.",
                "This role was held here before: propose it, and let another person confirm.",
            )
        )


class NotVacant(Refusal):
    """There is a director who can confirm, or whose role ends first."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "این سمت خالی نیست: راهبر نخست به سمت کنونی پایان دهد یا سمت تازه را پیشنهاد کند.",
                "This role is not vacant: an administrator ends who holds it first, or proposes another.",
            )
        )


class LastAdministrator(Refusal):
    """A place keeps an administrator."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "شما تنها راهبر این محدوده‌اید؛ پیش از پایان سمت خود راهبری دیگر بگمارید.",
                "You are the only administrator here: have another one appointed before your role ends.",
            )
        )


class Prolongs(NotPermitted):
    """A deciding role goes on by a new appointment only."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "سمتی را که دو تن می‌دهند یک تن تمدید نمی‌کند؛ سمت تازه پیشنهاد کنید.",
                "One person does not prolong a role that two grant: propose a new appointment.",
            )
        )
