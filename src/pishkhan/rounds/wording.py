"""What plans and their stops are called on pages."""

from pishkhan.language.text import Text

from .models import Correction, Plan, Stop

STATES = {
    Plan.State.WAITING: Text("در صف مسیریابی", "waits to be routed"),
    Plan.State.ROUTED: Text("پیش‌نویس", "draft"),
    Plan.State.IMPOSSIBLE: Text("ناشدنی", "impossible"),
    Plan.State.PUBLISHED: Text("منتشرشده", "published"),
    Plan.State.DROPPED: Text("کنار گذاشته", "dropped"),
}
BADGES = {
    Plan.State.WAITING: "info",
    Plan.State.ROUTED: "warn",
    Plan.State.IMPOSSIBLE: "bad",
    Plan.State.PUBLISHED: "good",
    Plan.State.DROPPED: "",
}
WHYS = {
    Stop.Why.ASKED: Text("درخواست‌شده", "asked for"),
    Stop.Why.DUE: Text("سررسید بازدید", "due"),
    Stop.Why.RISK: Text("ریسک", "risk"),
    Stop.Why.DRAWN: Text("قرعه", "drawn"),
}
UNSERVED = {
    Stop.Unserved.NO_ROOM: Text(
        "در روزهای برنامه جا نشد یا به راهش نمی‌ارزید", "no room in these days, or not worth the drive"
    ),
    Stop.Unserved.NO_INSPECTOR: Text("بازدید پیش را همین بازرسان کرده‌اند", "whoever works here made the visit before"),
    Stop.Unserved.CLOSED: Text("در این روزها هنگام کار بازرس باز نیست", "not open while an inspector works"),
    Stop.Unserved.TOO_FAR: Text("رفت‌وبرگشت و بازدید در یک روز نمی‌گنجد", "too far for a day"),
    Stop.Unserved.DROPPED: Text("با دست کنار گذاشته شد", "taken out by hand"),
    Stop.Unserved.GIVEN: Text("پیش‌تر سپرده یا لغو شده است", "given already, or cancelled"),
}
ANSWERS = {
    Correction.State.OPEN: Text("در انتظار پاسخ", "waits for an answer"),
    Correction.State.UPHELD: Text("پذیرفته شد", "upheld"),
    Correction.State.DISMISSED: Text("رد شد", "dismissed"),
}


def code_of(stop: Stop) -> str:
    """The code of the office or machine, or the number of the case, that a stop is about."""
    if stop.visit is not None:
        if stop.visit.machine is not None:
            return stop.visit.machine.code
        if stop.visit.case is not None:
            return stop.visit.case.number
    return stop.office.code if stop.office is not None else ""
