"""The labels of the melding form, in its order, and what each of them asks."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from broker.wire.tekst import woorden


class Label(StrEnum):
    """A label of the form, as people read it."""

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

HULP: Mapping[Label, str] = {
    Label.NAAM: "Voor- en achternaam van betrokkene.",
    Label.ADRES: "Straat en huisnummer.",
    Label.POSTCODE: "Vier cijfers en twee letters, bijvoorbeeld 5911 AB.",
    Label.WOONPLAATS: "De plaats waar betrokkene woont.",
    Label.ZONDER_VASTE_WOONPLAATS: "ja of nee. Bij ja laat u Adres en Postcode leeg.",
    Label.GEBOORTEDATUM: "Dag-maand-jaar, bijvoorbeeld 31-12-1970.",
    Label.MEERDERJARIG: "ja of nee. Is betrokkene 18 jaar of ouder?",
    Label.DOEL: (
        "1 (woonoverlast), 2 (vroegsignalering-toeleiding),"
        " 3 (escalatie-huisuitzetting) of 4 (ketenregie, nooit alleen)."
        " Meer dan één mag: 1, 4."
    ),
    Label.REDEN: (
        "Alleen met toestemming of na een nieuwe afweging. Alleen de"
        " ketenregisseur leest dit. Geen andere personen, geen BSN."
    ),
    Label.EIGEN_INZET: "ja of nee. Heeft u eerst zelf alles gedaan wat u kon?",
    Label.TOESTEMMING: "ja, nee of niet gevraagd.",
    Label.DATUM_TOESTEMMING: "Bij ja: de dag waarop betrokkene toestemming gaf.",
    Label.GRONDEN: (
        "Zonder toestemming: 'a en b'. a: u vermoedt een ernstige toestand."
        " b: hulp is dringend nodig."
    ),
    Label.ZOU_AFWIJZEN: (
        "Bij niet gevraagd: ja, als betrokkene dringend nodige hulp daardoor zou afwijzen."
    ),
    Label.AFWEGING: "Zonder toestemming: de dag waarop u uw afweging in uw dossier zette.",
    Label.NIEUWE_AFWEGING: ("De dag waarop u opnieuw afwoog of u de reden van melding mag geven."),
    Label.GEINFORMEERD: "ja, een datum, nog niet, niet bereikbaar of gevaar.",
    Label.UITGEZONDERD: "De loketten die dit niet hoeven te weten, met komma's ertussen.",
    Label.CONCEPT: "ja: wij controleren uw melding alleen. Er start niets.",
}
"""What would be right in each field; Dutch, for the person who fills it in."""

VOORBEELD_POLITIE_REDEN = "Alleen de ketenregisseur leest dit. Geen andere personen, geen BSN."

REGEL: Mapping[Label, str] = {
    Label.NAAM: "D-2",
    Label.ADRES: "D-2",
    Label.POSTCODE: "D-2",
    Label.WOONPLAATS: "D-2",
    Label.MEERDERJARIG: "C-3.1",
    Label.DOEL: "PR-2",
    Label.EIGEN_INZET: "B-1.1",
    Label.TOESTEMMING: "PR-7.1",
    Label.DATUM_TOESTEMMING: "PR-7.1",
}
"""The article that asks for a field that must be there."""

_ANDERE_NAMEN: Mapping[str, Label] = {
    "Naam betrokkene": Label.NAAM,
    "Naam van betrokkene": Label.NAAM,
    "Adres betrokkene": Label.ADRES,
    "Plaats": Label.WOONPLAATS,
    "Doelen": Label.DOEL,
    "Reden": Label.REDEN,
    "Reden melding": Label.REDEN,
    "Reden van de melding": Label.REDEN,
    "Eigen inzet": Label.EIGEN_INZET,
    "Datum van toestemming": Label.DATUM_TOESTEMMING,
    "Gronden": Label.GRONDEN,
}

LABELS: Mapping[str, Label] = {
    " ".join(woorden(naam)): label
    for naam, label in (*((str(label), label) for label in Label), *_ANDERE_NAMEN.items())
}
"""Every spelling of a label, flat, with the label it means."""

NOOIT_EEN_VELD = frozenset(
    {
        "bsn",
        "burgerservicenummer",
        "burger service nummer",
        "sofinummer",
        "sofi nummer",
        "kind",
        "kinderen",
        "naam kind",
        "namen kinderen",
        "medebewoner",
        "medebewoners",
        "huisgenoot",
        "huisgenoten",
        "gezinsleden",
        "partner van betrokkene",
        "nationaliteit",
        "geloof",
        "diagnose",
        "strafblad",
        "telefoon",
        "telefoonnummer",
        "mobiel",
        "email",
        "e mail",
    }
)
"""What the covenant gives no field for (PR-6.3): refused as a label, inside free text too."""

BRIEFHOOFD = frozenset(
    {"aan", "van", "cc", "datum", "onderwerp", "betreft", "subject", "to", "from", "date"}
)
"""What may stand as a label above the form: the head of a letter."""
