"""A mail to a bounce address: never an answer, only a report about one message of ours."""

from __future__ import annotations

from broker.ports import ASKS, Alarm, Inbound, InboundStatus, Outbound, OutboundId, OutboundStatus
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import change_alarms
from broker.service.asking_vervanger import record_absence
from broker.service.context import Context
from broker.service.hearing import robot_in_clear
from broker.service.incoming import close_inbound
from broker.service.undeliverable import record_undeliverable
from broker.wire.automatic import AutomaticReason
from broker.wire.delivery_report import DeliveryReport, ReportAction

NO_REPORT = "geen-bezorgbericht"
"""What the inbox notes of what came back and tells nothing of a delivery."""
CLOSED = frozenset({OutboundStatus.MISLUKT, OutboundStatus.INGETROKKEN})


async def record_bounce(context: Context, mail: Inbound, about: OutboundId) -> None:
    """Tie what came back to its message.

    A failure ends in the verzoek's state and an alarm. One that does not show that it is about our
    message closes nothing, and a person is alarmed: at an address of another domain than the one
    that was written to, for his mail is forwarded and whether he has it himself is not said; or
    one that names neither him nor our message, for anybody can write it.

    An out-of-office asks the vervanger (C-6.3). A delay, a success, a receipt or another robot
    leads to nothing. Raises Conflict, and what the vault raises.
    """
    async with context.store.begin() as tx:
        message = await tx.outbox.find(about)
    said = robot_in_clear(context, mail, about=message)
    if message is None or message.status in CLOSED:
        await _close(context, mail, said)
    elif isinstance(said, DeliveryReport) and said.action is ReportAction.FAILED:
        await _failed(context, mail, message, said)
    elif said is AutomaticReason.AFWEZIG and message.kenmerk and message.kind in ASKS:
        await record_absence(
            context,
            mail,
            kenmerk=message.kenmerk,
            absent=message.recipient,
            loket=message.loket,
        )
    else:
        await _close(context, mail, said)


async def _failed(
    context: Context, mail: Inbound, message: Outbound, report: DeliveryReport
) -> None:
    if report.stray:
        alarm = Alarm(AlarmCode.BERICHT_ONBESTELBAAR, message.id, context.now())
        await _close(context, mail, report, alarm)
        return
    await record_undeliverable(context, message, reason="teruggekomen", report=mail)
    context.events.log("message.automatic", inbound=mail.id, reason="bezorgbericht")


async def _close(
    context: Context,
    mail: Inbound,
    said: DeliveryReport | AutomaticReason | None,
    *alarms: Alarm,
) -> None:
    now = context.now()
    reason = NO_REPORT
    if said is not None:
        reason = "bezorgbericht" if isinstance(said, DeliveryReport) else said.value
    async with context.store.begin() as tx:
        await close_inbound(
            context, tx, mail, status=InboundStatus.GEWEIGERD, reason=reason, now=now
        )
        await change_alarms(context, tx, begun=alarms, now=now)
        await tx.commit()
    context.events.log("message.automatic", inbound=mail.id, reason=reason)
