"""The ten verdicts on a licence, each with its exit code, its headline, and what to do."""

from enum import StrEnum

from pishkhan.language.text import Text


class Verdict(StrEnum):
    """How a licence stands to whoever is shown it."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    TRANSFERRED = "transferred"
    CLOSED = "closed"
    ALTERED = "altered"
    UNKNOWN_KEY = "unknown_key"
    STATUS_TOO_OLD = "status_too_old"

    @property
    def exit_code(self) -> int:
        return EXIT_CODES[self]

    @property
    def text(self) -> Text:
        return HEADLINES[self]

    @property
    def advice(self) -> Text:
        return ADVICE[self]


EXIT_CODES = {Verdict.VALID: 0} | {verdict: 9 + place for place, verdict in enumerate(Verdict) if place}
HEADLINES = {
    Verdict.VALID: Text("معتبر است", "Valid"),
    Verdict.NOT_YET: Text("هنوز آغاز نشده است", "Not valid yet"),
    Verdict.EXPIRED: Text("مدت آن پایان یافته است", "Expired"),
    Verdict.SUSPENDED: Text("تعلیق شده است", "Suspended"),
    Verdict.REVOKED: Text("لغو شده است", "Revoked"),
    Verdict.TRANSFERRED: Text("منتقل یا جایگزین شده است", "Transferred or replaced"),
    Verdict.CLOSED: Text("دفتر تعطیل است", "The office is closed"),
    Verdict.ALTERED: Text("دست‌خورده یا ساختگی است", "Altered or forged"),
    Verdict.UNKNOWN_KEY: Text("امضای آن شناخته نیست", "Signed with an unknown key"),
    Verdict.STATUS_TOO_OLD: Text("وضعیت آن دانسته نیست", "Its status is not known"),
}
ADVICE = {
    Verdict.VALID: Text(
        "این دفتر می‌تواند خدمت بدهد. شماره و جای روی برگه را با آنچه اینجا می‌بینید بسنجید.",
        "The office may serve. Compare number and place on the paper with what you see here.",
    ),
    Verdict.NOT_YET: Text(
        "تا روز آغاز، این دفتر نباید خدمت بدهد. تاریخ آغاز را ببینید.",
        "Until its first day the office may not serve. See the day on which it begins.",
    ),
    Verdict.EXPIRED: Text(
        "این دفتر دیگر نباید خدمت بدهد. اگر باز است، به اداره‌کل یا سامانهٔ ۱۹۵ خبر دهید.",
        "The office may no longer serve. If it is open, tell the directorate or call 195.",
    ),
    Verdict.SUSPENDED: Text(
        "این دفتر تا پایان تعلیق نباید خدمت بدهد. اگر باز است، به اداره‌کل یا سامانهٔ ۱۹۵ خبر دهید.",
        "The office may not serve until the suspension ends. If it is open, tell the directorate or call 195.",
    ),
    Verdict.REVOKED: Text(
        "این پروانه دیگر اعتباری ندارد. اگر دفتر باز است، به اداره‌کل یا سامانهٔ ۱۹۵ خبر دهید.",
        "The licence holds no longer. If the office is open, tell the directorate or call 195.",
    ),
    Verdict.TRANSFERRED: Text(
        "پروانهٔ تازه‌ای به جای این آمده است. از دفتر بخواهید پروانهٔ تازه را نشان دهد.",
        "A newer licence stands in its place. Ask the office to show that one.",
    ),
    Verdict.CLOSED: Text(
        "دفتر برای مدتی یا برای همیشه بسته است و اکنون خدمت نمی‌دهد. دفتر دیگری بیابید.",
        "The office is closed, for a time or for good, and does not serve now. Find another office.",
    ),
    Verdict.ALTERED: Text(
        "به این برگه اعتماد نکنید: آن را هیچ مرجعی چنین امضا نکرده است. به اداره‌کل خبر دهید.",
        "Do not trust this paper: nobody signed it as it is. Tell the directorate.",
    ),
    Verdict.UNKNOWN_KEY: Text(
        "کلید این امضا در فهرست کلیدها نیست یا دیگر پذیرفته نیست. فهرست تازهٔ کلیدها را بگیرید؛ "
        "اگر باز هم چنین بود، به این برگه اعتماد نکنید.",
        "Its key is not among the issuer's keys, or is no longer believed. Fetch the keys anew; "
        "if it says so again, do not trust this paper.",
    ),
    Verdict.STATUS_TOO_OLD: Text(
        "امضا درست است، اما فهرست وضعیت کهنه است. فهرست تازه بگیرید و دوباره بسنجید.",
        "The signature is right, but the status list is too old. Fetch a new one and try again.",
    ),
}
