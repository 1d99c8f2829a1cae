"""One store for the contract suite: in memory, on SQLite, and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol

import pytest
import pytest_asyncio

from broker.ports import Store
from tests.fixtures.databases import KINDS, UrlsOf, opened_stores
from tests.fixtures.memory_store import MemoryStore


class OpenStore(Store, Protocol):
    """A store that can be closed, as the end of its process would do."""

    async def close(self) -> None:
        """End: its leases are nobody's any more."""


AnyStoreFactory = Callable[..., Awaitable[OpenStore]]


@pytest_asyncio.fixture(params=["memory", *KINDS])
async def processes(
    request: pytest.FixtureRequest, fresh_databases: UrlsOf
) -> AsyncIterator[AnyStoreFactory]:
    """Makes stores on the same data, as processes with names of their own would have them."""
    if request.param == "memory":
        memory = MemoryStore()

        async def make(*, owner: str = "process-1") -> OpenStore:
            return memory.of(owner)

        yield make
    else:
        async with opened_stores(fresh_databases(request.param)) as opened:
            yield opened


@pytest_asyncio.fixture
async def any_store(processes: AnyStoreFactory) -> Store:
    """One store of each kind in turn."""
    return await processes()
