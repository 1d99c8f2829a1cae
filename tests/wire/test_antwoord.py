"""The answer: what people write is understood in one way, or asked again; never guessed."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.verzoek import SoortHulp, Waarde
from broker.wire.antwoord import GelezenAntwoord, Onduidelijk, Onduidelijkheid, lees_antwoord
from broker.wire.antwoord.hulpverlener import lees_hulpverlener
from broker.wire.tekst import woorden

B, O, T, N = (  # noqa: E741
    Waarde.BEKEND,
    Waarde.ONBEKEND,
    Waarde.NIET_VAST_TE_STELLEN,
    Waarde.NIET_VERSTREKT,
)

DUIDELIJK: tuple[tuple[Waarde, str], ...] = (
    (B, "BEKEND"),
    (B, "bekend."),
    (B, "Bekend!"),
    (B, "**BEKEND**"),
    (B, "wel bekend"),
    (B, "Is bij ons bekend"),
    (B, "Ja, deze persoon is bij ons bekend."),
    (B, "Hierbij laat ik u weten dat betrokkene bij ons bekend is."),
    (B, "Bij ons is hij bekend."),
    (B, "Antwoord: BEKEND"),
    (B, "BEKEND\nBetrokkene is bij ons bekend"),
    (B, "Beste mevrouw Hermans,\n\nBEKEND"),
    (B, "Goedemorgen\nBEKEND\nGroeten"),
    (B, "Hallo, BEKEND. Fijne dag!"),
    (B, "Kenmerk ZNW-2026-00042 · antwoordcode 7F3K-2M9Q\nBEKEND"),
    (B, "BEKEND, mvg Jan"),
    (O, "ONBEKEND"),
    (O, "Niet bekend"),
    (O, "niet-bekend"),
    (O, "Nee, niet bekend."),
    (O, "Niet bij ons bekend"),
    (O, "onbekend / niet bekend"),
    (O, "Goedemiddag, betrokkene is bij ons niet bekend."),
    (O, "Goedemiddag Petra,\nBetrokkene is bij ons\nniet bekend.\nGroet, Jan"),
    (O, "Betr. is bij onze organisatie onbekend"),
    (T, "NIET VAST TE STELLEN"),
    (T, "Dat kunnen wij niet vaststellen."),
    (T, "kan niet worden vastgesteld"),
    (T, "Wij kunnen niet vaststellen of betrokkene bij ons bekend is"),
    (T, "Dit is voor ons niet vast te stellen"),
    (N, "NIET VERSTREKT"),
    (N, "Wij verstrekken niet"),
    (N, "Deze informatie verstrekken wij niet."),
    (N, "Bedankt voor uw bericht. Wij verstrekken geen informatie over deze persoon."),
    (N, "Wij kunnen dit niet verstrekken"),
    (B, "BEKEND\n\nOp do 26 nov 2026 om 10:00 schreef Broker <b@znw.example>:\n> ONBEKEND\n> niet"),
    (B, "BEKEND\n\nOn Thu, Nov 26, 2026\nBroker wrote:\n\nONBEKEND"),
    (B, "> ONBEKEND\n> niet\n\nBEKEND"),
    (B, "BEKEND\n\nOp maandag schreef het Zorgnetwerk:\n> ONBEKEND\n> niet"),
    (B, "BEKEND\n\nBroker <b@znw.example> schreef:\n\n> ONBEKEND\n> niet"),
    (B, "BEKEND\n-----Oorspronkelijk bericht-----\nONBEKEND"),
    (B, "BEKEND\n\nVan: Broker\nVerzonden: vandaag\nAan: Jan\nOnderwerp: x\n\nONBEKEND"),
    (B, "BEKEND\n-- \nJan, afdeling Niet Storen"),
    (B, "BEKEND\nMet vriendelijke groet,\nJan\nHet is verboden dit bekend te maken."),
    (B, "BEKEND\n\nVerzonden vanaf mijn telefoon"),
    (O, "Goedemiddag, betrokkene is bij ons niet bekend. Met vriendelijke groet, Jan Peeters"),
    (O, "betrokkene is bij ons niet\nbekend."),
    (T, "Dit kan niet\nworden vastgesteld."),
    (B, "Bedankt voor uw bericht. Betrokkene is bij ons bekend. Fijne dag!"),
    (O, "Onbekend. Hartelijk dank alvast."),
    (O, "Onbekend.\n\nAlvast bedankt, groeten,\nJan"),
    (B, "Bekend. Nog een prettig weekend verder!"),
    (B, "Bekend.\nIk hoop u hiermee voldoende te hebben geïnformeerd.\nmvg, Jan"),
    (B, "Bekend. Heeft u nog vragen, neem dan gerust contact met mij op."),
    (B, "Dag Petra,\n\nDank je wel voor je mail.\nBekend.\nGroetjes, Anneke"),
    (B, "Beste mevrouw van der Meer,\nBekend"),
    (B, "antwoordcode 7f3k-2m9q: bekend"),
    (B, "Bekend\nHulpverlener: n.v.t.\nSoort hulp:"),
    (O, "Onbekend\nHulpverlener: geen\nSoort hulp:\nArtikel:"),
    (
        B,
        (
            "Bekend.\n\nMet vriendelijke groet,\n\nMr. drs. A.M. van der Meer-de Wit\n"
            "Consulent schuldhulpverlening\nGemeente Venlo | Sociaal Domein\n"
            "Bezoekadres: Hanzeplaats 1, 5912 AT Venlo\nPostbus 3434, 5902 RK Venlo\n"
            "T 077 - 555 01 21\n"
            "a.vandermeer@venlo.example | www.venlo.example\nKvK 12345678\n"
            "Werkdagen: ma, di en do\nFijne dag!"
        ),
    ),
    (B, "Bekend\nGroet,\nJan\nIk werk niet op vrijdag\nTel: 06-55501234"),
    (O, "Onbekend\nGroet,\nhet wijkteam\n\nDe informatie in dit e-mailbericht is alleen voor u."),
    (O, "Onbekend\n-- \nJan Peeters\nSamen voor een fijne buurt, want zorg is mensenwerk"),
    (B, "Bekend\n-----\nJan Peeters\nWijkteam Blerick"),
    (B, "Ja, wij kennen deze persoon."),
    (B, "is bij ons bekent"),
    (O, "Wij kennen deze persoon niet."),
    (O, "Betrokkene komt niet voor in ons systeem"),
    (O, "Antwoord = ONBEKEND"),
    (O, "hoi petra, onbekend hier"),
    (O, "niet bekned"),
    (O, "onbekent"),
    (N, "Daar mogen wij niets over zeggen."),
    (N, "Helaas, dit kunnen wij, vanwege de AVG, niet verstrekken"),
)

WEER_VRAGEN = (
    "Bekend\nGroet,\nJan\nLoopt al jaren rond",
    "Bekend\nGroet,\nJan\nGedetineerd",
    "Bekend\nGroet,\nJan\nzomaar",
    "Bekend\nGroet,\nJan\nUit Huis Jan",
    "hij bekent",
    "nbekend",
    "komt bekend voor",
    "komt niet voor",
    "staat in ons systeem",
    "Wij kennen deze persoon.",
    "Onbekend vanwege de AVG",
    "Onbekend, vanwege de AVG",
    "Wij kunnen niet vaststellen of dat zo is",
    "Bekend, dat kan",
    "Bekend. Het gaat om zijn broertje.",
    "Bekend. Het gaat om zijn partner.",
    "Bekend. Het betreft de zwager van betrokkene.",
    "Bekend. Het is een naamgenote.",
    "Bekend. In het verleden.",
    "Bekend. Dossier gesloten in 2015.",
    "Bekend. Meen ik.",
    "Bekend. Typefout, lees het tegendeel.",
    "Onbekend. Hij is wel klant van ons.",
    "Onbekend. We hebben hem in zorg.",
    "Bekend.\nGroet, Jan\nMaar dat was in 2010 en alleen zijn vorige vrouw.",
    "Onbekend\nGroet Jan\nNB: hij is wel cliënt van ons.",
    "Bekend.\n-- \nMaar dat was in 2010.",
    "Bekend.\n-----\nMaar alleen zijn vorige vrouw.",
    "Bekend\nGroet,\nJan\nDossier gesloten in 2015",
    "Bekend\nGroet,\nJan\n2010-2015",
    "Bekend\nGroet,\nzijn partner",
    "Bekend\nGroet,\nGrapje!",
    "Bekend\nGroet,\nLees: tegenovergesteld",
    "Bekend\nGroet,\nJan\nof toch?",
    "Bekend\nGroet,\nJan\nLees voor het eerste woord van deze mail het omgekeerde ervan",
    "Bekend\nGroeten ook aan zijn broer",
    "Onbekend\nmvg Jan\nWij helpen hem wekelijks",
    "Bekend\nDisclaimer: misschien",
    "Bekend.\nDe informatie in dit bericht klopt niet meer.",
    "Bekend.\nDit bericht is verkeerd gestuurd.",
    "Bekend.\nMaar zijn vader schreef:\n> iets",
    "Bekend.\nOp maandag schreef zijn vader:\nhet tegendeel",
    "Bekend.\nVerzonden vanaf mijn telefoon\nMaar dat was vroeger",
    "Bekend.\nGroet,\nhij woonde op 12",
    "Bekend.\nGroet,\nVenlo 2015 en later",
    "Bekend\nHulpverlener: was Jan de Boer, sinds 2019 niet meer",
    "Bekend\nSoort hulp: vroeger bemoeizorg",
    "Bekend\nHulpverlener: Jan de Boer\nmaar niet meer",
    "Onbekend\nHulpverlener: Jan de Boer",
    "Onbekend\nSoort hulp: bemoeizorg",
    "Niet verstrekt\nHulpverlener: Jan de Boer",
    "Niet vast te stellen\nArtikel: 8",
    "Onbekend\nArtikel: 13",
    "Niet\nBekend",
    "niet\nbekend",
    "Niet\nVerstrekt",
    "Helaas niet\nBekend",
    "Betrokkene is niet\nBekend",
    "Niet\n\nbekend",
    "Bekend. Artikel 8 jo 9.",
    "Bekend. Artikel 8, dan wel 10.",
    "Bekend. Artikel 8; eigenlijk 9.",
    "Bekend, artikel 8 lid 2",
    "Bekend, artikelen 8 en 13",
    "Bekend. Artikel 10.",
    "Bekend. Artikel acht.",
    "Onbekend: nee",
    "Onbekend. Nee.",
    "Niet bekend: nee",
    "Bekend: nee",
    "Onbekend: ja",
    "Bekend: niet",
    "Bekend 2010-2015",
    "Bekend. TOEN-2010",
    "Bekend tot 2019",
    "≠ bekend",
    "¬bekend",
    "!bekend",
    "~~bekend~~",
    "~bekend",
    "( ) bekend",
    "[ ] bekend",
    "☐ bekend",
    "0% bekend",
    "<niet> bekend",
    "b\u0336e\u0336k\u0336e\u0336n\u0336d\u0336",
    "be\u0338kend",
    "?bekend",
    "Bekend. Dat kan.",
    "Bekend. Zij is.",
    "Bekend. Wij.",
    "Bekend.\nNaamgenote.",
    "Bekend.\nDag Partner.",
    "Beste zwager, bekend",
    "Bekend als veroorzaker",
    "Bekend, namelijk de buren",
    "Bekend, onder een andere naam",
    "Bekend bij een collega",
    "Bekend in Tegelen",
    "Bekend. Intussen vertrokken.",
    "Bekend. Uit het oog verloren.",
    "Bekend. Lang niet gezien.",
    "Onbekend. Komt hier wekelijks.",
    "Onbekend. Wel ingeschreven.",
    "Onbekend. Zie dossier.",
    "Niet bekend, wel zijn vrouw.",
    "Niet bekend. Tenminste, dat hoop ik.",
    "Niet verstrekt. Onder ons: bekend.",
    "Niet verstrekt. Hij is cliënt.",
    "Niet vast te stellen. Vermoedelijk wel.",
    "Als dank voor uw bericht: bekend",
    "Ik zeg niets.",
    "Bekend \U0001f609",
)

ONDUIDELIJK: tuple[tuple[Onduidelijkheid, str], ...] = (
    (Onduidelijkheid.LEEG, ""),
    (Onduidelijkheid.LEEG, "  \n> BEKEND"),
    (Onduidelijkheid.GEEN_OORDEEL, "Dank voor uw bericht."),
    (Onduidelijkheid.GEEN_OORDEEL, "ja"),
    (Onduidelijkheid.TE_LANG, "bekend " * 4000),
    (Onduidelijkheid.TWEE_OORDELEN, "BEKEND / ONBEKEND"),
    (Onduidelijkheid.TWEE_OORDELEN, "BEKEND\nONBEKEND"),
    (Onduidelijkheid.TWEE_OORDELEN, "bekend niet verstrekt"),
    (Onduidelijkheid.TWEE_OORDELEN, "BEKEND\nONBEKEND\nNIET VAST TE STELLEN\nNIET VERSTREKT"),
    (Onduidelijkheid.ONTKENNING, "niet onbekend"),
    (Onduidelijkheid.ONTKENNING, "bekend niet"),
    (Onduidelijkheid.ONTKENNING, "niet niet bekend"),
    (Onduidelijkheid.ONTKENNING, "niet wel bekend"),
    (Onduidelijkheid.ONTKENNING, "geen bekend"),
    (Onduidelijkheid.ONTKENNING, "niet. Bekend."),
    (Onduidelijkheid.ONTKENNING, "(niet) bekend"),
    (Onduidelijkheid.ONTKENNING, "hij is bekend, zij niet"),
    (Onduidelijkheid.ONTKENNING, "wij verstrekken"),
    (Onduidelijkheid.ONTKENNING, "Goedemiddag NIET\nBEKEND. Geen."),
    (Onduidelijkheid.TWIJFEL, "misschien bekend"),
    (Onduidelijkheid.TWIJFEL, "bekend?"),
    (Onduidelijkheid.TWIJFEL, "volgens mij bekend"),
    (Onduidelijkheid.TWIJFEL, "Is betrokkene bekend"),
    (Onduidelijkheid.TWIJFEL, "BEKEND \U0001f44e"),
    (Onduidelijkheid.VERLEDEN_TIJD, "was bekend"),
    (Onduidelijkheid.VERLEDEN_TIJD, "De persoon is niet meer bekend"),
    (Onduidelijkheid.VERLEDEN_TIJD, "BEKEND. Hij is vorig jaar verhuisd."),
    (Onduidelijkheid.ANDERE_PERSOON, "zijn zus is bekend"),
    (Onduidelijkheid.ANDERE_PERSOON, "het adres is bekend"),
    (Onduidelijkheid.ANDERE_PERSOON, "Naam: bekend"),
    (Onduidelijkheid.VOORBEHOUD, "BEKEND. Maar dat klopt niet."),
    (Onduidelijkheid.TEGENSPRAAK, "Nee, bekend"),
    (Onduidelijkheid.TEGENSPRAAK, "ja, onbekend"),
    (Onduidelijkheid.TEGENSPRAAK, "BEKEND. Nee."),
    (Onduidelijkheid.TEGENSPRAAK, "ONBEKEND. Hij is huurder bij ons."),
    (Onduidelijkheid.ONBEKENDE_WOORDEN, "Dhr. Jansen is bekend"),
    (Onduidelijkheid.ONBEKENDE_WOORDEN, "bekend bij de politie"),
    (Onduidelijkheid.ONBEKENDE_WOORDEN, "dat is bekend"),
    (Onduidelijkheid.ONBEKENDE_WOORDEN, "Goedemiddag, Jan kennen wij. ONBEKEND"),
    (Onduidelijkheid.ONBEKENDE_WOORDEN, "Hallo zijn vriendje is hier\nbekend"),
    (Onduidelijkheid.NA_ONDERTEKENING, "BEKEND\nGroet Jan\nPS hij is weg"),
    (Onduidelijkheid.NA_ONDERTEKENING, "BEKEND\nGroet,\nonbekend"),
    (Onduidelijkheid.NA_ONDERTEKENING, "ONBEKEND\n-- \nJan\nbekend"),
    (Onduidelijkheid.ANDER_ARTIKEL, "BEKEND\nArtikel: 9"),
    (Onduidelijkheid.ANDER_ARTIKEL, "BEKEND\nArtikel: acht"),
    (Onduidelijkheid.ANDER_ARTIKEL, "BEKEND artikel 8\nArtikel: 13"),
    (Onduidelijkheid.ANDER_ARTIKEL, "BEKEND\nArtikel: 8\nArtikel: 8"),
    (Onduidelijkheid.ANDER_ARTIKEL, "BEKEND artikel 8 en 13"),
)


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(("waarde", "tekst"), DUIDELIJK)
def test_a_clear_answer_is_understood(waarde: Waarde, tekst: str) -> None:
    """The four plain words and the ordinary sentences around them."""
    gelezen = lees_antwoord(tekst)
    assert isinstance(gelezen, GelezenAntwoord), gelezen
    assert gelezen.waarde is waarde


@pytest.mark.rule("D-4")
@pytest.mark.parametrize(("reden", "tekst"), ONDUIDELIJK)
def test_an_unclear_answer_is_asked_again(reden: Onduidelijkheid, tekst: str) -> None:
    """Doubt, past tense, another person, negations and two verdicts are never guessed."""
    gelezen = lees_antwoord(tekst)
    assert isinstance(gelezen, Onduidelijk)
    assert gelezen.reden is reden


@pytest.mark.rule("D-4")
@pytest.mark.parametrize("tekst", WEER_VRAGEN)
def test_what_could_turn_a_verdict_is_asked_again(tekst: str) -> None:
    """Beside the answer, below the signature and in the optional lines: what is not known to be
    harmless makes it unclear."""
    assert isinstance(lees_antwoord(tekst), Onduidelijk)


def test_the_table_of_phrases_has_no_wrong_verdict() -> None:
    """Enough phrases, at least half of them hard negatives, and not one that is read wrongly."""
    verwacht: dict[str, Waarde | None] = {tekst: waarde for waarde, tekst in DUIDELIJK}
    verwacht |= dict.fromkeys((*WEER_VRAGEN, *(tekst for _, tekst in ONDUIDELIJK)))
    gelezen = {tekst: lees_antwoord(tekst) for tekst in verwacht}
    fout = [
        tekst
        for tekst, antwoord in gelezen.items()
        if isinstance(antwoord, GelezenAntwoord) and antwoord.waarde is not verwacht[tekst]
    ]
    negatief = sum(waarde is None for waarde in verwacht.values())
    sys.stdout.write(
        f"{len(verwacht)} phrases, {negatief} hard negatives, wrong verdicts {len(fout)}\n"
    )
    assert fout == []
    assert len(verwacht) >= 120
    assert negatief * 2 >= len(verwacht)


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


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize(
    "tekst",
    ["Bekend. BSN 111222333", "Bekend (BSN: 111222333)", "111222333: bekend", "Bekend 111 222 333"],
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


@pytest.mark.parametrize("teken", ["-", "_", " ", "\n", ">", "a ", "op 1 schreef "])
@pytest.mark.timeout(20)
def test_a_long_row_of_one_sign_is_read_in_time(teken: str) -> None:
    """No pattern takes more than linear time: a row of hyphens once took minutes."""
    assert isinstance(lees_antwoord(f"x{teken * 20_000}x"), Onduidelijk)
    assert isinstance(lees_antwoord(teken * 100_000), Onduidelijk)
