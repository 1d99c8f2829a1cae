"""The last day for an answer, kept with the casus; and that of a verzoek that got less time.

A migration is history: it repeats the tables as they were made, and is never changed once a
version with it is out.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from alembic import op

revision = "main_0004"
down_revision = "main_0003"

_CASUS = sa.table(
    "casus",
    sa.column("kenmerk", sa.Text()),
    sa.column("received", sa.DateTime(timezone=True)),
    sa.column("ends_at", sa.DateTime(timezone=True)),
    sa.column("until", sa.Date()),
)
_SHIPPED_TERM = timedelta(days=7)


def upgrade() -> None:
    """Add the columns; a casus whose round runs keeps the last day that it had."""
    op.add_column(
        "casus",
        sa.Column(
            "until", sa.Date(), nullable=True, comment="last day for an answer, when it was asked"
        ),
    )
    op.add_column(
        "verzoek",
        sa.Column(
            "urgent_until",
            sa.Date(),
            nullable=True,
            comment="last day for an answer, since it became urgent",
        ),
    )
    connection = op.get_bind()
    columns = (_CASUS.c.kenmerk, _CASUS.c.received, _CASUS.c.ends_at)
    for kenmerk, received, ends_at in connection.execute(sa.select(*columns)).all():
        connection.execute(
            sa.update(_CASUS)
            .where(_CASUS.c.kenmerk == kenmerk)
            .values(until=_last_day(received, ends_at))
        )


def _last_day(received: datetime, ends_at: datetime | None) -> date:
    if ends_at is None:
        # The round is over. When it ended could tell that everybody had answered by then.
        return _day(received) + _SHIPPED_TERM
    # A day ends at midnight in Amsterdam, when it is still that day in UTC.
    return _day(ends_at)


def _day(moment: datetime) -> date:
    return (moment if moment.tzinfo is None else moment.astimezone(UTC)).date()
