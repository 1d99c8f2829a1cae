"""The contracts of `Register`, `Alarms`, `Limits` and `CasusKeys`, the same on every store."""

from __future__ import annotations

import asyncio
from dataclasses import fields, replace
from datetime import timedelta

import pytest

from adapters.database.errors import StoreRefused
from broker.domain.partner import MedewerkerId
from broker.ports import (
    Alarm,
    Conflict,
    Opschorting,
    SleutelId,
    Store,
    VerstrekkingEvent,
    VerstrekkingId,
    VerstrekkingRecord,
)
from tests.adapters.database.conftest import AnyStoreFactory
from tests.adapters.database.records import NOW, SOON, verstrekking

TEXTS = [
    field.name
    for field in fields(VerstrekkingRecord)
    if field.name not in ("moment", "sequence", "content")
]


async def append(store: Store, *rows: VerstrekkingRecord) -> None:
    async with store.begin() as transaction:
        await transaction.register.append(rows)
        await transaction.commit()


async def register_of(store: Store) -> list[VerstrekkingRecord]:
    async with store.begin() as transaction:
        return [*await transaction.register.list()]


@pytest.mark.rule("BS-8a")
async def test_the_register_counts_without_a_gap(any_store: Store) -> None:
    """1, 2, 3 in order, every field as given; a transaction that fails leaves no gap."""
    await append(any_store)
    await append(any_store, verstrekking("a"), verstrekking("b"))
    async with any_store.begin() as transaction:
        await transaction.register.append([verstrekking("lost")])
    await append(any_store, verstrekking("c"))

    expected = [replace(verstrekking(name), sequence=n) for n, name in enumerate("abc", start=1)]
    assert await register_of(any_store) == expected
    async with any_store.begin() as transaction:
        assert await transaction.register.count() == 3


async def test_a_disclosure_is_registered_once(any_store: Store) -> None:
    """A second row with the same id is a Conflict."""
    await append(any_store, verstrekking("a"))
    with pytest.raises(Conflict):
        await append(any_store, verstrekking("a"))


@pytest.mark.rule("BS-8a")
@pytest.mark.parametrize("field", [*TEXTS, "content"])
async def test_every_field_of_the_register_is_filled(any_store: Store, field: str) -> None:
    """An empty one is refused, and so is a text of blanks."""
    for empty in [b""] if field == "content" else ["", "  "]:
        with pytest.raises(StoreRefused):
            await append(any_store, replace(verstrekking(), **{field: empty}))  # type: ignore[arg-type]
    assert await register_of(any_store) == []


async def test_processes_append_one_after_another(processes: AnyStoreFactory) -> None:
    """The lock of the head: eight at once, no Conflict, no gap."""
    stores = [await processes(owner=f"process-{n}") for n in range(2)]
    await asyncio.gather(
        *(append(stores[n % 2], verstrekking(f"{n}a"), verstrekking(f"{n}b")) for n in range(8))
    )
    assert [row.sequence for row in await register_of(stores[0])] == [*range(1, 17)]


async def test_events_are_added_to_a_disclosure(any_store: Store) -> None:
    """Oldest first; of an unknown disclosure there are none, and none can be added."""
    await append(any_store, verstrekking())
    id = VerstrekkingId("v1")
    async with any_store.begin() as transaction:
        await transaction.register.note(id, VerstrekkingEvent.INGETROKKEN, at=SOON)
        await transaction.register.note(id, VerstrekkingEvent.AFGELEVERD, at=NOW)
        await transaction.commit()

    async with any_store.begin() as transaction:
        assert await transaction.register.events(id) == [
            (VerstrekkingEvent.AFGELEVERD, NOW),
            (VerstrekkingEvent.INGETROKKEN, SOON),
        ]
        assert await transaction.register.events(VerstrekkingId("other")) == []
        with pytest.raises(StoreRefused):
            await transaction.register.note(
                VerstrekkingId("other"), VerstrekkingEvent.MISLUKT, at=NOW
            )


async def test_an_open_alarm_stays_as_it_is(any_store: Store) -> None:
    """Raised once however often; after clearing it can be raised again; oldest first."""
    first, second = Alarm("held", "m1", NOW), Alarm("held", "m2", NOW - timedelta(hours=1))
    async with any_store.begin() as transaction:
        for alarm in (first, second, replace(first, moment=SOON)):
            await transaction.alarms.raise_alarm(alarm)
        await transaction.commit()
    async with any_store.begin() as transaction:
        assert await transaction.alarms.open() == [second, first]
        await transaction.alarms.clear("held", "m1", at=SOON)
        await transaction.alarms.clear("held", "unknown", at=SOON)
        assert await transaction.alarms.open() == [second]
        await transaction.alarms.raise_alarm(replace(first, moment=SOON))
        assert await transaction.alarms.open() == [second, replace(first, moment=SOON)]


async def test_once_a_day(any_store: Store) -> None:
    """True the first time a day for each name; what was rolled back did not happen."""
    async with any_store.begin() as transaction:
        assert await transaction.limits.once("a@x.example", "2026-03-02")
    async with any_store.begin() as transaction:
        limits = transaction.limits
        assert await limits.once("a@x.example", "2026-03-02")
        assert not await limits.once("a@x.example", "2026-03-02")
        assert await limits.once("a@x.example", "2026-03-03")
        assert await limits.once("b@x.example", "2026-03-02")


async def test_casus_keys_live_until_swept(any_store: Store) -> None:
    """A key commits by itself; only old keys that no casus uses are destroyed."""
    keys = any_store.casus_keys
    for id, at in (("old", NOW), ("used", NOW), ("young", SOON)):
        await keys.add(SleutelId(id), b"wrapped " + id.encode(), at=at)

    assert await keys.sweep(frozenset({SleutelId("used")}), before=SOON) == 1
    assert await keys.get(SleutelId("old")) is None
    assert await keys.get(SleutelId("used")) == b"wrapped used"
    assert await keys.get(SleutelId("young")) == b"wrapped young"


async def test_a_casus_key_is_never_replaced(any_store: Store) -> None:
    """A second key with the same id is a Conflict, and the first stays."""
    await any_store.casus_keys.add(SleutelId("k"), b"first", at=NOW)
    with pytest.raises(Conflict):
        await any_store.casus_keys.add(SleutelId("k"), b"second", at=NOW)
    assert await any_store.casus_keys.get(SleutelId("k")) == b"first"


@pytest.mark.rule("BS-9")
async def test_what_the_police_decided_is_kept_in_order(any_store: Store) -> None:
    """The last that was added counts, whatever its moment: a clock that jumps changes nothing."""
    async with any_store.begin() as transaction:
        assert await transaction.opschortingen.latest() is None
    rows = [
        Opschorting(SOON, MedewerkerId("w.vanderlinden"), suspended=True),
        Opschorting(NOW, MedewerkerId("n.ozturk"), suspended=False),
    ]
    for row in rows:
        async with any_store.begin() as transaction:
            await transaction.opschortingen.add(row)
            await transaction.commit()
        async with any_store.begin() as transaction:
            assert await transaction.opschortingen.latest() == row
    async with any_store.begin() as transaction:
        await transaction.opschortingen.add(rows[0])
    async with any_store.begin() as transaction:
        assert await transaction.opschortingen.list() == rows
