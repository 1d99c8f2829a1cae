"""The letters to the melder: where his casus stands, or what was wrong with his melding (D-1)."""

from __future__ import annotations

from typing import assert_never

from broker.domain.bericht import (
    ConceptBericht,
    FormulierBericht,
    Status,
    StatusBericht,
    WeigeringBericht,
)
from broker.domain.errors import Fout, Weigering
from broker.domain.partner import Netwerk
from broker.wire.brieven.brief import Brief
from broker.wire.brieven.opmaak import aanhef, alinea, artikel_van, lange_datum, punten, samen
from broker.wire.formulierblad import leeg_formulier


def status(bericht: StatusBericht, *, aan: str, netwerk: Netwerk) -> Brief:
    """The status and nothing more: not who was asked, and not what anyone answered."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(*_stand(bericht)),
        alinea("Vragen? Bel de ketenregisseur. Zet geen gegevens van betrokkene in een mail."),
        f"Kenmerk {bericht.kenmerk}",
    )
    return Brief(f"Stand van zaken {bericht.kenmerk}", tekst)


def _stand(bericht: StatusBericht) -> tuple[str, ...]:
    waarde = bericht.status
    if waarde is Status.ONTVANGEN:
        # True whether a round was started or not: he must not be able to tell (D-3, PR-13.5).
        tot = (
            ""
            if bericht.uiterlijk is None
            else f" Meestal weten wij dat uiterlijk {lange_datum(bericht.uiterlijk)}."
        )
        te_doen = (
            "Wilt u betrokkene over de melding en over zijn rechten informeren, zodra dat kan?"
            " Verder hoeft u nu niets te doen."
            if bericht.informeren
            else "U hoeft nu niets te doen."
        )
        return (
            f"Uw melding is ontvangen. {te_doen}",
            f"Wij zoeken uit of betrokkene bij de partners bekend is.{tot}",
            "Daarna beslist de ketenregisseur hoe het verder gaat.",
            "Wilt u de melding intrekken? Beantwoord deze mail dan met het woord INTREKKEN.",
            "Onderteken en versleutel uw antwoord. U kunt dat niet terugdraaien.",
        )
    if waarde is Status.GEAGENDEERD:
        return (
            "Uw melding staat op de agenda van het overleg.",
            "De ketenregisseur neemt contact met u op.",
        )
    if waarde is Status.AFGESLOTEN:
        return ("Uw melding is afgesloten. U hoeft niets meer te doen.",)
    if waarde is Status.INGETROKKEN:
        return ("Uw melding is ingetrokken. Wij vragen niemand meer iets.",)
    assert_never(waarde)


def _fouten(weigering: Weigering) -> str:
    return punten(_fout(fout) for fout in weigering.fouten)


def _fout(fout: Fout) -> str:
    artikel = artikel_van(fout.regel)
    return f"{fout.veld}: {fout.uitleg}" + (f" ({artikel})" if artikel else "")


def weigering(bericht: WeigeringBericht, *, aan: str, netwerk: Netwerk) -> Brief:
    """A refusal: every fault by its label, with what would be right. Nothing is repeated."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea("Uw melding is nog niet in behandeling. Dit ontbreekt of klopt niet:"),
        _fouten(bericht.weigering),
        alinea(
            "Verbeter dit en stuur de hele melding opnieuw, in een nieuw bericht.",
            "Versleutel en onderteken het bericht weer.",
            "Wij hebben niets doorgestuurd.",
        ),
        alinea(
            "Een leeg formulier nodig? Stuur ons een versleuteld bericht met als onderwerp:"
            " formulier.",
            "Acuut gevaar? Bel 112.",
        ),
    )
    return Brief("Melding niet in behandeling", tekst)


def concept(bericht: ConceptBericht, *, aan: str, netwerk: Netwerk) -> Brief:
    """What came of checking a concept."""
    if bericht.weigering is None:
        delen: tuple[str, ...] = (
            alinea("Uw concept is goed. Er is niets gestart en niets doorgestuurd."),
            alinea(
                "Wilt u de melding echt doen? Stuur hem dan opnieuw, zonder de regel 'Concept: ja'."
            ),
        )
    else:
        delen = (
            alinea(
                "Uw concept is nog niet goed. Er is niets gestart en niets doorgestuurd.",
                "Dit ontbreekt of klopt niet:",
            ),
            _fouten(bericht.weigering),
            alinea("Verbeter dit en stuur het concept opnieuw, in een nieuw bericht."),
        )
    return Brief("Concept gecontroleerd", samen(netwerk, aanhef(aan), *delen))


def formulier(bericht: FormulierBericht, *, aan: str, netwerk: Netwerk) -> Brief:
    """The blank form, with how to use it."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(
            "Hieronder staat het formulier voor een melding. Kopieer het naar een nieuw bericht",
            "(gebruik niet 'Beantwoorden') en vul het in.",
            "Versleutel en onderteken het bericht, en stuur het naar dit adres.",
        ),
        alinea("Noem geen andere personen en geen BSN. Acuut gevaar? Bel 112."),
        leeg_formulier(politie=bericht.politie).rstrip(),
    )
    return Brief("Leeg formulier voor een melding", tekst)
