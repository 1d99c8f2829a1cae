"""When every verzoek is closed: one uitkomst, to the ketenregisseur alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import Geadresseerd, UitkomstBericht
from broker.domain.casus import CasusGebeurtenis, CasusStaat, volgende_casusstaat
from broker.domain.toegang import Spreker, ketenregisseur, mag_politie_bevragen
from broker.domain.uitkomst import maak_uitkomst
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import VerzoekGebeurtenis
from broker.ports import Alarm, CasusRecord, Outbound, OutboundKind, VerstrekkingId
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import over_with
from broker.service.asking_readers import is_reached
from broker.service.casus_reading import OpenCasus
from broker.service.changing import apply_event, close_open
from broker.service.context import Context
from broker.service.disclosing import disclose_antwoord
from broker.service.effects import Disclose, Effects, of_casus


def receiver(context: Context, *, police: bool) -> Spreker | None:
    """Who has the regie today, and may receive this; None when there is nobody (BS-1, BS-9)."""
    if police and not mag_politie_bevragen(context.netwerk, context.today()):
        return None
    return ketenregisseur(context.netwerk, context.today())


def _police_disclosures(
    context: Context, opened: OpenCasus, recipient: Spreker, now: datetime
) -> tuple[VerstrekkingId | None, tuple[Disclose, ...]]:
    """The register row that the uitkomst names, and the rows that a new reader makes new."""
    named: VerstrekkingId | None = None
    new: list[Disclose] = []
    for verzoek in opened.casus.verzoeken:
        loket = context.netwerk.loket(verzoek.loket)
        if verzoek.antwoord is None or loket is None:
            continue
        record = opened.verzoek(verzoek.loket)
        disclosure = disclose_antwoord(
            context,
            opened,
            verzoek.antwoord,
            loket=loket,
            recipient=recipient,
            number=record.answer_version,
        )
        if disclosure is not None:
            named = named or disclosure.id
            if disclosure.id != record.verstrekking:
                # To a new reader it is disclosed now, not when the answer came in.
                new.append(
                    replace(disclosure, verstrekking=replace(disclosure.verstrekking, moment=now))
                )
    return named, tuple(new)


def finish_round(context: Context, opened: OpenCasus, now: datetime) -> tuple[OpenCasus, Effects]:
    """The casus as it is when the last verzoek was closed, with its uitkomst.

    A casus that is not complete, or not in verrijking, comes back as it was. While nobody may
    receive the uitkomst the casus stays due, and alarms.
    """
    if opened.casus.staat is not CasusStaat.IN_VERRIJKING or not opened.casus.is_compleet:
        return opened, Effects(clear=over_with(opened.record))
    kenmerk = opened.casus.kenmerk
    bericht = UitkomstBericht(maak_uitkomst(opened.casus, context.netwerk))
    police = bevat_politiegegevens(bericht)
    regie = receiver(context, police=police)
    if regie is None:
        waiting = replace(opened.record, ends_at=now, remind_at=None)
        alarm = Alarm(AlarmCode.GEEN_KETENREGISSEUR, kenmerk, now)
        return replace(opened, record=waiting), Effects(alarms=(alarm,), clear=over_with(waiting))
    post = Geadresseerd(bericht, regie.medewerker, regie.loket.id)
    verstrekking, disclose = (
        _police_disclosures(context, opened, regie, now) if police else (None, ())
    )
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
    return finished, Effects(send=(send,), disclose=disclose, clear=over_with(finished.record))


def expire(
    context: Context, opened: OpenCasus, messages: Sequence[Outbound], now: datetime
) -> tuple[OpenCasus, Effects]:
    """The casus when its round is over, by its term or by the ketenregisseur (D-6).

    Silence is 'geen reactie', never 'onbekend', and 'niet bereikt' where nobody at the desk has
    the question, by all messages of the casus so far (D-4).
    """
    for verzoek in opened.casus.verzoeken:
        if verzoek.is_open and not is_reached(messages, verzoek.loket):
            opened = apply_event(opened, verzoek.loket, VerzoekGebeurtenis.NIET_TE_BEZORGEN)
    opened = close_open(opened, VerzoekGebeurtenis.TERMIJN_VERSTREKEN)
    opened, finishing = finish_round(context, opened, now)
    return opened, Effects(withdraw=((opened.casus.kenmerk, None),)) + finishing


def tell_enriched(context: Context, record: CasusRecord) -> None:
    """Log that this change of a casus ended its round, if it did."""
    if record.staat is CasusStaat.VERRIJKT:
        context.events.log("casus.enriched", kenmerk=record.kenmerk)
