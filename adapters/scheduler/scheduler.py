"""Calls `wake` at a steady pace, and holds no state: rows in the database say what is due.

APScheduler plans by the wall clock: measured, after a step of one hour back it does nothing for an
hour. Its timer, though, counts by the monotonic clock of the event loop and comes in time; so when
it comes and finds its job planned too far ahead, the clock was set back, and the job is due now.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.schedulers.base import STATE_RUNNING
from apscheduler.triggers.interval import IntervalTrigger

from broker.ports import Events

Wake = Callable[[], Awaitable[object]]


class _SteadyScheduler(AsyncIOScheduler):  # type: ignore[misc]
    """An AsyncIOScheduler for one interval job, which a wall clock set back does not stop."""

    def __init__(self, every: timedelta) -> None:
        super().__init__(timezone="UTC")
        self._every = every

    def _process_jobs(self) -> float | None:
        now = datetime.now(self.timezone)
        for job in self.get_jobs():
            if job.next_run_time is not None and job.next_run_time > now + self._every:
                job.modify(next_run_time=now)
        seconds: float | None = super()._process_jobs()
        return seconds


class Scheduler:
    """Wakes at once when started, and then every so often: never two at once, none made up for.

    A waking that fails is logged as `fault`; the next one comes all the same.
    """

    def __init__(self, wake: Wake, *, every: timedelta, events: Events) -> None:
        """`every` is longer than nothing. Raises ValueError."""
        if every <= timedelta(0):
            raise ValueError("a scheduler waits between two wakings")
        self._wake = wake
        self._events = events
        self._waking: asyncio.Task[None] | None = None
        self._scheduler = _SteadyScheduler(every)
        self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=every.total_seconds(), timezone="UTC"),
            next_run_time=datetime.now(self._scheduler.timezone),
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )

    def start(self) -> None:
        """Begin to wake. Raises RuntimeError when it was started before."""
        if self._scheduler.state == STATE_RUNNING:
            raise RuntimeError("the scheduler was started before")
        self._scheduler.start()

    async def stop(self) -> None:
        """Wait for the waking under way, then end. Does nothing when it is not running."""
        if self._scheduler.state == STATE_RUNNING:
            self._scheduler.pause()
            if self._waking is not None:
                await self._waking
            self._scheduler.shutdown(wait=False)

    async def _run(self) -> None:
        self._waking = asyncio.create_task(self._wake_once(), name="wake")
        await self._waking

    async def _wake_once(self) -> None:
        try:
            await self._wake()
        except Exception as fault:  # noqa: BLE001  the edge: told, and tried again
            self._events.log("fault", component="planner", error=type(fault).__name__)
