"""The labels of the melding form: what each of them asks, and how people spell it."""

from __future__ import annotations

from collections.abc import Mapping

from broker.domain.label import Label
from broker.wire.tekst import woorden

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
    Label.ARTIKEL: (
        "8 of 13: het artikel van de Wpg waaronder u deze gegevens verwerkt. Gebruik"
        " geen andere gegevens, en ook geen gegevens die zijn verwijderd."
    ),
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

_ANDERE_NAMEN: Mapping[Label, tuple[str, ...]] = {
    Label.NAAM: (
        "Naam betrokkene",
        "Naam van betrokkene",
        "Volledige naam",
        "Voor- en achternaam",
    ),
    Label.ADRES: (
        "Adres betrokkene",
        "Adres van betrokkene",
        "Straat en huisnummer",
        "Adres en woonplaats",
        "Adres, postcode en woonplaats",
        "Adres/postcode/woonplaats",
    ),
    Label.POSTCODE: (
        "Postcode en woonplaats",
        "Postcode/woonplaats",
        "Postcode en plaats",
        "Postcode/plaats",
    ),
    Label.WOONPLAATS: ("Plaats", "Woonplaats betrokkene"),
    Label.ZONDER_VASTE_WOONPLAATS: (
        "Zonder vast adres",
        "Zonder vaste woon- of verblijfplaats",
        "Geen vaste woonplaats",
        "Geen vaste woon- of verblijfplaats",
    ),
    Label.GEBOORTEDATUM: ("Datum geboorte", "Geboren op"),
    Label.MEERDERJARIG: (
        "Betrokkene meerderjarig",
        "Betrokkene is meerderjarig",
        "Is betrokkene meerderjarig",
    ),
    Label.DOEL: ("Doelen", "Doel(en)", "Doel melding", "Doel van melding", "Doel van de melding"),
    Label.REDEN: ("Reden", "Reden melding", "Reden van de melding", "Reden voor melding"),
    Label.EIGEN_INZET: ("Eigen inzet", "Eigen inzet is gedaan"),
    Label.ARTIKEL: ("Artikel Wpg", "Wpg-artikel", "Artikel van de Wpg"),
    Label.TOESTEMMING: (
        "Toestemming betrokkene",
        "Toestemming van betrokkene",
        "Toestemming gegeven",
    ),
    Label.DATUM_TOESTEMMING: ("Datum van toestemming", "Toestemming op", "Toestemming gegeven op"),
    Label.GRONDEN: ("Gronden", "Grond zonder toestemming"),
    Label.ZOU_AFWIJZEN: ("Zou hulp afwijzen", "Betrokkene zou hulp weigeren"),
    Label.AFWEGING: ("Afweging vastgelegd", "Datum afweging", "Afweging op"),
    Label.NIEUWE_AFWEGING: (
        "Nieuwe afweging vastgelegd",
        "Nieuwe afweging",
        "Datum nieuwe afweging",
        "Nieuwe afweging op",
    ),
    Label.GEINFORMEERD: (
        "Betrokkene is geïnformeerd",
        "Betrokkene geïnformeerd op",
        "Is betrokkene geïnformeerd",
        "Geïnformeerd",
    ),
    Label.UITGEZONDERD: ("Uitgezonderde loketten", "Uitgezonderd", "Niet bevragen"),
    Label.CONCEPT: ("Conceptmelding",),
}
"""A closed list: a label that says something else, such as 'Toestemming gevraagd', is not in it."""

LABELS: Mapping[str, Label] = {
    " ".join(woorden(naam)): label
    for label in Label
    for naam in (str(label), *_ANDERE_NAMEN[label])
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
    {
        *("aan", "van", "cc", "datum", "onderwerp", "betreft", "verzonden"),
        *("subject", "to", "from", "date", "sent"),
    }
)
"""What may stand as a label above the form: the head of a letter."""
