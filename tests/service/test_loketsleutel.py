"""A shared mailbox takes part in a whole round; and the channel of police data, end to end."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broker.demo.correspondence import inner_entity, pgp_mime
from broker.domain.bericht import FormulierBericht, Geadresseerd
from broker.domain.partner import Kanaal, LoketId
from broker.ports import NewInbound, OutboundKind, OutboundStatus
from broker.service.closing import UnknownReader, close
from broker.service.effects import Effects, loose
from tests.fixtures.netwerk import (
    POLITIE,
    WOONWENZ,
    loket_van,
    maak_medewerker,
    maak_netwerk,
    met_loket,
    met_loketsleutel,
    met_medewerker,
    vingerafdruk_van,
)
from tests.fixtures.verhaal import BROKER_ADRES, Verhaal, formulier, maak_verhaal

SLEUTEL = vingerafdruk_van(f"loket {WOONWENZ}")
BUS = f"loket:{WOONWENZ}"
EEN_ANDER = {"Naam": "Quirina Verzonnen", "Adres": "Elders 9", "Postcode": "5921 AB"}
"""Somebody else than whom the stories are about: no likeness holds a round up."""


def gedeeld() -> Verhaal:
    """A story in which Woonwenz reads and signs with the key of the desk."""
    netwerk = met_loketsleutel(maak_netwerk(), WOONWENZ)
    for wie in ("j.hermans", "p.nguyen"):
        netwerk = met_medewerker(netwerk, wie, aanwijzing_politiegegevens=None)
    return maak_verhaal(netwerk)


@pytest.mark.rule("D-14")
async def test_a_desk_with_a_shared_mailbox_answers_under_a_name() -> None:
    """Asked at the shared address; who signs with his name has answered."""
    verhaal = gedeeld()
    kenmerk = await verhaal.meld("e.smeets")
    (vraag,) = [m for m in await verhaal.uit(kenmerk) if m.loket == WOONWENZ]
    assert (vraag.recipient, vraag.key) == ("j.hermans", SLEUTEL)
    assert vraag.address == loket_van(verhaal.netwerk, WOONWENZ).adres
    gevraagd = {str(brief.aan): brief.text for brief in verhaal.brieven(None, OutboundKind.VERZOEK)}
    assert "Medewerker: J. Jansen" in gevraagd["j.hermans"]
    assert "Medewerker: J. Jansen" not in gevraagd["a.dossantos"]
    await verhaal.antwoord("j.hermans", "BEKEND\n\nMet vriendelijke groet,\nP. Nguyen")
    (verzoek,) = [v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == WOONWENZ]
    assert (verzoek.staat.value, verzoek.answered_by) == ("beantwoord", "p.nguyen")


@pytest.mark.rule("D-14")
@pytest.mark.parametrize(
    "tekst",
    [
        "BEKEND",
        "BEKEND\nGroet, J. Hermans en P. Nguyen",
        "BEKEND\nMedewerker: iemand",
        "BEKEND\n\nMet vriendelijke groet,\n\nTeam Wonen\nTeamleider J. Hermans",
        "BEKEND\n\nMet vriendelijke groet,\nK. Maas\nVervanger P. Nguyen",
        "Beste P. Nguyen,\nBekend.\nGroet, Kees (invaller)",
        "BEKEND\n\nGroet,\nJ. de Vries\nNamens collega P. Nguyen",
        "BEKEND\n\nGroet, Kees\ncc P. Nguyen",
        "In overleg met collega P. Nguyen besloten: bekend",
    ],
)
async def test_a_mail_that_names_nobody_is_refused_to_the_desk(tekst: str) -> None:
    """Nor one that names a colleague of who wrote it. Nothing is taken; the desk hears how to do
    it, at its own address; then it can.
    """
    verhaal = gedeeld()
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    await verhaal.antwoord("j.hermans", tekst, op=vraag)
    assert (await verhaal.staten(kenmerk))[WOONWENZ] == "verzonden"
    brief = verhaal.brief(BUS, OutboundKind.WEIGERING)
    assert "Beste Woonwenz," in brief.text
    assert "Medewerker: J. Jansen" in brief.text
    assert '"reason": "geen-medewerker-genoemd"' in verhaal.log.getvalue()
    await verhaal.antwoord("j.hermans", "BEKEND\nMedewerker: J. Hermans", op=vraag)
    assert (await verhaal.staten(kenmerk))[WOONWENZ] == "beantwoord"


@pytest.mark.rule("D-14")
async def test_a_desk_reports_under_a_name() -> None:
    """The line is no field of the form, and betrokkene's name behind its label names nobody."""
    verhaal = gedeeld()
    await verhaal.schrijf("j.hermans", formulier(Naam="J. Hermans"))
    assert await verhaal.casussen() == []
    await verhaal.schrijf("j.hermans", formulier(Naam="J. Hermans") + "\nMedewerker: p.nguyen")
    (casus,) = await verhaal.casussen()
    assert (casus.melder, casus.melder_loket) == ("p.nguyen", WOONWENZ)


