"""Which employee speaks, in what the key of his desk signed: a line, or who signed it (D-14).

Quotations count for nothing: a name in a mail that somebody else wrote is not a signature.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from broker.domain.partner import Loket, MedewerkerId
from broker.wire.citaat import eigen_blokken
from broker.wire.tekst import schone_tekst, splits_label, vlak, woorden

_Namen = Mapping[tuple[str, ...], MedewerkerId | None]

LABEL = "medewerker"

_LANGSTE_TEKST = 20_000
_LANGSTE_NAAM = 200
_LANGSTE_KOP = 80
_AANSPREEKVORM = (("de", "heer"), ("mevrouw",), ("mevr",), ("mw",), ("heer",), ("dhr",))
_KORTSTE_NAAM = 2
_KALE_NAAM = re.compile(r"[\w.'’\- ]+")
_OPSMUK = " ,.;:!*_"
_SLOTWOORDEN = re.compile(
    r"(?:^\W{0,3}|(?<=[.!?,;/|] ))"
    r"(?:(?:met )?(?:een )?(?:[^\W\d_]{3,14}e )?groet(?:en|jes)?"
    r"|(?:met )?vriendelijk (?:groet|gegroet)|m\.?v\.?g|vr\.? ?gr|grt?z?|hgr"
    r"|(?:met (?:de meeste )?)?hoogachting|hoogachtend|liefs|(?:(?:kind|best|warm) )?regards)"
    r"(?!\w)",
    re.IGNORECASE,
)
_DOOR_EEN_ANDER = re.compile(
    r"^\W{0,3}(?:i\.o\.|b\.a\.|p\.p\.|[bp]/[ao](?!\w)"
    r"|(?i:(?:namens|voor) dezen?|(?:onder|ge)tekend door|ge(?:schreven|typt) door)(?!\w))"
)


def genoemde_medewerkers(tekst: str, loket: Loket) -> frozenset[MedewerkerId]:
    """The employees of the desk who are named in a mail, outside its quotations.

    Where a line `Medewerker: …` stands, only such lines count, and one that names nobody makes
    that nobody is named; otherwise who signed: the full name that is the first line below the
    closing words, and the whole of it. Any other name in a mail is that of somebody whom it is
    about, or goes to: a colleague, the head of a team, who is stood in for.
    """
    regels = [regel for blok in eigen_blokken(tekst) for regel in blok]
    gelabeld = [splits_label(regel) for regel in regels]
    genoemd = [waarde[1] for waarde in gelabeld if waarde is not None and waarde[0] == LABEL]
    if genoemd:
        namen = _namen(loket)
        gevonden = {_medewerker(waarde, namen) for waarde in set(genoemd)}
        return frozenset() if None in gevonden else frozenset(filter(None, gevonden))
    if sum(map(len, regels)) > _LANGSTE_TEKST or any(map(_DOOR_EEN_ANDER.match, regels)):
        return frozenset()
    namen = _namen(loket)
    ondertekend = {_ondertekenaar(regel, namen) for regel in _onder_slotwoorden(regels)}
    return frozenset() if None in ondertekend else frozenset(filter(None, ondertekend))


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


def _onder_slotwoorden(regels: Sequence[str]) -> Iterator[str]:
    """The first words below each closing, or right behind it; a second closing is passed over."""
    gesloten = False
    for regel in regels:
        for plek, stuk in enumerate(_SLOTWOORDEN.split(" ".join(regel.split()))):
            gesloten = gesloten or plek > 0
            if gesloten and woorden(stuk):
                yield stuk
                gesloten = False


def _ondertekenaar(regel: str, namen: _Namen) -> MedewerkerId | None:
    """Whose full name the line is: a name of one word could be any word."""
    kaal = regel.strip(_OPSMUK)
    naam = _naam(kaal) if len(kaal) <= _LANGSTE_NAAM and _KALE_NAAM.fullmatch(kaal) else ()
    return namen.get(naam) if len(naam) >= _KORTSTE_NAAM else None
