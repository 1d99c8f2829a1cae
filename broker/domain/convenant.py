"""Who may ask, say and learn what: one function an article, to be read beside the covenant.

Every decision of the covenant that the broker takes is taken here. Days are days in the network's
time zone. Nothing here reads a clock: `dag` is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from broker.domain.errors import Fout, Weigering
from broker.domain.melding import Doel, Grond, Melding, PolitieMelding, Toestemming
from broker.domain.partner import (
    Loket,
    LoketId,
    Medewerker,
    MedewerkerId,
    Netwerk,
    Rol,
    Soort,
    Vingerafdruk,
)


@dataclass(frozen=True, slots=True)
class Spreker:
    """Who speaks: the employee whose pinned key made the signature, with his desk."""

    loket: Loket
    medewerker: Medewerker


class GeenToegang(StrEnum):
    """Why somebody may not send or read. Stable codes for the operator."""

    ONBEKEND = "onbekend"
    NIET_ACTIEF = "niet-actief"
    PARTNER_NEEMT_NIET_DEEL = "partner-neemt-niet-deel"
    ANDERE_SLEUTEL = "andere-sleutel"
    ANDER_ADRES = "ander-adres"
    NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS = "niet-aangewezen-voor-politiegegevens"
    BESLUIT_GELDT_NIET = "besluit-geldt-niet"
    GEEN_AANGEWEZEN_ONTVANGER = "geen-aangewezen-ontvanger"


def toegang(
    netwerk: Netwerk, loket: Loket, medewerker: Medewerker, dag: date
) -> GeenToegang | None:
    """PR-13.3, PR-13.4, C-16: only active employees of a partner that takes part send and read."""
    if not netwerk.partner_van(loket).deelname.bevat(dag):
        return GeenToegang.PARTNER_NEEMT_NIET_DEEL
    if not medewerker.is_actief(dag):
        return GeenToegang.NIET_ACTIEF
    return None


def wie_spreekt(netwerk: Netwerk, sleutel: Vingerafdruk, dag: date) -> Spreker | GeenToegang:
    """C-5, BS-5: the pinned key says who speaks, never an address."""
    gevonden = netwerk.medewerker_met(sleutel)
    if gevonden is None:
        return GeenToegang.ONBEKEND
    geen_toegang = toegang(netwerk, *gevonden, dag)
    return Spreker(*gevonden) if geen_toegang is None else geen_toegang


@dataclass(frozen=True, slots=True)
class Bestemming:
    """What the outbox is about to send, and to whom it was made."""

    medewerker: MedewerkerId
    sleutel: Vingerafdruk
    adres: str
    politiegegevens: bool


def mag_ontvangen(netwerk: Netwerk, naar: Bestemming, dag: date) -> GeenToegang | None:
    """PR-8, PR-13.4, BS-1, BS-9: judged again at the moment of sending; None when he may."""
    gevonden = netwerk.medewerker(naar.medewerker)
    if gevonden is None:
        return GeenToegang.ONBEKEND
    loket, medewerker = gevonden
    if medewerker.vingerafdruk != naar.sleutel:
        return GeenToegang.ANDERE_SLEUTEL
    if medewerker.adres != naar.adres:
        return GeenToegang.ANDER_ADRES
    if naar.politiegegevens:
        if not netwerk.besluit.geldt(dag):
            return GeenToegang.BESLUIT_GELDT_NIET
        if not (netwerk.is_wpg(loket) or medewerker.mag_politiegegevens(dag)):
            return GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS
    return toegang(netwerk, loket, medewerker, dag)


def vervangers(netwerk: Netwerk, medewerker: Medewerker) -> Iterator[Medewerker]:
    """C-6.3: who stands in for him, then who stands in for that one, each once.

    A partner provides its own vervanger: the row ends at an employee of another partner.
    """
    eigen = netwerk.medewerker(medewerker.id)
    gezien = {medewerker.id}
    volgende = medewerker.vervanger
    while volgende is not None and volgende not in gezien:
        gezien.add(volgende)
        gevonden = netwerk.medewerker(volgende)
        if eigen is None or gevonden is None or gevonden[0].partner != eigen[0].partner:
            return
        yield gevonden[1]
        volgende = gevonden[1].vervanger


def aanwezige(
    netwerk: Netwerk, loket: Loket, rol: Rol, dag: date, *, aangewezen: bool = False
) -> Medewerker | None:
    """C-6.3: the first active, present employee with that role at a desk, or his vervanger.

    With `aangewezen` only who was designated for police data counts (BS-5).
    """

    def mag(medewerker: Medewerker) -> bool:
        return (
            rol in medewerker.rollen
            and medewerker.is_actief(dag)
            and (medewerker.mag_politiegegevens(dag) or not aangewezen)
        )

    kandidaten = [m for m in loket.medewerkers if mag(m)]
    for kandidaat in kandidaten:
        for keuze in (kandidaat, *vervangers(netwerk, kandidaat)):
            if mag(keuze) and not keuze.is_afwezig(dag):
                return keuze
    # Everybody is away: the question waits with the first rather than going to nobody.
    return kandidaten[0] if kandidaten else None


def _regisseurs(netwerk: Netwerk, dag: date, *, aangewezen: bool) -> Iterator[Spreker]:
    for loket in netwerk.loketten():
        if netwerk.partner_van(loket).soort is not Soort.GEMEENTE:
            continue
        medewerker = aanwezige(netwerk, loket, Rol.KETENREGISSEUR, dag, aangewezen=aangewezen)
        if medewerker is not None and toegang(netwerk, loket, medewerker, dag) is None:
            yield Spreker(loket, medewerker)


def ketenregisseur(netwerk: Netwerk, dag: date) -> Spreker | None:
    """Covenant art. 2 f: which employee of the gemeente has the regie today.

    One who may have police data goes first (BS-1), and among those one who is present (C-6.3).
    """
    keuzes = [*_regisseurs(netwerk, dag, aangewezen=True)] or [
        *_regisseurs(netwerk, dag, aangewezen=False)
    ]
    return min(keuzes, key=lambda keuze: keuze.medewerker.is_afwezig(dag), default=None)


def mag_politie_bevragen(netwerk: Netwerk, dag: date) -> bool:
    """BS-1, BS-9: the decision is in force, and somebody may receive what the police answer."""
    regie = ketenregisseur(netwerk, dag)
    return (
        netwerk.besluit.geldt(dag)
        and regie is not None
        and regie.medewerker.mag_politiegegevens(dag)
    )


def te_bevragen(
    netwerk: Netwerk, melding: Melding, melder_loket: LoketId, dag: date
) -> tuple[Spreker, ...]:
    """B-1.3: every desk but the melder's own and those he left out, each by one employee.

    Not asked: a partner that does not take part (C-16), the police while they may not be (BS-9),
    and, where police data are given or received, who was not designated for them (BS-1, BS-5).
    """
    gevraagd: list[Spreker] = []
    for loket in netwerk.loketten():
        if loket.id == melder_loket or loket.id in melding.uitgezonderd:
            continue
        if netwerk.is_wpg(loket) and not mag_politie_bevragen(netwerk, dag):
            continue
        aangewezen = netwerk.is_wpg(loket) or isinstance(melding, PolitieMelding)
        medewerker = aanwezige(netwerk, loket, Rol.VERRIJKER, dag, aangewezen=aangewezen)
        if medewerker is None or toegang(netwerk, loket, medewerker, dag) is not None:
            continue
        gevraagd.append(Spreker(loket, medewerker))
    return tuple(gevraagd)


def mag_verstrekken(netwerk: Netwerk, spreker: Spreker, dag: date) -> GeenToegang | None:
    """BS-5, BS-9, WPG-23: whether what the police say, melding or antwoord, may be taken today.

    Only under the decision, from a designated officer, and while somebody may receive it. What
    any other desk says are no police data: None.
    """
    if not netwerk.is_wpg(spreker.loket):
        return None
    if not netwerk.besluit.geldt(dag):
        return GeenToegang.BESLUIT_GELDT_NIET
    if not spreker.medewerker.mag_politiegegevens(dag):
        return GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS
    if not mag_politie_bevragen(netwerk, dag):
        return GeenToegang.GEEN_AANGEWEZEN_ONTVANGER
    return None


POLITIE_MELDT_NIET: Mapping[GeenToegang, tuple[str, str]] = {
    GeenToegang.BESLUIT_GELDT_NIET: (
        "De beslissing volgens artikel 20 Wpg is nu niet van kracht. De politie kan niet melden.",
        "BS-9",
    ),
    GeenToegang.NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS: (
        "U bent niet aangewezen om politiegegevens te verstrekken. Vraag uw leiding daarom.",
        "BS-5",
    ),
    GeenToegang.GEEN_AANGEWEZEN_ONTVANGER: (
        "Geen ketenregisseur mag nu politiegegevens ontvangen. Bel de gemeente.",
        "BS-1",
    ),
}
"""What a police melder is told, and by which rule, when his melding may not be taken."""


def mag_melden(netwerk: Netwerk, spreker: Spreker, dag: date) -> Fout | None:
    """C-5, PR-13.4: an employee designated as melder; the police only as `mag_verstrekken` says."""
    if Rol.MELDER not in spreker.medewerker.rollen:
        return Fout(
            "Melder",
            "geen-melder",
            "U bent niet aangewezen als melder. Vraag de systeembeheerder u de rol te geven.",
            "PR-13.4",
        )
    reden = mag_verstrekken(netwerk, spreker, dag)
    return None if reden is None else Fout("Melder", reden.value, *POLITIE_MELDT_NIET[reden])


def doelgroep(melding: Melding, netwerk: Netwerk) -> Iterator[Fout]:
    """C-2b, C-3.1, C-4: adult inhabitants of the gemeente."""
    if not melding.meerderjarig:
        yield Fout(
            "Meerderjarig",
            "minderjarig",
            "Het zorgnetwerk is er voor volwassenen. Meld dit bij een organisatie voor jeugdhulp.",
            "C-3.1",
        )
    betrokkene = melding.betrokkene
    if (
        not betrokkene.zonder_vaste_woonplaats
        and betrokkene.postcode[:4] not in netwerk.gemeentepostcodes
    ):
        yield Fout(
            "Postcode",
            "buiten-gemeente",
            f"De postcode moet in de gemeente {netwerk.gemeente} liggen.",
            "C-2b",
        )


def doelbinding(melding: Melding) -> Iterator[Fout]:
    """PR-2, C-3.2: a purpose of the covenant; ketenregie never alone."""
    if melding.doelen <= {Doel.KETENREGIE}:
        yield Fout(
            "Doel",
            "doel-alleen-ketenregie",
            "Kies ook doel 1, 2 of 3. Ketenregie alleen is niet genoeg.",
            "PR-2",
        )


def eigen_inzet(melding: Melding) -> Iterator[Fout]:
    """B-1.1: the melder's own procedures were followed without the result that was wanted."""
    if not melding.eigen_inzet_gedaan:
        yield Fout(
            "Eigen inzet gedaan",
            "eigen-inzet-ontbreekt",
            "Doorloop eerst de werkwijze van uw eigen organisatie. Meld daarna met: ja.",
            "B-1.1",
        )


