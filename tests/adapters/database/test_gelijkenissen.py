"""The contract of `Gelijkenissen`, the same in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

import pytest

from adapters.database.errors import StoreRefused
from broker.domain.casus import CasusStaat
from broker.domain.gelijkenis import Gelijkende
from broker.ports import Store
from tests.adapters.database.records import KENMERK, casus

EEN, TWEE, DRIE = b"\0\0\0\1een", b"\0\0\0\1twee", b"\0\0\0\1drie"


async def keep(store: Store, *indexes: bytes, number: int = 1, police: bool = False) -> None:
    async with store.begin() as tx:
        record = casus(number, police=police)
        await tx.casussen.add(record, number=number)
        await tx.gelijkenissen.keep(record.kenmerk, indexes)
        await tx.commit()


async def find(store: Store, *indexes: bytes) -> list[Gelijkende]:
    async with store.begin() as tx:
        return [*await tx.gelijkenissen.find(indexes)]


async def test_a_casus_is_found_by_any_of_its_indexes(any_store: Store) -> None:
    """Once, however many of them fit, with the state that it has; in order; else not."""
    await keep(any_store, EEN, TWEE)
    await keep(any_store, TWEE, number=2, police=True)
    await keep(any_store, number=3)
    eerste = Gelijkende(KENMERK, CasusStaat.IN_VERRIJKING, politie=False)
    assert await find(any_store, EEN, TWEE, DRIE) == [
        eerste,
        Gelijkende(casus(2).kenmerk, CasusStaat.IN_VERRIJKING, politie=True),
    ]
    assert await find(any_store, EEN) == [eerste]
    assert await find(any_store, DRIE) == []
    assert await find(any_store) == []


async def test_the_state_is_that_of_now(any_store: Store) -> None:
    """Whoever looks decides what a closed casus is worth."""
    await keep(any_store, EEN)
    async with any_store.begin() as tx:
        record = await tx.casussen.get(KENMERK)
        assert record is not None
        await tx.casussen.save(replace(record, staat=CasusStaat.INGETROKKEN))
        await tx.commit()
    assert [een.staat for een in await find(any_store, EEN)] == [CasusStaat.INGETROKKEN]


async def test_what_is_forgotten_is_found_no_more(any_store: Store) -> None:
    """Of that casus alone; forgetting what was never kept is no fault."""
    await keep(any_store, EEN)
    await keep(any_store, EEN, number=2)
    async with any_store.begin() as tx:
        await tx.gelijkenissen.forget(KENMERK)
        await tx.gelijkenissen.forget(KENMERK)
        await tx.commit()
    assert [een.kenmerk for een in await find(any_store, EEN)] == [casus(2).kenmerk]


async def test_indexes_belong_to_a_casus(any_store: Store) -> None:
    """What says that somebody was reported is kept for no casus that is not there."""
    async with any_store.begin() as tx:
        with pytest.raises(StoreRefused):
            await tx.gelijkenissen.keep(KENMERK, [EEN])
