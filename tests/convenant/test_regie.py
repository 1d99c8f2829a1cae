"""Who decides how a round goes on: the ketenregisseur alone, while he may (D-6)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from broker.domain.casus import CasusStaat, loopt_ronde
from broker.domain.partner import MedewerkerId, Netwerk, Periode, Rol
from broker.domain.toegang import mag_regie_voeren
from tests.fixtures.netwerk import DAG, maak_netwerk, met_medewerker, met_partner

NETWERK = maak_netwerk()
REGIE = MedewerkerId("m.janssen")


@pytest.mark.rule("D-6")
@pytest.mark.parametrize("wie", ["m.janssen", "s.yilmaz"])
def test_every_ketenregisseur_decides(wie: str) -> None:
    """Also one who stands in, and one who is away today: who signs is at work."""
    netwerk = met_medewerker(NETWERK, wie, afwezig=(Periode(DAG, DAG),))
    assert mag_regie_voeren(netwerk, MedewerkerId(wie), DAG)


@pytest.mark.rule("D-6")
@pytest.mark.parametrize("wie", ["y.elamrani", "e.smeets", "w.vanderlinden", "niemand"])
def test_nobody_else_decides(wie: str) -> None:
    """Not the melder, not a colleague at the desk of the ketenregisseur, not the police."""
    assert not mag_regie_voeren(NETWERK, MedewerkerId(wie), DAG)


@pytest.mark.rule("D-6", "PR-13.4")
@pytest.mark.parametrize(
    "netwerk",
    [
        met_medewerker(NETWERK, REGIE, geldig=Periode(DAG + timedelta(days=1))),
        met_medewerker(NETWERK, REGIE, geldig=Periode(date(2026, 2, 1), DAG - timedelta(days=1))),
        met_medewerker(NETWERK, REGIE, screening=None),
        met_medewerker(NETWERK, REGIE, rollen=frozenset(Rol) - {Rol.KETENREGISSEUR}),
        met_partner(NETWERK, "gemeente-venlo", deelname=Periode(DAG + timedelta(days=1))),
    ],
    ids=["nog-niet", "niet-meer", "niet-gescreend", "andere-rollen", "gemeente-doet-niet-mee"],
)
def test_only_who_is_active_today_decides(netwerk: Netwerk) -> None:
    """The role alone is not enough."""
    assert not mag_regie_voeren(netwerk, REGIE, DAG)


@pytest.mark.rule("D-6")
def test_a_ketenregisseur_of_another_partner_decides_nothing() -> None:
    """The regie is the gemeente's (covenant art. 2 f)."""
    hermans = met_medewerker(NETWERK, "j.hermans", rollen=frozenset(Rol))
    assert not mag_regie_voeren(hermans, MedewerkerId("j.hermans"), DAG)


@pytest.mark.rule("D-6")
@pytest.mark.parametrize("staat", CasusStaat)
def test_only_a_round_that_runs_can_be_ended_or_made_urgent(staat: CasusStaat) -> None:
    """Before and after it there is no term to change."""
    assert loopt_ronde(staat) is (staat is CasusStaat.IN_VERRIJKING)
