"""One workspace with real keys for the whole run; each test has its own databases and port."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.openpgp.vault import find_gnupg
from broker.demo.mailroom import Mailroom
from tests.e2e.workspace import KETENREGISSEUR, Workspace, make_workspace
from tests.fixtures.databases import DatabaseUrls, UrlsOf


@pytest.fixture(scope="session")
def workspace() -> Iterator[Workspace]:
    """The shipped network, with keys for everybody; the ketenregisseur uses GnuPG too."""
    # Not pytest's own folder: the path of an agent's socket may hold 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="e2e-"))
    gnupg = frozenset({KETENREGISSEUR} if find_gnupg() is not None else ())
    # In a thread of its own: here the plugin's event loop may be the current one.
    with ThreadPoolExecutor(max_workers=1) as pool:
        made = pool.submit(asyncio.run, make_workspace(folder / "w", gnupg=gnupg)).result()
    yield made
    made.stage.close()
    shutil.rmtree(folder)


@pytest.fixture
def sqlite(fresh_databases: UrlsOf) -> DatabaseUrls:
    """Fresh SQLite files."""
    return fresh_databases("sqlite")


@pytest_asyncio.fixture
async def mailroom() -> AsyncIterator[Mailroom]:
    """The partners' mail server: takes everything."""
    room = Mailroom()
    await room.start()
    yield room
    await room.stop()
