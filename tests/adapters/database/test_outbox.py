"""The contract of `Outbox`, the same in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from adapters.database.errors import StoreRefused
from broker.domain.casus import Kenmerk
from broker.domain.partner import LoketId, MedewerkerId
from broker.ports import (
    Conflict,
    Outbound,
    OutboundId,
    OutboundKind,
    OutboundStatus,
    Store,
    VerstrekkingId,
)
from tests.adapters.database.conftest import AnyStoreFactory
from tests.adapters.database.records import KENMERK, NOW, REGISSEUR, SOON, outbound, verstrekking

M1 = OutboundId("m1")


async def add(store: Store, *messages: Outbound) -> None:
    async with store.begin() as transaction:
        await transaction.outbox.add(messages)
        await transaction.commit()


async def claim(store: Store, *, now: datetime = NOW, limit: int = 10) -> list[Outbound]:
    async with store.begin() as transaction:
        claimed = await transaction.outbox.claim(
            now=now, until=now + timedelta(minutes=5), limit=limit
        )
        await transaction.commit()
    return [*claimed]


async def mark(
    store: Store,
    status: OutboundStatus,
    *,
    due: datetime | None = None,
    sent: datetime | None = None,
) -> None:
    async with store.begin() as transaction:
        await transaction.outbox.mark(M1, status=status, reason="4.4.1", due=due, sent=sent)
        await transaction.commit()


async def find(store: Store, id: OutboundId = M1) -> Outbound:
    async with store.begin() as transaction:
        found = await transaction.outbox.find(id)
    assert found is not None
    return found


async def test_gives_back_what_was_added(any_store: Store) -> None:
    """Every field comes out as it went in; an unknown id is None."""
    message = outbound(sent=SOON, attempts=3, reason="x", loket=None)
    await add(any_store, message)

    assert await find(any_store) == message
    async with any_store.begin() as transaction:
        assert await transaction.outbox.find(OutboundId("other")) is None


async def test_marks_all_that_fared_alike(any_store: Store) -> None:
    """Each message that is named gets the status and loses its bytes; another one keeps both."""
    names = ("m1", "m2", "m3")
    await add(any_store, *(outbound(name, recipient=MedewerkerId(name)) for name in names))
    async with any_store.begin() as transaction:
        await transaction.outbox.mark(
            OutboundId("m1"), OutboundId("m3"), status=OutboundStatus.VERZONDEN, sent=SOON
        )
        await transaction.commit()

    found = [await find(any_store, OutboundId(name)) for name in names]
    assert [message.sent for message in found] == [SOON, None, SOON]
    assert [bool(message.raw) for message in found] == [False, True, False]


async def test_a_message_of_a_casus_exists_once(any_store: Store) -> None:
    """An id, or a (kenmerk, recipient, kind, number), that is there already is a Conflict."""
    await add(any_store, outbound())

    for double in (
        outbound(recipient=MedewerkerId("other")),
        outbound("m2", recipient=outbound().recipient),
    ):
        with pytest.raises(Conflict):
            await add(any_store, double)
    await add(any_store, outbound("m2", recipient=outbound().recipient, number=2))


async def test_messages_of_no_casus_are_not_compared(any_store: Store) -> None:
    """The blank form may be sent to one employee twice."""
    form = outbound(kenmerk=None, kind=OutboundKind.FORMULIER)
    await add(any_store, form, replace(form, id=OutboundId("m2")))
    await add(any_store)

    async with any_store.begin() as transaction:
        assert (await transaction.outbox.counts())[OutboundStatus.WACHT] == 2


async def test_claims_the_oldest_that_are_due(any_store: Store) -> None:
    """Only WACHT, only what is due, oldest first; what was added together keeps its order."""
    old = NOW - timedelta(hours=1)
    await add(
        any_store,
        outbound("b"),
        outbound("a"),
        outbound("later", due=SOON),
        outbound("held", status=OutboundStatus.VASTGEHOUDEN, raw=b""),
        outbound("old", created=old),
    )

    assert [m.id for m in await claim(any_store, limit=2)] == ["old", "b"]
    assert [(m.id, m.attempts) for m in await claim(any_store)] == [("a", 1)]


async def test_a_lease_passes_to_another_process(processes: AnyStoreFactory) -> None:
    """Not before its end, and then with its bytes: a crash loses nothing."""
    first, second = await processes(owner="a"), await processes(owner="b")
    await add(first, outbound())
    await claim(first)

    assert await claim(second, now=SOON - timedelta(microseconds=1)) == []
    [again] = await claim(second, now=SOON)
    assert (again.attempts, again.raw) == (2, b"letter m1")


async def test_mark_sent_forgets_the_bytes(any_store: Store) -> None:
    """VERZONDEN keeps when and drops what."""
    await add(any_store, outbound())
    await claim(any_store)
    await mark(any_store, OutboundStatus.VERZONDEN, sent=SOON)

    found = await find(any_store)
    assert (found.status, found.sent, found.raw) == (OutboundStatus.VERZONDEN, SOON, b"")


async def test_mark_waiting_is_tried_again_when_due(any_store: Store) -> None:
    """The lease ends, the bytes stay, `due` moves."""
    await add(any_store, outbound())
    await claim(any_store)
    await mark(any_store, OutboundStatus.WACHT, due=SOON)

    assert await claim(any_store, now=SOON - timedelta(microseconds=1)) == []
    [again] = await claim(any_store, now=SOON)
    assert (again.raw, again.reason) == (b"letter m1", "4.4.1")


async def test_a_late_mark_does_not_undo_a_delivery(any_store: Store) -> None:
    """What was sent is never sent again; a failure that is reported later is kept."""
    await add(any_store, outbound())
    await mark(any_store, OutboundStatus.VERZONDEN, sent=NOW)
    for late in (OutboundStatus.WACHT, OutboundStatus.VASTGEHOUDEN, OutboundStatus.INGETROKKEN):
        await mark(any_store, late)
        assert (await find(any_store)).status is OutboundStatus.VERZONDEN
    await mark(any_store, OutboundStatus.MISLUKT)
    assert (await find(any_store)).status is OutboundStatus.MISLUKT


async def test_a_mark_of_who_lost_his_lease_counts_only_when_sent(
    processes: AnyStoreFactory,
) -> None:
    """Another process has the message: only that it went out is still true."""
    slow, other = await processes(owner="slow"), await processes(owner="other")
    await add(slow, outbound())
    await claim(slow)
    await claim(other, now=SOON)

    await mark(slow, OutboundStatus.WACHT, due=NOW)
    assert await claim(slow, now=SOON) == []
    await mark(slow, OutboundStatus.VERZONDEN, sent=SOON)
    assert (await find(slow)).status is OutboundStatus.VERZONDEN


async def test_a_held_message_is_put_back_as_made_again(any_store: Store) -> None:
    """Same id, new bytes and key; only while it is held."""
    held = outbound(status=OutboundStatus.VASTGEHOUDEN, raw=b"")
    await add(any_store, held)
    async with any_store.begin() as transaction:
        assert await transaction.outbox.held() == [held]
        again = replace(held, status=OutboundStatus.WACHT, raw=b"new letter")
        await transaction.outbox.replace(again)
        await transaction.commit()

    assert await find(any_store) == again
    async with any_store.begin() as transaction:
        assert await transaction.outbox.held() == []
        with pytest.raises(Conflict):
            await transaction.outbox.replace(again)


async def test_withdraws_what_was_not_delivered(any_store: Store) -> None:
    """Verzoek, herinnering and verduidelijking of this casus, with their bytes; nothing else."""
    await add(
        any_store,
        outbound("verzoek"),
        outbound("reminder", kind=OutboundKind.HERINNERING, status=OutboundStatus.VASTGEHOUDEN),
        outbound("sent", status=OutboundStatus.VERZONDEN, raw=b""),
        outbound("status", kind=OutboundKind.STATUS),
        outbound("other", kenmerk=Kenmerk("ZNW-2026-00002")),
    )
    async with any_store.begin() as transaction:
        withdrawn = await transaction.outbox.withdraw(KENMERK)
        await transaction.commit()

    assert withdrawn == ["verzoek", "reminder"]
    assert (await find(any_store, OutboundId("verzoek"))).raw == b""
    async with any_store.begin() as transaction:
        assert (await transaction.outbox.counts())[OutboundStatus.INGETROKKEN] == 2


async def test_withdraws_one_desk(any_store: Store) -> None:
    """With a desk, only that desk's; claimed messages too."""
    await add(any_store, outbound("a", loket=LoketId("a")), outbound("b", loket=LoketId("b")))
    await claim(any_store)
    async with any_store.begin() as transaction:
        assert await transaction.outbox.withdraw(KENMERK, loket=LoketId("a")) == ["a"]


