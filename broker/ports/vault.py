"""The vault: the workers that hold the keys. No secret key ever crosses this port."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from broker.domain.partner import Vingerafdruk


class OpenReason(StrEnum):
    """Why a message was not opened. Stable codes; the operator sees them, a stranger never does."""

    GEEN_OPENPGP = "geen-openpgp"
    """Not an OpenPGP message at all, or one that is not encrypted."""
    NIET_VOOR_ONS = "niet-voor-ons"
    """Encrypted, but to another key: often an old key of the broker."""
    BESCHADIGD = "beschadigd"
    """Changed, cut off, continued, or not one message in one container."""
    GEEN_INTEGRITEIT = "geen-integriteit"
    """Encrypted without integrity protection: it can decrypt to anything."""
    NIET_ONDERTEKEND = "niet-ondertekend"
    """Decrypted, and nobody signed what is in it."""
    DEELS_ONDERTEKEND = "deels-ondertekend"
    """Decrypted, and a signature stands in it that is not over all of it."""
    MEER_HANDTEKENINGEN = "meer-handtekeningen"
    """More than one signature: it would not say who speaks."""
    ONBEKENDE_ONDERTEKENAAR = "onbekende-ondertekenaar"
    """Signed by a key that is not pinned."""
    HANDTEKENING_ONGELDIG = "handtekening-ongeldig"
    """The signature of a pinned key that is not good over what is in it."""
    ZWAKKE_HASH = "zwakke-hash"
    """Signed, or the key bound, by a hash that can be forged, such as SHA-1."""
    SLEUTEL_VERLOPEN = "sleutel-verlopen"
    """Signed by a pinned key that is past its last day."""
    SLEUTEL_INGETROKKEN = "sleutel-ingetrokken"
    """Signed by a pinned key that was revoked."""
    TE_GROOT = "te-groot"
    """More than the limits on a message, or on what it unpacks to."""
    TE_LANG = "te-lang"
    """Opening it took more time than a message may."""


class LetterReason(StrEnum):
    """Why a letter was not sealed: the recipient's certificate cannot be used now."""

    GEEN_CERTIFICAAT = "geen-certificaat"
    SLEUTEL_VERLOPEN = "sleutel-verlopen"
    SLEUTEL_INGETROKKEN = "sleutel-ingetrokken"
    GEEN_VERSLEUTELSLEUTEL = "geen-versleutelsleutel"


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that was decrypted, intact, and signed exactly once by a pinned, valid key.

    `plaintext` is what was signed, every byte of it; of a multipart/signed (RFC 3156, section 6.1)
    its first part with CRLF line ends, as it was signed. `seal` is equal for a replay, different
    for a new message with equal words: a SHA-256 over the encrypted container itself (the body of
    the integrity-protected packet, free of armor, framing and session-key packets), or in layers
    over what the signature covers, so that the same signed words encrypted anew are a replay too.
    """

    plaintext: bytes = field(repr=False)
    signer: Vingerafdruk
    seal: bytes


@dataclass(frozen=True, slots=True)
class Unopened:
    """A message of which nothing may be used. `seal` is empty when there was no container."""

    reason: OpenReason
    seal: bytes = b""


@dataclass(frozen=True, slots=True)
class FieldAddress:
    """Where a sealed field lives; bound to the ciphertext as associated data."""

    table: str
    column: str
    row: str
    version: int


@dataclass(frozen=True, slots=True)
class Field:
    """One field: cleartext to be sealed, or ciphertext to be unsealed."""

    address: FieldAddress
    value: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Letter:
    """Cleartext to be signed by the broker and encrypted to one pinned certificate."""

    recipient: Vingerafdruk
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Work:
    """One crossing to the worker: fields to unseal, fields to seal, letters to close, and words of
    which a blind index is made.

    `casus_key` is the wrapped casus key for the fields; `new_key` asks for a fresh one instead.
    """

    now: datetime
    casus_key: bytes | None = None
    new_key: bool = False
    unseal: tuple[Field, ...] = ()
    seal: tuple[Field, ...] = ()
    letters: tuple[Letter, ...] = ()
    index: tuple[bytes, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Done:
    """What came back, in the order of the work: a letter is armored, or the reason why not.

    Of each word in `index` there is one blind index under each master key, the newest first: equal
    for equal words, for as long as that master key exists, and to be undone by nobody who has it
    not.
    """

    casus_key: bytes | None
    unsealed: tuple[bytes, ...] = field(repr=False)
    sealed: tuple[bytes, ...] = field(repr=False)
    letters: tuple[bytes | LetterReason, ...] = field(repr=False)
    indexed: tuple[tuple[bytes, ...], ...] = ()


class VaultFailed(Exception):
    """The worker crashed, hung or is not there. A fault of our own: try again later."""


class FieldUnreadable(Exception):
    """A sealed field does not open: wrong key, moved, or changed. Names the address, no content."""


class Vault(Protocol):
    """The worker processes that hold the broker's secret key and the master key."""

    async def open_message(self, message: bytes, *, now: datetime) -> Opened | Unopened:
        """Decrypt and verify one OpenPGP message, armored or binary. Raises VaultFailed."""

    async def cross(self, work: Work) -> Done:
        """Do all the work in one crossing. Raises VaultFailed, FieldUnreadable."""
