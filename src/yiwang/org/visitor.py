"""Who a visitor is: the address behind the proxies that are named, and nobody else's word for it.

`X-Forwarded-For` is a list to which each proxy appends whom it was called by, so only its right end is written by
machines of ours. It is read from there, hop by hop, as long as the hop that wrote it is one of the named proxies
(RFC 7239 §8.1 gives the same reading). A header that comes from anybody else counts for nothing.

Used by the counters of tries (`limits`), the sign-in's lock and log (Axes) and the program's log.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.conf import settings

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

NAMED = {
    "loopback": ("127.0.0.0/8", "::1/128"),
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
}
UNKNOWN = "-"
_WITH_PORT = re.compile(r"([0-9.]{7,15}):[0-9]{1,5}|\[([0-9A-Fa-f:.%a-z]{2,60})\](?::[0-9]{1,5})?")


def read_address(text: str) -> Address | None:
    """An address as proxies write it: with or without a port, brackets, quotes, a zone; None for anything else.

    >>> read_address("203.0.113.7:51544"), read_address('"[2001:db8::7]:443"'), read_address("::ffff:203.0.113.7")
    (IPv4Address('203.0.113.7'), IPv6Address('2001:db8::7'), IPv4Address('203.0.113.7'))
    """
    bare = text.strip().strip('"')
    if len(bare) > 70 or not bare.isascii():
        return None
    if found := _WITH_PORT.fullmatch(bare):
        bare = found[1] or found[2]
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def read_networks(text: str) -> tuple[Network, ...]:
    """Addresses and networks, separated by commas, or the words `loopback` and `private`.

    Raises ValueError with the part that is neither.
    """
    networks: list[Network] = []
    for part in (one.strip() for one in text.split(",")):
        for network in NAMED.get(part, (part,) if part else ()):
            try:
                networks.append(ip_network(network, strict=False))
            except ValueError:
                raise ValueError(network) from None
    return tuple(networks)


@dataclass(frozen=True, slots=True)
class Proxies:
    """The reverse proxies of this installation.

    networks  where they call from
    hops      how many of them a request passes one after another; what the last of them says is the visitor,
              wherever they sit (an office behind a proxy has private addresses too)
    """

    networks: tuple[Network, ...] = ()
    hops: int = 1

    def trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in network for network in self.networks)

    def visitor(self, peer: str, forwarded: str) -> str:
        """The visitor's address.

        peer       whoever opened the connection
        forwarded  the values of all X-Forwarded-For headers, in their order, joined by commas
        """
        nearest = read_address(peer)
        if nearest is None:
            return UNKNOWN
        if not self.trusts(nearest):
            return str(nearest)
        for said in reversed(forwarded.rsplit(",", self.hops)[-self.hops :] if forwarded else ()):
            address = read_address(said)
            if address is None:  # a proxy that does not know, or garbage: the hop before it is all that is known
                break
            nearest = address
            if not self.trusts(address):
                break
        return str(nearest)


def together(address: str) -> str:
    """What is counted as one visitor: an IPv4 address, or the /64 of an IPv6 one, which is one household or office.

    >>> together("2001:db8:1:2:aaaa::1")
    '2001:db8:1:2::/64'
    """
    found = read_address(address)
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else address


# --- in a request -----------------------------------------------------------------------------------------------------

_current: ContextVar[str] = ContextVar("visitor", default=UNKNOWN)


def visitor(request: object) -> str:
    """The visitor's address of a Django request; `-` when nobody knows."""
    known: str | None = getattr(request, "visitor", None)
    if known is None:
        meta: dict[str, str] = request.META  # type: ignore[attr-defined]
        proxies: Proxies = settings.YIWANG_PROXIES
        known = proxies.visitor(meta.get("REMOTE_ADDR", ""), meta.get("HTTP_X_FORWARDED_FOR", ""))
        request.visitor = known  # type: ignore[attr-defined]
    return known


def visitor_for_axes(request: object) -> str | None:
    """The same for Axes (AXES_CLIENT_IP_CALLABLE), which keeps addresses in a column of addresses."""
    known = visitor(request)
    return None if known == UNKNOWN else known


class VisitorMiddleware:
    """The first of all: says who comes, and takes away what only a named proxy may say."""

    def __init__(self, get_response: Callable[..., object]) -> None:
        self.get_response = get_response

    def __call__(self, request: object) -> object:
        meta: dict[str, str] = request.META  # type: ignore[attr-defined]
        if not settings.YIWANG_PROXIES.trusts(read_address(meta.get("REMOTE_ADDR", ""))):
            for name in [name for name in meta if name.startswith("HTTP_X_FORWARDED_") or name == "HTTP_FORWARDED"]:
                del meta[name]
        before = _current.set(visitor(request))
        try:
            return self.get_response(request)
        finally:
            _current.reset(before)


class InLog(logging.Filter):
    """Every line of the log names the visitor of the request in which it was written; `-` outside of one."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)  # Django tells of an answer when all middleware is through
        record.visitor = visitor(request) if hasattr(request, "META") else _current.get()
        return True
