"""Whether somebody's order may be carried out, and what follows from it.

One judgement for the use case that carries it out and for whoever explains it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from broker.domain.opdracht import (
    OpdrachtSoort,
    Uitslag,
    is_betrokken,
    mag_opdragen,
)
from broker.service.casus_reading import OpenCasus, read_casus
from broker.service.context import Context
from broker.service.decide_gelijkenis import decide_join, decide_start
from broker.service.deciding import Decide, Decided
from broker.service.end_round import decide_end
from broker.service.incoming import Incoming
from broker.service.set_urgent import decide_urgent
from broker.service.withdraw import decide_withdrawal
from broker.wire.opdracht import GelezenOpdracht, OnduidelijkeOpdracht, Onhelder, lees_opdracht


def _decide(read: GelezenOpdracht) -> Decide:
    match read.soort:
        case OpdrachtSoort.INTREKKEN:
            return decide_withdrawal
        case OpdrachtSoort.AFRONDEN:
            return decide_end
        case OpdrachtSoort.SPOED:
            return decide_urgent
        case OpdrachtSoort.STARTEN:
            return decide_start
        case OpdrachtSoort.SAMENVOEGEN:
            return decide_join(read.bij)
        case _:
            assert_never(read.soort)


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
    melder, by, today = opened.casus.melder, speaker.medewerker.id, context.today()
    if not is_betrokken(netwerk, melder=melder, door=by, dag=today):
        return NotConcerned()
    if isinstance(read, OnduidelijkeOpdracht):
        return UnclearOrder(opened, read.reden)
    if not mag_opdragen(netwerk, read.soort, melder=melder, door=by, dag=today):
        return RefusedOrder(opened, read.soort, Uitslag.NIET_BEVOEGD)
    decided = await _decide(read)(context, opened, by, now)
    if isinstance(decided, Uitslag):
        return RefusedOrder(opened, read.soort, decided)
    return GoodOrder(opened, read.soort, decided, read.beslist_door)
