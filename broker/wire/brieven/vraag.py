"""The letters to a desk that is asked: verzoek, herinnering, verduidelijking, intrekking."""

from __future__ import annotations

from broker.domain.bericht import Herinnering, Intrekking, Verduidelijking, Verzoek, Vraag
from broker.domain.casus import Kenmerk
from broker.domain.melding import Toestemming
from broker.domain.partner import Medewerker, Netwerk
from broker.domain.verstrekking import DOELTEKST, bevat_politiegegevens
from broker.domain.verzoek import SoortHulp
from broker.wire.brieven.brief import Brief
from broker.wire.brieven.opmaak import aanhef, alinea, lange_datum, persoon, punten, samen
from broker.wire.geheimhouding import GEHEIMHOUDING

_IS_BEKEND = "Is deze persoon bij uw organisatie bekend?"
_BEVEILIGD = "Onderteken en versleutel uw antwoord."
_NAAM = (
    "Zet op een eigen regel wie u bent, met voorletters en achternaam: u deelt de sleutel met"
    " collega's. Bijvoorbeeld 'Medewerker: J. Jansen'."
)
_KEUZES = "    BEKEND\n    ONBEKEND\n    NIET VAST TE STELLEN\n    NIET VERSTREKT"

_VIER = alinea("Beantwoord deze mail met één van deze vier:")
_ARTIKEL = "\n".join(
    (
        alinea("Is het BEKEND? Zet er dan één van deze twee regels onder:"),
        "",
        "    Artikel: 8",
        "    Artikel: 13",
        "",
        alinea(
            "Dat is het artikel van de Wpg waaronder u de gegevens verwerkt. Gebruik geen andere"
            " gegevens, en ook geen gegevens die zijn verwijderd volgens artikel 14 lid 1 Wpg."
        ),
    )
)
_HULP = "\n".join(
    (
        alinea("Helpt iemand deze persoon nu? Dan mag u deze twee regels eronder zetten:"),
        "",
        "    Hulpverlener: naam, organisatie",
        "    Soort hulp: kies er één",
        "",
        alinea(f"U kunt kiezen uit: {', '.join(SoortHulp)}."),
    )
)
_BIJ_TWIJFEL = alinea(
    "Weet u niet zeker om wie het gaat? Kies dan NIET VAST TE STELLEN.",
    "Mag of wilt u het niet zeggen? Kies dan NIET VERSTREKT. U hoeft geen reden te geven."
    " Wij leiden er niets uit af.",
)
_VERDER_NIETS = alinea(
    "Schrijf verder niets in uw antwoord: dat bewaren wij niet.",
    "Laat de antwoordcode onderaan staan.",
)
_GEHEIM = alinea(GEHEIMHOUDING)


def _referentie(kenmerk: Kenmerk, code: str) -> str:
    return f"Kenmerk {kenmerk} · antwoordcode {code}"


def _toestemming(vraag: Vraag) -> str:
    dossier = "U beslist zelf of u mag antwoorden. Leg dat vast in uw eigen dossier."
    if vraag.toestemming is None:
        return alinea(
            "Dit is een melding van de politie (artikel 20 Wpg). Daarvoor is geen toestemming van"
            " betrokkene nodig.",
            dossier,
        )
    woord = "ja" if vraag.toestemming is Toestemming.JA else "nee"
    toestemming = f"Toestemming van betrokkene: {woord}."
    if vraag.politieloket:
        return alinea(
            toestemming,
            "Voor een antwoord van de politie is die niet nodig (artikel 20 Wpg).",
            "U beslist zelf of u mag antwoorden.",
            "Wat u verstrekt, zetten wij in het register van de politie (artikel 32 Wpg).",
        )
    return alinea(toestemming, dossier)


