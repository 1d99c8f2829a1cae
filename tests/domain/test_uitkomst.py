"""The uitkomst: one line a desk, no more in it than was asked, and police data marked as such."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.partner import LoketId
from broker.domain.uitkomst import (
    PolitieRegel,
    Uitkomst,
    UitkomstRegel,
    antwoord_regel,
    bepaal_werkgebied,
    maak_uitkomst,
)
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import VAN_EEN_PARTNER, SoortHulp, VerzoekStaat, Waarde
from tests.fixtures.netwerk import (
    ANTARES,
    INCLUZIO,
    POLITIE,
    SCHULDHULP,
    VAN_GOGH,
    WIJKTEAM,
    WOONWENZ,
    loket_van,
    maak_netwerk,
    met_medewerker,
    zonder_medewerkers,
)
from tests.fixtures.verhalen import (
    KENMERK,
    maak_antwoord,
    maak_betrokkene,
    maak_casus,
    maak_politieantwoord,
    maak_politiemelding,
)

NETWERK = maak_netwerk()
ALLE_VERLOPEN = {loket.id: VerzoekStaat.VERLOPEN for loket in NETWERK.loketten()}


def _waarden(uitkomst: Uitkomst) -> dict[LoketId, Waarde]:
    return {regel.loket: regel.waarde for regel in uitkomst.regels}


@pytest.mark.rule("D-4")
def test_every_value_that_there_is_can_stand_in_an_uitkomst() -> None:
    """Each desk has its own value: what it said, or why it said nothing."""
    casus = maak_casus(
        NETWERK,
        antwoorden={
            WIJKTEAM: maak_antwoord("y.elamrani", Waarde.NIET_VAST_TE_STELLEN),
            POLITIE: maak_politieantwoord(Waarde.ONBEKEND),
            INCLUZIO: maak_antwoord("a.dossantos", Waarde.BEKEND),
            WOONWENZ: VerzoekStaat.ONBESTELBAAR,
            VAN_GOGH: maak_antwoord("h.geraedts", Waarde.NIET_VERSTREKT),
            ANTARES: VerzoekStaat.VERLOPEN,
        },
        melder="r.baldewsingh",
    )
    uitkomst = maak_uitkomst(casus, NETWERK)
    assert uitkomst.kenmerk == KENMERK
    waarden = _waarden(uitkomst)
    assert set(waarden.values()) == set(Waarde)
    assert waarden == {
        WIJKTEAM: Waarde.NIET_VAST_TE_STELLEN,
        SCHULDHULP: Waarde.NIET_GEVRAAGD,
        POLITIE: Waarde.ONBEKEND,
        INCLUZIO: Waarde.BEKEND,
        WOONWENZ: Waarde.NIET_BEREIKT,
        ANTARES: Waarde.GEEN_REACTIE,
        VAN_GOGH: Waarde.NIET_VERSTREKT,
    }


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(
    ("staat", "waarde"),
    [
        (VerzoekStaat.VERLOPEN, Waarde.GEEN_REACTIE),
        (VerzoekStaat.ONBESTELBAAR, Waarde.NIET_BEREIKT),
        (VerzoekStaat.INGETROKKEN, Waarde.NIET_GEVRAAGD),
    ],
)
def test_silence_is_never_onbekend(staat: VerzoekStaat, waarde: Waarde) -> None:
    """A verzoek that was closed without an answer tells why, without a day or a person."""
    casus = maak_casus(NETWERK, antwoorden={**ALLE_VERLOPEN, WOONWENZ: staat})
    regel = next(r for r in maak_uitkomst(casus, NETWERK).regels if r.loket == WOONWENZ)
    assert regel == UitkomstRegel(WOONWENZ, "Woonwenz", waarde)


@pytest.mark.rule("B-1.3", "AVG-5.1c")
def test_the_melders_own_desk_was_not_asked() -> None:
    """The uitkomst has one line for each desk of the network; the melder's own: niet gevraagd."""
    casus = maak_casus(NETWERK, melder="e.smeets", antwoorden=ALLE_VERLOPEN)
    waarden = _waarden(maak_uitkomst(casus, NETWERK))
    assert list(waarden) == [loket.id for loket in NETWERK.loketten()]
    assert waarden.pop(ANTARES) is Waarde.NIET_GEVRAAGD
    assert set(waarden.values()) == {Waarde.GEEN_REACTIE}


def test_there_is_no_uitkomst_while_a_verzoek_is_open() -> None:
    """An uitkomst of an open round is a fault in the program."""
    with pytest.raises(KeyError):
        maak_uitkomst(maak_casus(NETWERK), NETWERK)


@pytest.mark.rule("D-9")
@pytest.mark.parametrize("waarde", sorted(VAN_EEN_PARTNER))
def test_a_line_of_the_police_is_police_data_when_they_disclosed(waarde: Waarde) -> None:
    """Every value of the police but 'niet verstrekt' is police data, and makes the uitkomst so."""
    antwoord = maak_politieantwoord(waarde)
    regel = antwoord_regel(loket_van(NETWERK, POLITIE), antwoord, NETWERK)
    verstrekt = waarde is not Waarde.NIET_VERSTREKT
    assert isinstance(regel, PolitieRegel) is verstrekt
    uitkomst = maak_uitkomst(
        maak_casus(NETWERK, antwoorden={**ALLE_VERLOPEN, POLITIE: antwoord}), NETWERK
    )
    assert bevat_politiegegevens(uitkomst) is verstrekt


