"""Whether a line can stand in a signature, by its shape: what does not look like one, is none."""

from __future__ import annotations

import re
from collections.abc import Sequence

from broker.wire.antwoord.functies import (
    BEGINT_EEN_ZIN,
    DAGEN,
    GEEN_EERSTE_WOORD,
    GEEN_HELE_REGEL,
    GEEN_ONDERSCHRIFT,
    NAAMVERBINDING,
    OOK_VOORAAN,
    VERBINDING,
    WERKTIJDEN,
    heeft_een_mottowoord,
    is_motto,
    is_ondertekeningswoord,
    zegt_bij_ons,
)
from broker.wire.antwoord.riskant import RISKANT, zegt_iets_van_iemand
from broker.wire.antwoord.zinsdelen import Rol, dek_zin
from broker.wire.tekst import woorden

_ADRES_OF_NUMMER = re.compile(
    r"\S{1,80}@\S+|\b(?:https?://|www\.)\S+|\b[a-z0-9-]{1,60}\.(?:nl|com|org|eu|example)\b"
    r"|\b[1-9][0-9]{3}\s?(?-i:[A-Z]{2})\b|\bpostbus\s[0-9]{1,6}\b"
    r"|\b(?:kvk|btw)(?:[- ]?(?:nummer|nr))?[:.\s]{0,3}[0-9NLB.]{6,16}"
    r"|\bIBAN\s[A-Z0-9 ]{15,30}"
    r"|(?:\+[0-9]|\(?\b0|\b(?=14\s0))[0-9 ()\-./]{4,18}[0-9]"
    r"|\b[0-9]{1,2}[:.][0-9]{2}\s?(?:uur\b)?",
    re.IGNORECASE,
)
_HUISNUMMER = re.compile(r"(?<=[^\W\d])\s[0-9]{1,3}\s?-?[a-z]?(?=\s*$|\s*[,|•·])", re.IGNORECASE)
_AANSPREEKVORM = re.compile(
    r"\(?\b(?:zij\s?/\s?haar|hij\s?/\s?hem|die\s?/\s?hun|hen\s?/\s?hun|die\s?/\s?diens"
    r"|she\s?/\s?her|he\s?/\s?him|they\s?/\s?them)\b\)?",
    re.IGNORECASE,
)
_DEELTEKEN = re.compile(r"[|,/•·:;()<>\[\]\"“”*_=~]+|\s[-\u2010\u2011–—]\s|^[-–—]+\s?|\s[-–—]+$")
_WOORD = re.compile(r"[^\W\d_]+(?:[.'’\-][^\W\d_]*)*\.?|['’][ts]|&|\+")
_DEELWOORD = re.compile(
    r"(?:aan|af|be|door|ge|her|in|mis|om|onder|ont|op|over|terug|toe|uit|ver|voor|vrij|weg)\w{3,}(?:d|t|en)"
)
_LABEL = re.compile(r"(?:bezoek|post)?(?:adres|contact)\s?:", re.IGNORECASE)
_GLIMLACH = frozenset("\U0001f642\U0001f60a\u263a\U0001f600\U0001f44b\U0001f31e\u2600\U0001f603")
_KORTSTE_DEELWOORD = 8
_MEESTE_WOORDEN = 12
_MEESTE_IN_MOTTO = 16
_NIET_IN_EEN_MOTTO = (GEEN_ONDERSCHRIFT | RISKANT) - frozenset(woorden("is we wij kan kunnen doen"))
_OVER_WERKTIJD = frozenset(
    woorden(
        "ik werk aanwezig afwezig bereikbaar werkdagen werktijden vrij kantoor werkzaam dagen"
        " telefonisch"
    )
)
_OF_ZIN = frozenset(woorden("wel niet is zijn ben"))


def zonder_glimlach(regel: str) -> str:
    """A line without the smiles that people put behind their name."""
    return "".join(teken for teken in regel if teken not in _GLIMLACH)


def is_naamregel(regel: str, *, is_eerste: bool) -> bool:
    """Name, function, organisation, address, working hours, motto or courtesies.

    `is_eerste`: right below the closing words, where the name stands.
    """
    verboden = GEEN_EERSTE_WOORD if is_eerste else GEEN_ONDERSCHRIFT
    return _is_gewone_regel(regel) or _heeft_de_vorm(regel, verboden=verboden, is_eerste=is_eerste)


