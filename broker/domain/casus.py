"""The casus: one melding, its verzoeken, and the states it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from broker.domain.errors import OngeldigeOvergang
from broker.domain.melding import Melding
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.verzoek import (
    OPEN_VERZOEK,
    Antwoord,
    VerzoekGebeurtenis,
    VerzoekStaat,
    kan_verzoek,
)

Kenmerk = NewType("Kenmerk", str)
"""The reference of a casus, for example ZNW-2026-00042; says nothing about the person."""


def maak_kenmerk(afkorting: str, jaar: int, nummer: int) -> Kenmerk:
    """The kenmerk of the casus with that number in that year."""
    return Kenmerk(f"{afkorting}-{jaar}-{nummer:05d}")


class CasusStaat(StrEnum):
    """Where a casus stands."""

    ONTVANGEN = "ontvangen"
    AFGEWEZEN = "afgewezen"
    IN_VERRIJKING = "in verrijking"
    VERRIJKT = "verrijkt"
    GEAGENDEERD = "geagendeerd"
    OVERGEDRAGEN = "overgedragen"
    AFGESLOTEN = "afgesloten"
    INGETROKKEN = "ingetrokken"
    GEWIST = "gewist"


class CasusGebeurtenis(StrEnum):
    """What can happen to a casus."""

    AFGEWEZEN = "afgewezen"
    UITGEZET = "uitgezet"
    VERRIJKT = "verrijkt"
    GEAGENDEERD = "geagendeerd"
    OVERGEDRAGEN = "overgedragen"
    AFGESLOTEN = "afgesloten"
    INGETROKKEN = "ingetrokken"
    SAMENGEVOEGD = "samengevoegd"
    GEWIST = "gewist"


CASUS_OVERGANGEN: Mapping[tuple[CasusStaat, CasusGebeurtenis], CasusStaat] = {
    (CasusStaat.ONTVANGEN, CasusGebeurtenis.AFGEWEZEN): CasusStaat.AFGEWEZEN,
    (CasusStaat.ONTVANGEN, CasusGebeurtenis.UITGEZET): CasusStaat.IN_VERRIJKING,
    (CasusStaat.ONTVANGEN, CasusGebeurtenis.INGETROKKEN): CasusStaat.INGETROKKEN,
    # D-3: it was about the person of an earlier casus, which goes on for both.
    (CasusStaat.ONTVANGEN, CasusGebeurtenis.SAMENGEVOEGD): CasusStaat.AFGESLOTEN,
    (CasusStaat.IN_VERRIJKING, CasusGebeurtenis.VERRIJKT): CasusStaat.VERRIJKT,
    (CasusStaat.IN_VERRIJKING, CasusGebeurtenis.INGETROKKEN): CasusStaat.INGETROKKEN,
    (CasusStaat.VERRIJKT, CasusGebeurtenis.GEAGENDEERD): CasusStaat.GEAGENDEERD,
    (CasusStaat.VERRIJKT, CasusGebeurtenis.OVERGEDRAGEN): CasusStaat.OVERGEDRAGEN,
    # Werkproces art. 1: taken up by one or more partners without the meeting.
    (CasusStaat.VERRIJKT, CasusGebeurtenis.AFGESLOTEN): CasusStaat.AFGESLOTEN,
    (CasusStaat.VERRIJKT, CasusGebeurtenis.INGETROKKEN): CasusStaat.INGETROKKEN,
    (CasusStaat.GEAGENDEERD, CasusGebeurtenis.AFGESLOTEN): CasusStaat.AFGESLOTEN,
    (CasusStaat.GEAGENDEERD, CasusGebeurtenis.INGETROKKEN): CasusStaat.INGETROKKEN,
    (CasusStaat.OVERGEDRAGEN, CasusGebeurtenis.AFGESLOTEN): CasusStaat.AFGESLOTEN,
    (CasusStaat.OVERGEDRAGEN, CasusGebeurtenis.INGETROKKEN): CasusStaat.INGETROKKEN,
    (CasusStaat.AFGESLOTEN, CasusGebeurtenis.GEWIST): CasusStaat.GEWIST,
    (CasusStaat.AFGEWEZEN, CasusGebeurtenis.GEWIST): CasusStaat.GEWIST,
    (CasusStaat.INGETROKKEN, CasusGebeurtenis.GEWIST): CasusStaat.GEWIST,
}

UITKOMST_VERSTUURD = frozenset(
    {CasusStaat.VERRIJKT, CasusStaat.GEAGENDEERD, CasusStaat.OVERGEDRAGEN}
)
"""The casus runs, and its uitkomst has gone out: a late answer becomes an aanvulling (D-5)."""


def volgende_casusstaat(staat: CasusStaat, gebeurtenis: CasusGebeurtenis) -> CasusStaat:
    """The next state. Raises OngeldigeOvergang for what the table does not list."""
    try:
        return CASUS_OVERGANGEN[staat, gebeurtenis]
    except KeyError:
        raise OngeldigeOvergang(f"casus: {staat} does not know '{gebeurtenis}'") from None


def kan_casus(staat: CasusStaat, gebeurtenis: CasusGebeurtenis) -> bool:
    """Whether the table lists this transition."""
    return (staat, gebeurtenis) in CASUS_OVERGANGEN


def loopt_ronde(staat: CasusStaat) -> bool:
    """D-6: only a round that runs can be ended early, or made urgent."""
    return staat is CasusStaat.IN_VERRIJKING


class Ontvangst(StrEnum):
    """What becomes of an answer, by where its casus and its verzoek stand (D-5, D-13)."""

    OPNEMEN = "opnemen"
    AANVULLING = "aanvulling"
    GESLOTEN = "gesloten"


def ontvangst(casus: CasusStaat, verzoek: VerzoekStaat) -> Ontvangst:
    """D-5, D-13: OPNEMEN: it becomes, or corrects, the answer of an open round.

    AANVULLING: it comes after its verzoek or the round was closed and goes to the ketenregisseur;
    an uitkomst never changes. GESLOTEN: refused and not stored.
    """
    running = casus is CasusStaat.IN_VERRIJKING
    if running and kan_verzoek(verzoek, VerzoekGebeurtenis.BEANTWOORD):
        return Ontvangst.OPNEMEN
    if (running or casus in UITKOMST_VERSTUURD) and verzoek is not VerzoekStaat.INGETROKKEN:
        return Ontvangst.AANVULLING
    return Ontvangst.GESLOTEN


@dataclass(frozen=True, slots=True)
class Verzoek:
    """One desk's verzoek within its casus, with its answer in clear."""

    loket: LoketId
    staat: VerzoekStaat
    gevraagd_op: datetime
    antwoord: Antwoord | None = None

    @property
    def is_open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.staat in OPEN_VERZOEK


@dataclass(frozen=True, slots=True)
class Casus:
    """A casus with its content in clear, as it is when a use case decides about it."""

    kenmerk: Kenmerk
    staat: CasusStaat
    melder: MedewerkerId
    melder_loket: LoketId
    melding: Melding
    verzoeken: tuple[Verzoek, ...]

    def verzoek_aan(self, loket: LoketId) -> Verzoek | None:
        """The verzoek to that desk."""
        return next((v for v in self.verzoeken if v.loket == loket), None)

    @property
    def is_compleet(self) -> bool:
        """Whether every verzoek is closed."""
        return not any(v.is_open for v in self.verzoeken)
