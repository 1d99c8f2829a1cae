"""Take over what a process was at when it died: at start, and every time the clock wakes."""

from __future__ import annotations

from broker.service.context import Context


async def take_over(context: Context) -> int:
    """Make what dead processes had claimed due again; says how many messages that were."""
    freed = await context.store.recover()
    if freed:
        context.events.log("work.taken_over", count=freed)
    return freed
