"""What a vault leaves when it is killed: no agent, and no home after the next start."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from adapters.openpgp import vault as vault_module
from adapters.openpgp.homes import make_home, sweep_homes
from tests.adapters.openpgp.processes import alive, gone
from tests.fixtures.sleutels import Sleutel, Sleutelbos, VaultFactory, write_key_files

ROOT = Path(vault_module.__file__).parents[2]
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@asynccontextmanager
async def other_broker(
    directory: Path, broker: Sleutel
) -> AsyncIterator[tuple[asyncio.subprocess.Process, int, Path]]:
    """Another process with a vault: itself, the group of its GnuPG worker, and that one's home."""
    files = write_key_files(directory, broker)
    host = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.adapters.openpgp.gnupg_host"),
        *(str(files.broker_key), str(files.master_keys)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        cwd=ROOT,
    )
    assert host.stdout is not None
    try:
        group, home = (await host.stdout.readline()).decode().split()
        yield host, int(group), Path(home)
    finally:
        if host.returncode is None:
            host.kill()
        await host.wait()


@linux
@pytest.mark.gnupg
async def test_a_killed_worker_takes_its_agent_along(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos
) -> None:
    """SIGKILL of the worker alone, without anybody who cleans up: no agent goes on."""
    async with vault(broker_sleutel, sleutelbos("Kees Jansen")) as kluis:
        group = kluis.workers[1].pid
        assert group is not None
        assert agents(kluis.workers[1].home)
        os.kill(group, signal.SIGKILL)
        assert await gone(lambda: alive(group))
        assert not agents(kluis.workers[1].home)


@linux
@pytest.mark.gnupg
async def test_of_a_killed_worker_and_broker_nothing_is_left_at_the_next_start(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, tmp_path: Path
) -> None:
    """Both killed at once: no process goes on, and the next vault removes the secret key."""
    async with other_broker(tmp_path / "other", broker_sleutel) as (host, group, home):
        assert list((home / "private-keys-v1.d").iterdir())
        # Stopped first, so that neither can clean up after the other.
        for sent in (signal.SIGSTOP, signal.SIGKILL):
            os.kill(group, sent)
            os.kill(host.pid, sent)
        assert await gone(lambda: alive(group))
    # Any vault that starts on this machine may have swept it by now; ours surely does.
    async with vault(broker_sleutel, sleutelbos("Kees Jansen")):
        assert not home.exists()


@linux
@pytest.mark.gnupg
async def test_a_home_whose_worker_lives_is_never_swept(
    vault: VaultFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    tmp_path: Path,
) -> None:
    """A second vault of the same user starts: the first one's worker and home stay and work."""
    async with other_broker(tmp_path / "other", broker_sleutel) as (host, group, home):
        before = sorted(x.name for x in home.iterdir())
        async with vault(broker_sleutel, sleutelbos("Kees Jansen")):
            pass
        assert alive(group)
        assert sorted(x.name for x in home.iterdir()) == before
        assert agents(home)
        # The worker alone is enough to keep it: this is its broker's last moment.
        os.kill(group, signal.SIGSTOP)
        host.kill()
        await host.wait()
        sweep_homes(home.parent)
        assert home.exists()
        os.kill(group, signal.SIGCONT)
        assert await gone(home.exists)


def agents(home: Path | None) -> list[str]:
    """The process ids of the agents that run in this home."""
    wanted = str(home).encode()
    return [x.parent.name for x in Path("/proc").glob("[0-9]*/cmdline") if wanted in agent_line(x)]


def agent_line(cmdline: Path) -> list[bytes]:
    """The arguments of a process if it is an agent."""
    try:
        words = cmdline.read_bytes().split(b"\0")
    except OSError:
        return []
    return words if words[0].endswith(b"gpg-agent") else []


def test_a_locked_home_stays_and_an_unlocked_one_goes(tmp_path: Path) -> None:
    """The lock decides, and the kernel lets go of it when its last holder ends."""
    kept, left = make_home(tmp_path), make_home(tmp_path)
    (left.path / "secret").write_text("x")
    os.close(left.lock)
    sweep_homes(tmp_path)
    assert list(tmp_path.iterdir()) == [kept.path]
    kept.remove()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_a_child_inherited_holds(tmp_path: Path) -> None:
    """The maker is gone, its worker not yet: the home stays until that has ended too."""
    home = make_home(tmp_path)
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, pass_fds=(home.lock,)
    ) as child:
        os.close(home.lock)
        sweep_homes(tmp_path)
        assert home.path.exists()
        child.kill()
    sweep_homes(tmp_path)
    assert not home.path.exists()


def test_only_what_is_surely_ours_is_swept(tmp_path: Path) -> None:
    """Other names, files, links and directories that others may enter stay."""
    ours = make_home(tmp_path)
    os.close(ours.lock)
    ours.path.rename(tmp_path / "another-name")
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    (tmp_path / "broker-gnupg-link").symlink_to(target)
    (tmp_path / "broker-gnupg-file").write_text("x")
    (tmp_path / "broker-gnupg-open").mkdir(mode=0o755)
    before = sorted(tmp_path.iterdir())
    sweep_homes(tmp_path)
    assert sorted(tmp_path.iterdir()) == before


def test_the_home_of_another_user_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also for who may open it, as the superuser may."""
    home = make_home(tmp_path)
    os.close(home.lock)
    monkeypatch.setattr(os, "geteuid", lambda: home.path.stat().st_uid + 1)
    sweep_homes(tmp_path)
    assert home.path.exists()
