"""Our own judgement of a pinned certificate, at every use and for both engines.

The engines look at the machine's clock, encrypt to expired certificates, and accept what a key
signed before it expired. So they are only asked about keys that passed here, at the moment that
the caller calls now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from pysequoia import Cert, Tsk
from pysequoia.packet import HashAlgorithm, Packet, PacketPile, SignatureType, Tag

from broker.domain.partner import Certificaten, Vingerafdruk
from broker.ports import LetterReason, OpenReason

STRONG_HASHES = (
    HashAlgorithm.SHA256,
    HashAlgorithm.SHA384,
    HashAlgorithm.SHA512,
    HashAlgorithm.SHA3_256,
    HashAlgorithm.SHA3_512,
)
_PRIMARY_BINDINGS = (
    SignatureType.DirectKey,
    SignatureType.GenericCertification,
    SignatureType.PersonaCertification,
    SignatureType.CasualCertification,
    SignatureType.PositiveCertification,
)


class CertificateUnreadable(Exception):
    """A pinned certificate cannot be used at all; says whose (a fingerprint) and why."""


@dataclass(frozen=True, slots=True)
class Key:
    """A primary key or subkey, as its newest strong binding signature describes it.

    `bound` is False when no binding with a strong hash (SHA-256 or better) is there.
    """

    fingerprint: Vingerafdruk
    created: datetime
    expires: datetime | None
    bound: bool
    revoked: bool
    signs: bool
    encrypts: bool

    def is_expired(self, now: datetime) -> bool:
        """Whether the key is past its last moment."""
        return self.expires is not None and self.expires <= now


@dataclass(frozen=True, slots=True)
class Certificate:
    """One pinned certificate: its primary key, its subkeys, and its public bytes (binary)."""

    primary: Key
    subkeys: tuple[Key, ...]
    encoded: bytes = field(repr=False)

    @property
    def fingerprint(self) -> Vingerafdruk:
        """The fingerprint by which it was pinned."""
        return self.primary.fingerprint

    @property
    def keys(self) -> tuple[Key, ...]:
        """The primary key and every subkey."""
        return (self.primary, *self.subkeys)

    @property
    def decryption_keys(self) -> frozenset[Vingerafdruk]:
        """Every key to which somebody may have encrypted, usable now or not."""
        return frozenset(key.fingerprint for key in self.keys if key.encrypts)

    def signer_fault(self, signer: Vingerafdruk, *, now: datetime) -> OpenReason | None:
        """Why this key of the certificate may not sign at `now`; None when it may."""
        key = next((key for key in self.keys if key.fingerprint == signer), None)
        if key is None:
            return OpenReason.ONBEKENDE_ONDERTEKENAAR
        if self.primary.revoked or key.revoked:
            return OpenReason.SLEUTEL_INGETROKKEN
        if not (self.primary.bound and key.bound):
            return OpenReason.ZWAKKE_HASH
        if self.primary.is_expired(now) or key.is_expired(now):
            return OpenReason.SLEUTEL_VERLOPEN
        return None if key.signs else OpenReason.HANDTEKENING_ONGELDIG

    def encryption_key(self, *, now: datetime) -> Vingerafdruk | LetterReason:
        """The newest key to which may be encrypted at `now`, or why there is none."""
        candidates = [key for key in self.keys if key.encrypts and key.bound]
        if self.primary.revoked:
            return LetterReason.SLEUTEL_INGETROKKEN
        if not candidates or not self.primary.bound:
            return LetterReason.GEEN_VERSLEUTELSLEUTEL
        if self.primary.is_expired(now):
            return LetterReason.SLEUTEL_VERLOPEN
        unrevoked = [key for key in candidates if not key.revoked]
        if not unrevoked:
            return LetterReason.SLEUTEL_INGETROKKEN
        usable = [key for key in unrevoked if not key.is_expired(now)]
        if not usable:
            return LetterReason.SLEUTEL_VERLOPEN
        return Vingerafdruk(max(usable, key=lambda key: key.created).fingerprint)

    def narrowed(self, encryption_key: Vingerafdruk) -> bytes:
        """The certificate with this subkey alone, so that no engine can pick another (binary)."""
        keep = True
        kept = []
        for packet in PacketPile.from_bytes(self.encoded):
            if packet.tag == Tag.PublicSubkey:
                keep = packet.fingerprint is not None and (
                    packet.fingerprint.upper() == encryption_key
                )
            if keep:
                kept.append(packet)
        return bytes(Cert.from_packets(kept))


def read_certificate(encoded: bytes) -> Certificate:
    """Parse one certificate, binary or armored. Raises CertificateUnreadable.

    Sequoia checks the cryptography of its self-signatures here and at each use; what we read from
    them can only narrow what it would allow.
    """
    try:
        given = list(PacketPile.from_bytes(encoded))
        cert = Cert.from_bytes(encoded)
        fingerprint = Vingerafdruk(cert.fingerprint.upper())
        public = bytes(cert)
        packets = list(PacketPile.from_bytes(public))
    except RuntimeError:
        # The text of the binding's error can hold a backtrace; `from None` keeps it out of ours.
        raise CertificateUnreadable("not one OpenPGP certificate") from None
    if any(packet.tag in (Tag.SecretKey, Tag.SecretSubkey) for packet in given):
        raise CertificateUnreadable(f"{fingerprint}: holds a secret key")
    try:
        expires, weak = cert.expiration, False
    except RuntimeError:
        expires, weak = None, True
    groups = _grouped(packets)
    primary = _primary(groups[0], [group for group in groups if group[0].tag == Tag.UserID])
    return Certificate(
        Key(
            fingerprint,
            primary.created,
            expires,
            bound=primary.bound and not weak,
            revoked=primary.revoked or cert.is_revoked,
            signs=primary.signs,
            encrypts=primary.encrypts,
        ),
        tuple(_subkey(group) for group in groups if group[0].tag == Tag.PublicSubkey),
        public,
    )


def public_part(secret: bytes) -> Certificate:
    """The certificate of a transferable secret key. Raises CertificateUnreadable."""
    try:
        public = bytes(Tsk.from_bytes(secret).extract_certificate())
    except RuntimeError:
        raise CertificateUnreadable("not one OpenPGP secret key") from None
    return read_certificate(public)


class Ring:
    """The pinned certificates, found by fingerprint or by what a signature names as its issuer.

    Raises CertificateUnreadable when one does not parse, is pinned under another fingerprint, or
    shares a key with another: then a signature would not say who speaks.
    """

    def __init__(self, certificates: Certificaten) -> None:
        self._pinned: dict[Vingerafdruk, Certificate] = {}
        self._issuers: dict[str, list[tuple[Certificate, Key]]] = defaultdict(list)
        seen: set[str] = set()
        for pinned, encoded in certificates.items():
            certificate = read_certificate(encoded)
            if certificate.fingerprint != pinned:
                raise CertificateUnreadable(
                    f"{pinned}: the certificate is {certificate.fingerprint}"
                )
            self._pinned[pinned] = certificate
            for key in certificate.keys:
                if key.fingerprint in seen:
                    raise CertificateUnreadable(f"{pinned}: shares a key with another certificate")
                seen.add(key.fingerprint)
                self._issuers[key.fingerprint].append((certificate, key))
                self._issuers[_key_id(key.fingerprint)].append((certificate, key))

    def find(self, fingerprint: Vingerafdruk) -> Certificate | None:
        """The certificate pinned under this fingerprint."""
        return self._pinned.get(fingerprint)

    def issuers(self, handle: str) -> tuple[tuple[Certificate, Key], ...]:
        """Whose key this is: a fingerprint or a 64-bit key id, in any case of letters."""
        return tuple(self._issuers.get(handle.upper(), ()))

    def all(self) -> Iterable[Certificate]:
        """Every pinned certificate."""
        return self._pinned.values()


def _key_id(fingerprint: str) -> str:
    # Versions 5 and 6 (64 digits) take the key id from the front, version 4 from the end.
    return fingerprint[:16] if len(fingerprint) == 64 else fingerprint[-16:]


def _grouped(packets: Iterable[Packet]) -> list[list[Packet]]:
    """Each key or user id with the signatures that follow it."""
    groups: list[list[Packet]] = []
    for packet in packets:
        if packet.tag == Tag.Signature and groups:
            groups[-1].append(packet)
        else:
            groups.append([packet])
    return groups


def _primary(group: list[Packet], user_ids: list[list[Packet]]) -> Key:
    signatures = [*group[1:], *(packet for user_id in user_ids for packet in user_id[1:])]
    key = group[0]
    own = [packet for packet in signatures if _is_issuer(packet, key)]
    revoked = any(packet.signature_type == SignatureType.KeyRevocation for packet in signatures)
    return _key(key, [p for p in own if p.signature_type in _PRIMARY_BINDINGS], revoked=revoked)


def _subkey(group: list[Packet]) -> Key:
    bindings = [p for p in group[1:] if p.signature_type == SignatureType.SubkeyBinding]
    revoked = any(p.signature_type == SignatureType.SubkeyRevocation for p in group[1:])
    return _key(group[0], bindings, revoked=revoked)


def _key(packet: Packet, bindings: list[Packet], *, revoked: bool) -> Key:
    strong = [binding for binding in bindings if binding.hash_algorithm in STRONG_HASHES]
    newest = max(strong, key=_created, default=None)
    flags = newest.key_flags if newest is not None else None
    validity = newest.key_validity_period if newest is not None else None
    created = packet.key_created
    if created is None or packet.fingerprint is None:
        raise CertificateUnreadable("a key without a moment of creation")
    return Key(
        Vingerafdruk(packet.fingerprint.upper()),
        created,
        None if validity is None else created + validity,
        bound=newest is not None,
        revoked=revoked,
        signs=flags is not None and flags.signing,
        encrypts=flags is not None and (flags.transport_encryption or flags.storage_encryption),
    )


def _created(signature: Packet) -> float:
    return signature.signature_created.timestamp() if signature.signature_created else 0.0


def _is_issuer(signature: Packet, key: Packet) -> bool:
    if signature.issuer_fingerprint is not None:
        return signature.issuer_fingerprint == key.fingerprint
    return signature.issuer_key_id is not None and signature.issuer_key_id == key.key_id
