"""Where a person's own words end and his signature begins, and what may stand in that.

Below the closing words only lines count as signature that look like one; anything else could take
the answer back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from broker.wire.citaat import eigen_blokken
from broker.wire.tekst import dek, woorden
from broker.wire.woordenlijst import (
    BEKENDMAKEN,
    DAGEN,
    GEEN_ONDERSCHRIFT,
    STELLING,
    STELLING_IN_DISCLAIMER,
    WERKTIJDEN,
    ZINSDELEN,
    Rol,
)

_GROET = re.compile(
    r"\b(?:(?:met\s)?(?:vriendelijke|vriendelijk|hartelijke|collegiale|beste)\s+groet(?:en)?"
    r"|m\.?v\.?g\b\.?|groet(?:en|jes)?|gr\.?(?=[\s,]|$)|hoogachtend|kind regards|best regards"
    r"|regards)(?![^\W\d_])",
    re.IGNORECASE,
)
_SCHEIDING = re.compile(r"^--$")
_STREEP = re.compile(r"^(?:-{5,}|_{5,}|={5,}|\*{5,})$")
_VOETREGEL = re.compile(
    r"^(?:verzonden vanaf|verstuurd vanaf|sent from|verzonden via|get outlook|outlook voor"
    r"|download outlook)\b",
    re.IGNORECASE,
)
_DISCLAIMER = re.compile(
    r"^\W{0,3}(?:disclaimer\b"
    r"|(?:de informatie in |de inhoud van )?(?:dit|deze) (?:e-?mail(?:\s?bericht)?|mail|bericht)\b"
    r".{0,60}\b(?:vertrouwelijke?|uitsluitend|alleen|slechts|bestemd|persoonlijk)\b"
    r"|aan (?:dit|deze) (?:e-?mail(?:\s?bericht)?|mail|bericht) kunnen geen rechten"
    r"|het is verboden\b|denk aan het milieu|think before you print"
    r"|please consider the environment|this e-?mail (?:message )?(?:is|and|may))",
    re.IGNORECASE,
)
_NASCHRIFT = re.compile(r"\bp\.?\s?s\b|\bn\.?b\b", re.IGNORECASE)
_ADRES_OF_NUMMER = re.compile(
    r"\S{1,80}@\S+|\b(?:https?://|www\.)\S+|\b[a-z0-9-]{1,60}\.(?:nl|com|org|eu|example)\b"
    r"|\b[1-9][0-9]{3}\s?(?-i:[A-Z]{2})\b|\bpostbus\s[0-9]{1,6}\b"
    r"|\b(?:kvk|btw)(?:[- ]?(?:nummer|nr))?[:.\s]{0,3}[0-9NLB.]{6,16}"
    r"|(?:\+[0-9]|\(?\b0)[0-9 ()\-./]{6,18}[0-9]",
    re.IGNORECASE,
)
_HUISNUMMER = re.compile(
    r"^(?:\w{3,10}adres:\s)?[^\W\d][^\d,:;]{2,40}\s[0-9]{1,3}\s?-?[a-z]?(?=\s*$|\s*[,|])",
    re.IGNORECASE,
)
_MEESTE_WOORDEN = 10


def eigen_woorden(tekst: str) -> tuple[str, ...] | None:
    """The lines that a person wrote himself, without quotation and signature.

    None when something below the signature could be part of the answer. A quotation ends a
    signature; after each block stands an empty line.
    """
    eigen: list[str] = []
    for blok in eigen_blokken(tekst):
        boven, onder = _splits(blok)
        if not _is_ondertekening(onder):
            return None
        eigen += [*boven, ""]
    return tuple(eigen)


def _splits(regels: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines above the signature, and all that stands in it and below."""
    boven: list[str] = []
    for plek, regel in enumerate(regels):
        if any(vorm.match(regel) for vorm in (_SCHEIDING, _STREEP, _VOETREGEL, _DISCLAIMER)):
            return boven, list(regels[plek:])
        groet = _GROET.search(regel)
        if groet is not None:
            boven.append(regel[: groet.start()])
            return boven, [regel[groet.end() :], *regels[plek + 1 :]]
        boven.append(regel)
    return boven, []


def _is_ondertekening(regels: Sequence[str]) -> bool:
    """Whether these lines are a signature and nothing else.

    After '--' a motto may stand, after the first words of a disclaimer its sentences.
    """
    if _kan_antwoord_zijn("\n".join(regels)):
        return False
    in_blok = False
    for plek, regel in enumerate(regels):
        if _DISCLAIMER.match(regel):
            return STELLING_IN_DISCLAIMER.isdisjoint(woorden(" ".join(regels[plek:])))
        in_blok = in_blok or bool(_SCHEIDING.match(regel))
        if not (_is_blokregel(regel) if in_blok else _is_naamregel(regel)):
            return False
    return True


def _is_blokregel(regel: str) -> bool:
    return STELLING.isdisjoint(woorden(regel))


def _is_naamregel(regel: str) -> bool:
    """Name, function, organisation, address, working hours or courtesies."""
    alle = woorden(regel)
    if "?" in regel and "://" not in regel:
        return False
    if WERKTIJDEN.issuperset(w for w in alle if not w.isdecimal()) and DAGEN & set(alle):
        return True
    if all(deel is not None and deel.rol is Rol.BEGROETING for _, deel in dek(alle, ZINSDELEN)):
        return True
    rest = _ADRES_OF_NUMMER.sub(" ", regel)
    over = woorden(rest)
    return (
        len(over) <= _MEESTE_WOORDEN
        and not any(teken.isdecimal() for teken in _HUISNUMMER.sub(" ", rest))
        and GEEN_ONDERSCHRIFT.isdisjoint(over)
    )


def _kan_antwoord_zijn(onderschrift: str) -> bool:
    gelezen = woorden(onderschrift)
    return bool(_NASCHRIFT.search(onderschrift)) or any(
        woord == "bekend" and volgend not in BEKENDMAKEN
        for woord, volgend in pairwise((*gelezen, ""))
    )
