"""One worker process as the vault sees it: spawned, asked one thing at a time, killed when late."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from adapters.openpgp import frames
from adapters.openpgp.homes import LockedHome, base_of_homes, make_home
from broker.ports import VaultFailed

_ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 30.0
_CHUNK = 256 * 1024


class WorkerTooSlow(Exception):
    """The deadline passed; the process was killed with everything that it had started."""


class WorkerProcess:
    """A worker that is spawned at the first request, and again after it was lost.

    `arguments` are those of `adapters.openpgp.worker`, the socket and the home excepted; they hold
    paths, never a secret. `fresh_home` gives the worker an empty directory, in memory where the
    system has that, which is gone when the process is.
    """

    def __init__(
        self, arguments: Sequence[str], *, ring: frames.Frame, fresh_home: bool = False
    ) -> None:
        self._arguments = tuple(arguments)
        self._ring = ring
        self._fresh_home = fresh_home
        self._lock = asyncio.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._home: LockedHome | None = None

    @property
    def pid(self) -> int | None:
        """The process that serves now, if there is one."""
        return None if self._process is None else self._process.pid

    @property
    def home(self) -> Path | None:
        """The directory that the process has for itself, if it has one."""
        return None if self._home is None else self._home.path

    async def start(self) -> None:
        """Have a process ready. Raises VaultFailed with what is wrong with keys or certificates."""
        async with self._lock:
            await self._ready()

    async def ask(self, frame: frames.Frame, *, seconds: float) -> frames.Frame:
        """One answer to one frame. Raises WorkerTooSlow, VaultFailed; the next request respawns."""
        async with self._lock:
            channel = await self._ready()
            try:
                async with asyncio.timeout(seconds):
                    answer = await _exchange(channel, frame)
            except TimeoutError:
                self._kill()
                raise WorkerTooSlow from None
            except (OSError, frames.FrameBroken):
                self._kill()
                raise VaultFailed("the worker was lost") from None
            except BaseException:
                # Cancelled in mid-request: the next answer on this channel would be the wrong one.
                self._kill()
                raise
            if answer[0] == "fault":
                raise VaultFailed(f"the worker met {answer[1]}")
            return answer

    async def close(self) -> None:
        """Kill the process and remove its home; it holds nothing that must be saved."""
        async with self._lock:
            self._kill()

    async def _ready(self) -> socket.socket:
        if self._process is not None and self._channel is not None:
            if self._process.poll() is None:
                return self._channel
            self._kill()
        channel = self._spawn()
        try:
            async with asyncio.timeout(_START_SECONDS):
                answer = await _exchange(channel, self._ring)
        except (TimeoutError, OSError, frames.FrameBroken):
            self._kill()
            raise VaultFailed("the worker does not start") from None
        except BaseException:
            self._kill()
            raise
        if answer[0] != "ready":
            self._kill()
            raise VaultFailed(str(answer[1]))
        return channel

    def _spawn(self) -> socket.socket:
        home: list[str] = []
        if self._fresh_home:
            self._home = make_home(base_of_homes())
            home = ["--fresh-home", str(self._home.path)]
        locks = () if self._home is None else (self._home.lock,)
        ours, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-P", "-s", "-m", "adapters.openpgp.worker"),
                    *("--socket", str(theirs.fileno()), *self._arguments, *home),
                ],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(), *locks),
                start_new_session=True,
                env=_environment(),
            )
        ours.settimeout(0)
        self._channel = ours
        return ours

    def _kill(self) -> None:
        if self._channel is not None:
            self._channel.close()
            self._channel = None
        if self._process is not None:
            # The group outlives its leader, for as long as one process is in it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None
        if self._home is not None:
            self._home.remove()
            self._home = None


async def _exchange(channel: socket.socket, frame: frames.Frame) -> frames.Frame:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(channel, frames.encode(frame))
    data = bytearray()
    needed = 4
    sized = False
    while len(data) < needed:
        chunk = await loop.sock_recv(channel, _CHUNK)
        if not chunk:
            raise ConnectionResetError
        data += chunk
        if not sized and len(data) >= 4:
            needed, sized = 4 + frames.length(bytes(data[:4])), True
    if len(data) > needed:
        raise frames.FrameBroken
    return frames.decode(bytes(data[4:]))


def _environment() -> dict[str, str]:
    """Of our own environment only where programs are; one locale, so that texts are fixed."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": os.environ.get("HOME", "/"),
        "LC_ALL": "C",
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        # Each arena of glibc reserves 64 MiB of the address space that the worker may have.
        "MALLOC_ARENA_MAX": "1",
    }
