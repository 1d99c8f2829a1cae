"""The question to each partner: who is asked, what the question holds, and the police."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.bericht import Herinnering, Verzoek, Vraag
from broker.domain.convenant import (
    te_bevragen,
)
from broker.domain.melding import Melding
from broker.domain.partner import LoketId, Netwerk, Periode
from broker.domain.toegang import (
    GeenToegang,
    mag_politie_bevragen,
    mag_verstrekken,
)
from tests.fixtures.netwerk import (
    ANTARES,
    DAG,
    POLITIE,
    SCHULDHULP,
    WIJKTEAM,
    WOONWENZ,
    maak_netwerk,
    met_besluit,
    met_medewerker,
    spreker_van,
    week,
    zonder_medewerkers,
)
from tests.fixtures.verhalen import maak_melding, maak_politiemelding

NETWERK = maak_netwerk()
ALLE = [loket.id for loket in NETWERK.loketten()]
GISTEREN, MORGEN = DAG - timedelta(days=1), DAG + timedelta(days=1)
BUITEN_BESLUIT = pytest.mark.parametrize(
    "besluit",
    [
        {"opgeschort": True},
        {"geldig": Periode(MORGEN)},
        {"geldig": Periode(date(2021, 7, 2), GISTEREN)},
    ],
    ids=["suspended", "not yet", "no longer"],
)


def _gevraagd(netwerk: Netwerk, melding: Melding, melder: LoketId) -> dict[LoketId, str]:
    return {
        gevraagd.loket.id: gevraagd.medewerker.id
        for gevraagd in te_bevragen(netwerk, melding, melder, DAG)
    }


@pytest.mark.rule("B-1.3")
@pytest.mark.parametrize("melder", [loket for loket in ALLE if loket != POLITIE])
def test_every_desk_but_the_melders_own_is_asked_once(melder: LoketId) -> None:
    """One verzoek a desk, in the order of the network; the other desk of a partner is asked."""
    verwacht = [loket for loket in ALLE if loket != melder]
    assert list(_gevraagd(NETWERK, maak_melding(), melder)) == verwacht


@pytest.mark.rule("B-1.3")
def test_the_first_employee_of_a_desk_is_asked() -> None:
    """Each desk by one employee: a verzoek has one reader."""
    assert _gevraagd(NETWERK, maak_melding(), ANTARES) == {
        WIJKTEAM: "y.elamrani",
        SCHULDHULP: "k.engels",
        POLITIE: "w.vanderlinden",
        "incluzio": "a.dossantos",
        WOONWENZ: "j.hermans",
        "vincent-van-gogh": "h.geraedts",
    }


@pytest.mark.rule("B-1.1")
@pytest.mark.rule("PR-6.4")
@given(uitgezonderd=st.frozensets(st.sampled_from(ALLE)), melder=st.sampled_from(ALLE))
def test_a_desk_that_the_melder_left_out_is_not_asked(
    uitgezonderd: frozenset[LoketId], melder: LoketId
) -> None:
    """The melder weighs which partners need to know; the rest is asked all the same."""
    gevraagd = _gevraagd(NETWERK, maak_melding(uitgezonderd=uitgezonderd), melder)
    assert set(gevraagd) == set(ALLE) - uitgezonderd - {melder}


@pytest.mark.rule("B-1.3")
@pytest.mark.rule("BS-1")
def test_a_desk_without_designation_is_not_asked_about_a_police_melding() -> None:
    """Schuldhulpverlening, where nobody was designated, receives no police data."""
    gevraagd = _gevraagd(NETWERK, maak_politiemelding(), POLITIE)
    assert set(gevraagd) == set(ALLE) - {POLITIE, SCHULDHULP}


@pytest.mark.rule("BS-1")
@pytest.mark.rule("BS-5")
def test_a_police_melding_goes_to_the_employee_who_was_designated() -> None:
    """Where the first of a desk was not designated and the second was, the second is asked."""
    netwerk = met_medewerker(NETWERK, "j.hermans", aanwijzing_politiegegevens=None)
    assert _gevraagd(netwerk, maak_politiemelding(), POLITIE)[WOONWENZ] == "p.nguyen"
    assert _gevraagd(netwerk, maak_melding(), ANTARES)[WOONWENZ] == "j.hermans"
    netwerk = met_medewerker(netwerk, "p.nguyen", aanwijzing_politiegegevens=MORGEN)
    assert WOONWENZ not in _gevraagd(netwerk, maak_politiemelding(), POLITIE)


@pytest.mark.rule("BS-1")
def test_an_undesignated_vervanger_gets_no_police_melding() -> None:
    """Absence does not widen the circle: the question waits with who was designated."""
    netwerk = met_medewerker(NETWERK, "j.hermans", afwezig=(week(DAG),))
    netwerk = met_medewerker(netwerk, "p.nguyen", aanwijzing_politiegegevens=None)
    assert _gevraagd(netwerk, maak_politiemelding(), POLITIE)[WOONWENZ] == "j.hermans"
    assert _gevraagd(netwerk, maak_melding(), ANTARES)[WOONWENZ] == "p.nguyen"


@pytest.mark.rule("PR-6.4")
@pytest.mark.parametrize(
    ("bericht", "velden"), [(Verzoek, {"vraag"}), (Herinnering, {"vraag", "spoed"})]
)
def test_the_question_has_no_room_for_more_than_is_needed(bericht: type, velden: set[str]) -> None:
    """No field for the reason, the grounds or the melder; the reminder is the same question, and
    says at most that it is urgent."""
    assert {veld.name for veld in fields(bericht)} == velden
    assert {veld.name for veld in fields(Vraag)} == {
        "kenmerk",
        "betrokkene",
        "doelen",
        "toestemming",
        "bekend_betekent",
        "geeft_hulp",
        "politieloket",
        "uiterlijk",
        "antwoordcode",
    }


@pytest.mark.rule("BS-9")
@BUITEN_BESLUIT
def test_outside_the_decision_nothing_is_asked_of_the_police(besluit: dict[str, Any]) -> None:
    """Suspended, withdrawn or not yet in force: the other desks are asked as before."""
    netwerk = met_besluit(NETWERK, **besluit)
    assert not mag_politie_bevragen(netwerk, DAG)
    gevraagd = _gevraagd(netwerk, maak_melding(), ANTARES)
    assert set(gevraagd) == set(ALLE) - {ANTARES, POLITIE}


@pytest.mark.rule("BS-9")
def test_the_decision_is_in_force_from_the_day_after_signing() -> None:
    """Signed on 1 July 2021, in force from 2 July 2021, until it is withdrawn."""
    assert not NETWERK.besluit.geldt(date(2021, 7, 1))
    assert NETWERK.besluit.geldt(date(2021, 7, 2))
    assert NETWERK.besluit.geldt(DAG)


@pytest.mark.rule("BS-1")
def test_the_police_are_not_asked_when_nobody_may_hear_the_answer() -> None:
    """Without a designated ketenregisseur, or without any, the police are left alone."""
    netwerk = NETWERK
    for id in ("m.janssen", "s.yilmaz"):
        netwerk = met_medewerker(netwerk, id, aanwijzing_politiegegevens=None)
    for ander in (netwerk, zonder_medewerkers(NETWERK, "m.janssen", "s.yilmaz")):
        assert not mag_politie_bevragen(ander, DAG)
        assert POLITIE not in _gevraagd(ander, maak_melding(), ANTARES)


@pytest.mark.rule("WPG-23")
@pytest.mark.rule("BS-5")
def test_only_a_designated_officer_is_asked() -> None:
    """The question goes to an officer who may disclose; without one the police are not asked."""
    netwerk = met_medewerker(NETWERK, "w.vanderlinden", aanwijzing_politiegegevens=None)
    assert _gevraagd(netwerk, maak_melding(), ANTARES)[POLITIE] == "n.ozturk"
    netwerk = met_medewerker(netwerk, "n.ozturk", aanwijzing_politiegegevens=None)
    assert POLITIE not in _gevraagd(netwerk, maak_melding(), ANTARES)


@pytest.mark.rule("WPG-23")
@pytest.mark.rule("BS-5")
def test_what_an_undesignated_officer_says_is_not_taken() -> None:
    """An officer who was not designated discloses nothing through the broker."""
    assert mag_verstrekken(NETWERK, spreker_van(NETWERK, "n.ozturk"), DAG) is None
    netwerk = met_medewerker(NETWERK, "n.ozturk", aanwijzing_politiegegevens=None)
    assert (
        mag_verstrekken(netwerk, spreker_van(netwerk, "n.ozturk"), DAG)
        is GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS
    )


@pytest.mark.rule("BS-9")
@BUITEN_BESLUIT
def test_outside_the_decision_nothing_is_taken_from_the_police(besluit: dict[str, Any]) -> None:
    """An answer that comes after the decision was suspended is refused; of others it is taken."""
    netwerk = met_besluit(NETWERK, **besluit)
    reden = mag_verstrekken(netwerk, spreker_van(netwerk, "w.vanderlinden"), DAG)
    assert reden is GeenToegang.BESLUIT_GELDT_NIET
    assert mag_verstrekken(netwerk, spreker_van(netwerk, "k.engels"), DAG) is None
