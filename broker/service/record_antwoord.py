"""An answer came in: tie it to its verzoek, take the one word, and forget the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import (
    Aanvulling,
    Geadresseerd,
    NietVerwerkt,
    NietVerwerktBericht,
    Verduidelijking,
)
from broker.domain.casus import Ontvangst, ontvangst
from broker.domain.partner import Loket
from broker.domain.toegang import (
    Spreker,
)
from broker.domain.uitkomst import antwoord_regel
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import Antwoord
from broker.ports import Alarm, InboundStatus, OutboundKind, VerzoekRecord
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import unclear_subject
from broker.service.asking import last_day
from broker.service.casus_reading import OpenCasus, with_verzoek
from broker.service.changing import apply_answer
from broker.service.closing import close
from broker.service.context import Context
from broker.service.disclosing import disclose_antwoord
from broker.service.effects import Disclose, Effects, of_casus
from broker.service.finding_verzoek import find_verzoek
from broker.service.finish_round import finish_round, receiver, tell_enriched
from broker.service.incoming import Incoming, answer_only, settle
from broker.service.judging_antwoord import judge, police_may_not
from broker.service.message_numbers import clarification_number
from broker.service.sealed_fields import answer_field
from broker.service.waiting import MustWait, WaitReason
from broker.wire.antwoord import (
    Onduidelijk,
    lees_antwoord,
)
from broker.wire.codes import antwoordcode
from broker.wire.opslag import antwoord_naar_bytes

ARTIKEL_ONTBREEKT = "artikel-ontbreekt"
"""Why the police are asked again that said 'bekend' and not under which article they may."""


async def record_antwoord(context: Context, mail: Incoming) -> None:
    """Take an answer, ask again, or say why not. Raises Conflict, Replayed."""
    now = context.now()
    found = await find_verzoek(context, mail)
    if isinstance(found, NietVerwerkt):
        await not_taken(context, mail, found)
        return
    opened, loket, verzoek = found
    if police_may_not(context, mail.speaker):
        await not_taken(context, mail, NietVerwerkt.NIET_BEVOEGD)
        return
    fate = ontvangst(opened.casus.staat, verzoek.staat)
    if fate is Ontvangst.GESLOTEN:
        await not_taken(context, mail, NietVerwerkt.GESLOTEN)
        return
    if _overtaken(opened, mail, loket):
        nothing = await close(context, Effects(), now=now)
        await settle(
            context, mail, nothing, status=InboundStatus.VERWERKT, reason="ingehaald", now=now
        )
        return
    read = lees_antwoord(mail.text)
    antwoord = judge(context, mail, read, loket=loket, verzoek=verzoek)
    if antwoord is None:
        reason = read.reden if isinstance(read, Onduidelijk) else ARTIKEL_ONTBREEKT
        await _ask_again(context, mail, opened, verzoek, loket=loket, now=now, reason=reason)
    elif fate is Ontvangst.AANVULLING:
        await _late(context, mail, opened, antwoord, loket=loket, now=now)
    else:
        await _record(context, mail, opened, antwoord, loket=loket, now=now)


def _overtaken(opened: OpenCasus, mail: Incoming, loket: Loket) -> bool:
    """Whether the answer on record came in later than this mail, which had to wait (D-13)."""
    verzoek = opened.casus.verzoek_aan(loket.id)
    earlier = None if verzoek is None else verzoek.antwoord
    return earlier is not None and mail.received < earlier.gegeven_op


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
        clear=((AlarmCode.ANTWOORD_ONDUIDELIJK, unclear_subject(kenmerk, loket.id)),),
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
        clear=((AlarmCode.ANTWOORD_ONDUIDELIJK, unclear_subject(kenmerk, loket.id)),),
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


async def _ask_again(
    context: Context,
    mail: Incoming,
    opened: OpenCasus,
    verzoek: VerzoekRecord,
    *,
    loket: Loket,
    now: datetime,
    reason: str,
) -> None:
    """Nothing is guessed: the four choices again, a few times at most, then a person must call."""
    kenmerk = opened.casus.kenmerk
    number = verzoek.clarified + 1
    article = reason == ARTIKEL_ONTBREEKT
    record = with_verzoek(opened.record, replace(verzoek, clarified=number))
    if number > context.patience.clarifications:
        subject = unclear_subject(kenmerk, loket.id)
        effects = Effects(alarms=(Alarm(AlarmCode.ANTWOORD_ONDUIDELIJK, subject, now),))
    else:
        bericht = Verduidelijking(
            kenmerk=kenmerk,
            antwoordcode=antwoordcode(opened.seed, kenmerk=kenmerk, loket=loket.id),
            uiterlijk=last_day(opened.record, verzoek),
            politieloket=context.netwerk.is_wpg(loket),
            artikel_ontbreekt=article,
        )
        send = of_casus(
            opened.seed,
            kenmerk=kenmerk,
            # Of the desk that was asked: a vervanger may sit at another one.
            post=Geadresseerd(bericht, mail.speaker.medewerker, loket.id),
            kind=OutboundKind.VERDUIDELIJKING,
            number=clarification_number(number, wants_article=article),
        )
        effects = Effects(send=(send,))
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    await settle(
        context,
        mail,
        closed,
        status=InboundStatus.VERWERKT,
        reason="antwoord-onduidelijk",
        now=now,
        casus=record,
    )
    context.events.log(
        "antwoord.unclear", kenmerk=kenmerk, loket=loket.id, number=number, reason=reason
    )


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
