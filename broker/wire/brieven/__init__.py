"""What the broker writes to people: plain Dutch, the thing to do first, no more than is needed."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from broker.domain import bericht as b
from broker.domain.partner import Netwerk
from broker.wire.brieven import ketenregisseur, melder, opdracht, terugmelding, vraag
from broker.wire.brieven.brief import Bijlage, Brief

__all__ = ["Bijlage", "Brief", "verwoord"]


def verwoord(post: b.Geadresseerd, *, netwerk: Netwerk, vandaag: date) -> Brief:  # noqa: C901
    """The letter that words a message for its one reader.

    `vandaag` is the day for people. Lines have at most 76 characters. Raises nothing.
    """
    bericht, aan = post.bericht, post.ontvanger.naam
    match bericht:
        case b.Verzoek():
            return vraag.verzoek(bericht, aan=post.ontvanger, netwerk=netwerk)
        case b.Herinnering():
            return vraag.herinnering(bericht, aan=post.ontvanger, netwerk=netwerk)
        case b.Verduidelijking():
            return vraag.verduidelijking(bericht, aan=aan, netwerk=netwerk)
        case b.Intrekking(aan_regie=True):
            return ketenregisseur.intrekking(bericht, aan=aan, netwerk=netwerk)
        case b.Intrekking():
            return vraag.intrekking(bericht, aan=aan, netwerk=netwerk)
        case b.Kennisgeving():
            return ketenregisseur.kennisgeving(bericht, aan=aan, netwerk=netwerk)
        case b.Gelijkenis():
            return ketenregisseur.gelijkenis(bericht, aan=aan, netwerk=netwerk)
        case b.UitkomstBericht():
            return ketenregisseur.uitkomst(bericht, aan=aan, netwerk=netwerk, vandaag=vandaag)
        case b.Aanvulling():
            return ketenregisseur.aanvulling(bericht, aan=aan, netwerk=netwerk, vandaag=vandaag)
        case b.Belverzoek():
            return ketenregisseur.belverzoek(bericht, aan=aan, netwerk=netwerk)
        case b.StatusBericht():
            return melder.status(bericht, aan=aan, netwerk=netwerk)
        case b.WeigeringBericht():
            return melder.weigering(bericht, aan=aan, netwerk=netwerk)
        case b.ConceptBericht():
            return melder.concept(bericht, aan=aan, netwerk=netwerk)
        case b.FormulierBericht():
            return melder.formulier(bericht, aan=aan, netwerk=netwerk)
        case b.NietVerwerktBericht():
            return terugmelding.niet_verwerkt(bericht, aan=aan, netwerk=netwerk)
        case b.OpdrachtBericht():
            return opdracht.opdracht(bericht, aan=aan, netwerk=netwerk)
        case b.VastAntwoord():
            return terugmelding.vast_antwoord(bericht, netwerk=netwerk)
        case _:
            assert_never(bericht)
