"""The client's side of the dialogue: what each answer means, and connections that are kept."""

from __future__ import annotations

import asyncio

import pytest

from adapters.smtp.delivery import SmtpDelivery
from adapters.smtp.route import DeliveryLimits, Login, Route, Security
from adapters.smtp.tls import client_context, server_context
from broker.ports import Deferred, Delivered, Delivery, DeliveryResult, Rejected, Withheld
from tests.adapters.smtp.certificates import Authority
from tests.adapters.smtp.sink import Behaviour, Sink

SENDER = "broker+b.7f3k@verrijking.example"
READER = "h.hermans@antares.example"
MESSAGE = b"Message-ID: <een@verrijking.example>\r\n\r\n.punt\r\nversleuteld\r\n"
QUICK = DeliveryLimits(timeout=5, data_timeout=5)


def in_clear(sink: Sink, *, limits: DeliveryLimits = QUICK) -> SmtpDelivery:
    """To a relay on this machine, without TLS: the dialogue itself is what is tested."""
    route = Route("127.0.0.1", port=sink.port, security=Security.NONE)
    return SmtpDelivery(hostname="verrijking.example", relay=route, limits=limits)


async def send(delivery: Delivery, *, address: str = READER) -> DeliveryResult:
    return await delivery.deliver(envelope_from=SENDER, address=address, message=MESSAGE)


async def test_a_whole_dialogue() -> None:
    """One recipient, every octet, a dot in front of a dot."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        assert await send(delivery) == Delivered()
        await delivery.close()
    assert sink.messages == [(SENDER, READER, MESSAGE)]
    assert sink.commands == [
        "EHLO verrijking.example",
        f"MAIL FROM:<{SENDER}> SIZE={len(MESSAGE)}",
        f"RCPT TO:<{READER}>",
        "DATA",
        "QUIT",
    ]


async def test_a_connection_is_kept_for_the_next_message() -> None:
    """Six messages, one connection."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        for _ in range(6):
            assert await send(delivery) == Delivered()
        await delivery.close()
        assert (sink.connections, len(sink.messages)) == (1, 6)


async def test_messages_at_one_moment_share_a_few_connections() -> None:
    """No more than the limit, and every message has its own answer."""
    async with Sink() as sink:
        delivery = in_clear(sink, limits=DeliveryLimits(timeout=5, connections=2))
        results = await asyncio.gather(*(send(delivery) for _ in range(9)))
        await delivery.close()
        assert results == [Delivered()] * 9
        assert (sink.connections, len(sink.messages)) == (2, 9)


@pytest.mark.parametrize(
    "limits", [DeliveryLimits(timeout=5, messages=1), DeliveryLimits(timeout=5, idle=-1)]
)
async def test_a_connection_is_kept_no_longer_than_its_limits(limits: DeliveryLimits) -> None:
    """So many messages, so many seconds; then a fresh one."""
    async with Sink() as sink:
        delivery = in_clear(sink, limits=limits)
        assert [await send(delivery) for _ in range(3)] == [Delivered()] * 3
        await delivery.close()
        assert sink.connections == 3


async def test_a_kept_connection_that_the_server_closed_is_replaced() -> None:
    """Nobody notices: one message, delivered once."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        await send(delivery)
        sink.drop_all()
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert (sink.connections, len(sink.messages)) == (2, 2)


@pytest.mark.parametrize("word", ["MAIL", "RCPT"])
async def test_a_kept_connection_that_breaks_before_data_is_replaced_once(word: str) -> None:
    """Nothing of the message was sent yet."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        await send(delivery)
        sink.behaviour.hang_up_at, sink.behaviour.only_once = word, True
        assert await send(delivery) == Delivered()
        sink.behaviour.hang_up_at, sink.behaviour.only_once = word, False
        assert await send(delivery) == Deferred("verbinding-verbroken")
        await delivery.close()
        assert (sink.connections, len(sink.messages)) == (3, 2)


