"""Partners, desks and employees, and how they are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.partner import LoketId, MedewerkerId, Netwerk, PartnerId, Periode, Vingerafdruk
from tests.fixtures.netwerk import (
    DAG,
    POLITIE,
    SCHULDHULP,
    WIJKTEAM,
    WOONWENZ,
    loket_van,
    maak_medewerker,
    maak_netwerk,
    medewerker_van,
    met_besluit,
    met_loket,
    met_medewerker,
    met_nieuwe_medewerker,
    met_partner,
    met_termijnen,
    vingerafdruk_van,
    week,
    zonder_medewerkers,
)

DAGEN = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(van=DAGEN, lengte=st.integers(0, 400) | st.none(), dag=DAGEN)
def test_a_period_holds_its_first_and_last_day(van: date, lengte: int | None, dag: date) -> None:
    """A period is whole days, both ends included; without an end it goes on."""
    tot = None if lengte is None else van + timedelta(days=lengte)
    periode = Periode(van, tot)
    assert periode.bevat(van)
    assert not periode.bevat(van - timedelta(days=1))
    if tot is not None:
        assert periode.bevat(tot)
        assert not periode.bevat(tot + timedelta(days=1))
    assert periode.bevat(dag) is (dag >= van and dag <= (tot or date.max))


def test_the_network_has_six_partners_and_seven_desks() -> None:
    """The gemeente sits at the table with two desks; every id and fingerprint is used once."""
    netwerk = maak_netwerk()
    assert len(netwerk.partners) == 6
    assert [loket.id for loket in netwerk.loketten()][:3] == [WIJKTEAM, SCHULDHULP, POLITIE]
    assert len(list(netwerk.loketten())) == 7
    medewerkers = [medewerker for _, medewerker in netwerk.medewerkers()]
    assert len({m.id for m in medewerkers}) == len(medewerkers) == 16
    assert len({m.vingerafdruk for m in medewerkers}) == 16
    assert all(m.is_actief(DAG) for m in medewerkers)


def test_everybody_is_found_by_id_and_by_key() -> None:
    """Desk, partner and employee are found by their id, an employee also by his pinned key."""
    netwerk = maak_netwerk()
    for loket, medewerker in netwerk.medewerkers():
        assert netwerk.medewerker(medewerker.id) == (loket, medewerker)
        assert netwerk.medewerker_met(medewerker.vingerafdruk) == (loket, medewerker)
        assert netwerk.loket(loket.id) is loket
        assert loket.medewerker(medewerker.id) is medewerker
        assert netwerk.partner(loket.partner) is netwerk.partner_van(loket)


def test_nobody_is_found_by_what_is_unknown() -> None:
    """An unknown id or key finds nobody; a desk of another network is a fault."""
    netwerk = maak_netwerk()
    assert netwerk.loket(LoketId("vreemd")) is None
    assert netwerk.partner(PartnerId("vreemd")) is None
    assert netwerk.medewerker(MedewerkerId("vreemd")) is None
    assert netwerk.medewerker_met(vingerafdruk_van("vreemd")) is None
    loket = loket_van(netwerk, WOONWENZ)
    assert loket.medewerker(MedewerkerId("k.engels")) is None
    vreemd = replace(loket, partner=PartnerId("vreemd"))
    with pytest.raises(LookupError, match="woonwenz"):
        netwerk.partner_van(vreemd)


@pytest.mark.parametrize(
    ("loket", "wpg"), [(loket.id, loket.id == POLITIE) for loket in maak_netwerk().loketten()]
)
def test_only_the_desk_of_the_police_is_under_the_wpg(loket: LoketId, wpg: bool) -> None:
    """What a desk says is police data when its partner is under the Wpg."""
    netwerk = maak_netwerk()
    assert netwerk.is_wpg(loket_van(netwerk, loket)) is wpg


def test_an_absence_is_known_by_its_days() -> None:
    """An employee is absent in each of his periods, and not outside them."""
    medewerker = maak_medewerker("a.test", afwezig=(week(DAG), Periode(date(2027, 1, 4))))
    assert not medewerker.is_afwezig(DAG - timedelta(days=1))
    assert medewerker.is_afwezig(DAG)
    assert not medewerker.is_afwezig(DAG + timedelta(days=7))
    assert medewerker.is_afwezig(date(2027, 6, 1))


def test_domain_values_cannot_be_changed() -> None:
    """What was read from the configuration stays as it was read."""
    medewerker = maak_medewerker("a.test")
    with pytest.raises(FrozenInstanceError):
        medewerker.adres = "ander@partner.example"  # type: ignore[misc]


def test_nobody_shows_in_a_repr() -> None:
    """A name, address or number of an employee is not in what a log or traceback may print."""
    tekst = repr(maak_netwerk())
    assert "Hermans" not in tekst
    assert "@" not in tekst
    assert "077" not in tekst


# --- the builders that other tests rely on -------------------------------------------------------


def test_builders_change_one_thing_and_leave_the_network_as_it_was() -> None:
    """Each helper gives a new network that differs in what was asked, and in nothing else."""
    netwerk = maak_netwerk()
    sleutel = Vingerafdruk("A" * 40)
    anders = {
        "medewerker": met_medewerker(netwerk, "p.nguyen", vingerafdruk=sleutel),
        "loket": met_loket(netwerk, "woonwenz", naam="Woonwenz Noord"),
        "partner": met_partner(netwerk, "woonwenz", deelname=week(DAG)),
        "nieuw": met_nieuwe_medewerker(netwerk, "woonwenz", maak_medewerker("a.nieuw")),
        "weg": zonder_medewerkers(netwerk, "p.nguyen", "j.hermans"),
        "besluit": met_besluit(netwerk, opgeschort=True),
        "termijnen": met_termijnen(netwerk, antwoord=1),
    }
    assert netwerk == maak_netwerk()
    assert all(ander != netwerk for ander in anders.values())
    assert medewerker_van(anders["medewerker"], "p.nguyen").vingerafdruk == sleutel
    assert anders["medewerker"] == maak_netwerk({MedewerkerId("p.nguyen"): sleutel})
    assert loket_van(anders["weg"], "woonwenz").medewerkers == ()
    assert maak_netwerk(naam="Ander").naam == "Ander"
    assert maak_netwerk(registersleutel=sleutel).besluit.registersleutel == sleutel


@pytest.mark.parametrize("verander", [met_partner, met_medewerker, met_loket, zonder_medewerkers])
def test_a_misspelt_id_in_a_test_is_a_fault(verander: Callable[[Netwerk, str], Netwerk]) -> None:
    """A test that changes nobody would prove nothing."""
    with pytest.raises(LookupError, match="vreemd"):
        verander(maak_netwerk(), "vreemd")


def test_the_network_is_the_same_in_every_test() -> None:
    """Without arguments the invented network is equal every time, fingerprints included."""
    assert maak_netwerk() == maak_netwerk()
