"""Delivery, time, randomness, and what may be told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Delivered:
    """The next server took responsibility."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Temporary: try again later. `code` is an enhanced status code or a short reason."""

    code: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Permanent: this recipient will never take this message."""

    code: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """The route is not safe enough (no TLS, wrong certificate): hold it and alarm."""

    code: str


DeliveryResult = Delivered | Deferred | Rejected | Withheld


class Delivery(Protocol):
    async def deliver(self, *, envelope_from: str, address: str, message: bytes) -> DeliveryResult:
        """Hand one message to one recipient. Expected failures are results, never exceptions."""


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class Random(Protocol):
    def token(self, length: int) -> bytes:
        """That many random bytes, fit for secrets."""


class Events(Protocol):
    """The log. An event that is not in the catalogue of the adapter cannot be logged."""

    def log(self, event: str, **fields: str | int) -> None:
        """Log one event of the catalogue: ids, counts and codes only."""
