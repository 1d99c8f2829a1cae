"""The letters to a desk that is asked: verzoek, herinnering, verduidelijking, intrekking."""

from __future__ import annotations

from broker.domain.bericht import Herinnering, Intrekking, Verduidelijking, Verzoek, Vraag
from broker.domain.casus import Kenmerk
from broker.domain.melding import Toestemming
from broker.domain.partner import Netwerk
from broker.domain.verstrekking import DOELTEKST, bevat_politiegegevens
from broker.domain.verzoek import SoortHulp
from broker.wire.brieven.brief import Brief
from broker.wire.brieven.opmaak import alinea, lange_datum, persoon, punten, samen
from broker.wire.geheimhouding import GEHEIMHOUDING

_KEUZES = "    BEKEND\n    ONBEKEND\n    NIET VAST TE STELLEN\n    NIET VERSTREKT"


def _referentie(kenmerk: Kenmerk, code: str) -> str:
    return f"Kenmerk {kenmerk} · antwoordcode {code}"


def _artikel() -> str:
    return "\n".join(
        (
            alinea("Is het BEKEND? Zet dan op een nieuwe regel uit welke gegevens dat blijkt:"),
            "",
            "    Artikel: 8",
            "    of",
            "    Artikel: 13",
            "",
            alinea(
                "Gebruik geen andere gegevens, en ook geen gegevens die zijn verwijderd volgens"
                " artikel 14 lid 1 Wpg."
            ),
        )
    )


def _hulp() -> str:
    soorten = ", ".join(SoortHulp)
    return "\n".join(
        (
            alinea("Helpt iemand deze persoon nu? Dan mag u deze twee regels toevoegen:"),
            "",
            "    Hulpverlener: voornaam en achternaam, organisatie",
            "    Soort hulp: kies er één",
            "",
            alinea(f"U kunt kiezen uit: {soorten}."),
        )
    )


def _toestemming(vraag: Vraag) -> str:
    if vraag.toestemming is None:
        return (
            "Dit is een melding van de politie (artikel 20 Wpg). Daarvoor is geen toestemming van"
            " betrokkene nodig."
        )
    woord = "ja" if vraag.toestemming is Toestemming.JA else "nee"
    return f"Toestemming van betrokkene: {woord}."


def _vraag(netwerk: Netwerk, *, aanhef: str, vraag: Vraag) -> str:
    doelen = [DOELTEKST[doel] for doel in sorted(vraag.doelen)]
    return samen(
        netwerk,
        aanhef,
        persoon(vraag.betrokkene),
        alinea("Beantwoord deze mail met één van deze vier:"),
        _KEUZES,
        alinea(f"Bekend betekent bij u: {vraag.bekend_betekent.rstrip('.')}."),
        _artikel() if vraag.politieloket else "",
        _hulp() if vraag.geeft_hulp else "",
        alinea(
            "Bij NIET VERSTREKT hoeft u geen reden te geven. Wij leiden er niets uit af.",
            "Schrijf verder niets in uw antwoord: dat bewaren wij niet.",
            "Laat de antwoordcode onderaan staan.",
        ),
        alinea(f"Antwoord uiterlijk {lange_datum(vraag.uiterlijk)}."),
        "Waarvoor wij dit vragen:\n" + punten(doelen),
        alinea(
            _toestemming(vraag),
            "U beslist zelf of u mag antwoorden. Leg dat vast in uw eigen dossier.",
        ),
        alinea(GEHEIMHOUDING) if bevat_politiegegevens(vraag) else "",
        "Acuut gevaar? Bel 112.",
        _referentie(vraag.kenmerk, vraag.antwoordcode),
    )


def verzoek(bericht: Verzoek, *, aan: str, netwerk: Netwerk) -> Brief:
    """The question to one desk (werkproces art. 1)."""
    aanhef = f"Beste {aan},\n\nIs deze persoon bij uw organisatie bekend?"
    return Brief(
        f"Verrijkingsverzoek {bericht.vraag.kenmerk}",
        _vraag(netwerk, aanhef=aanhef, vraag=bericht.vraag),
    )


def herinnering(bericht: Herinnering, *, aan: str, netwerk: Netwerk) -> Brief:
    """The same question again."""
    aanhef = (
        f"Beste {aan},\n\n"
        + alinea("Wij hebben nog geen antwoord van uw organisatie. Wilt u nu antwoorden?")
        + "\n\nIs deze persoon bij uw organisatie bekend?"
    )
    return Brief(
        f"Herinnering verrijkingsverzoek {bericht.vraag.kenmerk}",
        _vraag(netwerk, aanhef=aanhef, vraag=bericht.vraag),
    )


def verduidelijking(bericht: Verduidelijking, *, aan: str, netwerk: Netwerk) -> Brief:
    """The four choices again. Nothing of the answer is quoted."""
    if bericht.artikel_ontbreekt:
        begin = (
            "Bij BEKEND hebben wij ook het artikel nodig: 8 of 13. Wilt u nog een keer antwoorden?"
        )
    else:
        begin = (
            "Wij weten niet zeker wat u bedoelt. Wilt u nog een keer antwoorden? Gebruik één van"
            " deze vier, en schrijf er niets bij:"
        )
    tekst = samen(
        netwerk,
        f"Beste {aan},",
        alinea("Bedankt voor uw antwoord.", begin),
        _KEUZES,
        _artikel() if bericht.politieloket else "",
        alinea(f"Antwoord uiterlijk {lange_datum(bericht.uiterlijk)}."),
        alinea(
            "De vraag zelf staat in onze eerdere mail met dit kenmerk.",
            "Laat de antwoordcode onderaan staan.",
        ),
        _referentie(bericht.kenmerk, bericht.antwoordcode),
    )
    return Brief(f"Vraag over uw antwoord {bericht.kenmerk}", tekst)


def intrekking(bericht: Intrekking, *, aan: str, netwerk: Netwerk) -> Brief:
    """A desk need not answer any more."""
    tekst = samen(
        netwerk,
        f"Beste {aan},",
        alinea(
            f"U hoeft niet meer te antwoorden op ons verzoek {bericht.kenmerk}.",
            "Het verzoek is ingetrokken.",
        ),
        alinea("Gooi onze eerdere mails met dit kenmerk weg. U hoeft verder niets te doen."),
    )
    return Brief(f"Verzoek ingetrokken {bericht.kenmerk}", tekst)
