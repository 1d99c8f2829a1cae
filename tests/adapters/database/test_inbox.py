"""The contract of `Inbox`, the same in memory, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest

from broker.ports import Conflict, Inbound, InboundId, InboundStatus, NewInbound, Store
from tests.adapters.database.conftest import AnyStoreFactory
from tests.adapters.database.records import NOW, SOON, inbound


async def add(store: Store, *messages: NewInbound) -> list[InboundId | None]:
    async with store.begin() as transaction:
        ids = [await transaction.inbox.add(message) for message in messages]
        await transaction.commit()
    return ids


async def claim(store: Store, *, now: datetime = NOW, limit: int = 10) -> list[Inbound]:
    async with store.begin() as transaction:
        claimed = await transaction.inbox.claim(
            now=now, until=now + timedelta(minutes=5), limit=limit
        )
        await transaction.commit()
    return [*claimed]


async def finish(store: Store, id: InboundId, **changes: object) -> None:
    async with store.begin() as transaction:
        seal = changes.get("seal", b"")
        assert isinstance(seal, bytes)
        await transaction.inbox.finish(
            id, status=InboundStatus.VERWERKT, reason="melding", seal=seal
        )
        await transaction.commit()


async def test_gives_back_what_was_added(any_store: Store) -> None:
    """A message comes out as it went in, its moment in UTC, with the attempt under way counted."""
    zone = timezone(timedelta(hours=2))
    [id] = await add(any_store, inbound(received=NOW.astimezone(zone)))

    [message] = await claim(any_store)

    assert id is not None
    assert message == Inbound(
        id=id,
        received=NOW,
        channel="smtp",
        envelope_from="j.hermans@wonen.example",
        recipient="broker@zorgnetwerk.example",
        message_id="<1@wonen.example>",
        status=InboundStatus.NIEUW,
        attempts=1,
        reason="",
        raw=b"ciphertext 1",
    )
    assert message.received.tzinfo is UTC


async def test_nothing_is_kept_without_commit(any_store: Store) -> None:
    """Leaving a transaction without a commit rolls it back, also after an exception."""
    async with any_store.begin() as transaction:
        await transaction.inbox.add(inbound(1))

    async def fail() -> None:
        async with any_store.begin() as transaction:
            await transaction.inbox.add(inbound(2))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await claim(any_store) == []


async def test_the_same_message_is_stored_once(any_store: Store) -> None:
    """Equal Message-ID and bytes: None; when one of them differs it is another message."""
    same = inbound(1)
    ids = await add(
        any_store, same, same, inbound(1, raw=b"other"), inbound(1, message_id="<other@x.example>")
    )

    assert ids[1] is None
    assert len({*ids}) == 4


async def test_two_processes_cannot_both_store_it(processes: AnyStoreFactory) -> None:
    """Of two processes that take the same message in at once, one gets an id."""
    stores = [await processes(owner=f"process-{n}") for n in range(2)]
    ids = await asyncio.gather(*(add(store, inbound()) for store in stores))

    assert sorted(id is None for [id] in ids) == [False, True]


async def test_claims_in_order_of_arrival_up_to_the_limit(any_store: Store) -> None:
    """The oldest messages come first, and no more than were asked for."""
    ids = await add(any_store, *(inbound(n) for n in range(5)))

    assert [m.id for m in await claim(any_store, limit=3)] == ids[:3]
    assert [m.id for m in await claim(any_store, limit=3)] == ids[3:]


async def test_leaves_alone_what_was_tried_too_often(any_store: Store) -> None:
    """Only for who says how often; the messages behind it are not held up."""
    first, second = await add(any_store, inbound(1), inbound(2))
    [tried] = await claim(any_store, limit=1)
    async with any_store.begin() as transaction:
        await transaction.inbox.retry(tried.id, at=NOW, reason="", counted=True)
        await transaction.commit()

    async with any_store.begin() as transaction:
        fresh = await transaction.inbox.claim(now=NOW, until=SOON, limit=10, most_attempts=0)
        assert [message.id for message in fresh] == [second]
    async with any_store.begin() as transaction:
        both = await transaction.inbox.claim(now=NOW, until=SOON, limit=10, most_attempts=1)
        assert [message.id for message in both] == [first, second]


async def test_a_leased_message_is_nobody_elses(processes: AnyStoreFactory) -> None:
    """Not before the lease has passed; then it comes back with its attempts counted (a crash)."""
    first, second = await processes(owner="a"), await processes(owner="b")
    await add(first, inbound())
    await claim(first)

    assert await claim(second, now=SOON - timedelta(microseconds=1)) == []
    [again] = await claim(second, now=SOON)
    assert again.attempts == 2


async def test_finish_forgets_the_bytes_and_closes(any_store: Store) -> None:
    """A closed message is never claimed again; a second closing is a Conflict."""
    [id] = await add(any_store, inbound())
    await claim(any_store)
    assert id is not None
    await finish(any_store, id)

    assert await claim(any_store, now=NOW + timedelta(days=1)) == []
    with pytest.raises(Conflict):
        await finish(any_store, id)


async def test_a_seal_closes_one_message(any_store: Store) -> None:
    """A second message with the seal of a closed one is a Conflict; no seal is never one."""
    ids = await add(any_store, *(inbound(n) for n in range(4)))
    assert all(id is not None for id in ids)
    first, second, third, fourth = (InboundId(id or 0) for id in ids)
    await finish(any_store, first, seal=b"s" * 32)
    await finish(any_store, third)
    await finish(any_store, fourth)

    async with any_store.begin() as transaction:
        assert await transaction.inbox.seal_known(b"s" * 32)
        assert not await transaction.inbox.seal_known(b"t" * 32)
        assert not await transaction.inbox.seal_known(b"")
    with pytest.raises(Conflict):
        await finish(any_store, second, seal=b"s" * 32)


@pytest.mark.parametrize(("counted", "attempts"), [(True, 2), (False, 1)])
async def test_retry_gives_it_back(any_store: Store, counted: bool, attempts: int) -> None:
    """Due at its moment and free at once; an attempt that is not counted is taken off."""
    [id] = await add(any_store, inbound())
    await claim(any_store)
    assert id is not None
    async with any_store.begin() as transaction:
        await transaction.inbox.retry(id, at=SOON, reason="vault", counted=counted)
        await transaction.commit()

    assert await claim(any_store, now=SOON - timedelta(microseconds=1)) == []
    [again] = await claim(any_store, now=SOON)
    assert (again.attempts, again.reason) == (attempts, "vault")


async def test_retry_of_a_process_that_was_too_late_changes_nothing(
    processes: AnyStoreFactory,
) -> None:
    """Who lost his lease cannot give the message of another process back."""
    slow, other = await processes(owner="slow"), await processes(owner="other")
    [id] = await add(slow, inbound())
    await claim(slow)
    await claim(other, now=SOON)
    assert id is not None
    async with slow.begin() as transaction:
        await transaction.inbox.retry(id, at=NOW, reason="vault", counted=True)
        await transaction.commit()

    assert await claim(slow, now=SOON) == []


async def test_counts_every_status(any_store: Store) -> None:
    """Every status has a number, also when it is zero."""
    ids = await add(any_store, inbound(1), inbound(2))
    await finish(any_store, InboundId(ids[0] or 0))

    async with any_store.begin() as transaction:
        counts = await transaction.inbox.counts()
    assert counts == dict.fromkeys(InboundStatus, 0) | {
        InboundStatus.NIEUW: 1,
        InboundStatus.VERWERKT: 1,
    }


async def test_refuses_a_moment_without_a_zone(any_store: Store) -> None:
    """A naive datetime is a ValueError, never guessed to be UTC."""
    async with any_store.begin() as transaction:
        with pytest.raises(ValueError, match="time zone"):
            await transaction.inbox.add(inbound(received=NOW.replace(tzinfo=None)))
