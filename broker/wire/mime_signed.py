"""What a multipart/signed with an OpenPGP signature holds (RFC 1847, RFC 3156 section 5).

Structure alone: nothing is verified here. What comes out is exact, since a signature is over bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from broker.wire.mime_entity import (
    Entity,
    Unreadable,
    decode_body,
    first_parts,
    read_entity,
    split_headers,
)
from broker.wire.mime_parameters import parse_content_type

_SIGNED = "multipart/signed"
_SIGNATURE = "application/pgp-signature"
_BARE_RETURN = re.compile(rb"\r(?!\n)")


@dataclass(frozen=True, slots=True)
class Signed:
    """The first part with its headers, with CRLF line ends as it was signed, and its signature.

    The line end before the boundary belongs to the boundary. `signature` has no transfer encoding.
    """

    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def read_signed(raw: bytes) -> Signed | None:
    """The signed part of an entity that is a multipart/signed as a whole, of exactly two parts.

    None for anything else: another protocol, more parts, headers that can be read in two ways, or
    a bare CR, of which signers do not agree whether it ends a line. Linear; never raises.
    """
    split = split_headers(raw)
    if isinstance(split, Unreadable):
        return None
    headers, body = split
    media_type, parameters = parse_content_type(headers.first("content-type"))
    protocol = parameters.get("protocol", "").strip().lower()
    is_read_one_way = headers.clean and len(headers.all("content-type")) == 1
    if (media_type, protocol) != (_SIGNED, _SIGNATURE) or not is_read_one_way:
        return None
    parts = first_parts(body, parameters, most=3)
    if isinstance(parts, Unreadable) or len(parts) != 2 or _BARE_RETURN.search(parts[0]):
        return None
    last = read_entity(parts[1])
    if not isinstance(last, Entity) or last.media_type != _SIGNATURE:
        return None
    signature = decode_body(last)
    if isinstance(signature, Unreadable):
        return None
    canonical = parts[0].replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return Signed(canonical, signature)


def holds_signature(raw: bytes) -> bool:
    """Whether an OpenPGP signature stands in any part of an entity, whatever it is over."""
    root = read_entity(raw)
    return isinstance(root, Entity) and any(e.media_type == _SIGNATURE for e in root.walk())
