"""A melding made with the `gpg` command line and nothing else, compressed as it likes."""

from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

import pytest

from adapters.openpgp.vault import GnuPG
from broker.demo.correspondence import ciphertext_of, read
from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM
from broker.domain.partner import MedewerkerId
from tests.e2e.serve import serving
from tests.e2e.workspace import FIRST_MAILS, Workspace
from tests.fixtures.databases import DatabaseUrls
from tests.fixtures.sleutels import Gpg

ANTARES = MedewerkerId("e.smeets")
SHAPES = [
    (shape, name) for shape in ("inline", "mime") for name in ("zip", "zlib", "bzip2", "none")
]


def plain_mail(workspace: Workspace, armored: bytes) -> bytes:
    """A plain mail with an armored message pasted into it."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = workspace.person(ANTARES).adres
    mail["To"] = workspace.address
    mail["Subject"] = "Melding"
    mail["Date"] = format_datetime(datetime.now(UTC))
    mail["Message-ID"] = make_msgid(domain="antares-wonen.example")
    mail.set_content(armored.decode("ascii"))
    return mail.as_bytes()


def mime_mail(workspace: Workspace, armored: bytes) -> bytes:
    """PGP/MIME around it (RFC 3156)."""
    return workspace.mail(ANTARES, armored, subject="Melding")


@pytest.mark.gnupg
async def test_a_melding_made_with_gpg_alone_is_taken(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls, gnupg_installed: GnuPG
) -> None:
    """Inline or PGP/MIME, with every compression that gpg knows: taken by `serve`, and what the
    melder hears of it opens with gpg alone."""
    config = workspace.configure(
        "gpg-alone", sqlite, {("bezorging", "relay", "poort"): mailroom.port}
    )
    own = workspace.gnupg(ANTARES)
    gpg = Gpg(own.home, gnupg_installed.program)
    async with serving(config) as broker:
        for number, (shape, compression) in enumerate(SHAPES, start=1):
            # Another door for each, or the second would be the first one's person (D-3).
            text = FORM.replace("Voorbeeldstraat 12", f"Voorbeeldstraat {number}").encode()
            if shape == "mime":
                text = b"Content-Type: text/plain; charset=utf-8\r\n\r\n" + text
            armored = gpg.run(
                *("--armor", "--sign", "--encrypt", "--compress-algo", compression),
                *("--local-user", own.fingerprint, "--recipient", own.broker_fingerprint),
                invoer=text,
            )
            build = plain_mail if shape == "inline" else mime_mail
            await workspace.send(broker, ANTARES, build(workspace, armored))
            posts = await mailroom.wait_for(number * FIRST_MAILS)
            came = posts[-FIRST_MAILS:]
            (status,) = [p for p in came if p.to == workspace.person(ANTARES).adres]
            opened = gpg.run("--decrypt", invoer=ciphertext_of(status.raw))
            assert f"ZNW-{datetime.now(UTC).year}-{number:05d}" in read(status.raw, opened).text
            assert "Uw melding is ontvangen" in read(status.raw, opened).text
        await broker.logged("delivery.sent", count=len(SHAPES) * FIRST_MAILS)
        assert len(broker.found("casus.created")) == len(SHAPES)