async def test_a_kept_connection_that_the_server_will_not_reset_is_replaced() -> None:
    """What is left of an unfinished transaction never mixes with the next."""
    async with Sink(Behaviour(replies={"RCPT": "450 4.2.1 vol", "RSET": "500 nee"})) as sink:
        delivery = in_clear(sink)
        assert await send(delivery) == Deferred("smtp-450 4.2.1")
        sink.behaviour.replies = {}
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert (sink.connections, len(sink.messages)) == (2, 1)


async def test_a_kept_connection_that_says_421_is_replaced() -> None:
    """A server that tires of us says so at MAIL."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        await send(delivery)
        sink.behaviour.replies = {"MAIL": "421 4.4.2 te lang stil"}
        assert await send(delivery) == Deferred("smtp-421 4.4.2")
        await delivery.close()
        assert (sink.connections, len(sink.messages)) == (2, 1)


@pytest.mark.parametrize("kept", [False, True])
@pytest.mark.parametrize("word", ["DATA", "."])
async def test_no_answer_after_data_is_deferred_and_never_sent_again(
    word: str, *, kept: bool
) -> None:
    """It may have been taken: only the outbox, later and under the same Message-ID, tries again."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        if kept:
            await send(delivery)
        before = sink.data_seen
        sink.behaviour.hang_up_at = word
        assert await send(delivery) == Deferred("geen-antwoord")
        await delivery.close()
        assert sink.data_seen - before == (1 if word == "." else 0)
        assert sink.connections == 1


ANSWERS = [
    ("RCPT", "450 4.2.1 vol", Deferred("smtp-450 4.2.1")),
    ("RCPT", "550 5.1.1 h.hermans bestaat niet", Rejected("smtp-550 5.1.1")),
    ("RCPT", "550 zonder code", Rejected("smtp-550")),
    ("RCPT", "530 5.7.0 eerst TLS", Withheld("smtp-530 5.7.0")),
    ("MAIL", "451 4.3.0 straks", Deferred("smtp-451 4.3.0")),
    ("MAIL", "550 5.7.1 mag niet", Rejected("smtp-550 5.7.1")),
    ("MAIL", "530 5.7.0 eerst aanmelden", Withheld("smtp-530 5.7.0")),
    ("DATA", "451 4.3.0 straks", Deferred("smtp-451 4.3.0")),
    ("DATA", "554 5.5.1 nee", Rejected("smtp-554 5.5.1")),
    (".", "451 4.7.1 grijze lijst", Deferred("smtp-451 4.7.1")),
    (".", "552 5.3.4 te groot", Rejected("smtp-552 5.3.4")),
    (".", "550 5.7.1x raar", Rejected("smtp-550")),
    (".", "onzin", Deferred("antwoord-onleesbaar")),
    ("EHLO", "550 5.7.1 niet voor u", Deferred("smtp-550 5.7.1")),
    ("EHLO", "530 5.7.0 eerst TLS", Withheld("smtp-530 5.7.0")),
]


@pytest.mark.parametrize(("word", "answer", "result"), ANSWERS)
async def test_what_each_answer_means(word: str, answer: str, result: DeliveryResult) -> None:
    """A type and a code; of the server's words nothing is kept."""
    async with Sink(Behaviour(replies={word: answer})) as sink:
        delivery = in_clear(sink)
        assert await send(delivery) == result
        await delivery.close()
        assert sink.messages == []
        assert sink.connections == 1


@pytest.mark.parametrize("greeting", ["554 5.7.1 weg", "421 4.3.2 druk"])
async def test_a_server_that_greets_with_no_is_tried_later(greeting: str) -> None:
    """It says nothing about this recipient."""
    async with Sink(Behaviour(greeting=greeting)) as sink:
        assert await send(in_clear(sink)) == Deferred("smtp-" + greeting[:9])
        assert sink.commands == []


async def test_after_a_refusal_the_connection_is_reset_and_kept() -> None:
    """RSET between an unfinished transaction and the next."""
    async with Sink(Behaviour(replies={"RCPT": "550 5.1.1 onbekend"})) as sink:
        delivery = in_clear(sink)
        assert await send(delivery) == Rejected("smtp-550 5.1.1")
        sink.behaviour.replies = {}
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert sink.connections == 1
        assert sink.commands[3] == "RSET"


