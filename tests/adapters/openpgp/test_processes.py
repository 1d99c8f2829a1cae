"""The processes of a vault: lost, hanging, overloaded, and what can be seen of them."""

from __future__ import annotations

import asyncio
import base64
import os
import signal
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from adapters.openpgp import vault as vault_module
from adapters.openpgp.keygen import EngineName
from adapters.openpgp.vault import ProcessVault, VaultLimits
from broker.ports import (
    Opened,
    OpenReason,
    Unopened,
    VaultFailed,
    Work,
)
from tests.adapters.openpgp.processes import alive, gone
from tests.fixtures.sleutels import (
    Gpg,
    Sleutel,
    Sleutelbos,
    VaultFactory,
    versleutel,
    write_key_files,
)

ROOT = Path(vault_module.__file__).parents[2]
EXAMPLE = b"Naam: Jan Voorbeeld"


@pytest.mark.gnupg
async def test_a_bomb_is_bounded(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, gpg: Gpg, now: datetime
) -> None:
    """128 MiB of zeros in some KB: refused within five seconds, and work goes on."""
    anna = sleutelbos("Anna Smit", EngineName.GNUPG)
    zeros = bytes(128 * 1024 * 1024)
    bomb = gpg.versleutel(zeros, "--compress-algo", "zip", aan=broker_sleutel, van=(anna,))
    assert len(bomb) < 200_000
    async with vault(broker_sleutel, anna) as kluis:
        started = time.monotonic()
        verdict = await kluis.open_message(bomb, now=now)
        assert time.monotonic() - started < 5
        assert isinstance(verdict, Unopened)
        assert verdict.reason in {OpenReason.TE_GROOT, OpenReason.TE_LANG}
        small = gpg.versleutel(EXAMPLE, "--compress-algo", "zip", aan=broker_sleutel, van=(anna,))
        assert isinstance(await kluis.open_message(small, now=now), Opened)
        if sys.platform == "linux":
            for worker in kluis.workers:
                assert peak_kib(worker.pid) < 256 * 1024


def peak_kib(pid: int | None) -> int:
    """The most memory that a process had, in KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(x.split()[1] for x in status.splitlines() if x.startswith("VmHWM")))


async def test_a_killed_worker_fails_one_request_and_is_replaced(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, now: datetime
) -> None:
    """kill -9 in the middle of a request: VaultFailed, and the next request is served."""
    kees = sleutelbos("Kees Jansen")
    message = versleutel(EXAMPLE, aan=broker_sleutel, van=kees)
    async with vault(broker_sleutel, kees, gnupg=None) as kluis:
        worker = kluis.workers[0]
        pid = worker.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)
        request = asyncio.create_task(kluis.open_message(message, now=now))
        await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(VaultFailed):
            await request
        assert isinstance(await kluis.open_message(message, now=now), Opened)
        assert worker.pid != pid


async def test_a_worker_that_hangs_is_killed_at_the_deadline(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, now: datetime
) -> None:
    """A message that takes too long is TE_LANG, a work VaultFailed; then work goes on."""
    kees = sleutelbos("Kees Jansen")
    message = versleutel(EXAMPLE, aan=broker_sleutel, van=kees)
    limits = VaultLimits(open_seconds=0.2, cross_seconds=0.2)
    async with vault(broker_sleutel, kees, gnupg=None, limits=limits) as kluis:
        stop(kluis)
        assert await kluis.open_message(message, now=now) == Unopened(OpenReason.TE_LANG)
        await kluis.start()
        stop(kluis)
        with pytest.raises(VaultFailed):
            await kluis.cross(Work(now=now, new_key=True))
        await kluis.start()
        assert isinstance(await kluis.open_message(message, now=now), Opened)


async def test_a_cancelled_request_does_not_answer_the_next(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, now: datetime
) -> None:
    """Who stops waiting leaves no answer behind for somebody else."""
    kees = sleutelbos("Kees Jansen")
    message = versleutel(EXAMPLE, aan=broker_sleutel, van=kees)
    async with vault(broker_sleutel, kees, gnupg=None) as kluis:
        stop(kluis)
        request = asyncio.create_task(kluis.open_message(message, now=now))
        await asyncio.sleep(0)
        request.cancel()
        with pytest.raises(asyncio.CancelledError):
            await request
        done = await kluis.cross(Work(now=now, new_key=True))
        assert done.casus_key is not None


def stop(kluis: ProcessVault) -> None:
    """Make the first worker hang."""
    pid = kluis.workers[0].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.gnupg
async def test_no_secret_is_in_an_argument_or_in_an_environment(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, tmp_path: Path
) -> None:
    """Arguments hold paths; the environment of a worker holds nothing of ours."""
    async with vault(broker_sleutel, sleutelbos("Kees Jansen")) as kluis:
        secret = secret_parts(broker_sleutel.geheim)
        master = master_key_under(tmp_path)
        assert len(kluis.workers) == 2
        for worker in kluis.workers:
            shown = arguments_of(worker.pid)
            assert b"broker.asc" in shown
            assert master not in shown
            assert not any(part in shown for part in secret)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_the_process_with_the_vault_never_has_the_secrets(
    tmp_path: Path, sleutelbos: Sleutelbos, broker_sleutel: Sleutel
) -> None:
    """A process that opens a vault and uses it: its whole memory holds neither key."""
    files = write_key_files(tmp_path / "kluis", broker_sleutel)
    kees = sleutelbos("Kees Jansen")
    certificate = write(tmp_path / "kees.asc", kees.certificaat)
    message = write(tmp_path / "bericht.asc", versleutel(EXAMPLE, aan=broker_sleutel, van=kees))
    host = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.adapters.openpgp.host", str(files.broker_key), str(files.master_keys)),
        *(certificate, kees.vingerafdruk, message),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert host.stdin is not None
    assert host.stdout is not None
    assert await host.stdout.readline() == b"opened\n"
    memory = memory_of(host.pid)
    host.stdin.close()
    assert await host.wait() == 0
    assert b"Naam: Jan Voorbeeld" in memory
    master = master_key_under(tmp_path)
    for secret in (master, *secret_parts(broker_sleutel.geheim)):
        assert secret not in memory


def write(path: Path, content: bytes) -> str:
    """Write a file and say where."""
    path.write_bytes(content)
    return str(path)


def arguments_of(pid: int | None) -> bytes:
    """The command line of a process."""
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def master_key_under(directory: Path) -> bytes:
    """The master key as its file has it."""
    return next(directory.glob("*/master.keys")).read_bytes().split()[-1]


def secret_parts(armored: bytes) -> tuple[bytes, bytes]:
    """A line of an armored secret key that its certificate does not have, and its bytes."""
    line = [line for line in armored.splitlines() if len(line) == 64][1]
    return line, base64.b64decode(line)


def memory_of(pid: int) -> bytes:
    """Every private, writable byte of a process."""
    found = bytearray()
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights, *_ = line.split()
            if rights.startswith("rw"):
                start, end = (int(x, 16) for x in span.split("-"))
                memory.seek(start)
                found += memory.read(end - start)
    return bytes(found)


@pytest.mark.gnupg
async def test_closing_leaves_nothing_behind(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos
) -> None:
    """Workers, GnuPG's agent and GnuPG's home are gone after the vault."""
    async with vault(broker_sleutel, sleutelbos("Kees Jansen")) as kluis:
        second = kluis.workers[1]
        group, home = second.pid, second.home
        assert group is not None
        assert home is not None
        assert home.stat().st_mode & 0o777 == 0o700
    assert not home.exists()
    assert await gone(lambda: alive(group))
