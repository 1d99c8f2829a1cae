"""When every verzoek is closed: one uitkomst, to the ketenregisseur alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import Geadresseerd, UitkomstBericht
from broker.domain.casus import CasusGebeurtenis, CasusStaat, Kenmerk, volgende_casusstaat
from broker.domain.partner import Loket
from broker.domain.toegang import (
    Spreker,
    ketenregisseur,
)
from broker.domain.uitkomst import maak_uitkomst
from broker.domain.verstrekking import bevat_politiegegevens, verstrekking_van_antwoord
from broker.domain.verzoek import Antwoord, PolitieAntwoord
from broker.ports import Alarm, OutboundKind, VerstrekkingId
from broker.service.asking import disclosure_id
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.effects import Disclose, Effects, of_casus


def disclose_antwoord(
    context: Context,
    opened: OpenCasus,
    antwoord: Antwoord,
    *,
    loket: Loket,
    recipient: Spreker,
    number: int,
) -> Disclose | None:
    """The disclosure that this answer is to this recipient; None when it is no police data."""
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
        what=f"antwoord/{loket.id}",
        number=number,
    )
    return Disclose(identity, verstrekking)


def _police_disclosure(
    context: Context, opened: OpenCasus, recipient: Spreker
) -> tuple[VerstrekkingId | None, tuple[Disclose, ...]]:
    """The register row for the uitkomst: the one of the answer, or a new one for a new reader."""
    for verzoek in opened.casus.verzoeken:
        record = opened.verzoek(verzoek.loket)
        loket = context.netwerk.loket(verzoek.loket)
        if verzoek.antwoord is None or record is None or loket is None:
            continue
        disclosure = disclose_antwoord(
            context,
            opened,
            verzoek.antwoord,
            loket=loket,
            recipient=recipient,
            number=record.answer_version,
        )
        if disclosure is not None:
            known = disclosure.id == record.verstrekking
            return disclosure.id, () if known else (disclosure,)
    return None, ()


def finish_round(context: Context, opened: OpenCasus, now: datetime) -> tuple[OpenCasus, Effects]:
    """The casus as it is when the last verzoek was closed, with its uitkomst.

    A casus that is not complete, or not in verrijking, comes back as it was. Without a
    ketenregisseur the casus stays due, and alarms, until there is one.
    """
    if opened.casus.staat is not CasusStaat.IN_VERRIJKING or not opened.casus.is_compleet:
        return opened, Effects()
    kenmerk = opened.casus.kenmerk
    regie = ketenregisseur(context.netwerk, context.today())
    if regie is None:
        waiting = replace(opened.record, ends_at=now, remind_at=None)
        return replace(opened, record=waiting), _alarm(kenmerk, now)
    post = Geadresseerd(
        UitkomstBericht(maak_uitkomst(opened.casus, context.netwerk)),
        regie.medewerker,
        regie.loket.id,
    )
    verstrekking: VerstrekkingId | None = None
    disclose: tuple[Disclose, ...] = ()
    if bevat_politiegegevens(post.bericht):
        verstrekking, disclose = _police_disclosure(context, opened, regie)
    staat = volgende_casusstaat(opened.casus.staat, CasusGebeurtenis.VERRIJKT)
    finished = replace(
        opened,
        casus=replace(opened.casus, staat=staat),
        record=replace(opened.record, staat=staat, enriched_on=now, remind_at=None, ends_at=None),
    )
    send = of_casus(
        opened.seed,
        kenmerk=kenmerk,
        post=post,
        kind=OutboundKind.UITKOMST,
        verstrekking=verstrekking,
    )
    return finished, Effects(send=(send,), disclose=disclose)


def _alarm(kenmerk: Kenmerk, now: datetime) -> Effects:
    return Effects(alarms=(Alarm("geen-ketenregisseur", kenmerk, now),))
