"""The form: read as people fill it in, every fault at once, nothing repeated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.convenant import beoordeel_melding
from broker.domain.elfproef import bevat_burgerservicenummer
from broker.domain.errors import Weigering
from broker.domain.melding import (
    Doel,
    Grond,
    Informeren,
    Melding,
    PolitieBetrokkene,
    PolitieMelding,
    Toestemming,
)
from broker.wire.formulier import lees_formulier
from broker.wire.formulierblad import leeg_formulier
from broker.wire.naw import lees_adres, lees_naam
from broker.wire.waarden import Probleem
from tests.fixtures.netwerk import maak_netwerk, spreker_van
from tests.wire.ingevuld import schrijf_formulier
from tests.wire.voorbeelden import LOKETTEN, MELDING, POLITIEMELDING, VANDAAG, meldingen

GOED = """\
Naam: Jan de Vries-Peeters
Adres: Antoniuslaan 5
Postcode: 5921kd
Woonplaats: Venlo
Meerderjarig: ja
Doel: 1
Eigen inzet gedaan: ja
Toestemming: ja
Datum toestemming: 20-11-2026
"""
POLITIE = """\
Naam: Jan de Vries
Zonder vaste woonplaats: ja
Meerderjarig: ja
Doel: woonoverlast
Eigen inzet gedaan: ja
Artikel: 8
"""
NUMMER = "111222333"  # Passes the elfproef; nobody has it.


NETWERKEN = {
    geboortedatum: replace(maak_netwerk(), geboortedatum_toegestaan=geboortedatum)
    for geboortedatum in (False, True)
}
"""By whether the date of birth is turned on."""


def _lees(tekst: str, *, politie: bool = False, geboortedatum: bool = False) -> Melding | Weigering:
    """The melding, or what the melder would hear."""
    netwerk = NETWERKEN[geboortedatum]
    ingevuld = lees_formulier(tekst, politie=politie, loketten=LOKETTEN, vandaag=VANDAAG)
    melder = spreker_van(netwerk, "w.vanderlinden" if politie else "e.smeets")
    weigering = beoordeel_melding(ingevuld, netwerk=netwerk, melder=melder, dag=VANDAAG)
    return weigering or ingevuld.melding


def _melding(tekst: str, *, politie: bool = False, geboortedatum: bool = False) -> Melding:
    gelezen = _lees(tekst, politie=politie, geboortedatum=geboortedatum)
    assert isinstance(gelezen, Melding), gelezen
    return gelezen


def _gelezen(tekst: str, *, politie: bool = False) -> Melding:
    """The melding as it reads, lawful or not."""
    ingevuld = lees_formulier(tekst, politie=politie, loketten=LOKETTEN, vandaag=VANDAAG)
    assert ingevuld.fouten == ()
    assert ingevuld.vreemd == ()
    return ingevuld.melding


def _fouten(tekst: str, *, politie: bool = False) -> dict[str, str]:
    gelezen = _lees(tekst, politie=politie)
    assert isinstance(gelezen, Weigering)
    return {fout.veld: fout.code for fout in gelezen.fouten}


def _met(regel: str) -> str:
    """The good form with one line changed or added."""
    label = regel.partition(":")[0]
    regels = [r for r in GOED.splitlines() if r.partition(":")[0] != label]
    return "\n".join([*regels, regel])


def test_a_plain_form_is_a_melding() -> None:
    """Every label gets its value, in the type that the domain asks."""
    melding = _melding(GOED)
    assert type(melding) is Melding
    assert melding.betrokkene.naam == "Jan de Vries-Peeters"
    assert melding.betrokkene.postcode == "5921 KD"
    assert melding.datum_toestemming == date(2026, 11, 20)
    assert melding.doelen == {Doel.WOONOVERLAST}
    assert melding.toestemming is Toestemming.JA


@pytest.mark.rule("PR-7.2")
def test_a_form_of_the_police_is_police_data() -> None:
    """The types say that it is police data, and no consent is asked."""
    melding = _melding(POLITIE, politie=True)
    assert type(melding) is PolitieMelding
    assert type(melding.betrokkene) is PolitieBetrokkene
    assert melding.toestemming is None


@pytest.mark.rule("PR-7.2")
def test_a_form_of_the_police_has_no_consent_fields() -> None:
    """Consent and what replaces it are refused there; left empty they do no harm."""
    fouten = _fouten(f"{POLITIE}Toestemming: ja\nGronden zonder toestemming: a", politie=True)
    assert fouten == {
        "Toestemming": "niet-voor-politie",
        "Gronden zonder toestemming": "niet-voor-politie",
    }
    assert _melding(f"{POLITIE}Toestemming:\n", politie=True) == _melding(POLITIE, politie=True)


@settings(max_examples=60)
@given(meldingen())
def test_what_is_written_reads_back(melding: Melding) -> None:
    """A melding as a form reads back as the same melding."""
    assert _gelezen(schrijf_formulier(melding)) == melding


@settings(max_examples=30)
@given(meldingen(politie=True))
def test_what_the_police_write_reads_back(melding: Melding) -> None:
    """The same, with the types of police data."""
    gelezen = _gelezen(schrijf_formulier(melding), politie=True)
    assert (type(gelezen), gelezen) == (type(melding), melding)


@pytest.mark.parametrize("politie", [False, True])
def test_the_blank_form_reads_back_when_it_is_filled_in(politie: bool) -> None:
    """Help lines may stay; only the labels get their values."""
    voorbeeld = POLITIEMELDING if politie else MELDING
    ingevuld = dict(
        regel.split(": ", 1) for regel in schrijf_formulier(voorbeeld).splitlines() if ": " in regel
    )
    regels = [
        f"{regel} {ingevuld.get(regel[:-1], '')}" if regel.endswith(":") else regel
        for regel in leeg_formulier(politie=politie).splitlines()
    ]
    gelezen = _melding("\r\n".join(regels), politie=politie)
    assert gelezen.betrokkene == voorbeeld.betrokkene
    assert gelezen.doelen == voorbeeld.doelen
    assert type(gelezen) is type(voorbeeld)


@pytest.mark.rule("B-1.1", "PR-7.1")
def test_the_blank_form_misses_everything_at_once() -> None:
    """Whoever sends it back empty hears every field that is needed, in the order of the form."""
    gelezen = _lees(leeg_formulier(politie=False))
    assert isinstance(gelezen, Weigering)
    assert [fout.veld for fout in gelezen.fouten] == [
        "Naam",
        "Adres",
        "Postcode",
        "Woonplaats",
        "Meerderjarig",
        "Doel",
        "Eigen inzet gedaan",
        "Toestemming",
    ]
    assert {fout.code for fout in gelezen.fouten} == {"ontbreekt"}
    regels = {fout.veld: fout.regel for fout in gelezen.fouten}
    assert regels["Eigen inzet gedaan"] == "B-1.1"
    assert regels["Toestemming"] == "PR-7.1"


def test_order_case_marks_and_blanks_do_not_matter() -> None:
    """What mail programs and hurried people make of a form still reads."""
    slordig = (
        "\ufeffBeste collega,\nOnderwerp: melding\nHierbij een melding.\n\n"
        "*DATUM  toestemming :* 2026-11-20\n"
        "toestemming:\u00a0Ja.\n"
        "• eigen inzet gedaan: J\n"
        "DOEL: 1; 4\n"
        "Meerderjarig:\n\nJA\n"
        "_Woonplaats_: Venlo\n"
        "Postcode: 5921 kd\n"
        "Adres: Antoniuslaan\n   5\n"
        "Betrokkene geinformeerd: 20 november 2026\n"
        "naam: Jan de Vries-Peeters\n"
        "\nMet vriendelijke groet,\n\nPetra Hermans\nTelefoon: 077-5550101\n"
    )
    melding = _melding(slordig)
    assert melding.betrokkene == _melding(GOED).betrokkene
    assert melding.geinformeerd == date(2026, 11, 20)
    assert melding.doelen == {Doel.WOONOVERLAST, Doel.KETENREGIE}


@pytest.mark.parametrize("einde", ["-- \nPetra\nBSN: nee", "mvg Petra\nKind: x", "Groet,\nPetra"])
def test_a_signature_is_no_part_of_the_form(einde: str) -> None:
    """What stands below the closing words is not read; above the form they close nothing."""
    assert _melding(f"{GOED}\n{einde}") == _melding(GOED)
    assert _melding(f"Hierbij de melding.\nGroet,\nPetra\n\n{GOED}") == _melding(GOED)


def test_a_quotation_is_not_read() -> None:
    """The blank form below the filled-in one changes nothing; a form in a quotation is no form."""
    citaat = "\n".join(f"> {regel}" for regel in GOED.splitlines())
    assert _melding(f"{GOED}\nOp 26-11-2026 schreef de broker:\n{citaat}") == _melding(GOED)
    assert _fouten(citaat)["Formulier"] == "geciteerd"
    doorgestuurd = f"Van: Piet\nVerzonden: vandaag\n\n{GOED}"
    assert _fouten(doorgestuurd)["Formulier"] == "geciteerd"


@pytest.mark.rule("PR-7.6a")
def test_the_reason_may_have_lines_and_colons() -> None:
    """Free text keeps its lines, and a colon in it makes no field."""
    reden = "Veel klachten.\n\nVolgens de buren: elke nacht\nom 03:00 uur: lawaai"
    assert _melding(f"{GOED}Reden van melding: {reden}\nConcept: nee").reden == reden


@pytest.mark.rule("PR-6.3")
@pytest.mark.parametrize(
    "regel",
    [
        "Kinderen: twee",
        "Reden van melding: x\nBSN: y",
        "Hobby van hem: z",
        "Reden van melding: x\nConcpt melding: ja",
    ],
)
def test_a_field_that_the_form_does_not_have_is_refused(regel: str) -> None:
    """No field for children, other residents or a number can be added, not even in free text."""
    gelezen = _lees(f"{GOED}{regel}")
    assert isinstance(gelezen, Weigering)
    (fout,) = gelezen.fouten
    assert (fout.code, fout.regel) == ("onbekend-veld", "PR-6.3")
    assert not any(woord in fout.uitleg for woord in ("Kinderen", "BSN", "Hobby", "Concpt"))


def test_a_typing_error_in_a_label_is_told() -> None:
    """One wrong letter in a long label does no harm; for more, the label that was meant is told."""
    assert _melding(GOED.replace("Toestemming:", "Toesteming:", 1)) == _melding(GOED)
    gelezen = _lees(GOED.replace("Toestemming:", "Tostemmig:", 1))
    assert isinstance(gelezen, Weigering)
    uitleg = " ".join(fout.uitleg for fout in gelezen.fouten)
    assert "Bedoelt u 'Toestemming'?" in uitleg


def test_an_unknown_field_above_the_form_is_refused_too() -> None:
    """Only the head of a letter may stand there."""
    assert _fouten(f"Hobby: z\n{GOED}") == {"Formulier": "onbekend-veld"}
    assert _melding(f"Aan: de broker\nhttps://voorbeeld.example\n: leeg\n{GOED}") == _melding(GOED)


def test_a_label_that_stands_twice_is_refused() -> None:
    """Which of the two counts is never guessed, and the field is not called missing as well."""
    assert _fouten(f"{GOED}Naam: Piet\nNaam: Klaas\n") == {"Naam": "dubbel"}


def test_text_that_belongs_to_no_field_is_refused() -> None:
    """Nothing is passed on as part of an address that was no part of it."""
    assert _fouten(f"{GOED}Adres2\n\nHij is erg in de war.\nEcht.") == {
        "Formulier": "losse-tekst"
    } | {"Datum toestemming": "geen-datum"}


def test_a_text_that_is_no_form_is_refused_as_a_whole() -> None:
    """A book is not read line by line."""
    assert _fouten("a: b\n" * 9000)["Formulier"] == "te-lang"


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize(
    "nummer",
    [
        NUMMER,
        "111 222 333",
        "1112.22.333",
        "111.222.333",
        "\uff11" * 3 + "\uff12" * 3 + "\uff13" * 3,
    ],
)
def test_a_burgerservicenummer_is_refused_and_never_repeated(nummer: str) -> None:
    """Anywhere in the text, also grouped or in other digits."""
    gelezen = _lees(f"{GOED}Reden van melding: zie {nummer}, dank")
    assert isinstance(gelezen, Weigering)
    (fout,) = gelezen.fouten
    assert (fout.veld, fout.code, fout.regel) == (
        "Reden van melding",
        "burgerservicenummer",
        "UAVG-46",
    )
    assert nummer not in fout.uitleg
    assert _fouten(f"zie {nummer}\n{GOED}") == {"Formulier": "burgerservicenummer"}


@pytest.mark.parametrize(
    "tekst", ["123456789", "000000000", "1112223334", "NL111222333B01", "077-5550101", "x111222333"]
)
def test_other_numbers_are_no_burgerservicenummer(tekst: str) -> None:
    """What fails the elfproef, or is a part of something longer, is left alone."""
    assert not bevat_burgerservicenummer(tekst)


@pytest.mark.parametrize(
    ("regel", "code"),
    [
        ("Naam: X3", "geen-naam"),
        ("Naam: .", "ontbreekt"),
        ("Naam: " + "a" * 101, "te-lang"),
        ("Adres: " + "a" * 101, "te-lang"),
        ("Adres: 5", "geen-adres"),
        ("Woonplaats: Ven\x07lo", "geen-plaats"),
        ("Woonplaats: " + "a" * 61, "te-lang"),
        ("Postcode: 592 KD", "geen-postcode"),
        ("Meerderjarig: bijna", "geen-ja-of-nee"),
        ("Doel: straf", "geen-doel"),
        ("Doel: 3.2", "geen-doel"),
        ("Doel: en", "geen-doel"),
        ("Toestemming: denk het", "geen-keuze"),
        ("Datum toestemming: gisteren", "geen-datum"),
        ("Datum toestemming: 31-2-2026", "geen-datum"),
        ("Datum toestemming: 27-11-2026", "datum-in-toekomst"),
        ("Datum toestemming: 1-1-1899", "datum-te-oud"),
        ("Gronden zonder toestemming: c", "geen-grond"),
        ("Betrokkene geïnformeerd: misschien", "geen-keuze"),
        ("Betrokkene geïnformeerd: ja, 27-11-2026", "datum-in-toekomst"),
        ("Loketten uitgezonderd: bakker", "onbekend-loket"),
        ("Concept: half", "geen-ja-of-nee"),
        ("Reden van melding: " + "a" * 4001, "te-lang"),
        ("Reden van melding: a\x07b", "niet-leesbaar"),
        ("Geboortedatum: 31-12-1970", "niet-toegestaan"),
    ],
)
def test_a_wrong_value_is_told_by_its_label(regel: str, code: str) -> None:
    """The fault names the label, never the value."""
    gelezen = _lees(_met(regel))
    assert isinstance(gelezen, Weigering)
    (fout,) = gelezen.fouten
    assert (fout.veld, fout.code) == (regel.partition(":")[0], code)
    waarde = regel.partition(":")[2].strip()
    assert len(waarde) < 3 or waarde not in fout.uitleg


@pytest.mark.parametrize(
    ("regel", "veld", "waarde"),
    [
        ("Doel: 1, 2 en 4", "doelen", {Doel("1"), Doel("2"), Doel("4")}),
        ("Doel: woonoverlast en voorkomen van huisuitzetting", "doelen", {Doel("1"), Doel("3")}),
        ("Doel: vroegsignalering-toeleiding; ketenregie", "doelen", {Doel("2"), Doel("4")}),
        (
            "Doel: vroeg signaleren en toeleiden naar (bemoei)zorg, en (woon)overlast;",
            "doelen",
            {Doel("1"), Doel("2")},
        ),
        ("Gronden zonder toestemming: a en b", "gronden", set(Grond)),
        ("Gronden zonder toestemming: beide", "gronden", set(Grond)),
        ("Gronden zonder toestemming: dringende hulp", "gronden", {Grond("b")}),
        ("Betrokkene geïnformeerd: ja", "geinformeerd", VANDAAG),
        ("Betrokkene geïnformeerd: ja, op 1/11/2026", "geinformeerd", date(2026, 11, 1)),
        ("Betrokkene geïnformeerd: nee", "geinformeerd", Informeren.NOG_NIET),
        ("Betrokkene geïnformeerd: Gevaar.", "geinformeerd", Informeren.GEVAAR),
        (
            "Loketten uitgezonderd: vincent van gogh, woonwenz",
            "uitgezonderd",
            set(LOKETTEN.values()),
        ),
        ("Loketten uitgezonderd: geen", "uitgezonderd", set()),
        ("Concept: Nee", "concept", False),
    ],
)
def test_a_value_may_be_written_in_its_ordinary_ways(regel: str, veld: str, waarde: object) -> None:
    """Numbers, the covenant's words and short forms mean the same."""
    assert getattr(_melding(_met(regel)), veld) == waarde


