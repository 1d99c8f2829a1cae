"""The casussen, their verzoeken, and the numbers of their kenmerken.

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "main_0002"
down_revision = "main_0001"


def upgrade() -> None:
    """Make the tables; the database refuses to give a number of a kenmerk again."""
    _casus()
    _verzoek()
    _kenmerk_counter()
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    refused = (
        "EXECUTE FUNCTION refuse_change()"
        if is_postgresql
        else "BEGIN SELECT RAISE(ABORT, 'never again'); END"
    )
    op.execute(f"""CREATE TRIGGER kenmerk_counter_no_delete BEFORE DELETE ON kenmerk_counter
        FOR EACH ROW {refused}""")
    op.execute(f"""CREATE TRIGGER kenmerk_counter_only_up BEFORE UPDATE ON kenmerk_counter
        FOR EACH ROW WHEN (NEW.last <= OLD.last OR NEW.year <> OLD.year) {refused}""")


def _casus() -> None:
    op.create_table(
        "casus",
        sa.Column("kenmerk", sa.Text(), nullable=False, comment="reference of the casus"),
        sa.Column("staat", sa.Text(), nullable=False, comment="see CasusStaat"),
        sa.Column(
            "version", sa.Integer(), nullable=False, comment="compared and raised at each save"
        ),
        sa.Column(
            "key_id", sa.Text(), nullable=False, comment="its casus key, in the second database"
        ),
        sa.Column("melder", sa.Text(), nullable=False, comment="employee id"),
        sa.Column("melder_loket", sa.Text(), nullable=False, comment="desk of the melder"),
        sa.Column(
            "received",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the melding came in",
        ),
        sa.Column(
            "police",
            sa.Boolean(create_constraint=True, name="ck_casus_police"),
            nullable=False,
            comment="whether the melding itself is police data",
        ),
        sa.Column(
            "melding", sa.LargeBinary(), nullable=False, comment="sealed under the casus key"
        ),
        sa.Column("seed", sa.LargeBinary(), nullable=False, comment="sealed: of its ids and codes"),
        sa.Column(
            "remind_at",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when desks are reminded",
        ),
        sa.Column(
            "ends_at", sa.DateTime(timezone=True), nullable=True, comment="when the term ends"
        ),
        sa.Column(
            "enriched_on",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the uitkomst was made",
        ),
        sa.Column(
            "closed_on", sa.DateTime(timezone=True), nullable=True, comment="when it was closed"
        ),
        sa.CheckConstraint(
            "staat IN ('ontvangen', 'afgewezen', 'in verrijking', 'verrijkt', 'geagendeerd', "
            "'overgedragen', 'afgesloten', 'ingetrokken', 'gewist')",
            name="ck_casus_staat_known",
        ),
        sa.PrimaryKeyConstraint("kenmerk", name="pk_casus"),
    )
    op.create_index("ix_casus_ends_at", "casus", ["ends_at"], unique=False)
    op.create_index("ix_casus_remind_at", "casus", ["remind_at"], unique=False)


def _verzoek() -> None:
    op.create_table(
        "verzoek",
        sa.Column("kenmerk", sa.Text(), nullable=False, comment="casus"),
        sa.Column("loket", sa.Text(), nullable=False, comment="desk that is asked"),
        sa.Column(
            "position", sa.Integer(), nullable=False, comment="order of adding within the casus"
        ),
        sa.Column("staat", sa.Text(), nullable=False, comment="see VerzoekStaat"),
        sa.Column("asked", sa.Text(), nullable=False, comment="employee id"),
        sa.Column(
            "asked_on", sa.DateTime(timezone=True), nullable=False, comment="when it was made"
        ),
        sa.Column(
            "sent_on", sa.DateTime(timezone=True), nullable=True, comment="when it was delivered"
        ),
        sa.Column(
            "reminded_on",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the reminder was made",
        ),
        sa.Column(
            "answered_on",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="when the answer was taken",
        ),
        sa.Column("answered_by", sa.Text(), nullable=True, comment="employee id"),
        sa.Column("answer", sa.LargeBinary(), nullable=True, comment="sealed under the casus key"),
        sa.Column(
            "answer_version", sa.Integer(), nullable=False, comment="bound to the sealed answer"
        ),
        sa.Column(
            "police",
            sa.Boolean(create_constraint=True, name="ck_verzoek_police"),
            nullable=False,
            comment="whether the answer is police data",
        ),
        sa.Column(
            "verstrekking", sa.Text(), nullable=True, comment="register row of a police answer"
        ),
        sa.Column(
            "clarified", sa.Integer(), nullable=False, comment="how often it was asked again"
        ),
        sa.CheckConstraint(
            "staat IN ('klaargezet', 'verzonden', 'beantwoord', "
            "'verlopen', 'onbestelbaar', 'ingetrokken')",
            name="ck_verzoek_staat_known",
        ),
        sa.CheckConstraint(
            "NOT police OR verstrekking IS NOT NULL", name="ck_verzoek_police_registered"
        ),
        sa.ForeignKeyConstraint(
            ["kenmerk"], ["casus.kenmerk"], name="fk_verzoek_kenmerk", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["verstrekking", "kenmerk"],
            ["register.id", "register.kenmerk"],
            name="fk_verzoek_verstrekking_kenmerk",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("kenmerk", "loket", name="pk_verzoek"),
    )


def _kenmerk_counter() -> None:
    op.create_table(
        "kenmerk_counter",
        sa.Column(
            "year", sa.Integer(), autoincrement=False, nullable=False, comment="year of the kenmerk"
        ),
        sa.Column("last", sa.Integer(), nullable=False, comment="highest number ever given"),
        sa.PrimaryKeyConstraint("year", name="pk_kenmerk_counter"),
    )
