"""A mail to a bounce address: never an answer, only a report about one message of ours."""

from __future__ import annotations

from broker.ports import Alarm, Inbound, InboundStatus, OutboundId, OutboundKind, OutboundStatus
from broker.service.context import Context
from broker.service.deliver import FAILED
from broker.service.undeliverable import record_undeliverable
from broker.wire.delivery_report import ReportAction, read_delivery_report


async def record_bounce(context: Context, mail: Inbound, about: OutboundId) -> None:
    """Tie a delivery report to its message; a failure ends in the verzoek's state and an alarm."""
    now = context.now()
    report = read_delivery_report(mail.raw)
    failed = report is not None and report.action is ReportAction.FAILED
    async with context.store.begin() as tx:
        message = await tx.outbox.find(about)
        if failed and message is not None:
            await tx.outbox.mark(about, status=OutboundStatus.MISLUKT, reason="teruggekomen")
            await tx.alarms.raise_alarm(Alarm(FAILED, about, now))
        await tx.inbox.finish(
            mail.id,
            status=InboundStatus.VERWERKT if failed else InboundStatus.GEWEIGERD,
            reason="bezorgbericht" if report is not None else "geen-bezorgbericht",
        )
        await tx.commit()
    asks = message is not None and message.kind is OutboundKind.VERZOEK
    if failed and asks and message is not None and message.kenmerk and message.loket:
        await record_undeliverable(context, message.kenmerk, message.loket)
