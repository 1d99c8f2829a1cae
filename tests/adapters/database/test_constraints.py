"""What the databases themselves refuse, whoever asks: raw SQL with the broker's ordinary role."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import psycopg
import pytest
from psycopg.sql import SQL
from sqlalchemy import make_url

from adapters.database.store import DatabaseStore
from broker.domain.partner import MedewerkerId
from broker.ports import Opschorting, VerstrekkingEvent, VerstrekkingId
from tests.adapters.database.records import NOW, REGISSEUR, casus, outbound, verstrekking
from tests.fixtures.databases import DatabaseUrls

REFUSED = (sqlite3.IntegrityError, psycopg.errors.IntegrityError)


@contextmanager
def _raw(urls: DatabaseUrls) -> Iterator[sqlite3.Connection | psycopg.Connection]:
    url = make_url(urls.url)
    connection: sqlite3.Connection | psycopg.Connection
    if urls.kind == "sqlite":
        connection = sqlite3.connect(str(url.database))
        connection.execute("PRAGMA foreign_keys = ON")
    else:
        connection = psycopg.connect(
            host=str(url.query["host"]), user=url.username, dbname=url.database
        )
    try:
        yield connection
    finally:
        connection.close()


def _run(urls: DatabaseUrls, statement: str) -> None:
    with _raw(urls) as connection:
        if isinstance(connection, sqlite3.Connection):
            connection.execute(statement)
        else:
            connection.execute(SQL(statement))
        connection.commit()


@pytest.fixture
async def filled(store: DatabaseStore) -> DatabaseStore:
    """One casus, one message without and one with police data, two rows in the register."""
    async with store.begin() as transaction:
        await transaction.casussen.add(casus(1, "politie"), number=1)
        await transaction.register.append([verstrekking("v1"), verstrekking("v2")])
        await transaction.register.note(VerstrekkingId("v1"), VerstrekkingEvent.AFGELEVERD, at=NOW)
        police = outbound("p", police=True, recipient=REGISSEUR, verstrekking=VerstrekkingId("v1"))
        await transaction.outbox.add([outbound(), police])
        await transaction.commit()
    return store


@pytest.mark.rule("WPG-32")
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE outbox SET police = true WHERE id = 'm1'",
        "UPDATE outbox SET verstrekking = NULL WHERE id = 'p'",
        "UPDATE outbox SET verstrekking = 'unknown' WHERE id = 'p'",
        "UPDATE outbox SET kenmerk = NULL WHERE id = 'p'",
        "UPDATE outbox SET kenmerk = 'ZNW-2026-00002' WHERE id = 'p'",
        "UPDATE outbox SET recipient = 'somebody.else' WHERE id = 'p'",
        "UPDATE outbox SET police = true, verstrekking = 'v1' WHERE id = 'm1'",
        "UPDATE verzoek SET police = true",
        "UPDATE verzoek SET police = true, verstrekking = 'unknown'",
    ],
)
async def test_police_data_without_their_register_row(
    filled: DatabaseStore, database_urls: DatabaseUrls, change: str
) -> None:
    """No change makes a message or an answer with police data that has no row of its own."""
    with pytest.raises(REFUSED):
        _run(database_urls, change)


async def test_sqlite_takes_no_other_truth(
    store: DatabaseStore, database_urls: DatabaseUrls
) -> None:
    """A text that is neither true nor false does not pass for 'not police'."""
    async with store.begin() as transaction:
        await transaction.outbox.add([outbound()])
        await transaction.commit()
    with pytest.raises((*REFUSED, psycopg.errors.DataError)):
        _run(database_urls, "UPDATE outbox SET police = 'perhaps'")


_ROW = (
    "'Zorgnetwerk Venlo', 'ZNW-2026-00001', 'r', 'p', 'd', 'o', 'g', 'x', 's', 'b', "
    "'2026-03-02 09:00:00', 'content'"
)
_INTO = (
    "register (sequence, id, network, kenmerk, reason, purpose, description, officer, party, "
    "recipient, manner, decision, moment, content) VALUES"
)
_ANYWHERE = [
    "UPDATE register SET officer = 'somebody.else'",
    "UPDATE register SET content = content",
    "DELETE FROM register",
    "DELETE FROM register WHERE sequence = 2",
    "UPDATE register_event SET event = 'mislukt'",
    "DELETE FROM register_event",
    "UPDATE register_head SET last = 0",
    "DELETE FROM register_head",
    "INSERT INTO register_head (id, last) VALUES (2, 0)",
    f"INSERT INTO {_INTO} (4, 'v4', {_ROW})",
    f"INSERT INTO {_INTO} (1, 'v4', {_ROW})",
    f"INSERT INTO {_INTO} (3, 'v1', {_ROW})",
]
_SQLITE = [
    f"INSERT OR REPLACE INTO {_INTO} (3, 'v2', {_ROW})",
    f"INSERT OR REPLACE INTO {_INTO} (2, 'v3', {_ROW})",
    "INSERT OR REPLACE INTO register_head (id, last) VALUES (1, 0)",
    "INSERT OR REPLACE INTO register_event VALUES (1, 'v1', 'mislukt', '2026-03-02 09:00:00')",
]
_POSTGRESQL = [
    "TRUNCATE register CASCADE",
    "TRUNCATE register_event",
    "TRUNCATE register_head",
]


@pytest.mark.rule("D-11")
async def test_the_register_is_append_only(
    filled: DatabaseStore, database_urls: DatabaseUrls
) -> None:
    """Every way to change, delete, replace or skip a row is refused; all rows are still there."""
    own = _SQLITE if database_urls.kind == "sqlite" else _POSTGRESQL
    for statement in [*_ANYWHERE, *own]:
        with pytest.raises(REFUSED):
            _run(database_urls, statement)

    async with filled.begin() as transaction:
        assert await transaction.register.list() == [
            replace(verstrekking("v1"), sequence=1),
            replace(verstrekking("v2"), sequence=2),
        ]
        await transaction.register.append([verstrekking("v3")])
        await transaction.commit()


@pytest.mark.rule("BS-9")
async def test_what_the_police_decided_is_append_only(
    filled: DatabaseStore, database_urls: DatabaseUrls
) -> None:
    """Nobody takes a suspension away, or writes another over it."""
    decided = Opschorting(NOW, MedewerkerId("w.vanderlinden"), suspended=True)
    async with filled.begin() as transaction:
        await transaction.opschortingen.add(decided)
        await transaction.commit()
    own = (
        [
            "INSERT OR REPLACE INTO opschorting VALUES (1, '2026-03-02 09:00:00', 'x', 0)",
            "UPDATE opschorting SET suspended = 2",
        ]
        if database_urls.kind == "sqlite"
        else ["TRUNCATE opschorting"]
    )
    for statement in [
        "UPDATE opschorting SET officer = 'somebody.else'",
        "DELETE FROM opschorting",
        *own,
    ]:
        with pytest.raises(REFUSED):
            _run(database_urls, statement)
    async with filled.begin() as transaction:
        assert await transaction.opschortingen.list() == [decided]


async def test_a_kenmerk_number_is_never_used_again(
    filled: DatabaseStore, database_urls: DatabaseUrls
) -> None:
    """Also when the casus is gone; the counter itself cannot be set back."""
    _run(database_urls, "DELETE FROM casus")
    for statement in ("UPDATE kenmerk_counter SET last = 0", "DELETE FROM kenmerk_counter"):
        with pytest.raises(REFUSED):
            _run(database_urls, statement)

    async with filled.begin() as transaction:
        assert await transaction.casussen.list() == []
        assert await transaction.casussen.next_kenmerk(2026) == 2
