"""The contract of `Casussen`, the same in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.database.errors import StoreRefused
from broker.domain.casus import CasusStaat, Kenmerk
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.verzoek import VerzoekStaat
from broker.ports import CasusRecord, Conflict, Store, VerstrekkingId
from tests.adapters.database.conftest import AnyStoreFactory
from tests.adapters.database.records import KENMERK, NOW, SOON, casus, verstrekking, verzoek


async def add(store: Store, record: CasusRecord, *, number: int = 1) -> None:
    async with store.begin() as transaction:
        await transaction.casussen.add(record, number=number)
        await transaction.commit()


async def save(store: Store, record: CasusRecord) -> None:
    async with store.begin() as transaction:
        await transaction.casussen.save(record)
        await transaction.commit()


async def get(store: Store, kenmerk: Kenmerk = KENMERK) -> CasusRecord:
    async with store.begin() as transaction:
        found = await transaction.casussen.get(kenmerk)
    assert found is not None
    return found


async def test_gives_back_what_was_added(any_store: Store) -> None:
    """Every field of the casus and of its verzoeken, in their order; an unknown one is None."""
    record = casus(
        1, "wonen", "ggz", "incluzio", remind_at=SOON, ends_at=SOON, enriched_on=NOW, closed_on=NOW
    )
    await add(any_store, record)

    assert await get(any_store) == record
    async with any_store.begin() as transaction:
        assert await transaction.casussen.get(Kenmerk("ZNW-2026-00009")) is None


async def test_a_casus_without_verzoeken(any_store: Store) -> None:
    """A casus that asks nobody is a casus too."""
    await add(any_store, casus())
    await save(any_store, casus(staat=CasusStaat.INGETROKKEN))

    assert (await get(any_store)).verzoeken == ()


async def test_a_number_is_given_once(any_store: Store) -> None:
    """Two that saw the same next number: the second gets a Conflict; other years count apart."""
    async with any_store.begin() as transaction:
        assert await transaction.casussen.next_kenmerk(2026) == 1
    await add(any_store, casus(1))

    with pytest.raises(Conflict):
        await add(any_store, casus(1))
    with pytest.raises(Conflict):
        await add(any_store, replace(casus(1), kenmerk=Kenmerk("ANDERS-2026-00001")))
    async with any_store.begin() as transaction:
        assert await transaction.casussen.next_kenmerk(2026) == 2
        assert await transaction.casussen.next_kenmerk(2027) == 1


async def test_a_number_that_is_not_that_of_the_kenmerk_is_a_fault(any_store: Store) -> None:
    """The year and the number stand in the kenmerk; another number is a ValueError."""
    async with any_store.begin() as transaction:
        with pytest.raises(ValueError, match="kenmerk"):
            await transaction.casussen.add(casus(1), number=2)


async def test_processes_that_race_for_a_number_get_one_each(processes: AnyStoreFactory) -> None:
    """Four add at once, starting over after each Conflict: four numbers, no gap."""

    async def work(store: Store) -> int:
        while True:
            async with store.begin() as transaction:
                number = await transaction.casussen.next_kenmerk(2026)
            try:
                await add(store, casus(number, "wonen"), number=number)
            except Conflict:
                continue
            return number

    stores = [await processes(owner=f"process-{n}") for n in range(4)]
    assert sorted(await asyncio.gather(*map(work, stores))) == [1, 2, 3, 4]


async def test_save_raises_the_version(any_store: Store) -> None:
    """Casus and verzoeken as given; who saves an older version gets a Conflict."""
    before = casus(1, "wonen", "ggz")
    await add(any_store, before)
    answered = replace(
        before.verzoeken[1],
        staat=VerzoekStaat.BEANTWOORD,
        answered_on=SOON,
        answered_by=MedewerkerId("ggz.bakker"),
        answer=b"sealed answer",
        answer_version=1,
    )
    after = replace(before, staat=CasusStaat.VERRIJKT, verzoeken=(before.verzoeken[0], answered))
    await save(any_store, after)

    assert await get(any_store) == replace(after, version=2)
    with pytest.raises(Conflict):
        await save(any_store, after)
    with pytest.raises(Conflict):
        await save(any_store, casus(2))


async def test_save_keeps_the_order_and_takes_a_new_verzoek(any_store: Store) -> None:
    """A new verzoek comes behind; whatever order is saved, those that are there keep theirs."""
    record = casus(1, "wonen", "ggz")
    await add(any_store, record)
    await save(any_store, replace(record, verzoeken=(verzoek("wijk"), record.verzoeken[1])))

    assert [v.loket for v in (await get(any_store)).verzoeken] == ["wonen", "ggz", "wijk"]


async def test_of_two_that_save_at_once_one_wins(processes: AnyStoreFactory) -> None:
    """The version is compared in the database, not in the process."""
    stores = [await processes(owner=f"process-{n}") for n in range(3)]
    record = casus(1, "wonen")
    await add(stores[0], record)

    results = await asyncio.gather(
        *(save(store, record) for store in stores), return_exceptions=True
    )
    assert sorted(type(result) is Conflict for result in results) == [False, True, True]
    assert (await get(stores[0])).version == 2


async def test_sent_raises_the_version_once(any_store: Store) -> None:
    """KLAARGEZET becomes VERZONDEN; a second time, an answered one or an unknown one: nothing."""
    record = casus(1, "wonen", "ggz")
    answered = replace(record.verzoeken[1], staat=VerzoekStaat.BEANTWOORD)
    await add(any_store, replace(record, verzoeken=(record.verzoeken[0], answered)))
    async with any_store.begin() as transaction:
        for loket in ("wonen", "wonen", "ggz", "elders"):
            await transaction.casussen.sent(KENMERK, LoketId(loket), on=SOON)
        await transaction.casussen.sent(Kenmerk("ZNW-2026-00009"), LoketId("wonen"), on=SOON)
        await transaction.commit()

    found = await get(any_store)
    assert found.version == 2
    assert [(v.staat, v.sent_on) for v in found.verzoeken] == [
        (VerzoekStaat.VERZONDEN, SOON),
        (VerzoekStaat.BEANTWOORD, None),
    ]


async def test_what_is_sent_together_raises_the_version_once(any_store: Store) -> None:
    """Every desk that is named becomes VERZONDEN, in one change; the others stay as they are."""
    await add(any_store, casus(1, "wonen", "ggz", "welzijn"))
    async with any_store.begin() as transaction:
        await transaction.casussen.sent(KENMERK, LoketId("wonen"), LoketId("welzijn"), on=SOON)
        await transaction.commit()

    found = await get(any_store)
    assert found.version == 2
    assert [v.sent_on for v in found.verzoeken] == [SOON, None, SOON]


async def test_due_gives_the_longest_due_first(any_store: Store) -> None:
    """By the earlier of reminder and end, at or before now; None is never due."""
    hour = timedelta(hours=1)
    for number, (remind_at, ends_at) in enumerate(
        [
            (None, None),
            (NOW, NOW + hour),
            (None, NOW - hour),
            (NOW + hour, NOW - 2 * hour),
            (NOW + timedelta(microseconds=1), None),
        ],
        start=1,
    ):
        await add(any_store, casus(number, remind_at=remind_at, ends_at=ends_at), number=number)

    async with any_store.begin() as transaction:
        due = await transaction.casussen.due(NOW, limit=10)
        assert due == ["ZNW-2026-00004", "ZNW-2026-00003", "ZNW-2026-00002"]
        assert await transaction.casussen.due(NOW, limit=1) == ["ZNW-2026-00004"]


async def test_open_verzoeken_are_those_that_wait_for_an_answer(any_store: Store) -> None:
    """Made or delivered, of a casus in verrijking; by kenmerk, and in their own order."""
    states = [*VerzoekStaat]
    asked = [
        verzoek(f"l{n}", kenmerk=casus(2).kenmerk, staat=staat) for n, staat in enumerate(states)
    ]
    await add(any_store, casus(1, "wonen", staat=CasusStaat.VERRIJKT))
    await add(any_store, casus(2, verzoeken=tuple(asked)), number=2)
    await add(any_store, casus(3, "wonen", "ggz"), number=3)
    async with any_store.begin() as transaction:
        assert await transaction.casussen.open_verzoeken() == [
            (casus(2).kenmerk, f"l{states.index(VerzoekStaat.KLAARGEZET)}"),
            (casus(2).kenmerk, f"l{states.index(VerzoekStaat.VERZONDEN)}"),
            (casus(3).kenmerk, "wonen"),
            (casus(3).kenmerk, "ggz"),
        ]


async def test_lists_every_casus_and_its_key(any_store: Store) -> None:
    """Oldest first, each with its own verzoeken."""
    first, second = casus(1, "wonen", "ggz"), casus(2, "wijk", received=NOW - timedelta(days=1))
    await add(any_store, first)
    await add(any_store, second, number=2)

    async with any_store.begin() as transaction:
        assert await transaction.casussen.list() == [second, first]
        assert await transaction.casussen.key_ids() == {"key-1", "key-2"}


async def test_counts_the_casussen_of_each_state(any_store: Store) -> None:
    """What `broker status` shows, without reading a casus; no state without one."""
    async with any_store.begin() as transaction:
        assert await transaction.casussen.counts() == {}
    await add(any_store, casus(1, "wonen", "ggz"))
    await add(any_store, casus(2, "wijk"), number=2)
    await add(any_store, casus(3, staat=CasusStaat.INGETROKKEN), number=3)

    async with any_store.begin() as transaction:
        counted = await transaction.casussen.counts()
    assert counted == {CasusStaat.IN_VERRIJKING: 2, CasusStaat.INGETROKKEN: 1}
    assert all(isinstance(staat, CasusStaat) for staat in counted)


@pytest.mark.rule("WPG-32")
@pytest.mark.parametrize(
    ("row", "is_kept"), [("v1", True), (None, False), ("unknown", False), ("v2", False)]
)
async def test_a_police_answer_needs_its_register_row(
    any_store: Store, row: str | None, is_kept: bool
) -> None:
    """A police answer names a register row of this casus (v2 is of another), or is refused."""
    record = casus(1, "politie")
    await add(any_store, record)
    answered = replace(
        record.verzoeken[0],
        answer=b"sealed",
        police=True,
        verstrekking=None if row is None else VerstrekkingId(row),
    )

    async def answer() -> None:
        async with any_store.begin() as transaction:
            await transaction.casussen.save(replace(record, verzoeken=(answered,)))
            other = verstrekking("v2", kenmerk=Kenmerk("ZNW-2026-00002"))
            await transaction.register.append([verstrekking("v1"), other])
            await transaction.commit()

    if is_kept:
        await answer()
    else:
        with pytest.raises(StoreRefused):
            await answer()
    assert (await get(any_store)).verzoeken[0].police is is_kept
