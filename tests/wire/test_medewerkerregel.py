"""Who is named in what a desk key signed."""

from __future__ import annotations

import pytest

from broker.domain.partner import Loket, MedewerkerId
from broker.wire.antwoord import GelezenAntwoord, lees_antwoord
from broker.wire.formulierblad import tel_labels
from broker.wire.medewerkerregel import genoemde_medewerkers, zonder_medewerkerregel
from tests.fixtures.netwerk import (
    WOONWENZ,
    loket_van,
    maak_medewerker,
    maak_netwerk,
    met_nieuwe_medewerker,
)
from tests.fixtures.tempo import takes_less

LOKET = loket_van(maak_netwerk(), WOONWENZ)
HERMANS, NGUYEN = frozenset({"j.hermans"}), frozenset({"p.nguyen"})


def _loket(*namen: str) -> Loket:
    """The desk with more people: by id and full name."""
    netwerk = maak_netwerk()
    for naam in namen:
        nieuw = maak_medewerker("x." + naam.split()[-1].lower(), naam=naam)
        netwerk = met_nieuwe_medewerker(netwerk, WOONWENZ, nieuw)
    return loket_van(netwerk, WOONWENZ)


@pytest.mark.rule("D-14")
@pytest.mark.parametrize(
    ("tekst", "wie"),
    [
        ("BEKEND\nMedewerker: J. Hermans", HERMANS),
        ("BEKEND\nMedewerker: mevrouw J. Hermans", HERMANS),
        ("BEKEND\nMEDEWERKER : Mw. j hermans", HERMANS),
        ("*Medewerker:* J.Hermans\nBEKEND", HERMANS),
        ("Medewerker: j.hermans", HERMANS),
        ("Medewerker: dhr. P. Nguyễn", NGUYEN),
        ("Medewerker: Hermans", frozenset()),
        ("Medewerker: J. Hermans" + " x" * 100, frozenset()),
        ("Medewerker: mevrouw", frozenset()),
        ("Medewerker:", frozenset()),
        ("Medewerker: J. Hermans en P. Nguyen", frozenset()),
        ("Medewerker: J. Hermans\nMedewerker: P. Nguyen", HERMANS | NGUYEN),
        ("Medewerker: J. Hermans\nMedewerker: iemand anders", frozenset()),
        ("Medewerker: J. Hermans\n\nGroeten van P. Nguyen", HERMANS),
        ("Medewerker: iemand\n\nGroeten van P. Nguyen", frozenset()),
        ("BEKEND\n\n> Medewerker: J. Hermans", frozenset()),
    ],
)
def test_a_line_says_who_speaks(tekst: str, wie: frozenset[MedewerkerId]) -> None:
    """By id or full name; where such a line stands nothing else counts, and a quotation never."""
    assert genoemde_medewerkers(tekst, LOKET) == wie


