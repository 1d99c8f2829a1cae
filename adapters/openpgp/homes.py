"""The directories in memory that GnuPG workers have for themselves, and what dead ones left.

A home is locked (flock on the directory itself) for as long as a process lives that has its
descriptor: the broker and the worker. The kernel lets go of the lock however they end, so that a
home whose lock can be had belongs to nobody any more.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

_PREFIX = "broker-gnupg-"
_SHARED_MEMORY = Path("/dev/shm")  # noqa: S108 - only for a directory that mkdtemp makes (0700)


@dataclass(frozen=True, slots=True)
class LockedHome:
    """A directory (0700) of ours. Who inherits `lock` keeps it from being swept."""

    path: Path
    lock: int

    def remove(self) -> None:
        """Remove the directory and let go of it."""
        # An agent that is just ending removes its sockets at the same time.
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self.lock)


def base_of_homes() -> Path:
    """Where homes are: in memory where the system has that."""
    usable = os.access(_SHARED_MEMORY, os.W_OK | os.X_OK)
    return _SHARED_MEMORY if usable else Path(tempfile.gettempdir())


def make_home(base: Path) -> LockedHome:
    """A new home, empty and locked. Raises OSError when none can be made."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        home = _lock(path)
        # Somebody who sweeps can come between making and locking, and then it is gone.
        if home is not None:
            return home


def sweep_homes(base: Path) -> None:
    """Remove the homes of this user that no living process has."""
    for path in base.glob(f"{_PREFIX}*"):
        home = _lock(path)
        if home is not None:
            home.remove()


def _lock(path: Path) -> LockedHome | None:
    """This home if it is a directory of our own that nobody has."""
    try:
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None  # Another user's, no directory, or gone meanwhile.
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        found, named = os.fstat(lock), path.stat(follow_symlinks=False)
    except (BlockingIOError, FileNotFoundError):
        os.close(lock)
        return None  # In use, or removed between opening and locking.
    ours = found.st_uid == os.geteuid() and stat.S_IMODE(found.st_mode) == 0o700
    if not ours or not os.path.samestat(found, named):
        os.close(lock)
        return None
    return LockedHome(path, lock)
