"""Who may order what about a casus: the melder about his melding, the regie about the round."""

from __future__ import annotations

import pytest

from broker.domain.casus import CasusStaat
from broker.domain.opdracht import (
    OpdrachtSoort,
    is_betrokken,
    mag_opdragen,
    mogelijke_opdrachten,
)
from broker.domain.partner import MedewerkerId, Netwerk, Rol
from tests.fixtures.netwerk import DAG, maak_netwerk, met_medewerker

NETWERK = maak_netwerk()
MELDER = MedewerkerId("e.smeets")
INTREKKEN = {OpdrachtSoort.INTREKKEN}
REGIE = set(OpdrachtSoort) - INTREKKEN


def mag(door: str, netwerk: Netwerk = NETWERK) -> set[OpdrachtSoort]:
    wie = MedewerkerId(door)
    return {
        soort
        for soort in OpdrachtSoort
        if mag_opdragen(netwerk, soort, melder=MELDER, door=wie, dag=DAG)
    }


@pytest.mark.rule("PR-7.8", "D-6")
@pytest.mark.parametrize(
    ("door", "woorden"),
    [
        ("e.smeets", INTREKKEN),
        ("o.kowalski", INTREKKEN),  # his vervanger
        ("m.janssen", REGIE),
        ("s.yilmaz", REGIE),
        ("j.hermans", set()),
        ("y.elamrani", set()),
        ("w.vanderlinden", set()),
    ],
)
def test_everybody_has_his_own_words(door: str, woorden: set[OpdrachtSoort]) -> None:
    """Not even the ketenregisseur withdraws what another partner reported."""
    assert mag(door) == woorden
    betrokken = is_betrokken(NETWERK, melder=MELDER, door=MedewerkerId(door), dag=DAG)
    assert betrokken is bool(woorden)


@pytest.mark.rule("D-6")
def test_who_has_no_regie_any_more_orders_nothing() -> None:
    """The role was taken from him."""
    netwerk = met_medewerker(NETWERK, "m.janssen", rollen=frozenset({Rol.VERRIJKER}))
    assert mag("m.janssen", netwerk) == set()


@pytest.mark.rule("PR-7.8", "D-6")
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
    for door, verwacht in ((MELDER, melder), (MedewerkerId("m.janssen"), regie)):
        assert mogelijke_opdrachten(NETWERK, staat, melder=MELDER, door=door, dag=DAG) == verwacht
