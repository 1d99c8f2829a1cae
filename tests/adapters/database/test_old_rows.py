"""What a migration makes of the rows that an older version left behind, on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from alembic import command
from sqlalchemy import Connection, insert, select

from adapters.database import tables
from adapters.database.engine import connected, make_engine
from adapters.database.migrate import Tree, _config, upgrade
from broker.domain.casus import CasusStaat
from tests.fixtures.databases import KINDS, DatabaseUrls, UrlsOf

RECEIVED = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 1, 23, 0, tzinfo=UTC)
"""The end of Tuesday 1 December for people in Venlo."""


@pytest.fixture(params=KINDS)
def urls(request: pytest.FixtureRequest, empty_databases: UrlsOf) -> DatabaseUrls:
    """Databases without a schema."""
    return empty_databases(request.param)


def _to(connection: Connection, revision: str) -> None:
    config = _config(Tree.MAIN)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def test_a_running_casus_keeps_its_last_day(urls: DatabaseUrls) -> None:
    """One whose round is over gets a day that does not tell when it was complete."""
    engine = make_engine(urls.url)
    async with connected(engine) as connection:
        await connection.run_sync(_to, "main_0003")
        for kenmerk, ends_at in (("ZNW-2026-00001", MIDNIGHT), ("ZNW-2026-00002", None)):
            await connection.execute(
                insert(tables.casus).values(
                    kenmerk=kenmerk,
                    staat=CasusStaat.IN_VERRIJKING,
                    version=1,
                    key_id="key",
                    melder="j.hermans",
                    melder_loket="woonwenz",
                    received=RECEIVED,
                    police=False,
                    melding=b"sealed",
                    seed=b"sealed",
                    ends_at=ends_at,
                )
            )
        await connection.commit()
    await upgrade(urls.url, Tree.MAIN)
    async with connected(engine) as connection:
        rows = await connection.execute(
            select(tables.casus.c.kenmerk, tables.casus.c.until).order_by("kenmerk")
        )
        assert [row.until for row in rows] == [date(2026, 12, 1), date(2026, 11, 30)]
    await engine.dispose()