def _vraag(netwerk: Netwerk, *, begin: str, vraag: Vraag, deelt_sleutel: bool) -> str:
    doelen = [DOELTEKST[doel] for doel in sorted(vraag.doelen)]
    return samen(
        netwerk,
        begin,
        persoon(vraag.betrokkene),
        _VIER,
        _KEUZES,
        alinea(
            f"Antwoord uiterlijk {lange_datum(vraag.uiterlijk)}.",
            _BEVEILIGD,
            _NAAM if deelt_sleutel else "",
        ),
        alinea(f"Bekend betekent bij u: {vraag.bekend_betekent.rstrip('.')}."),
        _ARTIKEL if vraag.politieloket else "",
        _HULP if vraag.geeft_hulp else "",
        _BIJ_TWIJFEL,
        _VERDER_NIETS,
        "Waarvoor wij dit vragen:\n" + punten(doelen),
        _toestemming(vraag),
        _GEHEIM if bevat_politiegegevens(vraag) else "",
        "Acuut gevaar? Bel 112.",
        _referentie(vraag.kenmerk, vraag.antwoordcode),
    )


def verzoek(bericht: Verzoek, *, aan: Medewerker, netwerk: Netwerk) -> Brief:
    """The question to one desk (werkproces art. 1)."""
    begin = f"{aanhef(aan.naam)}\n\n{_IS_BEKEND}"
    return Brief(
        f"Verrijkingsverzoek {bericht.vraag.kenmerk}",
        _vraag(netwerk, begin=begin, vraag=bericht.vraag, deelt_sleutel=aan.deelt_sleutel),
    )


def herinnering(bericht: Herinnering, *, aan: Medewerker, netwerk: Netwerk) -> Brief:
    """The same question again, or with less time for it."""
    uiterlijk = lange_datum(bericht.vraag.uiterlijk)
    waarom = (
        f"Deze vraag heeft spoed. Wilt u uiterlijk {uiterlijk} antwoorden?"
        if bericht.spoed
        else "Wij hebben nog geen antwoord van uw organisatie. Wilt u nu antwoorden?"
    )
    herinnering = alinea(waarom, "Heeft u of uw collega dat net gedaan? Dan hoeft u niets te doen.")
    begin = f"{aanhef(aan.naam)}\n\n{herinnering}\n\n{_IS_BEKEND}"
    onderwerp = "Spoed" if bericht.spoed else "Herinnering"
    return Brief(
        f"{onderwerp} verrijkingsverzoek {bericht.vraag.kenmerk}",
        _vraag(netwerk, begin=begin, vraag=bericht.vraag, deelt_sleutel=aan.deelt_sleutel),
    )


def verduidelijking(bericht: Verduidelijking, *, aan: str, netwerk: Netwerk) -> Brief:
    """The four choices again. Nothing of the answer is quoted."""
    if bericht.artikel_ontbreekt:
        begin = (
            "Bij BEKEND hebben wij ook het artikel nodig: 8 of 13. Wilt u nog een keer antwoorden?"
        )
    else:
        begin = (
            "Wij weten niet zeker wat u bedoelt. Wilt u nog een keer antwoorden, met één van deze"
            " vier?"
        )
    if bericht.wordt_gebeld:
        begin = f"De ketenregisseur belt u hierover; u hoeft daar niet op te wachten. {begin}"
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea("Bedankt voor uw antwoord.", begin),
        _KEUZES,
        alinea(f"Antwoord uiterlijk {lange_datum(bericht.uiterlijk)}.", _BEVEILIGD),
        _ARTIKEL if bericht.politieloket else "",
        alinea(
            "De vraag zelf staat in onze eerdere mail met dit kenmerk.",
            "Schrijf verder niets in uw antwoord. Laat de antwoordcode onderaan staan.",
        ),
        _referentie(bericht.kenmerk, bericht.antwoordcode),
    )
    return Brief(f"Vraag over uw antwoord {bericht.kenmerk}", tekst)


def intrekking(bericht: Intrekking, *, aan: str, netwerk: Netwerk) -> Brief:
    """A desk need not answer any more."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea(
            f"U hoeft niet meer te antwoorden op ons verzoek {bericht.kenmerk}.",
            "De ketenregisseur heeft de ronde afgerond."
            if bericht.afgerond
            else "Het verzoek is ingetrokken.",
        ),
        alinea("Verwijder onze eerdere mails met dit kenmerk. Verder hoeft u niets te doen."),
    )
    onderwerp = "Antwoord niet meer nodig" if bericht.afgerond else "Verzoek ingetrokken"
    return Brief(f"{onderwerp} {bericht.kenmerk}", tekst)
