"""A desk key beside a named employee, never for the police; and which channel police data take."""

from __future__ import annotations

import pytest

from broker.domain.deelname import kanaal_voor, mag_langs
from broker.domain.partner import Kanaal, MedewerkerId, Periode
from broker.domain.toegang import (
    Bestemming,
    GeenToegang,
    is_lezer,
    mag_ontvangen,
    wie_spreekt,
)
from broker.service.speaking import spreker
from tests.fixtures.netwerk import (
    ANTARES,
    DAG,
    POLITIE,
    WOONWENZ,
    loket_van,
    maak_medewerker,
    maak_netwerk,
    medewerker_van,
    met_loket,
    met_loketsleutel,
    met_medewerker,
    met_partner,
    spreker_van,
    vingerafdruk_van,
)

NETWERK = met_loketsleutel(maak_netwerk(), WOONWENZ)
SLEUTEL = vingerafdruk_van(f"loket {WOONWENZ}")
HERMANS = MedewerkerId("j.hermans")


@pytest.mark.rule("D-14")
@pytest.mark.parametrize(
    ("genoemd", "wie"),
    [
        (["j.hermans"], "j.hermans"),
        (["p.nguyen"], "p.nguyen"),
        ([], None),
        (["j.hermans", "p.nguyen"], None),
        (["e.smeets"], None),
        (["j.hermans", "e.smeets"], None),
    ],
)
def test_with_a_desk_key_speaks_the_one_employee_who_is_named(
    genoemd: list[str], wie: str | None
) -> None:
    """Exactly one, of that very desk; the key alone speaks for nobody."""
    namen = [MedewerkerId(naam) for naam in genoemd]
    verwacht = spreker_van(NETWERK, wie) if wie else GeenToegang.GEEN_MEDEWERKER_GENOEMD
    assert wie_spreekt(NETWERK, SLEUTEL, DAG, genoemd=namen) == verwacht


@pytest.mark.rule("D-14")
def test_the_text_says_who_it_is_and_only_for_a_desk_key() -> None:
    """Under an employee's own key a name in the text changes nothing."""
    tekst = "BEKEND\n\nMet vriendelijke groet,\nP. Nguyen"
    assert spreker(NETWERK, SLEUTEL, tekst, DAG) == spreker_van(NETWERK, "p.nguyen")
    netwerk = met_loketsleutel(maak_netwerk(), WOONWENZ, eigen=["j.hermans"])
    eigen = medewerker_van(netwerk, "j.hermans").vingerafdruk
    assert spreker(netwerk, eigen, tekst, DAG) == spreker_van(netwerk, "j.hermans")
    assert spreker(netwerk, SLEUTEL, "Groet, J. Hermans", DAG) == spreker_van(netwerk, "j.hermans")


@pytest.mark.rule("D-14")
@pytest.mark.rule("PR-13.4")
@pytest.mark.rule("PR-13.3")
def test_who_is_named_is_judged_as_any_other() -> None:
    """Inactive, or of a partner that does not take part: a desk key opens no other door."""
    namen = [HERMANS]
    for velden in ({"screening": None}, {"geheimhouding": None}, {"geldig": Periode(DAG.max)}):
        netwerk = met_medewerker(NETWERK, "j.hermans", **velden)
        assert wie_spreekt(netwerk, SLEUTEL, DAG, genoemd=namen) is GeenToegang.NIET_ACTIEF
    netwerk = met_partner(NETWERK, "woonwenz", deelname=Periode(DAG.max))
    weg = GeenToegang.PARTNER_NEEMT_NIET_DEEL
    assert wie_spreekt(netwerk, SLEUTEL, DAG, genoemd=namen) is weg


@pytest.mark.rule("WPG-23")
@pytest.mark.rule("D-14")
def test_a_desk_key_never_speaks_for_the_police() -> None:
    """Whatever was configured, and whoever is named: a designated officer signs himself."""
    netwerk = met_loketsleutel(maak_netwerk(), POLITIE)
    sleutel = vingerafdruk_van(f"loket {POLITIE}")
    for genoemd in ([], [MedewerkerId("w.vanderlinden")]):
        gehoord = wie_spreekt(netwerk, sleutel, DAG, genoemd=genoemd)
        assert gehoord is GeenToegang.LOKETSLEUTEL_BIJ_POLITIE


