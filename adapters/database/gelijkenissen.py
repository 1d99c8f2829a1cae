"""The blind indexes by which a casus is found to be like another."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select

from adapters.database.engine import Session
from adapters.database.tables import casus, gelijkenis
from broker.domain.casus import Kenmerk
from broker.domain.gelijkenis import Gelijkende

_KEEP = insert(gelijkenis)
_FIND = (
    select(casus.c.kenmerk, casus.c.staat, casus.c.police)
    .join(gelijkenis, gelijkenis.c.kenmerk == casus.c.kenmerk)
    .where(gelijkenis.c.blind_index.in_(bindparam("sought", expanding=True)))
    .distinct()
    .order_by(casus.c.kenmerk)
)
_FORGET = delete(gelijkenis).where(gelijkenis.c.kenmerk == bindparam("of"))


class DatabaseGelijkenissen:
    """`broker.ports.Gelijkenissen` in one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def keep(self, kenmerk: Kenmerk, indexes: Sequence[bytes]) -> None:
        """See `Gelijkenissen.keep`."""
        if indexes:
            rows = [{"kenmerk": kenmerk, "blind_index": index} for index in indexes]
            await self._session.execute(_KEEP, rows)

    async def find(self, indexes: Sequence[bytes]) -> Sequence[Gelijkende]:
        """See `Gelijkenissen.find`: one round trip."""
        rows = await self._session.execute(_FIND, {"sought": indexes})
        return [Gelijkende(Kenmerk(row.kenmerk), row.staat, politie=row.police) for row in rows]

    async def forget(self, kenmerk: Kenmerk) -> None:
        """See `Gelijkenissen.forget`."""
        await self._session.execute(_FORGET, {"of": kenmerk})
