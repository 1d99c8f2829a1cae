"""The scheduler keeps waking, one at a time, whatever happens."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta, tzinfo

import pytest

from adapters.scheduler.scheduler import Scheduler

SHORT = timedelta(milliseconds=1)
LONG = timedelta(hours=1)


class RememberedEvents:
    """Keeps what is logged."""

    def __init__(self) -> None:
        self.logged: list[tuple[str, dict[str, str | int]]] = []

    def log(self, event: str, **fields: str | int) -> None:
        self.logged.append((event, fields))


class CountedWake:
    """Counts its wakings, and tells when there were enough."""

    def __init__(self, enough: int, *, fails: bool = False) -> None:
        self.count = 0
        self.reached = asyncio.Event()
        self._enough = enough
        self._fails = fails

    async def __call__(self) -> None:
        self.count += 1
        if self.count == self._enough:
            self.reached.set()
        if self._fails:
            raise OSError("naam van betrokkene")


async def test_wakes_at_once_when_started() -> None:
    """What became due while the broker was down is handled without waiting for the pace."""
    wake = CountedWake(1)
    scheduler = Scheduler(wake, every=LONG, events=RememberedEvents())
    scheduler.start()
    await wake.reached.wait()
    await scheduler.stop()
    assert wake.count == 1


async def test_keeps_waking() -> None:
    """It wakes again and again."""
    wake = CountedWake(5)
    scheduler = Scheduler(wake, every=SHORT, events=RememberedEvents())
    scheduler.start()
    await wake.reached.wait()
    await scheduler.stop()
    assert wake.count >= 5


async def test_a_waking_that_fails_is_told_by_its_type_and_the_next_one_comes() -> None:
    """An error never stops the loop, and its text is not logged."""
    events = RememberedEvents()
    wake = CountedWake(3, fails=True)
    scheduler = Scheduler(wake, every=SHORT, events=events)
    scheduler.start()
    await wake.reached.wait()
    await scheduler.stop()
    assert events.logged[:3] == [("fault", {"component": "planner", "error": "OSError"})] * 3


async def test_stop_waits_for_the_waking_under_way() -> None:
    """A waking is not cut off halfway its transaction."""
    begun, may_end, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def wake() -> None:
        begun.set()
        await may_end.wait()
        ended.set()

    scheduler = Scheduler(wake, every=LONG, events=RememberedEvents())
    scheduler.start()
    await begun.wait()
    stopping = asyncio.create_task(scheduler.stop())
    may_end.set()
    await stopping
    assert ended.is_set()


async def test_never_two_at_once() -> None:
    """A slow waking delays the next one instead of overlapping it."""
    running = most = 0
    wake_count = CountedWake(4)

    async def wake() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        await wake_count()

    scheduler = Scheduler(wake, every=SHORT, events=RememberedEvents())
    scheduler.start()
    await wake_count.reached.wait()
    await scheduler.stop()
    assert most == 1


class Yesterday(datetime):
    """The clock of a machine that was set back a day."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """A day ago."""
        return datetime.now(tz) - timedelta(days=1)


@pytest.mark.rule("D-8")
async def test_a_wall_clock_that_jumps_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The pace is kept by the monotonic clock: set back a day, it wakes on."""
    before, wake = CountedWake(1), CountedWake(3)

    async def both() -> None:
        await before()
        await wake()

    scheduler = Scheduler(both, every=timedelta(milliseconds=20), events=RememberedEvents())
    scheduler.start()
    await before.reached.wait()
    for module in ("apscheduler.schedulers.base", "adapters.scheduler.scheduler"):
        monkeypatch.setattr(f"{module}.datetime", Yesterday)
    async with asyncio.timeout(10):
        await wake.reached.wait()
    await scheduler.stop()
    assert wake.count >= 3


async def test_is_started_once_and_stopped_without_a_start() -> None:
    """Starting twice is a fault in the program; stopping what never ran is nothing."""
    scheduler = Scheduler(CountedWake(1), every=LONG, events=RememberedEvents())
    await scheduler.stop()
    scheduler.start()
    with pytest.raises(RuntimeError):
        scheduler.start()
    await scheduler.stop()


def test_a_pace_of_nothing_is_refused() -> None:
    """A loop without a pause would use the whole machine."""
    with pytest.raises(ValueError, match="between two wakings"):
        Scheduler(CountedWake(1), every=timedelta(0), events=RememberedEvents())
