"""The casussen with their verzoeken, and the numbers of their kenmerken."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    Executable,
    Row,
    Select,
    and_,
    bindparam,
    case,
    func,
    insert,
    or_,
    select,
    update,
)

from adapters.database.engine import DialectInsert, Session, spell
from adapters.database.tables import casus, kenmerk_counter, verzoek
from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import LoketId
from broker.domain.verzoek import NOG_TE_VERZENDEN, OPEN_VERZOEK, VerzoekStaat
from broker.ports import CasusRecord, Conflict, SleutelId, VerzoekRecord

_CASUS = tuple(field.name for field in fields(CasusRecord) if field.name != "verzoeken")
_VERZOEK = tuple(field.name for field in fields(VerzoekRecord))
_VERZOEK_KEY = ("kenmerk", "loket")
_YEAR_AND_NUMBER = re.compile(r"-([0-9]{4})-([0-9]+)\Z")


def _take_number(insert: DialectInsert) -> Executable:
    return insert.on_conflict_do_update(
        index_elements=[kenmerk_counter.c.year],
        set_={"last": insert.excluded.last},
        where=kenmerk_counter.c.last < insert.excluded.last,
    ).returning(kenmerk_counter.c.last)


def _keep_verzoek(insert: DialectInsert) -> Executable:
    # A new verzoek goes behind those that are there; one that is there keeps its place.
    last = (
        select(func.coalesce(func.max(verzoek.c.position), 0) + 1)
        .where(verzoek.c.kenmerk == bindparam("of"))
        .scalar_subquery()
    )
    return insert.values(position=last).on_conflict_do_update(
        index_elements=[verzoek.c[name] for name in _VERZOEK_KEY],
        set_={name: insert.excluded[name] for name in _VERZOEK if name not in _VERZOEK_KEY},
    )


_OPEN = (
    select(verzoek.c.kenmerk, verzoek.c.loket)
    .join(casus, casus.c.kenmerk == verzoek.c.kenmerk)
    .where(casus.c.staat == CasusStaat.IN_VERRIJKING, verzoek.c.staat.in_(sorted(OPEN_VERZOEK)))
    .order_by(verzoek.c.kenmerk, verzoek.c.position)
)
_LAST_NUMBER = select(kenmerk_counter.c.last).where(kenmerk_counter.c.year == bindparam("sought"))
_TAKE_NUMBER = spell(kenmerk_counter, _take_number)
_ADD = insert(casus)
_KEEP_VERZOEK = spell(verzoek, _keep_verzoek)
_LOCK = select(casus.c.version).where(casus.c.kenmerk == bindparam("of")).with_for_update()
_SENT = update(verzoek).where(
    verzoek.c.kenmerk == bindparam("of"),
    verzoek.c.loket.in_(bindparam("to", expanding=True)),
    verzoek.c.staat.in_(sorted(NOG_TE_VERZENDEN)),
)
_RAISE_VERSION = (
    update(casus).where(casus.c.kenmerk == bindparam("of")).values(version=casus.c.version + 1)
)


def year_of(kenmerk: Kenmerk, *, number: int) -> int:
    """The year in a kenmerk such as ZNW-2026-00042. Raises ValueError if it has another number."""
    found = _YEAR_AND_NUMBER.search(kenmerk)
    if found is None or int(found[2]) != number:
        raise ValueError("the kenmerk does not end in its year and this number")
    return int(found[1])


class DatabaseCasussen:
    """`broker.ports.Casussen` in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def next_kenmerk(self, year: int) -> int:
        """See `Casussen.next_kenmerk`. No number is ever given twice."""
        last = (await self._session.execute(_LAST_NUMBER, {"sought": year})).scalar_one_or_none()
        return (last or 0) + 1

    async def add(self, casus_: CasusRecord, *, number: int) -> None:
        """See `Casussen.add`. The year is the one in the kenmerk."""
        taken = {"year": year_of(casus_.kenmerk, number=number), "last": number}
        if (await self._session.execute(self._session.spelt(_TAKE_NUMBER), taken)).first() is None:
            raise Conflict("the number is taken")
        await self._session.execute(_ADD, {name: getattr(casus_, name) for name in _CASUS})
        await self._keep_verzoeken(casus_)

    async def get(self, kenmerk: Kenmerk) -> CasusRecord | None:
        """See `Casussen.get`: one round trip."""
        found = await self._read(_with_verzoeken().where(casus.c.kenmerk == kenmerk))
        return next(found, None)

    async def save(self, casus_: CasusRecord) -> None:
        """See `Casussen.save`: two round trips. A verzoek that is left out stays as it is."""
        values = {name: getattr(casus_, name) for name in _CASUS}
        statement = (
            update(casus)
            .where(casus.c.kenmerk == casus_.kenmerk, casus.c.version == casus_.version)
            .values({**values, "version": casus_.version + 1})
        )
        if (await self._session.execute(statement)).rowcount != 1:
            raise Conflict("the casus was changed by another process")
        await self._keep_verzoeken(casus_)

    async def sent(self, kenmerk: Kenmerk, *loketten: LoketId, on: datetime) -> None:
        """See `Casussen.sent`."""
        if self._session.is_postgresql:
            # The casus before its verzoeken, in the order in which `save` locks them: no deadlock.
            await self._session.execute(_LOCK, {"of": kenmerk})
        values = {"of": kenmerk, "to": loketten, "staat": VerzoekStaat.VERZONDEN, "sent_on": on}
        if (await self._session.execute(_SENT, values)).rowcount:
            await self._session.execute(_RAISE_VERSION, {"of": kenmerk})

    async def due(self, now: datetime, *, limit: int) -> Sequence[Kenmerk]:
        """See `Casussen.due`."""
        first = case(
            (casus.c.remind_at.is_(None), casus.c.ends_at),
            (casus.c.ends_at < casus.c.remind_at, casus.c.ends_at),
            else_=casus.c.remind_at,
        )
        statement = (
            select(casus.c.kenmerk)
            .where(or_(casus.c.remind_at <= now, casus.c.ends_at <= now))
            .order_by(first, casus.c.kenmerk)
            .limit(limit)
        )
        return [Kenmerk(row.kenmerk) for row in await self._session.execute(statement)]

    async def open_verzoeken(self) -> Sequence[tuple[Kenmerk, LoketId]]:
        """See `Casussen.open_verzoeken`."""
        rows = await self._session.execute(_OPEN)
        return [(Kenmerk(row.kenmerk), LoketId(row.loket)) for row in rows]

    async def list(self) -> Sequence[CasusRecord]:
        """See `Casussen.list`: one round trip."""
        return [*await self._read(_with_verzoeken())]

    async def counts(self) -> dict[CasusStaat, int]:
        """See `Casussen.counts`; only the states that a casus is in."""
        statement = select(casus.c.staat, func.count().label("number")).group_by(casus.c.staat)
        return {row.staat: row.number for row in await self._session.execute(statement)}

    async def key_ids(self) -> frozenset[SleutelId]:
        """See `Casussen.key_ids`."""
        statement = select(casus.c.key_id).distinct()
        return frozenset(SleutelId(row.key_id) for row in await self._session.execute(statement))

    async def _keep_verzoeken(self, casus_: CasusRecord) -> None:
        if not casus_.verzoeken:
            return
        if any(asked.kenmerk != casus_.kenmerk for asked in casus_.verzoeken):
            raise ValueError("a verzoek of another casus")
        rows = [
            {"of": casus_.kenmerk, **{name: getattr(v, name) for name in _VERZOEK}}
            for v in casus_.verzoeken
        ]
        await self._session.execute(self._session.spelt(_KEEP_VERZOEK), rows)

    # Any: see Session.execute.
    async def _read(self, statement: Select[Any]) -> Iterator[CasusRecord]:
        rows = (await self._session.execute(statement)).all()
        size = len(_CASUS)
        return (
            CasusRecord(
                **dict(zip(_CASUS, row_of_casus, strict=True)),
                verzoeken=tuple(_verzoeken(of_casus)),
            )
            for row_of_casus, of_casus in groupby(rows, key=lambda row: tuple(row[:size]))
        )


def _verzoeken(rows: Iterator[Row[Any]]) -> Iterator[VerzoekRecord]:
    for row in rows:
        # A casus without verzoeken is one row with nothing on the right.
        if row[len(_CASUS)] is not None:
            yield VerzoekRecord(*row[len(_CASUS) :])


def _with_verzoeken() -> Select[Any]:
    return (
        select(
            *(casus.c[name] for name in _CASUS),
            *(verzoek.c[name].label(f"verzoek_{name}") for name in _VERZOEK),
        )
        .select_from(casus.outerjoin(verzoek, and_(verzoek.c.kenmerk == casus.c.kenmerk)))
        .order_by(casus.c.received, casus.c.kenmerk, verzoek.c.position)
    )
