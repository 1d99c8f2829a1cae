"""`broker besluit` beside a running `serve`: what it decides holds at the next step."""

from __future__ import annotations

import asyncio
import json

from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from broker.domain.partner import MedewerkerId
from tests.commands.conftest import type_in
from tests.e2e.serve import serving
from tests.e2e.workspace import FIRST_MAILS, Workspace
from tests.fixtures.databases import DatabaseUrls

AGENT = MedewerkerId("w.vanderlinden")


async def test_the_police_suspend_while_the_broker_runs(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls
) -> None:
    """Only they can; what was asked of them is withdrawn, they hear it, and it is told anew."""
    config = workspace.configure(
        "besluit",
        sqlite,
        {("bezorging", "relay", "poort"): mailroom.port, ("planner", "seconden"): 1},
    )

    async def printed(*words: str, code: int = 0) -> str:
        ended = await asyncio.to_thread(type_in, "besluit", *words, "--config", str(config))
        assert ended.exit_code == code, ended.output
        return ended.output

    async with serving(config) as broker:
        raw = workspace.write(MELDER, FORM, subject="Melding")
        await workspace.send(broker, MELDER, raw)
        assert AGENT in workspace.questions(await mailroom.wait_for(FIRST_MAILS))
        await broker.logged("delivery.sent", count=FIRST_MAILS)

        assert "Only the police" in await printed("suspend", "--namens", MELDER, code=1)
        assert "not suspended by a command" in await printed("resume", "--namens", AGENT, code=1)
        assert "is in force today" in await printed("status")
        assert "withdraws" in await printed("suspend", "--namens", AGENT)
        assert "suspended by a command already" in await printed(
            "suspend", "--namens", AGENT, code=1
        )
        (post,) = (await mailroom.wait_for(FIRST_MAILS + 1))[FIRST_MAILS:]
        assert workspace.reader(post).id == AGENT
        assert "niet meer" in workspace.read(post).text
        await broker.logged("verzoek.withdrawn")
        await broker.logged("delivery.sent", count=FIRST_MAILS + 1)

        said = await printed("status")
        assert "not in force today" in said
        assert f"suspended by {AGENT}" in said
        assert "not suspended any more" in await printed("resume", "--namens", AGENT)
        told = json.loads(await printed("status", "--json"))
    assert told["van_kracht"] is True
    assert [row["opgeschort"] for row in told["besluiten"]] == [True, False]
