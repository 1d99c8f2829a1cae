"""What is acknowledged is on the disk, what is forgotten is gone, and a fault is told as one."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Text, make_url, text, type_coerce, update

from adapters.database.engine import connected
from adapters.database.errors import StoreError, StoreNotReady, StoreRefused, StoreUnavailable
from adapters.database.migrate import Tree
from adapters.database.store import DatabaseStore
from adapters.database.tables import outbox
from broker.ports import InboundStatus, OutboundId, OutboundStatus, SleutelId
from tests.adapters.database.records import KENMERK, NOW, SOON, casus, inbound, outbound
from tests.fixtures.databases import DatabaseUrls, StoreFactory, UrlsOf, opened_stores

CANARY = b"KANARIE-" * 40


async def _value(store: DatabaseStore, statement: str, *, tree: Tree = Tree.MAIN) -> object:
    async with connected(store._engines[tree]) as connection:
        return (await connection.execute(text(statement))).scalar()


@pytest.fixture
def sqlite_urls(fresh_databases: UrlsOf) -> DatabaseUrls:
    """Fresh SQLite files."""
    return fresh_databases("sqlite")


async def test_the_live_connections_are_durable(
    store: DatabaseStore, database_urls: DatabaseUrls
) -> None:
    """WAL with synchronous=FULL and secure_delete; on PostgreSQL fsync and synchronous_commit."""
    if database_urls.kind == "postgresql":
        for setting in ("fsync", "synchronous_commit"):
            assert await _value(store, f"SHOW {setting}") == "on"
        assert await _value(store, "SHOW transaction_isolation") == "read committed"
        assert await _value(store, "SELECT rolsuper FROM pg_roles WHERE rolname = user") is False
        return
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 10_000,
        "recursive_triggers": 1,
        "temp_store": 2,
    }
    for tree in Tree:
        for pragma, value in expected.items():
            assert await _value(store, f"PRAGMA {pragma}", tree=tree) == value


async def test_a_server_that_may_lose_commits_is_refused(fresh_databases: UrlsOf) -> None:
    """synchronous_commit=off: the broker does not start on it."""
    urls = fresh_databases("postgresql")
    unsafe = DatabaseUrls(
        kind=urls.kind,
        url=urls.url + "&options=-csynchronous_commit%3Doff",
        keys_url=urls.keys_url,
    )
    async with opened_stores(unsafe) as make:
        with pytest.raises(StoreNotReady, match="synchronous_commit"):
            await make()


async def test_forgotten_bytes_are_in_no_file(sqlite_urls: DatabaseUrls) -> None:
    """Delivered, processed, withdrawn and destroyed: after a checkpoint not in file or WAL."""
    async with opened_stores(sqlite_urls) as make:
        store = await make()
        await store.casus_keys.add(SleutelId("k"), CANARY, at=NOW)
        async with store.begin() as transaction:
            id = await transaction.inbox.add(inbound(raw=CANARY))
            await transaction.outbox.add([outbound("m1", raw=CANARY), outbound("m2", raw=CANARY)])
            await transaction.commit()
        assert await store.checkpoint()
        files = [
            file
            for url in (sqlite_urls.url, sqlite_urls.keys_url)
            for file in Path(str(make_url(url).database)).parent.glob("*.db*")
        ]
        assert any(CANARY in file.read_bytes() for file in files)

        assert id is not None
        async with store.begin() as transaction:
            await transaction.inbox.finish(id, status=InboundStatus.VERWERKT, reason="")
            await transaction.outbox.mark(
                OutboundId("m1"), status=OutboundStatus.VERZONDEN, sent=NOW
            )
            await transaction.outbox.withdraw(KENMERK)
            await transaction.commit()
        await store.casus_keys.sweep(frozenset(), before=SOON)
        assert await store.checkpoint()
        assert [file for file in files if CANARY[:64] in file.read_bytes()] == []


async def test_a_reader_in_the_way_of_a_checkpoint_is_told(sqlite_urls: DatabaseUrls) -> None:
    """False, so that the caller tries again; True once the reader is gone."""
    async with opened_stores(sqlite_urls) as make:
        store = await make()
        reader = sqlite3.connect(str(make_url(sqlite_urls.url).database))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM inbox").fetchone()
        async with store.begin() as transaction:
            await transaction.inbox.add(inbound())
            await transaction.commit()
        await _pragma(store, "busy_timeout = 20")
        assert not await store.checkpoint()
        reader.close()
        assert await store.checkpoint()


async def _pragma(store: DatabaseStore, pragma: str) -> None:
    # SQLite has one connection, so what is set on it stays set.
    await _value(store, f"PRAGMA {pragma}")


async def test_a_locked_database_is_temporary(sqlite_urls: DatabaseUrls) -> None:
    """Another process writes for too long: StoreUnavailable; afterwards all is well."""
    async with opened_stores(sqlite_urls) as make:
        store = await make()
        await _pragma(store, "busy_timeout = 20")
        other = sqlite3.connect(str(make_url(sqlite_urls.url).database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        async with store.begin() as transaction:
            with pytest.raises(StoreUnavailable, match="SQLITE_BUSY"):
                await transaction.inbox.add(inbound())
        other.close()
        async with store.begin() as transaction:
            assert await transaction.inbox.add(inbound()) is not None
            await transaction.commit()


async def test_a_full_disk_is_temporary(sqlite_urls: DatabaseUrls) -> None:
    """Nothing of the transaction is kept; when there is room again the next one succeeds."""
    async with opened_stores(sqlite_urls) as make:
        store = await make()
        pages = await _value(store, "PRAGMA page_count")
        await _pragma(store, f"max_page_count = {pages}")
        async with store.begin() as transaction:
            with pytest.raises(StoreUnavailable, match="SQLITE_FULL"):
                await transaction.inbox.add(inbound(raw=CANARY * 1000))
        await _pragma(store, "max_page_count = 1000000")
        async with store.begin() as transaction:
            assert await transaction.inbox.add(inbound(raw=CANARY * 1000)) is not None
            await transaction.commit()


async def test_an_error_holds_no_value_of_a_row(store: DatabaseStore) -> None:
    """PostgreSQL quotes the whole row: nothing of it reaches the text, cause or context."""
    async with store.begin() as transaction:
        with pytest.raises(StoreRefused) as caught:
            await transaction.outbox.add([outbound("KANARIE", police=True, raw=CANARY)])

    assert "KANARIE" not in str(caught.value)
    assert "police_registered" in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


async def test_any_other_fault_is_told_by_its_code(store: DatabaseStore) -> None:
    """A statement that makes no sense is StoreFaulty or StoreRefused, without its parameters."""
    async with store.begin() as transaction:
        session = transaction.outbox._session  # type: ignore[attr-defined]
        wrong = update(outbox).values(status=type_coerce("KANARIE", Text))
        await session.execute(wrong)
        with pytest.raises(StoreError) as caught:
            await session.execute(text("SELECT * FROM nothing WHERE x = 'KANARIE'"))
    assert "KANARIE" not in str(caught.value)


async def test_a_cancelled_transaction_leaves_the_store_well(store: DatabaseStore) -> None:
    """A task that is cancelled in the middle keeps nothing and blocks nobody."""
    inside = asyncio.Event()

    async def work() -> None:
        async with store.begin() as transaction:
            await transaction.inbox.add(inbound())
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with store.begin() as transaction:
        assert await transaction.inbox.add(inbound()) is not None
        await transaction.commit()


async def test_a_dead_connection_is_replaced(store_factory: StoreFactory) -> None:
    """The server closed every connection (a failover): the next transaction gets a new one."""
    store, other = await store_factory(owner="a"), await store_factory(owner="b")
    async with store.begin() as transaction:
        await transaction.casussen.add(casus(), number=1)
        await transaction.commit()
    engine = other._engines[Tree.MAIN]
    if engine.dialect.name == "postgresql":
        await _value(
            other,
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND datname = current_database() AND usename = user",
        )
    async with store.begin() as transaction:
        assert await transaction.casussen.get(KENMERK) is not None
