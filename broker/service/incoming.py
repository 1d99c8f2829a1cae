"""A mail that was opened, and how dealing with it ends: in one transaction, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from broker.domain.bericht import Bericht, Geadresseerd
from broker.domain.toegang import Spreker
from broker.ports import CasusRecord, Inbound, InboundStatus, OutboundKind, Transaction
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import change_alarms
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Closed, Effects, loose, save


@dataclass(frozen=True, slots=True)
class Incoming:
    """An opened mail: who spoke, what he wrote, and the seal by which a replay is known.

    `signed_subject` is the subject inside the signature, empty if there is none; `subject` may be
    the one outside it.
    """

    inbound: Inbound
    speaker: Spreker
    subject: str = field(repr=False)
    text: str = field(repr=False)
    seal: bytes
    signed_subject: str = field(default="", repr=False)

    @property
    def received(self) -> datetime:
        """When it came in: an answer counts from then, however long it waited."""
        return self.inbound.received

    def reply(self, bericht: Bericht) -> Geadresseerd:
        """A message to the one who spoke."""
        return Geadresseerd(bericht, self.speaker.medewerker, self.speaker.loket.id)


ALREADY = "al-verwerkt"
"""What the inbox notes of a message that was dealt with before."""
OVERTAKEN = "ingehaald"
"""What it notes of an answer that had to wait, and came after a later one."""


class Replayed(Exception):
    """This very message was dealt with before."""


async def settle(
    context: Context,
    mail: Incoming,
    closed: Closed,
    *,
    status: InboundStatus,
    reason: str,
    now: datetime,
    casus: CasusRecord | None = None,
) -> None:
    """Write everything that a mail leads to, and close it, in one transaction.

    `casus` is saved under its version. Raises Replayed for a message dealt with before, and
    Conflict when another process was first.
    """
    async with context.store.begin() as tx:
        await save(context, tx, closed, now=now)
        if casus is not None:
            await tx.casussen.save(casus)
        await finish(context, tx, mail, status=status, reason=reason, now=now)
        await tx.commit()


async def finish(
    context: Context,
    tx: Transaction,
    mail: Incoming,
    *,
    status: InboundStatus,
    reason: str,
    now: datetime,
) -> None:
    """Close the mail in this transaction. Raises Replayed for a message dealt with before."""
    if await tx.inbox.seal_known(mail.seal):
        raise Replayed(mail.inbound.id)
    await close_inbound(
        context, tx, mail.inbound, status=status, reason=reason, now=now, seal=mail.seal
    )


async def close_inbound(
    context: Context,
    tx: Transaction,
    message: Inbound,
    *,
    status: InboundStatus,
    reason: str,
    now: datetime,
    seal: bytes = b"",
) -> None:
    """Close a message, and the alarm about it if it had to wait."""
    await tx.inbox.finish(message.id, status=status, reason=reason, seal=seal)
    waited = (AlarmCode.BERICHT_WACHT, str(message.id))
    await change_alarms(context, tx, ended=(waited,), now=now)


async def answer_only(
    context: Context,
    mail: Incoming,
    bericht: Bericht,
    *,
    kind: OutboundKind,
    status: InboundStatus,
    reason: str,
    now: datetime,
) -> None:
    """Reply to the one who spoke, and close the mail; no casus changes."""
    effects = Effects(send=(loose(context, kind, mail.reply(bericht)),))
    closed = await close(context, effects, now=now)
    await settle(context, mail, closed, status=status, reason=reason, now=now)
