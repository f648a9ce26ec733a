"""Acts about the keys with which licences are signed."""

from datetime import date, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pishkhan.journal.acts import Actor, act, begin
from pishkhan.journal.clock import today
from pishkhan.journal.locks import one_transaction, retried
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text

from . import cose, vault
from .keys import kid_of
from .models import SigningKey
from .selectors import usable_keys

ROLE = "system"
THERE_IS_ONE = Text("کلیدی هست؛ برای کلید تازه: pishkhan keys rotate.", "There is a key: for a new one, rotate it.")
TOO_EARLY = Text(
    "کلید پیشین تا روزی پیش از آغاز کلید تازه پذیرفته می‌ماند؛ چنین نمی‌شود.",
    "The key before would no longer be believed when the new one begins.",
)
LAST_ONE = Text(
    "این تنها کلید است: نخست کلید تازه بسازید (pishkhan keys rotate).",
    "This is the only key: make a new one first (pishkhan keys rotate).",
)
WITHDRAWN = Text("این کلید پیش‌تر پس گرفته شده است.", "This key was withdrawn already.")


@retried
def open_key(*, by: Actor, private: Ed25519PrivateKey | None = None, valid_from: date | None = None) -> SigningKey:
    """Make the first key, or take one that was made elsewhere, and keep its private half in the vault."""
    if usable_keys():
        raise Refusal(THERE_IS_ONE)
    return _begun(by, private or Ed25519PrivateKey.generate(), valid_from or today())


@retried
def rotate(*, believed_until: date, by: Actor) -> SigningKey:
    """Let a new key sign from today on; the keys before it are believed until a day, for what they signed."""
    start = today()
    if believed_until < start - timedelta(days=1):
        raise Refusal(TOO_EARLY)
    with one_transaction():
        old = usable_keys()
        row = _begun(by, Ed25519PrivateKey.generate(), start)
        for key in old:
            if key.valid_until is None:
                _retire(key, max(believed_until, key.valid_from), by)
    return row


@retried
def withdraw(key: SigningKey, *, by: Actor) -> None:
    """Believe a key no longer, whatever it signed: somebody else may have it. Its private half is removed."""
    if usable_keys() == [key]:
        raise Refusal(LAST_ONE)
    with act(by, "credentials.withdraw-key", on=key, role=ROLE) as entry:
        if key.withdrawn_on is not None:
            raise Refusal(WITHDRAWN)
        key.withdrawn_on = today()
        entry.facts = {"kid": key.kid, "withdrawn_on": key.withdrawn_on}
    vault.remove(key.kid)


def _begun(by: Actor, private: Ed25519PrivateKey, start: date) -> SigningKey:
    public = private.public_key().public_bytes_raw()
    row = SigningKey(kid=kid_of(public).hex(), public=cose.in_text(public), valid_from=start)
    vault.put(row.kid, private)  # before the act: a key that is announced can sign
    with begin(by, "credentials.open-key", row, role=ROLE) as entry:
        entry.facts = {"kid": row.kid, "public": row.public, "valid_from": start}
    return row


def _retire(key: SigningKey, until: date, by: Actor) -> None:
    with act(by, "credentials.retire-key", on=key, role=ROLE) as entry:
        key.valid_until = until
        entry.facts = {"kid": key.kid, "valid_until": until}
