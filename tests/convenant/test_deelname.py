"""Who may take part: partners, employees, vervangers, and the ketenregisseur."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from broker.domain.convenant import (
    beoordeel_melding,
    te_bevragen,
)
from broker.domain.partner import MedewerkerId, Netwerk, Periode, Rol
from broker.domain.toegang import (
    Bestemming,
    GeenToegang,
    Spreker,
    aanwezige,
    ketenregisseur,
    mag_antwoorden,
    mag_ontvangen,
    toegang,
    vervangers,
    wie_spreekt,
)
from tests.fixtures.netwerk import (
    ANTARES,
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
    met_medewerker,
    met_nieuwe_medewerker,
    met_partner,
    spreker_van,
    vingerafdruk_van,
    week,
    zonder_medewerkers,
)
from tests.fixtures.verhalen import maak_melding, vul_in

NETWERK = maak_netwerk()
GISTEREN, MORGEN = DAG - timedelta(days=1), DAG + timedelta(days=1)
ALTIJD = Periode(date(2026, 2, 1))


def _bestemming(netwerk: Netwerk, id: str, *, politie: bool = False, **velden: Any) -> Bestemming:
    medewerker = medewerker_van(netwerk, id)
    naar = Bestemming(medewerker.id, medewerker.vingerafdruk, medewerker.adres, politie)
    return replace(naar, **velden)


def _verrijker(netwerk: Netwerk, loket: str, dag: date = DAG) -> str | None:
    gevonden = aanwezige(netwerk, loket_van(netwerk, loket), Rol.VERRIJKER, dag)
    return gevonden.id if gevonden else None


# --- who speaks ----------------------------------------------------------------------------------


@pytest.mark.rule("C-5")
@pytest.mark.parametrize("id", [medewerker.id for _, medewerker in NETWERK.medewerkers()])
def test_the_pinned_key_says_who_speaks(id: MedewerkerId) -> None:
    """Whoever signs with a pinned key speaks as that employee of that desk."""
    verwacht = spreker_van(NETWERK, id)
    assert wie_spreekt(NETWERK, verwacht.medewerker.vingerafdruk, DAG) == verwacht


@pytest.mark.rule("C-5")
def test_a_key_that_nobody_pinned_speaks_for_nobody() -> None:
    """A signature of an unknown key is nobody's, whatever address it claims."""
    assert wie_spreekt(NETWERK, vingerafdruk_van("vreemd"), DAG) is GeenToegang.ONBEKEND


@pytest.mark.rule("PR-13.4")
@pytest.mark.parametrize(
    ("geldig", "actief"),
    [
        (Periode(DAG), True),
        (Periode(MORGEN), False),
        (Periode(date(2026, 2, 1), DAG), True),
        (Periode(date(2026, 2, 1), GISTEREN), False),
    ],
)
def test_an_employee_speaks_and_reads_only_while_he_is_authorised(
    geldig: Periode, actief: bool
) -> None:
    """The first and the last day count; outside them he can neither send nor receive."""
    netwerk = met_medewerker(NETWERK, "j.hermans", geldig=geldig)
    sleutel = medewerker_van(netwerk, "j.hermans").vingerafdruk
    verwacht = spreker_van(netwerk, "j.hermans") if actief else GeenToegang.NIET_ACTIEF
    assert wie_spreekt(netwerk, sleutel, DAG) == verwacht
    reden = None if actief else GeenToegang.NIET_ACTIEF
    assert mag_ontvangen(netwerk, _bestemming(netwerk, "j.hermans"), DAG) is reden


@pytest.mark.rule("PR-13.3")
@pytest.mark.parametrize("veld", ["geheimhouding", "screening"])
@pytest.mark.parametrize(("dag", "actief"), [(None, False), (MORGEN, False), (DAG, True)])
def test_without_secrecy_and_screening_an_employee_is_inactive(
    veld: str, dag: date | None, actief: bool
) -> None:
    """Both dates must be there and have come; then he may send and read."""
    netwerk = met_medewerker(NETWERK, "j.hermans", **{veld: dag})
    medewerker = medewerker_van(netwerk, "j.hermans")
    assert medewerker.is_actief(DAG) is actief
    reden = toegang(netwerk, loket_van(netwerk, WOONWENZ), medewerker, DAG)
    assert reden is (None if actief else GeenToegang.NIET_ACTIEF)
    assert _verrijker(netwerk, WOONWENZ) == ("j.hermans" if actief else "p.nguyen")


