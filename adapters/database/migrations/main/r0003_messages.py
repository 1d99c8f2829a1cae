"""The inbox, the outbox, the alarms, and what may happen once a day.

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "main_0003"
down_revision = "main_0002"


def upgrade() -> None:
    """Make the tables."""
    _inbox()
    _outbox()
    _alarm()
    _once_a_day()


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column(
            "id", sa.Integer(), nullable=False, comment="order of arrival; never given twice"
        ),
        sa.Column(
            "received", sa.DateTime(timezone=True), nullable=False, comment="when it was taken in"
        ),
        sa.Column("channel", sa.Text(), nullable=False, comment="how it came"),
        sa.Column("envelope_from", sa.Text(), nullable=False, comment="sender of the envelope"),
        sa.Column("recipient", sa.Text(), nullable=False, comment="our address"),
        sa.Column("message_id", sa.Text(), nullable=False, comment="Message-ID as it came"),
        sa.Column(
            "identity",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of Message-ID and content",
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="see InboundStatus"),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="how often it was claimed"),
        sa.Column("reason", sa.Text(), nullable=False, comment="stable code of what came of it"),
        sa.Column(
            "due",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="not to be processed before this",
        ),
        sa.Column(
            "lease_owner", sa.Text(), nullable=True, comment="process that works on it; NULL: none"
        ),
        sa.Column(
            "lease_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="until when nobody else may take it",
        ),
        sa.Column(
            "seal",
            sa.LargeBinary(),
            nullable=True,
            comment="SHA-256 of the encrypted container, once closed",
        ),
        sa.Column(
            "raw",
            sa.LargeBinary(),
            nullable=True,
            comment="ciphertext as it came; NULL once it is done",
        ),
        sa.CheckConstraint(
            "status IN ('nieuw', 'verwerkt', 'geweigerd', 'dubbel', 'quarantaine')",
            name="ck_inbox_status_known",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_inbox"),
        sa.UniqueConstraint("identity", name="uq_inbox_identity"),
        sa.UniqueConstraint("seal", name="uq_inbox_seal"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inbox_status_due", "inbox", ["status", "due"], unique=False)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("ordinal", sa.Integer(), nullable=False, comment="order of adding"),
        sa.Column("id", sa.Text(), nullable=False, comment="name of the message"),
        sa.Column("kind", sa.Text(), nullable=False, comment="see OutboundKind"),
        sa.Column(
            "number", sa.Integer(), nullable=False, comment="which of its kind in this casus"
        ),
        sa.Column("recipient", sa.Text(), nullable=False, comment="employee id"),
        sa.Column("address", sa.Text(), nullable=False, comment="mail address of the recipient"),
        sa.Column("key", sa.Text(), nullable=False, comment="fingerprint it is encrypted to"),
        sa.Column("envelope_from", sa.Text(), nullable=False, comment="sender of the envelope"),
        sa.Column("message_id", sa.Text(), nullable=False, comment="Message-ID"),
        sa.Column(
            "created", sa.DateTime(timezone=True), nullable=False, comment="when it was made"
        ),
        sa.Column(
            "due",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="not to be delivered before this",
        ),
        sa.Column("status", sa.Text(), nullable=False, comment="see OutboundStatus"),
        sa.Column(
            "police",
            sa.Boolean(create_constraint=True, name="ck_outbox_police"),
            nullable=False,
            comment="whether it holds police data",
        ),
        sa.Column("kenmerk", sa.Text(), nullable=True, comment="casus it belongs to"),
        sa.Column("loket", sa.Text(), nullable=True, comment="desk it is about"),
        sa.Column(
            "verstrekking", sa.Text(), nullable=True, comment="register row of its police data"
        ),
        sa.Column("attempts", sa.Integer(), nullable=False, comment="how often it was claimed"),
        sa.Column("reason", sa.Text(), nullable=False, comment="stable code of the last attempt"),
        sa.Column(
            "sent",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the next server took it",
        ),
        sa.Column(
            "lease_owner", sa.Text(), nullable=True, comment="process that works on it; NULL: none"
        ),
        sa.Column(
            "lease_until",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="until when nobody else may take it",
        ),
        sa.Column(
            "raw",
            sa.LargeBinary(),
            nullable=True,
            comment="the mail, its body ciphertext; NULL: none or gone",
        ),
        sa.CheckConstraint(
            "status IN ('wacht', 'vastgehouden', 'verzonden', 'mislukt', 'ingetrokken')",
            name="ck_outbox_status_known",
        ),
        sa.CheckConstraint(
            "NOT police OR (verstrekking IS NOT NULL AND kenmerk IS NOT NULL)",
            name="ck_outbox_police_registered",
        ),
        sa.CheckConstraint(
            "verstrekking IS NULL OR kenmerk IS NOT NULL", name="ck_outbox_verstrekking_of_casus"
        ),
        sa.ForeignKeyConstraint(
            ["verstrekking", "kenmerk", "recipient"],
            ["register.id", "register.kenmerk", "register.recipient"],
            name="fk_outbox_verstrekking_kenmerk_recipient",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("ordinal", name="pk_outbox"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        sa.UniqueConstraint(
            "kenmerk", "loket", "recipient", "kind", "number", name="uq_outbox_message"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_status_due", "outbox", ["status", "due"], unique=False)


def _alarm() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False, comment="order of raising"),
        sa.Column("code", sa.Text(), nullable=False, comment="what is wrong"),
        sa.Column("subject", sa.Text(), nullable=False, comment="id that it is about"),
        sa.Column(
            "moment", sa.DateTime(timezone=True), nullable=False, comment="when it was raised"
        ),
        sa.Column(
            "closed",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when it was closed; NULL: open",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
    )
    op.create_index(
        "uq_alarm_open",
        "alarm",
        ["code", "subject"],
        unique=True,
        sqlite_where=sa.text("closed IS NULL"),
        postgresql_where=sa.text("closed IS NULL"),
    )


def _once_a_day() -> None:
    op.create_table(
        "once_a_day",
        sa.Column("name", sa.Text(), nullable=False, comment="what may happen once a day"),
        sa.Column("day", sa.Text(), nullable=False, comment="the day on which it did"),
        sa.PrimaryKeyConstraint("name", "day", name="pk_once_a_day"),
    )
