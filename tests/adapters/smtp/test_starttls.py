"""STARTTLS on the side of the server, and the files that it is made of."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.smtp.server import SmtpServer
from adapters.smtp.session import SessionLimits
from adapters.smtp.tls import TlsFileInvalid, client_context, server_context
from tests.adapters.smtp.certificates import Authority
from tests.adapters.smtp.desk import BROKER, MAIL, OWN, KeptEvents, Shelf, StillClock, intake_of
from tests.adapters.smtp.dialogue import Dialogue

NAME = "verrijking.example"


def server_for(
    shelf: Shelf,
    authority: Authority,
    *,
    require: bool = True,
    events: KeptEvents | None = None,
) -> SmtpServer:
    pair = authority.issue(NAME)
    return SmtpServer(
        host="127.0.0.1",
        port=0,
        hostname=NAME,
        own=OWN,
        receive=intake_of(shelf),
        clock=StillClock(),
        events=events or KeptEvents(),
        tls=server_context(certificate=pair.certificate, key=pair.key),
        require_starttls=require,
        limits=SessionLimits(linger=0.2),
    )


async def test_a_message_over_tls(authority: Authority) -> None:
    """The whole dialogue, with a certificate that is checked."""
    shelf = Shelf()
    trust = client_context(authorities=authority.file)
    async with server_for(shelf, authority) as server, Dialogue(server.port) as client:
        assert "250-STARTTLS" in (await client.begin()).split("\n")
        await client.start_tls(trust, name=NAME)
        assert "STARTTLS" not in await client.say("EHLO client.example")
        assert (await client.say("STARTTLS")).startswith("503 5.5.1 ")
        assert (await client.say("AUTH PLAIN AGEAYg==")).startswith("502 5.5.1 ")
        await client.say("MAIL FROM:<melder@woonwenz.example>")
        await client.say(f"RCPT TO:<{BROKER}>")
        await client.say("DATA")
        client.send(MAIL + b".\r\n")
        assert await client.hear() == "250 2.6.0 Message stored"
        assert await client.say("QUIT") == "221 2.0.0 Bye"
        assert await client.ended()
    assert [m.raw for m in shelf.messages] == [MAIL]


async def test_without_tls_nothing_but_starttls_is_answered(authority: Authority) -> None:
    """530 5.7.0 before MAIL where STARTTLS is demanded (RFC 3207 section 4)."""
    async with server_for(Shelf(), authority) as server, Dialogue(server.port) as client:
        await client.begin()
        for command in ("MAIL FROM:<a@b.example>", "RCPT TO:<a@b.example>", "DATA", "RSET"):
            assert await client.say(command) == "530 5.7.0 Must issue a STARTTLS command first"
        assert await client.say("NOOP") == "250 2.0.0 OK"


async def test_where_tls_is_offered_and_not_demanded_clear_works(authority: Authority) -> None:
    """The configuration decides; the message is ciphertext anyway."""
    shelf = Shelf()
    async with (
        server_for(shelf, authority, require=False) as server,
        Dialogue(server.port) as client,
    ):
        await client.envelope(BROKER)
        client.send(MAIL + b".\r\n")
        assert await client.hear() == "250 2.6.0 Message stored"
    assert len(shelf.messages) == 1


async def test_what_was_said_before_tls_is_forgotten(authority: Authority) -> None:
    """Nobody can inject a command or an envelope in clear (RFC 3207 section 4.2)."""
    trust = client_context(authorities=authority.file)
    async with (
        server_for(Shelf(), authority, require=False) as server,
        Dialogue(server.port) as client,
    ):
        await client.begin()
        await client.say("MAIL FROM:<indringer@elders.example>")
        client.send(b"STARTTLS\r\nRCPT TO:<broker@verrijking.example>\r\n")
        assert await client.hear() == "220 2.0.0 Ready to start TLS"
        await client.writer.start_tls(trust, server_hostname=NAME)
        assert (await client.say("DATA")).startswith("503 5.5.1 ")
        await client.say("EHLO client.example")
        assert (await client.say("RCPT TO:<broker@verrijking.example>")).startswith("503 ")


async def test_smuggling_is_refused_under_tls_too(authority: Authority) -> None:
    """The watch stands behind TLS as well."""
    shelf = Shelf()
    trust = client_context(authorities=authority.file)
    async with server_for(shelf, authority) as server, Dialogue(server.port) as client:
        await client.begin()
        await client.start_tls(trust, name=NAME)
        await client.envelope_again(BROKER)
        client.send(MAIL + b"\n.\r\n")
        assert (await client.hear()).startswith("554 5.6.0 ")
        assert await client.ended()
    assert shelf.messages == []


async def test_a_failed_handshake_harms_nobody(authority: Authority) -> None:
    """It is no fault of ours, and the next client is served."""
    events = KeptEvents()
    async with server_for(Shelf(), authority, events=events) as server:
        async with Dialogue(server.port) as rude:
            await rude.begin()
            await rude.say("STARTTLS")
            rude.send(b"dit is geen TLS\r\n" * 20)
            with pytest.raises((ConnectionError, AssertionError)):
                await rude.hear()
        async with Dialogue(server.port) as suspicious:
            await suspicious.begin()
            with pytest.raises(ssl.SSLCertVerificationError):
                await suspicious.start_tls(ssl.create_default_context(), name=NAME)
        async with Dialogue(server.port) as client:
            await client.begin()
    assert events.logged == []


async def test_stopping_does_not_wait_for_a_handshake(authority: Authority) -> None:
    """A client that stops halfway cannot keep the server up."""
    server = server_for(Shelf(), authority)
    await server.start()
    async with Dialogue(server.port) as client:
        await client.begin()
        await client.say("STARTTLS")
        await asyncio.wait_for(server.close(), 5)


def test_starttls_cannot_be_demanded_without_a_certificate() -> None:
    """The library would quietly not demand it."""
    with pytest.raises(ValueError, match="no certificate"):
        SmtpServer(
            host="127.0.0.1",
            port=0,
            hostname=NAME,
            own=OWN,
            receive=intake_of(Shelf()),
            clock=StillClock(),
            events=KeptEvents(),
            require_starttls=True,
        )


def test_contexts_speak_tls_1_2_at_least_and_check(authority: Authority) -> None:
    """Whoever asks for a client context gets one that verifies."""
    pair = authority.issue(NAME)
    for context in (
        server_context(certificate=pair.certificate, key=pair.key),
        client_context(authorities=authority.file),
        client_context(),
    ):
        assert context.minimum_version is ssl.TLSVersion.TLSv1_2
    trust = client_context(authorities=authority.file)
    assert trust.verify_mode is ssl.CERT_REQUIRED
    assert trust.check_hostname
    assert len(trust.get_ca_certs()) == 1


def test_every_fault_of_a_file_is_one_sentence_with_a_hint(
    authority: Authority, foreign: Authority, tmp_path: Path
) -> None:
    """No traceback of OpenSSL, and never a question at the terminal."""
    good = authority.issue(NAME)
    other = foreign.issue("anders.example", valid=timedelta(days=1))
    locked = foreign.issue("op-slot.example", passphrase=b"geheim")
    none = tmp_path / "er-niet.pem"
    rubbish = tmp_path / "onzin.pem"
    rubbish.write_bytes(b"onzin\xff")
    empty = tmp_path / "leeg.pem"
    empty.write_bytes(b"")
    broken = tmp_path / "stuk.pem"
    broken.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    cases = [
        (none, good.key, "is not there. Look at the path"),
        (good.certificate, none, "is not there. Look at the path"),
        (tmp_path, good.key, "cannot be read"),
        (rubbish, good.key, "is no PEM file"),
        (good.certificate, good.certificate, "holds no secret key"),
        (good.certificate, other.key, "does not belong to the certificate"),
        (locked.certificate, locked.key, "has a passphrase"),
        (broken, good.key, "cannot be used"),
    ]
    for certificate, key, text in cases:
        with pytest.raises(TlsFileInvalid, match=text) as caught:
            server_context(certificate=certificate, key=key)
        assert "geheim" not in str(caught.value)
    for file, text in (
        (none, "is not there"),
        (rubbish, "holds no"),
        (broken, "holds no"),
        (empty, "holds no"),
    ):
        with pytest.raises(TlsFileInvalid, match=text):
            client_context(authorities=file)