def toestemming(melding: Melding) -> Iterator[Fout]:
    """PR-7.1, PR-7.3, PR-7.4, PR-7.5: consent, or both grounds and a recorded weighing."""
    if isinstance(melding, PolitieMelding):
        return
    if melding.toestemming is None:
        yield Fout(
            "Toestemming",
            "toestemming-ontbreekt",
            "Vul in: ja, nee of niet gevraagd.",
            "PR-7.1",
        )
        return
    if melding.toestemming is Toestemming.JA:
        if melding.datum_toestemming is None:
            yield Fout(
                "Datum toestemming",
                "datum-toestemming-ontbreekt",
                "Geef de dag waarop betrokkene toestemming gaf.",
                "PR-7.1",
            )
        return
    if melding.gronden != set(Grond):
        yield Fout(
            "Gronden zonder toestemming",
            "gronden-ontbreken",
            "Zonder toestemming zijn beide gronden nodig: a en b.",
            "PR-7.3",
        )
    if melding.toestemming is Toestemming.NIET_GEVRAAGD and not melding.zou_hulp_afwijzen:
        yield Fout(
            "Betrokkene zou hulp afwijzen",
            "reden-niet-gevraagd-ontbreekt",
            "Is toestemming niet gevraagd, dan kan dat alleen als dit 'ja' is.",
            "PR-7.4",
        )
    if melding.afweging_vastgelegd_op is None:
        yield Fout(
            "Afweging vastgelegd op",
            "afweging-ontbreekt",
            "Leg uw afweging vast in uw eigen dossier en geef hier de datum.",
            "PR-7.5",
        )


