"""A mail that was opened, and how dealing with it ends: in one transaction, once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from broker.domain.bericht import Bericht, Geadresseerd
from broker.domain.toegang import (
    Spreker,
)
from broker.ports import CasusRecord, InboundId, InboundStatus, OutboundKind, Transaction
from broker.service.context import Context
from broker.service.effects import Closed, Effects, close, loose, save


@dataclass(frozen=True, slots=True)
class Incoming:
    """An opened mail: who spoke, what he wrote, and the seal by which a replay is known."""

    inbound: InboundId
    speaker: Spreker
    received: datetime
    subject: str = field(repr=False)
    text: str = field(repr=False)
    seal: bytes

    def reply(self, bericht: Bericht) -> Geadresseerd:
        """A message to the one who spoke."""
        return Geadresseerd(bericht, self.speaker.medewerker, self.speaker.loket.id)


class Replayed(Exception):
    """This very message was dealt with before."""


class NobodyMayReceive(Exception):
    """No ketenregisseur may receive this now: the mail waits in the inbox."""


async def settle(
    context: Context,
    mail: Incoming,
    closed: Closed | None = None,
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
        await _save_all(tx, closed, casus=casus, now=now)
        await finish(tx, mail, status=status, reason=reason)
        await tx.commit()


async def _save_all(
    tx: Transaction, closed: Closed | None, *, casus: CasusRecord | None, now: datetime
) -> None:
    if closed is not None:
        await save(tx, closed, now=now)
    if casus is not None:
        await tx.casussen.save(casus)


async def finish(tx: Transaction, mail: Incoming, *, status: InboundStatus, reason: str) -> None:
    """Close the mail in this transaction. Raises Replayed for a message dealt with before."""
    if await tx.inbox.seal_known(mail.seal):
        raise Replayed(mail.inbound)
    await tx.inbox.finish(mail.inbound, status=status, reason=reason, seal=mail.seal)


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
