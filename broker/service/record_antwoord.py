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
from broker.domain.casus import Kenmerk, Ontvangst, ontvangst
from broker.domain.partner import Loket
from broker.domain.toegang import (
    GeenToegang,
    Spreker,
    mag_antwoorden,
    mag_verstrekken,
)
from broker.domain.uitkomst import antwoord_regel
from broker.domain.verstrekking import bevat_politiegegevens
from broker.domain.verzoek import Antwoord, PolitieAntwoord, Waarde
from broker.ports import Alarm, InboundStatus, OutboundKind, VerzoekRecord
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import unclear_subject
from broker.service.asking import last_day
from broker.service.casus_reading import OpenCasus, read_casus, with_verzoek
from broker.service.changing import apply_answer
from broker.service.context import Context
from broker.service.effects import Disclose, Effects, close, of_casus
from broker.service.finish_round import disclose_antwoord, finish_round, receiver, tell_enriched
from broker.service.incoming import Incoming, answer_only, settle
from broker.service.message_numbers import clarification_number
from broker.service.sealed_fields import answer_field
from broker.service.waiting import MustWait, WaitReason
from broker.wire.antwoord import (
    ARTIKELEN,
    GelezenAntwoord,
    Onduidelijk,
    lees_antwoord,
    vind_codes,
    vind_kenmerken,
)
from broker.wire.codes import antwoordcode, zelfde_code
from broker.wire.opslag import antwoord_naar_bytes

ARTIKEL_ONTBREEKT = "artikel-ontbreekt"
"""Why the police are asked again that said 'bekend' and not under which article they may."""


async def record_antwoord(context: Context, mail: Incoming) -> None:
    """Take an answer, ask again, or say why not. Raises Conflict, Replayed."""
    now = context.now()
    found = await _find(context, mail)
    if isinstance(found, NietVerwerkt):
        await not_taken(context, mail, found)
        return
    opened, loket, verzoek = found
    if _police_may_not(context, mail.speaker):
        await not_taken(context, mail, NietVerwerkt.NIET_BEVOEGD)
        return
    fate = ontvangst(opened.casus.staat, verzoek.staat)
    if fate is Ontvangst.GESLOTEN:
        await not_taken(context, mail, NietVerwerkt.GESLOTEN)
        return
    read = lees_antwoord(mail.text)
    antwoord = _judge(context, mail, read, loket=loket, verzoek=verzoek)
    if antwoord is None:
        reason = read.reden if isinstance(read, Onduidelijk) else ARTIKEL_ONTBREEKT
        await _ask_again(context, mail, opened, verzoek, loket=loket, now=now, reason=reason)
    elif fate is Ontvangst.AANVULLING:
        await _late(context, mail, opened, antwoord, loket=loket, now=now)
    else:
        await _record(context, mail, opened, antwoord, loket=loket, now=now)


async def _find(
    context: Context, mail: Incoming
) -> tuple[OpenCasus, Loket, VerzoekRecord] | NietVerwerkt:
    """The one verzoek that kenmerk, code and signer fit (D-13).

    Who was not asked hears no more of a casus than of one that does not exist.
    """
    whole = f"{mail.subject}\n{mail.text}"
    kenmerken = vind_kenmerken(whole, afkorting=context.netwerk.afkorting)
    if len(kenmerken) != 1:
        return NietVerwerkt.ONBEKEND_KENMERK
    opened = await read_casus(context, Kenmerk(kenmerken[0]))
    if opened is None:
        return NietVerwerkt.ONBEKEND_KENMERK
    asked = False
    for verzoek in opened.record.verzoeken:
        loket = context.netwerk.loket(verzoek.loket)
        if loket is None or not mag_antwoorden(context.netwerk, mail.speaker, loket):
            continue
        asked = True
        code = antwoordcode(opened.seed, kenmerk=opened.casus.kenmerk, loket=loket.id)
        if any(zelfde_code(code, given) for given in vind_codes(whole)):
            return opened, loket, verzoek
    return NietVerwerkt.CODE_ONTBREEKT if asked else NietVerwerkt.ONBEKEND_KENMERK


def _police_may_not(context: Context, speaker: Spreker) -> bool:
    """BS-5, BS-9: an answer of the police counts only while they may disclose, by who may.

    That nobody may receive it now is no fault of his: then the answer waits.
    """
    reason = mag_verstrekken(context.netwerk, speaker, context.today())
    return reason not in (None, GeenToegang.GEEN_AANGEWEZEN_ONTVANGER)


def _judge(
    context: Context,
    mail: Incoming,
    read: GelezenAntwoord | Onduidelijk,
    *,
    loket: Loket,
    verzoek: VerzoekRecord,
) -> Antwoord | None:
    """The answer that may be kept; None when the desk must be asked again."""
    if isinstance(read, Onduidelijk):
        return None
    speaker = mail.speaker.medewerker.id
    if not context.netwerk.is_wpg(loket):
        return Antwoord(
            waarde=read.waarde,
            gegeven_op=mail.received,
            gegeven_door=speaker,
            als_vervanger=speaker != verzoek.asked,
            hulpverlener=read.hulpverlener if loket.geeft_hulp else "",
            soort_hulp=read.soort_hulp if loket.geeft_hulp else None,
        )
    known = read.waarde is Waarde.BEKEND
    if known and read.artikel not in ARTIKELEN:
        return None
    return PolitieAntwoord(
        waarde=read.waarde,
        gegeven_op=mail.received,
        gegeven_door=speaker,
        als_vervanger=speaker != verzoek.asked,
        artikel=read.artikel if known else None,
    )


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
            uiterlijk=last_day(context, verzoek.asked_on),
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
