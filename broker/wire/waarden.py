"""The values of the melding form: from what a person typed to a value, or to what would be right.

No function repeats what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from broker.domain.melding import Doel, Grond, Informeren, Toestemming
from broker.domain.partner import LoketId
from broker.wire.tekst import dek, is_leesbaar, vlak, woorden

LANGSTE_NAAM = 100
LANGSTE_ADRES = 60
LANGSTE_REDEN = 4000
_OUDSTE_JAAR = 1900

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Probleem:
    """What is wrong with one value: a stable code, and in Dutch what would be right."""

    code: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Geinformeerd:
    """The day on which betrokkene was told, or why he was not."""

    op_of_waarom_niet: date | Informeren


JA = frozenset({"ja", "j", "jawel", "yes", "waar"})
NEE = frozenset({"nee", "n", "neen", "no", "onwaar"})

MAANDEN = woorden(
    "januari februari maart april mei juni juli augustus september oktober november december"
)

_TOESTEMMINGEN: Mapping[str, Toestemming] = {
    **dict.fromkeys(JA, Toestemming.JA),
    **dict.fromkeys(NEE, Toestemming.NEE),
    "geen toestemming": Toestemming.NEE,
    "niet gevraagd": Toestemming.NIET_GEVRAAGD,
    "nietgevraagd": Toestemming.NIET_GEVRAAGD,
}

_INFORMEREN: Mapping[str, Informeren] = {
    **dict.fromkeys(NEE, Informeren.NOG_NIET),
    "nog niet": Informeren.NOG_NIET,
    "nee nog niet": Informeren.NOG_NIET,
    "niet bereikbaar": Informeren.NIET_BEREIKBAAR,
    "nee niet bereikbaar": Informeren.NIET_BEREIKBAAR,
    "gevaar": Informeren.GEVAAR,
    "nee gevaar": Informeren.GEVAAR,
}

_DOELEN: Mapping[Doel, tuple[str, ...]] = {
    Doel.WOONOVERLAST: (
        "1",
        "woonoverlast",
        "overlast",
        (
            "het op effectieve en integrale wijze aanpakken, terugdringen en voorkomen van"
            " (woon)overlast"
        ),
        "aanpakken, terugdringen en voorkomen van (woon)overlast",
    ),
    Doel.VROEGSIGNALERING_TOELEIDING: (
        "2",
        "vroegsignalering-toeleiding",
        "vroegsignalering en toeleiding",
        "vroegsignalering",
        "vroeg signaleren en toeleiden naar (bemoei)zorg",
        (
            "in een zo vroeg mogelijk stadium signaleren van problematisch (woon)gedrag en"
            " integraal toe leiden naar en bieden van (bemoei)zorg en ondersteuning"
        ),
        (
            "in een zo vroeg mogelijk stadium signaleren van problematisch (woon)gedrag en"
            " integraal toeleiden naar en bieden van (bemoei)zorg en ondersteuning"
        ),
    ),
    Doel.ESCALATIE_HUISUITZETTING: (
        "3",
        "escalatie-huisuitzetting",
        "escalatie en huisuitzetting",
        "huisuitzetting",
        "voorkomen van huisuitzetting",
        "voorkomen van escalatie en huisuitzetting",
        (
            "escalatie van (individuele) problematiek, structurele (woon)overlast voorkomen en het"
            " voorkomen van huisuitzetting"
        ),
    ),
    Doel.KETENREGIE: (
        "4",
        "ketenregie",
        "het versterken van ketensamenwerking en ketenregie",
        "versterken van ketensamenwerking en ketenregie",
    ),
}
"""The covenant's own words of art. 3 lid 2, their numbers, and the short forms."""

_GRONDEN: Mapping[Grond, tuple[str, ...]] = {
    Grond.ERNSTIGE_TOESTAND: (
        "a",
        "ernstige toestand",
        "ernstige gezondheidstoestand",
        "ernstige lichamelijke of geestelijke gezondheidstoestand",
    ),
    Grond.DRINGENDE_HULP: (
        "b",
        "dringende hulp",
        "dringende noodzaak",
        "hulp dringend nodig",
        "hulp is dringend nodig",
        "dringende noodzaak voor hulp",
    ),
}

