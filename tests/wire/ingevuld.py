"""A form as a careful melder fills it in: the other direction of what the broker reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from broker.domain.label import Label
from broker.domain.melding import Melding, PolitieMelding


def schrijf_formulier(melding: Melding) -> str:
    """A melding as a form that reads back as the same melding."""
    betrokkene = melding.betrokkene
    waarden: Mapping[Label, object] = {
        Label.NAAM: betrokkene.naam,
        Label.ADRES: betrokkene.adres,
        Label.POSTCODE: betrokkene.postcode,
        Label.WOONPLAATS: betrokkene.woonplaats,
        Label.ZONDER_VASTE_WOONPLAATS: betrokkene.zonder_vaste_woonplaats,
        Label.GEBOORTEDATUM: betrokkene.geboortedatum,
        Label.MEERDERJARIG: melding.meerderjarig,
        Label.DOEL: ", ".join(sorted(melding.doelen)),
        Label.REDEN: melding.reden,
        Label.EIGEN_INZET: melding.eigen_inzet_gedaan,
        Label.ARTIKEL: melding.artikel if isinstance(melding, PolitieMelding) else None,
        Label.TOESTEMMING: melding.toestemming,
        Label.DATUM_TOESTEMMING: melding.datum_toestemming,
        Label.GRONDEN: " en ".join(sorted(melding.gronden)),
        Label.ZOU_AFWIJZEN: melding.zou_hulp_afwijzen or None,
        Label.AFWEGING: melding.afweging_vastgelegd_op,
        Label.NIEUWE_AFWEGING: melding.nieuwe_afweging_vastgelegd_op,
        Label.GEINFORMEERD: melding.geinformeerd,
        Label.UITGEZONDERD: ", ".join(sorted(melding.uitgezonderd)),
        Label.CONCEPT: melding.concept,
    }
    return "".join(
        f"{label}: {_schrijf(waarde)}\n"
        for label, waarde in waarden.items()
        if waarde not in ("", None)
    )


def _schrijf(waarde: object) -> str:
    if isinstance(waarde, bool):
        return "ja" if waarde else "nee"
    if isinstance(waarde, date):
        return waarde.isoformat()
    return str(waarde)
