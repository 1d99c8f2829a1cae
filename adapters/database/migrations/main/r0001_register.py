"""The register, and that what is registered stays (Wpg art. 32).

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "main_0001"
down_revision = None

_APPEND_ONLY = ("register", "register_event")


def upgrade() -> None:
    """Make the tables, the head row, and the triggers that refuse every change.

    A row of the register or of its events is never changed or deleted, a new row has the next
    number, and the head never goes back.
    """
    _register()
    _register_head()
    _register_event()
    op.execute("INSERT INTO register_head (id, last) VALUES (1, 0)")
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _postgresql() if is_postgresql else _sqlite():
        op.execute(statement)


def _register() -> None:
    op.create_table(
        "register",
        sa.Column(
            "sequence", sa.Integer(), autoincrement=False, nullable=False, comment="1, 2, 3, no gap"
        ),
        sa.Column("id", sa.Text(), nullable=False, comment="name of the disclosure"),
        sa.Column("network", sa.Text(), nullable=False, comment="the network"),
        sa.Column("kenmerk", sa.Text(), nullable=False, comment="casus"),
        sa.Column("reason", sa.Text(), nullable=False, comment="why it was disclosed"),
        sa.Column("purpose", sa.Text(), nullable=False, comment="for which purpose"),
        sa.Column("description", sa.Text(), nullable=False, comment="what kind of data"),
        sa.Column("officer", sa.Text(), nullable=False, comment="employee id of who gives it"),
        sa.Column("party", sa.Text(), nullable=False, comment="organisation that receives it"),
        sa.Column("recipient", sa.Text(), nullable=False, comment="employee id of who receives it"),
        sa.Column("manner", sa.Text(), nullable=False, comment="in writing or orally"),
        sa.Column("decision", sa.Text(), nullable=False, comment="decision relied on"),
        sa.Column(
            "moment",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="date and time of the disclosure",
        ),
        sa.Column(
            "content",
            sa.LargeBinary(),
            nullable=False,
            comment="letter to the police's register key",
        ),
        sa.CheckConstraint("length(content) > 0", name="ck_register_content_filled"),
        sa.CheckConstraint("length(trim(decision)) > 0", name="ck_register_decision_filled"),
        sa.CheckConstraint("length(trim(description)) > 0", name="ck_register_description_filled"),
        sa.CheckConstraint("length(trim(id)) > 0", name="ck_register_id_filled"),
        sa.CheckConstraint("length(trim(kenmerk)) > 0", name="ck_register_kenmerk_filled"),
        sa.CheckConstraint("length(trim(manner)) > 0", name="ck_register_manner_filled"),
        sa.CheckConstraint("length(trim(network)) > 0", name="ck_register_network_filled"),
        sa.CheckConstraint("length(trim(officer)) > 0", name="ck_register_officer_filled"),
        sa.CheckConstraint("length(trim(party)) > 0", name="ck_register_party_filled"),
        sa.CheckConstraint("length(trim(purpose)) > 0", name="ck_register_purpose_filled"),
        sa.CheckConstraint("length(trim(reason)) > 0", name="ck_register_reason_filled"),
        sa.CheckConstraint("length(trim(recipient)) > 0", name="ck_register_recipient_filled"),
        sa.CheckConstraint("sequence > 0", name="ck_register_sequence_counted"),
        sa.PrimaryKeyConstraint("sequence", name="pk_register"),
        sa.UniqueConstraint("id", "kenmerk", "recipient", name="uq_register_id_kenmerk_recipient"),
        sa.UniqueConstraint("id", "kenmerk", name="uq_register_id_kenmerk"),
        sa.UniqueConstraint("id", name="uq_register_id"),
    )


def _register_head() -> None:
    op.create_table(
        "register_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False, comment="always 1"),
        sa.Column(
            "last",
            sa.Integer(),
            nullable=False,
            comment="sequence of the last row; its lock appends",
        ),
        sa.CheckConstraint("id = 1", name="ck_register_head_one_row"),
        sa.PrimaryKeyConstraint("id", name="pk_register_head"),
    )


def _register_event() -> None:
    op.create_table(
        "register_event",
        sa.Column("id", sa.Integer(), nullable=False, comment="order of adding"),
        sa.Column("verstrekking", sa.Text(), nullable=False, comment="row"),
        sa.Column("event", sa.Text(), nullable=False, comment="see VerstrekkingEvent"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False, comment="when"),
        sa.ForeignKeyConstraint(
            ["verstrekking"], ["register.id"], name="fk_register_event_verstrekking"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_register_event"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_register_event_verstrekking", "register_event", ["verstrekking"], unique=False
    )


def _sqlite() -> list[str]:
    refused = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    changes = [
        f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table} {refused}"
        for table in _APPEND_ONLY
        for verb in ("update", "delete")
    ]
    return [
        *changes,
        f"CREATE TRIGGER register_head_no_delete BEFORE DELETE ON register_head {refused}",
        f"""CREATE TRIGGER register_head_only_up BEFORE UPDATE ON register_head
        WHEN NEW.last <= OLD.last {refused}""",
        # Before the row is looked at: INSERT OR REPLACE would silently take the old one away.
        """CREATE TRIGGER register_once BEFORE INSERT ON register
        WHEN EXISTS (SELECT 1 FROM register WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: register.id'); END""",
        """CREATE TRIGGER register_next BEFORE INSERT ON register
        WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM register)
        BEGIN SELECT RAISE(ABORT, 'not the next number'); END""",
        """CREATE TRIGGER register_event_once BEFORE INSERT ON register_event
        WHEN EXISTS (SELECT 1 FROM register_event WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
        """CREATE TRIGGER register_head_once BEFORE INSERT ON register_head
        WHEN EXISTS (SELECT 1 FROM register_head)
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    ]


def _postgresql() -> list[str]:
    refused = "EXECUTE FUNCTION refuse_change()"
    changes = [
        f"""CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
        FOR EACH ROW {refused}"""
        for table in _APPEND_ONLY
    ]
    truncations = [
        f"""CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table}
        FOR EACH STATEMENT {refused}"""
        for table in (*_APPEND_ONLY, "register_head")
    ]
    return [
        # restrict_violation: a constraint that the broker takes for a fault, never for a race.
        """CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'append-only' USING ERRCODE = '23001', CONSTRAINT = TG_NAME;
        END $$""",
        """CREATE FUNCTION require_next() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF NEW.sequence <> (SELECT coalesce(max(sequence), 0) + 1 FROM register) THEN
        RAISE EXCEPTION 'not the next number' USING ERRCODE = '23001', CONSTRAINT = TG_NAME;
        END IF; RETURN NEW; END $$""",
        *changes,
        *truncations,
        f"""CREATE TRIGGER register_head_no_delete BEFORE DELETE ON register_head
        FOR EACH ROW {refused}""",
        f"""CREATE TRIGGER register_head_only_up BEFORE UPDATE ON register_head
        FOR EACH ROW WHEN (NEW.last <= OLD.last) {refused}""",
        """CREATE TRIGGER register_next BEFORE INSERT ON register
        FOR EACH ROW EXECUTE FUNCTION require_next()""",
    ]
