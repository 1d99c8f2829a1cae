"""Name and address as a person wrote them: to a value, or to what would be right (D-2).

They go to every desk, so nothing about the person may travel in them (PR-6.3). No function repeats
what was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from broker.domain.label import Label
from broker.wire.tekst import vlak
from broker.wire.waarden import Probleem

LANGSTE_NAAM = 100
LANGSTE_ADRES = 60
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


def lees_postcode(waarde: str) -> str | Probleem:
    """A Dutch postcode, as '5911 AB'."""
    gevonden = re.fullmatch(r"([1-9][0-9]{3})[\s-]{0,3}([A-Za-z]{2})", waarde.strip(" ."))
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
    if {"en", "of"} & set(waarde.split()[1:-1]):
        return Probleem("geen-naam", "Schrijf de naam van één persoon.")
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


_POSTCODE = r"(?P<postcode>[1-9][0-9]{3}\s?[A-Za-z]{2})"
_PLAATS = r"(?P<plaats>[^\W\d_][^\d,;:()]{1,59})"
_NA_ADRES = re.compile(rf"[\s,;]{{1,3}}{_POSTCODE}(?:[\s,;]{{1,3}}{_PLAATS})?")
_POSTCODE_PLAATS = re.compile(rf"{_POSTCODE}[\s,;]{{1,3}}{_PLAATS}")


def verdeel_adres(velden: Mapping[Label, str]) -> dict[Label, str]:
    """The fields, with what was written in one of the three parts of an address in its own place.

    'Antoniuslaan 5, 5921 KD Venlo' and '5921 KD Venlo' are clear to anybody. What contradicts
    another field stays where it is, and is refused there.
    """
    verdeeld = dict(velden)
    for label in (Label.ADRES, Label.POSTCODE, Label.WOONPLAATS):
        waarde = verdeeld.get(label, "")
        delen = _delen_van_adres(waarde) if label is Label.ADRES else _delen_van_plaats(waarde)
        if all(
            deel_label is label or _zelfde(verdeeld.get(deel_label, ""), deel)
            for deel_label, deel in delen.items()
        ):
            verdeeld |= {label: ""} if delen else {}
            verdeeld |= delen
    return verdeeld


def _zelfde(een: str, ander: str) -> bool:
    return not een or vlak(een).replace(" ", "") == vlak(ander).replace(" ", "")


def _delen_van_adres(waarde: str) -> dict[Label, str]:
    if len(waarde) > 3 * LANGSTE_ADRES or not isinstance(lees_adres(waarde), Probleem):
        return {}
    for gevonden in _NA_ADRES.finditer(waarde):
        voor = waarde[: gevonden.start()]
        if gevonden.end() == len(waarde) and not isinstance(lees_adres(voor), Probleem):
            return {Label.ADRES: voor} | _plaatsdelen(gevonden)
    return {}


def _delen_van_plaats(waarde: str) -> dict[Label, str]:
    gevonden = _POSTCODE_PLAATS.fullmatch(waarde)
    return {} if gevonden is None else _plaatsdelen(gevonden)


def _plaatsdelen(gevonden: re.Match[str]) -> dict[Label, str]:
    delen = {Label.POSTCODE: gevonden["postcode"]}
    return delen if gevonden["plaats"] is None else delen | {Label.WOONPLAATS: gevonden["plaats"]}
