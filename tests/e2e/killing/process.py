"""The broker as a real process: started, killed, started again."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.e2e.killing.stage import Stage

ROOT = Path(__file__).resolve().parents[3]
PAUSE = 1.5
"""Seconds that a suspect waits; longer than a broker is left to live, as in real use."""

_READY = "server.started"
Heard = Callable[[str], None]


@dataclass(slots=True)
class BrokerProcess:
    """One broker after the other on the same workspace; never two at once."""

    stage: Stage
    heard: Heard
    logged: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    _zygote: Process | None = None
    _reader: asyncio.Task[None] | None = None
    _pid: int = 0
    _before: int = 0

    @property
    def pid(self) -> int:
        """The process that serves."""
        return self._pid

    async def start(self) -> None:
        """Start a broker. Mail is taken a moment later."""
        process = self._process()
        assert process.stdin is not None
        self._before = self.logged[_READY]
        process.stdin.write(b"\n")
        self._pid = await self._number()

    async def ready(self) -> None:
        """Wait until the broker that was started last takes mail in."""
        while self.logged[_READY] == self._before:  # noqa: ASYNC110 - another process says it
            await asyncio.sleep(0.01)

    def kill(self) -> None:
        """kill -9, now."""
        os.kill(self._pid, signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to stop, as systemd and docker do."""
        os.kill(self._pid, signal.SIGTERM)

    async def ended(self) -> int:
        """How it ended: its exit code, or the signal as a negative number."""
        return await self._number()

    def workers(self) -> set[int]:
        """The processes with the keys of this workspace, whosever they are."""
        found = set()
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                line = (folder / "cmdline").read_bytes()
                if b"adapters.openpgp.worker" in line and bytes(self.stage.file.parent) in line:
                    found.add(int(folder.name))
        return found

    async def _number(self) -> int:
        process = self._process()
        assert process.stdout is not None
        line = await process.stdout.readline()
        assert line, "".join(self.strange)
        return int(line)

    def _process(self) -> Process:
        assert self._zygote is not None
        return self._zygote

    async def open(self, path: str | None) -> None:
        """Have the process from which every broker is forked. `path`: where it finds programs."""
        environment = dict(os.environ) if path is None else {**os.environ, "PATH": path}
        self._zygote = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.e2e.killing.zygote", str(self.stage.file), str(PAUSE)),
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            cwd=ROOT,
            env=environment,
        )
        self._reader = asyncio.create_task(self._read_log())

    async def close(self) -> None:
        """End everything."""
        process = self._process()
        assert process.stdin is not None
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                self.kill()
        process.stdin.close()
        await process.wait()
        if self._reader is not None:
            await self._reader

    async def _read_log(self) -> None:
        log = self._process().stderr
        assert log is not None
        while line := await log.readline():
            try:
                entry = json.loads(line)
            except ValueError:
                # Half a line of a process that was killed, or something that should not be there.
                self.strange.append(line.decode(errors="replace"))
                continue
            name = entry["event"]
            self.logged[f"{name} {entry['error']}" if "error" in entry else name] += 1
            self.heard(name)


@asynccontextmanager
async def broker_process(
    stage: Stage, *, heard: Heard, gnupg: bool = False
) -> AsyncIterator[BrokerProcess]:
    """A broker to be started. Without GnuPG it starts in half the time."""
    process = BrokerProcess(stage, heard)
    await process.open(None if gnupg else "/nonexistent")
    try:
        yield process
    finally:
        await process.close()
