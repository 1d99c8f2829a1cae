"""No smuggling. Every line ending but CR LF is refused, wherever it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from adapters.smtp.lines import LONGEST_LINE, BadLineEnding, LineTooLong, LineWatch
from adapters.smtp.server import SmtpServer
from adapters.smtp.session import SessionLimits
from broker.service.take_in import OwnAddresses
from tests.adapters.smtp.desk import BROKER, MAIL, OWN, KeptEvents, Shelf, StillClock, intake_of
from tests.adapters.smtp.dialogue import Dialogue

REFUSED = "554 5.6.0 Bare CR, bare LF or NUL is not accepted, closing"

# What one server may take for the end of a message while another does not.
ENDINGS = (
    b"\n.\n",
    b"\n.\r\n",
    b"\n.\r",
    b"\r.\r",
    b"\r.\r\n",
    b"\r.\n",
    b"\r\n.\n",
    b"\r\n.\r",
    b"\r\n.\r\r\n",
    b"\r\r\n.\r\r\n",
    b"\n\r\n.\r\n",
    b"\r\n\x00.\r\n",
    b"\r\n.\x00\r\n",
    b"\r\n.\r\x00\n",
    b"\x00\r\n.\r\n",
)
# And what merely is no line ending.
ODD = (b"a\nb\r\n", b"a\rb\r\n", b"a\x00b\r\n", b"a\n\n", b"a\r\r\n", b"\n", b"\r", b"\x00")
VARIANTS = (*ENDINGS, *ODD)
SMUGGLED = (
    b"MAIL FROM:<chef@politie.example>\r\nRCPT TO:<broker@verrijking.example>\r\nDATA\r\n"
    b"Message-ID: <gesmokkeld@politie.example>\r\n\r\n-----BEGIN PGP MESSAGE-----\r\n.\r\n"
)
FIRST, REST = MAIL[:40], MAIL[40:]


def payload(variant: bytes, position: str) -> bytes:
    """The variant at the start, in the middle or at the end of a message that is right."""
    match position:
        case "start":
            return variant + SMUGGLED + MAIL + b".\r\n"
        case "middle":
            return FIRST + variant + SMUGGLED + REST + b".\r\n"
        case _:
            return MAIL.removesuffix(b"\r\n") + variant + SMUGGLED + b"\r\n.\r\n"


def server_for(shelf: Shelf, own: OwnAddresses = OWN) -> SmtpServer:
    return SmtpServer(
        host="127.0.0.1",
        port=0,
        hostname="verrijking.example",
        own=own,
        receive=intake_of(shelf),
        clock=StillClock(),
        events=KeptEvents(),
        limits=SessionLimits(linger=0.5),
    )


async def test_no_line_ending_trick_is_taken(say_count: Callable[[str], None]) -> None:
    """Every trick at three positions, whole and octet by octet: 554, nothing stored,
    the connection closed in good order, and not one smuggled command heard."""
    shelf = Shelf()
    tried = refused = 0
    async with server_for(shelf) as server:
        for variant in VARIANTS:
            for position in ("start", "middle", "end"):
                for pieces in (False, True):
                    async with Dialogue(server.port) as client:
                        await client.envelope(BROKER)
                        octets = payload(variant, position)
                        if pieces:
                            cut = octets.index(variant) + len(variant) // 2
                            client.send(octets[:cut])
                            await client.writer.drain()
                            client.send(octets[cut:])
                        else:
                            client.send(octets)
                        tried += 1
                        assert await client.hear() == REFUSED, (variant, position)
                        assert await client.ended()
                        refused += 1
    say_count(f"smuggling: {tried} tried, {refused} refused with 554, {len(shelf.messages)} stored")
    assert shelf.messages == []
    assert tried == len(VARIANTS) * 6


@pytest.mark.parametrize("command", [b"NOOP\n", b"NOOP\r", b"NO\x00OP\r\n", b"NOOP\r\r\n", b"\n"])
async def test_commands_are_as_strict_as_data(command: bytes) -> None:
    """Also before there is a message."""
    async with server_for(Shelf()) as server, Dialogue(server.port) as client:
        await client.begin()
        client.send(command + b"NOOP\r\n")
        assert await client.hear() == REFUSED
        assert await client.ended()


async def test_a_message_that_was_whole_before_the_offence_keeps_its_answer() -> None:
    """What was answered stays answered; after it the connection ends."""
    shelf = Shelf()
    async with server_for(shelf) as server, Dialogue(server.port) as client:
        await client.envelope(BROKER)
        client.send(MAIL + b".\r\n")
        assert (await client.hear()).startswith("250 ")
        client.send(b"MAIL FROM:<a@b.example>\n")
        assert await client.hear() == REFUSED
    assert len(shelf.messages) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_the_watch_sees_the_same_in_every_chunking(size: int) -> None:
    """However the network cuts the octets, the verdict is that of the whole."""
    for variant in (*VARIANTS, b"een\r\n.\r\n", b"\r\n\r\n", b"\r\n"):
        octets = b"voor\r\n" + variant + b"na\r\n"
        wrong = b"\x00" in octets or any(
            octets.replace(b"\r\n", b"").count(end) for end in (b"\r", b"\n")
        )
        watch, passed = LineWatch(), b""
        for start in range(0, len(octets), size):
            seen = watch.check(octets[start : start + size])
            if not isinstance(seen, bytes):
                assert isinstance(seen, BadLineEnding)
                assert wrong
                break
            passed += seen
        else:
            assert not wrong
            assert passed == octets


def test_the_watch_counts_a_line_across_chunks() -> None:
    """A line without an end is noticed, whatever the chunks."""
    watch = LineWatch()
    assert watch.check(b"a" * LONGEST_LINE) == b"a" * LONGEST_LINE
    assert isinstance(watch.check(b"a"), LineTooLong)
    watch = LineWatch()
    for _ in range(3):
        assert isinstance(watch.check(b"a" * (LONGEST_LINE - 10) + b"\r\n"), bytes)
