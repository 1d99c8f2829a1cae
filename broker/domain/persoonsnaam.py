"""A person's name, as far as two spellings of it can be compared (D-3).

Dutch names, and those of the neighbours: initials or first names, prefixes written out, shortened
or glued, double surnames, titles, and letters that one keyboard has and another has not.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import takewhile

MEESTE_DELEN = 4
"""So many parts of a surname are compared: nobody has more, and no form makes work."""

_WOORDEN = re.compile(r"\w+")
_NIET_GENOEMD = frozenset(
    _WOORDEN.findall(
        "dhr mevr mevrouw mw mvr mej heer hr meneer mijnheer familie fam dr drs mr ir ing prof bsc"
        " msc jr sr"
    )
)
_VOORVOEGSELS = frozenset(
    _WOORDEN.findall(
        "van de der den het ten ter te op aan bij in onder over uit voor von vom zu zur zum la le"
        " les du des del della di da dos das al el vd v d t s"
    )
)
_GETROUWD = frozenset(
    _WOORDEN.findall("geb geboren gehuwd ev wed weduwe echtgenote gesch gescheiden")
)
_AANEEN = re.compile(r"(?:vander|vanden|vande|vd)(?=[a-z]{4})")

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "\u0131": "i", "ŋ": "n"}
)
_LETTERS |= str.maketrans({"æ": "ae", "œ": "oe", "ĳ": "ij"})
# In this order a second time changes nothing.
_KLANKEN = (
    (re.compile(r"(?<!i)i+j+"), "y"),
    (re.compile(r"(?<!c)c+k+"), "k"),
    (re.compile(r"([aou])e+"), r"\1"),
    (re.compile(r"(.)\1+"), r"\1"),
)
# Prefixes and a marriage, of which no letter is an initial; then every apostrophe goes.
_KORT = {"v.d.": " van der ", "v/d": " van der ", "e/v": " ev ", "e.v.": " ev "}
_KORT |= {f"{teken}t ": " het " for teken in "'’‘`"} | dict.fromkeys("'’‘`", "")
_STREEPJE = re.compile("[-\u2010-\u2014/]")
_WOORD = re.compile(r"-|,|[^\W\d_]+\.?")


@dataclass(frozen=True, slots=True)
class Persoonsnaam:
    """The parts of a surname, each as it sounds, and the first initial; empty if not known."""

    achternamen: frozenset[str] = field(repr=False)
    voorletter: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Deel:
    """A word of a name. `los`: no hyphen before it. `voorvoegsel`: a prefix before it."""

    woord: str
    los: bool
    voorvoegsel: bool
    voorletter: bool


def klank(woord: str) -> str:
    """One spelling for what is spelled in several ways: accents, ij and y, ö and oe, ck and k,
    double letters. Doing it twice changes nothing."""
    ontleed = unicodedata.normalize("NFKD", woord.casefold().translate(_LETTERS))
    vlak = "".join(filter(str.isalpha, ontleed))
    for patroon, letter in _KLANKEN:
        vlak = patroon.sub(letter, vlak)
    return vlak


def lees_naam(naam: str) -> Persoonsnaam:
    """D-3: what of a name is compared, whatever its spelling.

    'Linden, W. van der', 'mevrouw W.J. v.d. Linden' and 'Wilma van der Linden' are one. In linear
    time, for any text. A name of which nothing can be made has no surname, and is like no other.
    """
    achter, komma, voor = _gelijk_geschreven(naam).partition(",")
    if komma and _delen(voor) and any(not deel.voorletter for deel in _delen(achter)):
        eigen, gegeven = _delen(achter), _delen(voor)
        achternamen = [deel for deel in eigen if not deel.voorletter]
    else:
        gegeven, achternamen = _verdeeld(_delen(achter + " " + voor))
    klanken = dict.fromkeys(klank(_AANEEN.sub("", deel.woord)) for deel in achternamen)
    eerste = klank(gegeven[0].woord)[:1] if gegeven else ""
    return Persoonsnaam(frozenset([k for k in klanken if k][:MEESTE_DELEN]), eerste)


def _gelijk_geschreven(naam: str) -> str:
    vlak = " ".join(unicodedata.normalize("NFKC", naam).casefold().split())
    for kort, voluit in _KORT.items():
        vlak = vlak.replace(kort, voluit)
    return _STREEPJE.sub(" - ", vlak)


def _delen(tekst: str) -> list[_Deel]:
    delen: list[_Deel] = []
    streep = voorvoegsel = False
    for teken in _WOORD.findall(tekst):
        woord = teken.rstrip(".")
        if teken in "-,":
            streep = streep or not voorvoegsel
        elif woord in _GETROUWD:
            streep = bool(delen)
        elif woord in _NIET_GENOEMD:
            continue
        elif woord in _VOORVOEGSELS and (len(woord) > 1 or (teken == woord and delen)):
            voorvoegsel = True
        else:
            kort = len(woord) == 1 or (teken != woord and len(woord) <= 3)
            delen.append(_Deel(woord, not (streep and delen), voorvoegsel, kort))
            streep = voorvoegsel = False
    return delen


def _verdeeld(delen: list[_Deel]) -> tuple[list[_Deel], list[_Deel]]:
    """The given names, and the words of the surname."""
    voorop = [*takewhile(lambda deel: deel.voorletter, delen)]
    achteraan = [*takewhile(lambda deel: deel.voorletter, reversed(delen[len(voorop) :]))]
    rest = [deel for deel in delen if not deel.voorletter]
    if not rest:
        return [], delen
    if voorop or achteraan:
        # Initials say where the surname is: all the rest, or what has a prefix.
        return (voorop or achteraan[::-1]), rest
    begin = next((n for n, deel in enumerate(rest) if deel.voorvoegsel and deel.los), None)
    if begin is None:
        begin = len(rest) - 1
        while begin and not rest[begin].los:
            begin -= 1
    return rest[:begin], rest[begin:]
