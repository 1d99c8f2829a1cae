"""The letters about mail that could not be used. None of them quotes anything of it."""

from __future__ import annotations

from collections.abc import Mapping

from broker.domain.bericht import NietVerwerkt, NietVerwerktBericht, VastAntwoord
from broker.domain.partner import Netwerk
from broker.wire.brieven.brief import Brief
from broker.wire.brieven.opmaak import aanhef, alinea, lange_datum, samen

_UITLEG: Mapping[NietVerwerkt, tuple[str, ...]] = {
    NietVerwerkt.ONBEKEND_KENMERK: (
        "Wij kennen het kenmerk in uw bericht niet, of er staat geen kenmerk in.",
        "Open onze mail nog een keer en beantwoord die. Haal de tekst eronder niet weg.",
    ),
    NietVerwerkt.CODE_ONTBREEKT: (
        "De antwoordcode ontbreekt of hoort niet bij dit verzoek.",
        "Open onze mail nog een keer en beantwoord die. Laat de antwoordcode onderaan staan.",
    ),
    NietVerwerkt.GESLOTEN: (
        "Dit verzoek is gesloten. Uw antwoord is niet meer nodig, en wij hebben het niet bewaard.",
        "U hoeft niets te doen.",
    ),
    NietVerwerkt.NIET_LEESBAAR: (
        "Wij konden uw bericht openen, maar er geen gewone tekst in lezen.",
        "Stuur uw bericht opnieuw als gewone tekst, zonder bijlagen.",
    ),
    NietVerwerkt.AFZENDER_ONDUIDELIJK: (
        "In uw bericht staat meer dan één afzender, of een andere afzender dan het toont.",
        "Stuur uw bericht opnieuw vanuit uw eigen mailprogramma, met alleen uw eigen adres.",
    ),
    NietVerwerkt.NIET_BEVOEGD: (
        "U bent hiervoor op dit moment niet aangewezen.",
        "Laat het een collega doen die dat wel is, of vraag uw leiding u aan te wijzen.",
    ),
    NietVerwerkt.GEEN_MEDEWERKER: (
        "Stuur uw bericht opnieuw en zet er op een eigen regel bij wie u bent, bijvoorbeeld:",
        "'Medewerker: J. Jansen' (uw eigen naam).",
        "Wij zien de sleutel van uw loket, en niet welke medewerker het stuurt.",
        "Noem één medewerker die bij ons bekend is.",
    ),
}


def niet_verwerkt(bericht: NietVerwerktBericht, *, aan: str, netwerk: Netwerk) -> Brief:
    """Why a mail of a known sender could not be taken, and what to do."""
    tekst = samen(
        netwerk,
        aanhef(aan),
        alinea("Wij hebben uw bericht niet verwerkt.", *_UITLEG[bericht.reden]),
        alinea(
            ""
            if bericht.reden is NietVerwerkt.GESLOTEN
            else "Lukt het niet? Bel de ketenregisseur.",
            "Acuut gevaar? Bel 112.",
        ),
    )
    return Brief("Bericht niet verwerkt", tekst)


def vast_antwoord(bericht: VastAntwoord, *, netwerk: Netwerk) -> Brief:
    """The one reply to whatever cannot be opened: the same words for everyone, but for the date."""
    dag = lange_datum(netwerk.kalender.dag(bericht.moment))
    tekst = samen(
        netwerk,
        alinea(
            f"Op {dag} kregen wij een bericht van u dat wij niet kunnen gebruiken.",
            "Wij hebben het niet gelezen en niet bewaard.",
        ),
        alinea(
            "Stuur uw bericht opnieuw. Versleutel het met de sleutel van dit adres, en onderteken"
            " het met uw eigen sleutel die bij ons bekend is."
        ),
        alinea(
            "Lukt het niet? Vraag uw systeembeheerder om hulp of bel de ketenregisseur.",
            "Acuut gevaar? Bel 112.",
        ),
    )
    return Brief("Bericht niet te gebruiken", tekst)