def inhoud_zonder_toestemming(melding: Melding) -> Iterator[Fout]:
    """PR-7.6a: without consent no content or background, unless it was weighed anew."""
    mag = (
        isinstance(melding, PolitieMelding)
        or melding.toestemming is Toestemming.JA
        or melding.nieuwe_afweging_vastgelegd_op is not None
    )
    if melding.reden and not mag:
        yield Fout(
            "Reden van melding",
            "reden-zonder-toestemming",
            "Laat dit weg, of geef bij 'Nieuwe afweging vastgelegd op' de datum van uw afweging.",
            "PR-7.6a",
        )


def beoordeel_melding(
    melding: Melding, *, netwerk: Netwerk, melder: Spreker, dag: date
) -> Weigering | None:
    """Whether a melding may start a round; a refusal holds every fault at once.

    Raises ValueError when a melding of the police is not police data by its type, or the other
    way about: a fault in the program.
    """
    if netwerk.is_wpg(melder.loket) is not isinstance(melding, PolitieMelding):
        raise ValueError("wat de politie meldt, en niets anders, is een PolitieMelding")
    fouten = [
        *filter(None, [mag_melden(netwerk, melder, dag)]),
        *doelgroep(melding, netwerk),
        *doelbinding(melding),
        *eigen_inzet(melding),
        *toestemming(melding),
        *inhoud_zonder_toestemming(melding),
    ]
    if not fouten and not te_bevragen(netwerk, melding, melder.loket.id, dag):
        fouten.append(
            Fout(
                "Loketten uitgezonderd",
                "niemand-te-bevragen",
                "Er blijft geen loket over om te bevragen. Zonder minder loketten uit.",
                "B-1.3",
            )
        )
    return Weigering(tuple(fouten)) if fouten else None


def mag_antwoorden(netwerk: Netwerk, spreker: Spreker, loket: Loket) -> bool:
    """PR-13.4, C-6.3, D-13: designated to answer, and of the desk that was asked.

    A vervanger who sits at another desk of the same partner counts as of this desk.
    """
    if Rol.VERRIJKER not in spreker.medewerker.rollen:
        return False
    return spreker.loket.id == loket.id or (
        spreker.loket.partner == loket.partner
        and any(
            spreker.medewerker.id == vervanger.id
            for medewerker in loket.medewerkers
            for vervanger in vervangers(netwerk, medewerker)
        )
    )


def mag_intrekken(netwerk: Netwerk, melder: MedewerkerId, door: MedewerkerId) -> bool:
    """PR-7.8: only the melder or his vervanger withdraws a melding."""
    gevonden = netwerk.medewerker(melder)
    return door == melder or (
        gevonden is not None and any(v.id == door for v in vervangers(netwerk, gevonden[1]))
    )
