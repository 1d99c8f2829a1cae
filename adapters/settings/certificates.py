"""Reads the pinned certificates, and says which of them cannot be what was pinned."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from adapters.settings.faults import Findings
from adapters.settings.tables import read_bytes
from broker.domain.partner import Vingerafdruk

FOLDER = "certificaten"


class CertificateFacts(Protocol):
    """What must be known of a certificate. `expires` is aware, None when it never does."""

    @property
    def fingerprint(self) -> str: ...
    @property
    def expires(self) -> datetime | None: ...
    @property
    def revoked(self) -> bool: ...
    @property
    def can_encrypt(self) -> bool: ...
    @property
    def can_sign(self) -> bool: ...


InspectCertificate = Callable[[bytes], CertificateFacts]
"""Reads one certificate, armored or binary. Raises ValueError for what is none."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A fingerprint that somewhere in the network's file is pinned, and whether it must sign."""

    place: str
    fingerprint: Vingerafdruk
    signs: bool = True


def certificate_name(fingerprint: str) -> str:
    """The name of the file that holds a certificate."""
    return f"{fingerprint}.asc"


def read_certificates(
    pins: Iterable[Pin],
    *,
    folder: Path,
    now: datetime,
    inspect: InspectCertificate,
    findings: Findings,
) -> Mapping[Vingerafdruk, bytes]:
    """The certificates that are what was pinned.

    That a certificate expired or was revoked is a notice and no fault: it happens by itself, and a
    broker that runs must be able to start again. Nothing is sent to such a key, and nothing
    accepted from it.
    """
    certificates: dict[Vingerafdruk, bytes] = {}
    for pin in pins:
        name = f"{FOLDER}/{certificate_name(pin.fingerprint)}"
        content = read_bytes(folder / certificate_name(pin.fingerprint))
        if isinstance(content, str):
            findings.fault(
                pin.place, f"has no certificate: {name} {content}", hint="pin it: broker keys pin"
            )
        elif b"PRIVATE KEY" in content:
            findings.fault(
                pin.place,
                f"has a secret key in {name}",
                hint="ask for the public certificate, and tell the owner that the key leaked",
            )
        elif _is_pinned(content, pin, name=name, now=now, inspect=inspect, findings=findings):
            certificates[pin.fingerprint] = content
    return certificates


def _is_pinned(
    content: bytes,
    pin: Pin,
    *,
    name: str,
    now: datetime,
    inspect: InspectCertificate,
    findings: Findings,
) -> bool:
    try:
        facts = inspect(content)
    except ValueError:
        findings.fault(
            pin.place,
            f"has a certificate that cannot be read: {name}",
            hint="export it again: gpg --armor --export",
        )
        return False
    if facts.fingerprint.upper() != pin.fingerprint:
        findings.fault(
            pin.place,
            f"does not fit its certificate: {name} holds another key",
            hint="compare the fingerprint with the owner by telephone, and pin it again",
        )
        return False
    if facts.revoked:
        findings.notice(pin.place, "is of a key that was revoked", hint="pin the owner's new key")
    elif facts.expires is not None and facts.expires <= now:
        findings.notice(
            pin.place,
            "is of a key that expired",
            hint="ask the owner to extend it, or pin the new one",
        )
    else:
        _check_capable(facts, pin, findings)
    return True


def _check_capable(facts: CertificateFacts, pin: Pin, findings: Findings) -> None:
    if not facts.can_encrypt:
        findings.fault(
            pin.place,
            "is of a key that nothing can be encrypted to",
            hint="the owner adds an encryption subkey and exports the key again",
        )
    if pin.signs and not facts.can_sign:
        findings.fault(
            pin.place, "is of a key that cannot sign", hint="the owner needs a key that signs"
        )
