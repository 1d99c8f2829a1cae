"""The tables of the register of disclosures, in the main database."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from adapters.database.columns import Moment, Word
from adapters.database.schema import main
from broker.ports import VerstrekkingEvent


def _filled(column: str) -> CheckConstraint:
    return CheckConstraint(f"length(trim({column})) > 0", name=f"{column}_filled")


REGISTER_FIELDS = (
    ("id", "name of the disclosure"),
    ("network", "the network"),
    ("kenmerk", "casus"),
    ("reason", "why it was disclosed"),
    ("purpose", "for which purpose"),
    ("description", "what kind of data"),
    ("officer", "employee id of who gives it"),
    ("party", "organisation that receives it"),
    ("recipient", "employee id of who receives it"),
    ("manner", "in writing or orally"),
    ("decision", "decision relied on"),
)

register = Table(
    "register",
    main,
    Column("sequence", Integer, primary_key=True, autoincrement=False, comment="1, 2, 3, no gap"),
    *(Column(name, Text, nullable=False, comment=said) for name, said in REGISTER_FIELDS),
    Column("moment", Moment, nullable=False, comment="date and time of the disclosure"),
    Column("content", LargeBinary, nullable=False, comment="letter to the police's register key"),
    *(_filled(name) for name, _ in REGISTER_FIELDS),
    CheckConstraint("length(content) > 0", name="content_filled"),
    CheckConstraint("sequence > 0", name="sequence_counted"),
    UniqueConstraint("id"),
    # What the composite foreign keys of outbox and verzoek point at.
    UniqueConstraint("id", "kenmerk"),
    UniqueConstraint("id", "kenmerk", "recipient"),
)

register_head = Table(
    "register_head",
    main,
    Column("id", Integer, primary_key=True, autoincrement=False, comment="always 1"),
    Column("last", Integer, nullable=False, comment="sequence of the last row; its lock appends"),
    CheckConstraint("id = 1", name="one_row"),
)

register_event = Table(
    "register_event",
    main,
    Column("id", Integer, primary_key=True, comment="order of adding"),
    Column(
        "verstrekking", Text, ForeignKey("register.id"), index=True, nullable=False, comment="row"
    ),
    Column("event", Word(VerstrekkingEvent), nullable=False, comment="see VerstrekkingEvent"),
    Column("at", Moment, nullable=False, comment="when"),
    sqlite_autoincrement=True,
)