NAMEN = (
    *("J. van der Meer-de Wit", "Ó Briain", "'t Hart", "Jan de Vries", "A.M. el Amrani"),
    *("Mohammed Ait-Ben Haddou", "Françoise d’Hondt", "Şükrü Çelik", "Đặng Văn Lâm", "Jo Li"),
    *("Maria Johanna Antonia van den Heuvel tot Beichlingen", "de heer P. op 't Veld"),
)
ADRESSEN = (
    *("Burgemeester van Rijnsingelstraat 12 a", "1e Lambertusstraat 3-II", "Plein 1940 nr 2"),
    *("Antoniuslaan 5", "'t Zand 14", "Sint-Martinusstraat 12A", "St. Jorisweg 1-3"),
    *("Laan van Hövell tot Westerflier 21", "2de Oude Heselaan 7 bis", "Kaldenkerkerweg 101"),
    *("Dr. Poelsstraat 8 hs", "Plein 1940 2", "Keulsepoort 3 B 2", "Postbus 3434"),
    *("Prof. Gelissensingel 12 kamer 3", "Maasboulevard 9-a", "Nieuw-Ehrenbreitsteinstraat 40"),
)


@pytest.mark.parametrize("naam", NAMEN)
def test_an_ordinary_name_is_a_name(naam: str) -> None:
    """Of here and of elsewhere, with what belongs to it."""
    assert lees_naam(naam) == naam


