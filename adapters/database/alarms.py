"""What a person must look at, and what may happen only once a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, select, update

from adapters.database.engine import Session, spell
from adapters.database.tables import alarm, once_a_day
from broker.ports import Alarm

_RAISE = spell(
    alarm,
    lambda insert: insert.on_conflict_do_nothing(
        index_elements=[alarm.c.code, alarm.c.subject], index_where=alarm.c.closed.is_(None)
    ),
)
_CLEAR = update(alarm).where(
    alarm.c.code == bindparam("of"),
    alarm.c.subject == bindparam("about"),
    alarm.c.closed.is_(None),
)
_OPEN = (
    select(alarm.c.code, alarm.c.subject, alarm.c.moment)
    .where(alarm.c.closed.is_(None))
    .order_by(alarm.c.moment, alarm.c.id)
)
_ONCE = spell(
    once_a_day,
    lambda insert: insert.on_conflict_do_nothing(
        index_elements=[once_a_day.c.name, once_a_day.c.day]
    ).returning(once_a_day.c.name),
)


class DatabaseAlarms:
    """`broker.ports.Alarms` in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def raise_alarm(self, alarm_: Alarm) -> None:
        """See `Alarms.raise_alarm`."""
        values = {"code": alarm_.code, "subject": alarm_.subject, "moment": alarm_.moment}
        await self._session.execute(self._session.spelt(_RAISE), values)

    async def clear(self, code: str, subject: str, *, at: datetime) -> None:
        """See `Alarms.clear`."""
        await self._session.execute(_CLEAR, {"of": code, "about": subject, "closed": at})

    async def open(self) -> Sequence[Alarm]:
        """See `Alarms.open`."""
        rows = (await self._session.execute(_OPEN)).mappings()
        return [Alarm(**row) for row in rows]


class DatabaseLimits:
    """`broker.ports.Limits` in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def once(self, name: str, day: str) -> bool:
        """See `Limits.once`. Of two processes the second waits for the first to commit."""
        values = {"name": name, "day": day}
        found = await self._session.execute(self._session.spelt(_ONCE), values)
        return found.first() is not None
