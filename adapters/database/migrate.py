"""Brings the schema of both databases up to date, and says how old it is.

The migrations are two lines of files, `migrations/main` and `migrations/keys`, because the two
databases are backed up, restored and therefore also updated apart. A new one is a new file there;
the tests compare the tables after all migrations with `tables.py`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from adapters.database.engine import SQLITE, connected, make_engine, parsed
from adapters.database.errors import StoreNotReady, translated

_FOLDER = Path(__file__).parent / "migrations"
# Any number will do, as long as every process that migrates takes the same lock.
_LOCK = 7_283_401


class Tree(StrEnum):
    """The two lines of migrations, one for each database."""

    MAIN = "main"
    KEYS = "keys"


async def prepare(*, url: str, keys_url: str) -> None:
    """Make both databases, or bring them up to date. Raises StoreNotReady, StoreUnavailable."""
    await upgrade(url, Tree.MAIN)
    await upgrade(keys_url, Tree.KEYS)


async def upgrade(url: str, tree: Tree) -> None:
    """Bring one database to the newest schema, in one transaction; a SQLite file is made.

    Safe to run from several processes at once; within a process one at a time, because Alembic
    keeps what it works on in a global. Raises StoreNotReady, StoreUnavailable.
    """
    address = parsed(url)
    if address.drivername == SQLITE and address.database is not None:
        _make_private(Path(address.database))
    engine = make_engine(url)
    error: Exception | None = None
    try:
        async with connected(engine) as connection:
            await connection.run_sync(_run, tree)
            await connection.commit()
    except DBAPIError as fault:
        error = translated(fault)
    finally:
        await engine.dispose()
    if error is not None:
        raise error


async def current(url: str) -> str | None:
    """The revision of the schema of one database, None when it has none."""
    engine = make_engine(url)
    try:
        async with connected(engine) as connection:
            return await connection.run_sync(_revision)
    finally:
        await engine.dispose()


def newest(tree: Tree) -> str | None:
    """The revision that this version of the broker works with."""
    return ScriptDirectory.from_config(_config(tree)).get_current_head()


async def require_newest(connection: AsyncConnection, tree: Tree) -> None:
    """Raises StoreNotReady when the schema is not the one this version of the broker works with."""
    found = await connection.run_sync(_revision)
    if found is None:
        raise StoreNotReady(
            f"The {tree} database has no schema yet.", hint="Make it with `broker upgrade`."
        )
    if found == newest(tree):
        return
    known = {
        script.revision for script in ScriptDirectory.from_config(_config(tree)).walk_revisions()
    }
    if found in known:
        raise StoreNotReady(
            f"The {tree} database has the schema of an older version ({found}).",
            hint="Stop the broker, make a back-up, and run `broker upgrade`.",
        )
    raise StoreNotReady(
        f"The {tree} database has a schema that this version does not know ({found}).",
        hint="It was made by a newer version of the broker: install that one.",
    )


def _make_private(file: Path) -> None:
    # SQLite gives its WAL the permissions of the file, so only this file matters.
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _run(connection: Connection, tree: Tree) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    config = _config(tree)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(tree: Tree) -> Config:
    config = Config()
    # Alembic reads these through configparser, where a percent sign has a meaning.
    for option, value in {
        "script_location": _FOLDER,
        "version_locations": _FOLDER / tree,
        "path_separator": "newline",
    }.items():
        config.set_main_option(option, str(value).replace("%", "%%"))
    return config
