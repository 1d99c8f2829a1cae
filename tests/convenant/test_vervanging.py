"""C-6.3: who is asked when a professional is absent, or stays silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from broker.domain.melding import Melding
from broker.domain.partner import MedewerkerId, Netwerk, Periode, Rol
from broker.domain.vervanging import (
    antwoordt_als_vervanger,
    vervanger_bij_afwezigheid,
    wie_krijgt_de_herinnering,
)
from tests.fixtures.netwerk import (
    ANTARES,
    DAG,
    INCLUZIO,
    POLITIE,
    WOONWENZ,
    loket_van,
    maak_medewerker,
    maak_netwerk,
    met_besluit,
    met_medewerker,
    met_nieuwe_medewerker,
    met_partner,
    week,
    zonder_medewerkers,
)
from tests.fixtures.verhalen import maak_melding, maak_politiemelding

NETWERK = maak_netwerk()
HERMANS, NGUYEN, DERDE = MedewerkerId("j.hermans"), MedewerkerId("p.nguyen"), MedewerkerId("d.erde")
WEG = (week(DAG),)


def met_een_derde(netwerk: Netwerk = NETWERK, **velden: Any) -> Netwerk:
    """Woonwenz with a third employee, who stands in for the second."""
    netwerk = met_nieuwe_medewerker(netwerk, WOONWENZ, maak_medewerker(DERDE, **velden))
    return met_medewerker(netwerk, NGUYEN, vervanger=DERDE)


def bij_afwezigheid(
    netwerk: Netwerk,
    *gevraagd: MedewerkerId,
    afwezige: MedewerkerId = HERMANS,
    melding: Melding | None = None,
) -> str | None:
    gevonden = vervanger_bij_afwezigheid(
        netwerk,
        melding or maak_melding(),
        melder_loket=ANTARES,
        loket=loket_van(netwerk, WOONWENZ),
        afwezige=afwezige,
        gevraagd=gevraagd or (HERMANS,),
        dag=DAG,
    )
    return None if gevonden is None else gevonden.id


def herinnering(
    netwerk: Netwerk,
    *gevraagd: MedewerkerId,
    mislukt: tuple[MedewerkerId, ...] = (),
    melding: Melding | None = None,
    loket: str = WOONWENZ,
) -> list[str]:
    gevonden = wie_krijgt_de_herinnering(
        netwerk,
        melding or maak_melding(),
        loket=loket_van(netwerk, loket),
        gevraagd=gevraagd,
        bereikt=[id for id in gevraagd if id not in mislukt],
        dag=DAG,
    )
    return [str(medewerker.id) for medewerker in gevonden]


@pytest.mark.rule("C-6.3")
def test_the_vervanger_of_who_is_away_is_asked() -> None:
    """At once, and once."""
    assert bij_afwezigheid(NETWERK) == NGUYEN
    assert bij_afwezigheid(NETWERK, HERMANS, NGUYEN) is None


@pytest.mark.rule("C-6.3")
@pytest.mark.parametrize(
    "velden",
    [
        {"afwezig": WEG},
        {"geldig": Periode(date(2026, 2, 1), date(2026, 11, 22))},
        {"screening": None},
        {"rollen": frozenset({Rol.MELDER})},
    ],
)
def test_a_vervanger_who_cannot_is_passed_over(velden: dict[str, Any]) -> None:
    """Away himself, inactive, or not designated to answer: then who stands in for him."""
    netwerk = met_medewerker(met_een_derde(), NGUYEN, **velden)
    assert bij_afwezigheid(netwerk) == DERDE
    assert bij_afwezigheid(met_medewerker(NETWERK, NGUYEN, **velden)) is None
    assert herinnering(netwerk, HERMANS) == [HERMANS, DERDE]


@pytest.mark.rule("C-6.3")
def test_a_vervanger_who_is_away_too_hands_it_on() -> None:
    """His own out-of-office asks the next one; at the end of the row nobody."""
    netwerk = met_een_derde()
    assert bij_afwezigheid(netwerk, HERMANS, NGUYEN, afwezige=NGUYEN) == DERDE
    assert bij_afwezigheid(netwerk, HERMANS, NGUYEN, DERDE, afwezige=DERDE) is None
    assert bij_afwezigheid(NETWERK, afwezige=MedewerkerId("niemand")) is None


@pytest.mark.rule("C-6.3")
@pytest.mark.rule("C-16.4")
def test_nobody_is_asked_at_a_desk_that_is_asked_nothing_any_more() -> None:
    """The partner left: its vervanger gets nothing either."""
    netwerk = met_partner(
        NETWERK, "woonwenz", deelname=Periode(date(2021, 7, 1), date(2026, 11, 22))
    )
    assert bij_afwezigheid(netwerk) is None


@pytest.mark.rule("BS-1")
@pytest.mark.rule("BS-5")
@pytest.mark.rule("BS-9")
def test_police_data_reach_a_vervanger_only_as_they_may() -> None:
    """In a melding of the police: designated, and while the decision is in force."""
    melding = maak_politiemelding()
    assert bij_afwezigheid(NETWERK, melding=melding) == NGUYEN
    zonder = met_medewerker(NETWERK, NGUYEN, aanwijzing_politiegegevens=None)
    assert bij_afwezigheid(zonder, melding=melding) is None
    assert bij_afwezigheid(zonder) == NGUYEN
    assert herinnering(zonder, HERMANS, melding=melding) == [HERMANS]
    opgeschort = met_besluit(NETWERK, opgeschort=True)
    assert bij_afwezigheid(opgeschort, melding=melding) is None
    assert herinnering(opgeschort, HERMANS, melding=melding) == [HERMANS]
    agent = MedewerkerId("w.vanderlinden")
    niet_aangewezen = met_medewerker(NETWERK, "n.ozturk", aanwijzing_politiegegevens=None)
    assert herinnering(NETWERK, agent, loket=POLITIE) == [agent, "n.ozturk"]
    assert herinnering(niet_aangewezen, agent, loket=POLITIE) == [agent]


@pytest.mark.rule("C-6.3")
def test_the_reminder_goes_to_who_was_asked_and_to_his_vervanger() -> None:
    """Who was asked already is asked again; nobody is asked twice at one moment."""
    netwerk = met_een_derde()
    assert herinnering(netwerk, HERMANS) == [HERMANS, NGUYEN]
    assert herinnering(netwerk, HERMANS, NGUYEN) == [HERMANS, NGUYEN]
    assert herinnering(netwerk, HERMANS, NGUYEN, DERDE) == [HERMANS, NGUYEN, DERDE]


@pytest.mark.rule("C-6.3")
def test_the_reminder_passes_over_who_is_not_there() -> None:
    """Known to be away, gone, not designated any more, or his mail came back."""
    for netwerk in (
        met_medewerker(NETWERK, HERMANS, afwezig=WEG),
        met_medewerker(NETWERK, HERMANS, geheimhouding=None),
    ):
        assert herinnering(netwerk, HERMANS) == [NGUYEN]
    assert herinnering(zonder_medewerkers(NETWERK, HERMANS), HERMANS) == [NGUYEN]
    assert herinnering(NETWERK, HERMANS, NGUYEN, mislukt=(HERMANS,)) == [NGUYEN]
    assert herinnering(NETWERK, HERMANS, NGUYEN, mislukt=(NGUYEN,)) == [HERMANS]


@pytest.mark.rule("C-6.3")
def test_the_reminder_goes_to_somebody_whoever_is_away() -> None:
    """It waits with the first rather than going to nobody; without anybody it goes to nobody."""
    weg = met_medewerker(met_medewerker(NETWERK, HERMANS, afwezig=WEG), NGUYEN, afwezig=WEG)
    assert herinnering(weg, HERMANS) == [HERMANS]
    assert herinnering(NETWERK) == [HERMANS]
    assert herinnering(zonder_medewerkers(NETWERK, HERMANS, NGUYEN), HERMANS) == []


@pytest.mark.rule("C-6.3")
def test_an_answer_is_that_of_the_vervanger_unless_the_first_gave_it() -> None:
    """Also when he was asked from the start, because an absence was known."""
    woonwenz = loket_van(NETWERK, WOONWENZ)
    assert not antwoordt_als_vervanger(NETWERK, woonwenz, HERMANS, DAG)
    assert antwoordt_als_vervanger(NETWERK, woonwenz, NGUYEN, DAG)
    weg = met_medewerker(NETWERK, HERMANS, afwezig=WEG)
    assert antwoordt_als_vervanger(weg, loket_van(weg, WOONWENZ), NGUYEN, DAG)
    vertrokken = met_medewerker(NETWERK, HERMANS, screening=None)
    assert not antwoordt_als_vervanger(vertrokken, loket_van(vertrokken, WOONWENZ), NGUYEN, DAG)
    leeg = replace(woonwenz, medewerkers=())
    assert antwoordt_als_vervanger(NETWERK, leeg, NGUYEN, DAG)
    assert antwoordt_als_vervanger(NETWERK, loket_van(NETWERK, INCLUZIO), NGUYEN, DAG)
