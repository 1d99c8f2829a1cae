"""A whole casus on `broker serve`, on both databases, by people with mail programs of their own."""

from __future__ import annotations

import json

from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from tests.e2e.serve import command, serving
from tests.e2e.workspace import DESKS, FIRST_MAILS, KETENREGISSEUR, Workspace
from tests.fixtures.databases import DatabaseUrls


async def test_a_casus_runs_from_melding_to_uitkomst(
    workspace: Workspace, mailroom: Mailroom, database_urls: DatabaseUrls
) -> None:
    """One melding in, every desk asked and answering, one uitkomst out, on either database."""
    config = workspace.configure(
        f"round-{database_urls.kind}",
        database_urls,
        {("bezorging", "relay", "poort"): mailroom.port},
    )
    async with serving(config) as broker:
        raw = workspace.write(MELDER, FORM, subject="Melding")
        await workspace.send(broker, MELDER, raw)
        asked = workspace.questions(await mailroom.wait_for(FIRST_MAILS))
        assert len(asked) == DESKS
        for post in asked.values():
            await workspace.reply(broker, post, "ONBEKEND")
        posts = await mailroom.wait_for(FIRST_MAILS + 1)
        await broker.logged("delivery.sent", count=FIRST_MAILS + 1)
    (uitkomst,) = posts[FIRST_MAILS:]
    assert workspace.reader(uitkomst).id == KETENREGISSEUR
    values = json.loads(workspace.read(uitkomst).attachment)["regels"]
    assert {line["loket"]: line["waarde"] for line in values if line["loket"] != "woonwenz"} == {
        "sociaal-wijkteam-plus": "onbekend",
        "schuldhulpverlening": "onbekend",
        "politie": "onbekend",
        "incluzio": "onbekend",
        "antares": "onbekend",
        "vincent-van-gogh": "onbekend",
    }
    shown = json.loads((await command("casus", "list", "--json", config=config)).out)
    assert [casus["staat"] for casus in shown] == ["verrijkt"]
