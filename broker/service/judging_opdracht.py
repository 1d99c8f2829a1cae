"""Whether somebody's order may be carried out, and what follows from it.

One judgement for the use case that carries it out and for whoever explains it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from broker.domain.casus import Kenmerk
from broker.domain.opdracht import OpdrachtSoort, Uitslag, is_betrokken
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.context import Context
from broker.service.decide_gelijkenis import decide_join, decide_start
from broker.service.deciding import Decide, Decided, facts_of
from broker.service.end_round import decide_end
from broker.service.incoming import Incoming
from broker.service.set_urgent import decide_urgent
from broker.service.withdraw import decide_withdrawal
from broker.wire.opdracht import OnduidelijkeOpdracht, Onhelder, lees_opdracht


def decision(kind: OpdrachtSoort, *, into: Kenmerk | None = None) -> Decide:
    """What judges an order of that kind. `into` is the casus to join with, if one was named."""
    match kind:
        case OpdrachtSoort.INTREKKEN:
            return decide_withdrawal
        case OpdrachtSoort.AFRONDEN:
            return decide_end
        case OpdrachtSoort.SPOED:
            return decide_urgent
        case OpdrachtSoort.STARTEN:
            return decide_start
        case OpdrachtSoort.SAMENVOEGEN:
            return decide_join(into)
        case _:
            assert_never(kind)


@dataclass(frozen=True, slots=True)
class NotConcerned:
    """He has nothing to order about this casus, or there is none: he hears of neither."""


@dataclass(frozen=True, slots=True)
class UnclearOrder:
    """Nothing is guessed."""

    opened: OpenCasus
    reason: Onhelder


@dataclass(frozen=True, slots=True)
class RefusedOrder:
    """It is clear, and changes nothing."""

    opened: OpenCasus
    kind: OpdrachtSoort
    outcome: Uitslag


@dataclass(frozen=True, slots=True)
class GoodOrder:
    """It may be carried out. `words` decided."""

    opened: OpenCasus
    kind: OpdrachtSoort
    decided: Decided
    words: tuple[str, ...]


Order = NotConcerned | UnclearOrder | RefusedOrder | GoodOrder


async def judge_opdracht(context: Context, mail: Incoming, *, now: datetime) -> Order:
    """The judgement of an order. Changes nothing. Raises CasusGone, and what the vault raises."""
    netwerk, speaker = context.netwerk, mail.speaker
    read = lees_opdracht(
        mail.text,
        onderwerp=mail.subject,
        getekend_onderwerp=mail.signed_subject,
        afkorting=netwerk.afkorting,
        namen=(
            speaker.medewerker.naam,
            speaker.loket.naam,
            netwerk.partner_van(speaker.loket).naam,
        ),
    )
    opened = None if read.kenmerk is None else await read_casus(context, read.kenmerk)
    if opened is None:
        return NotConcerned()
    by = speaker.medewerker.id
    if not is_betrokken(netwerk, facts_of(opened, now), door=by, dag=context.today()):
        return NotConcerned()
    if isinstance(read, OnduidelijkeOpdracht):
        return UnclearOrder(opened, read.reden)
    decided = await decision(read.soort, into=read.bij)(context, opened, by, now)
    if isinstance(decided, Uitslag):
        return RefusedOrder(opened, read.soort, decided)
    return GoodOrder(opened, read.soort, decided, read.beslist_door)