@pytest.mark.parametrize("adres", ADRESSEN)
def test_an_ordinary_address_is_an_address(adres: str) -> None:
    """Street, house number and addition as people write them."""
    assert lees_adres(adres) == adres


@pytest.mark.rule("PR-6.3")
@pytest.mark.parametrize(
    "naam",
    [
        *("Jan de Vries, verslaafd", "Jan (broer van Piet)", "Jan: ziek", "Jan 5", "Jan/Piet"),
        "Jan de Vries en hij is erg ziek geworden",
    ],
)
def test_a_name_with_more_beside_it_is_refused(naam: str) -> None:
    """A name goes to every desk: nothing about the person may travel with it."""
    fout = lees_naam(naam)
    assert isinstance(fout, Probleem)
    assert fout.code == "geen-naam"


@pytest.mark.rule("PR-6.3")
@pytest.mark.parametrize(
    "adres",
    [
        *("Antoniuslaan", "5921 KD", "Antoniuslaan 5, bij zijn moeder", "Antoniuslaan 5 (ziek)"),
        *("Antoniuslaan 5 psychotisch", "Antoniuslaan 5 en hij is ziek", "Laan 5: gevaar"),
        "hij woont daar met zijn zieke vrouw op 5",
    ],
)
def test_an_address_with_more_beside_it_is_refused(adres: str) -> None:
    """So does an address."""
    fout = lees_adres(adres)
    assert isinstance(fout, Probleem)
    assert fout.code == "geen-adres"


