"""The few things that the use cases need from the world, as Protocols, and the records they carry.

Every moment is an aware datetime in UTC. `bytes` that a record calls sealed are AEAD ciphertext
under the casus key; `bytes` called a letter are OpenPGP. No port carries a secret key.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import LoketId, MedewerkerId, Vingerafdruk
from broker.domain.verzoek import VerzoekStaat

InboundId = NewType("InboundId", int)
OutboundId = NewType("OutboundId", str)
SleutelId = NewType("SleutelId", str)
VerstrekkingId = NewType("VerstrekkingId", str)


# --- the vault: the workers that hold the keys -----------------------------------------------


class OpenReason(StrEnum):
    """Why a message was not opened. Stable codes; the operator sees them, a stranger never does."""

    GEEN_OPENPGP = "geen-openpgp"
    NIET_VOOR_ONS = "niet-voor-ons"
    BESCHADIGD = "beschadigd"
    GEEN_INTEGRITEIT = "geen-integriteit"
    NIET_ONDERTEKEND = "niet-ondertekend"
    MEER_HANDTEKENINGEN = "meer-handtekeningen"
    ONBEKENDE_ONDERTEKENAAR = "onbekende-ondertekenaar"
    HANDTEKENING_ONGELDIG = "handtekening-ongeldig"
    ZWAKKE_HASH = "zwakke-hash"
    SLEUTEL_VERLOPEN = "sleutel-verlopen"
    SLEUTEL_INGETROKKEN = "sleutel-ingetrokken"
    TE_GROOT = "te-groot"
    TE_LANG = "te-lang"


class LetterReason(StrEnum):
    """Why a letter was not sealed: the recipient's certificate cannot be used now."""

    GEEN_CERTIFICAAT = "geen-certificaat"
    SLEUTEL_VERLOPEN = "sleutel-verlopen"
    SLEUTEL_INGETROKKEN = "sleutel-ingetrokken"
    GEEN_VERSLEUTELSLEUTEL = "geen-versleutelsleutel"


@dataclass(frozen=True, slots=True)
class Opened:
    """A message that was decrypted, intact, and signed exactly once by a pinned, valid key.

    `plaintext` is what was signed, every byte of it. `seal` is a SHA-256 over the encrypted
    container itself (the body of the integrity-protected packet, free of armor, framing and
    session-key packets): equal for a replay, different for a new message with equal words.
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
    """One crossing to the worker: fields to unseal, fields to seal, letters to close.

    `casus_key` is the wrapped casus key for the fields; `new_key` asks for a fresh one instead.
    """

    now: datetime
    casus_key: bytes | None = None
    new_key: bool = False
    unseal: tuple[Field, ...] = ()
    seal: tuple[Field, ...] = ()
    letters: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """What came back, in the order of the work: a letter is armored, or the reason why not."""

    casus_key: bytes | None
    unsealed: tuple[bytes, ...] = field(repr=False)
    sealed: tuple[bytes, ...] = field(repr=False)
    letters: tuple[bytes | LetterReason, ...] = field(repr=False)


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


# --- the store --------------------------------------------------------------------------------


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


class OutboundKind(StrEnum):
    """What a message is for; with kenmerk, recipient and number it names the message for ever."""

    VERZOEK = "verzoek"
    HERINNERING = "herinnering"
    VERDUIDELIJKING = "verduidelijking"
    INTREKKING = "intrekking"
    KENNISGEVING = "kennisgeving"
    UITKOMST = "uitkomst"
    AANVULLING = "aanvulling"
    STATUS = "status"
    WEIGERING = "weigering"
    FORMULIER = "formulier"
    VAST_ANTWOORD = "vast-antwoord"


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
    answer_version). `verstrekking` is the register row of an answer that is police data."""

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


