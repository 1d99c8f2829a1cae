"""The whole vocabulary: each phrase with what it does in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from broker.domain.verzoek import Waarde
from broker.wire.antwoord.beleefdheden import BEGROETINGEN, BELEEFDHEDEN
from broker.wire.antwoord.gevaar import REDEN_VAN
from broker.wire.antwoord.kopwoorden import KOPPEN, VERWIJZINGEN
from broker.wire.antwoord.spelling import verbeteringen
from broker.wire.antwoord.woordenschat import (
    INLEIDINGEN,
    PERSONEN,
    PLAATSEN,
    REDENEN,
    SYSTEMEN,
    VASTSTELLEN_WOORDEN,
    VERMELD,
    VOORWERPEN,
)
from broker.wire.tekst import woorden


class Rol(Enum):
    """What a phrase does in a sentence.

    KERN decides. BEVESTIGING ('wel', 'al') goes with a value without 'niet' only, REDEN with
    'niet verstrekt', VASTSTELLEN and GEEN with 'niet vaststellen' and 'niet verstrekken',
    VOORWERP with 'kennen'. SYSTEEM is a place, and with 'niet' a verdict; so is VERMELD
    ('geregistreerd'), which goes with no other; VOORKOMEN needs one of them.
    KOP and VERWIJZING lead an answer in, and could be what is unknown themselves.
    VREEMD is a word that no phrase covers.
    """

    KERN = auto()
    ONTKENNING = auto()
    GEEN = auto()
    JA = auto()
    NEE = auto()
    BEGROETING = auto()
    PERSOON = auto()
    VOORWERP = auto()
    WERKWOORD = auto()
    VULLING = auto()
    BEVESTIGING = auto()
    SYSTEEM = auto()
    VERMELD = auto()
    VOORKOMEN = auto()
    OF = auto()
    VASTSTELLEN = auto()
    REDEN = auto()
    KOP = auto()
    VERWIJZING = auto()
    VREEMD = auto()


class Soort(Enum):
    """Which words may stand beside a word that decides."""

    BEKEND = auto()
    BEKENT = auto()
    KENNEN = auto()
    VASTSTELLEN = auto()


@dataclass(frozen=True, slots=True)
class Kern:
    """The word that decides: its meaning as it stands, and with one 'niet'; None is unclear."""

    zonder: Waarde | None
    met_niet: Waarde | None
    soort: Soort = Soort.BEKEND


@dataclass(frozen=True, slots=True)
class Zinsdeel:
    """A phrase of the vocabulary."""

    rol: Rol
    kern: Kern = Kern(None, None)


@dataclass(frozen=True, slots=True)
class Deel:
    """A phrase as it was found: its words as the vocabulary spells them, and what it does."""

    woorden: tuple[str, ...]
    zinsdeel: Zinsdeel

    @property
    def rol(self) -> Rol:
        return self.zinsdeel.rol


_BEKEND = Kern(Waarde.BEKEND, Waarde.ONBEKEND)
_ONBEKEND = Kern(Waarde.ONBEKEND, None)
_VASTSTELLEN = Kern(None, Waarde.NIET_VAST_TE_STELLEN, Soort.VASTSTELLEN)
_VERSTREKKEN = Kern(None, Waarde.NIET_VERSTREKT, Soort.VASTSTELLEN)

_WIE = (*PERSONEN, *VOORWERPEN)
_INFORMATIE = ("informatie", "gegevens", "mededelingen", "mededeling")
_UITSPRAKEN = (*_INFORMATIE, "uitspraken", "uitspraak")
"""'Wij doen geen uitspraken'; with 'kunnen' it may mean that nothing can be established."""

_KERNEN: Mapping[Kern, tuple[str, ...]] = {
    _BEKEND: ("bekend",),
    Kern(Waarde.BEKEND, None): ("goed bekend", "zeer bekend"),
    # 'Hij bekent' is a confession; 'is bekent' and 'niet bekent' are a spelling error.
    Kern(Waarde.BEKEND, Waarde.ONBEKEND, Soort.BEKENT): ("bekent",),
    Kern(Waarde.BEKEND, Waarde.ONBEKEND, Soort.KENNEN): (
        *("wij kennen", "we kennen", "kennen wij", "kennen we"),
        *(f"{wij} {wie} kennen" for wij in ("wij", "we") for wie in _WIE),
    ),
    Kern(Waarde.ONBEKEND, None, Soort.KENNEN): (
        *(f"{wij} {wie} niet kennen" for wij in ("wij", "we") for wie in _WIE),
        *(
            vorm
            for wie in _WIE
            for vorm in (
                f"wij zijn niet bekend met {wie}",
                f"we zijn niet bekend met {wie}",
                f"met {wie} zijn wij niet bekend",
                f"met {wie} zijn we niet bekend",
            )
        ),
    ),
    _ONBEKEND: (
        *("onbekend", "on bekend", "nietbekend"),
        *(f"{totaal} onbekend" for totaal in ("totaal", "geheel", "volledig", "helemaal")),
        *("helemaal niet bekend", "in het geheel niet bekend", "totaal niet bekend"),
    ),
    _VASTSTELLEN: (
        *("vast te stellen", "vaststellen", "worden vastgesteld", "vastgesteld worden"),
        *("vast testellen", "vasttestellen", "vast te stelen", "vaststelbaar"),
        *("vast te stellen is", "te achterhalen"),
    ),
    Kern(Waarde.NIET_VAST_TE_STELLEN, None, Soort.VASTSTELLEN): tuple(
        f"{hebben} {dit}niet kunnen vaststellen"
        for hebben in ("hebben wij", "wij hebben", "we hebben", "heb ik", "ik heb")
        for dit in ("", "dit ", "het ", "dat ")
    ),
    _VERSTREKKEN: (
        *("verstrekt", "verstrekken", "verstrek", "te verstrekken", "worden verstrekt"),
        *("verstrekt worden", "delen", "worden gedeeld", "gedeeld worden", "prijsgeven"),
    ),
    Kern(Waarde.NIET_VERSTREKT, None, Soort.VASTSTELLEN): (
        "nietverstrekt",
        *(
            f"{geven}geen {informatie}{achter}"
            for informatie in _INFORMATIE
            for geven, achter in (
                *(("geven ", ""), ("geef ", ""), ("doen ", ""), ("doe ", ""), ("delen ", "")),
                *(("", " geven"), ("", " doen"), ("", " delen"), ("", " verstrekken")),
            )
        ),
        *(
            f"{mogen}{over}niets {zeggen}"
            for mogen in (
                "mogen wij ",
                "mogen we ",
                "mag ik ",
                "wij mogen ",
                "ik mag ",
                "we mogen ",
            )
            for over in ("", "hierover ", "daarover ", "hier ", "daar ")
            for zeggen in ("zeggen", "over zeggen", "over vertellen", "over meedelen")
        ),
        *(
            f"{daar}{mogen} niets over {zeggen}"
            for daar in ("daar ", "hier ")
            for mogen in ("mogen wij", "mogen we", "mag ik")
            for zeggen in ("zeggen", "vertellen", "meedelen")
        ),
        *(
            f"{doen} geen {uitspraken}"
            for doen in (
                "doen wij",
                "doen we",
                "doe ik",
                "geven wij",
                "geven we",
                "geef ik",
                "delen wij",
                "delen we",
                "wij doen",
                "we doen",
                "ik doe",
            )
            for uitspraken in _UITSPRAKEN
        ),
    ),
}

_WERKWOORDEN = ("is", "staat", "blijkt", "te zijn", "bekend staat")

_VOORKOMEN = (
    *("komt", "voor", "komt voor", "voorkomt", "voor te komen", "hebben wij", "wij hebben"),
    *("we hebben", "hebben we", "terug te vinden", "te vinden", "vermeld", "opgenomen"),
)


def _regels(rol: Rol, vormen: Iterable[str]) -> dict[tuple[str, ...], Zinsdeel]:
    return {woorden(vorm): Zinsdeel(rol) for vorm in vormen}


ZINSDELEN: Mapping[tuple[str, ...], Zinsdeel] = {
    **_regels(Rol.BEGROETING, (*BEGROETINGEN, *BELEEFDHEDEN)),
    **_regels(Rol.VASTSTELLEN, VASTSTELLEN_WOORDEN),
    **_regels(Rol.REDEN, REDENEN),
    **_regels(Rol.VOORKOMEN, _VOORKOMEN),
    **_regels(Rol.SYSTEEM, SYSTEMEN),
    **_regels(Rol.VERMELD, VERMELD),
    **_regels(Rol.PERSOON, PERSONEN),
    **_regels(Rol.VOORWERP, VOORWERPEN),
    **_regels(Rol.WERKWOORD, _WERKWOORDEN),
    **_regels(Rol.VULLING, (*PLAATSEN, *INLEIDINGEN)),
    **_regels(Rol.VERWIJZING, VERWIJZINGEN),
    **_regels(Rol.KOP, KOPPEN),
    **_regels(Rol.BEVESTIGING, ("wel", "wel degelijk", "al", "reeds")),
    **_regels(Rol.OF, ("of",)),
    **_regels(Rol.ONTKENNING, ("niet",)),
    **_regels(Rol.GEEN, ("geen", "niets")),
    **_regels(Rol.JA, ("ja", "jazeker", "jawel", "ja hoor", "ja dat klopt", "ja klopt")),
    **_regels(Rol.NEE, ("nee", "neen", "nee hoor", "nee helaas")),
    **{
        woorden(vorm): Zinsdeel(Rol.KERN, kern)
        for kern, vormen in _KERNEN.items()
        for vorm in vormen
    },
}
"""Each phrase, flat, with what it does."""

KERNWOORDEN = frozenset(
    woord
    for vorm in ("bekend", "onbekend", "vast te stellen", "vaststellen", "verstrekt", "verstrekken")
    for woord in woorden(vorm)
)
"""The words of the four answers, but for 'niet'."""

WOORDEN = frozenset(woord for vorm in ZINSDELEN for woord in vorm)
"""Every word of the vocabulary."""

GEEN_NAAM = (
    frozenset(REDEN_VAN)
    | KERNWOORDEN
    | frozenset(woorden("niet geen niets ja nee neen jawel jazeker wel al reeds hoor"))
) - frozenset(("meer", "man", "anders", "later"))
"""What cannot be the name in a greeting. (Van der Meer, De Man and Anders are names.)"""


_VREEMD = Zinsdeel(Rol.VREEMD)


def _langste_per_begin() -> dict[str, int]:
    langste: dict[str, int] = {}
    for vorm in ZINSDELEN:
        langste[vorm[0]] = max(langste.get(vorm[0], 0), len(vorm))
    return langste


_LANGSTE = _langste_per_begin()
_VERBETERD = verbeteringen(WOORDEN | REDEN_VAN.keys())


def verbeterd(tokens: Sequence[str]) -> tuple[str, ...]:
    """The words with the spelling errors of the closed list put right."""
    return tuple(_VERBETERD.get(token, token) for token in tokens)


def dek_zin(tokens: Sequence[str]) -> Iterator[Deel]:
    """Cover words from left to right with the longest phrases of the vocabulary."""
    plek = 0
    while plek < len(tokens):
        for lengte in range(min(_LANGSTE.get(tokens[plek], 0), len(tokens) - plek), 0, -1):
            vorm = tuple(tokens[plek : plek + lengte])
            if vorm in ZINSDELEN:
                yield Deel(vorm, ZINSDELEN[vorm])
                break
        else:
            lengte = 1
            yield Deel((tokens[plek],), _VREEMD)
        plek += lengte
