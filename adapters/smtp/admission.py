"""Who may come in: so many connections at once, and not all of them from one client."""

from __future__ import annotations

import ipaddress
from collections import Counter


class Admission:
    """Counts the connections that were let in, of all clients and of each.

    Addresses of this machine are counted as any other: a relay before us keeps to few
    connections, and a client that reaches us through it can hold none of them.
    """

    def __init__(self, *, connections: int, per_peer: int) -> None:
        self._connections = connections
        self._per_peer = per_peer
        self._inside: Counter[str] = Counter()

    def enter(self, peer: str) -> bool:
        """Whether one more of this peer may come in; who may is counted until `leave`."""
        if self._inside.total() >= self._connections or self._inside[peer] >= self._per_peer:
            return False
        self._inside[peer] += 1
        return True

    def leave(self, peer: str) -> None:
        """One of this peer is gone."""
        self._inside[peer] -= 1
        if not self._inside[peer]:
            del self._inside[peer]


def peer_of(host: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 that an IPv6 client has to itself."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.IPv6Address(int(address) >> 64 << 64))
