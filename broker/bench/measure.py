"""Measures the broker and its floor by turns, on the production path.

For each melding: the moment before MAIL FROM, until the commit that says that the last mail to
which it led was delivered has returned. The broker is the whole one: its server, store, vault,
delivery and loops. Beside the six verzoeken the status for the melder and the kennisgeving for the
ketenregisseur are part of the work, and counted in the broker and in the floor alike.
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from adapters.observability.events import LoggedEvents
from broker.bench.floor import Floor, Parts, Work
from broker.bench.outside import Outside
from broker.bench.probe import Commit, Probe
from broker.bench.report import Counts, Report, Sample
from broker.bench.setting import Sealed, Stage, set_stage
from broker.bootstrap import Running, SystemClock, running
from broker.domain.casus import CasusStaat
from broker.ports import CasusRecord

_PAUSE = 0.02
_SECONDS = 60.0


class BenchFailed(Exception):
    """The broker did not do what was measured; the message says what, in one sentence."""


@dataclass(frozen=True, slots=True)
class Options:
    """`casussen` meldingen a run, one after the other; the broker and its floor take turns for
    `runs` runs. `folder` is where the databases of both lie meanwhile."""

    casussen: int = 20
    runs: int = 5
    warm_up: int = 5
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    seconds: float
    melding: Sealed
    commits: tuple[Commit, ...]
    empty_commits: int


async def compare(options: Options) -> Report:
    """The whole bench. Raises BenchFailed, OutsideFailed and what the adapters raise."""
    folder = Path(tempfile.mkdtemp(prefix="broker-bench-", dir=options.folder))
    try:
        async with Outside() as outside:
            stage = await set_stage(folder / "workspace", relay_port=outside.port)
            clock = SystemClock()
            probe = Probe(LoggedEvents(clock=clock, level="error", form="console"))
            with probe.watching():
                async with running(stage.configuration, clock=clock, events=probe) as broker:
                    with Floor(stage, folder=folder, port=outside.port) as floor:
                        bench = _Bench(broker, probe, outside, stage, floor)
                        return await bench.compare(options)
    except TimeoutError:
        raise BenchFailed(f"a melding was not done after {_SECONDS:.0f} seconds.") from None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Bench:
    broker: Running
    probe: Probe
    outside: Outside
    stage: Stage
    floor: Floor

    async def compare(self, options: Options) -> Report:
        numbers = count(1)
        mails = await self._first(next(numbers))
        _ = await self._run(options.warm_up, numbers, mails=mails)
        samples: list[Sample] = []
        works: list[tuple[_Seen, Work]] = []
        for _ in range(options.runs):
            run = await self._run(options.casussen, numbers, mails=mails)
            works += run
            samples += [_sample(seen, self.floor.do(work)) for seen, work in run]
            await self.outside.forget()
        counts = await self._counts(works, mails=mails)
        return Report(tuple(samples), counts, runs=options.runs, warm_up=1 + options.warm_up)

    async def _first(self, number: int) -> int:
        """How many mails answer one melding."""
        self.probe.expect(0)
        await self._prepare(self.stage.melding(number))
        async with asyncio.timeout(_SECONDS):
            await self.outside.send()
            await self._settle()
        await self.outside.forget()
        async with self.broker.context.store.begin() as tx:
            casussen = await tx.casussen.list()
        if not casussen:
            raise BenchFailed("the broker did not open a casus.")
        return self.probe.sent

    async def _run(
        self, casussen: int, numbers: Iterator[int], *, mails: int
    ) -> list[tuple[_Seen, Work]]:
        await self.outside.forget()
        run = [await self._measure(next(numbers), mails=mails) for _ in range(casussen)]
        taken = await self.outside.mails()
        if len(taken) != casussen * mails:
            raise BenchFailed(f"{len(taken)} mails arrived in place of {casussen * mails}.")
        works = []
        for place, seen in enumerate(run):
            own = tuple(taken[place * mails : (place + 1) * mails])
            letters = tuple(map(self.stage.keyring.letter, own))
            works.append((seen, Work(seen.melding, own, letters, seen.commits)))
        return works

    async def _measure(self, number: int, *, mails: int) -> _Seen:
        melding = self.stage.melding(number)
        await self._prepare(melding)
        # Meldingen do not come one upon the other: the loops have looked once more, and rest.
        await asyncio.sleep(_PAUSE)
        self.probe.expect(mails)
        started = time.perf_counter()
        async with asyncio.timeout(_SECONDS):
            await self.outside.send()
            ended = await self.probe.done()
            await self._settle()
        return _Seen(ended - started, melding, self.probe.commits, self.probe.empty_commits)

    async def _prepare(self, melding: Sealed) -> None:
        await self.outside.prepare(
            melding.raw,
            port=self.broker.smtp_port,
            sender=self.stage.melder.adres,
            recipient=self.stage.configuration.settings.address,
        )

    async def _settle(self) -> None:
        """Wait until the broker has nothing more to do."""
        while not self.probe.faults and not await self.broker.is_idle():
            await self.broker.loops.rest()
        if self.probe.faults:
            raise BenchFailed(f"the broker met with: {self.probe.faults[0]}.")

    async def _counts(self, works: list[tuple[_Seen, Work]], *, mails: int) -> Counts:
        async with self.broker.context.store.begin() as tx:
            casussen = await tx.casussen.list()
            disclosed = len(await tx.register.list())
        if disclosed:
            raise BenchFailed("a melding of no police disclosed police data.")
        commits = {len(work.commits) for _, work in works}
        return Counts(
            verzoeken=_verzoeken(casussen),
            letters=mails,
            smtp_transactions=mails + 1,
            commits=max(commits),
            empty_commits=max(seen.empty_commits for seen, _ in works),
            casussen=len(casussen),
            casussen_in_verrijking=sum(c.staat is CasusStaat.IN_VERRIJKING for c in casussen),
        )


def _verzoeken(casussen: Sequence[CasusRecord]) -> int:
    """How many desks each casus asks: the same number for all of them."""
    asked = {len(casus.verzoeken) for casus in casussen}
    if len(asked) != 1:
        raise BenchFailed("not every casus asks as many desks.")
    return asked.pop()


def _sample(seen: _Seen, parts: Parts) -> Sample:
    return Sample(seen.seconds, parts.total, parts.sequoia, parts.smtp, parts.sqlite)
