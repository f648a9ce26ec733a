"""Where this deployment is found, and what follows from it: hosts, cookies, TLS, and the proxies that stand in front.

The address (`PISHKHAN_ORIGIN`) and the number of proxies (`PISHKHAN_PROXIES`) are said; everything else derives from
them. What contradicts itself is refused when the settings are read; what only a live province must not do is a fault.
"""

import re
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from cryptography import x509
from django.core.exceptions import ImproperlyConfigured
from django.http.request import validate_host

from pishkhan.language.text import Text

HOST = re.compile(r"[a-z0-9_.-]+|\[[0-9a-f:.]+\]")
DEFAULT = "http://localhost:8000"
HERE = ("localhost", "127.0.0.1", "[::1]", "testserver")  # served besides the host of the origin
PORTS = {"http": 80, "https": 443}
MOST_PROXIES = 9
A_YEAR = 365 * 24 * 3600  # seconds for which browsers remember to ask by https alone
NO_LONGER = "PISHKHAN_HTTPS is no more: say the address itself, PISHKHAN_ORIGIN=https://…, and PISHKHAN_PROXIES."

NO_TLS = Text(
    "نشانی {origin} با https است، اما نه پراکسی پیش روست (PISHKHAN_PROXIES) و نه گواهی داده شده است "
    "(PISHKHAN_CERTIFICATE).",
    "The address {origin} is https, but there is neither a proxy in front (PISHKHAN_PROXIES) nor a "
    "certificate (PISHKHAN_CERTIFICATE).",
)
IN_THE_CLEAR = Text(
    "نشانی {origin} بدون https است؛ سامانهٔ یک استان جز روی همین دستگاه باید با https باشد (PISHKHAN_ORIGIN).",
    "The address {origin} is not https: a province's deployment that others reach must be (PISHKHAN_ORIGIN).",
)
NOT_SET = Text(
    "نشانی عمومی سامانه (PISHKHAN_ORIGIN) تعیین نشده است: تا آن هنگام هیچ پروانه، سند و فهرستی امضا نمی‌شود.",
    "The public address of this deployment (PISHKHAN_ORIGIN) is not set: until it is, no licence, document "
    "or list is signed.",
)
UNREADABLE = Text("{file} خوانده نمی‌شود: {why}", "{file} cannot be read: {why}")
NO_PAIR = Text(
    "{file} و {key} گواهی و کلید یک نشانی نیستند: {why}", "{file} and {key} are no certificate with its key: {why}"
)
OUTDATED = Text(
    "گواهی {file} از {first} تا {last} معتبر است، نه اکنون.",
    "The certificate {file} is valid from {first} to {last}, not now.",
)


@dataclass(frozen=True)
class Certificate:
    """With what the web process serves TLS itself: a chain and its key, both in PEM."""

    file: Path
    key: Path


@dataclass(frozen=True)
class Address:
    """The address of a deployment, as a browser writes it, and the way on which requests for it come in."""

    origin: str
    hosts: tuple[str, ...]
    proxies: int
    certificate: Certificate | None = None

    @property
    def is_https(self) -> bool:
        return self.origin.startswith("https://")

    @property
    def is_behind_tls(self) -> bool:
        """Whether proxies end TLS in front of the web process."""
        return self.is_https and self.proxies > 0

    @property
    def is_public(self) -> bool:
        """Whether somebody else can open it safely: what is printed today must still lead here in five years."""
        return self.is_https and not _is_of_this_machine(urlsplit(self.origin).hostname or "")


def address(origin: str, *, hosts: Sequence[str], proxies: int, certificate: str = "", key: str = "") -> Address:
    """The address of a deployment as its settings say it; ImproperlyConfigured if they contradict one another."""
    found, hosts = _normal(origin.strip() or DEFAULT), [_served(each.strip()) for each in hosts if each.strip()]
    host = _host(urlsplit(found))
    if not 0 <= proxies <= MOST_PROXIES:
        raise ImproperlyConfigured(f"PISHKHAN_PROXIES is the number of proxies in front, not {proxies}.")
    if hosts and not validate_host(host, hosts):
        raise ImproperlyConfigured(
            f"PISHKHAN_HOSTS ({', '.join(hosts)}) leaves out {host}, the host of PISHKHAN_ORIGIN."
        )
    return Address(
        found, tuple(hosts or dict.fromkeys((host, *HERE))), proxies, certificate_for(found, certificate, key)
    )


