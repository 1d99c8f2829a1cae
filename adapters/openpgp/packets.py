"""Reads the outside of an OpenPGP message (RFC 9580, sections 4 to 6) without any key.

Whatever comes in is hostile. Out comes one encrypted container, or the reason why there is none.
The engines get a message that was built anew: only session keys that can be ours, then the
container with one definite length. So neither of them ever sees armor, foreign packets, or data
before or behind the container.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from adapters.openpgp.engine import MAX_MESSAGE
from broker.domain.partner import Vingerafdruk
from broker.ports import OpenReason, Unopened

PKESK, SIGNATURE, SKESK, ONE_PASS, SED, MARKER = 1, 2, 3, 4, 9, 10
LITERAL, SEIPD, AED, PADDING = 11, 18, 20, 21
_FIRST_PARTIAL = 512
_MAX_CHUNKS = 8192
_MAX_SESSION_KEYS = 8
_HIDDEN = frozenset({"", "0" * 16})


class Malformed(Exception):
    """The bytes are no sequence of packets. Names no byte of them."""


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet: its tag, and its body without header and chunk lengths."""

    tag: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Container:
    """One encrypted, integrity-protected container with the session keys that can be ours.

    `message` is the whole of it, binary, built anew. `hidden` says that no session key names us:
    they are for a hidden recipient. `seal` is the SHA-256 over the body of the container.
    """

    message: bytes = field(repr=False)
    seal: bytes
    hidden: bool


def read_container(message: bytes, *, ours: Collection[Vingerafdruk]) -> Container | Unopened:
    """The encrypted container of a message, armored or binary, for one of our decryption keys."""
    if len(message) > MAX_MESSAGE:
        return Unopened(OpenReason.TE_GROOT)
    binary = dearmor(message)
    if binary is None:
        return Unopened(OpenReason.GEEN_OPENPGP)
    session_keys: list[bytes] = []
    first = True
    packets = walk(binary)
    try:
        for packet in packets:
            match packet.tag:
                case 1:  # PKESK
                    session_keys.append(packet.body)
                case 3 | 10 | 21:  # SKESK, Marker, Padding: of no use to us
                    pass
                case 9:  # SED: decrypts to anything that an attacker likes
                    return Unopened(OpenReason.GEEN_INTEGRITEIT)
                case 18:
                    if next(packets, None) is not None or packet.body[:1] not in (b"\1", b"\2"):
                        return Unopened(OpenReason.BESCHADIGD)
                    return _address(packet.body, session_keys, ours)
                case _ if first:
                    return Unopened(OpenReason.GEEN_OPENPGP)
                case _:
                    return Unopened(OpenReason.BESCHADIGD)
            first = False
    except Malformed:
        return Unopened(OpenReason.GEEN_OPENPGP if first else OpenReason.BESCHADIGD)
    return Unopened(OpenReason.GEEN_OPENPGP if first else OpenReason.BESCHADIGD)


def dearmor(message: bytes, kind: bytes = b"MESSAGE") -> bytes | None:
    """The binary form of a message; None when it is neither binary nor one whole armor of its kind.

    Only white space may stand around the armor. The checksum is left alone (RFC 9580, 6.1:
    it must not decide); integrity is proved by the container itself.
    """
    if message[:1] >= b"\x80":
        return message
    text = message.strip()
    begin, end = b"-----BEGIN PGP %s-----" % kind, b"-----END PGP %s-----" % kind
    if not text.startswith(begin) or not text.endswith(end):
        return None
    lines = text[len(begin) : -len(end)].split(b"\n")
    if lines[0].strip() or len(lines) < 3 or lines[-1]:
        return None
    body = iter(line.strip() for line in lines[1:-1])
    for line in body:
        if not line:
            break
        if b": " not in line and not line.endswith(b":"):
            return None
    data = list(body)
    while data and not data[-1]:
        data.pop()
    if data and data[-1].startswith(b"="):
        data.pop()
    try:
        return base64.b64decode(b"".join(data), validate=True)
    except binascii.Error:
        return None


def walk(data: bytes) -> Iterator[Packet]:
    """Every packet of the outermost level, in order. Raises Malformed, also after some packets."""
    at = 0
    while at < len(data):
        header = data[at]
        if not header & 0x80:
            raise Malformed
        if header & 0x40:
            tag = header & 0x3F
            body, at = _new_body(data, at + 1, tag)
        else:
            tag = (header >> 2) & 0x0F
            if tag == SED:
                # Its length does not matter: it is refused for what it is.
                yield Packet(SED, b"")
                return
            size = 1 << (header & 3)
            if size == 8:
                raise Malformed
            length = int.from_bytes(_take(data, at + 1, size))
            body, at = _take(data, at + 1 + size, length), at + 1 + size + length
        yield Packet(tag, body)


def frame(tag: int, body: bytes) -> bytes:
    """One packet with a header of the present format and a definite length."""
    if len(body) < 192:
        return bytes((0xC0 | tag, len(body))) + body
    return bytes((0xC0 | tag, 255)) + len(body).to_bytes(4) + body


def _new_body(data: bytes, at: int, tag: int) -> tuple[bytes, int]:
    chunks: list[bytes] = []
    while True:
        first = _take(data, at, 1)[0]
        at += 1
        partial = 224 <= first < 255
        if first < 192:
            length = first
        elif first < 224:
            length = ((first - 192) << 8) + _take(data, at, 1)[0] + 192
            at += 1
        elif partial:
            length = 1 << (first & 0x1F)
            short = not chunks and length < _FIRST_PARTIAL
            if short or tag not in (SED, SEIPD, AED) or len(chunks) >= _MAX_CHUNKS:
                raise Malformed
        else:
            length = int.from_bytes(_take(data, at, 4))
            at += 4
        chunks.append(_take(data, at, length))
        at += length
        if not partial:
            return b"".join(chunks), at


def _take(data: bytes, at: int, length: int) -> bytes:
    if length > len(data) - at:
        raise Malformed
    return data[at : at + length]


def _address(
    body: bytes, session_keys: list[bytes], ours: Collection[Vingerafdruk]
) -> Container | Unopened:
    seal = hashlib.sha256(body).digest()
    named, hidden = [], []
    for session_key in session_keys:
        recipient = _recipient(session_key)
        if recipient is None:
            continue
        if recipient in _HIDDEN:
            hidden.append(session_key)
        elif any(_is_key(recipient, fingerprint) for fingerprint in ours):
            named.append(session_key)
    usable = (named or hidden)[:_MAX_SESSION_KEYS]
    if not usable:
        return Unopened(OpenReason.NIET_VOOR_ONS, seal)
    message = b"".join(frame(PKESK, key) for key in usable) + frame(SEIPD, body)
    return Container(message, seal, hidden=not named)


def _recipient(body: bytes) -> str | None:
    """To whom a session key is: a key id (version 3), a fingerprint (6), '' for hidden."""
    match body[:1]:
        case b"\3" if len(body) > 9:
            return body[1:9].hex().upper()
        case b"\6" if len(body) > 1 and len(body) > 1 + body[1]:
            # The octet before the fingerprint is the version of the key.
            return body[3 : 2 + body[1]].hex().upper() if body[1] else ""
        case _:
            return None


def _is_key(recipient: str, fingerprint: str) -> bool:
    if len(recipient) == 16 and len(fingerprint) == 40:
        return fingerprint.endswith(recipient)
    return recipient == fingerprint
