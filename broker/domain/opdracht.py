"""What people may order about a casus, and who may: by a signed mail or by the operator.

The melder decides about his melding (privacyreglement art. 7 lid 8), the ketenregisseur about the
round. Everybody else orders nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import assert_never

from broker.domain.casus import CasusGebeurtenis, CasusStaat, kan_casus, loopt_ronde
from broker.domain.gelijkenis import mag_beslissen
from broker.domain.partner import MedewerkerId, Netwerk
from broker.domain.toegang import mag_intrekken, mag_politie_bevragen, mag_regie_voeren


class OpdrachtSoort(StrEnum):
    """The words by which something is ordered, as people write them."""

    INTREKKEN = "INTREKKEN"
    AFRONDEN = "AFRONDEN"
    SPOED = "SPOED"
    STARTEN = "STARTEN"
    SAMENVOEGEN = "SAMENVOEGEN"


class Uitslag(StrEnum):
    """How an order ended: carried out, or why it changed nothing."""

    GEDAAN = "gedaan"
    ONBEKEND_KENMERK = "onbekend-kenmerk"
    NIET_BEVOEGD = "niet-bevoegd"
    AL_GESLOTEN = "al-gesloten"
    AL_SPOED = "al-spoed"
    NIETS_TE_BESLISSEN = "niets-te-beslissen"
    POLITIE_NU_NIET = "politie-nu-niet"
    NIET_SAMEN_TE_VOEGEN = "niet-samen-te-voegen"
    ONDUIDELIJK = "onduidelijk"


@dataclass(frozen=True, slots=True)
class Casusfeiten:
    """What of a casus an order depends on.

    `politie`: the police reported it, or the one that it would be joined to. `uitgevraagd`: no
    answer is awaited any more, as all came or the last day is over.
    """

    staat: CasusStaat
    melder: MedewerkerId
    politie: bool = False
    uitgevraagd: bool = False
    spoed: bool = False


def waarom_niet(
    netwerk: Netwerk, soort: OpdrachtSoort, casus: Casusfeiten, *, door: MedewerkerId, dag: date
) -> Uitslag | None:
    """PR-7.8, D-3, D-6, BS-9: why nothing comes of this order today; None when it is carried out.

    Only who may order it learns how the casus stands.
    """
    if not _is_bevoegd(netwerk, soort, casus, door=door, dag=dag):
        over_gelijkenis = soort in (OpdrachtSoort.STARTEN, OpdrachtSoort.SAMENVOEGEN)
        # BS-1: who may not know that the police reported somebody finds nothing to decide.
        if over_gelijkenis and mag_regie_voeren(netwerk, door, dag):
            return Uitslag.NIETS_TE_BESLISSEN
        return Uitslag.NIET_BEVOEGD
    staat = casus.staat
    match soort:
        case OpdrachtSoort.INTREKKEN:
            kan = kan_casus(staat, CasusGebeurtenis.INGETROKKEN)
            return None if kan else Uitslag.AL_GESLOTEN
        case OpdrachtSoort.AFRONDEN:
            return None if loopt_ronde(staat) else Uitslag.AL_GESLOTEN
        case OpdrachtSoort.SPOED:
            if not loopt_ronde(staat) or casus.uitgevraagd:
                return Uitslag.AL_GESLOTEN
            return Uitslag.AL_SPOED if casus.spoed else None
        case OpdrachtSoort.STARTEN:
            if not kan_casus(staat, CasusGebeurtenis.UITGEZET):
                return Uitslag.NIETS_TE_BESLISSEN
            mag = mag_politie_bevragen(netwerk, dag) or not casus.politie
            return None if mag else Uitslag.POLITIE_NU_NIET
        case OpdrachtSoort.SAMENVOEGEN:
            kan = kan_casus(staat, CasusGebeurtenis.SAMENGEVOEGD)
            return None if kan else Uitslag.NIETS_TE_BESLISSEN
        case _:
            assert_never(soort)


def _is_bevoegd(
    netwerk: Netwerk, soort: OpdrachtSoort, casus: Casusfeiten, *, door: MedewerkerId, dag: date
) -> bool:
    """PR-7.8, D-3, D-6: the melder or his vervanger withdraws; the rest is the ketenregisseur's."""
    match soort:
        case OpdrachtSoort.INTREKKEN:
            return mag_intrekken(netwerk, casus.melder, door)
        case OpdrachtSoort.AFRONDEN | OpdrachtSoort.SPOED:
            return mag_regie_voeren(netwerk, door, dag)
        case OpdrachtSoort.STARTEN | OpdrachtSoort.SAMENVOEGEN:
            return mag_beslissen(netwerk, door, dag, politie=casus.politie)
        case _:
            assert_never(soort)


def is_betrokken(netwerk: Netwerk, casus: Casusfeiten, *, door: MedewerkerId, dag: date) -> bool:
    """Whether somebody has anything to order about a casus: then he may hear that it is there."""
    return any(_is_bevoegd(netwerk, soort, casus, door=door, dag=dag) for soort in OpdrachtSoort)


def mogelijke_opdrachten(
    netwerk: Netwerk, casus: Casusfeiten, *, door: MedewerkerId, dag: date
) -> tuple[OpdrachtSoort, ...]:
    """The words that he can use about this casus as it stands."""
    return tuple(
        soort
        for soort in OpdrachtSoort
        if waarom_niet(netwerk, soort, casus, door=door, dag=dag) is None
    )
