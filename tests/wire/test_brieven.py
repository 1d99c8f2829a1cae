"""Letters: what people read, compared with files that a person can read too.

`python -m tests.wire.test_brieven` writes the files anew, after the words were changed on purpose.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from broker.domain import bericht as b
from broker.domain.melding import Betrokkene
from broker.domain.verstrekking import bevat_politiegegevens
from broker.wire.antwoord import GelezenAntwoord, Onduidelijk, lees_antwoord
from broker.wire.brieven import Brief, verwoord
from broker.wire.brieven.opmaak import aanhef
from broker.wire.geheimhouding import GEHEIMHOUDING
from broker.wire.post import PostSoort, soort_post
from broker.wire.uitkomst_json import lees_uitkomst_json
from broker.wire.vindplaatsen import vind_codes, vind_kenmerken
from tests.wire import mailpagina
from tests.wire.voorbeelden import (
    BRIEVEN,
    CODE,
    KENMERK,
    LOKET,
    NETWERK,
    PETRA,
    UITKOMST,
    VANDAAG,
    VRAAG,
)

MAP = Path(__file__).parent / "brieven"


def _brief(bericht: b.Bericht) -> Brief:
    return verwoord(b.Geadresseerd(bericht, PETRA, LOKET.id), netwerk=NETWERK, vandaag=VANDAAG)


def _leesbaar(bericht: b.Bericht) -> str:
    brief = _brief(bericht)
    bijlage = "" if brief.bijlage is None else f"Bijlage: {brief.bijlage.naam}\n"
    return f"Onderwerp: {brief.onderwerp}\n{bijlage}\n{brief.tekst}"


@pytest.mark.parametrize("naam", BRIEVEN)
def test_a_letter_reads_as_its_file(naam: str) -> None:
    """Every kind of letter is the text that people agreed on."""
    assert _leesbaar(BRIEVEN[naam]) == (MAP / f"{naam}.txt").read_text(encoding="utf-8")


def test_there_is_a_file_for_each_letter_and_no_other() -> None:
    """No letter is left out, and every kind of message has one."""
    assert {pad.stem for pad in MAP.glob("*.txt")} == set(BRIEVEN)
    assert {type(bericht) for bericht in BRIEVEN.values()} == set(b.Bericht.__args__)


@pytest.mark.parametrize("naam", BRIEVEN)
def test_a_letter_fits_every_mail_program(naam: str) -> None:
    """No line over 76 characters, no blank at the end of a line, and the network at the foot."""
    brief = _brief(BRIEVEN[naam])
    for regel in (brief.onderwerp, *brief.tekst.split("\n")):
        assert len(regel) <= 76
        assert regel == regel.rstrip()
    assert brief.tekst.endswith("automatisch bericht van Zorgnetwerk Venlo.\n")


@pytest.mark.rule("NTA-1")
@pytest.mark.parametrize("naam", BRIEVEN)
def test_a_subject_is_neutral(naam: str) -> None:
    """A subject never holds a name or a value."""
    onderwerp = _brief(BRIEVEN[naam]).onderwerp.lower()
    assert "vries" not in onderwerp
    assert "bekend" not in onderwerp
    assert "politie" not in onderwerp


@pytest.mark.rule("WPG-7", "BS-7")
@pytest.mark.parametrize("naam", BRIEVEN)
def test_the_notice_stands_in_exactly_the_letters_with_police_data(naam: str) -> None:
    """Whether a letter says that it is secret follows from the types of what it holds."""
    bericht = BRIEVEN[naam]
    plat = " ".join(_brief(bericht).tekst.split())
    assert (GEHEIMHOUDING in plat) == bevat_politiegegevens(bericht)


def test_only_the_uitkomst_has_an_attachment() -> None:
    """The attached JSON holds the same uitkomst as the text."""
    for bericht in BRIEVEN.values():
        assert (_brief(bericht).bijlage is None) != isinstance(bericht, b.UitkomstBericht)
    bijlage = _brief(b.UitkomstBericht(UITKOMST)).bijlage
    assert bijlage is not None
    assert bijlage.soort == "application/json"
    assert lees_uitkomst_json(bijlage.inhoud).regels == UITKOMST.regels


@pytest.mark.rule("PR-6.4")
def test_two_letters_with_equal_questions_are_equal() -> None:
    """A verzoek says nothing of the reason, the grounds or the melder: it cannot, and it is the
    same for each desk that asks the same."""
    assert _leesbaar(b.Verzoek(VRAAG)) == _leesbaar(b.Verzoek(replace(VRAAG)))


def test_the_quoted_verzoek_brings_kenmerk_and_code_and_no_answer() -> None:
    """A reply that quotes the verzoek is told by the quotation, and judged by its own words."""
    for naam in ("verzoek", "verzoek-aan-politie", "verzoek-politiemelding-aan-hulp"):
        tekst = _brief(BRIEVEN[naam]).tekst
        citaat = "\n".join(f"> {regel}" for regel in tekst.split("\n"))
        antwoord = f"ONBEKEND\n\nOp 26-11-2026 om 10:00 schreef Broker:\n{citaat}"
        assert vind_kenmerken(antwoord, afkorting="ZNW") == (KENMERK,)
        assert vind_codes(antwoord) == (CODE,)
        assert soort_post(antwoord, "Re: iets", afkorting="ZNW") is PostSoort.ANTWOORD
        assert isinstance(lees_antwoord(antwoord), GelezenAntwoord)
        assert isinstance(lees_antwoord(citaat), Onduidelijk)
        assert isinstance(lees_antwoord(tekst), Onduidelijk)


@pytest.mark.rule("PR-6.4")
@pytest.mark.parametrize("naam", [naam for naam in BRIEVEN if naam.startswith("verzoek")])
def test_what_a_desk_must_do_stands_on_the_first_screen(naam: str) -> None:
    """A professional in a hurry sees person, choices and term without scrolling, and that the
    answer must be signed and encrypted: in clear it would carry the person over the internet."""
    eerste_scherm = "\n".join(_brief(BRIEVEN[naam]).tekst.split("\n")[:20])
    assert "Jan de Vries-Peeters" in eerste_scherm
    assert "NIET VERSTREKT" in eerste_scherm
    assert "Antwoord uiterlijk donderdag 3 december 2026." in eerste_scherm
    assert "versleutel" in eerste_scherm


@pytest.mark.parametrize("naam", BRIEVEN)
def test_a_letter_names_no_link(naam: str) -> None:
    """No letter sends people to a page that is not there."""
    tekst = _brief(BRIEVEN[naam]).tekst.lower()
    assert "http" not in tekst
    assert "klik" not in tekst


@pytest.mark.parametrize(
    ("naam", "verwacht"),
    [
        ("mevrouw J. Hermans", "Beste mevrouw Hermans,"),
        ("de heer W. van der Linden", "Beste heer Van der Linden,"),
        ("mevrouw Y.A. El Amrani", "Beste mevrouw El Amrani,"),
        ("mevrouw A. M. 't Hart", "Beste mevrouw 't Hart,"),
        ("de heer Peeters", "Beste heer Peeters,"),
        ("mevrouw Anna de Vries", "Beste mevrouw Anna de Vries,"),
        ("Petra Hermans", "Beste Petra Hermans,"),
        ("loket Woonwenz", "Beste loket Woonwenz,"),
    ],
)
def test_people_are_addressed_as_they_are_used_to(naam: str, verwacht: str) -> None:
    """Without initials, and with the capital that a name has after 'heer' or 'mevrouw'."""
    assert aanhef(naam) == verwacht


def test_the_page_of_mails_is_what_the_letters_say() -> None:
    """docs/mails.md is what the letters are now."""
    assert mailpagina.BESTAND.read_text(encoding="utf-8") == mailpagina.pagina(), (
        f"write it anew: {mailpagina.OPDRACHT}"
    )


def test_the_page_of_mails_leaves_none_out() -> None:
    """Every kind of message is on it, with every status and every reason."""
    mails = [mail.bericht for deel in mailpagina.afdelingen().values() for mail in deel]
    assert {type(bericht) for bericht in mails} == set(b.Bericht.__args__)
    statussen = [m.status for m in mails if isinstance(m, b.StatusBericht)]
    assert set(statussen) == set(b.Status)
    redenen = [m.reden for m in mails if isinstance(m, b.NietVerwerktBericht)]
    assert sorted(redenen) == sorted(b.NietVerwerkt)


def test_the_form_letter_is_no_request_for_the_form() -> None:
    """A reply to the blank form does not bring another one."""
    onderwerp = _brief(b.FormulierBericht(False)).onderwerp
    assert soort_post("", f"Re: {onderwerp}", afkorting="ZNW") is not PostSoort.FORMULIER


def test_a_very_long_name_is_wrapped() -> None:
    """A name of a hundred letters does not break the lines."""
    lang = replace(VRAAG, betrokkene=Betrokkene("a" * 100, "b" * 100, "5921 KD", "Venlo"))
    assert max(map(len, _brief(b.Verzoek(lang)).tekst.split("\n"))) <= 76


def test_a_letter_shows_nothing_in_its_repr() -> None:
    """What a letter says about a person is in no traceback."""
    brief = _brief(b.UitkomstBericht(UITKOMST))
    assert "bekend" not in repr(brief)


if __name__ == "__main__":
    for oud in MAP.glob("*.txt"):
        oud.unlink()
    for naam_, bericht_ in BRIEVEN.items():
        (MAP / f"{naam_}.txt").write_text(_leesbaar(bericht_), encoding="utf-8")
