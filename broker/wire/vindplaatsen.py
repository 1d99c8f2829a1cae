"""Where a kenmerk or an answer code stands in a mail: anywhere in the text, quotes included.

Mail programs wrap lines, put '> ' before them and make other hyphens; people type a letter O for a
zero.
"""

from __future__ import annotations

import re

from broker.domain.casus import Kenmerk, maak_kenmerk
from broker.wire.codes import STREEPJES, normaliseer_code
from broker.wire.tekst import schone_tekst

_LUCHT = r"[\s>]{0,8}"
_STREEP = f"[{STREEPJES}]"
_CIJFER = "[0-9OoIlL]"
_TEKEN = "[0-9A-TV-Za-tv-z]"
_NA_HET_WOORD = re.compile(
    rf"antwoord[\s>-]{{0,4}}code[\s>:*_=.]{{0,12}}"
    rf"({_TEKEN}{{4}}{_LUCHT}{_STREEP}?{_LUCHT}{_TEKEN}{{4}})(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_LOS = re.compile(
    rf"(?<![0-9A-Za-z])(?<!{_STREEP})"
    rf"({_TEKEN}{{4}}{_LUCHT}{_STREEP}{_LUCHT}{_TEKEN}{{4}})"
    rf"(?![0-9A-Za-z])(?!{_STREEP}[0-9A-Za-z])"
)
_CIJFERS = str.maketrans("OoIlL", "00111")


def vind_kenmerken(tekst: str, *, afkorting: str) -> tuple[Kenmerk, ...]:
    """Every kenmerk of this network in a text, each once, in order."""
    patroon = _kenmerkpatroon(afkorting)
    gevonden = (
        maak_kenmerk(afkorting, int(jaar.translate(_CIJFERS)), int(nummer.translate(_CIJFERS)))
        for jaar, nummer in patroon.findall(schone_tekst(tekst))
    )
    return tuple(dict.fromkeys(gevonden))


def zonder_kenmerken(tekst: str, *, afkorting: str) -> str:
    """A text in which every kenmerk of this network is a blank."""
    return _kenmerkpatroon(afkorting).sub(" ", schone_tekst(tekst))


def _kenmerkpatroon(afkorting: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![0-9A-Za-z]){re.escape(afkorting)}{_LUCHT}{_STREEP}?{_LUCHT}"
        rf"(2{_CIJFER}{{3}}){_LUCHT}{_STREEP}?{_LUCHT}({_CIJFER}{{5,9}})(?![0-9A-Za-z])",
        re.IGNORECASE,
    )


def vind_codes(tekst: str) -> tuple[str, ...]:
    """Every answer code in a text as 'XXXX-XXXX', each once, in order.

    Without the word 'antwoordcode' before it, it must have a hyphen, a letter and a digit, and
    after that word a hyphen, or both of the others: else it may as well be words or a number.
    """
    schoon = schone_tekst(tekst)
    gevonden = [
        (m.start(1), m[1])
        for m in _NA_HET_WOORD.finditer(schoon)
        if re.search(_STREEP, m[1]) or _is_gemengd(m[1])
    ]
    gevonden += [(m.start(1), m[1]) for m in _LOS.finditer(schoon) if _is_gemengd(m[1])]
    codes = (normaliseer_code(code) for _, code in sorted(gevonden))
    return tuple(dict.fromkeys(code for code in codes if code is not None))


def _is_gemengd(code: str) -> bool:
    return any(c.isdigit() for c in code) and any(c.isalpha() for c in code)
