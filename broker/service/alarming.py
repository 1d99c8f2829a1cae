"""Alarms raised and ended, each told in the log when it really begins or ends."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from broker.domain.casus import CasusStaat
from broker.domain.verzoek import WAARDE_ZONDER_ANTWOORD
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
    """What nobody need look at any more, now that a casus, or a verzoek of it, stands as it does.

    A desk that answered may still have written unclear words since: its alarm ends with its
    answer or with the round.
    """
    is_closed = casus.staat is not CasusStaat.IN_VERRIJKING
    unclear = tuple(
        (AlarmCode.ANTWOORD_ONDUIDELIJK, unclear_subject(verzoek.kenmerk, verzoek.loket))
        for verzoek in casus.verzoeken
        if is_closed or verzoek.staat in WAARDE_ZONDER_ANTWOORD
    )
    if not is_closed:
        return unclear
    return (
        *unclear,
        (AlarmCode.GEEN_KETENREGISSEUR, casus.kenmerk),
        (AlarmCode.CASUS_VASTGELOPEN, casus.kenmerk),
    )


def unclear_subject(kenmerk: str, loket: str) -> str:
    """What an alarm about an unclear answer is about."""
    return f"{kenmerk}/{loket}"


def about_delivery(id: str) -> tuple[Ended, ...]:
    """The alarms about a message that is on its way no longer."""
    return (AlarmCode.BERICHT_VASTGEHOUDEN, id), (AlarmCode.BEZORGING_VERTRAAGD, id)