@pytest.mark.parametrize("teken", ["a", "a ", "a-", "1 ", "a.", "1e ", "a 1 "])
@pytest.mark.timeout(20)
def test_a_long_address_is_read_in_time(teken: str) -> None:
    """The pattern takes no long time on sixty signs that nearly fit."""
    assert isinstance(lees_adres((teken * 60)[:59] + "!"), Probleem)


def test_an_address_and_none_contradict_each_other() -> None:
    """Without a fixed address there is none to give; without one there must be nothing."""
    assert _fouten(f"{GOED}Zonder vaste woonplaats: ja") == {
        "Zonder vaste woonplaats": "tegenstrijdig"
    }


@pytest.mark.rule("PR-7.1")
def test_consent_has_a_day_and_no_consent_has_none() -> None:
    """`ja` asks for the day; a day beside `nee` contradicts it."""
    zonder_dag = GOED.replace("Datum toestemming: 20-11-2026\n", "")
    assert _fouten(zonder_dag) == {"Datum toestemming": "ontbreekt"}
    assert _fouten(GOED.replace("Toestemming: ja", "Toestemming: nee")) == {
        "Datum toestemming": "tegenstrijdig",
        "Gronden zonder toestemming": "gronden-ontbreken",
        "Afweging vastgelegd op": "afweging-ontbreekt",
    }
    nee = zonder_dag.replace("Toestemming: ja", "Toestemming: nee")
    assert _gelezen(nee).datum_toestemming is None


