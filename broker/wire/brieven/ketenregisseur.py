"""The letters to the ketenregisseur: a new casus, its uitkomst, and what came after that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from broker.domain.bericht import Aanvulling, Kennisgeving, UitkomstBericht
from broker.domain.melding import Toestemming
from broker.domain.partner import Netwerk
from broker.domain.uitkomst import UitkomstRegel
from broker.domain.verstrekking import DOELTEKST, bevat_politiegegevens
from broker.domain.verzoek import Waarde
from broker.wire.brieven.brief import Bijlage, Brief
from broker.wire.brieven.opmaak import (
    BREEDTE,
    alinea,
    citeer,
    korte_datum,
    lange_datum,
    persoon,
    punten,
    samen,
    velden,
)
from broker.wire.geheimhouding import GEHEIMHOUDING
from broker.wire.uitkomst_json import uitkomst_json

_TOESTEMMING: Mapping[Toestemming | None, str] = {
    None: "niet nodig: dit is een melding van de politie (artikel 20 Wpg)",
    Toestemming.JA: "ja",
    Toestemming.NEE: "nee",
    Toestemming.NIET_GEVRAAGD: "niet gevraagd",
}

_UITLEG: Mapping[Waarde, str] = {
    Waarde.NIET_VAST_TE_STELLEN: "'Niet vast te stellen': het loket weet niet om wie het gaat.",
    Waarde.NIET_VERSTREKT: "'Niet verstrekt' zegt niets over bekend of onbekend.",
    Waarde.GEEN_REACTIE: "'Geen reactie' zegt niets over bekend of onbekend.",
    Waarde.NIET_BEREIKT: "'Niet bereikt': onze mail kwam niet aan. Bel dit loket zelf.",
    Waarde.NIET_GEVRAAGD: "'Niet gevraagd': dit loket kreeg geen vraag.",
}


def kennisgeving(bericht: Kennisgeving, *, aan: str, netwerk: Netwerk) -> Brief:
    """A new casus: who it is about, who reported, and why as far as that may be told (PR-7.6a)."""
    melding = bericht.melding
    doelen = [DOELTEKST[doel] for doel in sorted(melding.doelen)]
    reden = f"Reden van melding (alleen voor u):\n\n{citeer(melding.reden)}"
    tekst = samen(
        netwerk,
        f"Beste {aan},",
        alinea(
            f"Er is een nieuwe casus: {bericht.kenmerk}. U hoeft nu niets te doen.",
            "Wij vragen de loketten of deze persoon bij hen bekend is.",
            f"Zij antwoorden uiterlijk {lange_datum(bericht.uiterlijk)}. Daarna krijgt u de"
            " uitkomst.",
        ),
        persoon(melding.betrokkene),
        velden(
            (
                ("Melder", bericht.melder),
                ("Organisatie", bericht.organisatie),
                ("Telefoon", bericht.melder_telefoon),
                ("Werkgebied", bericht.werkgebied or "kies zelf het werkgebied"),
                ("Toestemming", _TOESTEMMING[melding.toestemming]),
            )
        ),
        "Doel van de melding:\n" + punten(doelen),
        reden if melding.reden else "",
        alinea(GEHEIMHOUDING) if bevat_politiegegevens(bericht) else "",
    )
    return Brief(f"Nieuwe casus {bericht.kenmerk}", tekst)


def _tabel(regels: Sequence[UitkomstRegel], *, vandaag: date) -> str:
    """One desk a line, whom to call below it. Reads well in a proportional font too: each line is
    a sentence of its own, the columns only help the eye."""
    dagen = [
        "" if regel.datum is None else korte_datum(regel.datum, vandaag=vandaag) for regel in regels
    ]
    waardebreedte = max((len(regel.waarde) for regel in regels), default=0) + 2
    over = BREEDTE - 2 - waardebreedte - max(map(len, dagen), default=0)
    naambreedte = min(max((len(regel.naam) for regel in regels), default=0) + 2, over)
    delen: list[str] = []
    for regel, dag in zip(regels, dagen, strict=True):
        rechts = f"{regel.waarde:<{waardebreedte}}{dag}".rstrip()
        naam = f"{regel.naam}:"
        if len(naam) < naambreedte:
            delen.append(f"  {naam:<{naambreedte}}{rechts}")
        else:
            delen += [alinea(naam, inspringen="  "), "  " + " " * naambreedte + rechts]
        bel = ", ".join(deel for deel in (regel.contact, regel.telefoon) if deel)
        hulp = ", ".join(deel for deel in (regel.hulpverlener, regel.soort_hulp) if deel)
        delen += [
            alinea(f"{label} {waarde}", inspringen="      ")
            for label, waarde in (("Contact:", bel), ("Hulp:", hulp))
            if waarde
        ]
    return "\n".join(delen)


def _uitleg(regels: Sequence[UitkomstRegel]) -> str:
    aanwezig = {regel.waarde for regel in regels}
    return "\n".join(alinea(zin) for waarde, zin in _UITLEG.items() if waarde in aanwezig)


def uitkomst(bericht: UitkomstBericht, *, aan: str, netwerk: Netwerk, vandaag: date) -> Brief:
    """The uitkomst, with the same facts as JSON beside it (D-1, AVG-5.1c)."""
    resultaat = bericht.uitkomst
    gebied = resultaat.werkgebied
    tekst = samen(
        netwerk,
        f"Beste {aan},",
        alinea(
            f"De verrijking van {resultaat.kenmerk} is klaar.",
            f"Werkgebied: {gebied.naam}." if gebied else "Kies zelf het werkgebied.",
        ),
        _tabel(resultaat.regels, vandaag=vandaag),
        _uitleg(resultaat.regels),
        alinea(GEHEIMHOUDING) if bevat_politiegegevens(bericht) else "",
        "Wat kunt u nu doen?\n"
        + punten(
            (
                "agenderen voor het overleg van het werkgebied",
                "laten oppakken door één of meer partners, zonder overleg",
                "overdragen aan het voorliggend veld of het sociaal wijkteam",
                "sluiten",
            )
        ),
        alinea(
            "Is er al hulp? Overleg dan met het wijkteamlid voordat u beslist.",
            "In de bijlage staat dezelfde uitkomst voor de computer.",
        ),
    )
    bijlage = Bijlage(
        f"uitkomst-{resultaat.kenmerk}.json", "application/json", uitkomst_json(resultaat)
    )
    return Brief(f"Uitkomst {resultaat.kenmerk}", tekst, bijlage)


def aanvulling(bericht: Aanvulling, *, aan: str, netwerk: Netwerk, vandaag: date) -> Brief:
    """An answer that came after the uitkomst (D-5)."""
    tekst = samen(
        netwerk,
        f"Beste {aan},",
        alinea(
            f"Er kwam nog een antwoord binnen voor {bericht.kenmerk}, na de uitkomst.",
            "De uitkomst die u heeft, blijft zoals die was. Dit komt erbij:",
        ),
        _tabel((bericht.regel,), vandaag=vandaag),
        _uitleg((bericht.regel,)),
        alinea(GEHEIMHOUDING) if bevat_politiegegevens(bericht) else "",
    )
    return Brief(f"Aanvulling op uitkomst {bericht.kenmerk}", tekst)
