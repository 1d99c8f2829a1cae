"""The records that the store keeps, and the words for how they stand.

`bytes` called sealed are AEAD ciphertext under the casus key; `bytes` called a letter are OpenPGP.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import LoketId, MedewerkerId, Vingerafdruk
from broker.domain.verzoek import VerzoekStaat

InboundId = NewType("InboundId", int)
OutboundId = NewType("OutboundId", str)
SleutelId = NewType("SleutelId", str)
VerstrekkingId = NewType("VerstrekkingId", str)


class InboundStatus(StrEnum):
    """NIEUW: to be processed (again, from `volgende_op`). The others are final."""

    NIEUW = "nieuw"
    VERWERKT = "verwerkt"
    GEWEIGERD = "geweigerd"
    DUBBEL = "dubbel"
    QUARANTAINE = "quarantaine"


class OutboundStatus(StrEnum):
    """WACHT: to be delivered from `volgende_op`. VASTGEHOUDEN: not before something changes."""

    WACHT = "wacht"
    VASTGEHOUDEN = "vastgehouden"
    VERZONDEN = "verzonden"
    MISLUKT = "mislukt"
    INGETROKKEN = "ingetrokken"


UNDELIVERED = frozenset({OutboundStatus.WACHT, OutboundStatus.VASTGEHOUDEN})
"""What may still leave. Only these keep their bytes."""

MAY_BECOME: Mapping[OutboundStatus, frozenset[OutboundStatus]] = {
    # That a message went out is true whatever we thought of it, also when it was withdrawn
    # meanwhile. A server that took it can still report failure later.
    OutboundStatus.VERZONDEN: frozenset(OutboundStatus),
    OutboundStatus.MISLUKT: UNDELIVERED | {OutboundStatus.VERZONDEN},
    OutboundStatus.WACHT: UNDELIVERED,
    OutboundStatus.VASTGEHOUDEN: UNDELIVERED,
    OutboundStatus.INGETROKKEN: UNDELIVERED,
}
"""Which statuses a mark may overwrite; any other mark comes from a process that was too late."""


class OutboundKind(StrEnum):
    """What a message is for; with kenmerk, recipient and number it names the message for ever."""

    VERZOEK = "verzoek"
    HERINNERING = "herinnering"
    VERDUIDELIJKING = "verduidelijking"
    INTREKKING = "intrekking"
    KENNISGEVING = "kennisgeving"
    UITKOMST = "uitkomst"
    AANVULLING = "aanvulling"
    BELVERZOEK = "belverzoek"
    STATUS = "status"
    WEIGERING = "weigering"
    FORMULIER = "formulier"
    VAST_ANTWOORD = "vast-antwoord"
    GELIJKENIS = "gelijkenis"
    OPDRACHT = "opdracht"


ASKED = frozenset({OutboundKind.VERZOEK, OutboundKind.HERINNERING})
"""What holds the whole question: a desk that got one of them was reached."""

ASKS = ASKED | {OutboundKind.VERDUIDELIJKING}
"""What asks a desk to answer, and is taken back when nothing is to be asked any more."""


@dataclass(frozen=True, slots=True)
class NewInbound:
    """A message as taken in: ciphertext and its envelope."""

    received: datetime
    channel: str
    envelope_from: str
    recipient: str
    message_id: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message in the inbox. `attempts` counts the one under way; `raw` goes once it is done."""

    id: InboundId
    received: datetime
    channel: str
    envelope_from: str
    recipient: str
    message_id: str
    status: InboundStatus
    attempts: int
    reason: str
    raw: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """A message in the outbox: a whole RFC 5322 mail whose body is ciphertext.

    `raw` is empty after delivery, and when it could not be sealed (then it is VASTGEHOUDEN, and
    made again from its casus when it can be). `verstrekking` names the register row that a
    message with police data must have; the database refuses the message without it.
    """

    id: OutboundId
    kind: OutboundKind
    number: int
    recipient: MedewerkerId
    address: str
    key: Vingerafdruk
    envelope_from: str
    message_id: str
    created: datetime
    due: datetime
    status: OutboundStatus
    police: bool
    kenmerk: Kenmerk | None = None
    loket: LoketId | None = None
    verstrekking: VerstrekkingId | None = None
    attempts: int = 0
    reason: str = ""
    sent: datetime | None = None
    raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class VerzoekRecord:
    """One question to one desk. `answer` is sealed at address (verzoek, antwoord, kenmerk/loket,
    answer_version). `verstrekking` is the register row of an answer that is police data.
    `urgent_until` is the last day for an answer since the casus became urgent."""

    kenmerk: Kenmerk
    loket: LoketId
    staat: VerzoekStaat
    asked: MedewerkerId
    asked_on: datetime
    sent_on: datetime | None = None
    reminded_on: datetime | None = None
    answered_on: datetime | None = None
    answered_by: MedewerkerId | None = None
    answer: bytes | None = field(default=None, repr=False)
    answer_version: int = 0
    police: bool = False
    verstrekking: VerstrekkingId | None = None
    clarified: int = 0
    urgent_until: date | None = None


@dataclass(frozen=True, slots=True)
class CasusRecord:
    """A casus at rest. `melding` and `seed` are sealed at (casus, melding|zaad, kenmerk, 1).

    `remind_at`, `ends_at` are when `wake` has work; None when it has none. `until` is the last day
    for an answer as it was when the desks were asked; it never changes. `joined_to` is the casus
    that goes on for both (D-3). `version` is compared and raised at each save.
    """

    kenmerk: Kenmerk
    staat: CasusStaat
    version: int
    key_id: SleutelId
    melder: MedewerkerId
    melder_loket: LoketId
    received: datetime
    police: bool
    melding: bytes = field(repr=False)
    seed: bytes = field(repr=False)
    remind_at: datetime | None = None
    ends_at: datetime | None = None
    enriched_on: datetime | None = None
    closed_on: datetime | None = None
    until: date | None = None
    joined_to: Kenmerk | None = None
    verzoeken: tuple[VerzoekRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class VerstrekkingRecord:
    """One disclosure of police data to one recipient: every field that section 8 of the art. 20
    decision asks for. `content` is a letter to the register key of the police: only they read it.
    `sequence` is given by the store (1, 2, 3, … without a gap); 0 before that."""

    id: VerstrekkingId
    network: str
    kenmerk: Kenmerk
    moment: datetime
    reason: str
    purpose: str
    description: str
    officer: MedewerkerId
    party: str
    recipient: MedewerkerId
    manner: str
    decision: str
    content: bytes = field(repr=False)
    sequence: int = 0


class VerstrekkingEvent(StrEnum):
    """What came of a disclosure; added to the register, never changed."""

    AFGELEVERD = "afgeleverd"
    INGETROKKEN = "ingetrokken"
    MISLUKT = "mislukt"


@dataclass(frozen=True, slots=True)
class Opschorting:
    """The police suspended their decision, or let it run again: who did so, and when (BS-9)."""

    moment: datetime
    officer: MedewerkerId
    suspended: bool


@dataclass(frozen=True, slots=True)
class Alarm:
    """Something that a person must look at. `subject` is an id, never personal data."""

    code: str
    subject: str
    moment: datetime


class Conflict(Exception):
    """Another process was first: the version, the kenmerk or the message exists. Start over."""
