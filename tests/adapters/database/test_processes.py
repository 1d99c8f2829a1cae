"""Several processes on one database act as one (PROMISE: what is claimed is claimed once)."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE

from broker.ports import InboundStatus
from tests.adapters.database.records import NOW, SOON, inbound
from tests.fixtures.databases import DatabaseUrls, StoreFactory

MESSAGES = 200


async def test_two_processes_claim_every_message_once(
    store_factory: StoreFactory, database_urls: DatabaseUrls
) -> None:
    """Two real processes share 200 messages: none is missed and none is given twice."""
    store = await store_factory()
    async with store.begin() as transaction:
        added = [await transaction.inbox.add(inbound(n)) for n in range(MESSAGES)]
        await transaction.commit()

    processes = [
        await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.adapters.database.claimer"),
            *(database_urls.url, database_urls.keys_url, f"process-{n}"),
            stdin=PIPE,
            stdout=PIPE,
        )
        for n in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    outputs = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))

    claimed = [int(line) for output, _ in outputs for line in output.split()]
    assert sorted(claimed) == added


async def test_what_a_killed_process_had_claimed_comes_back(
    store_factory: StoreFactory, database_urls: DatabaseUrls
) -> None:
    """kill -9 after the claim was committed: once the lease has passed another process gets it."""
    store = await store_factory(owner="survivor")
    async with store.begin() as transaction:
        await transaction.inbox.add(inbound())
        await transaction.commit()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.adapters.database.claimer"),
        *(database_urls.url, database_urls.keys_url, "killed"),
        stdin=PIPE,
        stdout=PIPE,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    await process.stdout.readline()
    process.stdin.write(b"go\n")
    assert await process.stdout.readline()
    if process.returncode is None:
        process.kill()
    await process.wait()

    async with store.begin() as transaction:
        assert await transaction.inbox.claim(now=NOW, until=SOON, limit=1) == []
        [again] = await transaction.inbox.claim(now=SOON, until=SOON, limit=1)
        assert (again.attempts, again.raw) == (2, b"ciphertext 1")
        assert (await transaction.inbox.counts())[InboundStatus.NIEUW] == 1
