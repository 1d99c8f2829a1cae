"""The server's side of the dialogue: the envelope, and 250 only for what is stored."""

from __future__ import annotations

import asyncio

import pytest

from adapters.smtp.intake import message_id_of
from adapters.smtp.session import SessionLimits
from broker.ports import InboundId, NewInbound
from broker.service.take_in import Taken
from tests.adapters.smtp.desk import (
    BOUNCE,
    BROKER,
    CLEAR,
    MAIL,
    MOMENT,
    KeptEvents,
    Shelf,
    intake_of,
    serving,
)
from tests.adapters.smtp.dialogue import Dialogue


async def test_a_whole_dialogue() -> None:
    """From greeting to goodbye; what is stored is what came, octet for octet."""
    shelf = Shelf()
    async with serving(intake_of(shelf)) as server, Dialogue(server.port) as client:
        assert await client.hear() == "220 verrijking.example ESMTP"
        assert (await client.say("EHLO mail.woonwenz.example")).split("\n") == [
            "250-verrijking.example",
            "250-SIZE 1048576",
            "250-8BITMIME",
            "250 ENHANCEDSTATUSCODES",
        ]
        assert await client.say("MAIL FROM:<s.janssen@woonwenz.example> SIZE=200") == (
            "250 2.1.0 Sender OK"
        )
        assert await client.say(f"RCPT TO:<{BROKER}>") == "250 2.1.5 Recipient OK"
        assert (await client.say("DATA")).startswith("354 ")
        client.send(b"..een punt vooraan\r\n" + MAIL + b"\xe9\xff 8 bits\r\n.\r\n")
        assert await client.hear() == "250 2.6.0 Message stored"
        assert await client.say("QUIT") == "221 2.0.0 Bye"
        assert await client.ended()
    assert shelf.messages == [
        NewInbound(
            received=MOMENT,
            channel="smtp",
            envelope_from="s.janssen@woonwenz.example",
            recipient=BROKER,
            message_id="<een@woonwenz.example>",
            raw=b".een punt vooraan\r\n" + MAIL + b"\xe9\xff 8 bits\r\n",
        )
    ]


async def test_250_comes_after_the_commit_and_not_before() -> None:
    """While `receive` has not returned, the client hears nothing."""
    stored = asyncio.Event()
    asked = asyncio.Event()

    async def receive(_: NewInbound) -> Taken:
        asked.set()
        await stored.wait()
        return Taken(InboundId(1))

    async with serving(receive) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b".\r\n")
        await asked.wait()
        reply = asyncio.create_task(client.hear())
        for _ in range(20):
            await asyncio.sleep(0)
        assert not reply.done()
        stored.set()
        assert await reply == "250 2.6.0 Message stored"


async def test_a_report_to_a_bounce_address_is_stored_with_its_null_sender() -> None:
    """A delivery report has no sender and is not encrypted."""
    shelf = Shelf()
    async with serving(intake_of(shelf)) as server, Dialogue(server.port) as client:
        await client.begin()
        assert await client.say("MAIL FROM:<>") == "250 2.1.0 Sender OK"
        assert await client.say(f"RCPT TO:<{BOUNCE}>") == "250 2.1.5 Recipient OK"
        await client.say("DATA")
        client.send(CLEAR + b".\r\n")
        assert await client.hear() == "250 2.6.0 Message stored"
    assert [(m.envelope_from, m.recipient, m.raw) for m in shelf.messages] == [("", BOUNCE, CLEAR)]


async def test_mail_in_clear_is_refused_and_nothing_is_stored() -> None:
    """550 5.7.1 with one fixed sentence; the connection stays usable."""
    shelf, events = Shelf(), KeptEvents()
    async with serving(intake_of(shelf), events=events) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(CLEAR + b".\r\n")
        assert await client.hear() == (
            "550 5.7.1 Only OpenPGP encrypted mail is accepted at this address"
        )
        assert await client.say("NOOP") == "250 2.0.0 OK"
    assert shelf.messages == []
    assert events.logged == [("message.refused", {"channel": "smtp", "code": "550 5.7.1"})]


@pytest.mark.parametrize(
    "address",
    [
        "iemand@verrijking.example",
        "broker@elders.example",
        "broker+@verrijking.example",
        "broker+a+b@verrijking.example",
        "melding+b.1@verrijking.example",
        "postmaster@elders.example",
    ],
)
async def test_another_address_is_refused_with_the_same_sentence(address: str) -> None:
    """We relay for nobody, and no reply repeats an address."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        assert await client.say(f"RCPT TO:<{address}>") == "550 5.1.1 No such address here"
        assert (await client.say("DATA")).startswith("503 5.5.1 ")


async def test_the_domain_is_case_insensitive() -> None:
    """RFC 5321 section 2.4."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        assert await client.say("RCPT TO:<broker@VERRIJKING.Example>") == "250 2.1.5 Recipient OK"
        assert await client.say("RCPT TO:<broker+b.9@Verrijking.EXAMPLE>") == (
            "250 2.1.5 Recipient OK"
        )


