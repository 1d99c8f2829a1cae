"""How a text falls apart in sentences, and in parts of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from broker.wire.antwoord.aanhef import is_gewoon, zonder_aanhef
from broker.wire.antwoord.gelezen import Onleesbaar
from broker.wire.antwoord.gevaar import Onduidelijkheid
from broker.wire.antwoord.zinsdelen import GEEN_NAAM, Rol, dek_zin
from broker.wire.tekst import woorden

_AFGEBROKEN = re.compile(r"^(.*\b(?:niet|geen|niets))[ ,]{0,3}\n(.*)", re.IGNORECASE | re.MULTILINE)
_GEZEGDE = frozenset(
    woorden(
        "is staat kan kunnen mag mogen wordt worden verstrekken verstrek kennen komt hebben heb"
        " blijkt delen vaststellen"
    )
)
"""With one of these a line is a sentence, that a mail program may have wrapped."""
_AFKORTING = re.compile(r"\b(betr|dhr|mevr|mw|l\.s|n\.a\.v|i\.v\.m|m\.b\.t)\.", re.IGNORECASE)
_ZINSEINDE = re.compile(r"[.!;…]+|\n\s*\n")
_BROKEINDE = re.compile(r"[^\w\s'’\-]+|_+|(?<!\w)-+|-+(?!\w)")
_IS = re.compile(r"(?<=\w)\s{0,3}(?:=>?|-{1,3}>|→)\s{0,3}(?=\w)")
_ONZE_VRAAG = re.compile(r"\bis\sdeze\spersoon\sbij\suw\sorganisatie\sbekend\s?\?", re.IGNORECASE)
_BEREIKBAAR = re.compile(
    r"\b(?:(bereiken|bereikbaar|bellen|mailen|opnemen|bel|mail)\s(?:op|via|onder|naar|met|:)\s"
    r"|(vragen)\s?:\s)"
    r"(?:(?:telefoonnummer|nummer|telefoon|tel\.?|e-?mail)\s?:?\s?)?"
    r"(?:\+?[0-9(][0-9 ()\-]{7,18}[0-9]|[^\s@]{1,60}@[^\s@,;]{1,80}[^\W_])",
    re.IGNORECASE,
)
_DATERING = re.compile(
    r"\b(vraag|verzoek|mail|bericht|aanvraag|brief)\s"
    r"(?:(?:van|d\.?d\.?)\s)?(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag\s)?"
    r"(?:(?:van\s)?(?:vandaag|gisteren|vanochtend|vanmiddag)\b"
    r"|[0-9]{1,2}(?:-[0-9]{1,2}-|\s(?:januari|februari|maart|april|mei|juni|juli|augustus"
    r"|september|oktober|november|december)\s?)(?:20[0-9]{2})?\b)",
    re.IGNORECASE,
)


def maak_gewoon(tekst: str) -> str:
    """The text with plain signs only, or raises `Onleesbaar`; our own question, copied, is none."""
    gewoon = _ONZE_VRAAG.sub(". ", _bedaard(_IS.sub(": ", tekst)))
    if not is_gewoon(gewoon):
        raise Onleesbaar(Onduidelijkheid.TWIJFEL)
    return gewoon


def _bedaard(tekst: str) -> str:
    """Without the numbers behind 'bereikbaar op' and the dates behind 'uw vraag van'."""
    return _DATERING.sub(r"\1 ", _BEREIKBAAR.sub(lambda wijze: wijze[1] or wijze[2], tekst))


def breek_niet_af(tekst: str) -> None:
    """'Niet' and 'Bekend' on lines of their own may be two answers; in a wrapped sentence not."""
    for voor, na in _AFGEBROKEN.findall(tekst):
        is_zin = not _GEZEGDE.isdisjoint(woorden(voor))
        if not is_zin or (na[:1].isupper() and not _is_beleefd(na)):
            raise Onleesbaar(Onduidelijkheid.ONTKENNING, woorden(voor)[-1])


def _is_beleefd(regel: str) -> bool:
    return all(deel.rol is Rol.BEGROETING for deel in dek_zin(woorden(regel)))


def zinnen(tekst: str) -> Iterator[str]:
    """The sentences. A line end is none: mail programs make those between 'niet' and 'bekend'."""
    plat = _AFKORTING.sub(
        lambda kort: f"{kort[1].replace('.', '')} ", zonder_aanhef(tekst, geen_naam=GEEN_NAAM)
    )
    yield from _ZINSEINDE.split(plat)


def verdeel_in_brokken(zin: str) -> Iterator[str]:
    """The parts of a sentence between signs; a hyphen within a word is none."""
    yield from _BROKEINDE.split(zin)