@dataclass(frozen=True, slots=True)
class CasusRecord:
    """A casus at rest. `melding` and `seed` are sealed at (casus, melding|zaad, kenmerk, 1).

    `remind_at`, `ends_at` are when `wake` has work; None when it has none. `version` is compared
    and raised at each save.
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
class Alarm:
    """Something that a person must look at. `subject` is an id, never personal data."""

    code: str
    subject: str
    moment: datetime


class Conflict(Exception):
    """Another process was first: the version, the kenmerk or the message exists. Start over."""


class Inbox(Protocol):
    async def add(self, message: NewInbound) -> InboundId | None:
        """Store one message; None when the same Message-ID with the same bytes is there already."""

    async def claim(
        self, *, now: datetime, until: datetime, limit: int, most_attempts: int | None = None
    ) -> Sequence[Inbound]:
        """Take due messages in order of arrival, raise their attempts, lease them until `until`.

        A message that is leased is not given to another process before the lease has passed, or
        `Store.recover` ended it. One that had more than `most_attempts` before is left alone.
        """

    async def finish(
        self, id: InboundId, *, status: InboundStatus, reason: str, seal: bytes = b""
    ) -> None:
        """Close a message and forget its bytes (QUARANTAINE keeps them: a person must look).

        A `seal` that is not empty must be new: raises Conflict if another message was closed
        with it before.
        """

    async def seal_known(self, seal: bytes) -> bool:
        """Whether a closed message had this seal."""

    async def retry(self, id: InboundId, *, at: datetime, reason: str, counted: bool) -> None:
        """Give the message back, due at `at`; an attempt that is not counted is taken off."""

    async def counts(self) -> dict[InboundStatus, int]:
        """How many messages stand in each status."""


class Outbox(Protocol):
    async def add(self, messages: Sequence[Outbound]) -> None:
        """Add messages. Raises Conflict when an id, or a (kenmerk, loket, recipient, kind, number)
        of a casus, is there already."""

    async def claim(self, *, now: datetime, until: datetime, limit: int) -> Sequence[Outbound]:
        """As `Inbox.claim`, for messages in WACHT that are due, oldest first."""

    async def mark(
        self,
        *ids: OutboundId,
        status: OutboundStatus,
        reason: str = "",
        due: datetime | None = None,
        sent: datetime | None = None,
    ) -> None:
        """Write what came of an attempt and end the lease; VERZONDEN forgets the bytes. One round
        trip, however many messages fared alike."""

    async def replace(self, message: Outbound) -> None:
        """Put a held message (VASTGEHOUDEN) back as it was made again: same id."""

    async def held(self) -> Sequence[Outbound]:
        """What is held, oldest first."""

    async def withdraw(
        self, kenmerk: Kenmerk, *, loket: LoketId | None = None
    ) -> Sequence[OutboundId]:
        """Withdraw every undelivered VERZOEK, HERINNERING and VERDUIDELIJKING of a casus (or of one
        desk of it) and forget its bytes."""

    async def find(self, id: OutboundId) -> Outbound | None:
        """The message with that id."""

    async def of_casus(self, kenmerk: Kenmerk) -> Sequence[Outbound]:
        """Every message of a casus, oldest first."""

    async def counts(self) -> dict[OutboundStatus, int]:
        """How many messages stand in each status."""


class Casussen(Protocol):
    async def next_kenmerk(self, year: int) -> int:
        """The number that the next casus of that year would get (nothing is reserved)."""

    async def add(self, casus: CasusRecord, *, number: int) -> None:
        """Add a casus with its verzoeken and take its number. Raises Conflict if it is taken."""

    async def get(self, kenmerk: Kenmerk) -> CasusRecord | None:
        """One casus with its verzoeken, in the order in which they were added."""

    async def save(self, casus: CasusRecord) -> None:
        """Save casus and verzoeken whose version is still `casus.version`, and raise it by one.
        Raises Conflict otherwise."""

    async def sent(self, kenmerk: Kenmerk, *loketten: LoketId, on: datetime) -> None:
        """Verzoeken were delivered: KLAARGEZET becomes VERZONDEN, `version` rises. Anything else
        stays as it is."""

    async def due(self, now: datetime, *, limit: int) -> Sequence[Kenmerk]:
        """Casussen with `remind_at` or `ends_at` at or before now, the longest due first."""

    async def list(self) -> Sequence[CasusRecord]:
        """Every casus, oldest first."""

    async def key_ids(self) -> frozenset[SleutelId]:
        """Every casus key in use."""


class Register(Protocol):
    async def append(self, rows: Sequence[VerstrekkingRecord]) -> None:
        """Append disclosures in order, under the lock of the head."""

    async def note(self, id: VerstrekkingId, event: VerstrekkingEvent, *, at: datetime) -> None:
        """Add what came of a disclosure."""

    async def list(self) -> Sequence[VerstrekkingRecord]:
        """The whole register, in order."""

    async def events(self, id: VerstrekkingId) -> Sequence[tuple[VerstrekkingEvent, datetime]]:
        """What came of one disclosure, oldest first."""


class Alarms(Protocol):
    async def raise_alarm(self, alarm: Alarm) -> None:
        """Raise an alarm; one that is open already (same code and subject) stays as it is."""

    async def clear(self, code: str, subject: str, *, at: datetime) -> None:
        """Close an alarm, if it is open."""

    async def open(self) -> Sequence[Alarm]:
        """Every open alarm, oldest first."""


class Limits(Protocol):
    async def once(self, name: str, day: str) -> bool:
        """True the first time that this name is seen on this day, False after that."""


class Transaction(Protocol):
    """One short database transaction. Nothing is kept without `commit`."""

    inbox: Inbox
    outbox: Outbox
    casussen: Casussen
    register: Register
    alarms: Alarms
    limits: Limits

    async def commit(self) -> None:
        """Make everything durable (fsync). May raise Conflict."""


class CasusKeys(Protocol):
    """The wrapped casus keys, in a database of their own. Every call commits by itself."""

    async def add(self, id: SleutelId, wrapped: bytes, *, at: datetime) -> None:
        """Keep a new key, durably, before anything is sealed under it."""

    async def get(self, id: SleutelId) -> bytes | None:
        """The wrapped key, None once it was destroyed."""

    async def sweep(self, in_use: frozenset[SleutelId], *, before: datetime) -> int:
        """Destroy keys born before `before` that no casus uses; says how many."""


class Store(Protocol):
    """The database. SQLite and PostgreSQL behave alike."""

    casus_keys: CasusKeys

    async def recover(self) -> int:
        """End the leases of every process that died with them; says how many messages that frees.

        Commits by itself.
        """

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """Open a transaction; leaving without `commit` rolls it back."""


# --- delivery ---------------------------------------------------------------------------------


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


# --- time, randomness, and what may be told ---------------------------------------------------


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
