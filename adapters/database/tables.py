"""The tables of the main database, and of the second one for the casus keys.

Core tables and no mapped classes: the records of `broker.ports` are already the objects, frozen
and compared by value, so a unit of work that tracks changes would be a second truth. Columns carry
the names of the record's fields; what a column holds is said in its comment.
"""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from adapters.database.columns import Forgettable, Moment, Word
from adapters.database.register_tables import register
from adapters.database.schema import keys, main
from broker.domain.casus import CasusStaat
from broker.domain.verzoek import VerzoekStaat
from broker.ports import InboundStatus, OutboundKind, OutboundStatus


def _one_of(column: str, words: type[StrEnum]) -> CheckConstraint:
    values = ", ".join(f"'{word.value}'" for word in words)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def _truth(comment: str) -> Column[bool]:
    # SQLite has no booleans of its own: without this any text would pass for 'not police'.
    return Column(
        "police", Boolean(create_constraint=True, name="police"), nullable=False, comment=comment
    )


def _lease() -> tuple[Column[str], Column[object]]:
    return (
        Column("lease_owner", Text, comment="process that works on it; NULL: none"),
        Column("lease_until", Moment, comment="until when nobody else may take it"),
    )


inbox = Table(
    "inbox",
    main,
    Column("id", Integer, primary_key=True, comment="order of arrival; never given twice"),
    Column("received", Moment, nullable=False, comment="when it was taken in"),
    Column("channel", Text, nullable=False, comment="how it came"),
    Column("envelope_from", Text, nullable=False, comment="sender of the envelope"),
    Column("recipient", Text, nullable=False, comment="our address"),
    Column("message_id", Text, nullable=False, comment="Message-ID as it came"),
    Column("identity", LargeBinary, nullable=False, comment="SHA-256 of Message-ID and content"),
    Column("status", Word(InboundStatus), nullable=False, comment="see InboundStatus"),
    Column("attempts", Integer, nullable=False, comment="how often it was claimed"),
    Column("reason", Text, nullable=False, comment="stable code of what came of it"),
    Column("due", Moment, nullable=False, comment="not to be processed before this"),
    *_lease(),
    Column("seal", Forgettable, comment="SHA-256 of the encrypted container, once closed"),
    Column("raw", Forgettable, comment="ciphertext as it came; NULL once it is done"),
    _one_of("status", InboundStatus),
    UniqueConstraint("identity"),
    UniqueConstraint("seal"),
    Index(None, "status", "due"),
    sqlite_autoincrement=True,
)

outbox = Table(
    "outbox",
    main,
    Column("ordinal", Integer, primary_key=True, comment="order of adding"),
    Column("id", Text, nullable=False, comment="name of the message"),
    Column("kind", Word(OutboundKind), nullable=False, comment="see OutboundKind"),
    Column("number", Integer, nullable=False, comment="which of its kind in this casus"),
    Column("recipient", Text, nullable=False, comment="employee id"),
    Column("address", Text, nullable=False, comment="mail address of the recipient"),
    Column("key", Text, nullable=False, comment="fingerprint it is encrypted to"),
    Column("envelope_from", Text, nullable=False, comment="sender of the envelope"),
    Column("message_id", Text, nullable=False, comment="Message-ID"),
    Column("created", Moment, nullable=False, comment="when it was made"),
    Column("due", Moment, nullable=False, comment="not to be delivered before this"),
    Column("status", Word(OutboundStatus), nullable=False, comment="see OutboundStatus"),
    _truth("whether it holds police data"),
    Column("kenmerk", Text, comment="casus it belongs to"),
    Column("loket", Text, comment="desk it is about"),
    Column("verstrekking", Text, comment="register row of its police data"),
    Column("attempts", Integer, nullable=False, comment="how often it was claimed"),
    Column("reason", Text, nullable=False, comment="stable code of the last attempt"),
    Column("sent", Moment, comment="when the next server took it"),
    *_lease(),
    Column("raw", Forgettable, comment="the mail, its body ciphertext; NULL: none or gone"),
    _one_of("status", OutboundStatus),
    # A foreign key with a NULL in it is not looked at, so what it needs may not be NULL.
    CheckConstraint(
        "NOT police OR (verstrekking IS NOT NULL AND kenmerk IS NOT NULL)", name="police_registered"
    ),
    CheckConstraint("verstrekking IS NULL OR kenmerk IS NOT NULL", name="verstrekking_of_casus"),
    ForeignKeyConstraint(
        ["verstrekking", "kenmerk", "recipient"],
        [register.c.id, register.c.kenmerk, register.c.recipient],
        deferrable=True,
        initially="DEFERRED",
    ),
    UniqueConstraint("id"),
    UniqueConstraint("kenmerk", "loket", "recipient", "kind", "number", name="uq_outbox_message"),
    Index(None, "status", "due"),
    sqlite_autoincrement=True,
)

