"""Faults of our own, clients that go away, and stopping: nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from broker.ports import InboundId, NewInbound
from broker.service.take_in import Refused, Taken
from tests.adapters.smtp.desk import (
    BROKER,
    MAIL,
    OWN,
    KeptEvents,
    Shelf,
    intake_of,
    serving,
)
from tests.adapters.smtp.dialogue import Dialogue


@pytest.mark.parametrize("way", [Dialogue.hang_up, lambda client: client.writer.write_eof()])
async def test_a_connection_lost_after_data_stores_nothing(
    way: Callable[[Dialogue], None],
) -> None:
    """A message without its final dot is no message."""
    shelf = Shelf()
    async with serving(intake_of(shelf)) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL)
        await client.writer.drain()
        way(client)
        async with Dialogue(server.port) as other:
            await other.begin()
    assert shelf.messages == []


async def test_what_is_being_stored_is_stored_though_the_client_goes_away() -> None:
    """A commit is never cut off halfway by the other side; the sender will send it again."""
    asked, go, done = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def receive(_: NewInbound) -> Taken:
        asked.set()
        await go.wait()
        done.set()
        return Taken(InboundId(1))

    async with serving(receive) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b".\r\n")
        await asked.wait()
        await client.vanish()
        async with Dialogue(server.port) as other:
            await other.begin()
        go.set()
    assert done.is_set()


class StoreFailed(Exception):
    """A fault with content in its text, as databases make them."""


@pytest.mark.parametrize("place", ["faults", "at_commit"])
async def test_a_fault_of_ours_is_one_fixed_451_without_its_text(place: str) -> None:
    """The client hears 'try again later'; the log hears the type of the exception only."""
    shelf, events = Shelf(), KeptEvents()
    getattr(shelf, place).append(StoreFailed("INSERT … 'naam van betrokkene'"))
    async with serving(intake_of(shelf), events=events) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b".\r\n")
        assert await client.hear() == "451 4.3.0 Temporary fault, try again later"
        assert await client.say("NOOP") == "250 2.0.0 OK"
        assert shelf.messages == []
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        await client.say(f"RCPT TO:<{BROKER}>")
        await client.say("DATA")
        client.send(MAIL + b".\r\n")
        assert await client.hear() == "250 2.6.0 Message stored"
    assert events.logged == [("fault", {"component": "smtp", "error": "StoreFailed"})]


@pytest.mark.parametrize("fault", [ConnectionResetError("geheim"), ValueError("geheim")])
async def test_whatever_the_handler_raises_is_a_451(fault: Exception) -> None:
    """Also what looks like a broken connection of the client."""

    async def receive(_: NewInbound) -> Taken | Refused:
        raise fault

    events = KeptEvents()
    async with serving(receive, events=events) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b".\r\n")
        assert await client.hear() == "451 4.3.0 Temporary fault, try again later"
    assert events.logged == [("fault", {"component": "smtp", "error": type(fault).__name__})]


async def test_a_fault_outside_the_store_is_a_451_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any exception in any command: temporary, fixed, without text."""

    def broken(*_: object) -> None:
        raise RuntimeError("binnenkant")

    events = KeptEvents()
    async with (
        serving(intake_of(Shelf()), events=events) as server,
        Dialogue(server.port) as client,
    ):
        await client.begin()
        monkeypatch.setattr(OWN.__class__, "kind", broken)
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        reply = await client.say(f"RCPT TO:<{BROKER}>")
        assert reply == "451 4.3.0 Temporary fault, try again later"
    assert events.logged == [("fault", {"component": "smtp", "error": "RuntimeError"})]


async def test_stopping_answers_what_is_being_stored_first() -> None:
    """Who has sent a whole message hears 250; the others hear 421."""
    asked, go = asyncio.Event(), asyncio.Event()

    async def receive(_: NewInbound) -> Taken:
        asked.set()
        await go.wait()
        return Taken(InboundId(1))

    async with (
        serving(receive) as server,
        Dialogue(server.port) as busy,
        Dialogue(server.port) as idle,
    ):
        await idle.begin()
        await busy.envelope(BROKER)
        busy.send(MAIL + b".\r\n")
        await asked.wait()
        closing = asyncio.create_task(server.close())
        await asyncio.sleep(0)
        go.set()
        assert await busy.hear() == "250 2.6.0 Message stored"
        assert await busy.hear() == "421 4.3.2 Service is stopping, try again later"
        assert await idle.hear() == "421 4.3.2 Service is stopping, try again later"
        await closing
