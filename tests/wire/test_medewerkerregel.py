"""Who is named in what a desk key signed."""

from __future__ import annotations

import time

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
        ("Namens Woonwenz meldt de heer P.Nguyen: onbekend", NGUYEN),
        ("Namens Woonwenz, P.Nguyen, onbekend", NGUYEN),
        ("J. Hermans en P. Nguyen", HERMANS | NGUYEN),
        ("Hermans", frozenset()),
        ("J.\nHermans", frozenset()),
        ("P.J. Hermans", frozenset()),
        ("P. J. Hermans", frozenset()),
        ("J. Hermans-de Vries", frozenset()),
        ("J. Hermansen", frozenset()),
        ("Naam: J. Hermans", frozenset()),
        ("Hulpverlener: J. Hermans, Woonwenz", frozenset()),
        ("BEKEND\n> J. Hermans", frozenset()),
        ("BEKEND\n\nOp 23 november 2026 schreef het Zorgnetwerk:\nBeste J. Hermans", frozenset()),
        ("J. Hermans " + "x" * 20_000, frozenset()),
    ],
)
def test_a_full_name_in_his_own_words_says_who_speaks(
    tekst: str, wie: frozenset[MedewerkerId]
) -> None:
    """The whole name and no longer one, not behind a label, not quoted."""
    assert genoemde_medewerkers(tekst, LOKET) == wie


def test_a_name_of_one_word_is_not_searched_for() -> None:
    """It could be any word; a line may still give it."""
    loket = _loket("Balie")
    assert genoemde_medewerkers("Groeten van de balie", loket) == frozenset()
    assert genoemde_medewerkers("Medewerker: balie", loket) == {"x.balie"}


def test_two_people_of_one_name_are_told_apart_by_id_alone() -> None:
    """A line that fits two names nobody."""
    loket = _loket("de heer J. Hermans")
    assert genoemde_medewerkers("Medewerker: J. Hermans", loket) == frozenset()
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
    ["j. " * 300_000, "Medewerker: " * 80_000, "Medewerker: x\n" * 60_000, "j.hermans-" * 80_000],
)
def test_a_hostile_text_takes_no_time(tekst: str) -> None:
    """A million characters, read to the end."""
    begin = time.process_time()
    assert genoemde_medewerkers(tekst, LOKET) == frozenset()
    assert zonder_medewerkerregel(tekst, LOKET) == tekst
    assert time.process_time() - begin < 5
