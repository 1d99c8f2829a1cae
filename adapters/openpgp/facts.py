"""What a person must know of a certificate: for the configuration's checks and `broker keys`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr

from pysequoia import ArmorKind, Cert, armor

from adapters.openpgp.certificates import Certificate, CertificateUnreadable, read_certificate
from broker.domain.partner import Vingerafdruk


@dataclass(frozen=True, slots=True)
class CertificateFacts:
    """A certificate in a few words. `expires` is aware, None when it never does.

    `can_encrypt` and `can_sign`: a key with that use is there, not revoked, and bound to the
    certificate by a strong hash; whether it is expired follows from `expires`.
    """

    fingerprint: Vingerafdruk
    expires: datetime | None
    revoked: bool
    can_encrypt: bool
    can_sign: bool


def inspect_certificate(encoded: bytes) -> CertificateFacts:
    """Read one certificate, armored or binary. Raises ValueError for what is none."""
    try:
        certificate = read_certificate(encoded)
    except CertificateUnreadable as fault:
        raise ValueError(str(fault)) from None
    sound = [key for key in certificate.keys if key.bound and not key.revoked]
    return CertificateFacts(
        fingerprint=certificate.fingerprint,
        expires=certificate.primary.expires,
        revoked=certificate.primary.revoked,
        can_encrypt=any(key.encrypts for key in sound),
        can_sign=any(key.signs for key in sound),
    )


def addresses(certificate: Certificate) -> tuple[str, ...]:
    """The mail addresses in the user ids, by which mail programs find the key; lower case."""
    found = (
        parseaddr(str(user_id))[1] for user_id in Cert.from_bytes(certificate.encoded).user_ids
    )
    return tuple(address.lower() for address in found if address)


def armored(certificate: Certificate) -> bytes:
    """The public certificate as a person can mail it."""
    return armor(certificate.encoded, ArmorKind.PublicKey).encode("ascii")