def certificate_for(origin: str, file: str, key: str) -> Certificate | None:
    """The certificate that two settings or options name; None if neither does."""
    if not file and not key:
        return None
    if not file or not key:
        raise ImproperlyConfigured(
            "A certificate and its key go together: PISHKHAN_CERTIFICATE and "
            "PISHKHAN_CERTIFICATE_KEY, or --certificate and --key."
        )
    if not origin.startswith("https://"):
        raise ImproperlyConfigured(f"There is a certificate, but PISHKHAN_ORIGIN is {origin}: it begins with https://.")
    return Certificate(Path(file), Path(key))


def faults_of(told: Address, *, live: bool, at: datetime) -> Iterator[Text]:
    """Why the web process should not serve an address, a sentence each; of a live province more is asked."""
    if told.is_https and not told.proxies and told.certificate is None:
        yield NO_TLS.filled(origin=told.origin)
    if told.certificate is not None:
        yield from _faults_of_certificate(told.certificate, at)
    if live and not told.is_https and not _is_of_this_machine(urlsplit(told.origin).hostname or ""):
        yield IN_THE_CLEAR.filled(origin=told.origin)


def client_address(forwarded: str, peer: str, proxies: int) -> str:
    """From where somebody asks: what the outermost of our proxies saw, else who is connected.

    Each proxy adds whom it saw at the end of X-Forwarded-For. What stands further left is the client's own word.
    """
    seen = [each.strip() for each in forwarded.split(",")]
    if not 0 < proxies <= len(seen):
        return peer
    try:
        return str(ip_address(_without_port(seen[-proxies])))
    except ValueError:
        return peer


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _normal(text: str) -> str:
    """An origin as browsers write it: scheme, host and a port that is not the scheme's own."""
    try:
        parts = urlsplit(text)
        port, host = parts.port, _host(parts)
    except ValueError:  # of a port or a bracket, and UnicodeError of a host
        raise _no_origin(text) from None
    wrong = parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None
    if parts.scheme not in PORTS or not HOST.fullmatch(host) or wrong or any(each.isspace() for each in text):
        raise _no_origin(text)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != PORTS[parts.scheme] else "")


def _host(parts: SplitResult) -> str:
    """The host of an address in ASCII and small letters, an address of IPv6 in brackets."""
    host = parts.hostname or ""
    return f"[{ip_address(host)}]" if ":" in host else host.encode("idna").decode("ascii")


def _served(host: str) -> str:
    """A host that is served, in ASCII; with a dot before it, all below it."""
    name = host.removeprefix(".")
    try:
        parts = urlsplit(f"//{name}")
        found = _host(parts) if parts.netloc == name and parts.port is None and parts.username is None else ""
    except ValueError:
        found = ""
    if not HOST.fullmatch(found):
        raise ImproperlyConfigured(f"PISHKHAN_HOSTS holds names of hosts such as pishkhan.example.ir, not {host!r}.")
    return f".{found}" if host.startswith(".") else found


def _no_origin(text: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        "PISHKHAN_ORIGIN is the address of this deployment without a path, such as "
        f"https://pishkhan.example.ir, not {text!r}."
    )


def _is_of_this_machine(host: str) -> bool:
    try:
        found = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return found.is_loopback or found.is_unspecified


def _faults_of_certificate(told: Certificate, at: datetime) -> Iterator[Text]:
    for file in (told.file, told.key):
        try:
            file.read_bytes()
        except OSError as error:
            yield UNREADABLE.filled(file=file, why=error.strerror)
            return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(told.file, told.key, password=lambda: "")
    except OSError as error:  # ssl.SSLError is one
        yield NO_PAIR.filled(file=told.file, key=told.key, why=error.strerror or error)
        return
    found = x509.load_pem_x509_certificate(told.file.read_bytes())
    if not found.not_valid_before_utc <= at <= found.not_valid_after_utc:
        yield OUTDATED.filled(
            file=told.file, first=found.not_valid_before_utc.date(), last=found.not_valid_after_utc.date()
        )
