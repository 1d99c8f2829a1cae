"""The answer: what people write is understood in one way, or asked again; never guessed."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.verzoek import SoortHulp, Waarde
from broker.wire.antwoord import GelezenAntwoord, Onduidelijk, Onduidelijkheid, lees_antwoord
from broker.wire.antwoord.hulpverlener import lees_hulpverlener
from broker.wire.tekst import woorden
from tests.wire.zinnen.losse_teksten import DUIDELIJK

B, O = Waarde.BEKEND, Waarde.ONBEKEND  # noqa: E741


def test_an_answer_says_which_words_decided() -> None:
    """Only words of the vocabulary, each once, in order."""
    gelezen = lees_antwoord("Goedemiddag, betrokkene is niet bij ons bekend. Niet bekend!")
    assert isinstance(gelezen, GelezenAntwoord)
    assert gelezen.beslist_door == ("niet", "bekend")


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize(
    ("tekst", "artikel"),
    [
        ("BEKEND\nArtikel: 8", 8),
        ("BEKEND\n*Artikel:* artikel 13 Wpg.", 13),
        ("BEKEND (art. 13 Wpg)", 13),
        ("Betrokkene is bekend, artikel 8", 8),
        ("BEKEND", None),
        ("BEKEND\nArtikel:", None),
    ],
)
def test_the_article_is_read_beside_bekend(tekst: str, artikel: int | None) -> None:
    """Article 8 or 13, on its own line or after the word."""
    gelezen = lees_antwoord(tekst)
    assert isinstance(gelezen, GelezenAntwoord)
    assert gelezen.artikel == artikel


@pytest.mark.rule("PR-7.6", "PR-10.1", "WPG-5")
def test_an_answer_has_no_field_for_anything_else() -> None:
    """Special categories of police data, a reason, a history: there is nowhere to put them."""
    assert {veld.name for veld in fields(GelezenAntwoord)} == {
        *("waarde", "artikel", "hulpverlener", "soort_hulp", "beslist_door")
    }
    gelezen = lees_antwoord("BEKEND\nArtikel: 8\nHulpverlener: Ernstige Psychose\nSoort hulp: hiv")
    assert gelezen == GelezenAntwoord(B, artikel=8, beslist_door=("bekend",))


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize(
    "tekst",
    [
        *("Bekend. BSN 111222333", "Bekend (BSN: 111222333)", "111222333: bekend"),
        *("Bekend 111 222 333", "Bekend\nGroet,\nJan\nBSN 111222333"),
    ],
)
def test_a_burgerservicenummer_is_dropped_and_the_answer_counts(tekst: str) -> None:
    """No field takes it, and the desk is not asked again for it."""
    gelezen = lees_antwoord(tekst)
    assert gelezen == GelezenAntwoord(B, beslist_door=("bekend",))


def test_a_number_that_is_known_is_no_answer() -> None:
    """'BSN … is bekend' may speak of the number; and another number is no BSN at all."""
    assert isinstance(lees_antwoord("BSN 111222333 is bekend"), Onduidelijk)
    assert isinstance(lees_antwoord("Bekend. Nummer 111222334"), Onduidelijk)


@pytest.mark.parametrize(
    ("tekst", "woorden_"),
    [
        ("Bekend. Dat was vroeger Kanarie.", ("was", "vroeger")),
        ("niet onbekend", ("niet", "onbekend")),
        ("bekend, onbekend", ("bekend", "onbekend")),
        ("Bekend. Kanarie.", ()),
        ("Bekend\nGroet,\nJan\nKanarie was weg", ("was",)),
    ],
)
def test_an_unclear_answer_says_which_words_made_it_so(
    tekst: str, woorden_: tuple[str, ...]
) -> None:
    """Only words of the vocabulary; of a word that stands in no list nothing is told."""
    gelezen = lees_antwoord(tekst)
    assert isinstance(gelezen, Onduidelijk)
    assert gelezen.woorden == woorden_


@pytest.mark.rule("PR-7.6")
def test_who_helps_and_how_is_read() -> None:
    """The two optional lines of desks that give help."""
    gelezen = lees_antwoord(
        "BEKEND\nHulpverlener: Sanne  van den Berg (Incluzio)\nsoort hulp: WMO-ondersteuning."
    )
    assert isinstance(gelezen, GelezenAntwoord)
    assert gelezen.hulpverlener == "Sanne van den Berg, Incluzio"
    assert gelezen.soort_hulp is SoortHulp.WMO_ONDERSTEUNING
    assert "Sanne" not in repr(gelezen)


@pytest.mark.rule("PR-7.6")
def test_what_does_not_fit_the_schema_is_dropped_and_the_answer_counts() -> None:
    """Free text in the optional lines goes nowhere."""
    gelezen = lees_antwoord("BEKEND\nHulpverlener: Ernstig ziek\nSoort hulp: opname")
    assert isinstance(gelezen, GelezenAntwoord)
    assert (gelezen.hulpverlener, gelezen.soort_hulp) == ("", None)


@pytest.mark.rule("UAVG-46", "PR-7.6")
@pytest.mark.parametrize(
    ("tekst", "naam"),
    [
        ("S. Jansen", "S. Jansen"),
        ("mevrouw Jansen, Vincent van Gogh", "mevrouw Jansen, Vincent van Gogh"),
        ("Sanne 't Hart", "Sanne 't Hart"),
        ("Sanne", ""),
        ("Jansen 111222333", ""),
        ("Sanne Jansen, hij is ernstig ziek", ""),
        ("Sanne Jansen, X, Y", ""),
        ("van de", ""),
        ("A B C D E F G", ""),
        ("A B C D E van der den Berg", ""),
        ("Sanne " + "J" * 80, ""),
        ("heeft Psychose", ""),
        ("Heeft Hiv En Schizofrenie, Is Gewelddadig Tegen Moeder", ""),
        ("Ernstige Schizofrenie, Incluzio", ""),
        ("Jan de Boer, Kan Niet Meer", ""),
        ("Mw. A. M. van der Meer-de Wit", "Mw. A. M. van der Meer-de Wit"),
        ("", ""),
    ],
)
def test_a_hulpverlener_has_the_shape_of_a_name(tekst: str, naam: str) -> None:
    """Numbers and sentences are no name."""
    assert lees_hulpverlener(tekst) == naam


def test_an_attribution_needs_its_shape() -> None:
    """A line that begins with 'Op' is not a quotation for that alone."""
    assert lees_antwoord("Op uw vraag: BEKEND") == lees_antwoord("BEKEND")
    lang = f"Op {'x' * 600} 1 schreef:\nBEKEND"
    assert isinstance(lees_antwoord(lang), Onduidelijk)
    assert lees_antwoord("Van: Jan\nBEKEND") == Onduidelijk(Onduidelijkheid.ONBEKENDE_WOORDEN)


@settings(max_examples=150)
@given(
    st.lists(
        st.sampled_from([*(t for _, t in DUIDELIJK), "niet", "?", "\n", "> ", "Artikel: ", "-- "])
        | st.text(max_size=40),
        max_size=4,
    ).map(" ".join)
)
def test_any_text_is_an_answer_or_unclear(tekst: str) -> None:
    """No text makes the reader raise."""
    assert isinstance(lees_antwoord(tekst), GelezenAntwoord | Onduidelijk)


@pytest.mark.rule("AVG-5.1c")
@settings(max_examples=100)
@given(
    st.sampled_from([t for _, t in DUIDELIJK]),
    st.text("qxzQXZjy", min_size=6, max_size=12),
    st.sampled_from(
        ["{t} {k}", "{k}. {t}", "{t}\n\n{k}.", "{t}\nHulpverlener: {k}\n", "> {k}\n{t}"]
    ),
)
def test_nothing_of_the_free_text_comes_through(tekst: str, kanarie: str, vorm: str) -> None:
    """Words outside the vocabulary stand nowhere in what is read, hulpverlener included."""
    gelezen = lees_antwoord(vorm.format(t=tekst, k=kanarie))
    assert kanarie.lower() not in repr(gelezen).lower()
    if isinstance(gelezen, GelezenAntwoord):
        assert gelezen.hulpverlener == ""


@pytest.mark.rule("D-4")
@settings(max_examples=150)
@given(
    st.sampled_from(["{w} {t}", "{t} {w}", "{t}. {w}.", "{w}\n{t}"]),
    st.sampled_from(["BEKEND", "ONBEKEND", "betrokkene is bij ons bekend", "niet bekend"]),
    st.sampled_from(
        woorden(
            "niet geen nooit misschien was vroeger maar zus broer adres volgens indien geweest of"
            " onbekend bekend"
        )
    ),
)
def test_a_dangerous_word_never_turns_a_verdict(vorm: str, tekst: str, woord: str) -> None:
    """A word that could change the meaning makes the answer unclear, unless together they are an
    ordinary answer."""
    gelezen = lees_antwoord(vorm.format(w=woord, t=tekst))
    gewoon = {"niet BEKEND"}
    eens = {
        ("BEKEND", "bekend"),
        ("betrokkene is bij ons bekend", "bekend"),
        ("ONBEKEND", "onbekend"),
        ("niet bekend", "onbekend"),
    }
    if vorm.format(w=woord, t=tekst) in gewoon:
        assert isinstance(gelezen, GelezenAntwoord)
        assert gelezen.waarde is O
    elif (tekst, woord) not in eens and not (
        woord == "niet" and tekst.startswith("betrokkene") and isinstance(gelezen, GelezenAntwoord)
    ):
        assert isinstance(gelezen, Onduidelijk), gelezen


@pytest.mark.parametrize("teken", ["-", "_", ".", ": ", " ", "\n", ">", "a ", "op 1 schreef "])
@pytest.mark.timeout(20)
def test_a_long_row_of_one_sign_is_read_in_time(teken: str) -> None:
    """No pattern takes more than linear time: a row of hyphens once took minutes."""
    assert isinstance(lees_antwoord(f"x{teken * 20_000}x"), Onduidelijk)
    assert isinstance(lees_antwoord(teken * 100_000), Onduidelijk)
    disclaimer = f"Bekend\n\nDeze mail is vertrouwelijk {teken * (19_000 // len(teken))}x"
    assert isinstance(lees_antwoord(disclaimer), GelezenAntwoord | Onduidelijk)
