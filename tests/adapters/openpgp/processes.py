"""Whether a group of processes still runs, as /proc tells it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path


def alive(group: int) -> bool:
    """Whether a process of this group still runs (and is not merely unburied)."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(its_group) == group and state != "Z":
            return True
    return False


async def gone(still: Callable[[], bool]) -> bool:
    """Whether it stops within some seconds."""
    for _ in range(100):
        if not still():
            return True
        await asyncio.sleep(0.02)
    return False
