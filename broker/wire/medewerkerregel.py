"""Which employee speaks, in what the key of his desk signed: a line, or his full name (D-14).

Quotations count for nothing: a name in a mail that somebody else wrote is not a signature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from broker.domain.partner import Loket, Medewerker, MedewerkerId
from broker.wire.citaat import eigen_blokken
from broker.wire.tekst import schone_tekst, splits_label, vlak, woorden

_Namen = Mapping[tuple[str, ...], MedewerkerId | None]

LABEL = "medewerker"

_LANGSTE_TEKST = 20_000
_LANGSTE_NAAM = 200
_LANGSTE_KOP = 80
_AANSPREEKVORM = (("de", "heer"), ("mevrouw",), ("mevr",), ("mw",), ("heer",), ("dhr",))
_KORTSTE_NAAM = 2
_VOORLETTER_ERVOOR = re.compile(r"\b[^\W\d_]\.?[ -]?$")
_NAAM_GAAT_DOOR = re.compile(r"^[-'’]\w")


def genoemde_medewerkers(tekst: str, loket: Loket) -> frozenset[MedewerkerId]:
    """The employees of the desk who are named in a mail, outside its quotations.

    Where a line `Medewerker: …` stands, only such lines count, and one that names nobody makes
    that nobody is named; otherwise every full name that stands in the person's own words, his
    signature included. A name behind another label is not his own: it could be betrokkene's.
    """
    regels = [regel for blok in eigen_blokken(tekst) for regel in blok]
    gelabeld = [splits_label(regel) for regel in regels]
    genoemd = [waarde[1] for waarde in gelabeld if waarde is not None and waarde[0] == LABEL]
    if genoemd:
        namen = _namen(loket)
        gevonden = {_medewerker(waarde, namen) for waarde in set(genoemd)}
        return frozenset() if None in gevonden else frozenset(filter(None, gevonden))
    vrij = [regel for regel, label in zip(regels, gelabeld, strict=True) if label is None]
    if sum(map(len, vrij)) > _LANGSTE_TEKST:
        return frozenset()
    plat = [vlak(regel) for regel in vrij]
    return frozenset(m.id for m in loket.medewerkers if _staat_erin(m, plat))


def zonder_medewerkerregel(tekst: str, loket: Loket) -> str:
    """The text without the lines that name an employee of the desk: what is read for its content.

    A line that names nobody of the desk stays: it was something else.
    """
    namen = _namen(loket)
    regels = schone_tekst(tekst).split("\n")
    over = [regel for regel in regels if not _is_medewerkerregel(regel, namen)]
    return tekst if len(over) == len(regels) else "\n".join(over)


def _is_medewerkerregel(regel: str, namen: _Namen) -> bool:
    gelezen = splits_label(regel.strip()) if LABEL in regel[:_LANGSTE_KOP].lower() else None
    if gelezen is None or gelezen[0] != LABEL:
        return False
    return _medewerker(gelezen[1], namen) is not None


def _namen(loket: Loket) -> _Namen:
    """Whom an id or a full name means; a name that two people have means nobody."""
    namen: dict[tuple[str, ...], MedewerkerId | None] = {}
    for medewerker in loket.medewerkers:
        naam = _naam(medewerker.naam)
        namen[naam] = None if naam in namen else medewerker.id
    return namen | {(str(medewerker.id),): medewerker.id for medewerker in loket.medewerkers}


def _medewerker(waarde: str, namen: _Namen) -> MedewerkerId | None:
    """Whom the value of a line names: by id, or by full name."""
    if len(waarde) > _LANGSTE_NAAM:
        return None
    return namen.get((vlak(waarde).strip(),)) or namen.get(_naam(waarde))


def _naam(naam: str) -> tuple[str, ...]:
    """A name as it is compared: flat, without 'mevrouw' or 'de heer'."""
    delen = woorden(naam)
    for vorm in _AANSPREEKVORM:
        if delen[: len(vorm)] == vorm and len(delen) > len(vorm):
            return delen[len(vorm) :]
    return delen


def _staat_erin(medewerker: Medewerker, regels: Sequence[str]) -> bool:
    """Whether his whole name stands in one of the flat lines, and is no part of a longer one."""
    naam = _naam(medewerker.naam)
    if len(naam) < _KORTSTE_NAAM:
        return False
    vorm = re.compile(r"(?<!\w)" + r"[^\w\n]{0,3}".join(map(re.escape, naam)) + r"(?!\w)")
    return any(
        not _VOORLETTER_ERVOOR.search(regel[: gevonden.start()][-4:])
        and not _NAAM_GAAT_DOOR.match(regel[gevonden.end() :][:2])
        for regel in regels
        for gevonden in vorm.finditer(regel)
    )
