"""One client cannot keep the others out: not by many connections, and not by staying."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

import pytest

from adapters.smtp.admission import Admission, peer_of
from adapters.smtp.server import SmtpServer
from adapters.smtp.session import SessionLimits
from adapters.smtp.tls import server_context
from broker.ports import InboundId, NewInbound
from broker.service.take_in import Taken
from tests.adapters.smtp.certificates import Authority
from tests.adapters.smtp.desk import (
    BROKER,
    MAIL,
    OWN,
    KeptEvents,
    Shelf,
    StillClock,
    intake_of,
    serving,
)
from tests.adapters.smtp.dialogue import Dialogue

TOO_BUSY = "421 4.3.2 Too many connections, try again later"
TIMED_OUT = "421 4.4.2 Timed out, closing"


async def test_one_client_has_twenty_connections_and_not_more() -> None:
    """As shipped: the next one hears 421 at once; the others go on."""
    async with serving(intake_of(Shelf())) as server, AsyncExitStack() as stack:
        clients = [await stack.enter_async_context(Dialogue(server.port)) for _ in range(20)]
        for client in clients:
            await client.begin()
        async with Dialogue(server.port) as one_more:
            assert await one_more.hear() == TOO_BUSY
            assert await one_more.ended()
        assert await clients[0].say("NOOP") == "250 2.0.0 OK"


async def test_a_connection_that_ended_gives_its_place_back() -> None:
    """After QUIT the same client is let in again, and again."""
    limits = SessionLimits(per_peer=1, linger=0.2)
    async with serving(intake_of(Shelf()), limits=limits) as server:
        for _ in range(3):
            async with Dialogue(server.port) as client:
                await client.begin()
                async with Dialogue(server.port) as other:
                    assert await other.hear() == TOO_BUSY
                assert await client.say("QUIT") == "221 2.0.0 Bye"
                assert await client.ended()


def test_one_client_leaves_room_for_another() -> None:
    """Who was refused takes no place; who left gives one back."""
    admission = Admission(connections=3, per_peer=2)
    assert [admission.enter("192.0.2.1") for _ in range(5)] == [True, True, False, False, False]
    assert admission.enter("192.0.2.2")
    assert not admission.enter("192.0.2.3")
    admission.leave("192.0.2.1")
    assert admission.enter("192.0.2.3")


@pytest.mark.parametrize(
    ("host", "peer"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("", ""),
    ],
)
def test_an_ipv6_client_is_its_whole_network(host: str, peer: str) -> None:
    """It has 2^64 addresses of its own to come from."""
    assert peer_of(host) == peer


async def test_commands_do_not_make_a_connection_live_longer() -> None:
    """A NOOP now and then keeps off the idle time, not the end of the lifetime."""
    limits = SessionLimits(lifetime=0.3)
    async with (
        serving(intake_of(Shelf()), limits=limits) as server,
        Dialogue(server.port) as client,
    ):
        await client.begin()
        assert await client.say("NOOP") == "250 2.0.0 OK"
        assert await client.hear() == TIMED_OUT
        assert await client.ended()


async def test_after_mail_there_is_more_time() -> None:
    """The short time is for who says nothing that matters."""
    limits = SessionLimits(before_mail=0.3, idle=30.0, lifetime=30.0)
    async with (
        serving(intake_of(Shelf()), limits=limits) as server,
        Dialogue(server.port) as sender,
        Dialogue(server.port) as silent,
    ):
        await sender.begin()
        assert (await sender.say(f"MAIL FROM:<{BROKER}>")).startswith("250 ")
        await silent.begin()
        assert await silent.hear() == TIMED_OUT
        assert (await sender.say(f"RCPT TO:<{BROKER}>")).startswith("250 ")


async def test_a_mail_command_that_is_refused_gains_no_time() -> None:
    """Only an accepted one does."""
    limits = SessionLimits(before_mail=0.1)
    async with (
        serving(intake_of(Shelf()), limits=limits) as server,
        Dialogue(server.port) as client,
    ):
        await client.begin()
        assert (await client.say("MAIL FROM:onzin")).startswith("553 ")
        assert await client.hear() == TIMED_OUT


async def test_a_message_that_is_being_stored_hears_its_reply_before_the_end() -> None:
    """Else its sender would send it again."""
    asked, go = asyncio.Event(), asyncio.Event()

    async def receive(_: NewInbound) -> Taken:
        asked.set()
        await go.wait()
        return Taken(InboundId(1))

    limits = SessionLimits(lifetime=0.5)
    async with serving(receive, limits=limits) as server, Dialogue(server.port) as busy:
        await busy.envelope(BROKER)
        busy.send(MAIL + b".\r\n")
        await asked.wait()
        async with Dialogue(server.port) as later:
            await later.begin()
            assert await later.hear() == TIMED_OUT
        go.set()
        assert await busy.hear() == "250 2.6.0 Message stored"
        assert await busy.hear() == TIMED_OUT
        assert await busy.ended()


async def test_a_handshake_that_fails_or_stops_gives_its_place_back(authority: Authority) -> None:
    """TLS that never begins is a connection like any other."""
    pair = authority.issue("verrijking.example")
    server = SmtpServer(
        host="127.0.0.1",
        port=0,
        hostname="verrijking.example",
        own=OWN,
        receive=intake_of(Shelf()),
        clock=StillClock(),
        events=KeptEvents(),
        tls=server_context(certificate=pair.certificate, key=pair.key),
        limits=SessionLimits(per_peer=1, linger=0.1, before_mail=0.5),
    )
    async with server:
        for octets in (b"dit is geen TLS\r\n" * 20, b""):
            async with Dialogue(server.port) as rude:
                await rude.begin()
                await rude.say("STARTTLS")
                rude.send(octets)
                async with asyncio.timeout(5):
                    await let_in(server.port)


async def let_in(port: int) -> None:
    """Come back until there is a place."""
    while True:
        async with Dialogue(port) as client:
            if (await client.hear()).startswith("220 "):
                await client.say("QUIT")
                await client.ended()
                return
