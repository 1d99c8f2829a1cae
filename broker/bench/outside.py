"""The world outside, a process of its own, as the bench speaks to it: see `outside_process`."""

from __future__ import annotations

import asyncio
import base64
import json
import sys
from asyncio.subprocess import PIPE, Process
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

_LARGEST = 64 * 1024 * 1024
_SECONDS = 30.0


class OutsideFailed(Exception):
    """The process outside is gone, or the broker did not take what it sent."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One mail as it arrived: its lines end in CRLF."""

    recipient: str
    raw: bytes = field(repr=False)


class Outside:
    """The process outside, as the bench sees it. Use it as an async context manager."""

    def __init__(self) -> None:
        self._process: Process | None = None
        self.port = 0

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "broker.bench.outside_process"),
            stdin=PIPE,
            stdout=PIPE,
            limit=_LARGEST,
        )
        self.port = (await self._answer())["port"]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process is not None:
            if self._process.returncode is None:
                self._process.kill()
            await self._process.wait()

    async def prepare(self, raw: bytes, *, port: int, sender: str, recipient: str) -> None:
        """Have a mail ready on an open connection, of which all but the mail itself is said."""
        await self._ask(
            do="prepare",
            port=port,
            sender=sender,
            recipient=recipient,
            raw=base64.b64encode(raw).decode("ascii"),
        )

    async def send(self) -> None:
        """Send what was prepared; back when the 250 came."""
        await self._ask(do="send")

    async def taken(self) -> int:
        """How many mails arrived since the last `forget`."""
        count: int = (await self._ask(do="taken"))["count"]
        return count

    async def mails(self) -> list[Taken]:
        """Every mail that arrived since the last `forget`."""
        answer = await self._ask(do="mails")
        return [Taken(to, base64.b64decode(raw)) for to, raw in answer["mails"]]

    async def forget(self) -> None:
        """Begin to count anew."""
        await self._ask(do="forget")

    # Any: a line of JSON.
    async def _ask(self, **order: str | int) -> dict[str, Any]:
        if self._process is None or self._process.stdin is None:
            raise OutsideFailed("the process outside was not started")
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        await self._process.stdin.drain()
        return await self._answer()

    async def _answer(self) -> dict[str, Any]:
        if self._process is None or self._process.stdout is None:
            raise OutsideFailed("the process outside was not started")
        async with asyncio.timeout(_SECONDS):
            line = await self._process.stdout.readline()
        if not line:
            raise OutsideFailed("the process outside ended")
        answer: dict[str, Any] = json.loads(line)
        if "fault" in answer:
            raise OutsideFailed(f"the broker did not take the melding: {answer['fault']}")
        return answer
