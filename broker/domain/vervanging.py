"""Who is asked when a professional is absent, or stays silent.

Covenant art. 6 lid 3: partners take part by a professional who was designated for it, and provide
a vervanger when he is absent. An absence that is known beforehand is judged by `aanwezige`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from broker.domain.convenant import te_bevragen, vraagt_aanwijzing
from broker.domain.melding import Melding
from broker.domain.partner import Loket, LoketId, Medewerker, MedewerkerId, Netwerk, Rol
from broker.domain.toegang import (
    aanwezige,
    besluit_staat_toe,
    is_beschikbaar,
    is_inzetbaar,
    vervangers,
)


def vervanger_bij_afwezigheid(
    netwerk: Netwerk,
    melding: Melding,
    *,
    melder_loket: LoketId,
    loket: Loket,
    afwezige: MedewerkerId,
    gevraagd: Collection[MedewerkerId],
    dag: date,
) -> Medewerker | None:
    """C-6.3: who is asked at once for somebody of whom an absence became known.

    None when nobody stands in for him, when who does was asked already, and when nothing may be
    asked of this desk today.
    """
    nu = te_bevragen(netwerk, melding, melder_loket, dag)
    if all(spreker.loket.id != loket.id for spreker in nu):
        return None
    return _nieuwe_vervanger(netwerk, melding, loket, afwezige, gevraagd, dag)


def wie_krijgt_de_herinnering(
    netwerk: Netwerk,
    melding: Melding,
    *,
    loket: Loket,
    gevraagd: Sequence[MedewerkerId],
    bereikt: Collection[MedewerkerId],
    dag: date,
) -> tuple[Medewerker, ...]:
    """C-6.3: who was asked is asked again, and his vervanger with him, who was not asked yet.

    `gevraagd` is who got the question, the first to be asked first; `bereikt` those of them to
    whom it did not fail. Who is known to be away, or may not be asked any more, is passed over;
    if nobody is left, it goes to who would be asked today.
    """
    aangewezen = vraagt_aanwijzing(netwerk, loket, melding)
    gevonden = [netwerk.medewerker(id) for id in gevraagd if id in bereikt]
    opnieuw = [
        collega
        for collega in (spreker[1] for spreker in gevonden if spreker is not None)
        if is_beschikbaar(collega, Rol.VERRIJKER, dag, aangewezen=aangewezen)
    ]
    for eerste in gevraagd[:1]:
        vervanger = _nieuwe_vervanger(netwerk, melding, loket, eerste, gevraagd, dag)
        opnieuw += [] if vervanger is None else [vervanger]
    if opnieuw:
        return tuple(opnieuw)
    keuze = aanwezige(netwerk, loket, Rol.VERRIJKER, dag, aangewezen=aangewezen)
    return () if keuze is None else (keuze,)


def _nieuwe_vervanger(
    netwerk: Netwerk,
    melding: Melding,
    loket: Loket,
    afwezige: MedewerkerId,
    gevraagd: Collection[MedewerkerId],
    dag: date,
) -> Medewerker | None:
    """C-6.3, BS-1, BS-5, BS-9: the first of his vervangers who is there and may have the question.

    To ask one more person in a melding of the police is one more disclosure of police data: only
    while their decision is in force, and to who was designated.
    """
    gevonden = netwerk.medewerker(afwezige)
    if gevonden is None:
        return None
    aangewezen = vraagt_aanwijzing(netwerk, loket, melding)
    if not besluit_staat_toe(netwerk, dag, politie=aangewezen):
        return None
    for vervanger in vervangers(netwerk, gevonden[1]):
        if is_beschikbaar(vervanger, Rol.VERRIJKER, dag, aangewezen=aangewezen):
            return None if vervanger.id in gevraagd else vervanger
    return None


def antwoordt_als_vervanger(netwerk: Netwerk, loket: Loket, door: MedewerkerId, dag: date) -> bool:
    """C-6.3: whether this is not the professional whom the desk names first, but who stands in.

    Also when he was the one to be asked, because an absence was known.
    """
    aangewezen = netwerk.is_wpg(loket)
    eerste = next(
        (
            collega.id
            for collega in loket.medewerkers
            if is_inzetbaar(collega, Rol.VERRIJKER, dag, aangewezen=aangewezen)
        ),
        None,
    )
    return door != eerste
