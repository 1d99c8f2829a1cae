"""The migrations make what `tables.py` says, on both databases, and an old schema is refused."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Boolean, Connection, Dialect, MetaData, inspect, make_url, text
from sqlalchemy.dialects.postgresql.base import PGDialect
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.schema import CheckConstraint, CreateTable

from adapters.database import tables
from adapters.database.engine import connected, make_engine
from adapters.database.errors import StoreNotReady, StoreUnavailable
from adapters.database.migrate import Tree, current, newest, prepare, upgrade
from adapters.database.store import open_store
from tests.fixtures.databases import KINDS, DatabaseUrls, UrlsOf

METADATA = {Tree.MAIN: tables.inbox.metadata, Tree.KEYS: tables.casus_key.metadata}


@pytest.fixture(params=KINDS)
def empty_urls(request: pytest.FixtureRequest, empty_databases: UrlsOf) -> DatabaseUrls:
    """Databases without a schema."""
    return empty_databases(request.param)


# Its constructor has no types.
_POSTGRESQL = PGDialect()  # type: ignore[no-untyped-call]


def _url(urls: DatabaseUrls, tree: Tree) -> str:
    return urls.url if tree is Tree.MAIN else urls.keys_url


def _file(urls: DatabaseUrls) -> Path:
    return Path(str(make_url(urls.url).database))


def _differences(connection: Connection, metadata: MetaData) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return [*compare_metadata(context, metadata)]


def _checks(connection: Connection, metadata: MetaData) -> tuple[set[str], set[str]]:
    there = {
        str(check["name"])
        for table in metadata.tables
        for check in inspect(connection).get_check_constraints(table)
    }
    # A database with booleans needs no check that a value is one.
    dialect: Dialect = connection.dialect
    wanted = {
        str(constraint.name)
        for table in metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
        and f"CONSTRAINT {constraint.name} CHECK"
        in str(CreateTable(table).compile(dialect=dialect))
    }
    return there, wanted


async def test_the_migrations_make_the_tables(empty_urls: DatabaseUrls) -> None:
    """Tables, columns, comments, indexes, keys and checks are those of `tables.py`."""
    await prepare(url=empty_urls.url, keys_url=empty_urls.keys_url)

    for tree, metadata in METADATA.items():
        assert await current(_url(empty_urls, tree)) == newest(tree)
        engine = make_engine(_url(empty_urls, tree))
        async with connected(engine) as connection:
            assert await connection.run_sync(_differences, metadata) == []
            there, wanted = await connection.run_sync(_checks, metadata)
            assert there == wanted
        await engine.dispose()


async def test_migrating_twice_at_once_is_safe(empty_urls: DatabaseUrls) -> None:
    """Two processes that prepare the same databases both succeed."""
    code = (
        "import asyncio; from adapters.database.migrate import prepare; "
        f"asyncio.run(prepare(url={empty_urls.url!r}, keys_url={empty_urls.keys_url!r}))"
    )
    processes = [await asyncio.create_subprocess_exec(sys.executable, "-c", code) for _ in range(2)]
    assert [await process.wait() for process in processes] == [0, 0]
    store = await open_store(url=empty_urls.url, keys_url=empty_urls.keys_url, owner="p")
    await store.close()


async def test_a_database_without_a_schema_is_refused(empty_urls: DatabaseUrls) -> None:
    """With a hint that says what to do; nothing is made."""
    with pytest.raises(StoreNotReady, match="broker upgrade"):
        await open_store(url=empty_urls.url, keys_url=empty_urls.keys_url, owner="p")

    if empty_urls.kind == "sqlite":
        assert not _file(empty_urls).exists()


@pytest.mark.parametrize(
    ("revision", "said"), [("main_0001", "older"), ("main_9999", "newer version of the broker")]
)
async def test_another_schema_is_refused(
    empty_urls: DatabaseUrls, revision: str, said: str
) -> None:
    """Older: run upgrade. Newer: install the newer broker."""
    await prepare(url=empty_urls.url, keys_url=empty_urls.keys_url)
    engine = make_engine(empty_urls.url)
    async with connected(engine) as connection:
        await connection.execute(
            text("UPDATE alembic_version SET version_num = :it"), {"it": revision}
        )
        await connection.commit()
    await engine.dispose()

    with pytest.raises(StoreNotReady, match=said):
        await open_store(url=empty_urls.url, keys_url=empty_urls.keys_url, owner="p")


async def test_a_sqlite_file_is_private(empty_databases: UrlsOf) -> None:
    """Only the account of the broker can read it, whatever the umask."""
    urls = empty_databases("sqlite")
    await upgrade(urls.url, Tree.MAIN)

    mode = _file(urls).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize(
    "url",
    [
        "mysql://broker:Geheim123@db.example/broker",
        "Geheim123",
        "sqlite+aiosqlite://",
        "sqlite+aiosqlite:///:memory:",
    ],
)
async def test_a_wrong_address_is_told_without_its_password(url: str) -> None:
    """An address that cannot be used is refused before anything is tried."""
    with pytest.raises(StoreNotReady) as caught:
        await open_store(url=url, keys_url=url + "2", owner="p")
    assert "Geheim123" not in str(caught.value)


async def test_the_keys_need_a_database_of_their_own(database_urls: DatabaseUrls) -> None:
    """One address for both is refused."""
    with pytest.raises(StoreNotReady, match="of their own"):
        await open_store(url=database_urls.url, keys_url=database_urls.url, owner="p")


async def test_a_server_that_is_not_there_is_temporary() -> None:
    """The operator reads where and why; the password is nowhere, not in the cause either."""
    url = "postgresql+psycopg://broker:Geheim123@127.0.0.1:1/broker"
    with pytest.raises(StoreUnavailable) as caught:
        await open_store(url=url, keys_url=url + "2", owner="p")

    assert "127.0.0.1" in str(caught.value)
    assert "Geheim123" not in repr(caught.value)
    assert caught.value.__context__ is None


def test_both_dialects_make_the_same_checks() -> None:
    """But for SQLite's own check that a boolean is one."""
    for metadata in METADATA.values():
        for table in metadata.sorted_tables:
            made = [
                str(CreateTable(table).compile(dialect=dialect)).count("CHECK (")
                for dialect in (SQLiteDialect(), _POSTGRESQL)
            ]
            assert made[0] - made[1] == sum(isinstance(column.type, Boolean) for column in table.c)
