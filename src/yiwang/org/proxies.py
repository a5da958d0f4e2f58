"""The reverse proxies of an installation, and whom they were called by. Pure.

`X-Forwarded-For` is a list to which each proxy appends whom it was called by, so only its right end is written by
machines of ours. It is read from there, hop by hop, as long as the hop that wrote it is one of the named proxies
(RFC 7239 §8.1 gives the same reading). A header that comes from anybody else counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from .networks import Address, Network, read_address

UNKNOWN = "-"


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
