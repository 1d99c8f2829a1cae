"""The vault: the port behind which the broker's secret keys live, in processes of their own.

The process that holds a ProcessVault talks to the network and never reads a key file.
"""

from __future__ import annotations

import asyncio
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from adapters.openpgp import frames
from adapters.openpgp.engine import MAX_MESSAGE, Elsewhere
from adapters.openpgp.homes import base_of_homes, sweep_homes
from adapters.openpgp.process import WorkerProcess, WorkerTooSlow
from broker.domain.partner import Certificaten
from broker.ports import Done, FieldUnreadable, Opened, OpenReason, Unopened, VaultFailed, Work


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the secrets are: paths only, read by the workers.

    `broker_key` is the broker's transferable secret key; with a key on a smartcard, its public
    certificate. `passphrase` is a file with the passphrase on one line. `master_keys` holds lines
    of `version base64`.
    """

    broker_key: Path
    master_keys: Path
    passphrase: Path | None = None


@dataclass(frozen=True, slots=True)
class GnuPG:
    """GnuPG on this machine: the path of gpg.

    `home`: the operator's own home, which holds the broker's secret key (a smartcard); then GnuPG
    is the only engine.
    """

    program: Path
    home: Path | None = None


@dataclass(frozen=True, slots=True)
class VaultLimits:
    """What one request may use: seconds on the clock, and bytes of address space of a worker.

    `open_seconds` is for each engine, so a message keeps the vault busy for twice that at most.
    """

    open_seconds: float = 4.0
    cross_seconds: float = 30.0
    sequoia_memory: int = 128 * 1024 * 1024
    gnupg_memory: int = 256 * 1024 * 1024


def find_gnupg() -> GnuPG | None:
    """GnuPG as the PATH has it, None when this machine has none."""
    program = shutil.which("gpg")
    return None if program is None else GnuPG(Path(program).resolve())


class ProcessVault:
    """broker.ports.Vault over a Sequoia worker and, where GnuPG is, a GnuPG worker.

    Use it as an async context manager, which starts the workers and kills them. Without `gnupg`
    compressed messages are refused as BESCHADIGD. A worker that is lost is replaced at the next
    request.
    """

    def __init__(
        self,
        files: KeyFiles,
        certificates: Certificaten,
        *,
        gnupg: GnuPG | None,
        limits: VaultLimits | None = None,
    ) -> None:
        self._limits = limits or VaultLimits()
        ring = frames.ring_frame(certificates)
        key = ["--key", str(files.broker_key)]
        if files.passphrase is not None:
            key += ["--passphrase", str(files.passphrase)]
        master = ["--master", str(files.master_keys)]
        with_sequoia = ["--memory", str(self._limits.sequoia_memory), *self._seconds()]
        with_gnupg = ["--memory", str(self._limits.gnupg_memory), *self._seconds()]
        if gnupg is not None:
            with_gnupg += ["--gpg", str(gnupg.program)]
        self._second: WorkerProcess | None = None
        if gnupg is not None and gnupg.home is not None:
            home = ["--own-home", str(gnupg.home)]
            self._first = WorkerProcess([*key, *master, *with_gnupg, *home], ring=ring)
            return
        self._first = WorkerProcess([*key, *master, *with_sequoia], ring=ring)
        if gnupg is not None:
            self._second = WorkerProcess([*key, *with_gnupg], ring=ring, fresh_home=True)

    @property
    def workers(self) -> tuple[WorkerProcess, ...]:
        """The worker of every day first, then the one for what it cannot read."""
        return (self._first,) if self._second is None else (self._first, self._second)

    async def start(self) -> None:
        """Have every worker ready. Raises VaultFailed with one sentence for the operator.

        What a vault left whose process was killed is removed first.
        """
        sweep_homes(base_of_homes())
        await asyncio.gather(*(worker.start() for worker in self.workers))

    async def close(self) -> None:
        """Kill the workers and remove what they had."""
        for worker in self.workers:
            await worker.close()

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def open_message(self, message: bytes, *, now: datetime) -> Opened | Unopened:
        """See Vault. A worker that takes too long is killed: TE_LANG."""
        if len(message) > MAX_MESSAGE:
            return Unopened(OpenReason.TE_GROOT)
        verdict = await self._open(self._first, message, now)
        if isinstance(verdict, Elsewhere) and self._second is not None:
            verdict = await self._open(self._second, message, now)
        if isinstance(verdict, Elsewhere):
            return Unopened(OpenReason.BESCHADIGD, verdict.seal)
        return verdict

    async def cross(self, work: Work) -> Done:
        """See Vault. Raises ValueError when there are fields and no key for them."""
        if work.casus_key is None and (work.unseal or (work.seal and not work.new_key)):
            raise ValueError("fields without a casus key")
        try:
            answer = await self._first.ask(
                frames.work_frame(work), seconds=self._limits.cross_seconds
            )
        except WorkerTooSlow:
            raise VaultFailed("the worker took too long") from None
        if answer[0] == "unreadable":
            raise FieldUnreadable(frames.read_address(answer))
        try:
            return frames.read_done(answer)
        except frames.FrameBroken:
            raise VaultFailed("the worker gave no result") from None

    async def _open(
        self, worker: WorkerProcess, message: bytes, now: datetime
    ) -> Opened | Unopened | Elsewhere:
        try:
            answer = await worker.ask(
                frames.open_frame(message, now), seconds=self._limits.open_seconds
            )
            return frames.read_verdict(answer)
        except WorkerTooSlow:
            return Unopened(OpenReason.TE_LANG)
        except frames.FrameBroken:
            raise VaultFailed("the worker gave no verdict") from None

    def _seconds(self) -> list[str]:
        return ["--seconds", str(int(self._limits.open_seconds) + 1)]
