"""What may be reported and asked: one function an article, to be read beside the covenant.

Who may take part stands in `toegang`. Days are days in the network's time zone. Nothing here reads
a clock: `dag` is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from broker.domain.errors import Fout, Weigering
from broker.domain.melding import Doel, Grond, Melding, PolitieMelding, Toestemming
from broker.domain.partner import Loket, LoketId, Netwerk, Rol
from broker.domain.toegang import (
    GeenToegang,
    Spreker,
    aanwezige,
    mag_politie_bevragen,
    mag_verstrekken,
    toegang,
)


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
    """PR-2: a purpose of covenant art. 3 lid 2; ketenregie never alone."""
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
        raise ValueError("what the police report, and nothing else, is a PolitieMelding")
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
