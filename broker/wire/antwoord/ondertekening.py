"""Where a person's own words end and his signature begins, and what may stand in that.

Below the closing words only lines count as signature that look like one; anything else could take
the answer back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from broker.wire.antwoord.burgerservicenummer import zonder_burgerservicenummer
from broker.wire.antwoord.disclaimer import BEGIN as DISCLAIMER
from broker.wire.antwoord.disclaimer import is_disclaimer
from broker.wire.antwoord.functies import BEKENDMAKEN
from broker.wire.antwoord.gelezen import Onleesbaar
from broker.wire.antwoord.gevaar import Onduidelijkheid, gevaren_in
from broker.wire.antwoord.hulpverlener import heeft_de_vorm_van_een_naam
from broker.wire.antwoord.naamregel import is_blokregel, is_naamregel, zonder_glimlach
from broker.wire.antwoord.voetregel import VOETREGEL, is_voetregel
from broker.wire.antwoord.zinsdelen import KERNWOORDEN
from broker.wire.citaat import eigen_blokken
from broker.wire.tekst import woorden

_GROET = re.compile(
    r"\b(?:(?:met\s(?:een\s)?)?"
    r"(?:vriendelijke|vriendelijk|hartelijke|collegiale|beste|warme|zonnige|sportieve|fijne)\s"
    r"groet(?:en|jes)?|vriendelijk\sgegroet|met\sgroet|m\.?v\.?g\b\.?|vr\.?\s?gr\b\.?"
    r"|groet(?:en|jes)?|grtz?\b\.?|gr\.?(?=[\s,]|$)|hgr\b\.?|met\s(?:de\smeeste\s)?hoogachting"
    r"|hoogachtend|liefs|(?:kind|best|warm)\sregards|regards|namens\s(?:deze|dezen))"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)
_SCHEIDING = re.compile(r"^--$")
_STREEP = re.compile(r"^(?:-{5,}|_{5,}|={5,}|\*{5,})$")
_NASCHRIFT = re.compile(r"\bp\.?\s?s\b|\bn\.?b\b", re.IGNORECASE)
_LANGSTE_MET_ONDERTEKENING = 40_000


def eigen_woorden(tekst: str) -> tuple[str, ...]:
    """The lines that a person wrote himself, without quotation and signature.

    Raises `Onleesbaar` when something below the signature could be part of the answer, or when
    there is more of it all than anybody writes. A quotation ends a signature; after each block
    stands an empty line.
    """
    blokken = eigen_blokken(tekst, alleen_onze_mail=True)
    if sum(len(regel) + 1 for blok in blokken for regel in blok) > _LANGSTE_MET_ONDERTEKENING:
        raise Onleesbaar(Onduidelijkheid.TE_LANG)
    eigen: list[str] = []
    for blok in blokken:
        boven, onder = _splits(blok)
        if not _is_ondertekening(onder):
            gevaren = gevaren_in(woorden("\n".join(onder)))
            raise Onleesbaar(Onduidelijkheid.NA_ONDERTEKENING, *gevaren)
        eigen += [*boven, ""]
    return tuple(eigen)


def _splits(regels: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines above the signature, and all that stands in it and below."""
    boven: list[str] = []
    for plek, regel in enumerate(regels):
        if any(vorm.match(regel) for vorm in (_SCHEIDING, _STREEP, VOETREGEL, DISCLAIMER)):
            return boven, list(regels[plek:])
        groet = _GROET.search(regel)
        if groet is not None:
            boven.append(regel[: groet.start()])
            return boven, [regel[groet.end() :].lstrip(" ,.!"), *regels[plek + 1 :]]
        boven.append(regel)
    einde = _begin_zonder_groet(boven)
    return boven[:einde], boven[einde:]


def _begin_zonder_groet(regels: Sequence[str]) -> int:
    """Where a signature without closing words begins; the end when there is none.

    Below an empty line a name of two words or more, and then only lines of a signature.
    """
    einde = len(regels)
    for plek in range(len(regels) - 1, 0, -1):
        regel = regels[plek]
        if not KERNWOORDEN.isdisjoint(woorden(regel)) or not is_naamregel(regel, is_eerste=False):
            break
        if not regels[plek - 1] and len(regel.split()) > 1 and heeft_de_vorm_van_een_naam(regel):
            einde = plek
    return einde


def _is_ondertekening(regels: Sequence[str]) -> bool:
    """Whether these lines are a signature and nothing else.

    After '--' a motto may stand, after the first words of a disclaimer its sentences.
    """
    if _kan_antwoord_zijn("\n".join(regels)):
        return False
    in_blok = False
    is_eerste = True
    for plek, ruw in enumerate(regels):
        regel = zonder_glimlach(zonder_burgerservicenummer(ruw)).strip()
        if DISCLAIMER.match(regel):
            return is_disclaimer([r for r in regels[plek:] if not is_voetregel(r)])
        in_blok = in_blok or bool(_SCHEIDING.match(regel))
        if not (regel and woorden(regel)) or is_voetregel(regel):
            continue
        # Another closing, such as 'Groetjes' below 'Fijne dag': the name still comes.
        kaal = _GROET.sub(" ", regel).strip(" ,.!")
        past = is_blokregel(kaal) if in_blok else is_naamregel(kaal, is_eerste=is_eerste)
        if kaal and not past:
            return False
        is_eerste = is_eerste and not kaal
    return True


def _kan_antwoord_zijn(onderschrift: str) -> bool:
    gelezen = woorden(onderschrift)
    return bool(_NASCHRIFT.search(onderschrift)) or any(
        woord == "bekend" and volgend not in BEKENDMAKEN
        for woord, volgend in pairwise((*gelezen, ""))
    )
