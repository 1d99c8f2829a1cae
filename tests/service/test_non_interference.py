"""PR-13.5: what anybody else receives does not depend on what one partner answered.

Pairs of whole stories, on the real use cases, that differ in what one desk said and when.
Everything that the melder and every other partner receive is equal in reader, time and plaintext.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from broker.domain.partner import LoketId, Rol
from tests.fixtures.netwerk import INCLUZIO, POLITIE, loket_van, maak_netwerk, spreker_van
from tests.fixtures.verhaal import Verhaal, maak_verhaal

PAREN, PAREN_LANG = 50, 1_000
MELDERS = ("e.smeets", "j.hermans", "h.geraedts", "w.vanderlinden", "y.elamrani")
WOORDEN = (
    *("ONBEKEND", "BEKEND", "NIET VAST TE STELLEN", "NIET VERSTREKT"),
    *("geen idee hoor", "was bekend", "BEKEND\nHulpverlener: Sanne de Wit\nSoort hulp: bemoeizorg"),
)
NETWERK = maak_netwerk()


@dataclass(frozen=True, slots=True)
class Beurt:
    """A desk answers, so many minutes after the melding."""

    minuten: int
    loket: LoketId
    woord: str


@dataclass(frozen=True, slots=True)
class Paar:
    """Two stories that differ in the turns of one desk."""

    melder: str
    loket: LoketId
    anderen: tuple[Beurt, ...]
    een: tuple[Beurt, ...]
    twee: tuple[Beurt, ...]


def beurten(loket: LoketId) -> st.SearchStrategy[list[Beurt]]:
    """A desk is silent, or says something up to four times: also after the term (day 7)."""
    moment = st.integers(1, 20_000)
    return st.lists(st.builds(Beurt, moment, st.just(loket), st.sampled_from(WOORDEN)), max_size=4)


@st.composite
def paren(draw: st.DrawFn) -> Paar:
    """One network, two stories."""
    melder = draw(st.sampled_from(MELDERS))
    loketten = [x.id for x in NETWERK.loketten() if x != spreker_van(NETWERK, melder).loket]
    loket = draw(st.sampled_from(loketten))
    anderen = [b for x in loketten if x != loket for b in draw(beurten(x))]
    een, twee = draw(st.tuples(beurten(loket), beurten(loket)).filter(lambda x: x[0] != x[1]))
    return Paar(melder, loket, tuple(anderen), tuple(een), tuple(twee))


async def speel(melder: str, beurten: tuple[Beurt, ...]) -> Verhaal:
    """The whole story; the broker wakes at the terms and after every answer."""
    verhaal = maak_verhaal()
    begin = verhaal.clock.now()
    kenmerk = await verhaal.meld(melder)
    gevraagd = {v.loket: v.asked for v in (await verhaal.casus(kenmerk)).verzoeken}
    op = {beurt: begin + timedelta(minutes=beurt.minuten) for beurt in beurten}
    for moment in sorted({*op.values(), verhaal.herinnering, verhaal.termijn}):
        await verhaal.wacht(tot=moment)
        for beurt in beurten:
            if op[beurt] == moment and beurt.loket in gevraagd:
                bij_de_politie = beurt.loket == POLITIE and beurt.woord.startswith("BEKEND")
                woord = "BEKEND\nArtikel: 8" if bij_de_politie else beurt.woord
                code = await verhaal.code_van(kenmerk, beurt.loket)
                await verhaal.schrijf(gevraagd[beurt.loket], f"{woord}\n\n> {kenmerk} {code}")
    return verhaal


def ontvangen(verhaal: Verhaal, *, behalve: str) -> list[tuple[str, datetime, bytes]]:
    """What everybody got, but for that partner and who has the regie: reader, time, plaintext."""
    return sorted(
        (brief.aan, brief.moment, brief.plain)
        for brief in verhaal.brieven()
        if spreker_van(verhaal.netwerk, brief.aan).loket.partner != behalve
        and Rol.KETENREGISSEUR not in spreker_van(verhaal.netwerk, brief.aan).medewerker.rollen
    )


@dataclass(slots=True)
class Telling:
    """How many pairs were compared, and how many of them the ketenregisseur could tell apart."""

    paren: int = 0
    uitkomsten: int = 0
    mails: list[int] = field(default_factory=list)


async def vergelijk(paar: Paar, telling: Telling) -> None:
    een, twee = [await speel(paar.melder, (*paar.anderen, *x)) for x in (paar.een, paar.twee)]
    partner = loket_van(NETWERK, paar.loket).partner
    gekregen = ontvangen(een, behalve=partner)
    assert gekregen == ontvangen(twee, behalve=partner)
    telling.paren += 1
    telling.mails.append(len(gekregen))
    telling.uitkomsten += een.uitkomst() != twee.uitkomst()


@pytest.mark.rule("PR-13.5")
@pytest.mark.parametrize("woord", WOORDEN[1:])
async def test_a_reminder_tells_nothing_of_what_another_answered(woord: str) -> None:
    """The first desk said 'onbekend' or something else: the others are reminded all the same."""
    een, twee = ((Beurt(60, INCLUZIO, x),) for x in (WOORDEN[0], woord))
    await vergelijk(Paar(MELDERS[0], INCLUZIO, (), een, twee), Telling())


def _vergelijk(aantal: int) -> None:
    telling = Telling()

    @settings(
        max_examples=aantal,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(paren())
    def paar_voor_paar(paar: Paar) -> None:
        asyncio.run(vergelijk(paar, telling))

    paar_voor_paar()
    print(  # noqa: T201 - the measure
        f"{telling.paren} pairs, 0 differences; {telling.uitkomsten} pairs with another uitkomst;"
        f" {sum(telling.mails)} mails compared"
    )
    assert telling.paren >= aantal
    # Otherwise nothing that could have shown was compared.
    assert telling.uitkomsten > aantal // 5


@pytest.mark.rule("PR-13.5")
@pytest.mark.timeout(300)
def test_what_others_receive_does_not_depend_on_one_partners_answer() -> None:
    """Equal in reader, time and plaintext, whatever one desk said, whenever, however often."""
    _vergelijk(PAREN)


@pytest.mark.soak
def test_what_others_receive_does_not_depend_on_one_partners_answer_at_full_count() -> None:
    """The same for a thousand pairs."""
    _vergelijk(PAREN_LANG)
