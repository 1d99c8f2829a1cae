"""A mail to a bounce address: never an answer, only a report about one message of ours."""

from __future__ import annotations

from broker.ports import Inbound, InboundStatus, OutboundId, OutboundStatus
from broker.service.context import Context
from broker.service.incoming import close_inbound
from broker.service.undeliverable import record_undeliverable
from broker.wire.delivery_report import ReportAction, read_delivery_report

CLOSED = frozenset({OutboundStatus.MISLUKT, OutboundStatus.INGETROKKEN})


async def record_bounce(context: Context, mail: Inbound, about: OutboundId) -> None:
    """Tie a delivery report to its message; a failure ends in the verzoek's state and an alarm.

    Raises Conflict, and what the vault raises.
    """
    now = context.now()
    report = read_delivery_report(mail.raw)
    reason = "geen-bezorgbericht" if report is None else "bezorgbericht"
    failed = report is not None and report.action is ReportAction.FAILED
    async with context.store.begin() as tx:
        message = await tx.outbox.find(about)
        if not failed or message is None or message.status in CLOSED:
            await close_inbound(
                context,
                tx,
                mail,
                status=InboundStatus.GEWEIGERD,
                reason=reason,
                now=now,
            )
            await tx.commit()
            context.events.log("message.automatic", inbound=mail.id, reason=reason)
            return
    await record_undeliverable(context, message, reason="teruggekomen", report=mail)
    context.events.log("message.automatic", inbound=mail.id, reason=reason)
