"""The blind indexes by which two casussen are found to be alike, and which casus another joined.

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "main_0005"
down_revision = "main_0004"


def upgrade() -> None:
    """Make the table and the column. A casus that is there already gets no blind index."""
    op.create_table(
        "gelijkenis",
        sa.Column("kenmerk", sa.Text(), nullable=False, comment="casus"),
        sa.Column(
            "blind_index",
            sa.LargeBinary(),
            nullable=False,
            comment="version of a master key, and an HMAC under it",
        ),
        sa.ForeignKeyConstraint(
            ["kenmerk"], ["casus.kenmerk"], name="fk_gelijkenis_kenmerk", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("kenmerk", "blind_index", name="pk_gelijkenis"),
    )
    op.create_index("ix_gelijkenis_blind_index", "gelijkenis", ["blind_index"], unique=False)
    op.add_column(
        "casus",
        sa.Column(
            "joined_to",
            sa.Text(),
            nullable=True,
            comment="casus that goes on for both; NULL: none",
        ),
    )