@pytest.mark.rule("D-14")
async def test_a_robot_at_a_shared_mailbox_is_not_answered() -> None:
    """An absence notice that the gateway signed would else begin a conversation of machines."""
    verhaal = gedeeld()
    await verhaal.schrijf("j.hermans", "Ik ben er niet.", koppen={"Auto-Submitted": "auto-replied"})
    assert verhaal.lezers() == set()


@pytest.mark.rule("WPG-23")
async def test_a_key_of_the_police_desk_gives_no_answer() -> None:
    """Whoever is named, and however it came to be configured: nothing is taken."""
    verhaal = maak_verhaal(met_loketsleutel(maak_netwerk(), POLITIE, eigen=["w.vanderlinden"]))
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("w.vanderlinden")[0]
    await verhaal.schrijf(
        "w.vanderlinden",
        f"ONBEKEND\nMedewerker: w.vanderlinden\n\n{vraag.text}",
        onderwerp=f"Re: {vraag.subject}",
        van=vingerafdruk_van(f"loket {POLITIE}"),
    )
    assert (await verhaal.staten(kenmerk))[POLITIE] == "verzonden"
    assert await verhaal.register() == []
    assert '"reason": "loketsleutel-bij-politie"' in verhaal.log.getvalue()
    await verhaal.antwoord("w.vanderlinden", "ONBEKEND", op=vraag)
    assert (await verhaal.staten(kenmerk))[POLITIE] == "beantwoord"


async def by_another_channel(verhaal: Verhaal, raw: bytes) -> None:
    """The same bytes once more, as an adapter for webhooks would have taken them in."""
    sender, id = "x@mail.example", "<x@mail.example>"
    message = NewInbound(verhaal.clock.now(), "webhook", sender, BROKER_ADRES, id, raw)
    async with verhaal.context.store.begin() as tx:
        await tx.inbox.add(message)
        await tx.commit()
    await verhaal.werk()


@pytest.mark.rule("BS-6")
@pytest.mark.parametrize(("wie", "genomen"), [("w.vanderlinden", False), ("j.hermans", True)])
async def test_what_the_police_say_is_taken_from_a_mail_alone(
    verhaal: Verhaal, wie: str, genomen: bool
) -> None:
    """A good signature by another channel counts for everybody else, and not for them."""
    content = inner_entity(formulier(politie=not genomen))
    raw = pgp_mime(
        sender="x@mail.example",
        to=BROKER_ADRES,
        subject="",
        date=verhaal.clock.now(),
        armored=verhaal.pen.write(content, van=vingerafdruk_van(wie)),
    )
    await by_another_channel(verhaal, raw)
    assert len(await verhaal.casussen()) == int(genomen)
    refused = '"reason": "politie-alleen-per-mail"' in verhaal.log.getvalue()
    assert refused is not genomen


@pytest.mark.rule("BS-6")
async def test_a_webhook_desk_gets_police_data_by_mail(verhaal: Verhaal) -> None:
    """A police melding leaves by mail; an ordinary one waits for the channel of the desk."""
    verhaal.verander(met_loket(verhaal.netwerk, WOONWENZ, kanaal=Kanaal.WEBHOOK))
    kenmerk = await verhaal.meld("w.vanderlinden")
    (vraag,) = [m for m in await verhaal.uit(kenmerk) if m.loket == WOONWENZ]
    assert (vraag.police, vraag.status) == (True, OutboundStatus.VERZONDEN)
    kenmerk = await verhaal.meld("e.smeets", **EEN_ANDER)
    (vraag,) = [m for m in await verhaal.uit(kenmerk) if m.loket == WOONWENZ]
    assert (vraag.status, vraag.reason) == (OutboundStatus.VASTGEHOUDEN, "geen-kanaal")


@pytest.mark.rule("PR-8")
@pytest.mark.rule("PR-9")
async def test_no_letter_is_made_for_somebody_outside_the_network(verhaal: Verhaal) -> None:
    """A hard failure, before anything is sealed: also for a known id with another key."""
    bekend = loket_van(verhaal.netwerk, WOONWENZ).medewerkers[0]
    vreemd = (maak_medewerker("expert"), replace(bekend, vingerafdruk=vingerafdruk_van("ander")))
    for ontvanger in vreemd:
        post = Geadresseerd(FormulierBericht(politie=False), ontvanger, LoketId(WOONWENZ))
        effects = Effects(send=(loose(verhaal.context, OutboundKind.FORMULIER, post),))
        with pytest.raises(UnknownReader):
            await close(verhaal.context, effects, now=verhaal.clock.now())


@pytest.mark.rule("PR-9")
async def test_every_mail_of_a_round_goes_to_the_network(verhaal: Verhaal) -> None:
    """There is no route to anybody else: each address is one of the configuration's."""
    await verhaal.meld("e.smeets")
    for wie in ("y.elamrani", "k.engels", "a.dossantos", "j.hermans", "h.geraedts"):
        await verhaal.antwoord(wie, "ONBEKEND")
    await verhaal.wacht(tot=verhaal.termijn)
    adressen = {m.adres for _, m in verhaal.netwerk.medewerkers()}
    assert len(verhaal.delivery.handed) > 8
    assert {handed.address for handed in verhaal.delivery.handed} <= adressen
