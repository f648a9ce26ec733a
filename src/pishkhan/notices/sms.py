"""Handing notices to a provider of SMS over HTTP: its address, the body it takes and its headers are settings."""

import http.client
import json
import re
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from string import Template
from typing import Any, NoReturn
from urllib.error import HTTPError
from urllib.parse import quote, quote_plus, urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, Request, build_opener
from xml.sax.saxutils import escape

from .adapters import Message, NotDelivered

TOKEN = re.compile(r"[A-Z]{1,20}")
HERE = ("localhost", "127.0.0.1", "::1")
PLACES = {"to", "text", "id", "language"}
READ = 64 * 1024  # bytes of an answer that are looked at
WAITS = (408, 425, 429)  # of the answers 4xx those that say: later


class _Stays(HTTPRedirectHandler):
    """A message is handed to the address that was set, and carried nowhere else."""

    def redirect_request(self, *details: Any) -> None:
        return None


@dataclass(frozen=True)
class Texter:
    """A provider of SMS. `$to`, `$text`, `$id` and `$language` are set into address and body, as their form demands.

    The identifier of the notice goes along as the header Idempotency-Key, the same whenever it is sent again.
    """

    url: str = field(repr=False)  # it may hold a key
    body: str = '{"to": "$to", "text": "$text", "id": "$id"}'
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    expects: str = ""  # what an answer must hold to be a yes; whatever it says, if empty
    timeout: float = 20.0  # seconds
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def __post_init__(self) -> None:
        address = urlsplit(self.url)
        if not address.hostname or not TOKEN.fullmatch(self.method) or not self.url.isprintable() or " " in self.url:
            raise ValueError("A provider of SMS is spoken to at an address, by a method of HTTP.")
        if not (address.scheme == "https" or (address.scheme == "http" and address.hostname in HERE)):
            raise ValueError("A provider of SMS is spoken to by https, by http on this machine only.")
        for template in (Template(self.url), Template(self.body)):
            if not template.is_valid() or set(template.get_identifiers()) - PLACES:
                raise ValueError(f"Address and body of an SMS know {', '.join(sorted(PLACES))}, and a dollar as $$.")

    def send(self, message: Message) -> None:
        opener = build_opener(_Stays, HTTPSHandler(context=self.trust))
        try:
            with opener.open(self._request(message), timeout=self.timeout) as answer:
                text = answer.read(READ).decode("utf-8", "replace")
        except HTTPError as error:
            _refuse(error)
        except (OSError, http.client.HTTPException, UnicodeError):  # that of a host that none can be called
            raise NotDelivered("sms-unreachable") from None
        if self.expects not in text:
            raise NotDelivered("sms-refused")

    def _request(self, message: Message) -> Request:
        fields = {"to": message.to, "text": message.text, "id": message.id, "language": message.language}
        headers = {"Content-Type": "application/json; charset=utf-8", **self.headers, "Idempotency-Key": message.id}
        fit = _fitting(headers["Content-Type"])
        body = _set_in(self.body, fields, fit).encode() if self.method != "GET" else None
        return Request(  # noqa: S310  __post_init__ asked for its scheme
            _set_in(self.url, fields, lambda value: quote(value, safe="")),
            body,
            headers,
            method=self.method,
        )


def _set_in(template: str, values: Mapping[str, str], fit: Callable[[str], str]) -> str:
    return Template(template).substitute({name: fit(value) for name, value in values.items()})


def _fitting(media_type: str) -> Callable[[str], str]:
    """How a value is written into a body of some type, so that no text can say more than a text."""
    if "json" in media_type:
        return lambda value: json.dumps(value, ensure_ascii=False)[1:-1]
    if "xml" in media_type:
        return lambda value: escape(value, {'"': "&quot;", "'": "&apos;"})
    return quote_plus if "urlencoded" in media_type else lambda value: value


def _refuse(error: HTTPError) -> NoReturn:
    error.close()
    later = error.code >= 500 or error.code in WAITS
    raise NotDelivered("sms-unreachable" if later else "sms-refused") from None
