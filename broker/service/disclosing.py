"""What a message or an answer discloses: the register row that it must have, if any (WPG-32)."""

from __future__ import annotations

from datetime import datetime

from broker.domain.bericht import Geadresseerd, Gelijkenis, Kennisgeving
from broker.domain.casus import Kenmerk
from broker.domain.melding import Melding, PolitieMelding
from broker.domain.partner import Loket, MedewerkerId
from broker.domain.toegang import Spreker
from broker.domain.verstrekking import (
    bevat_politiegegevens,
    verstrekking_van_antwoord,
    verstrekking_van_melding,
)
from broker.domain.verzoek import Antwoord, PolitieAntwoord
from broker.ports import VerstrekkingId
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.effects import Disclose
from broker.wire.codes import bericht_id


def disclosure_id(
    seed: bytes, *, kenmerk: Kenmerk, recipient: MedewerkerId, what: str, number: int
) -> VerstrekkingId:
    """The id of a disclosure, from the stream (kenmerk, recipient, what, number)."""
    return VerstrekkingId(
        bericht_id(seed, kenmerk=kenmerk, ontvanger=recipient, soort=what, nummer=number)
    )


def disclose_melding(
    context: Context,
    melding: Melding,
    post: Geadresseerd,
    *,
    kenmerk: Kenmerk,
    seed: bytes,
    officer: MedewerkerId,
    moment: datetime,
) -> Disclose | None:
    """WPG-32, BS-8: the disclosure that this message of a police melding is; None when it is none.

    One person can be asked for two desks, and have the regie: each is a disclosure by itself.
    """
    if not bevat_politiegegevens(post.bericht):
        return None
    loket = context.netwerk.loket(post.loket)
    if loket is None:
        raise LookupError(post.loket)
    is_notice = isinstance(post.bericht, Kennisgeving | Gelijkenis)
    return Disclose(
        disclosure_id(
            seed,
            kenmerk=kenmerk,
            recipient=post.ontvanger.id,
            what="kennisgeving" if is_notice else f"melding/{post.loket}",
            number=1,
        ),
        verstrekking_van_melding(
            melding.betrokkene,
            kenmerk=kenmerk,
            moment=moment,
            functionaris=officer,
            doelen=melding.doelen,
            partij=context.netwerk.partner_van(loket),
            ontvanger=post.ontvanger.id,
            netwerk=context.netwerk,
            artikel=melding.artikel if isinstance(melding, PolitieMelding) else None,
            # Only the ketenregisseur is told why; so only that disclosure holds it (BS-8a).
            toelichting=melding.reden if is_notice else "",
        ),
    )


def disclose_antwoord(
    context: Context,
    opened: OpenCasus,
    antwoord: Antwoord,
    *,
    loket: Loket,
    recipient: Spreker,
    number: int,
    stream: str = "antwoord",
) -> Disclose | None:
    """WPG-32, BS-8: the disclosure of this answer to this recipient; None for no police data.

    The streams `antwoord` and `aanvulling` number apart: each answer is a disclosure by itself.
    """
    if not isinstance(antwoord, PolitieAntwoord):
        return None
    verstrekking = verstrekking_van_antwoord(
        antwoord,
        kenmerk=opened.casus.kenmerk,
        doelen=opened.casus.melding.doelen,
        partij=context.netwerk.partner_van(recipient.loket),
        ontvanger=recipient.medewerker.id,
        netwerk=context.netwerk,
    )
    if verstrekking is None:
        return None
    identity = disclosure_id(
        opened.seed,
        kenmerk=opened.casus.kenmerk,
        recipient=recipient.medewerker.id,
        what=f"{stream}/{loket.id}",
        number=number,
    )
    return Disclose(identity, verstrekking)
