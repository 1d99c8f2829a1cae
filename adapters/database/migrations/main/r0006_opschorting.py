"""What the police decided about their decision under art. 20 Wpg: suspended, or running again.

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "main_0006"
down_revision = "main_0005"


def upgrade() -> None:
    """Make the table, and the triggers that refuse every change of a row."""
    op.create_table(
        "opschorting",
        sa.Column("id", sa.Integer(), nullable=False, comment="order of deciding"),
        sa.Column(
            "moment", sa.DateTime(timezone=True), nullable=False, comment="when it was decided"
        ),
        sa.Column(
            "officer", sa.Text(), nullable=False, comment="employee of the police who decided"
        ),
        sa.Column(
            "suspended",
            sa.Boolean(create_constraint=True, name="ck_opschorting_suspended"),
            nullable=False,
            comment="whether the decision of the police is suspended from then on",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_opschorting"),
        sqlite_autoincrement=True,
    )
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in _postgresql() if is_postgresql else _sqlite():
        op.execute(statement)


def _sqlite() -> list[str]:
    refused = "BEGIN SELECT RAISE(ABORT, 'append-only'); END"
    return [
        *(
            f"CREATE TRIGGER opschorting_no_{verb} BEFORE {verb} ON opschorting {refused}"
            for verb in ("update", "delete")
        ),
        # INSERT OR REPLACE would silently take the old row away.
        """CREATE TRIGGER opschorting_once BEFORE INSERT ON opschorting
        WHEN EXISTS (SELECT 1 FROM opschorting WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    ]


def _postgresql() -> list[str]:
    refused = "EXECUTE FUNCTION refuse_change()"
    return [
        f"""CREATE TRIGGER opschorting_append_only BEFORE UPDATE OR DELETE ON opschorting
        FOR EACH ROW {refused}""",
        f"""CREATE TRIGGER opschorting_no_truncate BEFORE TRUNCATE ON opschorting
        FOR EACH STATEMENT {refused}""",
    ]
