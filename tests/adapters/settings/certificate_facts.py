"""Reads certificates for these tests as the broker's own OpenPGP adapter would."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pysequoia


@dataclass(frozen=True)
class Facts:
    """What the settings ask of a certificate."""

    fingerprint: str
    expires: datetime | None
    revoked: bool
    can_encrypt: bool
    can_sign: bool


def inspect(content: bytes) -> Facts:
    """The facts of one certificate. Raises ValueError for what is none."""
    try:
        certificate = pysequoia.Cert.from_bytes(content)
    except Exception as refused:
        raise ValueError from refused
    try:
        pysequoia.encrypt(recipients=[certificate], bytes=b"")
    except Exception:  # noqa: BLE001  the binding raises nothing narrower
        can_encrypt = False
    else:
        can_encrypt = True
    return Facts(
        fingerprint=certificate.fingerprint.upper(),
        expires=certificate.expiration,
        revoked=certificate.is_revoked,
        can_encrypt=can_encrypt,
        can_sign=True,
    )
