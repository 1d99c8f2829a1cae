"""Numbers that may be a burgerservicenummer (UAVG art. 46): found, and never repeated."""

from __future__ import annotations

import re
import unicodedata

_S = "[ .\\-/\u00a0\u2010-\u2015]"
_BUITENLAND = rf"(?<!\+[0-9][0-9]{_S})(?<!\b00[0-9][0-9]{_S})"
"""Before it no code of a country: then it is a telephone number."""
_NEGEN_CIJFERS = re.compile(
    rf"(?<!\w){_BUITENLAND}(?:\d{{9}}"
    rf"|\d{{3}}({_S})\d{{3}}\1\d{{3}}"
    rf"|\d{{4}}({_S})\d{{2}}\2\d{{3}}"
    rf"|\d{{2}}({_S})\d{{2}}\3\d{{2}}\3\d{{3}}"
    rf"|\d{{3}}({_S})\d{{2}}\4\d{{2}}\4\d{{2}}"
    rf"|\d({_S})\d(?:\5\d){{7}})(?!\w)"
)
_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def voldoet_aan_elfproef(cijfers: str) -> bool:
    """Whether nine digits pass the test that every burgerservicenummer passes."""
    som = sum(int(c) * gewicht for c, gewicht in zip(cijfers, _GEWICHTEN, strict=True))
    return som % 11 == 0 and any(int(c) for c in cijfers)


def vind_burgerservicenummers(tekst: str) -> tuple[tuple[int, int], ...]:
    """UAVG-46: where a stand-alone number of nine digits that passes the elfproef begins and ends.

    The digits may be those of any script, and grouped as 3-3-3, 4-2-3, 2-2-2-3, 3-2-2-2 or one by
    one, by one sign.
    """
    return tuple(
        gevonden.span()
        for gevonden in _NEGEN_CIJFERS.finditer(tekst)
        if voldoet_aan_elfproef("".join(filter(str.isdecimal, gevonden.group())))
    )


def bevat_burgerservicenummer(tekst: str) -> bool:
    """UAVG-46: whether such a number stands in a text, also in digits of another width."""
    return bool(vind_burgerservicenummers(unicodedata.normalize("NFKC", tekst)))
