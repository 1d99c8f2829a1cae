"""How letters look: lines of at most 76 characters that read well in any mail program."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from datetime import date

from broker.domain.melding import Betrokkene
from broker.domain.partner import Netwerk
from broker.wire.waarden import MAANDEN

BREEDTE = 76
_INSPRINGEN = "    "
_DAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

_BRONNEN: Mapping[str, str] = {
    "C": "convenant, artikel {}",
    "PR": "privacyreglement, artikel {}",
    "B": "werkproces, punt {}",
    "BS": "beslissing artikel 20 Wpg, punt {}",
    "UAVG": "artikel {} UAVG",
    "AVG": "artikel {} AVG",
    "WPG": "artikel {} Wpg",
}


_PUNTEN = frozenset({"B", "BS"})
_ELDERS: Mapping[str, str] = {"D-2": "PR-6.5a", "PR-7.6a": "PR-7.6"}
"""Where people find a rule that has an id of our own."""

_NAAM = re.compile(r"(mevrouw|de heer)\s+(?:(?:[^\W\d_]{1,2}\.\s*)+)?(\S.*)")


def aanhef(naam: str) -> str:
    """'Beste heer Van der Linden,' for 'de heer W. van der Linden'; another name as it is."""
    gevonden = _NAAM.fullmatch(naam)
    if gevonden is None:
        return alinea(f"Beste {naam},")
    achternaam = gevonden[2]
    woord = gevonden[1].removeprefix("de ")
    return alinea(f"Beste {woord} {achternaam[0].upper()}{achternaam[1:]},")


def lange_datum(dag: date) -> str:
    """'donderdag 3 december 2026'."""
    return f"{_DAGEN[dag.weekday()]} {dag.day} {MAANDEN[dag.month - 1]} {dag.year}"


def korte_datum(dag: date, *, vandaag: date) -> str:
    """'3 december', with the year when that is another year than today's."""
    jaar = "" if dag.year == vandaag.year else f" {dag.year}"
    return f"{dag.day} {MAANDEN[dag.month - 1]}{jaar}"


def alinea(*zinnen: str, inspringen: str = "") -> str:
    """Sentences as one paragraph; an empty one is left out."""
    return textwrap.fill(
        " ".join(filter(None, zinnen)),
        BREEDTE,
        initial_indent=inspringen,
        subsequent_indent=inspringen,
        break_on_hyphens=False,
    )


def citeer(tekst: str) -> str:
    """A text of several lines, indented, its empty lines kept."""
    return "\n".join(alinea(regel, inspringen=_INSPRINGEN) for regel in tekst.split("\n"))


def punten(regels: Iterable[str]) -> str:
    """A list with a hyphen before each point."""
    return "\n".join(
        textwrap.fill(
            regel,
            BREEDTE,
            initial_indent="- ",
            subsequent_indent="  ",
            break_on_hyphens=False,
        )
        for regel in regels
    )


def velden(waarden: Iterable[tuple[str, str]]) -> str:
    """Labels with values below each other; an empty value has no line."""
    gevuld = [(label, waarde) for label, waarde in waarden if waarde]
    breedte = max(len(label) for label, _ in gevuld) + 2
    return "\n".join(
        textwrap.fill(
            waarde,
            BREEDTE,
            initial_indent=f"{_INSPRINGEN}{label + ':':<{breedte}}",
            subsequent_indent=_INSPRINGEN + " " * breedte,
            break_on_hyphens=False,
        )
        for label, waarde in gevuld
    )


def persoon(betrokkene: Betrokkene) -> str:
    """Who it is about: name and address, and no more than the melding gave (D-2)."""
    plaats = f"{betrokkene.postcode} {betrokkene.woonplaats}".strip()
    geboren = betrokkene.geboortedatum
    return velden(
        (
            ("Naam", betrokkene.naam),
            ("Adres", betrokkene.adres),
            ("Woonplaats", plaats),
            ("Woont", "zonder vaste woonplaats" if betrokkene.zonder_vaste_woonplaats else ""),
            ("Geboren", f"{geboren.day}-{geboren.month}-{geboren.year}" if geboren else ""),
        )
    )


def artikel_van(regel: str) -> str:
    """The article behind the id of a rule, in words; empty when people cannot look it up.

    'PR-6.5a' is 'privacyreglement, artikel 6 lid 5 onder a'.
    """
    gevonden = re.fullmatch(r"([A-Z]+)-(\d+)(?:\.(\d+))?([a-z]?)", _ELDERS.get(regel, regel))
    if gevonden is None:
        return ""
    bron, artikel, lid, letter = gevonden.groups()
    if bron in _PUNTEN:
        plaats = f"{artikel}.{lid}" if lid else artikel
    else:
        plaats = artikel + (f" lid {lid}" if lid else "") + (f" onder {letter}" if letter else "")
    return _BRONNEN.get(bron, "").format(plaats)


def samen(netwerk: Netwerk, *delen: str) -> str:
    """The whole text: its parts with an empty line between, and the foot."""
    voet = alinea(f"Dit is een automatisch bericht van {netwerk.naam}.")
    return "\n\n".join([*(deel for deel in delen if deel), voet]) + "\n"
