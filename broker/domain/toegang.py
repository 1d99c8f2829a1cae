"""Who takes part: who may send, read, disclose, stand in, and has the regie.

Covenant art. 5, 6 and 16, privacyreglement art. 13, and the art. 20 decision on who discloses to
whom. Judged by roles, days and designations alone; days are days in the network's time zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from broker.domain.partner import (
    Loket,
    Medewerker,
    MedewerkerId,
    Netwerk,
    Rol,
    Soort,
    Vingerafdruk,
)


@dataclass(frozen=True, slots=True)
class Spreker:
    """Who speaks: the employee whose pinned key made the signature, with his desk.

    Or the one who is named in what the pinned key of his desk signed (D-14).
    """

    loket: Loket
    medewerker: Medewerker


class GeenToegang(StrEnum):
    """Why somebody may not send or read. Stable codes for the operator."""

    ONBEKEND = "onbekend"
    NIET_ACTIEF = "niet-actief"
    PARTNER_NEEMT_NIET_DEEL = "partner-neemt-niet-deel"
    ANDERE_SLEUTEL = "andere-sleutel"
    ANDER_ADRES = "ander-adres"
    ANDERE_ROL = "andere-rol"
    NIET_AANGEWEZEN_VOOR_POLITIEGEGEVENS = "niet-aangewezen-voor-politiegegevens"
    BESLUIT_GELDT_NIET = "besluit-geldt-niet"
    GEEN_AANGEWEZEN_ONTVANGER = "geen-aangewezen-ontvanger"
    GEEN_MEDEWERKER_GENOEMD = "geen-medewerker-genoemd"
    LOKETSLEUTEL_BIJ_POLITIE = "loketsleutel-bij-politie"
    POLITIE_ALLEEN_PER_MAIL = "politie-alleen-per-mail"
    GEEN_KANAAL = "geen-kanaal"


def toegang(
    netwerk: Netwerk, loket: Loket, medewerker: Medewerker, dag: date
) -> GeenToegang | None:
    """PR-13.3, PR-13.4: only active employees send and read, and only of a partner that takes part.

    C-16.3, C-16.4: from its first day to its last.
    """
    if not netwerk.partner_van(loket).deelname.bevat(dag):
        return GeenToegang.PARTNER_NEEMT_NIET_DEEL
    if not medewerker.is_actief(dag):
        return GeenToegang.NIET_ACTIEF
    return None


def wie_spreekt(
    netwerk: Netwerk, sleutel: Vingerafdruk, dag: date, *, genoemd: Collection[MedewerkerId] = ()
) -> Spreker | GeenToegang:
    """C-5, BS-5: the pinned key says who speaks, never an address.

    `genoemd` are the employees who are named in the signed text; they count for a desk key only.
    """
    loket = netwerk.loket_met(sleutel)
    if loket is not None:
        return _namens_loket(netwerk, loket, genoemd, dag)
    gevonden = netwerk.medewerker_met(sleutel)
    if gevonden is None:
        return GeenToegang.ONBEKEND
    geen_toegang = toegang(netwerk, *gevonden, dag)
    return Spreker(*gevonden) if geen_toegang is None else geen_toegang


def _namens_loket(
    netwerk: Netwerk, loket: Loket, genoemd: Collection[MedewerkerId], dag: date
) -> Spreker | GeenToegang:
    """D-14, WPG-23: with a desk key speaks the one employee of it who is named; never the police.

    What the police say needs the signature of a designated officer, whoever is named beside it.
    """
    if netwerk.is_wpg(loket):
        return GeenToegang.LOKETSLEUTEL_BIJ_POLITIE
    namen = [m for m in loket.medewerkers if m.id in genoemd]
    if len(namen) != 1 or len(genoemd) != 1:
        return GeenToegang.GEEN_MEDEWERKER_GENOEMD
    geen_toegang = toegang(netwerk, loket, namen[0], dag)
    return Spreker(loket, namen[0]) if geen_toegang is None else geen_toegang


def is_lezer(netwerk: Netwerk, ontvanger: Medewerker) -> bool:
    """PR-8, PR-9: a letter is made for a partner's employee, or desk, as configured: nobody else.

    No expert of a third party is among them: he joins a consultation, and gets no mail of ours.
    """
    gevonden = netwerk.lezer(ontvanger.id)
    return gevonden is not None and gevonden[1] == ontvanger


@dataclass(frozen=True, slots=True)
class Bestemming:
    """What the outbox is about to send, and to whom it was made."""

    medewerker: MedewerkerId
    sleutel: Vingerafdruk
    adres: str
    politiegegevens: bool


def mag_ontvangen(netwerk: Netwerk, naar: Bestemming, dag: date) -> GeenToegang | None:
    """PR-8, PR-13.4, BS-1, BS-9: judged again at the moment of sending; None when he may.

    PR-9: nobody but an employee of a partner, so no expert who is invited to a round table.
    """
    gevonden = netwerk.lezer(naar.medewerker)
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


def is_inzetbaar(medewerker: Medewerker, rol: Rol, dag: date, *, aangewezen: bool) -> bool:
    """PR-13.3, PR-13.4, BS-5: active, in that role, and with `aangewezen` for police data.

    Whether he is there is another question.
    """
    return (
        rol in medewerker.rollen
        and medewerker.is_actief(dag)
        and (medewerker.mag_politiegegevens(dag) or not aangewezen)
    )


def is_beschikbaar(medewerker: Medewerker, rol: Rol, dag: date, *, aangewezen: bool) -> bool:
    """C-6.3: may be asked today, and is not known to be away."""
    return is_inzetbaar(medewerker, rol, dag, aangewezen=aangewezen) and not medewerker.is_afwezig(
        dag
    )


def aanwezige(
    netwerk: Netwerk, loket: Loket, rol: Rol, dag: date, *, aangewezen: bool = False
) -> Medewerker | None:
    """C-6.3: the first active, present employee with that role at a desk, or his vervanger.

    With `aangewezen` only who was designated for police data counts (BS-5).
    """
    kandidaten = [
        collega
        for collega in loket.medewerkers
        if is_inzetbaar(collega, rol, dag, aangewezen=aangewezen)
    ]
    for kandidaat in kandidaten:
        for keuze in (kandidaat, *vervangers(netwerk, kandidaat)):
            if is_beschikbaar(keuze, rol, dag, aangewezen=aangewezen):
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


def besluit_staat_toe(netwerk: Netwerk, dag: date, *, politie: bool) -> bool:
    """BS-9: police data are asked and passed on only while the decision is in force.

    `politie`: whether it gives or asks police data; anything else needs no decision.
    """
    return netwerk.besluit.geldt(dag) or not politie


def mag_politie_bevragen(netwerk: Netwerk, dag: date) -> bool:
    """BS-1, BS-9: the decision is in force, and somebody may receive what the police answer."""
    regie = ketenregisseur(netwerk, dag)
    return (
        netwerk.besluit.geldt(dag)
        and regie is not None
        and regie.medewerker.mag_politiegegevens(dag)
    )


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


def mag_regie_voeren(netwerk: Netwerk, door: MedewerkerId, dag: date) -> bool:
    """D-6: only an active ketenregisseur of the gemeente decides how a round goes on.

    Covenant art. 2 f: he has the regie.
    """
    gevonden = netwerk.medewerker(door)
    if gevonden is None:
        return False
    loket, medewerker = gevonden
    return (
        Rol.KETENREGISSEUR in medewerker.rollen
        and netwerk.partner_van(loket).soort is Soort.GEMEENTE
        and toegang(netwerk, loket, medewerker, dag) is None
    )
