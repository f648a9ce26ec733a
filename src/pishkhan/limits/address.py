"""Whose address a request came from: one function for every limit."""

from ipaddress import IPv6Address, IPv6Network, ip_address

from django.http import HttpRequest
from ninja.throttling import BaseThrottle

PREFIX = 64  # bits of an IPv6 address that one household or company has to itself
LETTERS = 64  # of what is no address at all


def address_of(request: HttpRequest) -> str:
    """The client's address as the proxies in front tell it; of IPv6 the network that is one client's."""
    stated = (BaseThrottle().get_ident(request) or "")[:LETTERS]
    try:
        found = ip_address(stated)
    except ValueError:
        return stated
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found.packed, PREFIX), strict=False).network_address)