async def test_nobody_there_is_deferred() -> None:
    """Connection refused."""
    async with Sink() as sink:
        port = sink.port
    route = Route("127.0.0.1", port=port, security=Security.NONE)
    delivery = SmtpDelivery(hostname="verrijking.example", relay=route, limits=QUICK)
    assert await send(delivery) == Deferred("onbereikbaar")


async def test_silence_is_deferred() -> None:
    """A server that never ends its greeting."""
    async with Sink(Behaviour(greeting="220-wacht even")) as sink:
        delivery = in_clear(sink, limits=DeliveryLimits(timeout=0.05))
        assert await send(delivery) == Deferred("onbereikbaar")


async def test_silence_after_the_message_is_deferred_and_the_connection_dropped() -> None:
    """A late answer must never be taken for the answer to the next message."""
    async with Sink(Behaviour(replies={".": "250-nog niet klaar"})) as sink:
        delivery = in_clear(sink, limits=DeliveryLimits(timeout=5, data_timeout=0.05))
        assert await send(delivery) == Deferred("geen-antwoord")
        sink.behaviour.replies = {}
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert sink.connections == 2


@pytest.mark.parametrize("word", ["EHLO", "AUTH"])
async def test_a_server_that_hangs_up_on_the_way_is_tried_later(
    authority: Authority, word: str
) -> None:
    """Before there is a connection that can be used."""
    pair = authority.issue("127.0.0.1")
    tls = server_context(certificate=pair.certificate, key=pair.key)
    trust = client_context(authorities=authority.file)
    async with Sink(Behaviour(tls=tls, extra=("AUTH PLAIN",), hang_up_at=word)) as sink:
        route = Route("127.0.0.1", sink.port, tls=trust, login=Login("broker", "geheim"))
        delivery = SmtpDelivery(hostname="verrijking.example", relay=route, limits=QUICK)
        assert await send(delivery) == Deferred("verbinding-verbroken")


async def test_a_server_that_is_silent_at_starttls_is_tried_later(authority: Authority) -> None:
    """Nothing was said in clear; nothing is known to be wrong."""
    trust = client_context(authorities=authority.file)
    silent = Behaviour(extra=("STARTTLS",), replies={"STARTTLS": "220-wacht"})
    async with Sink(silent) as sink:
        delivery = SmtpDelivery(
            hostname="verrijking.example",
            relay=Route("127.0.0.1", sink.port, tls=trust),
            limits=DeliveryLimits(timeout=0.1),
        )
        assert await send(delivery) == Deferred("geen-antwoord")


async def test_a_server_without_size_gets_none() -> None:
    """Only what was offered is used."""
    async with Sink(Behaviour(replies={"EHLO": "250 sink.example"})) as sink:
        delivery = in_clear(sink)
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert sink.commands[1] == f"MAIL FROM:<{SENDER}>"


@pytest.mark.parametrize("word", ["EHLO", "MAIL"])
async def test_a_delivery_that_is_cancelled_keeps_no_half_connection(word: str) -> None:
    """What was underway is dropped."""
    async with Sink(Behaviour(replies={word: "250-wacht"})) as sink:
        delivery = in_clear(sink)
        task = asyncio.create_task(send(delivery))
        await asyncio.wait_for(sink.heard(word), 5)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        sink.behaviour.replies = {}
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert sink.connections == 2


@pytest.mark.parametrize(
    "address",
    ["jörg@antares.example", "a b@antares.example", "a@b.example>\r\nDATA", "antares", "", "<a@b>"],
)
async def test_an_address_that_is_none_is_rejected_before_anything_is_sent(address: str) -> None:
    """Addresses are plain ASCII; nothing can be smuggled through one."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        assert await send(delivery, address=address) == Rejected("adres-ongeldig")
        assert sink.connections == 0


async def test_the_null_sender_can_be_used() -> None:
    """For mail to which no delivery report may come."""
    async with Sink() as sink:
        delivery = in_clear(sink)
        result = await delivery.deliver(envelope_from="", address=READER, message=MESSAGE)
        assert result == Delivered()
        await delivery.close()
    assert sink.messages == [("", READER, MESSAGE)]
