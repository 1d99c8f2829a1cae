"""The fields of a melding, by the labels under which people know them (PR-6.3: no others exist)."""

from __future__ import annotations

from enum import StrEnum

FORMULIER = "Formulier"
"""Names a fault that belongs to no single field."""

MELDER = "Melder"
"""Names a fault of who reports."""


class Label(StrEnum):
    """A field of the melding, in the order of the form."""

    NAAM = "Naam"
    ADRES = "Adres"
    POSTCODE = "Postcode"
    WOONPLAATS = "Woonplaats"
    ZONDER_VASTE_WOONPLAATS = "Zonder vaste woonplaats"
    GEBOORTEDATUM = "Geboortedatum"
    MEERDERJARIG = "Meerderjarig"
    DOEL = "Doel"
    REDEN = "Reden van melding"
    EIGEN_INZET = "Eigen inzet gedaan"
    ARTIKEL = "Artikel"
    TOESTEMMING = "Toestemming"
    DATUM_TOESTEMMING = "Datum toestemming"
    GRONDEN = "Gronden zonder toestemming"
    ZOU_AFWIJZEN = "Betrokkene zou hulp afwijzen"
    AFWEGING = "Afweging vastgelegd op"
    NIEUWE_AFWEGING = "Nieuwe afweging vastgelegd op"
    GEINFORMEERD = "Betrokkene geïnformeerd"
    UITGEZONDERD = "Loketten uitgezonderd"
    CONCEPT = "Concept"


NIET_VOOR_POLITIE = frozenset(
    {
        Label.TOESTEMMING,
        Label.DATUM_TOESTEMMING,
        Label.GRONDEN,
        Label.ZOU_AFWIJZEN,
        Label.AFWEGING,
        Label.NIEUWE_AFWEGING,
    }
)
"""Consent and what replaces it: not for a melding by the police (PR-7.2)."""

ALLEEN_POLITIE = frozenset({Label.ARTIKEL})
"""What only the police state (WPG-14.2)."""

_VOLGORDE = {MELDER: -1} | {str(label): plek for plek, label in enumerate(Label)}


def plek_op_formulier(veld: str) -> int:
    """Where a fault stands in a refusal: who reports, the fields, then what belongs to none."""
    return _VOLGORDE.get(veld, len(_VOLGORDE))
