"""People with real mutt: they read what the broker sends, press Reply, and are understood."""

from __future__ import annotations

import asyncio
import json
import re
import shutil
from pathlib import Path

import pytest

from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from broker.domain.partner import MedewerkerId
from tests.e2e.mutt import Mutt
from tests.e2e.serve import serving
from tests.e2e.workspace import FIRST_MAILS, KETENREGISSEUR, Workspace
from tests.fixtures.databases import DatabaseUrls

ANTARES = MedewerkerId("e.smeets")


def mutt_of(workspace: Workspace, id: MedewerkerId, folder: Path) -> Mutt:
    """Mutt as that person has set it up."""
    if shutil.which("mutt") is None:
        pytest.skip("mutt is not installed")
    folder.mkdir()
    mutt = Mutt(workspace.person(id), workspace.gnupg(id), folder)
    mutt.trust_broker()
    return mutt


def assert_readable(shown: str) -> None:
    """A person sees text: no armor, no MIME, no bytes that were decoded wrongly."""
    for garbage in ("BEGIN PGP", "Content-Type", "Content-Transfer", "=C2", "=C3", "Ã", "Â", "�"):
        assert garbage not in shown


@pytest.mark.gnupg
async def test_people_read_and_reply_with_real_mutt(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls, tmp_path: Path
) -> None:
    """A desk reads the verzoek and replies BEKEND, the ketenregisseur reads the uitkomst, in mutt
    with the settings that people have: nothing is prepared for the broker but its key."""
    config = workspace.configure("mutt", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    desk = mutt_of(workspace, ANTARES, tmp_path / "desk")
    regie = mutt_of(workspace, KETENREGISSEUR, tmp_path / "regie")
    async with serving(config) as broker:
        raw = workspace.write(MELDER, FORM, subject="Melding")
        await workspace.send(broker, MELDER, raw)
        asked = workspace.questions(await mailroom.wait_for(FIRST_MAILS))

        verzoek = asked.pop(ANTARES)
        shown = await asyncio.to_thread(desk.show, verzoek.raw)
        assert_readable(shown)
        assert workspace.read(verzoek).text.strip() in shown

        await asyncio.to_thread(desk.reply, verzoek.raw, "BEKEND", port=broker.port)
        (recorded,) = await broker.logged("antwoord.recorded")
        assert recorded["loket"] == "antares"
        assert broker.found("message.opened")[-1]["medewerker"] == ANTARES

        for post in asked.values():
            await workspace.reply(broker, post, "ONBEKEND")
        uitkomst = (await mailroom.wait_for(FIRST_MAILS + 1))[-1]

    shown = await asyncio.to_thread(regie.show, uitkomst.raw)
    assert_readable(shown)
    mail = workspace.read(uitkomst)
    assert mail.text.strip() in shown
    lines = json.loads(mail.attachment)["regels"]
    assert {line["loket"]: line["waarde"] for line in lines} == {
        "sociaal-wijkteam-plus": "onbekend",
        "schuldhulpverlening": "onbekend",
        "politie": "onbekend",
        "incluzio": "onbekend",
        "woonwenz": "niet gevraagd",
        "antares": "bekend",
        "vincent-van-gogh": "onbekend",
    }
    for line in lines:
        assert re.search(rf"{re.escape(line['naam'])}:\s+{line['waarde']}\b", mail.text)
