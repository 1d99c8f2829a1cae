"""The question to one desk, worded from its casus: for the verzoek, the reminder and a remake."""

from __future__ import annotations

from datetime import date, datetime

from broker.domain.bericht import Geadresseerd, Kennisgeving, Vraag
from broker.domain.casus import Kenmerk
from broker.domain.melding import Melding
from broker.domain.partner import Loket, MedewerkerId
from broker.domain.termijn import uiterste_dag
from broker.domain.toegang import Spreker
from broker.domain.uitkomst import bepaal_werkgebied
from broker.domain.verstrekking import bevat_politiegegevens, verstrekking_van_melding
from broker.ports import VerstrekkingId
from broker.service.context import Context
from broker.service.effects import Disclose
from broker.wire.codes import antwoordcode, bericht_id


def last_day(context: Context, asked_on: datetime) -> date:
    """The last day on which an answer to what was asked then is in time.

    Never from the record's `ends_at`, which goes when the round is complete: a desk could read in
    a later letter whether all the others have answered (PR-13.5).
    """
    return uiterste_dag(asked_on, context.netwerk.termijnen, context.netwerk.kalender)


def question(
    context: Context, melding: Melding, loket: Loket, *, kenmerk: Kenmerk, seed: bytes, until: date
) -> Vraag:
    """The question to that desk: only what it needs (PR-6.4)."""
    return Vraag(
        kenmerk=kenmerk,
        betrokkene=melding.betrokkene,
        doelen=melding.doelen,
        toestemming=melding.toestemming,
        bekend_betekent=loket.bekend_betekent,
        geeft_hulp=loket.geeft_hulp,
        politieloket=context.netwerk.is_wpg(loket),
        uiterlijk=until,
        antwoordcode=antwoordcode(seed, kenmerk=kenmerk, loket=loket.id),
    )


def notice(
    context: Context, melding: Melding, *, kenmerk: Kenmerk, melder: Spreker, until: date
) -> Kennisgeving:
    """What the ketenregisseur hears of a new casus."""
    werkgebied = bepaal_werkgebied(melding.betrokkene, context.netwerk)
    return Kennisgeving(
        kenmerk=kenmerk,
        melding=melding,
        melder=melder.medewerker.naam,
        melder_telefoon=melder.medewerker.telefoon,
        organisatie=context.netwerk.partner_van(melder.loket).naam,
        werkgebied=werkgebied.naam if werkgebied else "",
        uiterlijk=until,
    )


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
    """The disclosure that this message about a police melding is; None when it is none.

    One person can be asked for two desks, and have the regie: each is a disclosure by itself.
    """
    if not bevat_politiegegevens(post.bericht):
        return None
    loket = context.netwerk.loket(post.loket)
    if loket is None:
        raise LookupError(post.loket)
    is_notice = isinstance(post.bericht, Kennisgeving)
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
            # Only the ketenregisseur is told why; so only that disclosure holds it (BS-8a).
            toelichting=melding.reden if is_notice else "",
        ),
    )
