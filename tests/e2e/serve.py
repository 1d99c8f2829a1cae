"""`broker serve` as a real process, seen as an operator sees it; and the other commands beside it.

All that is known of it is its log, its mail, and what the commands print.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECONDS = 60.0
"""How long a test waits for what must come; nothing takes a tenth of it."""

WORDS = ("Joris", "Verzonnen", "Voorbeeldstraat", "5921 AB", "5921AB")
"""What only people may read, of the person in the melding of the demo."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What a command left behind."""

    code: int
    out: bytes
    err: bytes


async def command(*words: str, config: Path) -> Printed:
    """Run another command of the broker, in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "broker", *words, "--config", str(config)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(SECONDS):
        out, err = await process.communicate()
    assert process.returncode is not None
    return Printed(process.returncode, out, err)


# Any: a line of the log holds text and numbers.
Line = Mapping[str, Any]


@dataclass(slots=True)
class Served:
    """A running `broker serve`, seen through its log: one JSON object a line."""

    port: int = 0
    lines: list[Line] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray, repr=False)
    _written: asyncio.Condition = field(default_factory=asyncio.Condition)
    _ended: bool = False

    async def listen(self, stderr: asyncio.StreamReader) -> None:
        """Keep every line, until the process closes its log."""
        async for line in stderr:
            self.raw += line
            async with self._written:
                # What is no JSON (a traceback) fails the test at the end, with all of it.
                if line.startswith(b"{"):
                    self.lines.append(json.loads(line))
                self._written.notify_all()
        async with self._written:
            self._ended = True
            self._written.notify_all()

    async def logged(self, event: str, *, count: int = 1) -> list[Line]:
        """The events of that name, as soon as there are `count`. Raises TimeoutError."""
        async with asyncio.timeout(SECONDS), self._written:
            await self._written.wait_for(lambda: self._ended or len(self.found(event)) >= count)
        assert len(self.found(event)) >= count, self.raw.decode(errors="replace")
        return self.found(event)

    def found(self, event: str) -> list[Line]:
        """The events of that name so far."""
        return [line for line in self.lines if line["event"] == event]


@asynccontextmanager
async def serving(config: Path, *, alarms: bool = False) -> AsyncIterator[Served]:
    """`broker serve` as an operator starts it, stopped with SIGTERM.

    Asserts that it then ends well, within seconds; and that its log holds nothing but events, no
    fault among them, and not a word about the person.
    """
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "broker", "serve", "--config", str(config)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    served = Served()
    listening = asyncio.create_task(served.listen(process.stderr))
    try:
        served.port = (await served.logged("server.started"))[0]["port"]
        yield served
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(SECONDS):
            await listening
            code = await process.wait()
        assert code == 0
        assert await process.stdout.read() == b""
        assert_clean(served, alarms=alarms)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
        await listening


def assert_clean(served: Served, *, alarms: bool = False) -> None:
    """The log is whole, reports no fault, and names nobody; with `alarms` it may raise some."""
    log = served.raw.decode()
    assert len(served.lines) == len(log.splitlines()), log
    faults = [line for line in served.lines if line["level"] == "error"]
    assert not [x for x in faults if not (alarms and x["event"] == "alarm.raised")], log
    assert not [line for line in served.lines if line["event"] in ("fault", "library")], log
    assert served.lines[-1]["event"] == "server.stopped"
    assert not [word for word in (*WORDS, "@") if word in log]
