"""Any order of what people do and what time does leaves a casus where the tables say (D-4 to D-8).

Real use cases in memory; what people write goes in as their mails.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.casus import CASUS_OVERGANGEN, CasusStaat, Kenmerk
from broker.domain.partner import LoketId
from broker.domain.verzoek import OPEN_VERZOEK, VERZOEK_OVERGANGEN, VerzoekStaat
from broker.ports import ASKED, Deferred, OutboundKind
from broker.service.asking import last_day
from tests.fixtures.netwerk import spreker_van
from tests.fixtures.verhaal import Brief, Verhaal, maak_verhaal

MELDER, REGIE = "e.smeets", "m.janssen"
LEZERS = ("j.hermans", "y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts")
VERVANGERS = ("p.nguyen", "b.willems")
ANTWOORDEN = (
    "BEKEND",
    "ONBEKEND",
    "NIET VERSTREKT",
    "NIET VAST TE STELLEN",
    "geen idee",
    "BEKEND\nArtikel: 8",
)

STAPPEN = st.one_of(
    st.tuples(
        st.just("antwoord"), st.sampled_from(LEZERS + VERVANGERS), st.sampled_from(ANTWOORDEN)
    ),
    st.tuples(
        st.just("opdracht"),
        st.sampled_from((MELDER, REGIE, REGIE, "s.yilmaz", "j.hermans")),
        st.sampled_from(
            ("INTREKKEN", "AFRONDEN", "SPOED", "SPOED", "nog niet AFRONDEN", "STARTEN")
        ),
    ),
    st.tuples(
        st.just("wacht"),
        st.sampled_from(("minuut", "dag", "herinnering", "termijn", "terug")),
        st.just(""),
    ),
    st.tuples(st.just("server"), st.sampled_from(LEZERS), st.sampled_from(("weg", "terug"))),
)

TIJD: Mapping[str, timedelta] = {
    "minuut": timedelta(minutes=20),
    "dag": timedelta(days=1),
    # A clock that is set back.
    "terug": timedelta(hours=-1),
}


Staat = TypeVar("Staat")
Gebeurtenis = TypeVar("Gebeurtenis")


@dataclass(slots=True)
class Ronde:
    """One casus, and what was true of it before the step that is taken now."""

    verhaal: Verhaal
    kenmerk: Kenmerk
    staat: CasusStaat = CasusStaat.IN_VERRIJKING
    verzoeken: dict[LoketId, VerzoekStaat] = field(default_factory=dict)
    gezien: int = 0

    async def doe(self, wat: str, wie: str, hoe: str) -> None:
        """One step of somebody, or of time."""
        verhaal = self.verhaal
        if wat == "antwoord" and verhaal.vragen(wie):
            await verhaal.antwoord(wie, hoe)
        elif wat == "opdracht":
            await verhaal.schrijf(wie, f"{hoe}\n\n> {self.kenmerk}")
        elif wat == "wacht":
            moment = {"herinnering": verhaal.herinnering, "termijn": verhaal.termijn}.get(
                wie, verhaal.clock.now() + TIJD.get(wie, timedelta(0))
            )
            await verhaal.wacht(tot=moment)
        elif wat == "server":
            adres = spreker_van(verhaal.netwerk, wie).medewerker.adres
            if hoe == "weg":
                verhaal.delivery.results[adres] = Deferred("4.4.1")
            else:
                verhaal.delivery.results.pop(adres, None)
        await self.kijk()

    async def kijk(self) -> None:
        """Everything that must be true after any step."""
        record = await self.verhaal.casus(self.kenmerk)
        nieuw = self.verhaal.brieven()[self.gezien :]
        assert _kan(self.staat, record.staat, CASUS_OVERGANGEN)
        for verzoek in record.verzoeken:
            eerder = self.verzoeken.get(verzoek.loket, VerzoekStaat.KLAARGEZET)
            assert _kan(eerder, verzoek.staat, VERZOEK_OVERGANGEN), verzoek.loket
        self._niet_meer_gevraagd(nieuw)
        uitkomsten = len(self.verhaal.brieven(None, OutboundKind.UITKOMST))
        assert uitkomsten <= 1
        assert bool(uitkomsten) or record.staat is not CasusStaat.VERRIJKT
        open_nu = [v for v in record.verzoeken if v.staat in OPEN_VERZOEK]
        if record.staat is CasusStaat.IN_VERRIJKING:
            assert open_nu
            assert record.ends_at is not None
            # One term for who has not answered, and it is the one that the mails name.
            kalender = self.verhaal.netwerk.kalender
            einde = kalender.dag(record.ends_at - timedelta(microseconds=1))
            assert {last_day(record, v) for v in open_nu} == {einde}
        else:
            assert not open_nu
            assert (record.ends_at, record.remind_at) == (None, None)
        self.staat, self.gezien = record.staat, len(self.verhaal.brieven())
        self.verzoeken = {v.loket: v.staat for v in record.verzoeken}

    def _niet_meer_gevraagd(self, nieuw: list[Brief]) -> None:
        """No question to a desk that was closed, and after a withdrawal nothing but answers."""
        for brief in nieuw:
            loket = spreker_van(self.verhaal.netwerk, brief.aan).loket.id
            if brief.kind in ASKED:
                assert self.verzoeken.get(loket, VerzoekStaat.KLAARGEZET) in OPEN_VERZOEK, loket
            if self.staat is CasusStaat.INGETROKKEN:
                assert brief.kind in {
                    OutboundKind.INTREKKING,
                    OutboundKind.STATUS,
                    OutboundKind.WEIGERING,
                    OutboundKind.OPDRACHT,
                }


def _kan(van: Staat, naar: Staat, tabel: Mapping[tuple[Staat, Gebeurtenis], Staat]) -> bool:
    """Whether the table leads from the one to the other, in one step or more."""
    bereikt = {van}
    while True:
        verder = bereikt | {doel for (begin, _), doel in tabel.items() if begin in bereikt}
        if verder == bereikt:
            return naar in bereikt
        bereikt = verder


async def speel(stappen: list[tuple[str, str, str]]) -> None:
    """A casus from its melding until long after its term."""
    verhaal = maak_verhaal()
    ronde = Ronde(verhaal, await verhaal.meld(MELDER))
    await ronde.kijk()
    for stap in stappen:
        await ronde.doe(*stap)
    verhaal.delivery.results.clear()
    await ronde.doe("wacht", "termijn", "")
    for _ in range(3):
        await ronde.doe("wacht", "dag", "")
    assert ronde.staat in {CasusStaat.VERRIJKT, CasusStaat.INGETROKKEN}
    assert await verhaal.alarmen() == set()
    assert await verhaal.wachtend() == []


@pytest.mark.rule("D-6", "D-8", "PR-7.8")
@settings(max_examples=60, deadline=None)
@given(st.lists(STAPPEN, max_size=10))
def test_any_order_ends_in_one_uitkomst_or_a_withdrawal(
    stappen: list[tuple[str, str, str]],
) -> None:
    """Answers, orders, reminders, terms, servers that are away and a clock that is set back."""
    asyncio.run(speel(stappen))


@pytest.mark.soak
@pytest.mark.timeout(1800)
@settings(max_examples=1_000, deadline=None)
@given(st.lists(STAPPEN, max_size=25))
def test_any_long_order_ends_so_too(stappen: list[tuple[str, str, str]]) -> None:
    """The same, longer and more often."""
    asyncio.run(speel(stappen))
