"""What stands in front of a mail, 'Goedemiddag Petra,', and whether a text has plain signs only."""

from __future__ import annotations

import re
from collections.abc import Set

from broker.wire.antwoord.beleefdheden import BEGROETINGEN
from broker.wire.antwoord.hulpverlener import heeft_de_vorm_van_een_naam
from broker.wire.antwoord.zinsdelen import WOORDEN
from broker.wire.tekst import woorden

BEGROETING = (
    "(?:"
    + "|".join(b.replace(" ", "[ /]{1,3}") for b in sorted(BEGROETINGEN, key=len, reverse=True))
    + ")"
)
"""Any greeting, as a pattern over text in lower case."""

_AANHEF = re.compile(
    rf"^{BEGROETING}\b(?P<wie>[^,!.\n]{{0,60}})(?:[,!.\n]|$)",
    re.IGNORECASE,
)
_GEWONE_TEKENS = frozenset(".,;:!…'’‘\"“”„()-\u2010\u2011–—*_/•·")
_STREKEN = re.compile(r"!(?=\w)|\(\s{0,9}\)")
_KORTSTE_NAAM = 3


def is_gewoon(tekst: str) -> bool:
    """Whether a text has letters, digits, blanks and the signs of a statement, no others.

    An emoji, a tick box or a stroke through the letters (which does not compose) can turn its
    meaning, and so can a question.
    """
    return _STREKEN.search(tekst) is None and all(
        teken.isalnum() or teken.isspace() or teken in _GEWONE_TEKENS for teken in tekst
    )


def zonder_aanhef(tekst: str, *, geen_naam: Set[str]) -> str:
    """A text without 'Goedemiddag Petra,' in front, if what follows the greeting is a name.

    `geen_naam` are words that are read, whoever is called so.
    """
    kaal = tekst.lstrip()
    gevonden = _AANHEF.match(kaal)
    if gevonden is None or not _kan_heten(gevonden["wie"].strip(), geen_naam):
        return kaal
    return kaal[gevonden.end() :]


def _kan_heten(wie: str, geen_naam: Set[str]) -> bool:
    """Nobody, a name, or one word without a capital as people type it on a telephone."""
    gezegd = woorden(wie)
    if not geen_naam.isdisjoint(gezegd):
        return False
    if not wie or heeft_de_vorm_van_een_naam(wie):
        return True
    return wie.isalpha() and len(wie) >= _KORTSTE_NAAM and WOORDEN.isdisjoint(gezegd)
