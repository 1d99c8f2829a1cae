"""Who may order what about a casus: the melder about his melding, the regie about the round."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broker.domain.casus import CasusStaat
from broker.domain.opdracht import (
    Casusfeiten,
    OpdrachtSoort,
    Uitslag,
    is_betrokken,
    mogelijke_opdrachten,
    waarom_niet,
)
from broker.domain.partner import MedewerkerId, Netwerk, Rol
from tests.fixtures.netwerk import DAG, maak_netwerk, met_besluit, met_medewerker

NETWERK = maak_netwerk()
MELDER = MedewerkerId("e.smeets")
REGIE = MedewerkerId("m.janssen")
WACHT = Casusfeiten(CasusStaat.ONTVANGEN, MELDER)
LOOPT = Casusfeiten(CasusStaat.IN_VERRIJKING, MELDER)
INTREKKEN = {OpdrachtSoort.INTREKKEN}
VAN_DE_REGIE = set(OpdrachtSoort) - INTREKKEN


def mag(door: str, netwerk: Netwerk = NETWERK) -> set[OpdrachtSoort]:
    """What that employee may order, whatever the casus allows."""
    return {
        soort
        for soort in OpdrachtSoort
        if waarom_niet(netwerk, soort, LOOPT, door=MedewerkerId(door), dag=DAG)
        is not Uitslag.NIET_BEVOEGD
    }


def woorden(
    casus: Casusfeiten, door: str = REGIE, netwerk: Netwerk = NETWERK
) -> tuple[OpdrachtSoort, ...]:
    """What that employee is offered."""
    return mogelijke_opdrachten(netwerk, casus, door=MedewerkerId(door), dag=DAG)


@pytest.mark.rule("PR-7.8", "D-3", "D-6")
@pytest.mark.parametrize(
    ("door", "verwacht"),
    [
        ("e.smeets", INTREKKEN),
        ("o.kowalski", INTREKKEN),  # his vervanger
        ("m.janssen", VAN_DE_REGIE),
        ("s.yilmaz", VAN_DE_REGIE),
        ("j.hermans", set()),
        ("y.elamrani", set()),
        ("w.vanderlinden", set()),
    ],
)
def test_everybody_has_his_own_words(door: str, verwacht: set[OpdrachtSoort]) -> None:
    """Not even the ketenregisseur withdraws what another partner reported."""
    assert mag(door) == verwacht
    betrokken = is_betrokken(NETWERK, LOOPT, door=MedewerkerId(door), dag=DAG)
    assert betrokken is bool(verwacht)


@pytest.mark.rule("D-6", "D-3")
def test_who_has_no_regie_any_more_orders_nothing() -> None:
    """The role was taken from him."""
    netwerk = met_medewerker(NETWERK, "m.janssen", rollen=frozenset({Rol.VERRIJKER}))
    assert mag("m.janssen", netwerk) == set()


@pytest.mark.rule("PR-7.8", "D-6", "D-3")
@pytest.mark.parametrize(
    ("staat", "melder", "regie"),
    [
        (CasusStaat.ONTVANGEN, ("INTREKKEN",), ("STARTEN", "SAMENVOEGEN")),
        (CasusStaat.IN_VERRIJKING, ("INTREKKEN",), ("AFRONDEN", "SPOED")),
        (CasusStaat.VERRIJKT, ("INTREKKEN",), ()),
        (CasusStaat.GEAGENDEERD, ("INTREKKEN",), ()),
        (CasusStaat.INGETROKKEN, (), ()),
        (CasusStaat.AFGESLOTEN, (), ()),
    ],
)
def test_the_words_that_are_offered_can_be_used(
    staat: CasusStaat, melder: tuple[str, ...], regie: tuple[str, ...]
) -> None:
    """By this person, about the casus as it stands. What the melder reads of it does not tell
    whether everybody has answered (PR-13.5)."""
    for uitgevraagd in (False, True):
        casus = Casusfeiten(staat, MELDER, uitgevraagd=uitgevraagd)
        assert woorden(casus, MELDER) == melder
    assert woorden(Casusfeiten(staat, MELDER)) == regie


@pytest.mark.rule("D-6")
@pytest.mark.parametrize(
    ("casus", "waarom"),
    [
        (LOOPT, None),
        (replace(LOOPT, spoed=True), Uitslag.AL_SPOED),
        (replace(LOOPT, uitgevraagd=True), Uitslag.AL_GESLOTEN),
        (replace(LOOPT, staat=CasusStaat.VERRIJKT), Uitslag.AL_GESLOTEN),
        (WACHT, Uitslag.AL_GESLOTEN),
    ],
)
def test_a_casus_becomes_urgent_once_and_while_an_answer_is_awaited(
    casus: Casusfeiten, waarom: Uitslag | None
) -> None:
    """Else the word is not offered; ending the round still is, while it runs."""
    soort = OpdrachtSoort.SPOED
    assert waarom_niet(NETWERK, soort, casus, door=REGIE, dag=DAG) is waarom
    assert (soort in woorden(casus)) is (waarom is None)
    loopt = casus.staat is CasusStaat.IN_VERRIJKING
    assert (OpdrachtSoort.AFRONDEN in woorden(casus)) is loopt


@pytest.mark.rule("D-3", "BS-1")
def test_about_a_police_melding_only_who_is_designated_decides() -> None:
    """The other ketenregisseur is offered no word of it, and may end its round like any other."""
    netwerk = met_medewerker(NETWERK, "s.yilmaz", aanwijzing_politiegegevens=None)
    van_politie = replace(WACHT, politie=True)
    assert woorden(van_politie, REGIE, netwerk) == ("STARTEN", "SAMENVOEGEN")
    assert woorden(van_politie, "s.yilmaz", netwerk) == ()
    assert woorden(WACHT, "s.yilmaz", netwerk) == ("STARTEN", "SAMENVOEGEN")
    assert woorden(replace(LOOPT, politie=True), "s.yilmaz", netwerk) == ("AFRONDEN", "SPOED")


@pytest.mark.rule("BS-9")
def test_a_police_melding_starts_no_round_while_the_decision_is_suspended() -> None:
    """It can wait, or be joined; any other starts."""
    netwerk = met_besluit(NETWERK, opgeschort=True)
    van_politie = replace(WACHT, politie=True)
    starten = OpdrachtSoort.STARTEN
    waarom = waarom_niet(netwerk, starten, van_politie, door=REGIE, dag=DAG)
    assert waarom is Uitslag.POLITIE_NU_NIET
    assert woorden(van_politie, REGIE, netwerk) == ("SAMENVOEGEN",)
    assert waarom_niet(netwerk, starten, WACHT, door=REGIE, dag=DAG) is None


@pytest.mark.rule("D-3")
@pytest.mark.parametrize("soort", [OpdrachtSoort.STARTEN, OpdrachtSoort.SAMENVOEGEN])
@pytest.mark.parametrize("staat", CasusStaat)
def test_what_waits_for_no_decision_is_not_decided(soort: OpdrachtSoort, staat: CasusStaat) -> None:
    """Only a casus that was received and asked of nobody waits for one."""
    waarom = waarom_niet(NETWERK, soort, Casusfeiten(staat, MELDER), door=REGIE, dag=DAG)
    wacht = staat is CasusStaat.ONTVANGEN
    assert waarom is (None if wacht else Uitslag.NIETS_TE_BESLISSEN)