@pytest.mark.rule("C-16.3")
@pytest.mark.rule("C-16.4")
@pytest.mark.parametrize(
    ("deelname", "doet_mee"),
    [
        (Periode(DAG), True),
        (Periode(MORGEN), False),
        (Periode(date(2021, 7, 1), DAG), True),
        (Periode(date(2021, 7, 1), GISTEREN), False),
    ],
)
def test_a_partner_outside_its_participation_is_out(deelname: Periode, doet_mee: bool) -> None:
    """Nothing is asked of it, its people cannot speak, and nothing is sent to them."""
    netwerk = met_partner(NETWERK, "woonwenz", deelname=deelname)
    gevraagd = {g.loket.id for g in te_bevragen(netwerk, maak_melding(), ANTARES, DAG)}
    assert (WOONWENZ in gevraagd) is doet_mee
    reden = None if doet_mee else GeenToegang.PARTNER_NEEMT_NIET_DEEL
    assert mag_ontvangen(netwerk, _bestemming(netwerk, "j.hermans"), DAG) is reden
    spreekt = wie_spreekt(netwerk, medewerker_van(netwerk, "j.hermans").vingerafdruk, DAG)
    assert spreekt == (reden or spreker_van(netwerk, "j.hermans"))


# --- who may receive, at the moment of sending ---------------------------------------------------


@pytest.mark.rule("PR-13.4")
@pytest.mark.rule("PR-8")
@pytest.mark.rule("PR-9")
@pytest.mark.parametrize(
    ("velden", "reden"),
    [
        ({}, None),
        ({"medewerker": MedewerkerId("expert")}, GeenToegang.ONBEKEND),
        ({"sleutel": vingerafdruk_van("vorige sleutel")}, GeenToegang.ANDERE_SLEUTEL),
        ({"adres": "j.hermans@elders.example"}, GeenToegang.ANDER_ADRES),
    ],
)
def test_only_a_partners_employee_receives_at_his_own_key_and_address(
    velden: dict[str, Any], reden: GeenToegang | None
) -> None:
    """A third party, an old key or another address receives nothing, whatever was queued."""
    naar = _bestemming(NETWERK, "j.hermans", **velden)
    assert mag_ontvangen(NETWERK, naar, DAG) is reden


@pytest.mark.rule("BS-1")
@pytest.mark.rule("BS-5")
@pytest.mark.parametrize(
    ("id", "aanwijzing", "reden"),
    [
        ("m.janssen", DAG, None),
        ("m.janssen", MORGEN, GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS),
        ("m.janssen", None, GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS),
        ("k.engels", None, GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS),
        ("w.vanderlinden", None, None),
    ],
)
def test_police_data_go_to_who_was_designated_for_them(
    id: str, aanwijzing: date | None, reden: GeenToegang | None
) -> None:
    """The ketenregisseur too needs a designation; the police may read what is their own."""
    netwerk = met_medewerker(NETWERK, id, aanwijzing_politiegegevens=aanwijzing)
    assert mag_ontvangen(netwerk, _bestemming(netwerk, id, politie=True), DAG) is reden
    assert mag_ontvangen(netwerk, _bestemming(netwerk, id), DAG) is None


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize(
    "besluit",
    [{"opgeschort": True}, {"geldig": Periode(MORGEN)}, {"geldig": Periode(ALTIJD.van, GISTEREN)}],
    ids=["suspended", "not yet", "no longer"],
)
def test_police_data_stay_where_they_are_without_the_decision(besluit: dict[str, Any]) -> None:
    """Nobody receives police data while the decision is not in force; other mail goes on."""
    netwerk = met_besluit(NETWERK, **besluit)
    naar = _bestemming(netwerk, "m.janssen", politie=True)
    assert mag_ontvangen(netwerk, naar, DAG) is GeenToegang.BESLUIT_GELDT_NIET
    assert mag_ontvangen(netwerk, replace(naar, politiegegevens=False), DAG) is None


@pytest.mark.rule("PR-13.4")
def test_an_inactive_employee_receives_no_police_data_either() -> None:
    """A designation alone is not enough."""
    netwerk = met_medewerker(NETWERK, "m.janssen", screening=None)
    naar = _bestemming(netwerk, "m.janssen", politie=True)
    assert mag_ontvangen(netwerk, naar, DAG) is GeenToegang.NIET_ACTIEF


# --- vervangers ----------------------------------------------------------------------------------


@pytest.mark.rule("C-6.3")
def test_the_vervanger_is_asked_while_an_absence_is_known() -> None:
    """On the days of the absence the vervanger is asked, on the days around it not."""
    netwerk = met_medewerker(NETWERK, "j.hermans", afwezig=(week(DAG),))
    assert _verrijker(netwerk, WOONWENZ, GISTEREN) == "j.hermans"
    assert _verrijker(netwerk, WOONWENZ, DAG) == "p.nguyen"
    assert _verrijker(netwerk, WOONWENZ, DAG + timedelta(days=6)) == "p.nguyen"
    assert _verrijker(netwerk, WOONWENZ, DAG + timedelta(days=7)) == "j.hermans"


