"""What may stay asked of a desk, and who suspends the decision of the police."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from broker.domain.deelname import blijft_gevraagd, mag_besluit_opschorten, zoals_besloten
from broker.domain.partner import LoketId, MedewerkerId, Periode, Rol
from broker.domain.toegang import GeenToegang
from tests.fixtures.netwerk import (
    ANTARES,
    DAG,
    POLITIE,
    WOONWENZ,
    maak_netwerk,
    met_besluit,
    met_medewerker,
    met_partner,
    zonder_medewerkers,
)

NETWERK = maak_netwerk()
GISTEREN, MORGEN = DAG - timedelta(days=1), DAG + timedelta(days=1)
AGENT = MedewerkerId("w.vanderlinden")


@pytest.mark.rule("C-16.3")
@pytest.mark.rule("C-16.4")
@pytest.mark.parametrize(
    ("deelname", "blijft"),
    [
        (Periode(DAG), True),
        (Periode(MORGEN), False),
        (Periode(GISTEREN, DAG), True),
        (Periode(GISTEREN, GISTEREN), False),
    ],
)
def test_a_verzoek_stays_open_while_the_partner_takes_part(deelname: Periode, blijft: bool) -> None:
    """The first and the last day count; other desks are not touched."""
    netwerk = met_partner(NETWERK, "woonwenz", deelname=deelname)
    assert blijft_gevraagd(netwerk, WOONWENZ, DAG) is blijft
    assert blijft_gevraagd(netwerk, ANTARES, DAG)


@pytest.mark.rule("C-16.4")
def test_a_desk_that_is_gone_is_not_asked_any_more() -> None:
    """Nor one at which nobody is left to answer; an absence or a lapsed date is no leaving."""
    assert not blijft_gevraagd(NETWERK, LoketId("weg"), DAG)
    leeg = zonder_medewerkers(NETWERK, "j.hermans", "p.nguyen")
    assert not blijft_gevraagd(leeg, WOONWENZ, DAG)
    geen_verrijker = NETWERK
    inactief = NETWERK
    for wie in ("j.hermans", "p.nguyen"):
        geen_verrijker = met_medewerker(geen_verrijker, wie, rollen=frozenset({Rol.MELDER}))
        inactief = met_medewerker(inactief, wie, screening=None, afwezig=(Periode(GISTEREN),))
    assert not blijft_gevraagd(geen_verrijker, WOONWENZ, DAG)
    assert blijft_gevraagd(inactief, WOONWENZ, DAG)
    assert blijft_gevraagd(zonder_medewerkers(NETWERK, "j.hermans"), WOONWENZ, DAG)


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize(
    "besluit",
    [
        {"opgeschort": True},
        {"geldig": Periode(MORGEN)},
        {"geldig": Periode(GISTEREN, GISTEREN)},
    ],
    ids=["suspended", "not yet", "no longer"],
)
def test_outside_the_decision_nothing_stays_asked_of_the_police(besluit: dict[str, Any]) -> None:
    """Everybody else stays asked."""
    netwerk = met_besluit(NETWERK, **besluit)
    assert not blijft_gevraagd(netwerk, POLITIE, DAG)
    assert blijft_gevraagd(netwerk, WOONWENZ, DAG)
    assert blijft_gevraagd(NETWERK, POLITIE, DAG)


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize("in_configuratie", [False, True])
@pytest.mark.parametrize("door_opdracht", [False, True])
def test_the_configuration_and_a_command_each_suspend(
    in_configuratie: bool, door_opdracht: bool
) -> None:
    """One of the two is enough, and neither lets what the other suspended run again."""
    netwerk = met_besluit(NETWERK, opgeschort=in_configuratie)
    besloten = zoals_besloten(netwerk, opgeschort=door_opdracht)
    assert besloten.besluit.geldt(DAG) is not (in_configuratie or door_opdracht)
    assert besloten.partners == netwerk.partners


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize(
    ("wie", "velden", "reden"),
    [
        ("w.vanderlinden", {}, None),
        ("n.ozturk", {"aanwijzing_politiegegevens": None}, GeenToegang.ANDERE_ROL),
        ("n.ozturk", {"aanwijzing_politiegegevens": MORGEN}, GeenToegang.ANDERE_ROL),
        (
            "n.ozturk",
            {
                "aanwijzing_politiegegevens": None,
                "rollen": frozenset({Rol.PRIVACYFUNCTIONARIS}),
            },
            None,
        ),
        ("w.vanderlinden", {"screening": None}, GeenToegang.NIET_ACTIEF),
        ("m.janssen", {}, GeenToegang.ANDERE_ROL),
        (
            "j.hermans",
            {"rollen": frozenset({Rol.PRIVACYFUNCTIONARIS})},
            GeenToegang.ANDERE_ROL,
        ),
    ],
)
def test_the_police_alone_suspend_their_decision(
    wie: str, velden: dict[str, Any], reden: GeenToegang | None
) -> None:
    """A designated officer, or their privacyfunctionaris; active; of no other partner."""
    netwerk = met_medewerker(NETWERK, wie, **velden)
    assert mag_besluit_opschorten(netwerk, MedewerkerId(wie), DAG) is reden


@pytest.mark.rule("BS-9")
def test_a_stranger_suspends_nothing() -> None:
    """Nor the police of a network in which they do not take part."""
    vreemd = MedewerkerId("vreemd")
    assert mag_besluit_opschorten(NETWERK, vreemd, DAG) is GeenToegang.ONBEKEND
    weg = met_partner(NETWERK, "politie-limburg", deelname=Periode(MORGEN))
    assert mag_besluit_opschorten(weg, AGENT, DAG) is GeenToegang.PARTNER_NEEMT_NIET_DEEL