async def test_of_casus_is_oldest_first(any_store: Store) -> None:
    """Every message of one casus, whatever its status."""
    await add(
        any_store,
        outbound("b"),
        outbound("a", status=OutboundStatus.MISLUKT),
        outbound("older", created=NOW - timedelta(days=1)),
        outbound("x", kenmerk=Kenmerk("ZNW-2026-00002")),
    )
    async with any_store.begin() as transaction:
        found = await transaction.outbox.of_casus(KENMERK)
    assert [message.id for message in found] == ["older", "b", "a"]


@pytest.mark.rule("WPG-32")
async def test_police_data_go_out_with_their_register_row(any_store: Store) -> None:
    """With the row of this casus and this recipient; the order within the transaction is free."""
    police = outbound(police=True, recipient=REGISSEUR, verstrekking=VerstrekkingId("v1"))
    async with any_store.begin() as transaction:
        await transaction.outbox.add([police])
        await transaction.register.append([verstrekking("v1")])
        await transaction.commit()

    assert await find(any_store) == police


@pytest.mark.rule("WPG-32")
@pytest.mark.parametrize(
    "changes",
    [
        {"verstrekking": None},
        {"verstrekking": VerstrekkingId("unknown")},
        {"kenmerk": None},
        {"kenmerk": Kenmerk("ZNW-2026-00002")},
        {"recipient": MedewerkerId("somebody.else")},
    ],
    ids=["no row", "unknown row", "no casus", "another casus", "another recipient"],
)
async def test_police_data_without_their_row_are_refused(
    any_store: Store, changes: dict[str, str | None]
) -> None:
    """No row of this casus and this recipient: no message, at the latest at the commit."""
    police = outbound(police=True, recipient=REGISSEUR, verstrekking=VerstrekkingId("v1"))
    wrong = replace(police, **changes)  # type: ignore[arg-type]

    async def add_both() -> None:
        async with any_store.begin() as transaction:
            await transaction.register.append([verstrekking("v1")])
            await transaction.outbox.add([wrong])
            await transaction.commit()

    with pytest.raises(StoreRefused):
        await add_both()
    async with any_store.begin() as transaction:
        assert await transaction.outbox.find(police.id) is None
        assert await transaction.register.list() == []
