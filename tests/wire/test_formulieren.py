"""Forms of many hands: what a person finds clear is taken, and what is wrong is told exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broker.domain.convenant import beoordeel_melding
from broker.domain.errors import Fout
from broker.domain.label import Label, plek_op_formulier
from broker.domain.melding import PolitieMelding
from broker.wire.formulier import lees_formulier
from broker.wire.formulierblad import tel_labels
from tests.fixtures.netwerk import maak_netwerk, spreker_van
from tests.wire.formulieren import (
    BASIS,
    FOUT,
    FOUT_POLITIE,
    GOED,
    JA,
    NAW,
    NEE,
    NIET,
    POLITIE,
    REST,
)

NETWERK = maak_netwerk()
LOKETTEN = {loket.naam: loket.id for loket in NETWERK.loketten()}
VANDAAG = date(2026, 11, 23)


def _oordeel(tekst: str, *, politie: bool = False) -> tuple[Fout, ...]:
    ingevuld = lees_formulier(tekst, politie=politie, loketten=LOKETTEN, vandaag=VANDAAG)
    melder = spreker_van(NETWERK, "w.vanderlinden" if politie else "e.smeets")
    weigering = beoordeel_melding(ingevuld, netwerk=NETWERK, melder=melder, dag=VANDAAG)
    return weigering.fouten if weigering else ()


def _codes(fouten: tuple[Fout, ...]) -> list[tuple[str, str]]:
    return [(fout.veld, fout.code) for fout in fouten]


@pytest.mark.parametrize("tekst", GOED.values(), ids=GOED)
def test_a_form_that_a_person_finds_clear_is_taken(tekst: str) -> None:
    """Whatever mail program, word processor or habit it came through: the same melding."""
    assert _oordeel(tekst) == ()
    ingevuld = lees_formulier(tekst, politie=False, loketten=LOKETTEN, vandaag=VANDAAG)
    bedoeld = lees_formulier(BASIS, politie=False, loketten=LOKETTEN, vandaag=VANDAAG)
    naam = ingevuld.melding.betrokkene.naam
    assert naam.casefold() == "joris verzonnen"
    gewoon = replace(
        ingevuld.melding.betrokkene,
        naam="Joris Verzonnen",
        adres="Voorbeeldstraat 12",
        woonplaats="Venlo",
    )
    assert replace(ingevuld.melding, betrokkene=gewoon) == bedoeld.melding
    assert tel_labels(tekst) >= 7


@pytest.mark.parametrize(("tekst", "verwacht"), FOUT.values(), ids=FOUT)
def test_what_is_wrong_is_told_exactly(tekst: str, verwacht: dict[str, str]) -> None:
    """Each fault by its label, once, in the order of the form; nothing that only follows."""
    codes = _codes(_oordeel(tekst))
    assert sorted(codes) == sorted(verwacht.items())
    plekken = [plek_op_formulier(veld) for veld, _ in codes]
    assert plekken == sorted(plekken)


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize(("tekst", "verwacht"), FOUT_POLITIE.values(), ids=FOUT_POLITIE)
def test_what_is_wrong_on_the_form_of_the_police(tekst: str, verwacht: dict[str, str]) -> None:
    """They state article 8 or 13, and nothing about consent."""
    assert sorted(_codes(_oordeel(tekst, politie=True))) == sorted(verwacht.items())


@pytest.mark.rule("WPG-14.2")
@pytest.mark.parametrize(
    ("waarde", "artikel"),
    [("8", 8), ("13", 13), ("artikel 8", 8), ("art. 13 Wpg", 13), ("8 van de Wpg", 8)],
)
def test_an_article_may_be_written_in_its_ordinary_ways(waarde: str, artikel: int) -> None:
    """It is kept in the melding of the police."""
    tekst = POLITIE.replace("Artikel: 8", f"Artikel: {waarde}")
    assert _oordeel(tekst, politie=True) == ()
    melding = lees_formulier(tekst, politie=True, loketten=LOKETTEN, vandaag=VANDAAG).melding
    assert isinstance(melding, PolitieMelding)
    assert melding.artikel == artikel


@pytest.mark.rule("PR-7.3")
@pytest.mark.rule("PR-7.4")
@pytest.mark.rule("PR-7.5")
@pytest.mark.parametrize("tekst", [NEE, NIET, NEE.replace("a en b", "\na: ja\nb: ja")])
def test_without_consent_the_form_needs_no_free_text(tekst: str) -> None:
    """Grounds, a weighing and its day are enough; in three words where nobody was asked."""
    assert _oordeel(NAW + REST + tekst) == ()


_KAPOT: dict[Label, tuple[str, str]] = {
    Label.NAAM: ("Naam: Kanarie 77", "geen-naam"),
    Label.ADRES: ("Adres: Kanarie", "geen-adres"),
    Label.POSTCODE: ("Postcode: Kanarie", "geen-postcode"),
    Label.WOONPLAATS: ("Woonplaats: Kanarie 7", "geen-plaats"),
    Label.MEERDERJARIG: ("Meerderjarig: kanarie", "geen-ja-of-nee"),
    Label.DOEL: ("Doel: kanarie", "geen-doel"),
    Label.EIGEN_INZET: ("Eigen inzet gedaan: nee", "eigen-inzet-ontbreekt"),
    Label.TOESTEMMING: ("Toestemming: kanarie", "geen-keuze"),
    Label.DATUM_TOESTEMMING: ("Datum toestemming: kanarie", "geen-datum"),
    Label.GRONDEN: ("Gronden zonder toestemming: kanarie", "geen-grond"),
    Label.ZOU_AFWIJZEN: ("Betrokkene zou hulp afwijzen: kanarie", "geen-ja-of-nee"),
    Label.AFWEGING: ("Afweging vastgelegd op: kanarie", "geen-datum"),
    Label.NIEUWE_AFWEGING: ("Nieuwe afweging vastgelegd op: kanarie", "geen-datum"),
    Label.GEINFORMEERD: ("Betrokkene geïnformeerd: kanarie", "geen-keuze"),
    Label.UITGEZONDERD: ("Loketten uitgezonderd: kanarie", "onbekend-loket"),
    Label.CONCEPT: ("Concept: kanarie", "geen-ja-of-nee"),
}


@settings(max_examples=150, deadline=None)
@given(st.sets(st.sampled_from(sorted(_KAPOT))), st.booleans(), st.randoms(use_true_random=False))
def test_any_combination_of_faults_is_told_once_each(
    stuk: set[Label], kinderen: bool, toeval: object
) -> None:
    """Form and law together, each field once, in order, and nothing of what was written."""
    regels = {Label(regel.partition(":")[0]): regel for regel in BASIS.splitlines()} | {
        label: _KAPOT[label][0] for label in stuk
    }
    tekst = "\n".join([*regels.values(), *(["Kinderen: kanarie"] if kinderen else [])])
    fouten = _oordeel(tekst)
    verwacht = [(str(label), _KAPOT[label][1]) for label in Label if label in stuk]
    verwacht += [("Formulier", "onbekend-veld")] if kinderen else []
    assert _codes(fouten) == verwacht
    assert "anarie" not in repr(fouten)


_WAARDEN = st.text("abn 1259.,:ja-eT\n", max_size=12) | st.sampled_from(["ja", "nee", "1", "8"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(st.sampled_from(Label), _WAARDEN), st.booleans())
def test_no_field_is_told_twice(waarden: dict[Label, str], politie: bool) -> None:
    """Whatever stands in the fields, one sentence a field is enough to go on."""
    fouten = _oordeel(
        "\n".join(f"{label}: {waarde}" for label, waarde in waarden.items()), politie=politie
    )
    velden = [fout.veld for fout in fouten if fout.veld != "Formulier"]
    assert len(velden) == len(set(velden))
    assert len({f for f in fouten if f.veld == "Formulier"}) + len(velden) == len(fouten)


def test_the_two_halves_of_the_table_are_as_large_as_promised() -> None:
    """Enough hands to say something."""
    assert len(GOED) >= 40
    assert len(FOUT) + len(FOUT_POLITIE) >= 60
    assert JA in BASIS
