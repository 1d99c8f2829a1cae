"""The same stories on both databases, with the real vault: everything is really sealed."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from broker.domain.casus import CasusStaat
from broker.domain.opdracht import Uitslag
from broker.domain.partner import MedewerkerId
from broker.ports import (
    Deferred,
    OutboundKind,
    Rejected,
)
from broker.service.check_register import check_register
from broker.service.decide_gelijkenis import decide_join, decide_start
from broker.service.deliver import deliver
from broker.service.open_mail import open_mail
from broker.service.wake import wake
from broker.service.withdraw import decide_withdrawal
from tests.fixtures.besluiten import beslis
from tests.fixtures.databases import StoreFactory
from tests.fixtures.verhaal import Verhaal, formulier
from tests.fixtures.verhalen import CANARIES
from tests.wire.robot_samples import ABSENT


async def test_a_whole_casus(echt: Verhaal) -> None:
    """A correction, silence, a lost desk, the police, a late answer; nothing is kept in clear."""
    echt.delivery.results["h.geraedts@vincent-van-gogh.example"] = Rejected("5.1.1")
    kenmerk = await echt.meld("e.smeets")
    assert (await echt.staten(kenmerk))["vincent-van-gogh"] == "onbestelbaar"
    await echt.antwoord("j.hermans", "misschien")
    await echt.antwoord("j.hermans", "ONBEKEND")
    await echt.antwoord("j.hermans", "BEKEND")
    await echt.antwoord("w.vanderlinden", "BEKEND\nArtikel: 8")
    await echt.antwoord("a.dossantos", "BEKEND\nHulpverlener: mevrouw A. de Wit")
    await echt.wacht(tot=echt.herinnering)
    met_hun_vervanger = {"y.elamrani", "t.peeters", "k.engels", "r.baldewsingh"}
    assert echt.lezers(OutboundKind.HERINNERING) == met_hun_vervanger
    await echt.wacht(tot=echt.termijn)
    assert echt.uitkomst() == {
        "sociaal-wijkteam-plus": "geen reactie",
        "schuldhulpverlening": "geen reactie",
        "politie": "bekend",
        "incluzio": "bekend",
        "woonwenz": "bekend",
        "antares": "niet gevraagd",
        "vincent-van-gogh": "niet bereikt",
    }
    await echt.antwoord("k.engels", "ONBEKEND")
    assert len(echt.brieven("m.janssen", OutboundKind.AANVULLING)) == 1
    (row,) = await echt.register()
    sleutel = echt.netwerk.besluit.registersleutel
    assert "artikel 8" in echt.pen.read(row.content, voor=sleutel).decode()
    assert (await check_register(echt.context.store)).is_valid
    kept = await echt.alles()
    assert not [woord for woord in (*CANARIES, "de Wit", "Zevenslaper") if woord.encode() in kept]


async def test_a_police_melding_and_its_withdrawal(echt: Verhaal) -> None:
    """A row for every recipient; what did not leave never leaves; a replay does nothing."""
    echt.delivery.results["j.hermans@woonwenz.example"] = Deferred("4.4.1")
    raw = await echt.schrijf("w.vanderlinden", formulier(politie=True))
    await echt.bezorg(b"X-Again: 1\r\n" + raw, van="iemand@elders.example")
    await echt.werk()
    (casus,) = await echt.casussen()
    assert len(await echt.register()) == 6
    door = MedewerkerId("w.vanderlinden")
    assert await beslis(echt.context, casus.kenmerk, decide_withdrawal, by=door) is Uitslag.GEDAAN
    echt.delivery.results.clear()
    await echt.werk()
    assert [b.kind for b in echt.brieven("j.hermans")] == [OutboundKind.INTREKKING]
    assert (await check_register(echt.context.store)).is_valid
    assert (await echt.casus(casus.kenmerk)).staat is CasusStaat.INGETROKKEN


async def test_one_person_is_reported_twice(echt: Verhaal) -> None:
    """Found by what the real vault makes of his name; decided twice; nothing of him in clear."""
    eerste = await echt.meld("e.smeets")
    tweede = await echt.meld("w.vanderlinden", Naam="mevr. W. Zonnebloem")
    derde = await echt.meld("j.hermans", Adres="Denkbeeldstr. 17 a")
    vreemde = await echt.meld("h.geraedts", Naam="Karel Vandaalen")
    staten = [(await echt.casus(kenmerk)).staat.value for kenmerk in (tweede, derde, vreemde)]
    assert staten == ["ontvangen", "ontvangen", "in verrijking"]
    regie = MedewerkerId("m.janssen")
    assert await beslis(echt.context, tweede, decide_start, by=regie) is Uitslag.GEDAAN
    assert await beslis(echt.context, derde, decide_join(eerste), by=regie) is Uitslag.GEDAAN
    await echt.werk()
    assert len(await echt.staten(tweede)) == 5
    assert (await echt.casus(derde)).joined_to == eerste
    assert (await check_register(echt.context.store)).is_valid
    kept = await echt.alles()
    assert not [woord for woord in (*CANARIES, "zoneblom") if woord.encode() in kept]


@pytest.mark.rule("C-6.3")
async def test_an_out_of_office_in_a_police_melding(echt: Verhaal) -> None:
    """The vervanger is a reader of his own: his question names his own row of the register."""
    await echt.meld("w.vanderlinden")
    vraag = echt.brief("j.hermans", OutboundKind.VERZOEK)
    for raw in (ABSENT["outlook, dutch"], ABSENT["notes, dutch"]):
        await echt.bezorg(raw, van="j.hermans@woonwenz.example", aan=vraag.envelope_from)
        await echt.werk()
    assert echt.brief("p.nguyen", OutboundKind.VERZOEK).antwoordcode == vraag.antwoordcode
    assert [row.recipient for row in await echt.register()].count(MedewerkerId("p.nguyen")) == 1
    assert (await check_register(echt.context.store)).is_valid
    await echt.antwoord("p.nguyen", "BEKEND")
    assert {v.staat.value for v in (await echt.casussen())[0].verzoeken if v.answered_by} == {
        "beantwoord"
    }
    assert await echt.alarmen() == set()


async def test_two_processes_do_everything_once(echt: Verhaal, store_factory: StoreFactory) -> None:
    """Both open, deliver and wake at the same moments: each answer counts, nothing goes twice."""
    ander = replace(echt.context, store=await store_factory(owner="process-2"))

    async def beide() -> None:
        for _ in range(4):
            await asyncio.gather(
                *(
                    stap(context)
                    for stap in (open_mail, deliver)
                    for context in (echt.context, ander)
                )
            )
        await echt.werk()

    for wie, naam in (("e.smeets", "Willemien Zonnebloem"), ("k.engels", "Karel Vandaalen")):
        await echt.schrijf(wie, formulier(Naam=naam), werk=False)
    await beide()
    assert len(await echt.casussen()) == 2
    for vraag in echt.brieven(None, OutboundKind.VERZOEK):
        if vraag.aan in ("j.hermans", "a.dossantos", "w.vanderlinden"):
            await echt.antwoord(vraag.aan, "ONBEKEND", op=vraag, werk=False)
    await beide()
    for moment in (echt.herinnering, echt.termijn):
        echt.clock.moment = moment
        await asyncio.gather(wake(echt.context), wake(ander))
        await beide()
    ids = [brief.message_id for brief in echt.brieven()]
    assert len(ids) == len(set(ids))
    assert len(echt.brieven("m.janssen", OutboundKind.UITKOMST)) == 2
    assert len(await echt.register()) == 2
    for casus in await echt.casussen():
        beantwoord = [v.loket for v in casus.verzoeken if v.staat.value == "beantwoord"]
        assert sorted(beantwoord) == ["incluzio", "politie", "woonwenz"]
    assert await echt.alarmen() == set()
