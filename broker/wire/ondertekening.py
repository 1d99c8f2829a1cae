"""Where a person's own words end and his signature begins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from broker.wire.citaat import eigen_blokken
from broker.wire.tekst import woorden
from broker.wire.woordenlijst import BEKENDMAKEN, GEVOELIG_NA_ONDERTEKENING

_GROET = re.compile(
    r"\b(?:(?:met\s)?(?:vriendelijke|vriendelijk|hartelijke|collegiale|beste)\s+groet(?:en)?"
    r"|m\.?v\.?g\b\.?|groet(?:en|jes)?|gr\.?(?=[\s,]|$)|hoogachtend|kind regards|best regards"
    r"|regards)(?![^\W\d_])",
    re.IGNORECASE,
)
_BEGIN_ONDERSCHRIFT = re.compile(
    r"^(?:--$|-{5,}$|_{5,}$|disclaimer\b|verzonden vanaf\b|verstuurd vanaf\b|sent from\b"
    r"|verzonden via\b|get outlook\b|outlook voor\b|download outlook\b"
    r"|de informatie in dit e-?mail|de inhoud van dit (?:e-?mail|bericht)"
    r"|dit (?:e-?mail)?bericht is (?:uitsluitend|alleen|vertrouwelijk)"
    r"|this e-?mail (?:message )?(?:is|and|may))",
    re.IGNORECASE,
)
_NASCHRIFT = re.compile(r"\bp\.?\s?s\b", re.IGNORECASE)


def eigen_woorden(tekst: str) -> tuple[str, ...] | None:
    """The lines that a person wrote himself, without quotation and signature.

    None when something below the signature could be part of the answer. A quotation ends a
    signature; after each block stands an empty line.
    """
    eigen: list[str] = []
    for blok in eigen_blokken(tekst):
        boven, onder = _splits(blok)
        if _kan_antwoord_zijn(onder):
            return None
        eigen += [*boven, ""]
    return tuple(eigen)


def _splits(regels: Sequence[str]) -> tuple[list[str], str]:
    """The lines above the signature, and all that stands in it and below."""
    boven: list[str] = []
    for plek, regel in enumerate(regels):
        if _BEGIN_ONDERSCHRIFT.match(regel):
            return boven, "\n".join(regels[plek:])
        groet = _GROET.search(regel)
        if groet is not None:
            boven.append(regel[: groet.start()])
            return boven, "\n".join([regel[groet.end() :], *regels[plek + 1 :]])
        boven.append(regel)
    return boven, ""


def _kan_antwoord_zijn(onderschrift: str) -> bool:
    gelezen = woorden(onderschrift)
    if _NASCHRIFT.search(onderschrift) or not GEVOELIG_NA_ONDERTEKENING.isdisjoint(gelezen):
        return True
    return any(
        woord == "bekend" and volgend not in BEKENDMAKEN
        for woord, volgend in pairwise((*gelezen, ""))
    )
