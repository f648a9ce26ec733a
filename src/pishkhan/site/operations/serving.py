"""Beginning to serve: at which port, with which certificate, and what stands in the way of it."""

import dataclasses
from argparse import ArgumentParser
from dataclasses import dataclass
from typing import Any, TextIO

from django.conf import settings
from django.core.management import CommandError

from pishkhan.journal import clock
from pishkhan.site.command_line import arguments
from pishkhan.site.configuration.addressing import Address, Certificate, certificate_for, faults_of

from .demonstration import accounts
from .deployment import is_demo, is_live
from .running import expect_free, together


@dataclass(frozen=True)
class Place:
    """Where the web process listens, and the certificate with which it does."""

    host: str
    port: int
    certificate: Certificate | None

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http{'s' if self.certificate else ''}://{host}:{self.port}"


def add_place(parser: ArgumentParser) -> None:
    """The options that say where to listen."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=arguments.port, default=8000)
    parser.add_argument("--certificate", default="", metavar="FILE", help="serve TLS with it (PISHKHAN_CERTIFICATE)")
    parser.add_argument("--key", default="", metavar="FILE", help="of the certificate (PISHKHAN_CERTIFICATE_KEY)")


def place_from(told: dict[str, Any]) -> Place:
    """Where to listen; a CommandError, with every reason, if it must not or cannot be."""
    origin: Address = settings.ADDRESS
    given = certificate_for(origin.origin, told["certificate"], told["key"])
    address = dataclasses.replace(origin, certificate=given) if given else origin
    if faults := list(faults_of(address, live=is_live(), at=clock.machine_now())):
        raise CommandError("\n".join(fault.en for fault in faults))
    place = Place(told["host"], told["port"], address.certificate)
    expect_free(place.host, place.port)
    return place


def serve_at(place: Place, language: str, out: TextIO) -> None:
    """Run the whole deployment, and say where it is found once it listens; of a demo, who can sign in."""

    def listening() -> None:
        out.write("\n".join(["", place.address, *(accounts(language) if is_demo() else ()), "Ctrl-C ends it.", ""]))
        out.flush()

    together(place.host, place.port, place.certificate, listening)
