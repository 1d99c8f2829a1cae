"""`broker casus` and `status` beside a broker that has work: nobody is named in what they print."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from adapters.openpgp.keygen import make_master_keys
from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from tests.commands.conftest import type_in
from tests.e2e.serve import WORDS, serving
from tests.e2e.workspace import DESKS, FIRST_MAILS, Workspace
from tests.fixtures.databases import DatabaseUrls


async def printed(config: Path, *words: str, code: int = 0) -> str:
    """What a command prints; it ends with that exit code, and names nobody."""
    # In this process, beside the real `serve`: a process for each would take a second each.
    ended = await asyncio.to_thread(type_in, *words, "--config", str(config))
    assert ended.exit_code == code, ended.output
    assert not [word for word in (*WORDS, "@", "Traceback") if word in ended.output]
    assert bool(ended.stderr) is (code != 0)
    return ended.output


async def test_a_casus_is_listed_shown_and_withdrawn(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls
) -> None:
    """An operator sees where it stands; only the melder or his vervanger has it withdrawn, once,
    and `serve` tells everybody who was asked."""
    config = workspace.configure("casus", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    async with serving(config) as broker:
        raw = workspace.write(MELDER, FORM, subject="Melding")
        await workspace.send(broker, MELDER, raw)
        asked = workspace.questions(await mailroom.wait_for(FIRST_MAILS))
        await broker.logged("delivery.sent", count=FIRST_MAILS)

        other = workspace.folder / "andere-hoofdsleutel"
        make_master_keys(other)
        changed = workspace.configure(
            "andere-sleutel", sqlite, {("sleutels", "hoofdsleutel"): other.name}
        )
        (listed,) = json.loads(await printed(config, "casus", "list", "--json"))
        kenmerk = listed["kenmerk"]
        assert listed["staat"] == "in verrijking"
        assert set(listed["verzoeken"].values()) == {"verzonden"}

        shown = json.loads(await printed(config, "casus", "show", kenmerk, "--json"))
        assert len(shown["berichten"]) == FIRST_MAILS
        assert f"{kenmerk}  in verrijking" in await printed(config, "casus", "show", kenmerk)
        assert kenmerk in await printed(config, "casus", "list")
        status = await printed(config, "status")
        assert "in verrijking 1" in status
        assert "No alarms." in status

        withdraw = ("casus", "withdraw", kenmerk, "--namens")
        said = await printed(changed, *withdraw, MELDER, code=1)
        assert "cannot be read with this master key" in said
        said = await printed(config, *withdraw, "w.vanderlinden", code=1)
        assert "Only the melder or his vervanger" in said
        assert "is withdrawn" in await printed(config, *withdraw, "p.nguyen")
        assert "closed already" in await printed(config, *withdraw, MELDER, code=1)
        posts = (await mailroom.wait_for(FIRST_MAILS + DESKS + 2))[FIRST_MAILS:]
        await broker.logged("delivery.sent", count=FIRST_MAILS + DESKS + 2)
    told = {workspace.reader(post).id for post in posts}
    assert told == {*asked, MELDER, "m.janssen"}


async def test_a_casus_is_made_urgent_and_its_round_ended(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls
) -> None:
    """Only a ketenregisseur has it done; `serve` asks every desk again, a vervanger beside who was
    asked, then tells them all that it is over, and the uitkomst goes."""
    config = workspace.configure("regie", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    async with serving(config) as broker:
        raw = workspace.write(MELDER, FORM, subject="Melding")
        await workspace.send(broker, MELDER, raw)
        asked = workspace.questions(await mailroom.wait_for(FIRST_MAILS))
        await broker.logged("delivery.sent", count=FIRST_MAILS)
        (listed,) = json.loads(await printed(config, "casus", "list", "--json"))
        kenmerk = listed["kenmerk"]

        urgent = ("casus", "urgent", kenmerk, "--namens")
        assert "Only a ketenregisseur" in await printed(config, *urgent, MELDER, code=1)
        assert "is urgent" in await printed(config, *urgent, "m.janssen")
        assert "urgent already" in await printed(config, *urgent, "m.janssen", code=1)
        asked_again = FIRST_MAILS + 2 * DESKS
        posts = (await mailroom.wait_for(asked_again))[FIRST_MAILS:]
        readers = {workspace.reader(post).id for post in posts}
        assert len(readers) == 2 * DESKS
        assert readers > {*asked}
        await broker.logged("delivery.sent", count=asked_again)

        end = ("casus", "end", kenmerk, "--namens")
        assert "Only a ketenregisseur" in await printed(config, *end, MELDER, code=1)
        unknown = await printed(config, "casus", "end", "ZNW-2026-00099", "--namens", "x", code=1)
        assert "no casus" in unknown
        assert "ended its round" in await printed(config, *end, "m.janssen")
        assert "not running" in await printed(config, *end, "m.janssen", code=1)
        assert "not running" in await printed(config, *urgent, "m.janssen", code=1)
        posts = (await mailroom.wait_for(asked_again + 2 * DESKS + 1))[asked_again:]
        await broker.logged("delivery.sent", count=asked_again + 2 * DESKS + 1)
    assert {workspace.reader(post).id for post in posts} == {*readers, "m.janssen"}


async def test_who_is_reported_twice_is_decided_by_a_ketenregisseur(
    workspace: Workspace, mailroom: Mailroom, sqlite: DatabaseUrls
) -> None:
    """The second and third wait; one is joined to the first, one gets a round of its own."""
    config = workspace.configure("gelijk", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    regie = ("--namens", "m.janssen")
    async with serving(config) as broker:
        for mails in (FIRST_MAILS, FIRST_MAILS + 2, FIRST_MAILS + 4):
            raw = workspace.write(MELDER, FORM, subject="Melding")
            await workspace.send(broker, MELDER, raw)
            await mailroom.wait_for(mails)
        listed = json.loads(await printed(config, "casus", "list", "--json"))
        first, second, third = [casus["kenmerk"] for casus in listed]
        assert [casus["staat"] for casus in listed] == ["in verrijking", "ontvangen", "ontvangen"]

        join = ("casus", "join", second, "--bij")
        assert "Only an active" in await printed(config, *join, first, "--namens", MELDER, code=1)
        assert "not like this one" in await printed(config, *join, third, *regie, code=1)
        assert f"joined to {first}" in await printed(config, *join, first, *regie)
        assert "does not wait" in await printed(config, *join, first, *regie, code=1)
        assert f"joined to  {first}" in await printed(config, "casus", "show", second)
        assert "is started" in await printed(config, "casus", "start", third, *regie)
        said = await printed(config, "casus", "start", "ZNW-2026-00099", *regie, code=1)
        assert "no casus" in said
        posts = (await mailroom.wait_for(FIRST_MAILS + 4 + DESKS))[FIRST_MAILS + 4 :]
        await broker.logged("delivery.sent", count=FIRST_MAILS + 4 + DESKS)
    assert len(workspace.questions(posts)) == DESKS
