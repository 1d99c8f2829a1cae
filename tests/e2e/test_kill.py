"""The broker is ended at any moment: nothing that was acknowledged is lost, nothing goes out twice.

Real processes, a real database, real OpenPGP and real SMTP on both sides.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from broker.ports import InboundStatus, Store
from tests.e2e.killing.ordeal import KILLED, STOPPED, Ordeal, Plan, go_through, left_over, prepared
from tests.e2e.killing.verdict import Verdict
from tests.fixtures.databases import DatabaseUrls, StoreFactory, UrlsOf, opened_stores

pytestmark = [
    pytest.mark.xdist_group("kill"),
    pytest.mark.skipif(sys.platform != "linux", reason="reads /proc"),
]


async def judge(ordeal: Ordeal, plan: Plan, make_store: StoreFactory) -> None:
    """Everything that must be true whatever happened."""
    verdict = Verdict(ordeal, await make_store(owner="judge"), plan.casussen)
    await verdict.nothing_was_lost()
    await verdict.nothing_was_asked_twice()
    disclosed = await verdict.every_disclosure_is_registered()
    print(f"messages with police data: {disclosed}")  # noqa: T201
    await verdict.nobody_need_look()
    assert ordeal.moments.done == plan.ends


async def test_fifty_kills_lose_and_double_nothing(
    tmp_path: Path, database_urls: DatabaseUrls, store_factory: StoreFactory
) -> None:
    """kill -9 at 50 random moments while 20 casussen go from melding to uitkomst.

    Intake, start, opening, sealing, committing, delivering and writing down are all interrupted.
    """
    plan = Plan(casussen=20, ends=50, settle=60)
    ordeal = await go_through(tmp_path / "work", database_urls, plan)
    await judge(ordeal, plan, store_factory)


@pytest.mark.soak
async def test_a_thousand_kills_lose_and_double_nothing(
    tmp_path: Path, database_urls: DatabaseUrls, store_factory: StoreFactory
) -> None:
    """The same at full count: 1,000 kills over 500 casussen."""
    plan = Plan(casussen=500, ends=1000, settle=600, long_lives=3)
    ordeal = await go_through(tmp_path / "work", database_urls, plan)
    await judge(ordeal, plan, store_factory)


async def test_a_stop_in_the_middle_ends_what_it_began(
    tmp_path: Path, database_urls: DatabaseUrls, store_factory: StoreFactory
) -> None:
    """SIGTERM at work: exit code 0, nothing lost, nothing sent again, nothing to take over."""
    plan = Plan(casussen=4, ends=4, settle=30, gently=True)
    ordeal = await go_through(tmp_path / "work", database_urls, plan)
    await judge(ordeal, plan, store_factory)
    assert ordeal.mailroom.resends == 0
    assert ordeal.process.logged["work.taken_over"] == 0
    assert ordeal.process.logged["server.stopped"] == plan.ends + 1


async def claimed(store: Store) -> None:
    """Wait until no message is to be had, though one is there: the broker has it."""
    while True:
        async with store.begin() as tx:
            if (await tx.inbox.counts())[InboundStatus.NIEUW]:
                now = datetime.now(UTC)
                if not await tx.inbox.claim(now=now, until=now, limit=1):
                    return
        await asyncio.sleep(0.005)


async def test_a_worker_that_is_killed_at_work(tmp_path: Path, fresh_databases: UrlsOf) -> None:
    """kill -9 of the worker while it holds a message: it is tried again, and dealt with."""
    plan = Plan(casussen=1, ends=0, settle=30)
    urls = fresh_databases("sqlite")
    async with (
        opened_stores(urls) as make_store,
        prepared(tmp_path / "work", urls, plan) as ordeal,
    ):
        store = await make_store(owner="judge")
        process = ordeal.process
        await process.start()
        await process.ready()
        [worker] = process.workers()
        os.kill(worker, signal.SIGSTOP)
        ordeal.people.report(0)
        await claimed(store)
        os.kill(worker, signal.SIGKILL)
        async with asyncio.timeout(plan.settle):
            await ordeal.people.satisfied(1)
        process.terminate()
        assert await process.ended() == STOPPED
        assert process.logged["fault VaultFailed"] == 1
        async with store.begin() as tx:
            assert await tx.alarms.open() == []
            assert (await tx.inbox.counts())[InboundStatus.QUARANTAINE] == 0


@pytest.mark.parametrize("gnupg", [False, pytest.param(True, marks=pytest.mark.gnupg)])
async def test_no_worker_outlives_its_broker(
    tmp_path: Path, fresh_databases: UrlsOf, gnupg: bool
) -> None:
    """kill -9 of the broker: the processes that hold its keys end by themselves."""
    plan = Plan(casussen=0, ends=0, settle=30)
    urls = fresh_databases("sqlite")
    async with prepared(tmp_path / "work", urls, plan, gnupg=gnupg) as ordeal:
        await ordeal.process.start()
        await ordeal.process.ready()
        # The worker of GnuPG has one that ends its agent beside it.
        assert len(ordeal.process.workers()) == (3 if gnupg else 1)
        ordeal.process.kill()
        assert await ordeal.process.ended() == KILLED
        assert await left_over(ordeal.process) == set()
