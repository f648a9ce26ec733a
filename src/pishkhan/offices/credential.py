"""What shows a licence on the register elsewhere: its signed token, its address, its place in the status list.

Nothing is stored: a token follows from the licence and the keys, a list from what the register holds at this moment.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import cache
from hashlib import sha256

from django.core.cache import caches
from django.db.models import Count, Max

from pishkhan.credentials.claim import Claim, Form, token_of
from pishkhan.credentials.keys import Keys
from pishkhan.credentials.models import SigningKey
from pishkhan.credentials.selectors import signer, usable_keys
from pishkhan.credentials.services import rotate
from pishkhan.credentials.status_list import SIZE, StatusList, TokenStatus, packed, signed
from pishkhan.credentials.vault import NoPrivateKey, private_key
from pishkhan.journal import clock
from pishkhan.journal.acts import Actor
from pishkhan.journal.refusals import Refusal
from pishkhan.language.text import Text
from pishkhan.regulation import selectors as law
from pishkhan.regulation.keys import Key

from .models import KIND_NAMES, Licence, LicenceStatus, OfficeKind
from .status import Status

LIST_DAYS = Key(
    "credentials.status_list_days",
    "day",
    "روزهایی که فهرست وضعیت پروانه‌ها بی‌تازه‌شدن پذیرفته است",
    "Days for which a list of the status of licences is believed without a newer one",
)
SECONDS_TO_LIVE = 60  # that somebody between may keep a list
REMADE_AFTER = 3600  # seconds: an unchanged list is dated anew
KINDS = {OfficeKind.COUNTER: 1, OfficeKind.RURAL_ICT: 2, OfficeKind.LEGACY_AGENT: 3}  # in tokens: for ever
STANDINGS = {
    Status.ACTIVE: TokenStatus.VALID,
    Status.RENEWAL_WINDOW: TokenStatus.VALID,
    Status.WAIVED: TokenStatus.VALID,  # who waived keeps the rights to the last day
    Status.CLOSED: TokenStatus.CLOSED,
    Status.SUSPENDED: TokenStatus.SUSPENDED,
    Status.EXPIRED: TokenStatus.EXPIRED,
    Status.TRANSFERRED: TokenStatus.TRANSFERRED,
    Status.REPLACED: TokenStatus.TRANSFERRED,
    Status.SURRENDERED: TokenStatus.CLOSED,
    Status.REVOKED: TokenStatus.REVOKED,
}
VERIFY, KEYS, LIST = "/verify/", "/.well-known/pishkhan/keys.json", "/.well-known/pishkhan/status/{number}.cwt"
A_YEAR = timedelta(days=366)  # in which what has expired is still told from what is forged
_ROUNDS = 4
NO_ADDRESS = Text(
    "نشانی عمومی این سامانه هنوز تعیین نشده است، پس چیزی امضا نمی‌شود. راهبر سامانه باید آن را تعیین کند "
    "(PISHKHAN_ORIGIN).",
    "The public address of this deployment is not set yet, so nothing is signed. Its administrator must "
    "set it (PISHKHAN_ORIGIN).",
)
_served = {"origin": "", "authority": ""}
_signs = {"public": False, "demo": False}


class NoAddress(Refusal):
    """What would be signed leads nowhere, for as long as the paper lasts."""

    status = 503

    def __init__(self) -> None:
        super().__init__(NO_ADDRESS)


def serve(origin: str, authority: str, *, public: bool) -> None:
    """Say under which address this deployment is found, whether others can open it, and which issuer it is."""
    _served.update(origin=origin, authority=authority)
    _signs.update(public=public)


def let_sign(*, demo: bool) -> None:
    """Say whether this is a demo, which signs under any address; said at start-up, and when a database is opened."""
    _signs.update(demo=demo)


def may_sign() -> bool:
    """Whether what is signed here can be followed: the address is public, or it is a demo."""
    return _signs["public"] or _signs["demo"]


def address_of(path: str) -> str:
    """The address of a page, as it is printed and signed; NoAddress where it would lead nowhere."""
    if not may_sign():
        raise NoAddress()
    return _served["origin"] + path


def verification_url(licence: Licence, keys: Sequence[SigningKey] | None = None) -> str:
    """The address at which anybody verifies a licence, for the QR code of a paper: some 210 letters.

    The token stands in its fragment, which browsers keep to themselves. Where no key was made yet, it is the address
    under which the register is asked by number. The same records give the same address. Who needs many gives the
    `usable_keys`. A paper outlives its deployment: without the private key there is no address, but NoPrivateKey.
    """
    return address_of(_path(licence, token_for(licence, keys)))


def verification_path(licence: Licence, keys: Sequence[SigningKey] | None = None) -> str:
    """The same for a link on a page of this deployment; where nothing can be signed, the register is asked."""
    try:
        return _path(licence, token_for(licence, keys) if may_sign() else "")
    except NoPrivateKey:
        return _path(licence, "")


def shown_url(licence: Licence, keys: Sequence[SigningKey] | None = None) -> str:
    """What a code on a page leads to: the same, from anywhere; empty where nothing is signed yet."""
    return address_of(verification_path(licence, keys)) if may_sign() else ""


def _path(licence: Licence, token: str) -> str:
    return VERIFY + (f"#{token}" if token else f"?number={licence.number}")


def token_for(licence: Licence, keys: Sequence[SigningKey] | None = None) -> str:
    """The token of a licence, signed with the key of the day on which it was recorded; empty where there is no key.

    NoAddress where nothing is signed yet.
    """
    if not may_sign():
        raise NoAddress()
    key = signer(usable_keys() if keys is None else keys, licence.recorded_on)
    return token_of(claim_of(licence), private_key(key.kid), key.key.kid) if key else ""


def claim_of(licence: Licence) -> Claim:
    """What the token of a licence says: the licence itself only where its issuer says it, else an extract."""
    own = licence.issuer == _served["authority"]
    return Claim(
        licence.number,
        KINDS[OfficeKind(licence.kind)],
        licence.division_id,
        Form.LICENCE if own else Form.EXTRACT,
        index_of(licence.pk),
        licence.valid_from,
        licence.valid_until,
    )


def index_of(key: int) -> int:
    """The index of a licence in the status lists: its own for ever, and telling nothing of its neighbours in time.

    A permutation of each list's indices: four rounds of a Feistel network on the two bytes of a key's place.
    """
    number, place = divmod(key, SIZE)
    return number * SIZE + _shuffled(number)[place]


def token_status_of(status: str | None, *, has_begun: bool) -> TokenStatus:
    """How a licence stands in the list, from its status on a day."""
    if status is None:
        return TokenStatus.EXPIRED if has_begun else TokenStatus.VALID  # its term says that it has not begun
    return STANDINGS[Status(status)]


def published_keys() -> Keys:
    """The keys that are believed, with the names of the kinds; one query."""
    return Keys(
        [row.key for row in usable_keys()],
        {number: KIND_NAMES[kind] for kind, number in KINDS.items()},
        _served["origin"],
    )


def rotate_keys(*, by: Actor) -> SigningKey:
    """Let a new key sign what is recorded from today on; the others are believed a year longer than any licence now."""
    last = Licence.objects.aggregate(last=Max("valid_until"))["last"] or clock.today()
    return rotate(believed_until=max(last, clock.today()) + A_YEAR, by=by)


def list_numbers() -> range:
    """The numbers of the status lists that there are."""
    last = Licence.objects.aggregate(last=Max("pk"))["last"] or 0
    return range(last // SIZE + 1)


def status_list(number: int) -> tuple[str, bytes]:
    """A status list as it is now, signed, with a tag that changes when the register does; empty where there is no key.

    Four queries, one where it was made already: a change of any status makes it anew at once. NoAddress where nothing
    is signed yet.
    """
    address = address_of(LIST.format(number=number))
    keys = usable_keys()
    key = signer(keys, clock.today())
    tag = _tag(number, key)
    made: bytes | None = caches["process"].get(tag)
    if made is None:
        made = _made(number, key, address) if key else b""
        caches["process"].set(tag, made, REMADE_AFTER)
    return tag, made


def _made(of: int, key: SigningKey, address: str) -> bytes:
    today, at = clock.today(), int(clock.now().timestamp())
    licences = Licence.objects.filter(pk__gte=of * SIZE, pk__lt=(of + 1) * SIZE).values_list("pk", "valid_from")
    status = dict(
        LicenceStatus.objects.on(today)
        .filter(licence__gte=of * SIZE, licence__lt=(of + 1) * SIZE)
        .values_list("licence", "status")
    )
    standings = {index_of(pk): token_status_of(status.get(pk), has_begun=begins <= today) for pk, begins in licences}
    until = at + timedelta(days=law.number(LIST_DAYS, on=today).value) // timedelta(seconds=1)
    status_list = StatusList(address, of * SIZE, at, until, packed(standings, of * SIZE))
    return signed(status_list, private_key(key.kid), key.key.kid, seconds_to_live=SECONDS_TO_LIVE)


def _tag(number: int, key: SigningKey | None) -> str:
    """What a list follows from: number, key, day and hour, and how many facts and licences the register holds.

    Facts are added or superseded, never removed: with every change a count grows. (The last key alone would not do: of
    two transactions the later key may be committed first.)
    """
    facts = LicenceStatus.objects.aggregate(Count("pk"), Count("superseded_at"), Max("pk"))
    licences = Licence.objects.aggregate(licences=Count("pk"))
    parts = [
        number,
        key.kid if key else "",
        clock.today().isoformat(),
        int(clock.now().timestamp()) // REMADE_AFTER,
        *facts.values(),
        *licences.values(),
    ]
    return sha256(repr(parts).encode()).hexdigest()[:32]


@cache
def _shuffled(number: int) -> Sequence[int]:
    """Where each place of a list stands in it."""
    rounds = [sha256(f"pishkhan status list {number} round {index}".encode()).digest() for index in range(_ROUNDS)]
    tables = [[sha256(secret + bytes([half])).digest()[0] for half in range(256)] for secret in rounds]
    return [_permuted(place, tables) for place in range(SIZE)]


def _permuted(place: int, tables: Iterable[Sequence[int]]) -> int:
    left, right = place >> 8, place & 0xFF
    for table in tables:
        left, right = right, left ^ table[right]
    return left << 8 | right
