"""A melding came in: judge it by the covenant, open a casus, ask every desk."""

from __future__ import annotations

from datetime import datetime

from broker.domain.bericht import (
    ConceptBericht,
    WeigeringBericht,
)
from broker.domain.convenant import beoordeel_melding
from broker.domain.errors import Weigering
from broker.domain.ingevuld import Ingevuld
from broker.ports import InboundStatus, OutboundKind
from broker.service.context import Context
from broker.service.incoming import Incoming, answer_only
from broker.service.open_casus import open_casus
from broker.wire.formulier import lees_formulier


async def record_melding(context: Context, mail: Incoming) -> None:
    """Take a melding, or refuse it with every fault at once.

    Raises Conflict, Replayed, and MustWait while nobody has the regie: then it waits.
    """
    now = context.now()
    filled_in = read_melding(context, mail)
    melding = filled_in.melding
    refusal = beoordeel_melding(
        filled_in, netwerk=context.netwerk, melder=mail.speaker, dag=context.today()
    )
    if melding.concept:
        await answer_only(
            context,
            mail,
            ConceptBericht(refusal),
            kind=OutboundKind.WEIGERING,
            status=InboundStatus.VERWERKT,
            reason="concept",
            now=now,
        )
    elif refusal is not None:
        await _refuse(context, mail, refusal, now)
    else:
        await open_casus(context, mail, melding, now)


async def _refuse(context: Context, mail: Incoming, refusal: Weigering, now: datetime) -> None:
    context.events.log(
        "melding.refused",
        inbound=mail.inbound.id,
        faults=len(refusal.fouten),
        code=refusal.fouten[0].code,
    )
    await answer_only(
        context,
        mail,
        WeigeringBericht(refusal),
        kind=OutboundKind.WEIGERING,
        status=InboundStatus.GEWEIGERD,
        reason="melding-geweigerd",
        now=now,
    )


def read_melding(context: Context, mail: Incoming) -> Ingevuld:
    """What the mail says in the fields of the form, with what could not be read."""
    netwerk = context.netwerk
    return lees_formulier(
        mail.text,
        politie=netwerk.is_wpg(mail.speaker.loket),
        loketten={loket.naam: loket.id for loket in netwerk.loketten()},
        vandaag=context.today(),
        onderwerp=mail.subject,
    )
