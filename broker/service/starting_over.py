"""Who loses a race against another process starts over, from what is stored by then."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from broker.ports import Conflict
from broker.service.context import Context

TRIES = 16
"""How often a race may be lost: more is no race but a fault."""

T = TypeVar("T")


async def start_over(context: Context, attempt: Callable[[], Awaitable[T]], *, what: str) -> T:
    """What the attempt gives, tried again after a Conflict. Raises the last Conflict."""
    for _ in range(TRIES - 1):
        try:
            return await attempt()
        except Conflict:
            context.events.log("conflict.retried", what=what)
    return await attempt()
