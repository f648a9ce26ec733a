"""What holders are told about their accounts. A code stands in no list and no log: only in the message."""

from pishkhan.journal.models import Entry
from pishkhan.language.text import Text
from pishkhan.notices.models import Notice
from pishkhan.notices.secrets import Secret
from pishkhan.notices.services import queue
from pishkhan.notices.templates import declare
from pishkhan.people.models import Person
from pishkhan.people.selectors import email_of, phone_of

OPENING = declare(
    "accounts.opening-code",
    Text(
        "حساب شما در پیشخوان باز شد. نام کاربری: {username}. کد یک‌بارمصرف: {code}. با آن در صفحهٔ «ورود با کد» گذرواژه "
        "برگزینید. کد را به هیچ‌کس نگویید، به راهبر هم نه.",
        "Your account at Pishkhan is open. Username: {username}. One-time code: {code}. Choose a password with it on "
        "the page “Sign in by a code”. Tell the code nobody, not even the administrator.",
    ),
)
RECOVERY = declare(
    "accounts.recovery-code",
    Text(
        "کد یک‌بارمصرف پیشخوان برای گذرواژهٔ نو: {code}. نام کاربری: {username}. اگر شما نخواسته‌اید، کاری نکنید و کد "
        "را به هیچ‌کس نگویید.",
        "One-time code of Pishkhan for a new password: {code}. Username: {username}. If you did not ask for it, do "
        "nothing and tell it nobody.",
    ),
)
CLOSED = declare(
    "accounts.closed",
    Text(
        "برای حساب شما در پیشخوان گذرواژهٔ نو خواستند، ولی حساب بسته است. راهبر سامانه در اداره‌کل می‌تواند آن را باز "
        "کند.",
        "A new password was wanted for your account at Pishkhan, but the account is closed. The administrator at the "
        "general directorate can open it.",
    ),
)
CHOSEN = declare(
    "accounts.password-chosen",
    Text(
        "گذرواژهٔ حساب شما در پیشخوان با کد یک‌بارمصرف عوض شد و همه‌جا از آن خارج شدید. اگر شما نبودید، بی‌درنگ راهبر را "
        "آگاه کنید.",
        "The password of your account at Pishkhan was changed by a one-time code, and it is signed out everywhere. "
        "If it was not you, tell the administrator at once.",
    ),
)
LETTER = declare(
    "accounts.letter-begun",
    Text(
        "برای حساب شما در پیشخوان نامهٔ کد ورود چاپ می‌شود. اگر شما نخواسته‌اید، بی‌درنگ ادارهٔ کل را آگاه کنید.",
        "A letter with a code for your account at Pishkhan is being printed. If you did not ask for it, tell the "
        "directorate at once.",
    ),
)
FACTOR_ON = declare(
    "accounts.second-factor-on",
    Text(
        "گام دوم ورود برای حساب شما در پیشخوان روشن شد. اگر شما نبودید، بی‌درنگ راهبر را آگاه کنید.",
        "The second step of signing in was turned on for your account at Pishkhan. If it was not you, tell the "
        "administrator at once.",
    ),
)
FACTOR_OFF = declare(
    "accounts.second-factor-off",
    Text(
        "گام دوم ورود برای حساب شما در پیشخوان خاموش شد. اگر شما نبودید، بی‌درنگ راهبر را آگاه کنید.",
        "The second step of signing in was turned off for your account at Pishkhan. If it was not you, tell the "
        "administrator at once.",
    ),
)


def reaches(person: Person, way: str) -> str:
    """The number or address at which a message reaches somebody by a way; empty if none is on record."""
    return {"sms": phone_of, "email": email_of}[way](person)


def notify(template: str, person: Person, because: Entry) -> None:
    """Tell a holder of something about their account, if a message reaches them: no letter is worth it."""
    if person.phone or person.email:
        queue(template, to=person, facts={}, because=because)


def bring(template: str, person: Person, way: str, secret: Secret, because: Entry) -> Notice:
    """Bring a holder a code, by a way that reaches them."""
    return queue(template, to=person, facts={}, because=because, channel=way, secret=secret)
