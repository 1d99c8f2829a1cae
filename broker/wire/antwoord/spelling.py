"""Spelling errors that can mean one word only.

Two lists, both made from the closed vocabulary. A word that decides may have one slip of the
fingers: a letter left out, doubled, swapped with the next one or hit beside it. Never in its first
letters, so that 'bekend' and 'onbekend' cannot mix ('nbekend' can be either), and never when the
result is a word itself ('bekende', 'vertrekt', 'net'). Of the common words around it only some
long ones may have a slip.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

_BUREN: Mapping[str, str] = {
    "a": "qsz",
    "b": "vgn",
    "c": "xvd",
    "d": "sfe",
    "e": "wrd",
    "f": "dgr",
    "g": "fht",
    "h": "gjy",
    "i": "uok",
    "j": "hku",
    "k": "jli",
    "l": "ko",
    "m": "nj",
    "n": "bmh",
    "o": "ipl",
    "p": "ol",
    "q": "wa",
    "r": "etf",
    "s": "adw",
    "t": "ryg",
    "u": "yij",
    "v": "cbf",
    "w": "qes",
    "x": "zcs",
    "y": "tuh",
    "z": "xas",
}
_BESLISSEND: Mapping[str, int] = {
    "bekend": 1,
    "onbekend": 3,
    "vaststellen": 3,
    "stellen": 3,
    "verstrekt": 4,
    "verstrekken": 4,
}
"""The words that decide, with how many of their first letters must be right."""

_GEWOON: tuple[str, ...] = (
    *("betrokkene", "persoon", "mevrouw", "meneer", "organisatie", "administratie", "systeem"),
    *("antwoord", "hierbij", "momenteel", "bovengenoemde", "bovenstaande", "betreffende"),
    *("genoemde", "goedemorgen", "goedemiddag", "goedenmiddag", "goedenavond", "informatie"),
    *("gegevens", "bedankt", "kunnen", "inderdaad", "helaas", "stichting", "voldoende"),
)
_VASTE_LIJST: Mapping[str, str] = {
    **dict.fromkeys(("neit", "nit", "nite", "nie", "niett", "nieet", "niiet", "nniet"), "niet"),
    **dict.fromkeys(("onbekent", "onbekendt", "onebkend", "ombekend", "onnbekend"), "onbekend"),
    **dict.fromkeys(("oonbekend", "onbekeknd"), "onbekend"),
    **dict.fromkeys(("bekendt", "bekendd"), "bekend"),
    **dict.fromkeys(("bji", "bijj"), "bij"),
    **dict.fromkeys(("onz", "osn", "onss"), "ons"),
    **dict.fromkeys(("dze", "deez", "dezee"), "deze"),
    **dict.fromkeys(("persson", "persoonn"), "persoon"),
    **dict.fromkeys(("betrokene", "betrokkende", "bertokkene", "betrokkenne"), "betrokkene"),
    **dict.fromkeys(("verstekt", "vertsrekt", "verstreket", "verstrekd"), "verstrekt"),
    **dict.fromkeys(("informtie", "infromatie", "infomatie"), "informatie"),
    **dict.fromkeys(("vastestellen", "vastellen", "vaststelen"), "vaststellen"),
}
_IS_EEN_WOORD = frozenset(
    (
        *("beken", "beked", "bekend", "bekende", "bekent", "behend", "belend", "berend", "gekend"),
        *("beend", "stelen", "stelten", "stallen", "stillen", "snellen", "stelen", "stellend"),
        *("verstrikt", "verstrek", "verstrekte", "vertrekt", "vertrekken", "versterkt"),
        *("versterken", "verstrikken", "verstekken", "vaststelden", "betrokken", "betrokkenen"),
        *("kennen", "kinnen", "konnen", "gunnen", "helas", "antwoorden", "personen", "person"),
        *("genoemd", "gegeven", "bedank", "bedenkt", "menen", "stelling", "onbekende"),
    )
)


def _uitglijders(woord: str, vast: int) -> Iterator[str]:
    """Every form with one slip behind its first letters."""
    for plek in range(vast, len(woord)):
        voor, teken, na = woord[:plek], woord[plek], woord[plek + 1 :]
        yield voor + na
        yield voor + teken + teken + na
        yield from (voor + buur + na for buur in _BUREN[teken])
        if na:
            yield voor + na[0] + teken + na[1:]


def verbeteringen(bestaand: Collection[str]) -> dict[str, str]:
    """Each misspelt form with the word that it stands for.

    A form that two words could have come from is left out, and so is every word that exists.
    """
    gemeend: dict[str, set[str]] = {}
    for woord, vast in (*_BESLISSEND.items(), *((woord, 2) for woord in _GEWOON)):
        for vorm in _uitglijders(woord, vast):
            gemeend.setdefault(vorm, set()).add(woord)
    enig = {vorm: min(woorden) for vorm, woorden in gemeend.items() if len(woorden) == 1}
    return {
        vorm: woord
        for vorm, woord in {**enig, **_VASTE_LIJST}.items()
        if vorm not in bestaand and vorm not in _IS_EEN_WOORD
    }
