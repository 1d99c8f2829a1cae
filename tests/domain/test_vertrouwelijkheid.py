"""Who may learn what a desk answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from broker.domain.bericht import (
    Aangemeld,
    Aanvulling,
    Bericht,
    FormulierBericht,
    Kennisgeving,
    Status,
    StatusBericht,
    UitkomstBericht,
)
from broker.domain.partner import Medewerker, Rol
from broker.domain.uitkomst import antwoord_regel, maak_uitkomst
from broker.domain.vertrouwelijkheid import bevat_antwoord, mag_vernemen
from broker.domain.verzoek import VerzoekStaat, Waarde
from tests.fixtures.netwerk import ANTARES, WOONWENZ, loket_van, maak_netwerk, spreker_van
from tests.fixtures.verhalen import KENMERK, maak_antwoord, maak_casus, maak_melding

NETWERK = maak_netwerk()
GESLOTEN = {loket.id: VerzoekStaat.VERLOPEN for loket in NETWERK.loketten()}
MET_ANTWOORD: tuple[Bericht, ...] = (
    UitkomstBericht(maak_uitkomst(maak_casus(NETWERK, antwoorden=GESLOTEN), NETWERK)),
    Aanvulling(
        KENMERK,
        antwoord_regel(
            loket_van(NETWERK, WOONWENZ), maak_antwoord("j.hermans", Waarde.BEKEND), NETWERK
        ),
    ),
)
ZONDER_ANTWOORD: tuple[Bericht, ...] = (
    StatusBericht(KENMERK, Status.ONTVANGEN, date(2026, 11, 30)),
    FormulierBericht(politie=False),
    Kennisgeving(
        Aangemeld(KENMERK, maak_melding(), "mevrouw E. Smeets", "", "Antares", "Blerick"),
        date(2026, 11, 30),
    ),
)


def _medewerker(id: str) -> Medewerker:
    return spreker_van(NETWERK, id).medewerker


@pytest.mark.rule("D-1")
@pytest.mark.rule("PR-13.5")
@pytest.mark.parametrize("bericht", MET_ANTWOORD, ids=lambda b: type(b).__name__)
def test_what_a_desk_answered_is_for_the_ketenregisseur_alone(bericht: Bericht) -> None:
    """Not for the melder, not for another partner, not for the desk itself; silence included."""
    assert bevat_antwoord(bericht)
    assert mag_vernemen(bericht, _medewerker("m.janssen"))
    for _, medewerker in NETWERK.medewerkers():
        assert mag_vernemen(bericht, medewerker) is (Rol.KETENREGISSEUR in medewerker.rollen)


@pytest.mark.parametrize("bericht", ZONDER_ANTWOORD, ids=lambda b: type(b).__name__)
def test_what_holds_no_answer_goes_to_its_reader(bericht: Bericht) -> None:
    """The status, the form and the notice are kept from nobody by this rule."""
    assert not bevat_antwoord(bericht)
    assert mag_vernemen(bericht, _medewerker("e.smeets"))


@pytest.mark.parametrize(
    "verpakt",
    [
        lambda x: (x,),
        lambda x: [1, (x,)],
        lambda x: {"a": ("b", frozenset({x}))},
        lambda x: {x: None},
    ],
)
def test_an_answer_is_found_at_any_depth(verpakt: Callable[[object], object]) -> None:
    """Whatever it stands in; also as a key of a mapping, or as its value."""
    antwoord = maak_antwoord("e.smeets", Waarde.ONBEKEND)
    assert bevat_antwoord(verpakt(antwoord))
    assert not bevat_antwoord(verpakt(ANTARES))
