"""The casus keys.

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "keys_0001"
down_revision = None


def upgrade() -> None:
    """Make the table."""
    _casus_key()


def _casus_key() -> None:
    op.create_table(
        "casus_key",
        sa.Column("id", sa.Text(), nullable=False, comment="as in casus.key_id"),
        sa.Column(
            "wrapped", sa.LargeBinary(), nullable=False, comment="the key under the master key"
        ),
        sa.Column("born", sa.DateTime(timezone=True), nullable=False, comment="when it was made"),
        sa.PrimaryKeyConstraint("id", name="pk_casus_key"),
    )
    op.create_index("ix_casus_key_born", "casus_key", ["born"], unique=False)