_MEESTE_NAAMWOORDEN = 8
_MEESTE_PLAATSWOORDEN = 6
_STRAATWOORD = r"(?:[1-9][0-9]?(?:e|de|ste)\s)?['’‘]?[^\W\d_]+(?:[.'’‘\-]+[^\W\d_]+)*[.'’]?"
_ADRES = re.compile(
    rf"{_STRAATWOORD}(?:\s{_STRAATWOORD}){{0,5}}(?:\s[1-9][0-9]{{0,3}}(?:-[0-9]{{4}})?)?"
    r"\s(?:(?:nr|no)\.?\s|huisnummer\s)?[1-9][0-9]{0,4}"
    r"(?:\s?-?\s?(?:[a-z]|i{1,3}|iv|vi{0,3}|[0-9]{1,4}))?"
    r"(?:\s?-?\s?(?:[a-z]|[0-9]{1,4}|bis|hs|huis|boven|beneden|zwart|rood|wit"
    r"|(?:kamer|app|apt|unit)\.?\s[0-9]{1,4}))?",
    re.IGNORECASE,
)
_TUSSENWOORDEN = frozenset({"en", "doel", "doelen", "grond", "gronden"})
_NUMMERING = re.compile(r"[0-9]+(?:\.[0-9]+)+")


def _stukken(waarde: str) -> tuple[str, ...]:
    """Words; '(woon)overlast' is one, and '3.2' is not two numbers but no word that we know."""
    return woorden(_NUMMERING.sub("nummering", re.sub(r"[()]", "", waarde)))


def _tabel(bron: Mapping[T, tuple[str, ...]]) -> Mapping[tuple[str, ...], T]:
    return {_stukken(vorm): waarde for waarde, vormen in bron.items() for vorm in vormen}


_DOELTABEL = _tabel(_DOELEN)
_GRONDTABEL = _tabel(_GRONDEN)


def _verzamel(waarde: str, tabel: Mapping[tuple[str, ...], T]) -> frozenset[T] | None:
    """Every value that is named; None when a word is left over that the table does not know."""
    gevonden: set[T] = set()
    for zinsdeel, betekenis in dek(_stukken(waarde), tabel):
        if betekenis is not None:
            gevonden.add(betekenis)
        elif zinsdeel[0] not in _TUSSENWOORDEN:
            return None
    return frozenset(gevonden)


def lees_janee(waarde: str) -> bool | Probleem:
    """Yes or no in the ordinary variants."""
    woord = " ".join(woorden(waarde))
    if woord in JA:
        return True
    if woord in NEE:
        return False
    return Probleem("geen-ja-of-nee", "Schrijf ja of nee.")


def lees_datum(waarde: str, *, vandaag: date) -> date | Probleem:
    """A day up to today, written as jjjj-mm-dd, d-m-jjjj or '3 december 2026'."""
    tekst = vlak(waarde).strip(" .,")
    for nummer, maand in enumerate(MAANDEN, start=1):
        tekst = re.sub(rf"\s+{maand}\s+", f"-{nummer}-", tekst)
    cijfers = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", tekst)
    if cijfers is not None:
        jaar, maandnummer, dag = map(int, cijfers.groups())
    else:
        cijfers = re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4})", tekst)
        if cijfers is None:
            return Probleem(
                "geen-datum", "Schrijf een datum als dag-maand-jaar, bijvoorbeeld 3-12-2026."
            )
        dag, maandnummer, jaar = map(int, cijfers.groups())
    try:
        datum = date(jaar, maandnummer, dag)
    except ValueError:
        return Probleem("geen-datum", "Deze datum bestaat niet. Kijk de datum na.")
    if datum > vandaag:
        return Probleem("datum-in-toekomst", "Deze datum moet vandaag of eerder zijn.")
    if datum.year < _OUDSTE_JAAR:
        return Probleem("datum-te-oud", f"Het jaar moet {_OUDSTE_JAAR} of later zijn.")
    return datum


def lees_postcode(waarde: str) -> str | Probleem:
    """A Dutch postcode, as '5911 AB'."""
    gevonden = re.fullmatch(r"([1-9][0-9]{3})\s*([A-Za-z]{2})", waarde.strip(" ."))
    if gevonden is None:
        return Probleem(
            "geen-postcode", "Schrijf vier cijfers en twee letters, bijvoorbeeld 5911 AB."
        )
    return f"{gevonden[1]} {gevonden[2].upper()}"


def lees_naam(waarde: str) -> str | Probleem:
    """A name: at most eight words of letters, with the signs that names have."""
    if len(waarde) > LANGSTE_NAAM:
        return Probleem("te-lang", f"Schrijf alleen de naam, niet meer dan {LANGSTE_NAAM} tekens.")
    letters = sum(teken.isalpha() for teken in waarde)
    if letters < 2 or not all(c.isalpha() or c in " -'’‘`." for c in waarde):
        return Probleem(
            "geen-naam",
            "Schrijf alleen de naam, in letters, bijvoorbeeld J. de Vries-Peeters."
            " Zonder komma's, haakjes en cijfers.",
        )
    if len(waarde.split()) > _MEESTE_NAAMWOORDEN:
        return Probleem(
            "geen-naam", f"Schrijf alleen de naam, niet meer dan {_MEESTE_NAAMWOORDEN} woorden."
        )
    return waarde


