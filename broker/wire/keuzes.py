"""The purposes and the grounds of a melding, by number, by letter, or in the covenant's words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from broker.domain.melding import Doel, Grond
from broker.domain.partner import LoketId
from broker.wire.tekst import dek, woorden
from broker.wire.waarden import NEE, Probleem, aangekruist

T = TypeVar("T")

_DOELEN: Mapping[Doel, tuple[str, ...]] = {
    Doel.WOONOVERLAST: (
        "1",
        "woonoverlast",
        "overlast",
        (
            "het op effectieve en integrale wijze aanpakken, terugdringen en voorkomen van"
            " (woon)overlast"
        ),
        "aanpakken, terugdringen en voorkomen van (woon)overlast",
    ),
    Doel.VROEGSIGNALERING_TOELEIDING: (
        "2",
        "vroegsignalering-toeleiding",
        "vroegsignalering en toeleiding",
        "vroegsignalering",
        "toeleiding",
        "vroeg signaleren en toeleiden naar (bemoei)zorg",
        (
            "in een zo vroeg mogelijk stadium signaleren van problematisch (woon)gedrag en"
            " integraal toe leiden naar en bieden van (bemoei)zorg en ondersteuning"
        ),
        (
            "in een zo vroeg mogelijk stadium signaleren van problematisch (woon)gedrag en"
            " integraal toeleiden naar en bieden van (bemoei)zorg en ondersteuning"
        ),
    ),
    Doel.ESCALATIE_HUISUITZETTING: (
        "3",
        "escalatie-huisuitzetting",
        "escalatie en huisuitzetting",
        "huisuitzetting",
        "escalatie",
        "voorkomen huisuitzetting",
        "voorkomen van huisuitzetting",
        "voorkomen van escalatie en huisuitzetting",
        (
            "escalatie van (individuele) problematiek, structurele (woon)overlast voorkomen en het"
            " voorkomen van huisuitzetting"
        ),
    ),
    Doel.KETENREGIE: (
        "4",
        "ketenregie",
        "het versterken van ketensamenwerking en ketenregie",
        "versterken van ketensamenwerking en ketenregie",
    ),
}
"""The covenant's own words of art. 3 lid 2, their numbers, and the short forms."""

_GRONDEN: Mapping[Grond, tuple[str, ...]] = {
    Grond.ERNSTIGE_TOESTAND: (
        "a",
        "ernstige toestand",
        "ernstige gezondheidstoestand",
        "ernstige lichamelijke of geestelijke gezondheidstoestand",
    ),
    Grond.DRINGENDE_HULP: (
        "b",
        "dringende hulp",
        "dringende noodzaak",
        "hulp dringend nodig",
        "hulp is dringend nodig",
        "dringende noodzaak voor hulp",
    ),
}

_TUSSENWOORDEN = frozenset({"en", "ook", "ja", "doel", "doelen", "nummer", "grond", "gronden"})
_NUMMERING = re.compile(r"[0-9]+(?:\.[0-9]+)+")


def _stukken(waarde: str) -> tuple[str, ...]:
    """Words; '(woon)overlast' is one, and '3.2' is not two numbers but no word that we know."""
    return woorden(_NUMMERING.sub("nummering", re.sub(r"[()]", "", waarde)))


def _tabel(bron: Mapping[T, tuple[str, ...]]) -> Mapping[tuple[str, ...], T]:
    return {_stukken(vorm): waarde for waarde, vormen in bron.items() for vorm in vormen}


_DOELTABEL = _tabel(_DOELEN)
_GRONDTABEL = _tabel(_GRONDEN)


def _verzamel(waarde: str, tabel: Mapping[tuple[str, ...], T]) -> frozenset[T] | None:
    """Every value that is named; None when a word is left over that the table does not know."""
    gevonden: set[T] = set()
    for zinsdeel, betekenis in dek(_stukken(waarde), tabel):
        if betekenis is not None:
            gevonden.add(betekenis)
        elif zinsdeel[0] not in _TUSSENWOORDEN:
            return None
    return frozenset(gevonden)


def lees_doelen(waarde: str) -> frozenset[Doel] | Probleem:
    """The purposes by number, in the covenant's own words, or in short (PR-2)."""
    return _verzamel(aangekruist(waarde), _DOELTABEL) or Probleem(
        "geen-doel",
        (
            "Kies uit 1 (woonoverlast), 2 (vroegsignalering-toeleiding),"
            " 3 (escalatie-huisuitzetting) en 4 (ketenregie). Schrijf er niets anders bij."
        ),
    )


def lees_gronden(waarde: str) -> frozenset[Grond] | Probleem:
    """The two grounds of PR-7.3, by letter or in words."""
    vlakke = " ".join(woorden(waarde))
    if vlakke in {"beide", "beide gronden", "allebei", "ab"}:
        return frozenset(Grond)
    return _verzamel(aangekruist(waarde), _GRONDTABEL) or Probleem(
        "geen-grond", "Schrijf a, b of 'a en b'. Schrijf er geen toelichting bij."
    )


def lees_loketten(waarde: str, *, loketten: Mapping[str, LoketId]) -> frozenset[LoketId] | Probleem:
    """The desks that are left out, by name or id."""
    if " ".join(woorden(waarde)) in {*NEE, "niemand"}:
        return frozenset()
    tabel = {woorden(naam): loket for naam, loket in loketten.items()}
    tabel |= {woorden(loket): loket for loket in loketten.values()}
    gevonden = _verzamel(waarde, tabel)
    if gevonden is None:
        namen = ", ".join(loketten) or "geen"
        return Probleem("onbekend-loket", f"Kies uit deze loketten: {namen}.")
    return gevonden
