"""What people may order about a casus by a signed mail, and who may.

The melder decides about his melding (privacyreglement art. 7 lid 8), the ketenregisseur about the
round. Everybody else orders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from broker.domain.casus import CasusGebeurtenis, CasusStaat, kan_casus
from broker.domain.partner import MedewerkerId, Netwerk
from broker.domain.toegang import mag_intrekken, mag_regie_voeren


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


_GEBEURTENIS: Mapping[OpdrachtSoort, CasusGebeurtenis] = {
    OpdrachtSoort.INTREKKEN: CasusGebeurtenis.INGETROKKEN,
    OpdrachtSoort.AFRONDEN: CasusGebeurtenis.VERRIJKT,
    OpdrachtSoort.SPOED: CasusGebeurtenis.VERRIJKT,
    OpdrachtSoort.STARTEN: CasusGebeurtenis.UITGEZET,
    OpdrachtSoort.SAMENVOEGEN: CasusGebeurtenis.SAMENGEVOEGD,
}
"""What must still be able to happen to a casus for the order to make sense."""


def mag_opdragen(
    netwerk: Netwerk,
    soort: OpdrachtSoort,
    *,
    melder: MedewerkerId,
    door: MedewerkerId,
    dag: date,
) -> bool:
    """PR-7.8, D-3, D-6: the melder or his vervanger withdraws; the rest is the ketenregisseur's."""
    if soort is OpdrachtSoort.INTREKKEN:
        return mag_intrekken(netwerk, melder, door)
    return mag_regie_voeren(netwerk, door, dag)


def is_betrokken(netwerk: Netwerk, *, melder: MedewerkerId, door: MedewerkerId, dag: date) -> bool:
    """Whether somebody has anything to order about a casus: then he may hear that it is there."""
    return any(
        mag_opdragen(netwerk, soort, melder=melder, door=door, dag=dag) for soort in OpdrachtSoort
    )


def mogelijke_opdrachten(
    netwerk: Netwerk,
    staat: CasusStaat,
    *,
    melder: MedewerkerId,
    door: MedewerkerId,
    dag: date,
) -> tuple[OpdrachtSoort, ...]:
    """The words that he can use about this casus as it stands."""
    return tuple(
        soort
        for soort, gebeurtenis in _GEBEURTENIS.items()
        if kan_casus(staat, gebeurtenis)
        and mag_opdragen(netwerk, soort, melder=melder, door=door, dag=dag)
    )