@settings(max_examples=80)
@given(st.text(max_size=300), st.booleans())
def test_any_text_is_a_melding_or_a_refusal(tekst: str, politie: bool) -> None:
    """No text makes the reader raise."""
    assert isinstance(_lees(tekst, politie=politie), Melding | Weigering)
    assert isinstance(_lees(f"{GOED}{tekst}"), Melding | Weigering)


@settings(max_examples=40)
@given(st.sampled_from(GOED.splitlines()), st.text("qxzQXZ739", min_size=8, max_size=20))
def test_a_refusal_never_repeats_what_was_written(regel: str, kanarie: str) -> None:
    """Whatever stands behind a label stays out of the refusal."""
    label = regel.partition(":")[0]
    gelezen = _lees(_met(f"{label}: {kanarie} 9 :"))
    if isinstance(gelezen, Weigering):
        assert kanarie not in repr(gelezen)


def test_what_a_missing_field_asks_for_reads_as_sentences() -> None:
    """What a melder reads about a missing field begins every sentence with a capital."""
    weigering = _lees("Naam: Joris Verzonnen")
    assert isinstance(weigering, Weigering)
    ontbreekt = [fout.uitleg for fout in weigering.fouten if fout.code == "ontbreekt"]
    assert len(ontbreekt) > 3
    assert [uitleg for uitleg in ontbreekt if uitleg.split(". ")[1][0].islower()] == []