casus = Table(
    "casus",
    main,
    Column("kenmerk", Text, primary_key=True, comment="reference of the casus"),
    Column("staat", Word(CasusStaat), nullable=False, comment="see CasusStaat"),
    Column("version", Integer, nullable=False, comment="compared and raised at each save"),
    Column("key_id", Text, nullable=False, comment="its casus key, in the second database"),
    Column("melder", Text, nullable=False, comment="employee id"),
    Column("melder_loket", Text, nullable=False, comment="desk of the melder"),
    Column("received", Moment, nullable=False, comment="when the melding came in"),
    _truth("whether the melding itself is police data"),
    Column("melding", LargeBinary, nullable=False, comment="sealed under the casus key"),
    Column("seed", LargeBinary, nullable=False, comment="sealed: of its ids and codes"),
    Column("remind_at", Moment, index=True, comment="when desks are reminded"),
    Column("ends_at", Moment, index=True, comment="when the term ends"),
    Column("enriched_on", Moment, comment="when the uitkomst was made"),
    Column("closed_on", Moment, comment="when it was closed"),
    Column("until", Date, comment="last day for an answer, when it was asked"),
    Column("joined_to", Text, comment="casus that goes on for both; NULL: none"),
    _one_of("staat", CasusStaat),
)

verzoek = Table(
    "verzoek",
    main,
    Column(
        "kenmerk",
        Text,
        ForeignKey("casus.kenmerk", ondelete="CASCADE"),
        primary_key=True,
        comment="casus",
    ),
    Column("loket", Text, primary_key=True, comment="desk that is asked"),
    Column("position", Integer, nullable=False, comment="order of adding within the casus"),
    Column("staat", Word(VerzoekStaat), nullable=False, comment="see VerzoekStaat"),
    Column("asked", Text, nullable=False, comment="employee id"),
    Column("asked_on", Moment, nullable=False, comment="when it was made"),
    Column("sent_on", Moment, comment="when it was delivered"),
    Column("reminded_on", Moment, comment="when the reminder was made"),
    Column("answered_on", Moment, comment="when the answer was taken"),
    Column("answered_by", Text, comment="employee id"),
    Column("answer", LargeBinary, comment="sealed under the casus key"),
    Column("answer_version", Integer, nullable=False, comment="bound to the sealed answer"),
    _truth("whether the answer is police data"),
    Column("verstrekking", Text, comment="register row of a police answer"),
    Column("clarified", Integer, nullable=False, comment="how often it was asked again"),
    Column("urgent_until", Date, comment="last day for an answer, since it became urgent"),
    _one_of("staat", VerzoekStaat),
    CheckConstraint("NOT police OR verstrekking IS NOT NULL", name="police_registered"),
    ForeignKeyConstraint(
        ["verstrekking", "kenmerk"],
        [register.c.id, register.c.kenmerk],
        deferrable=True,
        initially="DEFERRED",
    ),
)

gelijkenis = Table(
    "gelijkenis",
    main,
    Column(
        "kenmerk",
        Text,
        ForeignKey("casus.kenmerk", ondelete="CASCADE"),
        primary_key=True,
        comment="casus",
    ),
    Column(
        "blind_index",
        LargeBinary,
        primary_key=True,
        index=True,
        comment="version of a master key, and an HMAC under it",
    ),
)

kenmerk_counter = Table(
    "kenmerk_counter",
    main,
    Column("year", Integer, primary_key=True, autoincrement=False, comment="year of the kenmerk"),
    Column("last", Integer, nullable=False, comment="highest number ever given"),
)

alarm = Table(
    "alarm",
    main,
    Column("id", Integer, primary_key=True, comment="order of raising"),
    Column("code", Text, nullable=False, comment="what is wrong"),
    Column("subject", Text, nullable=False, comment="id that it is about"),
    Column("moment", Moment, nullable=False, comment="when it was raised"),
    Column("closed", Moment, comment="when it was closed; NULL: open"),
)
Index(
    "uq_alarm_open",
    alarm.c.code,
    alarm.c.subject,
    unique=True,
    sqlite_where=alarm.c.closed.is_(None),
    postgresql_where=alarm.c.closed.is_(None),
)

opschorting = Table(
    "opschorting",
    main,
    Column("id", Integer, primary_key=True, comment="order of deciding"),
    Column("moment", Moment, nullable=False, comment="when it was decided"),
    Column("officer", Text, nullable=False, comment="employee of the police who decided"),
    Column(
        "suspended",
        Boolean(create_constraint=True, name="suspended"),
        nullable=False,
        comment="whether the decision of the police is suspended from then on",
    ),
    sqlite_autoincrement=True,
)

once_a_day = Table(
    "once_a_day",
    main,
    Column("name", Text, primary_key=True, comment="what may happen once a day"),
    Column("day", Text, primary_key=True, comment="the day on which it did"),
)

casus_key = Table(
    "casus_key",
    keys,
    Column("id", Text, primary_key=True, comment="as in casus.key_id"),
    Column("wrapped", LargeBinary, nullable=False, comment="the key under the master key"),
    Column("born", Moment, nullable=False, index=True, comment="when it was made"),
)
