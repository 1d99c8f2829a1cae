"""An answer came in: tie it to its verzoek, take the one word, and forget the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from broker.domain.bericht import (
    Aanvulling,
    Geadresseerd,
    NietVerwerkt,
    NietVerwerktBericht,
)
from broker.domain.partner import Loket
from broker.domain.toegang import (
    Spreker,
)
from broker.domain.uitkomst import antwoord_regel
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import Antwoord
from broker.ports import InboundStatus, OutboundKind
from broker.service.asking_again import ask_again
from broker.service.casus_reading import OpenCasus, with_verzoek
from broker.service.changing import apply_answer
from broker.service.closing import close
from broker.service.context import Context
from broker.service.disclosing import disclose_antwoord
from broker.service.effects import Disclose, Effects, of_casus
from broker.service.finish_round import finish_round, receiver, tell_enriched
from broker.service.incoming import OVERTAKEN, Incoming, answer_only, settle
from broker.service.judging_antwoord import Clear, Overtaken, Unclear, judge_antwoord
from broker.service.sealed_fields import answer_field
from broker.service.waiting import MustWait, WaitReason
from broker.wire.opslag import antwoord_naar_bytes


async def record_antwoord(context: Context, mail: Incoming) -> None:
    """Take an answer, ask again, or say why not. Raises Conflict, Replayed, MustWait."""
    now = context.now()
    judged = await judge_antwoord(context, mail)
    match judged:
        case NietVerwerkt():
            await not_taken(context, mail, judged)
        case Overtaken():
            nothing = await close(context, Effects(), now=now)
            await settle(
                context, mail, nothing, status=InboundStatus.VERWERKT, reason=OVERTAKEN, now=now
            )
        case Unclear():
            await ask_again(context, mail, judged, now=now)
        case Clear(asked, antwoord, late=True):
            await _late(context, mail, asked.opened, antwoord, loket=asked.loket, now=now)
        case Clear(asked, antwoord):
            await _record(context, mail, asked.opened, antwoord, loket=asked.loket, now=now)
        case _:
            assert_never(judged)


async def _record(
    context: Context,
    mail: Incoming,
    opened: OpenCasus,
    antwoord: Antwoord,
    *,
    loket: Loket,
    now: datetime,
) -> None:
    opened = apply_answer(opened, loket.id, antwoord, now=now)
    answered = opened.verzoek(loket.id)
    disclosure = _registered(context, opened, antwoord, loket=loket, number=answered.answer_version)
    kenmerk = opened.casus.kenmerk
    effects = Effects(
        disclose=(disclosure,) if disclosure else (),
        # What was still to go to this desk is no longer needed.
        withdraw=((kenmerk, loket.id),),
    )
    opened = replace(
        opened,
        record=with_verzoek(
            opened.record,
            replace(
                answered,
                police=disclosure is not None,
                verstrekking=disclosure.id if disclosure else None,
            ),
        ),
    )
    opened, finishing = finish_round(context, opened, now)
    closed = await close(
        context,
        effects + finishing,
        now=now,
        casus_key=opened.casus_key,
        fields=(
            answer_field(kenmerk, loket.id, answered.answer_version, antwoord_naar_bytes(antwoord)),
        ),
    )
    sealed = replace(opened.verzoek(loket.id), answer=closed.fields[0])
    record = with_verzoek(opened.record, sealed)
    await settle(
        context,
        mail,
        closed,
        status=InboundStatus.VERWERKT,
        reason="antwoord",
        now=now,
        casus=record,
    )
    context.events.log("antwoord.recorded", kenmerk=kenmerk, loket=loket.id)
    tell_enriched(context, record)


def _registered(
    context: Context, opened: OpenCasus, antwoord: Antwoord, *, loket: Loket, number: int
) -> Disclose | None:
    """The register row of a police answer: disclosed when it arrives, to who has the regie.

    Raises MustWait when nobody may have it: the answer waits in the inbox.
    """
    if not bevat_politiegegevens(antwoord):
        return None
    regie = _receiver(context, antwoord)
    return disclose_antwoord(context, opened, antwoord, loket=loket, recipient=regie, number=number)


def _receiver(context: Context, antwoord: Antwoord) -> Spreker:
    """Who has the regie, and may have this answer. Raises MustWait."""
    regie = receiver(context, police=bevat_politiegegevens(antwoord))
    if regie is None:
        raise MustWait(WaitReason.GEEN_ONTVANGER)
    return regie


async def _late(
    context: Context,
    mail: Incoming,
    opened: OpenCasus,
    antwoord: Antwoord,
    *,
    loket: Loket,
    now: datetime,
) -> None:
    """After the term: an aanvulling for the ketenregisseur; an uitkomst never changes (D-5)."""
    regie = _receiver(context, antwoord)
    kenmerk = opened.casus.kenmerk
    async with context.store.begin() as tx:
        earlier = await tx.outbox.of_casus(kenmerk)
    number = 1 + sum(message.kind is OutboundKind.AANVULLING for message in earlier)
    disclosure = disclose_antwoord(
        context,
        opened,
        antwoord,
        loket=loket,
        recipient=regie,
        stream="aanvulling",
        number=number,
    )
    regel = antwoord_regel(loket, antwoord, context.netwerk)
    post = Geadresseerd(Aanvulling(kenmerk, regel), regie.medewerker, regie.loket.id)
    send = of_casus(
        opened.seed,
        kenmerk=kenmerk,
        post=post,
        kind=OutboundKind.AANVULLING,
        number=number,
        verstrekking=disclosure.id if disclosure else None,
    )
    effects = Effects(
        send=(send,),
        disclose=(disclosure,) if disclosure else (),
    )
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    # A late answer is kept nowhere else: if it cannot be closed now, it must stay in the inbox.
    if not closed.outbound[0].raw:
        raise MustWait(WaitReason.SLEUTEL_ONBRUIKBAAR)
    await settle(
        context,
        mail,
        closed,
        status=InboundStatus.VERWERKT,
        reason="aanvulling",
        now=now,
        casus=opened.record,
    )
    context.events.log("antwoord.late", kenmerk=kenmerk, loket=loket.id)


async def not_taken(context: Context, mail: Incoming, reason: NietVerwerkt) -> None:
    """Tell a known sender why his mail is not taken. Raises Conflict, Replayed."""
    context.events.log("message.refused", inbound=mail.inbound.id, reason=reason)
    await answer_only(
        context,
        mail,
        NietVerwerktBericht(reason),
        kind=OutboundKind.WEIGERING,
        status=InboundStatus.GEWEIGERD,
        reason=reason,
        now=context.now(),
    )
