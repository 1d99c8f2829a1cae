"""Work that a process had claimed when it died: free at once, and only then."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from psycopg import sql
from sqlalchemy import make_url

from broker.ports import Inbound, Outbound, OutboundId, OutboundStatus, Store
from tests.adapters.database.conftest import AnyStoreFactory
from tests.adapters.database.records import NOW, SOON, inbound, outbound
from tests.fixtures.databases import (
    DatabaseUrls,
    PostgresqlServer,
    StoreFactory,
    UrlsOf,
    opened_stores,
)


async def add(store: Store, *, mails: int = 1) -> None:
    async with store.begin() as transaction:
        for n in range(mails):
            await transaction.inbox.add(inbound(n))
        await transaction.outbox.add([outbound()])
        await transaction.commit()


async def claim(store: Store, *, limit: int = 10) -> tuple[Sequence[Inbound], Sequence[Outbound]]:
    async with store.begin() as transaction:
        opened = await transaction.inbox.claim(now=NOW, until=SOON, limit=limit)
        sent = await transaction.outbox.claim(now=NOW, until=SOON, limit=limit)
        await transaction.commit()
    return opened, sent


async def test_what_a_dead_process_had_is_free_at_once(processes: AnyStoreFactory) -> None:
    """Both queues give it to the next process, with the attempt that failed counted."""
    dead, heir = await processes(owner="dead"), await processes(owner="heir")
    await add(dead, mails=2)
    await claim(dead)
    await dead.close()

    assert await heir.recover() == 3
    opened, sent = await claim(heir)
    assert [mail.attempts for mail in opened] == [2, 2]
    assert [message.attempts for message in sent] == [2]
    assert await heir.recover() == 0


async def test_what_a_living_process_has_stays_its_own(processes: AnyStoreFactory) -> None:
    """Neither another process nor itself ends the leases of a process that lives."""
    working, other = await processes(owner="working"), await processes(owner="other")
    await add(working)
    await claim(working)

    assert await other.recover() == 0
    assert await working.recover() == 0
    assert await claim(other) == ([], [])


async def test_of_several_dead_every_lease_ends(processes: AnyStoreFactory) -> None:
    """One survivor takes over from all; what the others still have is left alone."""
    names = ("dead-1", "dead-2", "alive", "heir")
    first, second, alive, heir = [await processes(owner=name) for name in names]
    await add(heir, mails=3)
    for store in (first, second, alive):
        await claim(store, limit=1)
    await first.close()
    await second.close()

    await heir.recover()
    opened, sent = await claim(heir)
    assert [mail.message_id for mail in opened] == ["<0@wonen.example>", "<1@wonen.example>"]
    assert [message.id for message in sent] == ["m1"]


async def test_what_was_done_is_not_taken_over(processes: AnyStoreFactory) -> None:
    """A message that was closed before the process died stays closed."""
    dead, heir = await processes(owner="dead"), await processes(owner="heir")
    await add(dead, mails=0)
    await claim(dead)
    async with dead.begin() as transaction:
        await transaction.outbox.mark(OutboundId("m1"), status=OutboundStatus.VERZONDEN, sent=NOW)
        await transaction.commit()
    await dead.close()

    assert await heir.recover() == 0
    assert await claim(heir) == ([], [])


@asynccontextmanager
async def working_process(urls: DatabaseUrls, owner: str) -> AsyncIterator[int]:
    """A real process that has claimed everything and works on it; its process id."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.adapters.database.claimer"),
        *(urls.url, urls.keys_url, owner, "stay"),
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        assert await process.stdout.readline() == b"ready\n"
        process.stdin.write(b"go\n")
        assert (await process.stdout.readline()).strip().isdigit()
        yield process.pid
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def taken_over(store: Store) -> None:
    """Wait for it: a server hears of a death a moment later than the one who did the killing."""
    for _ in range(1000):
        if await store.recover():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def test_a_real_process_that_is_killed(
    store_factory: StoreFactory, database_urls: DatabaseUrls
) -> None:
    """Alive it keeps its lease, also while it hangs; after kill -9 another process has it."""
    store = await store_factory(owner="survivor")
    async with store.begin() as transaction:
        await transaction.inbox.add(inbound())
        await transaction.commit()
    async with working_process(database_urls, "killed") as pid:
        async with store.begin() as transaction:
            # While we hold the write lock, the one that is stopped cannot.
            await transaction.inbox.counts()
            os.kill(pid, signal.SIGSTOP)
        assert await store.recover() == 0
    await taken_over(store)
    opened, _ = await claim(store)
    assert [mail.attempts for mail in opened] == [2]


async def test_a_lock_leaves_no_file_behind(
    store_factory: StoreFactory, database_urls: DatabaseUrls, tmp_path: Path
) -> None:
    """Neither of a process that ended well nor of one that was killed and taken over from."""
    store = await store_factory(owner="survivor")
    async with store.begin() as transaction:
        await transaction.inbox.add(inbound())
        await transaction.commit()
    async with working_process(database_urls, "killed"):
        pass
    await taken_over(store)
    await claim(store)
    await store.close()

    assert not any(name.endswith(".lock") for name in os.listdir(tmp_path))  # noqa: PTH208


async def test_a_process_that_lost_its_connections_is_alive_again(
    fresh_databases: UrlsOf, postgresql_server: PostgresqlServer
) -> None:
    """After a failover every lock is gone; the next claim of a living process takes its own."""
    urls = fresh_databases("postgresql")
    async with opened_stores(urls) as make:
        working, other = await make(owner="working"), await make(owner="other")
        await add(working)
        await claim(working)
        postgresql_server.execute(
            sql.SQL(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
            ).format(sql.Literal(make_url(urls.url).database))
        )
        assert await claim(working) == ([], [])
        assert await other.recover() == 0
