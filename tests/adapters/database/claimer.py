"""A process of its own that claims messages until there are none, and prints their ids."""

from __future__ import annotations

import asyncio
import sys
from datetime import timedelta

from adapters.database.store import open_store
from tests.adapters.database.records import NOW


async def claim_all(*, url: str, keys_url: str, owner: str, stay: bool) -> None:
    """Claim by three until none is left; the first line says that it is ready.

    With `stay` it goes on holding what it has until its input ends.
    """
    store = await open_store(url=url, keys_url=keys_url, owner=owner)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.to_thread(sys.stdin.readline)
    while True:
        async with store.begin() as transaction:
            claimed = await transaction.inbox.claim(
                now=NOW, until=NOW + timedelta(minutes=5), limit=3
            )
            await transaction.commit()
        if not claimed:
            break
        for message in claimed:
            sys.stdout.write(f"{message.id}\n")
    sys.stdout.flush()
    if stay:
        await asyncio.to_thread(sys.stdin.read)
    await store.close()


if __name__ == "__main__":
    _, main_url, casus_keys_url, name, *options = sys.argv
    asyncio.run(
        claim_all(url=main_url, keys_url=casus_keys_url, owner=name, stay="stay" in options)
    )
