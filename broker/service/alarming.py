"""Alarms raised and ended, each told in the log when it really begins or ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from broker.domain.casus import CasusStaat
from broker.ports import Alarm, CasusRecord, Transaction
from broker.service.alarm_codes import AlarmCode
from broker.service.context import Context

Ended = tuple[AlarmCode, str]
"""The code of an alarm that is over, and what it was about."""


async def change_alarms(
    context: Context,
    tx: Transaction,
    *,
    ended: Iterable[Ended] = (),
    begun: Iterable[Alarm] = (),
    now: datetime,
) -> None:
    """End those alarms, if they are open; then raise these, if they are not.

    Asks first what is open: so a cause that is over may be named whether or not it ever alarmed.
    """
    ended, begun = {*ended}, [*begun]
    if not ended and not begun:
        return
    is_open = {(alarm.code, alarm.subject) for alarm in await tx.alarms.open()}
    for code, subject in sorted(ended):
        if (code, subject) in is_open:
            await tx.alarms.clear(code, subject, at=now)
            is_open.remove((code, subject))
            context.events.log("alarm.cleared", code=code, subject=subject)
    for alarm in begun:
        if (alarm.code, alarm.subject) not in is_open:
            await tx.alarms.raise_alarm(alarm)
            is_open.add((alarm.code, alarm.subject))
            context.events.log("alarm.raised", code=alarm.code, subject=alarm.subject)


def over_with(casus: CasusRecord) -> tuple[Ended, ...]:
    """What nobody need look at any more, now that a casus stands as it does."""
    if casus.staat is CasusStaat.IN_VERRIJKING:
        return ()
    return (
        (AlarmCode.GEEN_KETENREGISSEUR, casus.kenmerk),
        (AlarmCode.CASUS_VASTGELOPEN, casus.kenmerk),
        (AlarmCode.GELIJKENIS_WACHT, casus.kenmerk),
    )


def about_delivery(id: str) -> tuple[Ended, ...]:
    """The alarms about a message that is on its way no longer."""
    return (AlarmCode.BERICHT_VASTGEHOUDEN, id), (AlarmCode.BEZORGING_VERTRAAGD, id)