@pytest.mark.rule("BS-5")
def test_a_designation_matters_only_where_police_data_are_told() -> None:
    """A desk without one is asked like any other; for police data it has nobody."""
    loket = loket_van(NETWERK, SCHULDHULP)
    assert _verrijker(NETWERK, SCHULDHULP) == "k.engels"
    assert aanwezige(NETWERK, loket, Rol.VERRIJKER, DAG, aangewezen=True) is None


@pytest.mark.rule("C-6.3")
def test_the_vervanger_goes_before_the_next_of_the_desk() -> None:
    """Whom the employee named stands in for him, although another sits at the desk."""
    netwerk = met_nieuwe_medewerker(NETWERK, WOONWENZ, maak_medewerker("c.derde"))
    netwerk = met_medewerker(netwerk, "j.hermans", afwezig=(ALTIJD,), vervanger="c.derde")
    assert _verrijker(netwerk, WOONWENZ) == "c.derde"


@pytest.mark.rule("C-6.3")
@pytest.mark.parametrize(
    "velden",
    [
        {"afwezig": (ALTIJD,)},
        {"screening": None},
        {"rollen": frozenset({Rol.MELDER})},
    ],
    ids=["away too", "inactive", "another role"],
)
def test_a_vervanger_who_cannot_answer_is_not_asked(velden: dict[str, Any]) -> None:
    """Then it is the next vervanger's turn, and after those the next of the desk."""
    netwerk = met_nieuwe_medewerker(NETWERK, WOONWENZ, maak_medewerker("c.derde"))
    netwerk = met_medewerker(netwerk, "j.hermans", afwezig=(ALTIJD,))
    netwerk = met_medewerker(netwerk, "p.nguyen", **velden)
    assert _verrijker(netwerk, WOONWENZ) == "c.derde"
    netwerk = met_medewerker(netwerk, "p.nguyen", vervanger="c.derde")
    assert _verrijker(netwerk, WOONWENZ) == "c.derde"


@pytest.mark.rule("C-6.3")
def test_when_everybody_is_away_the_question_waits_with_the_first() -> None:
    """A desk is never passed over because all are on leave; one without employees is."""
    netwerk = met_medewerker(NETWERK, "j.hermans", afwezig=(ALTIJD,))
    netwerk = met_medewerker(netwerk, "p.nguyen", afwezig=(ALTIJD,))
    assert _verrijker(netwerk, WOONWENZ) == "j.hermans"
    leeg = zonder_medewerkers(NETWERK, "j.hermans", "p.nguyen")
    assert _verrijker(leeg, WOONWENZ) is None
    gevraagd = te_bevragen(leeg, maak_melding(), ANTARES, DAG)
    assert WOONWENZ not in {g.loket.id for g in gevraagd}


@pytest.mark.rule("C-6.3")
def test_vervangers_of_vervangers_stand_in_each_once() -> None:
    """The row follows who stands in for whom, and ends where it comes back."""
    netwerk = met_nieuwe_medewerker(NETWERK, WOONWENZ, maak_medewerker("c.derde"))
    netwerk = met_medewerker(netwerk, "p.nguyen", vervanger="c.derde")
    netwerk = met_medewerker(netwerk, "c.derde", vervanger="j.hermans")
    eerste = medewerker_van(netwerk, "j.hermans")
    assert [v.id for v in vervangers(netwerk, eerste)] == ["p.nguyen", "c.derde"]
    assert [*vervangers(netwerk, medewerker_van(netwerk, "k.engels"))] == [
        medewerker_van(netwerk, "r.baldewsingh")
    ]


@pytest.mark.rule("C-6.3")
@pytest.mark.rule("PR-8")
@pytest.mark.parametrize("vervanger", ["e.smeets", "vreemd"])
def test_nobody_of_another_partner_stands_in(vervanger: str) -> None:
    """A vervanger is of the same partner; another would read what he may not."""
    netwerk = met_medewerker(NETWERK, "j.hermans", afwezig=(ALTIJD,), vervanger=vervanger)
    assert not [*vervangers(netwerk, medewerker_van(netwerk, "j.hermans"))]
    assert _verrijker(netwerk, WOONWENZ) == "p.nguyen"


def test_a_stranger_has_no_vervanger() -> None:
    """Who is not of the network is not replaced by somebody who is."""
    vreemd = maak_medewerker("vreemd", vervanger=MedewerkerId("j.hermans"))
    assert not [*vervangers(NETWERK, vreemd)]


