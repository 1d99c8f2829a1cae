"""Open what came in: who speaks, what he says, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from broker.domain.bericht import FormulierBericht, Geadresseerd, VastAntwoord
from broker.domain.toegang import (
    GeenToegang,
    toegang,
    wie_spreekt,
)
from broker.ports import (
    Alarm,
    Conflict,
    Inbound,
    InboundStatus,
    OutboundKind,
    Unopened,
    VaultFailed,
    Work,
)
from broker.service.bounce import record_bounce
from broker.service.context import Context
from broker.service.effects import Effects, RegisterKeyUnusable, close, loose, save
from broker.service.incoming import Incoming, NobodyMayReceive, Replayed, answer_only
from broker.service.record_antwoord import record_antwoord
from broker.service.record_melding import record_melding
from broker.wire.mime_entity import Unreadable, split_headers
from broker.wire.mime_header import AutomaticReason, automatic_reason
from broker.wire.mime_in import read_content
from broker.wire.pgpmime import find_encrypted
from broker.wire.post import PostSoort, soort_post

BATCH = 8
TRIES = 16


async def open_mail(context: Context) -> int:
    """Deal with what is due, at most one batch; says how many messages were tried.

    An attempt is committed before it is tried. A message that crashed the attempt twice is put in
    quarantine. A fault that is not the message's own gives the attempt back.
    """
    now = context.now()
    async with context.store.begin() as tx:
        mails = await tx.inbox.claim(now=now, until=now + context.patience.lease, limit=BATCH)
        await tx.commit()
    for mail in mails:
        if mail.attempts > context.patience.crashes:
            await _quarantine(context, mail)
        else:
            await _attempt(context, mail)
    return len(mails)


async def _attempt(context: Context, mail: Inbound) -> None:
    try:
        await _deal_with(context, mail)
    except (RegisterKeyUnusable, NobodyMayReceive) as fault:
        await _later(context, mail, reason=type(fault).__name__, counted=False)
    except VaultFailed:
        # A vault that still works was felled by this very message.
        await _later(context, mail, reason="VaultFailed", counted=await _vault_works(context))
    except Exception as fault:  # noqa: BLE001 - one bad message must not stop the others
        await _later(context, mail, reason=type(fault).__name__, counted=True)


async def _vault_works(context: Context) -> bool:
    try:
        await context.vault.cross(Work(now=context.now()))
    except VaultFailed:
        return False
    return True


async def _later(context: Context, mail: Inbound, *, reason: str, counted: bool) -> None:
    now = context.now()
    async with context.store.begin() as tx:
        await tx.inbox.retry(
            mail.id, at=now + context.patience.inbox_pause, reason=reason, counted=counted
        )
        await tx.alarms.raise_alarm(Alarm("bericht-wacht", str(mail.id), now))
        await tx.commit()
    context.events.log("fault", component="open_mail", error=reason)


async def _quarantine(context: Context, mail: Inbound) -> None:
    now = context.now()
    async with context.store.begin() as tx:
        await tx.inbox.finish(
            mail.id, status=InboundStatus.QUARANTAINE, reason=mail.reason or "afgebroken"
        )
        await tx.alarms.raise_alarm(Alarm("bericht-in-quarantaine", str(mail.id), now))
        await tx.commit()
    context.events.log("message.quarantined", inbound=mail.id)


async def _deal_with(context: Context, mail: Inbound) -> None:
    about = context.mailbox.bounced(mail.recipient)
    if about is not None:
        await record_bounce(context, mail, about)
        return
    outer = find_encrypted(mail.raw)
    if isinstance(outer, Unreadable):
        await _unopened(context, mail, outer.reason)
        return
    opened = await context.vault.open_message(outer.message, now=context.now())
    if isinstance(opened, Unopened):
        await _unopened(context, mail, opened.reason)
        return
    speaker = wie_spreekt(context.netwerk, opened.signer, context.today())
    if isinstance(speaker, GeenToegang):
        await _close(context, mail, InboundStatus.GEWEIGERD, speaker, seal=opened.seal)
        return
    inner = read_content(opened.plaintext, charset=outer.charset)
    if isinstance(inner, Unreadable):
        await _close(context, mail, InboundStatus.GEWEIGERD, inner.reason, seal=opened.seal)
        return
    automatic = inner.automatic or _automatic(mail)
    if automatic is not None:
        await _close(context, mail, InboundStatus.GEWEIGERD, automatic, seal=opened.seal)
        return
    incoming = Incoming(
        inbound=mail.id,
        speaker=speaker,
        received=mail.received,
        subject=inner.subject or outer.facts.subject,
        text=inner.text,
        seal=opened.seal,
    )
    context.events.log("message.opened", inbound=mail.id, medewerker=speaker.medewerker.id)
    await _hear(context, mail, incoming)


def _automatic(mail: Inbound) -> AutomaticReason | None:
    """Whether the outside of the mail says that a machine wrote it."""
    outside = split_headers(mail.raw)
    if isinstance(outside, Unreadable):
        return None
    return automatic_reason(outside[0], envelope_from=mail.envelope_from)


async def _hear(context: Context, mail: Inbound, incoming: Incoming) -> None:
    """What the mail is decides who deals with it; who loses a race starts over."""
    kind = soort_post(incoming.text, incoming.subject, afkorting=context.netwerk.afkorting)
    for _ in range(TRIES):
        try:
            match kind:
                case PostSoort.MELDING:
                    await record_melding(context, incoming)
                case PostSoort.ANTWOORD:
                    await record_antwoord(context, incoming)
                case PostSoort.FORMULIER:
                    await _send_form(context, incoming)
        except Conflict:
            context.events.log("conflict.retried", what=kind)
        except Replayed:
            await _close(context, mail, InboundStatus.DUBBEL, "al-verwerkt")
            return
        else:
            return
    await _later(context, mail, reason="Conflict", counted=False)


async def _send_form(context: Context, incoming: Incoming) -> None:
    await answer_only(
        context,
        incoming,
        FormulierBericht(politie=context.netwerk.is_wpg(incoming.speaker.loket)),
        kind=OutboundKind.FORMULIER,
        status=InboundStatus.VERWERKT,
        reason="formulier",
        now=context.now(),
    )


async def _close(
    context: Context, mail: Inbound, status: InboundStatus, reason: str, *, seal: bytes = b""
) -> None:
    """Close a mail that leads to nothing. A seal that is known already is left out."""
    async with context.store.begin() as tx:
        fresh = seal if seal and not await tx.inbox.seal_known(seal) else b""
        await tx.inbox.finish(mail.id, status=status, reason=reason, seal=fresh)
        await tx.commit()
    context.events.log("message.refused", inbound=mail.id, reason=reason)


async def _unopened(context: Context, mail: Inbound, reason: str) -> None:
    """Whatever cannot be opened: one fixed reply, daily at most, to an employee's own address.

    The reply is the same whatever was wrong: who probes learns nothing from it.
    """
    now = context.now()
    to = _employee_at(context, mail.envelope_from, now)
    closed = None
    if to is not None and await _first_today(context, to):
        closed = await close(
            context, Effects(send=(loose(context, OutboundKind.VAST_ANTWOORD, to),)), now=now
        )
    async with context.store.begin() as tx:
        if closed is not None:
            await save(tx, closed, now=now)
        await tx.inbox.finish(mail.id, status=InboundStatus.GEWEIGERD, reason=reason)
        await tx.commit()
    context.events.log("message.unopened", inbound=mail.id, reason=reason)


def _employee_at(context: Context, address: str, now: datetime) -> Geadresseerd | None:
    for loket, medewerker in context.netwerk.medewerkers():
        same = medewerker.adres.casefold() == address.casefold()
        if same and toegang(context.netwerk, loket, medewerker, context.today()) is None:
            return Geadresseerd(VastAntwoord(now), medewerker, loket.id)
    return None


async def _first_today(context: Context, to: Geadresseerd) -> bool:
    async with context.store.begin() as tx:
        first = await tx.limits.once(
            f"vast-antwoord:{to.ontvanger.id}", context.today().isoformat()
        )
        await tx.commit()
    return first