def is_blokregel(regel: str) -> bool:
    """The same below '--', where programs put what was written once: a motto of other words too."""
    return (
        _is_gewone_regel(regel)
        or _heeft_de_vorm(regel, verboden=GEEN_ONDERSCHRIFT, is_eerste=False)
        or _is_vrij_motto(woorden(regel))
    )


def _is_gewone_regel(regel: str) -> bool:
    """Working hours, courtesies and mottos, by closed lists."""
    alle = woorden(_ADRES_OF_NUMMER.sub(" ", regel))
    if WERKTIJDEN.issuperset(w for w in alle if not w.isdecimal()) and DAGEN & set(alle):
        is_zin = not _OF_ZIN.isdisjoint(alle) and _OVER_WERKTIJD.isdisjoint(alle)
        return "?" not in regel and not is_zin
    if "?" in regel:
        return False
    return all(deel.rol is Rol.BEGROETING for deel in dek_zin(alle)) or is_motto(alle)


def _is_vrij_motto(gezegd: tuple[str, ...]) -> bool:
    return (
        len(gezegd) <= _MEESTE_IN_MOTTO
        and heeft_een_mottowoord(gezegd)
        and _NIET_IN_EEN_MOTTO.isdisjoint(gezegd)
        and not zegt_bij_ons(gezegd)
        and not any(woord.isdecimal() for woord in gezegd)
    )


def _heeft_de_vorm(regel: str, *, verboden: frozenset[str], is_eerste: bool) -> bool:
    kaal = _ADRES_OF_NUMMER.sub(" , ", _AANSPREEKVORM.sub(" , ", regel))
    kaal = _HUISNUMMER.sub(" ", kaal)
    gezegd = woorden(kaal)
    if len(gezegd) == 1 and not GEEN_HELE_REGEL.isdisjoint(gezegd):
        return False
    if len(gezegd) > _MEESTE_WOORDEN or not verboden.isdisjoint(gezegd) or gezegd[:1] == ("of",):
        return False
    # 'Adres: Hanzeplaats 1' is one of an organisation; its number was taken out above.
    zonder_label = gezegd[1:] if _LABEL.match(regel) and kaal != regel else gezegd
    if zegt_iets_van_iemand(zonder_label):
        return False
    delen = [deel for deel in (stuk.split() for stuk in _DEELTEKEN.split(kaal)) if deel]
    return all(
        _is_naamdeel(deel, is_eerste=is_eerste, is_begin=plek == 0)
        for plek, deel in enumerate(delen)
    )


def _is_naamdeel(deel: Sequence[str], *, is_eerste: bool, is_begin: bool) -> bool:
    """Capitals, and of the small words only those of a name or of a function."""
    if not all(_WOORD.fullmatch(woord) for woord in deel):
        return False
    plat = [woorden(woord) for woord in deel]
    gezegd = [woord for woorden_ in plat for woord in woorden_]
    is_functie = any(map(is_ondertekeningswoord, gezegd))
    if len(deel) == 1 and not is_functie:
        return _is_een_woord(deel[0], mag_klein=is_eerste and is_begin)
    if not BEGINT_EEN_ZIN.isdisjoint(gezegd[:1]) and OOK_VOORAAN.isdisjoint(gezegd[1:2]):
        return False
    klein = VERBINDING if is_functie or is_eerste else NAAMVERBINDING
    return (is_functie or any(woord[0].isupper() for woord in deel)) and all(
        woord[0].isupper() or all(w in klein or is_ondertekeningswoord(w) for w in delen)
        for woord, delen in zip(deel, plat, strict=True)
    )


def _is_een_woord(woord: str, *, mag_klein: bool) -> bool:
    """A first name or an organisation, not 'Gedetineerd' or 'weggelopen'.

    Right below the closing words it may have no capital ('groet, jan') or any form ('Gerritsen').
    """
    is_deelwoord = len(woord) >= _KORTSTE_DEELWOORD and _DEELWOORD.fullmatch(woord.lower())
    if woord[0].isupper():
        return mag_klein or not is_deelwoord
    return mag_klein and not is_deelwoord
