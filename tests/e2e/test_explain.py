"""`broker explain` beside a broker that works, with real keys and mails in files."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from broker.demo.correspondence import quoted
from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from broker.domain.partner import MedewerkerId
from tests.commands.conftest import type_in
from tests.e2e.serve import WORDS, serving
from tests.e2e.workspace import FIRST_MAILS, Workspace
from tests.fixtures.databases import DatabaseUrls

ANSWERS = MedewerkerId("e.smeets")


async def explained(config: Path, raw: bytes, *words: str) -> tuple[str, dict[str, object]]:
    """What the command says of a mail, for people and for a script; nobody is named in it."""
    mail = config.with_suffix(".eml")
    # As people save it: an mbox line in front and bare line feeds.
    mail.write_bytes(b"From somebody\n" + raw.replace(b"\r\n", b"\n"))
    said = [
        await asyncio.to_thread(
            type_in, "explain", str(mail), *words, *form, "--config", str(config)
        )
        for form in ((), ("--json",))
    ]
    for result in said:
        assert result.exit_code == 0, result.output
        assert not [word for word in (*WORDS, "Traceback") if word in result.output]
    return said[0].output, json.loads(said[1].stdout)


async def test_a_mail_in_a_file_is_explained(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls
) -> None:
    """An answer with the words that decided, one that is not clear, a melding that is refused, and
    a delivery report that is known by the address it came to."""
    config = workspace.configure("uitleg", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    async with serving(config) as broker:
        await workspace.send(
            broker, MELDER, workspace.write(MELDER, FORM, subject="Verrijkingsmelding")
        )
        posts = await mailroom.wait_for(FIRST_MAILS)
        asked = workspace.questions(posts)
        question = workspace.read(asked[ANSWERS])

        def reply(words: str) -> bytes:
            text = f"{words}\n\n{quoted(question.text)}\n"
            return workspace.write(ANSWERS, text, subject=f"Re: {question.subject}")

        told, script = await explained(config, reply("Goedemiddag, niet bekend. Groet, Els"))
        assert "It would be taken." in told
        assert script == {
            "verdict": "accepted",
            "kind": "antwoord",
            "signer": ANSWERS,
            "value": "onbekend",
            "reason": "antwoord",
            "rule": "D-4",
            "words": ["niet", "bekend"],
            "faults": [],
        }
        _, script = await explained(config, reply("Bekend of onbekend, dat weet ik niet."))
        assert (script["verdict"], script["value"]) == ("refused", None)
        bad = workspace.write(
            MELDER, FORM.replace("Meerderjarig: ja", "Meerderjarig: nee"), subject=""
        )
        told, script = await explained(config, bad)
        assert "Meerderjarig: minderjarig (C-3.1)" in told
        assert script["rule"] == "C-3.1"

        name, _, domain = workspace.address.partition("@")
        bounce = f"{name}+{question.message_id[1:].partition('@')[0]}@{domain}"
        report = (
            f"Delivered-To: {bounce}\nFrom: mailer-daemon@mx.example\n"
            "Subject: Undelivered\nContent-Type: multipart/report; boundary=b\n\n--b\n"
            "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\n"
            "Final-Recipient: rfc822; x@y.example\nAction: failed\nStatus: 5.1.1\n\n--b--\n"
        ).encode()
        _, script = await explained(config, report)
        assert (script["verdict"], script["kind"]) == ("bounce", None)
        _, script = await explained(config, b"Subject: x\n\nBEKEND\n")
        assert (script["verdict"], script["rule"]) == ("refused", "NTA-1")
        assert len(await mailroom.wait_for(FIRST_MAILS)) == FIRST_MAILS


async def test_what_is_no_file_is_wrong_use(workspace: Workspace) -> None:
    """Exit code 2, one sentence."""
    config = workspace.folder / "broker.toml"
    ended = await asyncio.to_thread(
        type_in, "explain", str(workspace.folder / "none.eml"), "--config", str(config)
    )
    assert ended.exit_code == 2
    assert "There is no mail" in ended.stderr
