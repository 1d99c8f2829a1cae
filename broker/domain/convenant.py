"""What may be reported and asked: one function an article, to be read beside the covenant.

Who may take part stands in `toegang`, what a melding must satisfy in `voorwaarden` and
`misplaatst`. Days are days in the network's time zone. Nothing here reads a clock: `dag` is an
argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from broker.domain.errors import Fout, Weigering
from broker.domain.ingevuld import Ingevuld
from broker.domain.label import FORMULIER, MELDER, Label, plek_op_formulier
from broker.domain.melding import Melding, PolitieMelding
from broker.domain.misplaatst import misplaatst
from broker.domain.partner import Loket, LoketId, Netwerk, Rol
from broker.domain.toegang import (
    GeenToegang,
    Spreker,
    aanwezige,
    mag_politie_bevragen,
    mag_verstrekken,
    toegang,
)
from broker.domain.voorwaarden import Voorwaarde, inhoudelijk


def vraagt_aanwijzing(netwerk: Netwerk, loket: Loket, melding: Melding) -> bool:
    """BS-1, BS-5: whether this question is for who was designated: it holds or asks police data."""
    return netwerk.is_wpg(loket) or isinstance(melding, PolitieMelding)


def te_bevragen(
    netwerk: Netwerk, melding: Melding, melder_loket: LoketId, dag: date
) -> tuple[Spreker, ...]:
    """B-1.3: every desk but the melder's own and those he left out, each by one employee.

    Not asked: a partner that does not take part (C-16.3, C-16.4), the police while they may not be
    (BS-9), and, where police data are given or received, who was not designated for them (BS-1,
    BS-5). By the melding and the network alone, never by what anybody answered (PR-13.5).
    """
    gevraagd: list[Spreker] = []
    for loket in netwerk.loketten():
        if loket.id == melder_loket or loket.id in melding.uitgezonderd:
            continue
        if netwerk.is_wpg(loket) and not mag_politie_bevragen(netwerk, dag):
            continue
        aangewezen = vraagt_aanwijzing(netwerk, loket, melding)
        medewerker = aanwezige(netwerk, loket, Rol.VERRIJKER, dag, aangewezen=aangewezen)
        if medewerker is None or toegang(netwerk, loket, medewerker, dag) is not None:
            continue
        gevraagd.append(Spreker(loket, medewerker))
    return tuple(gevraagd)


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
            MELDER,
            "geen-melder",
            "U bent niet aangewezen als melder. Vraag de systeembeheerder u de rol te geven.",
            "PR-13.4",
        )
    reden = mag_verstrekken(netwerk, spreker, dag)
    return None if reden is None else Fout(MELDER, reden.value, *POLITIE_MELDT_NIET[reden])


def iemand_te_bevragen(
    melding: Melding, netwerk: Netwerk, melder_loket: LoketId, dag: date
) -> Fout | None:
    """B-1.3: a round without a question is no round."""
    if te_bevragen(netwerk, melding, melder_loket, dag):
        return None
    return Fout(
        Label.UITGEZONDERD,
        "niemand-te-bevragen",
        "Er blijft geen loket over om te bevragen. Zonder minder loketten uit."
        if melding.uitgezonderd
        else "Er is nu geen loket dat wij kunnen bevragen. Bel de ketenregisseur.",
        "B-1.3",
    )


def beoordeel_melding(
    ingevuld: Ingevuld, *, netwerk: Netwerk, melder: Spreker, dag: date
) -> Weigering | None:
    """Whether a melding may start a round; a refusal holds every fault at once.

    Faults of form and of law stand together, in the order of the form; no field is told twice.
    What must go from the form comes before how it was written, and that before what is missing.

    Raises ValueError when a melding of the police is not police data by its type, or the other
    way about: a fault in the program.
    """
    melding = ingevuld.melding
    if netwerk.is_wpg(melder.loket) is not isinstance(melding, PolitieMelding):
        raise ValueError("what the police report, and nothing else, is a PolitieMelding")
    mag_niet = mag_melden(netwerk, melder, dag)
    fouten = [
        *filter(None, [mag_niet]),
        *_oordelen(misplaatst(netwerk), ingevuld),
        *ingevuld.fouten,
        *_oordelen(inhoudelijk(netwerk), ingevuld),
    ]
    if mag_niet is None and ingevuld.is_leesbaar(Label.UITGEZONDERD):
        niemand = iemand_te_bevragen(melding, netwerk, melder.loket.id, dag)
        fouten += filter(None, [niemand])
    return Weigering(_elk_veld_eens(fouten)) if fouten else None


def _oordelen(voorwaarden: Sequence[Voorwaarde], ingevuld: Ingevuld) -> Iterator[Fout]:
    for voorwaarde, velden in voorwaarden:
        if ingevuld.is_leesbaar(*velden):
            yield from voorwaarde(ingevuld)


def _elk_veld_eens(fouten: Sequence[Fout]) -> tuple[Fout, ...]:
    """The first fault of each field, in the order of the form; what belongs to none, once each."""
    eerste: dict[str | Fout, Fout] = {}
    for fout in fouten:
        eerste.setdefault(fout if fout.veld == FORMULIER else fout.veld, fout)
    return tuple(sorted(eerste.values(), key=lambda fout: plek_op_formulier(fout.veld)))
