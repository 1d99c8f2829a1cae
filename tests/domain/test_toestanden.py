"""The state tables: every pair of state and event, listed or not, and the diagrams made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from broker.domain.casus import (
    CASUS_OVERGANGEN,
    UITKOMST_VERSTUURD,
    CasusGebeurtenis,
    CasusStaat,
    kan_casus,
    maak_kenmerk,
    volgende_casusstaat,
)
from broker.domain.errors import OngeldigeOvergang
from broker.domain.verzoek import (
    OPEN_VERZOEK,
    VERZOEK_OVERGANGEN,
    WAARDE_ZONDER_ANTWOORD,
    VerzoekGebeurtenis,
    VerzoekStaat,
    kan_verzoek,
    volgende_verzoekstaat,
)
from broker.wire.toestanden import mermaid, pagina
from tests.fixtures.netwerk import DAG, maak_netwerk
from tests.fixtures.verhalen import maak_antwoord, maak_casus

K, V = CasusStaat, CasusGebeurtenis
OPEN_CASUS = {K.ONTVANGEN, K.IN_VERRIJKING, K.VERRIJKT, K.GEAGENDEERD, K.OVERGEDRAGEN}
PAGINA = Path(__file__).parents[2] / "docs" / "toestanden.md"

# Written out a second time, from the covenant's process: a change of the table must be meant.
CASUS = {
    K.ONTVANGEN: {
        V.AFGEWEZEN: K.AFGEWEZEN,
        V.UITGEZET: K.IN_VERRIJKING,
        V.INGETROKKEN: K.INGETROKKEN,
        V.SAMENGEVOEGD: K.AFGESLOTEN,
    },
    K.AFGEWEZEN: {V.GEWIST: K.GEWIST},
    K.IN_VERRIJKING: {V.VERRIJKT: K.VERRIJKT, V.INGETROKKEN: K.INGETROKKEN},
    K.VERRIJKT: {
        V.GEAGENDEERD: K.GEAGENDEERD,
        V.OVERGEDRAGEN: K.OVERGEDRAGEN,
        V.AFGESLOTEN: K.AFGESLOTEN,
        V.INGETROKKEN: K.INGETROKKEN,
    },
    K.GEAGENDEERD: {V.AFGESLOTEN: K.AFGESLOTEN, V.INGETROKKEN: K.INGETROKKEN},
    K.OVERGEDRAGEN: {V.AFGESLOTEN: K.AFGESLOTEN, V.INGETROKKEN: K.INGETROKKEN},
    K.AFGESLOTEN: {V.GEWIST: K.GEWIST},
    K.INGETROKKEN: {V.GEWIST: K.GEWIST},
    K.GEWIST: {},
}
S, G = VerzoekStaat, VerzoekGebeurtenis
VERZOEK = {
    S.KLAARGEZET: {
        G.VERZONDEN: S.VERZONDEN,
        G.BEANTWOORD: S.BEANTWOORD,
        G.TERMIJN_VERSTREKEN: S.ONBESTELBAAR,
        G.NIET_TE_BEZORGEN: S.ONBESTELBAAR,
        G.INGETROKKEN: S.INGETROKKEN,
    },
    S.VERZONDEN: {
        G.BEANTWOORD: S.BEANTWOORD,
        G.TERMIJN_VERSTREKEN: S.VERLOPEN,
        G.NIET_TE_BEZORGEN: S.ONBESTELBAAR,
        G.INGETROKKEN: S.INGETROKKEN,
    },
    S.BEANTWOORD: {G.BEANTWOORD: S.BEANTWOORD},
    S.VERLOPEN: {},
    S.ONBESTELBAAR: {},
    S.INGETROKKEN: {},
}


@pytest.mark.parametrize(("staat", "gebeurtenis"), list(product(CasusStaat, CasusGebeurtenis)))
def test_casus_follows_the_table_and_nothing_else(
    staat: CasusStaat, gebeurtenis: CasusGebeurtenis
) -> None:
    """Each pair of state and event leads to the listed state, or is a fault."""
    naar = CASUS[staat].get(gebeurtenis)
    assert kan_casus(staat, gebeurtenis) is (naar is not None)
    if naar is not None:
        assert volgende_casusstaat(staat, gebeurtenis) is naar
        return
    with pytest.raises(OngeldigeOvergang, match=f"casus: {staat} does not know '{gebeurtenis}'"):
        volgende_casusstaat(staat, gebeurtenis)


@pytest.mark.parametrize(("staat", "gebeurtenis"), list(product(VerzoekStaat, VerzoekGebeurtenis)))
def test_verzoek_follows_the_table_and_nothing_else(
    staat: VerzoekStaat, gebeurtenis: VerzoekGebeurtenis
) -> None:
    """Each pair of state and event leads to the listed state, or is a fault."""
    naar = VERZOEK[staat].get(gebeurtenis)
    assert kan_verzoek(staat, gebeurtenis) is (naar is not None)
    if naar is not None:
        assert volgende_verzoekstaat(staat, gebeurtenis) is naar
        return
    with pytest.raises(OngeldigeOvergang, match=f"verzoek: {staat} does not know '{gebeurtenis}'"):
        volgende_verzoekstaat(staat, gebeurtenis)


Staat = TypeVar("Staat", bound=StrEnum)
Gebeurtenis = TypeVar("Gebeurtenis", bound=StrEnum)


def _bereikbaar(overgangen: Mapping[tuple[Staat, Gebeurtenis], Staat], begin: Staat) -> set[Staat]:
    gezien, te_doen = {begin}, [begin]
    while te_doen:
        van = te_doen.pop()
        nieuw = {naar for (uit, _), naar in overgangen.items() if uit == van} - gezien
        gezien |= nieuw
        te_doen.extend(nieuw)
    return gezien


def test_every_state_and_event_is_of_use() -> None:
    """No state is out of reach, and no event is without effect: nothing in the tables is dead."""
    assert _bereikbaar(CASUS_OVERGANGEN, CasusStaat.ONTVANGEN) == set(CasusStaat)
    assert _bereikbaar(VERZOEK_OVERGANGEN, VerzoekStaat.KLAARGEZET) == set(VerzoekStaat)
    assert {gebeurtenis for _, gebeurtenis in CASUS_OVERGANGEN} == set(CasusGebeurtenis)
    assert {gebeurtenis for _, gebeurtenis in VERZOEK_OVERGANGEN} == set(VerzoekGebeurtenis)


@pytest.mark.parametrize("staat", CasusStaat)
def test_every_casus_can_end_in_being_erased(staat: CasusStaat) -> None:
    """From every state a casus can come to be erased: none is kept for want of a way out."""
    assert CasusStaat.GEWIST in _bereikbaar(CASUS_OVERGANGEN, staat)


@pytest.mark.rule("PR-7.8")
@pytest.mark.parametrize("staat", CasusStaat)
def test_casus_can_be_withdrawn_while_it_is_open(staat: CasusStaat) -> None:
    """A melding can be withdrawn from every open state, and from no closed one."""
    assert kan_casus(staat, CasusGebeurtenis.INGETROKKEN) is (staat in OPEN_CASUS)


def test_a_closed_casus_never_reopens() -> None:
    """Nothing leads from a closed casus to an open one."""
    for staat in set(CasusStaat) - OPEN_CASUS:
        assert not _bereikbaar(CASUS_OVERGANGEN, staat) & OPEN_CASUS


@pytest.mark.rule("D-5")
def test_a_late_answer_is_an_aanvulling_only_in_a_running_casus_with_an_uitkomst() -> None:
    """The states with a sent uitkomst are the open ones from VERRIJKT on."""
    assert OPEN_CASUS - {CasusStaat.ONTVANGEN, CasusStaat.IN_VERRIJKING} == UITKOMST_VERSTUURD


@pytest.mark.rule("D-4")
def test_each_way_to_close_without_an_answer_has_its_own_value() -> None:
    """Every closed verzoek without an answer has a value, and no two of them the same."""
    zonder = set(VerzoekStaat) - OPEN_VERZOEK - {VerzoekStaat.BEANTWOORD}
    assert set(WAARDE_ZONDER_ANTWOORD) == zonder
    assert len(set(WAARDE_ZONDER_ANTWOORD.values())) == len(zonder)


class VerzoekLeven(RuleBasedStateMachine):
    """Whatever happens to a verzoek, in whatever order: a closed one stays as it closed."""

    @initialize()
    def begin(self) -> None:
        self.staat = VerzoekStaat.KLAARGEZET
        self.gesloten: VerzoekStaat | None = None

    @rule(gebeurtenis=st.sampled_from(VerzoekGebeurtenis))
    def gebeurt(self, gebeurtenis: VerzoekGebeurtenis) -> None:
        voor = self.staat
        if kan_verzoek(voor, gebeurtenis):
            self.staat = volgende_verzoekstaat(voor, gebeurtenis)
        else:
            with pytest.raises(OngeldigeOvergang):
                volgende_verzoekstaat(voor, gebeurtenis)
        if self.staat not in OPEN_VERZOEK:
            self.gesloten = self.gesloten or self.staat

    @invariant()
    def gesloten_blijft_gesloten(self) -> None:
        assert self.gesloten in {None, self.staat}


class CasusLeven(RuleBasedStateMachine):
    """Whatever happens to a casus: closed never reopens, and an uitkomst is never unsent."""

    @initialize()
    def begin(self) -> None:
        self.geschiedenis = [CasusStaat.ONTVANGEN]

    @rule(gebeurtenis=st.sampled_from(CasusGebeurtenis))
    def gebeurt(self, gebeurtenis: CasusGebeurtenis) -> None:
        voor = self.geschiedenis[-1]
        if kan_casus(voor, gebeurtenis):
            self.geschiedenis.append(volgende_casusstaat(voor, gebeurtenis))
        else:
            with pytest.raises(OngeldigeOvergang):
                volgende_casusstaat(voor, gebeurtenis)

    @invariant()
    def gaat_nooit_terug(self) -> None:
        assert len(self.geschiedenis) == len(set(self.geschiedenis))
        gesloten = [staat not in OPEN_CASUS for staat in self.geschiedenis]
        assert gesloten == sorted(gesloten)
        verstuurd = [
            staat in UITKOMST_VERSTUURD for staat in self.geschiedenis if staat in OPEN_CASUS
        ]
        assert verstuurd == sorted(verstuurd)


TestVerzoekLeven = VerzoekLeven.TestCase
TestCasusLeven = CasusLeven.TestCase


def test_casus_is_complete_once_every_verzoek_is_closed() -> None:
    """One open verzoek keeps the round open; closed without an answer counts as closed."""
    netwerk = maak_netwerk()
    open_casus = maak_casus(netwerk, dag=DAG)
    assert not open_casus.is_compleet
    alle = {v.loket: VerzoekStaat.VERLOPEN for v in open_casus.verzoeken}
    assert maak_casus(netwerk, antwoorden=alle).is_compleet
    laatste = open_casus.verzoeken[-1].loket
    bijna = {loket: staat for loket, staat in alle.items() if loket != laatste}
    assert not maak_casus(netwerk, antwoorden=bijna).is_compleet


def test_verzoek_is_found_by_its_desk() -> None:
    """A casus finds the verzoek to a desk, with its answer, and None for a desk not asked."""
    netwerk = maak_netwerk()
    antwoord = maak_antwoord("j.hermans")
    casus = maak_casus(netwerk, antwoorden={loket.id: antwoord for loket in netwerk.loketten()})
    verzoek = casus.verzoek_aan(casus.verzoeken[0].loket)
    assert verzoek is casus.verzoeken[0]
    assert verzoek.antwoord == antwoord
    assert casus.verzoek_aan(casus.melder_loket) is None


@pytest.mark.parametrize(
    ("nummer", "kenmerk"),
    [(1, "ZNW-2026-00001"), (42, "ZNW-2026-00042"), (100_000, "ZNW-2026-100000")],
)
def test_kenmerk_says_network_year_and_number(nummer: int, kenmerk: str) -> None:
    """A kenmerk has five digits or more, and sorts within its year up to 99,999 casussen."""
    assert maak_kenmerk("ZNW", 2026, nummer) == kenmerk


def test_the_page_shows_the_tables_of_today() -> None:
    """docs/toestanden.md is what the tables generate."""
    opdracht = (
        'python -c "from pathlib import Path; from broker.wire.toestanden import pagina; '
        "Path('docs/toestanden.md').write_text(pagina(), encoding='utf-8')\""
    )
    assert PAGINA.read_text(encoding="utf-8") == pagina(), f"make it again:\n{opdracht}"


@pytest.mark.parametrize(
    "overgangen", [CASUS_OVERGANGEN, VERZOEK_OVERGANGEN], ids=["casus", "verzoek"]
)
def test_a_diagram_draws_every_transition_once(
    overgangen: Mapping[tuple[CasusStaat, CasusGebeurtenis], CasusStaat],
) -> None:
    """Every row of the table is one arrow, and there is one place to begin."""
    regels = mermaid(overgangen).splitlines()
    for (van, gebeurtenis), naar in overgangen.items():
        assert regels.count(f"    {van.name} --> {naar.name}: {gebeurtenis}") == 1
    assert sum(regel.startswith("    [*] -->") for regel in regels) == 1
    pijlen = [regel for regel in regels if "-->" in regel and "[*]" not in regel]
    assert len(pijlen) == len(overgangen)


def test_an_empty_table_has_no_diagram() -> None:
    """A table without a transition is a fault, not an empty picture."""
    leeg: dict[tuple[StrEnum, StrEnum], StrEnum] = {}
    teken: Callable[[dict[tuple[StrEnum, StrEnum], StrEnum]], str] = mermaid
    with pytest.raises(ValueError, match="no diagram"):
        teken(leeg)
