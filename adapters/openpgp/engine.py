"""The contract that both OpenPGP engines keep, and the one answer that only an engine gives.

An engine lives inside a worker process. It never returns plaintext before the integrity of the
container and the signature over all of it are both proved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from broker.domain.partner import Vingerafdruk
from broker.ports import LetterReason, Opened, Unopened

MAX_MESSAGE = 2 * 1024 * 1024
"""Bytes of an OpenPGP message, armor included; more is refused before anything is parsed."""

MAX_PLAINTEXT = 8 * 1024 * 1024
"""Bytes that a message may hold once it is decrypted and decompressed."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A structure that this engine cannot judge (compressed inside): the other one may."""

    seal: bytes


class KeyUnusable(Exception):
    """The broker's own key does not load. Says which step failed, never what is in the file."""


class Engine(Protocol):
    """Opens what was sent to the broker, and seals what the broker sends."""

    def open(self, message: bytes, *, now: datetime) -> Opened | Unopened | Elsewhere:
        """Decrypt and verify one message, armored or binary; `now` decides what is expired."""

    def seal(
        self, content: bytes, recipient: Vingerafdruk, *, now: datetime
    ) -> bytes | LetterReason:
        """Sign and encrypt to one pinned certificate; the letter is armored ASCII."""
