"""What may stay asked of a desk, over which channel, and who suspends the police's decision.

Covenant art. 16 and the art. 20 decision. Who may send and read stands in `toegang`. Days are days
in the network's time zone.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from broker.domain.partner import Kanaal, Loket, LoketId, MedewerkerId, Netwerk, Rol
from broker.domain.toegang import GeenToegang, Spreker, besluit_staat_toe, toegang


def kanaal_voor(netwerk: Netwerk, loket: Loket, *, politiegegevens: bool) -> Kanaal:
    """BS-6: whatever holds police data, and whatever is for the police, goes by secured mail.

    Also to a desk that gets everything else by another channel.
    """
    if politiegegevens or netwerk.is_wpg(loket):
        return Kanaal.MAIL
    return loket.kanaal


def mag_langs(netwerk: Netwerk, spreker: Spreker, kanaal: Kanaal | None) -> GeenToegang | None:
    """BS-6, WPG-23: what the police say, melding or antwoord, is taken by mail and nothing else."""
    if netwerk.is_wpg(spreker.loket) and kanaal is not Kanaal.MAIL:
        return GeenToegang.POLITIE_ALLEEN_PER_MAIL
    return None


def blijft_gevraagd(netwerk: Netwerk, loket: LoketId, dag: date) -> bool:
    """C-16.3, C-16.4, BS-9: whether a verzoek to this desk may stay open.

    Not when the desk is gone or nobody is left there to answer, when its partner does not take
    part (any more), and, at the police, while their decision is not in force. What only keeps an
    employee away for a while changes nothing: then the verzoek waits for its term.
    """
    gevonden = netwerk.loket(loket)
    if gevonden is None or not any(Rol.VERRIJKER in m.rollen for m in gevonden.medewerkers):
        return False
    if not netwerk.partner_van(gevonden).deelname.bevat(dag):
        return False
    return besluit_staat_toe(netwerk, dag, politie=netwerk.is_wpg(gevonden))


def mag_besluit_opschorten(netwerk: Netwerk, door: MedewerkerId, dag: date) -> GeenToegang | None:
    """BS-9: who suspends the decision, or lets it run again: the police themselves.

    An active officer who was designated, or their privacyfunctionaris.
    """
    gevonden = netwerk.medewerker(door)
    if gevonden is None:
        return GeenToegang.ONBEKEND
    loket, medewerker = gevonden
    if not netwerk.is_wpg(loket):
        return GeenToegang.ANDERE_ROL
    if not (Rol.PRIVACYFUNCTIONARIS in medewerker.rollen or medewerker.mag_politiegegevens(dag)):
        return GeenToegang.ANDERE_ROL
    return toegang(netwerk, loket, medewerker, dag)


def zoals_besloten(netwerk: Netwerk, *, opgeschort: bool) -> Netwerk:
    """BS-9: the network under what the police decided since it was configured.

    Each suspends by itself: the configuration, and what they decided at any moment after it.
    """
    besluit = replace(netwerk.besluit, opgeschort=netwerk.besluit.opgeschort or opgeschort)
    return replace(netwerk, besluit=besluit)
