"""What may not stand on the form of a melding, whatever it says: one function an article.

Each judges a form as it was filled in, as those of `voorwaarden` do.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from broker.domain.errors import Fout
from broker.domain.ingevuld import Ingevuld
from broker.domain.label import ALLEEN_POLITIE, FORMULIER, NIET_VOOR_POLITIE, Label
from broker.domain.melding import PolitieMelding, Toestemming
from broker.domain.partner import Netwerk
from broker.domain.voorwaarden import Voorwaarde


def burgerservicenummer(ingevuld: Ingevuld) -> Iterator[Fout]:
    """UAVG-46: no burgerservicenummer; the covenant names none."""
    for label in ingevuld.nummers:
        yield Fout(
            label or FORMULIER,
            "burgerservicenummer",
            (
                "Hierin staat een nummer dat een burgerservicenummer (BSN) kan zijn."
                if label
                else "In uw bericht of het onderwerp staat een nummer dat een burgerservicenummer"
                " (BSN) kan zijn."
            )
            + " Haal dat nummer weg.",
            "UAVG-46",
        )


def alleen_velden_van_het_formulier(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-6.3: no field for children, other residents or anything else that has no label."""
    for veld in ingevuld.vreemd:
        plek = f"Na '{veld.onder}'" if veld.onder else "Op het formulier"
        wat = "Haal het weg." if veld.bedoeld is None else f"Bedoelt u '{veld.bedoeld}'?"
        yield Fout(
            FORMULIER,
            "onbekend-veld",
            f"{plek} staat een veld dat het formulier niet kent. {wat}",
            "PR-6.3",
        )


def geboortedatum(ingevuld: Ingevuld, netwerk: Netwerk) -> Iterator[Fout]:
    """D-2: no date of birth, but where the network turned it on."""
    if Label.GEBOORTEDATUM in ingevuld.gevuld and not netwerk.geboortedatum_toegestaan:
        yield Fout(
            Label.GEBOORTEDATUM,
            "niet-toegestaan",
            "Laat dit veld weg. Dit netwerk gebruikt het niet.",
            "D-2",
        )


def politie_zonder_toestemming(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-7.2: the police are exempt from consent, and are not asked for what replaces it."""
    if isinstance(ingevuld.melding, PolitieMelding):
        for label in NIET_VOOR_POLITIE & ingevuld.gevuld:
            yield Fout(
                label,
                "niet-voor-politie",
                "Laat dit veld weg. Voor een melding van de politie vragen wij dit niet.",
                "PR-7.2",
            )


def artikel_alleen_van_de_politie(ingevuld: Ingevuld) -> Iterator[Fout]:
    """WPG-14.2: only an officer says under which article police data are processed."""
    if not isinstance(ingevuld.melding, PolitieMelding):
        for label in ALLEEN_POLITIE & ingevuld.gevuld:
            yield Fout(
                label,
                "alleen-voor-politie",
                "Laat dit veld weg. Alleen de politie vult het in.",
                "WPG-14.2",
            )


def geen_inhoud_zonder_toestemming(ingevuld: Ingevuld) -> Iterator[Fout]:
    """PR-7.6a: without consent no content or background, unless it was weighed anew."""
    melding = ingevuld.melding
    mag = (
        isinstance(melding, PolitieMelding)
        or ingevuld.ontbreekt(Label.TOESTEMMING)
        or melding.toestemming is Toestemming.JA
        or melding.nieuwe_afweging_vastgelegd_op is not None
    )
    if Label.REDEN in ingevuld.gevuld and not mag:
        yield Fout(
            Label.REDEN,
            "reden-zonder-toestemming",
            "Zonder toestemming mag dit niet. Laat het weg, of geef bij"
            f" '{Label.NIEUWE_AFWEGING}' de dag waarop u opnieuw afwoog.",
            "PR-7.6a",
        )


def misplaatst(netwerk: Netwerk) -> tuple[Voorwaarde, ...]:
    """What must go from the form, whatever it says."""
    return (
        (burgerservicenummer, frozenset()),
        (alleen_velden_van_het_formulier, frozenset()),
        (partial(geboortedatum, netwerk=netwerk), frozenset()),
        (politie_zonder_toestemming, frozenset()),
        (artikel_alleen_van_de_politie, frozenset()),
        (geen_inhoud_zonder_toestemming, frozenset({Label.TOESTEMMING, Label.NIEUWE_AFWEGING})),
    )
