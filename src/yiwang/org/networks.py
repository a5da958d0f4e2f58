"""Addresses and networks as proxies and settings write them. Pure."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address


Network = IPv4Network | IPv6Network


NAMED = {
    "loopback": ("127.0.0.0/8", "::1/128"),
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
}


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


def together(address: str) -> str:
    """What is counted as one visitor: an IPv4 address, or the /64 of an IPv6 one, which is one household or office.

    >>> together("2001:db8:1:2:aaaa::1")
    '2001:db8:1:2::/64'
    """
    found = read_address(address)
    return str(ip_network(f"{found}/64", strict=False)) if isinstance(found, IPv6Address) else address