@pytest.mark.rule("D-14")
@pytest.mark.parametrize(
    ("tekst", "wie"),
    [
        ("BEKEND\n\nMet vriendelijke groet,\nJ. Hermans\nWoonwenz", HERMANS),
        ("BEKEND\n\nMet vriendelijke groet, mw. J. Hermans", HERMANS),
        ("BEKEND. Groetjes, de heer P.Nguyen", NGUYEN),
        ("BEKEND\n\n*Met  vriendelijke groet* / Kind regards,\n\n--\n*P. Nguyen*", NGUYEN),
        ("BEKEND\n\nHoogachtend,\n\n\nJ. Hermans\nVervanger P. Nguyen", HERMANS),
        ("BEKEND\nmvg\nJ. Hermans\n\nGroet, P. Nguyen", HERMANS | NGUYEN),
        ("BEKEND\nmvg\nJ. Hermans\n\nGroet, Kees", frozenset()),
        ("BEKEND\n\nMet vriendelijke groet,", frozenset()),
        ("BEKEND\n\nMet vriendelijke groet,\n\nTeam Wonen\nTeamleider J. Hermans", frozenset()),
        ("BEKEND\n\nMet vriendelijke groet,\nK. Maas\nVervanger P. Nguyen", frozenset()),
        ("Beste P. Nguyen,\nBekend.\nGroet, Kees (invaller)", frozenset()),
        ("BEKEND\nGroet,\nJ. de Vries\nNamens collega P. Nguyen", frozenset()),
        ("BEKEND\nGroet,\nJ. Hermans\nnamens deze,\nK. Maas", frozenset()),
        ("BEKEND\nGroet,\nJ. Hermans\ni.o. K. Maas", frozenset()),
        ("BEKEND\nGroet,\nTeamleider\nJ. Hermans", frozenset()),
        ("BEKEND\nGroet,\n(J. Hermans)", frozenset()),
        ("BEKEND\nGroet, Kees\ncc P. Nguyen", frozenset()),
        ("BEKEND\nDoe de groeten\nJ. Hermans", frozenset()),
        ("BEKEND\nIn overleg met collega P. Nguyen besloten", frozenset()),
        ("BEKEND\nP. Nguyen", frozenset()),
        ("Namens Woonwenz meldt de heer P.Nguyen: onbekend", frozenset()),
        ("Groet, J. Hermans en P. Nguyen", frozenset()),
        ("Groet, Hermans", frozenset()),
        ("Groet, J.\nHermans", frozenset()),
        ("Groet, P.J. Hermans", frozenset()),
        ("Groet, J. Hermans-de Vries", frozenset()),
        ("Groet, J. Hermansen", frozenset()),
        ("Groet,\nNaam: J. Hermans", frozenset()),
        ("Groet,\nHulpverlener: J. Hermans, Woonwenz", frozenset()),
        ("BEKEND\n> Groet, J. Hermans", frozenset()),
        ("BEKEND\n\nOp 23 november 2026 schreef het Zorgnetwerk:\nGroet, J. Hermans", frozenset()),
        ("Groet, J. Hermans\n" + "x" * 20_000, frozenset()),
        ("Groet, " + "J. " * 100 + "Hermans", frozenset()),
    ],
)
def test_a_full_name_in_his_own_words_says_who_speaks(
    tekst: str, wie: frozenset[MedewerkerId]
) -> None:
    """The first line below the closing words, and all of it; any other name is somebody else's."""
    assert genoemde_medewerkers(tekst, LOKET) == wie


def test_a_name_of_one_word_is_not_searched_for() -> None:
    """It could be any word, also below the closing words; a line may still give it."""
    loket = _loket("Balie")
    assert genoemde_medewerkers("Groeten,\nBalie", loket) == frozenset()
    assert genoemde_medewerkers("Medewerker: balie", loket) == {"x.balie"}


def test_two_people_of_one_name_are_told_apart_by_id_alone() -> None:
    """A line that fits two names nobody."""
    loket = _loket("de heer J. Hermans")
    assert genoemde_medewerkers("Medewerker: J. Hermans", loket) == frozenset()
    assert genoemde_medewerkers("Groet, J. Hermans", loket) == frozenset()
    assert genoemde_medewerkers("Medewerker: x.hermans", loket) == {"x.hermans"}


def test_the_line_disturbs_no_answer_and_no_form() -> None:
    """What is read for its content does not hold it."""
    tekst = zonder_medewerkerregel("BEKEND\r\n Medewerker: J. Hermans\r\n", LOKET)
    assert "Hermans" not in tekst
    assert isinstance(lees_antwoord(tekst), GelezenAntwoord)
    formulier = "Naam: Jan\nMedewerker: j.hermans\nAdres: Straat 1"
    over = zonder_medewerkerregel(formulier, LOKET)
    assert (over, tel_labels(over)) == ("Naam: Jan\nAdres: Straat 1", tel_labels(formulier))


@pytest.mark.parametrize("tekst", ["BEKEND\r\nGroet", "Medewerker: onbekend", "Naam: J. Hermans"])
def test_any_other_line_stays(tekst: str) -> None:
    """A line that names nobody of the desk could be part of an answer: it is left as it is."""
    assert zonder_medewerkerregel(tekst, LOKET) == tekst


@pytest.mark.parametrize(
    "tekst",
    [
        "j. " * 300_000,
        "Medewerker: " * 80_000,
        "Medewerker: x\n" * 60_000,
        "j.hermans-" * 80_000,
        "groet, " * 100_000,
    ],
)
def test_a_hostile_text_takes_no_time(tekst: str) -> None:
    """A million characters, read to the end."""

    def lees() -> None:
        assert genoemde_medewerkers(tekst, LOKET) == frozenset()
        assert zonder_medewerkerregel(tekst, LOKET) == tekst

    assert takes_less(lees, than=5)
