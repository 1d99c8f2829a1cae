"""An answer was unclear: nothing is guessed. Asked again once; then a person must call."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.bericht import Belverzoek, Geadresseerd
from broker.domain.toegang import ketenregisseur
from broker.domain.verzoek import Vervolg, na_onduidelijk
from broker.ports import InboundStatus, OutboundKind
from broker.service.asking import clarification
from broker.service.casus_reading import with_verzoek
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Effects, Send, of_casus
from broker.service.incoming import Incoming, settle
from broker.service.judging_antwoord import ARTIKEL_ONTBREEKT, Asked, Unclear
from broker.service.message_numbers import clarification_number
from broker.service.waiting import MustWait, WaitReason


async def ask_again(context: Context, mail: Incoming, unclear: Unclear, *, now: datetime) -> None:
    """The four choices again, to who wrote; the second time the ketenregisseur is to call (D-4).

    Raises Conflict, Replayed, and MustWait while nobody has the regie.
    """
    asked = unclear.asked
    number = asked.verzoek.clarified + 1
    effects = Effects()
    match na_onduidelijk(number):
        case Vervolg.VRAAG_OPNIEUW:
            effects = Effects(send=(_question(context, mail, unclear, number=number),))
        case Vervolg.LAAT_BELLEN:
            sends = (
                _question(context, mail, unclear, number=number),
                _call(context, mail, asked),
            )
            effects = Effects(send=sends)
        case Vervolg.NIETS:
            pass
    opened = asked.opened
    closed = await close(context, effects, now=now, casus_key=opened.casus_key)
    await settle(
        context,
        mail,
        closed,
        status=InboundStatus.VERWERKT,
        reason="antwoord-onduidelijk",
        now=now,
        casus=with_verzoek(opened.record, replace(asked.verzoek, clarified=number)),
    )
    context.events.log(
        "antwoord.unclear",
        kenmerk=opened.casus.kenmerk,
        loket=asked.loket.id,
        number=number,
        reason=unclear.reason,
    )


def _question(context: Context, mail: Incoming, unclear: Unclear, *, number: int) -> Send:
    opened, loket = unclear.asked.opened, unclear.asked.loket
    numbered = clarification_number(number, wants_article=unclear.reason == ARTIKEL_ONTBREEKT)
    bericht = clarification(context, opened, loket, number=numbered)
    return of_casus(
        opened.seed,
        kenmerk=opened.casus.kenmerk,
        # Of the desk that was asked: a vervanger may sit at another one.
        post=Geadresseerd(bericht, mail.speaker.medewerker, loket.id),
        kind=OutboundKind.VERDUIDELIJKING,
        number=numbered,
    )


def _call(context: Context, mail: Incoming, asked: Asked) -> Send:
    regie = ketenregisseur(context.netwerk, context.today())
    if regie is None:
        raise MustWait(WaitReason.GEEN_ONTVANGER)
    opened = asked.opened
    kenmerk = opened.casus.kenmerk
    speaker = mail.speaker.medewerker
    bericht = Belverzoek(kenmerk, asked.loket.naam, speaker.naam, speaker.telefoon)
    desks = [verzoek.loket for verzoek in opened.record.verzoeken]
    return of_casus(
        opened.seed,
        kenmerk=kenmerk,
        post=Geadresseerd(bericht, regie.medewerker, regie.loket.id),
        kind=OutboundKind.BELVERZOEK,
        # One for each desk: its number is the place of the desk.
        number=1 + desks.index(asked.loket.id),
    )
