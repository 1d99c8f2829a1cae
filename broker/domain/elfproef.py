"""Numbers that may be a burgerservicenummer (UAVG art. 46): found, and never repeated.

The covenant names no such number: a melding that holds one is refused, an answer loses it.
"""

from __future__ import annotations

import re
import unicodedata

_SCHEIDING = r"[ .\-\u00a0]"
_NEGEN_CIJFERS = re.compile(
    r"(?<![\w])(?:[0-9]{9}"
    rf"|[0-9]{{3}}{_SCHEIDING}[0-9]{{3}}{_SCHEIDING}[0-9]{{3}}"
    rf"|[0-9]{{4}}{_SCHEIDING}[0-9]{{2}}{_SCHEIDING}[0-9]{{3}})(?![\w])"
)
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def voldoet_aan_elfproef(cijfers: str) -> bool:
    """UAVG-46: whether nine digits pass the test that every burgerservicenummer passes."""
    som = sum(int(c) * gewicht for c, gewicht in zip(cijfers, _GEWICHTEN, strict=True))
    return som % 11 == 0 and any(c != "0" for c in cijfers)


def bevat_burgerservicenummer(tekst: str) -> bool:
    """UAVG-46: whether a stand-alone number of nine digits passes the elfproef.

    The digits may be grouped as 3-3-3 or 4-2-3 by spaces, dots or hyphens.
    """
    vlakke_tekst = unicodedata.normalize("NFKC", tekst)
    return any(
        voldoet_aan_elfproef(re.sub(r"[^0-9]", "", gevonden.group()))
        for gevonden in _NEGEN_CIJFERS.finditer(vlakke_tekst)
    )


def vind_burgerservicenummers(tekst: str) -> tuple[tuple[int, int], ...]:
    """Where such numbers begin and end in a text, in order; only digits of ASCII count here."""
    return tuple(
        gevonden.span()
        for gevonden in _NEGEN_CIJFERS.finditer(tekst)
        if voldoet_aan_elfproef(re.sub(r"[^0-9]", "", gevonden.group()))
    )
