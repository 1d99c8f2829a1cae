"""The values of the melding form: from what a person typed to a value, or to what would be right.

No function repeats what was typed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from broker.domain.melding import Informeren, Toestemming
from broker.wire.tekst import is_leesbaar, vlak, woorden

LANGSTE_REDEN = 4000
_OUDSTE_JAAR = 1900


@dataclass(frozen=True, slots=True)
class Probleem:
    """What is wrong with one value: a stable code, and in Dutch what would be right."""

    code: str
    uitleg: str


@dataclass(frozen=True, slots=True)
class Geinformeerd:
    """The day on which betrokkene was told, or why he was not."""

    op_of_waarom_niet: date | Informeren


JA = frozenset({"ja", "j", "jawel", "jazeker", "ja zeker", "yes", "waar"})
NEE = frozenset({"nee", "n", "neen", "no", "onwaar"})

MAANDEN = woorden(
    "januari februari maart april mei juni juli augustus september oktober november december"
)

_MAANDNUMMERS: Mapping[str, int] = {
    naam: nummer for nummer, maand in enumerate(MAANDEN, start=1) for naam in (maand, maand[:3])
} | {"mrt": 3, "sept": 9}

_TOESTEMMINGEN: Mapping[str, Toestemming] = {
    **dict.fromkeys(JA, Toestemming.JA),
    **dict.fromkeys(
        ("ja mondeling", "ja schriftelijk", "ja gegeven", "gegeven", "ja toestemming gegeven"),
        Toestemming.JA,
    ),
    **dict.fromkeys(NEE, Toestemming.NEE),
    **dict.fromkeys(
        ("geen toestemming", "nee geen toestemming", "nee geweigerd", "geweigerd", "niet gegeven"),
        Toestemming.NEE,
    ),
    **dict.fromkeys(
        ("niet gevraagd", "nietgevraagd", "nee niet gevraagd"), Toestemming.NIET_GEVRAAGD
    ),
}

_INFORMEREN: Mapping[str, Informeren] = {
    **dict.fromkeys(NEE, Informeren.NOG_NIET),
    "nog niet": Informeren.NOG_NIET,
    "nee nog niet": Informeren.NOG_NIET,
    "niet bereikbaar": Informeren.NIET_BEREIKBAAR,
    "nee niet bereikbaar": Informeren.NIET_BEREIKBAAR,
    "niet te bereiken": Informeren.NIET_BEREIKBAAR,
    "gevaar": Informeren.GEVAAR,
    "nee gevaar": Informeren.GEVAAR,
}

_HOKJE = re.compile(r"(\[\s?[xXvV]\s?\]|\([xXvV]\)|[☒☑✓✔✅⊠])|(\[\s?\]|\(\s?\)|[☐□◻])")


def aangekruist(waarde: str) -> str:
    """What stands behind the boxes that are ticked; a text without boxes as it is."""
    hokjes = list(_HOKJE.finditer(waarde))
    if not hokjes or waarde[: hokjes[0].start()].strip():
        return waarde
    einden = [hokje.start() for hokje in hokjes[1:]] + [len(waarde)]
    return " ".join(
        waarde[hokje.end() : einde].strip(" ,;/")
        for hokje, einde in zip(hokjes, einden, strict=True)
        if hokje[1]
    )


def lees_janee(waarde: str) -> bool | Probleem:
    """Yes or no in the ordinary variants."""
    woord = " ".join(woorden(aangekruist(waarde)))
    if woord in JA:
        return True
    if woord in NEE:
        return False
    return Probleem("geen-ja-of-nee", "Schrijf alleen ja of nee.")


def _datumgetallen(tekst: str) -> tuple[str, str, str] | None:
    """Year, month and day as they were written."""
    vooraan = re.fullmatch(r"([0-9]{4})\s?[-/.]\s?([0-9]{1,2})\s?[-/.]\s?([0-9]{1,2})", tekst)
    if vooraan is not None:
        return vooraan[1], vooraan[2], vooraan[3]
    achteraan = re.fullmatch(
        r"([0-9]{1,2})\s?[-/. ]\s?([0-9]{1,2})\s?[-/. ]\s?'?([0-9]{4}|[0-9]{2})", tekst
    )
    return None if achteraan is None else (achteraan[3], achteraan[2], achteraan[1])


def _maand_als_getal(gevonden: re.Match[str]) -> str:
    nummer = _MAANDNUMMERS.get(gevonden[2])
    return gevonden[0] if nummer is None else f"{gevonden[1]}-{nummer}-"


_DAGEN = woorden("maandag dinsdag woensdag donderdag vrijdag zaterdag zondag")


def lees_datum(waarde: str, *, vandaag: date, geboorte: bool = False) -> date | Probleem:
    """A day up to today: jjjj-mm-dd, d-m-jjjj, d-m-jj or '3 december 2026', with 'op' before it.

    Two digits are a year of this century, but never the year of a birth.
    """
    tekst = vlak(waarde).strip(" .,()")
    tekst = re.sub(r"^(?:op|d\.?\s?d\.?)\s+(?=[a-z0-9])", "", tekst)
    tekst = re.sub(rf"^(?:{'|'.join(_DAGEN)})\s+(?=[0-9])", "", tekst)
    tekst = re.sub(r"^([0-9]{1,2})e?[\s-]{1,2}([a-z]{3,9})\.?[\s-]{1,2}", _maand_als_getal, tekst)
    getallen = _datumgetallen(tekst)
    if getallen is None or (geboorte and len(getallen[0]) == 2):
        return Probleem(
            "geen-datum", "Schrijf een datum als dag-maand-jaar, bijvoorbeeld 3-12-2026."
        )
    jaar, maandnummer, dag = map(int, getallen)
    if len(getallen[0]) == 2:
        jaar += vandaag.year // 100 * 100
    try:
        datum = date(jaar, maandnummer, dag)
    except ValueError:
        return Probleem("geen-datum", "Deze datum bestaat niet. Kijk de datum na.")
    if datum > vandaag:
        return Probleem("datum-in-toekomst", "Deze datum moet vandaag of eerder zijn.")
    if datum.year < _OUDSTE_JAAR:
        return Probleem("datum-te-oud", f"Het jaar moet {_OUDSTE_JAAR} of later zijn.")
    return datum


def lees_reden(waarde: str) -> str | Probleem:
    """The free text for the ketenregisseur; its lines stay."""
    if len(waarde) > LANGSTE_REDEN:
        return Probleem("te-lang", f"Maak het korter: niet meer dan {LANGSTE_REDEN} tekens.")
    if not is_leesbaar(waarde.replace("\n", "")):
        return Probleem("niet-leesbaar", "Gebruik gewone letters en cijfers.")
    return waarde


def lees_artikel(waarde: str) -> int | Probleem:
    """The number of the one article of the Wpg that an officer states (WPG-14.2)."""
    vlakke = " ".join(woorden(aangekruist(waarde)))
    gevonden = re.fullmatch(r"(?:(?:artikel|art) )?([0-9]{1,3}[a-z]?)(?: (?:van de )?wpg)?", vlakke)
    if gevonden is None or not gevonden[1].isdecimal():
        return Probleem("geen-artikel", "Schrijf 8 of 13, en niets anders.")
    return int(gevonden[1])


def splits_toestemming(waarde: str, *, vandaag: date) -> tuple[str, str]:
    """'ja, op 20-11-2026' as 'ja' and the day; another value with an empty day."""
    gevonden = re.fullmatch(r"[*_ ]*(ja)\b[\s,:;(]*(.*[0-9].*)", waarde, re.IGNORECASE)
    if gevonden is None:
        return waarde, ""
    gelezen = lees_datum(gevonden[2], vandaag=vandaag)
    if isinstance(gelezen, Probleem) and gelezen.code == "geen-datum":
        return waarde, ""
    return gevonden[1], gevonden[2]


def lees_toestemming(waarde: str) -> Toestemming | Probleem:
    """Whether betrokkene agreed (PR-7.1)."""
    return _TOESTEMMINGEN.get(" ".join(woorden(aangekruist(waarde)))) or Probleem(
        "geen-keuze", "Schrijf ja, nee of niet gevraagd."
    )


def lees_geinformeerd(waarde: str, *, vandaag: date) -> Geinformeerd | Probleem:
    """Whether betrokkene was told: a day, or why not yet. A bare 'ja' means today at the latest."""
    waarde = aangekruist(waarde)
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
