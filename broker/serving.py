"""One process at work: mail in, mail out, and a clock that wakes. What must last is stored."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

from broker.ports import NewInbound
from broker.service.context import Context
from broker.service.deliver import deliver
from broker.service.open_mail import open_mail
from broker.service.take_in import Refused, Taken, take_in
from broker.service.take_over import take_over
from broker.service.wake import wake
from broker.wire.pgpmime import is_encrypted

Step = Callable[[Context], Awaitable[int]]


@dataclass(slots=True)
class Loops:
    """The two queues, each emptied by one task as soon as something is put into it.

    `poll` is how long, in seconds, a queue may wait for what another process put into it, and
    `grace` how long a stop waits for the step that is under way.
    """

    context: Context
    poll: float = 2.0
    grace: float = 20.0
    _mail_came: asyncio.Event = field(default_factory=asyncio.Event)
    _mail_waits: asyncio.Event = field(default_factory=asyncio.Event)
    _rested: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _stopping: bool = False

    def start(self) -> None:
        """Start working, and look at once for what an earlier process left."""
        self._mail_came.set()
        self._mail_waits.set()
        self._tasks = [
            asyncio.create_task(self._run("open_mail", open_mail, self._mail_came)),
            asyncio.create_task(self._run("deliver", deliver, self._mail_waits)),
        ]

    async def stop(self) -> None:
        """Let the step that is under way end, and begin no other.

        A mail that was handed over but not written down as sent would be sent again. What takes
        too long is broken off all the same: the store knows what was done.
        """
        self._stopping = True
        self._mail_came.set()
        self._mail_waits.set()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=self.grace)
        for task in self._tasks:
            task.cancel()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    async def receive(self, message: NewInbound) -> Taken | Refused:
        """Take one message in, durably, and wake the one who opens it."""
        result = await take_in(
            message,
            store=self.context.store,
            own=self.context.mailbox.own,
            is_encrypted=is_encrypted,
        )
        self._mail_came.set()
        match result:
            case Taken(None):
                self.context.events.log("message.duplicate", channel=message.channel)
            case Taken(id) if id is not None:
                self.context.events.log("message.taken_in", inbound=id, channel=message.channel)
        return result

    async def wake(self) -> None:
        """Handle what time made due and what a dead process left, and wake who has work."""
        if await take_over(self.context):
            self._mail_came.set()
        await wake(self.context)
        self._mail_waits.set()

    async def rest(self) -> None:
        """Wait until one of the queues was found empty anew."""
        self._rested.clear()
        await self._rested.wait()

    async def _run(self, name: str, step: Step, signal: asyncio.Event) -> None:
        while not self._stopping:
            signal.clear()
            try:
                done = await step(self.context)
            except Exception as fault:  # noqa: BLE001 - the edge: told, and it never ends
                self.context.events.log("fault", component=name, error=type(fault).__name__)
                await asyncio.sleep(self.poll)
                continue
            if done:
                signal.set()
                self._mail_waits.set()
                # Lets the other loop begin on what follows from this mail.
                await asyncio.sleep(0)
            else:
                self._rested.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(self.poll):
                    await signal.wait()