async def test_several_own_addresses_are_one_message_to_the_mailbox() -> None:
    """The strictest of its addresses judges it; it is stored once."""
    shelf = Shelf()
    async with serving(intake_of(shelf)) as server, Dialogue(server.port) as client:
        await client.begin()
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        for address in (BOUNCE, "melding@verrijking.example", BROKER):
            assert await client.say(f"RCPT TO:<{address}>") == "250 2.1.5 Recipient OK"
        await client.say("DATA")
        client.send(MAIL + b".\r\n")
        assert (await client.hear()).startswith("250 ")
    assert [m.recipient for m in shelf.messages] == ["melding@verrijking.example"]


async def test_two_bounce_addresses_have_to_be_two_messages() -> None:
    """Each names another message of ours: 452 makes the sender come back for the second."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        await client.say("MAIL FROM:<>")
        await client.say(f"RCPT TO:<{BOUNCE}>")
        assert (await client.say(f"RCPT TO:<{BOUNCE}>")).startswith("250 ")
        reply = await client.say("RCPT TO:<broker+b.other@verrijking.example>")
        assert reply == "452 4.5.3 Too many recipients, send this one separately"


async def test_recipients_are_limited() -> None:
    """Ten of one message, repeated ones included."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        replies = [await client.say(f"RCPT TO:<{BROKER}>") for _ in range(11)]
        assert [reply[:9] for reply in replies] == ["250 2.1.5"] * 10 + ["452 4.5.3"]


async def test_a_size_that_is_announced_too_big_is_refused_before_data() -> None:
    """552 5.3.4 on MAIL (RFC 1870)."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        reply = await client.say("MAIL FROM:<melder@woonwenz.example> SIZE=1048577")
        assert reply == "552 5.3.4 Message too big"


async def test_a_message_that_is_too_big_is_refused_and_not_stored() -> None:
    """552 5.3.4 after DATA, for who announced nothing; the octets are not even kept in memory."""
    shelf = Shelf()
    limits = SessionLimits(message=2_000, linger=0.2)
    async with serving(intake_of(shelf), limits=limits) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b"x" * 70 + b"\r\n" + (b"y" * 76 + b"\r\n") * 40 + b".\r\n")
        assert await client.hear() == "552 5.3.4 Message too big"
        assert await client.say("NOOP") == "250 2.0.0 OK"
    assert shelf.messages == []


async def test_a_line_that_is_too_long_is_refused_and_not_stored() -> None:
    """RFC 5321 section 4.5.3.1.6; a dot after a long line does not end the message early."""
    shelf = Shelf()
    async with serving(intake_of(shelf)) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b"z" * 1002 + b".\r\nnog meer\r\n.\r\n")
        assert await client.hear() == "500 5.5.2 Syntax error or line too long"
        assert await client.say("NOOP") == "250 2.0.0 OK"
    assert shelf.messages == []


async def test_a_line_without_an_end_is_cut_off() -> None:
    """It cannot fill the memory: after 16 KiB we hang up."""
    shelf = Shelf()
    async with serving(intake_of(shelf)) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(b"z" * 40_000)
        assert await client.hear() == "500 5.5.2 Line too long, closing"
        assert await client.ended()
    assert shelf.messages == []


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (b"Message-ID: <a@b.example>\r\n", "<a@b.example>"),
        (b"Subject: x\r\nMESSAGE-id:<a@b.example>  \r\n", "<a@b.example>"),
        (b"Message-ID:\r\n <a@b.example>\r\nTo: x\r\n", "<a@b.example>"),
        (b"Subject: x\r\n", ""),
        (b"X-Message-ID: <a@b.example>\r\n", ""),
        (b"Message-ID: <a b@b.example>\r\n", ""),
        (b"Message-ID: <\xe9@b.example>\r\n", ""),
        (b"Message-ID: <" + b"a" * 600 + b">\r\n", ""),
    ],
)
def test_the_message_id_is_read_from_the_header_only(header: bytes, found: str) -> None:
    """What is not a plain Message-ID is none: then the octets alone tell messages apart."""
    assert message_id_of(header + b"\r\nMessage-ID: <in@body.example>\r\n") == found