@pytest.mark.rule("C-6.3")
@pytest.mark.rule("D-13")
@pytest.mark.rule("PR-13.4")
@pytest.mark.parametrize(
    ("id", "loket", "mag"),
    [
        ("j.hermans", WOONWENZ, True),
        ("p.nguyen", WOONWENZ, True),
        ("e.smeets", WOONWENZ, False),
        ("y.elamrani", WIJKTEAM, True),
        ("m.janssen", WIJKTEAM, False),
        ("y.elamrani", SCHULDHULP, False),
        ("k.engels", WIJKTEAM, False),
        ("w.vanderlinden", POLITIE, True),
        ("k.engels", POLITIE, False),
    ],
)
def test_who_answers_is_a_verrijker_of_the_desk_that_was_asked(
    id: str, loket: str, mag: bool
) -> None:
    """Not another partner, not the other desk of the gemeente, and not the ketenregisseur."""
    assert mag_antwoorden(NETWERK, spreker_van(NETWERK, id), loket_van(NETWERK, loket)) is mag


@pytest.mark.rule("C-6.3")
def test_a_vervanger_at_the_other_desk_answers_for_this_one() -> None:
    """Named as vervanger, an employee of the partner's other desk counts as of this desk."""
    netwerk = met_medewerker(NETWERK, "r.baldewsingh", vervanger="t.peeters")
    loket = loket_van(netwerk, SCHULDHULP)
    assert mag_antwoorden(netwerk, spreker_van(netwerk, "t.peeters"), loket)
    assert not mag_antwoorden(netwerk, spreker_van(netwerk, "y.elamrani"), loket)


# --- the ketenregisseur --------------------------------------------------------------------------


def _regie(netwerk: Netwerk) -> str | None:
    gevonden: Spreker | None = ketenregisseur(netwerk, DAG)
    return gevonden.medewerker.id if gevonden else None


def _afwezig(id: str) -> Callable[[Netwerk], Netwerk]:
    return lambda netwerk: met_medewerker(netwerk, id, afwezig=(ALTIJD,))


def _zonder_aanwijzing(id: str) -> Callable[[Netwerk], Netwerk]:
    return lambda netwerk: met_medewerker(netwerk, id, aanwijzing_politiegegevens=None)


def _derde_bij_schuldhulp(netwerk: Netwerk) -> Netwerk:
    derde = maak_medewerker("z.regie", rollen=frozenset({Rol.KETENREGISSEUR}))
    return met_nieuwe_medewerker(netwerk, SCHULDHULP, derde)


@pytest.mark.rule("C-6.3")
@pytest.mark.rule("BS-1")
@pytest.mark.parametrize(
    ("stappen", "regie"),
    [
        ([], "m.janssen"),
        ([_afwezig("m.janssen")], "s.yilmaz"),
        ([_afwezig("m.janssen"), _afwezig("s.yilmaz")], "m.janssen"),
        ([_zonder_aanwijzing("m.janssen")], "s.yilmaz"),
        ([_zonder_aanwijzing("m.janssen"), _afwezig("s.yilmaz")], "s.yilmaz"),
        ([_zonder_aanwijzing("m.janssen"), _zonder_aanwijzing("s.yilmaz")], "m.janssen"),
        (
            [_derde_bij_schuldhulp, _afwezig("m.janssen"), _afwezig("s.yilmaz")],
            "z.regie",
        ),
        (
            [
                _derde_bij_schuldhulp,
                _zonder_aanwijzing("m.janssen"),
                _zonder_aanwijzing("s.yilmaz"),
            ],
            "z.regie",
        ),
    ],
)
def test_the_ketenregisseur_is_designated_and_then_present(
    stappen: list[Callable[[Netwerk], Netwerk]], regie: str
) -> None:
    """Who may have police data goes first, wherever he sits; among those who is there today."""
    netwerk = NETWERK
    for stap in stappen:
        netwerk = stap(netwerk)
    assert _regie(netwerk) == regie


@pytest.mark.rule("D-1")
def test_the_ketenregisseur_is_of_the_gemeente() -> None:
    """The role at another partner counts for nothing (covenant art. 2 f); without one: nobody."""
    netwerk = zonder_medewerkers(NETWERK, "m.janssen", "s.yilmaz")
    netwerk = met_nieuwe_medewerker(
        netwerk, WOONWENZ, maak_medewerker("x.regie", rollen=frozenset({Rol.KETENREGISSEUR}))
    )
    assert _regie(netwerk) is None
    assert _regie(met_partner(NETWERK, "gemeente-venlo", deelname=Periode(MORGEN))) is None


@pytest.mark.rule("PR-13.5")
def test_whom_is_asked_does_not_depend_on_any_answer() -> None:
    """The round is decided from the melding, the network and the day; there is no other input."""
    melding = maak_melding()
    ronde = te_bevragen(NETWERK, melding, ANTARES, DAG)
    assert ronde == te_bevragen(maak_netwerk(), maak_melding(), ANTARES, DAG)
    assert (
        beoordeel_melding(
            vul_in(melding), netwerk=NETWERK, melder=spreker_van(NETWERK, "e.smeets"), dag=DAG
        )
        is None
    )
