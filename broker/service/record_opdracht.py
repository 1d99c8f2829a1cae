"""An order came in by mail: carry it out, ask again, or say why not (PR-7.8, D-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import assert_never

from broker.domain.bericht import OpdrachtBericht
from broker.domain.opdracht import OpdrachtSoort, Uitslag, mogelijke_opdrachten
from broker.ports import InboundStatus, OutboundKind
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.deciding import carry_out, facts_of
from broker.service.effects import Effects, loose
from broker.service.incoming import Incoming, answer_only
from broker.service.judging_opdracht import (
    GoodOrder,
    NotConcerned,
    RefusedOrder,
    UnclearOrder,
    judge_opdracht,
)
from broker.service.record_antwoord import record_antwoord


async def record_opdracht(context: Context, mail: Incoming) -> None:
    """Carry an order out, or change nothing and tell why. Raises Conflict, Replayed.

    Who has nothing to order about this casus hears what everybody hears whose mail fits no
    verzoek: no more of it than of one that does not exist.
    """
    now = context.now()
    order = await judge_opdracht(context, mail, now=now)
    match order:
        case NotConcerned():
            await record_antwoord(context, mail)
        case UnclearOrder(opened, reason):
            bericht = _told(context, mail, opened, Uitslag.ONDUIDELIJK, now=now)
            await _not_done(context, mail, bericht, reason=reason, now=now)
        case RefusedOrder(opened, kind, outcome):
            bericht = _told(context, mail, opened, outcome, now=now, kind=kind)
            await _not_done(context, mail, bericht, reason=outcome, now=now)
        case GoodOrder():
            await _do(context, mail, order, now)
        case _:
            assert_never(order)


async def _do(context: Context, mail: Incoming, order: GoodOrder, now: datetime) -> None:
    decided, casus = order.decided, order.opened.casus
    # The melder who withdraws gets the stand van zaken, which says the same.
    if not (order.kind is OpdrachtSoort.INTREKKEN and mail.speaker.medewerker.id == casus.melder):
        bericht = OpdrachtBericht(
            casus.kenmerk, Uitslag.GEDAAN, order.kind, uiterlijk=_urgent_until(decided.opened)
        )
        reply = loose(context, OutboundKind.OPDRACHT, mail.reply(bericht))
        decided = replace(decided, effects=decided.effects + Effects(send=(reply,)))
    await carry_out(context, decided, now=now, order=mail)


def _urgent_until(opened: OpenCasus) -> date | None:
    days = {v.urgent_until for v in opened.record.verzoeken if v.urgent_until is not None}
    return max(days, default=None)


def _told(
    context: Context,
    mail: Incoming,
    opened: OpenCasus,
    outcome: Uitslag,
    *,
    now: datetime,
    kind: OpdrachtSoort | None = None,
) -> OpdrachtBericht:
    possible = mogelijke_opdrachten(
        context.netwerk,
        facts_of(opened, now),
        door=mail.speaker.medewerker.id,
        dag=context.today(),
    )
    # What was just refused is no word to use now.
    others = tuple(other for other in possible if other is not kind)
    return OpdrachtBericht(opened.casus.kenmerk, outcome, kind, others)


async def _not_done(
    context: Context, mail: Incoming, bericht: OpdrachtBericht, *, reason: str, now: datetime
) -> None:
    context.events.log("message.refused", inbound=mail.inbound.id, reason=reason)
    await answer_only(
        context,
        mail,
        bericht,
        kind=OutboundKind.OPDRACHT,
        status=InboundStatus.GEWEIGERD,
        reason=reason,
        now=now,
    )
