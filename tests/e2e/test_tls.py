"""Mail over TLS in both directions, demanded as the shipped configuration does."""

from __future__ import annotations

import asyncio
import json
import smtplib
import ssl
from pathlib import Path
from typing import Any

import pytest

from adapters.settings.workspace import Changes
from adapters.smtp.tls import client_context, server_context
from broker.demo.mailroom import Post
from broker.demo.script import FORM, MELDER
from tests.adapters.smtp.certificates import Authority
from tests.adapters.smtp.sink import Behaviour, Sink
from tests.e2e.serve import command, serving
from tests.e2e.workspace import DESKS, FIRST_MAILS, Workspace
from tests.fixtures.databases import DatabaseUrls


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The certificate authority that everybody here trusts."""
    return Authority(tmp_path_factory.mktemp("ca"))


def with_tls(authority: Authority, *, relay_port: int) -> Changes:
    """What an operator sets for TLS both ways."""
    own = authority.issue("127.0.0.1")
    own.key.chmod(0o600)
    return {
        ("smtp", "tls"): "verplicht",
        ("smtp", "tls_certificaat"): str(own.certificate),
        ("smtp", "tls_sleutel"): str(own.key),
        ("bezorging", "ca_bestand"): str(authority.file),
        ("bezorging", "relay", "tls"): "verplicht",
        ("bezorging", "relay", "poort"): relay_port,
    }


def relay_of(authority: Authority) -> Sink:
    """A relay that knows STARTTLS."""
    pair = authority.issue("127.0.0.1")
    return Sink(Behaviour(tls=server_context(certificate=pair.certificate, key=pair.key)))


async def hand_over(
    port: int, sender: str, to: str, raw: bytes, *, tls: ssl.SSLContext | None
) -> None:
    """Send as a mail server would, over TLS when a context is given."""

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=10) as client:
            if tls is not None:
                client.starttls(context=tls)
            client.sendmail(sender, [to], raw)

    await asyncio.to_thread(send)


def posts_of(relay: Sink) -> list[Post]:
    """What the relay took, as mails."""
    return [Post(number, to, raw) for number, (_, to, raw) in enumerate(relay.messages, start=1)]


async def test_mail_goes_over_tls_or_not_at_all(
    workspace: Workspace, authority: Authority, sqlite: DatabaseUrls
) -> None:
    """Without STARTTLS nothing is taken in; with it the melding is, and all that goes out went
    over TLS."""
    async with relay_of(authority) as relay:
        config = workspace.configure("tls", sqlite, with_tls(authority, relay_port=relay.port))
        sender = workspace.person(MELDER).adres
        raw = workspace.write(MELDER, FORM, subject="Melding")
        async with serving(config) as broker:
            with pytest.raises(smtplib.SMTPSenderRefused) as refused:
                await hand_over(broker.port, sender, workspace.address, raw, tls=None)
            assert refused.value.smtp_code == 530
            assert not broker.found("message.opened")

            trusted = client_context(authorities=authority.file)
            await hand_over(broker.port, sender, workspace.address, raw, tls=trusted)
            await broker.logged("delivery.sent", count=FIRST_MAILS)
        assert len(workspace.questions(posts_of(relay))) == DESKS
        assert b"MAIL" not in relay.in_clear


# Any: what a script gets as JSON.
async def status_of(config: Path) -> dict[str, Any]:
    """What `broker status --json` says."""
    printed = await command("status", "--json", config=config)
    assert (printed.code, printed.err) == (0, b"")
    said: dict[str, Any] = json.loads(printed.out)
    return said


async def test_what_a_relay_without_starttls_gets_waits_and_goes_out_later(
    workspace: Workspace, authority: Authority, sqlite: DatabaseUrls
) -> None:
    """Everything is held, in sight of the operator, and nothing of it goes out in clear text. He
    mends the relay and starts the broker again: then it goes out, once, and the alarms are over."""
    async with relay_of(authority) as relay:
        relay.behaviour.offer_starttls = False
        config = workspace.configure("held", sqlite, with_tls(authority, relay_port=relay.port))
        trusted = client_context(authorities=authority.file)
        async with serving(config, alarms=True) as broker:
            sender = workspace.person(MELDER).adres
            raw = workspace.write(MELDER, FORM, subject="Melding")
            await hand_over(broker.port, sender, workspace.address, raw, tls=trusted)
            await broker.logged("delivery.withheld", count=FIRST_MAILS)
            seen = await status_of(config)
            assert len(seen["vastgehouden"]) == FIRST_MAILS
            assert {one["reden"] for one in seen["vastgehouden"]} == {"geen-starttls"}
            assert len(seen["alarmen"]) == FIRST_MAILS
            assert {one["code"] for one in seen["alarmen"]} == {"bericht-vastgehouden"}
        assert not relay.messages

        relay.behaviour.offer_starttls = True
        async with serving(config) as broker:
            await broker.logged("delivery.sent", count=FIRST_MAILS)
            seen = await status_of(config)
            assert (seen["vastgehouden"], seen["alarmen"]) == ([], [])
        assert len(relay.messages) == FIRST_MAILS
        assert len(workspace.questions(posts_of(relay))) == DESKS
        assert b"MAIL" not in relay.in_clear
