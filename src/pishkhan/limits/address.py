"""Whose address a request came from: one function for every limit."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

PREFIX = 64  # bits of an IPv6 address that one household or company has to itself
LETTERS = 64  # of what is no address at all


def address_of(request: HttpRequest) -> str:
    """The client's address as the proxies in front tell it; of IPv6 the network that is one client's."""
    given = (BaseThrottle().get_ident(request) or "")[:LETTERS]
    try:
        address = ip_address(given)
    except ValueError:
        return given
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Network((address.packed, PREFIX), strict=False).network_address)