@pytest.mark.rule("D-14")
def test_a_desk_key_is_nobodys_own() -> None:
    """Nobody is taken for its owner, also where it is all that an employee has."""
    assert medewerker_van(NETWERK, "j.hermans").vingerafdruk == SLEUTEL
    assert NETWERK.medewerker_met(SLEUTEL) is None
    assert NETWERK.loket_met(SLEUTEL) == loket_van(NETWERK, WOONWENZ)
    assert NETWERK.loket_met(medewerker_van(NETWERK, "e.smeets").vingerafdruk) is None


@pytest.mark.rule("BS-1")
@pytest.mark.rule("D-14")
def test_police_data_go_to_a_key_of_one_person() -> None:
    """A designation is personal: who shares a key shares what it opens."""
    medewerker = medewerker_van(NETWERK, "j.hermans")
    assert medewerker.aanwijzing_politiegegevens is not None
    assert not medewerker.mag_politiegegevens(DAG)
    naar = Bestemming(medewerker.id, medewerker.vingerafdruk, medewerker.adres, True)
    reden = GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS
    assert mag_ontvangen(NETWERK, naar, DAG) is reden


@pytest.mark.rule("PR-8")
@pytest.mark.rule("D-14")
def test_the_shared_mailbox_reads_what_is_about_its_own_mail() -> None:
    """While its partner takes part; never police data; and a desk without a key has none."""
    bus = loket_van(NETWERK, WOONWENZ).postbus()
    assert bus is not None
    naar = Bestemming(bus.id, bus.vingerafdruk, bus.adres, False)
    assert mag_ontvangen(NETWERK, naar, DAG) is None
    politie = Bestemming(bus.id, bus.vingerafdruk, bus.adres, True)
    assert mag_ontvangen(NETWERK, politie, DAG) is GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS
    weg = met_partner(NETWERK, "woonwenz", deelname=Periode(DAG.max))
    assert mag_ontvangen(weg, naar, DAG) is GeenToegang.PARTNER_NEEMT_NIET_DEEL
    assert mag_ontvangen(maak_netwerk(), naar, DAG) is GeenToegang.ONBEKEND
    assert loket_van(NETWERK, ANTARES).postbus() is None
    assert not bus.rollen


@pytest.mark.rule("PR-8")
@pytest.mark.rule("PR-9")
def test_a_letter_is_made_for_a_reader_of_the_network_alone() -> None:
    """An expert of a third party, or an employee with another key or address, is none."""
    assert is_lezer(NETWERK, medewerker_van(NETWERK, "e.smeets"))
    assert not is_lezer(NETWERK, maak_medewerker("expert"))
    ander = met_medewerker(NETWERK, "e.smeets", adres="e.smeets@elders.example")
    assert not is_lezer(NETWERK, medewerker_van(ander, "e.smeets"))
    bus = loket_van(NETWERK, WOONWENZ).postbus()
    assert bus is not None
    assert is_lezer(NETWERK, bus)


@pytest.mark.rule("BS-6")
@pytest.mark.parametrize(
    ("loket", "politiegegevens", "kanaal"),
    [
        (WOONWENZ, False, Kanaal.WEBHOOK),
        (WOONWENZ, True, Kanaal.MAIL),
        (POLITIE, False, Kanaal.MAIL),
        (POLITIE, True, Kanaal.MAIL),
        (ANTARES, False, Kanaal.MAIL),
        (ANTARES, True, Kanaal.MAIL),
    ],
)
def test_police_data_go_by_mail_also_to_a_webhook_desk(
    loket: str, politiegegevens: bool, kanaal: Kanaal
) -> None:
    """Whatever is for the police does too; everything else takes the desk's own channel."""
    netwerk = met_loket(maak_netwerk(), WOONWENZ, kanaal=Kanaal.WEBHOOK)
    netwerk = met_loket(netwerk, POLITIE, kanaal=Kanaal.WEBHOOK)
    gekozen = kanaal_voor(netwerk, loket_van(netwerk, loket), politiegegevens=politiegegevens)
    assert gekozen is kanaal


@pytest.mark.rule("BS-6")
@pytest.mark.rule("WPG-23")
@pytest.mark.parametrize("kanaal", [Kanaal.WEBHOOK, None])
def test_the_police_are_heard_by_mail_alone(kanaal: Kanaal | None) -> None:
    """By any other channel they are refused, and nobody else is."""
    agent, ander = spreker_van(NETWERK, "w.vanderlinden"), spreker_van(NETWERK, "e.smeets")
    assert mag_langs(NETWERK, agent, kanaal) is GeenToegang.POLITIE_ALLEEN_PER_MAIL
    assert mag_langs(NETWERK, ander, kanaal) is None
    assert mag_langs(NETWERK, agent, Kanaal.MAIL) is None