def test_an_answer_of_the_police_without_its_type_is_a_fault() -> None:
    """Police data cannot lose its mark on the way to the uitkomst."""
    with pytest.raises(ValueError, match="PolitieAntwoord"):
        antwoord_regel(loket_van(NETWERK, POLITIE), maak_antwoord("w.vanderlinden"), NETWERK)


@pytest.mark.rule("PR-7.6")
@given(
    loket=st.sampled_from([x.id for x in NETWERK.loketten() if x.id != POLITIE]),
    waarde=st.sampled_from(sorted(VAN_EEN_PARTNER)),
    soort=st.sampled_from(SoortHulp),
)
def test_only_a_desk_that_helps_tells_of_help(
    loket: LoketId, waarde: Waarde, soort: SoortHulp
) -> None:
    """From a desk that gives no help, who helps and how never reaches the uitkomst."""
    gekozen = loket_van(NETWERK, loket)
    antwoord = maak_antwoord(
        gekozen.medewerkers[0].id, waarde, hulpverlener="mevrouw De Wit", soort_hulp=soort
    )
    regel = antwoord_regel(gekozen, antwoord, NETWERK)
    assert (regel.hulpverlener != "") is gekozen.geeft_hulp
    assert (regel.soort_hulp is soort) is gekozen.geeft_hulp
    assert regel.waarde is waarde
    assert not bevat_politiegegevens(regel)


@pytest.mark.rule("AVG-5.1c")
def test_a_line_says_the_day_and_whom_to_call() -> None:
    """The day is that of people; the one to call is who answered."""
    antwoord = maak_antwoord("p.nguyen", gegeven_op=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    regel = antwoord_regel(loket_van(NETWERK, WOONWENZ), antwoord, NETWERK)
    assert regel.datum == date(2026, 11, 24)
    assert (regel.contact, regel.telefoon) == ("de heer P. Nguyen", "077-555 01 99")


@pytest.mark.rule("C-6.3")
def test_a_vervanger_of_another_desk_can_be_called() -> None:
    """Who answered for another desk of the same partner is named as the one to call."""
    netwerk = met_medewerker(NETWERK, "r.baldewsingh", vervanger="y.elamrani")
    loket = loket_van(netwerk, SCHULDHULP)
    assert antwoord_regel(loket, maak_antwoord("y.elamrani"), netwerk).contact == (
        "mevrouw Y. El Amrani"
    )


@pytest.mark.parametrize("door", ["p.nguyen", "e.smeets"])
def test_nobody_is_named_who_is_not_of_that_partner(door: str) -> None:
    """Who left, or works for another partner now, is not given as the one to call."""
    netwerk = zonder_medewerkers(NETWERK, "p.nguyen")
    regel = antwoord_regel(loket_van(netwerk, WOONWENZ), maak_antwoord(door), netwerk)
    assert (regel.contact, regel.telefoon) == ("", "")


@pytest.mark.rule("AVG-5.1c")
def test_an_uitkomst_has_no_room_for_the_person() -> None:
    """The uitkomst names the kenmerk and the werkgebied; it has no field for betrokkene."""
    assert [veld.name for veld in fields(Uitkomst)] == ["kenmerk", "werkgebied", "regels"]
    assert [veld.name for veld in fields(PolitieRegel)] == [
        "loket",
        "naam",
        "waarde",
        "datum",
        "contact",
        "telefoon",
        "hulpverlener",
        "soort_hulp",
    ]
    regel = UitkomstRegel(
        WOONWENZ, "Woonwenz", Waarde.BEKEND, None, "de heer X", "077", "mevrouw Y"
    )
    assert repr(regel) == "UitkomstRegel(loket='woonwenz', naam='Woonwenz', datum=None)"


@pytest.mark.rule("B-1.4")
@pytest.mark.parametrize(
    ("postcodes", "werkgebied"),
    [
        (("5911", "5912"), "centrum-zuid"),
        (("5913", "5914", "5916", "5941", "5943", "5944"), "noordoost"),
        (tuple(str(cijfers) for cijfers in range(5921, 5929)), "blerick"),
        (("5931", "5932", "5935", "5951"), "tegelen"),
        (("5915", "5902", "5900", ""), None),
    ],
)
def test_the_postcode_decides_the_werkgebied(
    postcodes: tuple[str, ...], werkgebied: str | None
) -> None:
    """Each postcode belongs to one werkgebied; 5915, boxes and no address are for a person."""
    for cijfers in postcodes:
        betrokkene = maak_betrokkene(postcode=f"{cijfers} AB" if cijfers else "")
        gevonden = bepaal_werkgebied(betrokkene, NETWERK)
        assert (gevonden.id if gevonden else None) == werkgebied


def test_the_uitkomst_of_a_police_melding_names_nobody() -> None:
    """It holds no police data when the desks that were asked say nothing of the police."""
    casus = maak_casus(
        NETWERK, maak_politiemelding(), melder="w.vanderlinden", antwoorden=ALLE_VERLOPEN
    )
    uitkomst = maak_uitkomst(casus, NETWERK)
    assert _waarden(uitkomst)[POLITIE] is Waarde.NIET_GEVRAAGD
    assert _waarden(uitkomst)[SCHULDHULP] is Waarde.NIET_GEVRAAGD
    assert not bevat_politiegegevens(uitkomst)