def lees_adres(waarde: str) -> str | Probleem:
    """A street and a house number with what belongs to it."""
    if len(waarde) > LANGSTE_ADRES:
        return Probleem(
            "te-lang",
            f"Schrijf alleen straat en huisnummer, niet meer dan {LANGSTE_ADRES} tekens.",
        )
    if _ADRES.fullmatch(waarde) is None:
        return Probleem(
            "geen-adres",
            "Schrijf alleen straat en huisnummer, bijvoorbeeld Voorbeeldstraat 12 a."
            " Zonder komma's en haakjes.",
        )
    return waarde


def lees_plaats(waarde: str) -> str | Probleem:
    """The name of a town: at most six words of letters."""
    if len(waarde) > LANGSTE_ADRES:
        return Probleem("te-lang", f"Gebruik niet meer dan {LANGSTE_ADRES} tekens.")
    letters = sum(teken.isalpha() for teken in waarde)
    gewoon = all(c.isalpha() or c in " -'’‘." for c in waarde)
    if letters < 2 or not gewoon or len(waarde.split()) > _MEESTE_PLAATSWOORDEN:
        return Probleem("geen-plaats", "Schrijf alleen de plaats, in letters, bijvoorbeeld Venlo.")
    return waarde


def lees_reden(waarde: str) -> str | Probleem:
    """The free text for the ketenregisseur; its lines stay."""
    if len(waarde) > LANGSTE_REDEN:
        return Probleem("te-lang", f"Maak het korter: niet meer dan {LANGSTE_REDEN} tekens.")
    if not is_leesbaar(waarde.replace("\n", "")):
        return Probleem("niet-leesbaar", "Gebruik gewone letters en cijfers.")
    return waarde


def lees_doelen(waarde: str) -> frozenset[Doel] | Probleem:
    """The purposes by number, in the covenant's own words, or in short (PR-2)."""
    return _verzamel(waarde, _DOELTABEL) or Probleem(
        "geen-doel",
        (
            "Kies uit 1 (woonoverlast), 2 (vroegsignalering-toeleiding),"
            " 3 (escalatie-huisuitzetting) en 4 (ketenregie). Schrijf er niets anders bij."
        ),
    )


def lees_gronden(waarde: str) -> frozenset[Grond] | Probleem:
    """The two grounds of PR-7.3, by letter or in words."""
    vlakke = " ".join(woorden(waarde))
    if vlakke in {"beide", "beide gronden", "allebei"}:
        return frozenset(Grond)
    return _verzamel(waarde, _GRONDTABEL) or Probleem(
        "geen-grond", "Schrijf a, b of 'a en b'. Schrijf er geen toelichting bij."
    )


def lees_toestemming(waarde: str) -> Toestemming | Probleem:
    """Whether betrokkene agreed (PR-7.1)."""
    return _TOESTEMMINGEN.get(" ".join(woorden(waarde))) or Probleem(
        "geen-keuze", "Schrijf ja, nee of niet gevraagd."
    )


def lees_geinformeerd(waarde: str, *, vandaag: date) -> Geinformeerd | Probleem:
    """Whether betrokkene was told: a day, or why not yet. A bare 'ja' means today at the latest."""
    vlakke = " ".join(woorden(waarde))
    if vlakke in JA:
        return Geinformeerd(vandaag)
    if vlakke in _INFORMEREN:
        return Geinformeerd(_INFORMEREN[vlakke])
    datum = lees_datum(re.sub(r"^ja\b[\s,:;]*(?:op\s+)?", "", vlak(waarde)), vandaag=vandaag)
    if isinstance(datum, date):
        return Geinformeerd(datum)
    if datum.code == "geen-datum":
        return Probleem(
            "geen-keuze",
            "Schrijf ja, een datum, of waarom niet: nog niet, niet bereikbaar of gevaar.",
        )
    return datum


def lees_loketten(waarde: str, *, loketten: Mapping[str, LoketId]) -> frozenset[LoketId] | Probleem:
    """The desks that are left out, by name or id."""
    if " ".join(woorden(waarde)) in {*NEE, "geen", "nvt", "n v t"}:
        return frozenset()
    tabel = {woorden(naam): loket for naam, loket in loketten.items()}
    tabel |= {woorden(loket): loket for loket in loketten.values()}
    gevonden = _verzamel(waarde, tabel)
    if gevonden is None:
        namen = ", ".join(loketten) or "geen"
        return Probleem("onbekend-loket", f"Kies uit deze loketten: {namen}.")
    return gevonden
