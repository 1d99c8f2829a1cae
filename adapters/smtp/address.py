"""The addresses that may stand on a line of SMTP: plain ASCII `local@domain`, nothing quoted.

RFC 5321 section 4.1.2 without quoted strings, source routes and address literals: nobody in a
zorgnetwerk has one, and each has been a way to smuggle something past a server.
"""

from __future__ import annotations

import re

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(?:\.{_LABEL})*", re.ASCII)
_MAILBOX = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_HOST.pattern}", re.ASCII)

_LONGEST = 254
"""RFC 5321 section 4.5.3.1.3: 256 octets with the angle brackets."""


def is_mailbox(address: str) -> bool:
    """Whether this is an address that we take on a line of SMTP, or write on one."""
    return len(address) <= _LONGEST and _MAILBOX.fullmatch(address) is not None


def domain_of(address: str) -> str:
    """The domain of an address, in lower case."""
    return address.rpartition("@")[2].lower()


def is_host(name: str) -> bool:
    """Whether this can be the name of a server; the DNS can hold any octet."""
    return len(name) <= _LONGEST and _HOST.fullmatch(name) is not None
