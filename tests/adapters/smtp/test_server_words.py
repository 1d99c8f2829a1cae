"""What the server says, and to whom it says no more: commands, replies and limits."""

from __future__ import annotations

import asyncio
import logging
import re

import pytest

from adapters.smtp.session import SessionLimits
from tests.adapters.smtp.desk import (
    BROKER,
    MAIL,
    Shelf,
    intake_of,
    serving,
)
from tests.adapters.smtp.dialogue import Dialogue

ENHANCED = re.compile(r"[245]\d\d [245]\.\d+\.\d+ [\x20-\x7e]+")

COMMANDS_AND_REPLIES = [
    ("VRFY broker", "502 5.5.1"),
    ("EXPN iedereen", "502 5.5.1"),
    ("HELP", "502 5.5.1"),
    ("AUTH PLAIN AGEAYg==", "502 5.5.1"),
    ("BDAT 10 LAST", "500 5.5.2"),
    ("GEHEIM woord", "500 5.5.2"),
    ("EHLO", "501 5.5.4"),
    ("MAIL", "501 5.5.4"),
    ("MAIL FROM:melder@woonwenz.example", "553 5.1.3"),
    ("MAIL FROM:<melder@woonwenz.example", "553 5.1.3"),
    ("MAIL FROM:<@a.example:melder@woonwenz.example>", "553 5.1.3"),
    ('MAIL FROM:<"een twee"@woonwenz.example>', "553 5.1.3"),
    ("MAIL FROM:<(x)melder@woonwenz.example>", "553 5.1.3"),
    ("MAIL FROM:<melder>", "553 5.1.3"),
    ("MAIL FROM:<melder@woonwenz.example> SMTPUTF8", "501 5.5.4"),
    ("MAIL FROM:<melder@woonwenz.example> BODY=BINARYMIME", "501 5.5.4"),
    ("MAIL FROM:<melder@woonwenz.example> RET=FULL", "555 5.5.4"),
    ("MAIL FROM:<melder@woonwenz.example> SIZE=veel", "501 5.5.4"),
    ("RCPT TO:<broker@verrijking.example>", "503 5.5.1"),
    ("DATA", "503 5.5.1"),
    ("STARTTLS", "454 4.7.0"),
    ("", "500 5.5.2"),
    ("NOOP " + "x" * 600, "500 5.5.2"),
    ("RSET", "250 2.0.0"),
    ("NOOP", "250 2.0.0"),
]


@pytest.mark.parametrize(("command", "code"), COMMANDS_AND_REPLIES)
async def test_every_reply_is_ours_with_an_enhanced_code(command: str, code: str) -> None:
    """No reply repeats the client, none tells what the server runs on."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        reply = await client.say(command)
        assert reply.startswith(code)
        assert ENHANCED.fullmatch(reply)
        for word in ("GEHEIM", "woord", "iedereen", "aiosmtpd", "Python"):
            assert word not in "".join(client.replies)


async def test_eight_bits_in_a_command_are_a_syntax_error() -> None:
    """Addresses are ASCII here; SMTPUTF8 is not offered."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        client.send("MAIL FROM:<jörg@woonwenz.example>\r\n".encode())
        assert (await client.hear()).startswith("500 5.5.2 ")


async def test_helo_still_works() -> None:
    """A client without ESMTP can bring a message, without parameters."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.hear()
        assert await client.say("MAIL FROM:<a@b.example>") == "503 5.5.1 Bad sequence of commands"
        assert await client.say("HELO oud.example") == "250 verrijking.example"
        assert (await client.say("MAIL FROM:<a@b.example>")).startswith("250 ")


async def test_commands_are_limited() -> None:
    """Who goes on and on hears 421."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        replies = [await client.say("EHLO x.example") for _ in range(20)]
        assert replies[-1] == "421 4.7.0 Too many commands, closing"
        assert await client.ended()


async def test_unknown_commands_are_few() -> None:
    """The fifth ends the connection."""
    async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
        await client.begin()
        replies = [await client.say(f"ONZIN{n}") for n in range(5)]
        assert replies[-1].startswith("502 5.5.1 ")
        assert await client.ended()


async def test_connections_are_limited_and_come_free_again() -> None:
    """One too many hears 421 at once."""
    limits = SessionLimits(connections=1, linger=0.2)
    async with serving(intake_of(Shelf()), limits=limits) as server, Dialogue(server.port) as first:
        await first.begin()
        async with Dialogue(server.port) as second:
            assert await second.hear() == "421 4.3.2 Too many connections, try again later"
            assert await second.ended()
        assert await first.say("QUIT") == "221 2.0.0 Bye"
        assert await first.ended()
        async with asyncio.timeout(5):
            while True:
                async with Dialogue(server.port) as third:
                    if (await third.hear()).startswith("220 "):
                        break


async def test_a_silent_client_hears_that_time_is_up() -> None:
    """421 4.4.2, and the connection is closed."""
    limits = SessionLimits(before_mail=0.05)
    async with (
        serving(intake_of(Shelf()), limits=limits) as server,
        Dialogue(server.port) as client,
    ):
        await client.hear()
        assert await client.hear() == "421 4.4.2 Timed out, closing"
        assert await client.ended()


async def test_a_client_that_dawdles_in_data_is_cut_off_and_nothing_is_stored() -> None:
    """The time is for the whole message."""
    shelf = Shelf()
    limits = SessionLimits(idle=0.1)
    async with serving(intake_of(shelf), limits=limits) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL)
        assert await client.hear() == "421 4.4.2 Timed out, closing"
    assert shelf.messages == []


async def test_the_library_keeps_its_mouth_shut(caplog: pytest.LogCaptureFixture) -> None:
    """aiosmtpd logs commands, addresses and lines of mail; none of that reaches any log."""
    with caplog.at_level(logging.DEBUG, logger="mail.log"):
        async with serving(intake_of(Shelf())) as server, Dialogue(server.port) as client:
            await client.envelope(BROKER)
            client.send(MAIL + b".\r\n")
            await client.hear()
            await client.say("GEHEIM")
    assert [r for r in caplog.records if r.name == "mail.log"] == []
