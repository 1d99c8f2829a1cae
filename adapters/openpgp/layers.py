"""A signature beside what it signs, inside the encryption (RFC 3156, section 6.1).

Here is judged who signed, and whether he may, as for a signature in the OpenPGP message itself.
The engines verify that it is good over exactly these bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from pysequoia.packet import Packet as SignaturePacket
from pysequoia.packet import PacketPile, SignatureType

from adapters.openpgp.certificates import STRONG_HASHES, Certificate, Key, Ring
from adapters.openpgp.packets import SIGNATURE, Malformed, Packet, dearmor, frame, walk
from broker.domain.partner import Vingerafdruk
from broker.ports import OpenReason
from broker.wire.mime_signed import holds_signature, read_signed

_OVER_A_DOCUMENT = (SignatureType.Binary, SignatureType.Text)


@dataclass(frozen=True, slots=True)
class Layer:
    """What a pinned key that may sign now says that it signed: nothing of it is verified yet.

    `signature` is the body of one signature packet. `seal` is a SHA-256 over what the signature
    covers: no other container and no change to the rest of the packet makes it another.
    """

    content: bytes = field(repr=False)
    signature: bytes = field(repr=False)
    certificate: Certificate
    key: Vingerafdruk
    seal: bytes


def read_layer(plaintext: bytes, *, ring: Ring, now: datetime) -> Layer | OpenReason:
    """The signed part that is the whole of a decrypted message, or why it counts for nothing.

    NIET_ONDERTEKEND without any signature; DEELS_ONDERTEKEND where one stands in it that is not
    over all of it, the bytes around a multipart/signed excepted, which nobody sees.
    """
    signed = read_signed(plaintext)
    if signed is None:
        partly = holds_signature(plaintext)
        return OpenReason.DEELS_ONDERTEKEND if partly else OpenReason.NIET_ONDERTEKEND
    packet = _one_signature(signed.signature)
    if isinstance(packet, OpenReason):
        return packet
    covered = _covered(packet.body)
    parsed = _parsed(packet)
    if covered is None or parsed is None or parsed.signature_type not in _OVER_A_DOCUMENT:
        return OpenReason.HANDTEKENING_ONGELDIG
    issuers = _issuers(parsed, ring)
    if not issuers:
        return OpenReason.ONBEKENDE_ONDERTEKENAAR
    certificate, key = issuers[0]
    fault = certificate.signer_fault(key.fingerprint, now=now)
    if fault is not None:
        return fault
    if parsed.hash_algorithm not in STRONG_HASHES:
        return OpenReason.ZWAKKE_HASH
    ends = parsed.signature_expiration_time
    if ends is not None and ends <= now:
        return OpenReason.HANDTEKENING_ONGELDIG
    seal = hashlib.sha256(signed.content + covered).digest()
    return Layer(signed.content, packet.body, certificate, key.fingerprint, seal)


def _one_signature(signature: bytes) -> Packet | OpenReason:
    binary = dearmor(signature, b"SIGNATURE")
    try:
        packets = list(walk(binary or b""))
    except Malformed:
        return OpenReason.HANDTEKENING_ONGELDIG
    if not packets or any(packet.tag != SIGNATURE for packet in packets):
        return OpenReason.HANDTEKENING_ONGELDIG
    return packets[0] if len(packets) == 1 else OpenReason.MEER_HANDTEKENINGEN


def _covered(body: bytes) -> bytes | None:
    """The part of a signature packet that is signed itself (RFC 9580, 5.2.4), of versions 4, 6."""
    size = {b"\4": 2, b"\6": 4}.get(body[:1])
    if size is None:
        return None
    return body[: 4 + size + int.from_bytes(body[4 : 4 + size])]


def _parsed(packet: Packet) -> SignaturePacket | None:
    try:
        found = list(PacketPile.from_bytes(frame(SIGNATURE, packet.body)))
    except RuntimeError:
        return None
    return found[0] if len(found) == 1 else None


def _issuers(parsed: SignaturePacket, ring: Ring) -> Sequence[tuple[Certificate, Key]]:
    handle = parsed.issuer_fingerprint or parsed.issuer_key_id
    return () if handle is None else ring.issuers(handle)
