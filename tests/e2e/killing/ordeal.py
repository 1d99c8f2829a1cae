"""Casussen go their way while the broker is ended and started, again and again."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.killing.moments import Moments
from tests.e2e.killing.people import People
from tests.e2e.killing.post import Courier, Mailroom
from tests.e2e.killing.process import BrokerProcess, broker_process
from tests.e2e.killing.stage import Stage, set_stage
from tests.fixtures.databases import DatabaseUrls

AHEAD = 3
"""So many meldingen are sent before their turn, so that there is always work under way."""
KILLED = -9
STOPPED = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """So many casussen, so often ended: by kill -9, or `gently` by SIGTERM.

    `settle` is how many seconds the last broker, which nobody ends, may take.
    """

    casussen: int
    ends: int
    settle: float
    gently: bool = False
    long_lives: int = 0


@dataclass(slots=True)
class Ordeal:
    """Everything that takes part, and at the end what was left over."""

    stage: Stage
    people: People
    courier: Courier
    mailroom: Mailroom
    moments: Moments
    process: BrokerProcess
    last_exit: int | None = None
    orphans: frozenset[int] = frozenset()
    seconds: float = 0.0

    def told(self) -> str:
        """The counts, for whoever reads the output."""
        counts = {
            "ends": self.moments.done,
            "seconds": round(self.seconds),
            "meldingen acknowledged": len(self.people.meldingen),
            "answers acknowledged": len(self.people.answers),
            "uitkomsten": len(self.people.uitkomsten),
            "offers without 250": dict(self.courier.refusals),
            "mails": len(self.mailroom.mails),
            "identical resends": self.mailroom.resends,
            "last seen before an end": dict(self.moments.ended_at.most_common()),
            "log": dict(self.process.logged.most_common()),
        }
        return "\n".join(f"{name}: {count}" for name, count in counts.items())


@asynccontextmanager
async def prepared(
    folder: Path, urls: DatabaseUrls, plan: Plan, *, gnupg: bool = False
) -> AsyncIterator[Ordeal]:
    """Everything in its place, no broker running yet."""
    seed = int.from_bytes(os.urandom(8))
    print(f"seed: {seed}")  # noqa: T201 - shown with a failure, and by the soak
    chance = random.Random(seed)
    moments = Moments(
        chance, plan.casussen, plan.ends, long_lives=plan.long_lives, at_work=plan.gently
    )
    mailroom = Mailroom(moments.mail)
    await mailroom.start()
    try:
        stage = set_stage(folder, urls, relay_port=mailroom.port)
        courier = Courier(stage.port, moments.reply)
        people = People(stage, courier, chance)
        mailroom.arrived = people.arrived
        async with broker_process(stage, heard=moments.log, gnupg=gnupg) as process:
            ordeal = Ordeal(stage, people, courier, mailroom, moments, process)
            try:
                yield ordeal
            finally:
                print(ordeal.told())  # noqa: T201 - as above
    finally:
        await mailroom.stop()


async def go_through(folder: Path, urls: DatabaseUrls, plan: Plan) -> Ordeal:
    """All of it: the ends, then a broker that is left alone until everything is done."""
    async with prepared(folder, urls, plan) as ordeal:
        started = time.monotonic()
        process, moments = ordeal.process, ordeal.moments
        reported = 0
        while moments.done < plan.ends:
            await process.start()
            for number in range(reported, _in_turn(plan, moments.done)):
                ordeal.people.report(number)
                reported = number + 1
            await moments.strike(process.terminate if plan.gently else process.kill)
            assert await process.ended() == (STOPPED if plan.gently else KILLED)
        await process.start()
        async with asyncio.timeout(plan.settle):
            await ordeal.people.satisfied(plan.casussen)
        await process.ready()
        process.terminate()
        ordeal.last_exit = await process.ended()
        ordeal.seconds = time.monotonic() - started
        ordeal.orphans = frozenset(await left_over(process))
    return ordeal


def _in_turn(plan: Plan, ended: int) -> int:
    return min(plan.casussen, AHEAD + ended * plan.casussen // plan.ends)


async def left_over(process: BrokerProcess) -> set[int]:
    """The workers that are still there some seconds after the last broker went."""
    for _ in range(100):
        if not process.workers():
            return set()
        await asyncio.sleep(0.05)
    return process.workers()
