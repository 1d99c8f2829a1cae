"""PR-13.5: what anybody else receives does not depend on what one partner answered."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

import pytest

from broker.domain.partner import LoketId, Rol
from tests.fixtures.netwerk import POLITIE, loket_van, maak_netwerk, spreker_van
from tests.fixtures.verhaal import Verhaal, maak_verhaal

PAREN = 25
MELDERS = ("e.smeets", "j.hermans", "h.geraedts", "w.vanderlinden", "y.elamrani")
WOORDEN = ("ONBEKEND", "BEKEND", "NIET VAST TE STELLEN", "NIET VERSTREKT", "geen idee hoor", "")
"""What a desk says; with an empty word it stays silent."""


@dataclass(frozen=True, slots=True)
class Beurt:
    """A desk answers at a moment."""

    moment: datetime
    loket: LoketId
    woord: str


def bedenk(kans: Random, verhaal: Verhaal, loketten: list[LoketId]) -> list[Beurt]:
    """Every desk answers once or twice, between the question and a week after the term."""
    begin = verhaal.clock.now()
    return [
        Beurt(begin + timedelta(minutes=kans.randrange(1, 20_000)), loket, kans.choice(WOORDEN))
        for loket in loketten
        for _ in range(kans.choice((1, 1, 2)))
    ]


async def speel(melder: str, beurten: list[Beurt]) -> Verhaal:
    """The whole story; the broker wakes at the terms and after every answer."""
    verhaal = maak_verhaal()
    kenmerk = await verhaal.meld(melder)
    gevraagd = {v.loket: v.asked for v in (await verhaal.casus(kenmerk)).verzoeken}
    for moment in sorted(
        {beurt.moment for beurt in beurten} | {verhaal.herinnering, verhaal.termijn}
    ):
        await verhaal.wacht(tot=moment)
        for beurt in beurten:
            if beurt.moment == moment and beurt.woord and beurt.loket in gevraagd:
                artikel = (
                    "\nArtikel: 8" if (beurt.loket, beurt.woord) == (POLITIE, "BEKEND") else ""
                )
                code = await verhaal.code_van(kenmerk, beurt.loket)
                await verhaal.schrijf(
                    gevraagd[beurt.loket], f"{beurt.woord}{artikel}\n\n> {kenmerk} {code}"
                )
    return verhaal


def ontvangen(verhaal: Verhaal, *, behalve: str) -> list[tuple[str, datetime, bytes]]:
    """What everybody got, but for that partner and who has the regie: reader, time, plaintext."""
    return sorted(
        (brief.aan, brief.moment, brief.plain)
        for brief in verhaal.brieven()
        if spreker_van(verhaal.netwerk, brief.aan).loket.partner != behalve
        and Rol.KETENREGISSEUR not in spreker_van(verhaal.netwerk, brief.aan).medewerker.rollen
    )


@pytest.mark.rule("PR-13.5")
async def test_what_others_receive_does_not_depend_on_one_partners_answer() -> None:
    """Pairs of stories that differ in what one desk said: equal in reader, time and plaintext."""
    netwerk = maak_netwerk()
    zaad = secrets.randbits(32)
    verschillend = 0
    for nummer in range(PAREN):
        kans = Random(f"{zaad}/{nummer}")
        melder = kans.choice(MELDERS)
        loketten = [x.id for x in netwerk.loketten() if x != spreker_van(netwerk, melder).loket]
        beurten = bedenk(kans, maak_verhaal(), loketten)
        een = kans.choice(loketten)
        anders = [b for b in beurten if b.loket != een] + bedenk(kans, maak_verhaal(), [een])
        partner = loket_van(netwerk, een).partner
        eerste, tweede = [await speel(melder, lijst) for lijst in (beurten, anders)]
        verschillend += eerste.uitkomst() != tweede.uitkomst()
        assert ontvangen(eerste, behalve=partner) == ontvangen(tweede, behalve=partner), (
            f"zaad {zaad}, paar {nummer}"
        )
    print(f"{PAREN} paren, zaad {zaad}: 0 verschillen; {verschillend} uitkomsten anders")  # noqa: T201
    assert verschillend > 0
