"""The letters to the ketenregisseur: a new casus, its uitkomst, and what came after that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from broker.domain.bericht import (
    Aangemeld,
    Aanvulling,
    Belverzoek,
    Gelijkenis,
    Intrekking,
    Kennisgeving,
    UitkomstBericht,
)
from broker.domain.melding import Informeren, Melding, Toestemming, nog_te_informeren
from broker.domain.opdracht import OpdrachtSoort
from broker.domain.partner import Netwerk
from broker.domain.uitkomst import UitkomstRegel
from broker.domain.verstrekking import DOELTEKST, bevat_politiegegevens
from broker.domain.verzoek import Waarde
from broker.wire.brieven.brief import Bijlage, Brief
from broker.wire.brieven.opdracht import woorden_voor
from broker.wire.brieven.opmaak import (
    BREEDTE,
    aanhef,
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
from broker.wire.waarden import MAANDEN

_TOESTEMMING: Mapping[Toestemming | None, str] = {
    None: "niet nodig voor een melding van de politie (artikel 20 Wpg)",
    Toestemming.JA: "ja",
    Toestemming.NEE: "nee",
    Toestemming.NIET_GEVRAAGD: "niet gevraagd",
}

_KIES_STRAKS = "volgt niet uit de postcode; u kiest het na de uitkomst"

_UITLEG: Mapping[Waarde, str] = {
    Waarde.NIET_VAST_TE_STELLEN: "het loket weet niet zeker om wie het gaat.",
    Waarde.NIET_VERSTREKT: "het loket geeft geen antwoord. Leid daar niets uit af.",
    Waarde.GEEN_REACTIE: "er kwam op tijd geen antwoord. Leid daar niets uit af.",
    Waarde.NIET_BEREIKT: "onze mail kwam niet aan. Dit loket kent de vraag dus niet.",
    Waarde.NIET_GEVRAAGD: "dit loket hoefde niet te antwoorden, of meldde zelf.",
}
"""What a value means where its words alone could mislead (D-4)."""


def kennisgeving(bericht: Kennisgeving, *, aan: str, netwerk: Netwerk) -> Brief:
    """A new casus: who it is about, who reported, and why as far as that may be told (PR-7.6a)."""
    kenmerk = bericht.aangemeld.kenmerk
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(
            f"Er is een nieuwe casus: {kenmerk}. U hoeft nu niets te doen.",
            "Wij vragen de loketten of deze persoon bij hen bekend is.",
            f"Zij antwoorden uiterlijk {lange_datum(bericht.uiterlijk)}. Daarna krijgt u de"
            " uitkomst.",
        ),
        *_wie_en_waarom(bericht.aangemeld),
        woorden_voor(
            (OpdrachtSoort.AFRONDEN, OpdrachtSoort.SPOED),
            waarom="Wilt u eerder een uitkomst?",
        ),
        _geheim(bericht),
    )
    return Brief(f"Nieuwe casus {kenmerk}", tekst)


def _geheim(bericht: Kennisgeving | Gelijkenis) -> str:
    return alinea(GEHEIMHOUDING) if bevat_politiegegevens(bericht) else ""


def _wie_en_waarom(bericht: Aangemeld) -> tuple[str, ...]:
    melding = bericht.melding
    doelen = [DOELTEKST[doel] for doel in sorted(melding.doelen)]
    reden = f"Reden van melding (alleen voor u):\n\n{citeer(melding.reden)}"
    return (
        persoon(melding.betrokkene),
        velden(
            (
                ("Melder", bericht.melder),
                ("Organisatie", bericht.organisatie),
                ("Telefoon", bericht.melder_telefoon),
                ("Werkgebied", bericht.werkgebied or _KIES_STRAKS),
                ("Toestemming", _TOESTEMMING[melding.toestemming]),
                ("Geïnformeerd", _geinformeerd(melding)),
            )
        ),
        "Doel van de melding:\n" + punten(doelen),
        reden if melding.reden else "",
    )


def _geinformeerd(melding: Melding) -> str:
    """When betrokkene was told, or that it is to be done yet; empty where nothing is known."""
    gegeven = melding.geinformeerd
    if isinstance(gegeven, date):
        return f"op {gegeven.day} {MAANDEN[gegeven.month - 1]} {gegeven.year}"
    if gegeven is None:
        return "nog niet" if nog_te_informeren(melding) else ""
    return "nog niet" if gegeven is Informeren.NOG_NIET else f"nog niet ({gegeven})"


def gelijkenis(bericht: Gelijkenis, *, aan: str, netwerk: Netwerk) -> Brief:
    """A new casus that is like one that runs: is it the same person? He alone decides (D-3)."""
    kenmerk = bericht.aangemeld.kenmerk
    anderen = bericht.anderen
    dan = "Dan vragen wij de loketten of deze persoon bij hen bekend is."
    keuzes: tuple[str, ...]
    if anderen:
        lijkt = f"De persoon lijkt op die van {' en '.join(anderen)}."
        samenvoegen_met = f"SAMENVOEGEN {anderen[0]}"
        if len(anderen) > 1:
            samenvoegen_met = (
                f"SAMENVOEGEN, met daarachter één van deze kenmerken: {', '.join(anderen)}"
            )
        samenvoegen = (
            "Het is dezelfde persoon, en de andere casus is genoeg? Beantwoord deze mail met:"
            f" {samenvoegen_met}. Dan sluiten wij {kenmerk}. De andere casus gaat gewoon door."
        )
        starten = "Het is iemand anders, of u wilt toch een eigen ronde?"
        keuzes = (samenvoegen, f"{starten} Beantwoord deze mail met: STARTEN. {dan}")
        let_op = (
            "Kijk goed of het dezelfde persoon is. Een vader en een zoon kunnen dezelfde naam en"
            " hetzelfde adres hebben. "
        )
    else:
        lijkt = "De persoon leek op die van een andere casus, maar die loopt niet meer."
        keuzes = (f"Wilt u een ronde? Beantwoord deze mail met: STARTEN. {dan}",)
        let_op = ""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(f"Er is een nieuwe casus: {kenmerk}. {lijkt} U beslist hoe het verder gaat."),
        "Wat kunt u doen?\n" + punten(keuzes),
        alinea("Schrijf verder niets in uw antwoord. Onderteken en versleutel het."),
        alinea(f"{let_op}Zolang u niet beslist, vragen wij de loketten niets."),
        alinea("De melder weet niet dat er nog een casus is. Vertel hem dat ook niet."),
        *_wie_en_waarom(bericht.aangemeld),
        _geheim(bericht),
    )
    return Brief(f"Nieuwe casus {kenmerk}: uw beslissing", tekst)


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
        hulp = " door ".join(deel for deel in (regel.soort_hulp, regel.hulpverlener) if deel)
        delen += [
            alinea(f"{label} {waarde}", inspringen="      ")
            for label, waarde in (("Contact:", bel), ("Hulp:", hulp))
            if waarde
        ]
    return "\n".join(delen)


def _uitleg(regels: Sequence[UitkomstRegel]) -> str:
    aanwezig = {regel.waarde for regel in regels}
    zinnen = [
        f"'{waarde.capitalize()}': {zin}" for waarde, zin in _UITLEG.items() if waarde in aanwezig
    ]
    return "\n".join(map(alinea, zinnen))


def uitkomst(bericht: UitkomstBericht, *, aan: str, netwerk: Netwerk, vandaag: date) -> Brief:
    """The uitkomst, with the same facts as JSON beside it (D-1, AVG-5.1c)."""
    resultaat = bericht.uitkomst
    gebied = resultaat.werkgebied
    tekst = samen(
        netwerk,
        aanhef(aan),
        f"De verrijking van {resultaat.kenmerk} is klaar.\n"
        + alinea(
            f"Werkgebied: {gebied.naam}."
            if gebied
            else "Het werkgebied volgt niet uit de postcode: kies het zelf."
        ),
        _tabel(resultaat.regels, vandaag=vandaag),
        _uitleg(resultaat.regels),
        alinea(GEHEIMHOUDING) if bevat_politiegegevens(bericht) else "",
        alinea(f"Om wie het gaat, staat in onze mail 'Nieuwe casus {resultaat.kenmerk}'."),
        "Wat kunt u nu doen? (Dit regelt u zelf. Antwoord niet op deze mail.)\n"
        + punten(
            (
                "agenderen voor het overleg van het werkgebied",
                "laten oppakken door één of meer partners, zonder overleg",
                "overdragen aan het voorliggend veld of het sociaal wijkteam",
                "sluiten",
            )
        ),
        alinea(
            "Is er al hulp? Licht dan eerst het betrokken wijkteamlid in, en stem met het wijkteam"
            " af hoe het verder gaat.",
        ),
        alinea(
            "De bijlage is dezelfde uitkomst, voor een computerprogramma.",
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
        aanhef(aan),
        alinea(
            f"Er kwam nog een antwoord binnen voor {bericht.kenmerk}, te laat voor de uitkomst.",
            "De uitkomst verandert niet. Dit komt erbij:",
        ),
        _tabel((bericht.regel,), vandaag=vandaag),
        _uitleg((bericht.regel,)),
        alinea(GEHEIMHOUDING) if bevat_politiegegevens(bericht) else "",
    )
    return Brief(f"Aanvulling op uitkomst {bericht.kenmerk}", tekst)


def intrekking(bericht: Intrekking, *, aan: str, netwerk: Netwerk) -> Brief:
    """The melder withdrew his melding: there is nothing to wait for (PR-7.8)."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(
            f"De melding {bericht.kenmerk} is ingetrokken.",
            "Wij vragen niemand meer iets, en er komt geen uitkomst meer.",
            "U hoeft niets te doen.",
        ),
    )
    return Brief(f"Melding ingetrokken {bericht.kenmerk}", tekst)


def belverzoek(bericht: Belverzoek, *, aan: str, netwerk: Netwerk) -> Brief:
    """A desk that was unclear twice: a person must call (D-4)."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(
            f"Wilt u {bericht.loket} bellen over {bericht.kenmerk}?",
            "Dit loket antwoordde twee keer, en beide keren begrepen wij het antwoord niet.",
        ),
        velden((("Contact", bericht.contact), ("Telefoon", bericht.telefoon))),
        alinea(
            "Vraag het loket onze mail nog één keer te beantwoorden, met één van deze vier:"
            " BEKEND, ONBEKEND, NIET VAST TE STELLEN of NIET VERSTREKT.",
            "Alleen zo'n antwoord telt: wat u aan de telefoon hoort, nemen wij niet over.",
        ),
        alinea("Komt dat antwoord niet, dan vullen wij zelf niets in."),
    )
    return Brief(f"Bel een loket over {bericht.kenmerk}", tekst)
