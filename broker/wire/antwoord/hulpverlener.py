"""The name of a professional, the only thing in free words that an answer may bring (PR-7.6)."""

from __future__ import annotations

import re

from broker.wire.antwoord.functies import GEZEGD_VAN_IEMAND
from broker.wire.antwoord.gevaar import GEVOELIG_VAN_AARD, MAAKT_EEN_ZIN, REDEN_VAN
from broker.wire.tekst import woorden

LANGSTE = 80

_TUSSENVOEGSELS = frozenset(
    woorden(
        "van de der den het t ter ten te in op aan bij von el al la le du da di dos mevrouw mevr mw"
        " meneer heer dhr drs dr ir mr en"
    )
)
_GEEN_NAAM = MAAKT_EEN_ZIN | GEVOELIG_VAN_AARD | REDEN_VAN.keys() | GEZEGD_VAN_IEMAND
_OOK_EEN_NAAM = re.compile(r"\b(?:van|de|der|den)\s(?:meer|man|oud|straat|lang|vast|rond)\b")
_IN_EEN_ORGANISATIE = frozenset(woorden("zorg begeleiding behandeling gezin"))
_MEESTE_WOORDEN = 8
_MEESTE_EIGEN = 5
_WOORD = re.compile(r"[^\W\d_]+(?:[.'’\-][^\W\d_]*)*\.?|'t|&")


def heeft_de_vorm_van_een_naam(tekst: str) -> bool:
    """Whether a text looks like a name: capitals, small words between, initials; no sentence."""
    delen = tekst.split()
    if not 0 < len(delen) <= _MEESTE_WOORDEN:
        return False
    eigen = 0
    for deel in delen:
        if not _WOORD.fullmatch(deel):
            return False
        if deel[0].isupper():
            eigen += 1
        elif deel != "&" and deel.strip(".'") not in _TUSSENVOEGSELS:
            return False
    return 0 < eigen <= _MEESTE_EIGEN


def lees_hulpverlener(tekst: str) -> str:
    """A name of two words or more, and an organisation after a comma or in brackets; else ''.

    Capitals make no name of a sentence: with a verb, an illness, a relative or a dangerous word
    in it, it is none. ('Van der Meer' and 'De Man' are names.)
    """
    if not tekst or len(tekst) > LANGSTE:
        return ""
    gevonden = re.fullmatch(r"([^,()]+?)(?:\s*,\s*([^,()]+)|\s*\(([^,()]+)\))?\.?", tekst)
    if gevonden is None:
        return ""
    naam = " ".join(gevonden[1].split())
    organisatie = " ".join((gevonden[2] or gevonden[3] or "").split())
    if len(naam.split()) < 2 or not heeft_de_vorm_van_een_naam(naam):
        return ""
    genoemd = woorden(_OOK_EEN_NAAM.sub(" ", " ".join(woorden(naam))))
    if not _GEEN_NAAM.isdisjoint(genoemd):
        return ""
    if not (_GEEN_NAAM - _IN_EEN_ORGANISATIE).isdisjoint(woorden(organisatie)):
        return ""
    if not organisatie:
        return naam
    return f"{naam}, {organisatie}" if heeft_de_vorm_van_een_naam(organisatie) else ""
