"""Open what came in: who speaks, what he says, and what follows from it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import assert_never

from broker.domain.bericht import FormulierBericht, Geadresseerd, NietVerwerkt, VastAntwoord
from broker.domain.casus import Kenmerk
from broker.domain.toegang import toegang
from broker.ports import (
    Alarm,
    Conflict,
    Inbound,
    InboundStatus,
    OutboundKind,
    VaultFailed,
    Work,
)
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import change_alarms
from broker.service.asking_vervanger import record_absence
from broker.service.bounce import record_bounce
from broker.service.closing import RegisterKeyUnusable, close
from broker.service.context import Context
from broker.service.effects import Effects, loose, save
from broker.service.hearing import (
    Machine,
    Nameless,
    NoAccess,
    NoText,
    NotOpened,
    Returned,
    Spoken,
    hear,
    written_by_machine,
)
from broker.service.incoming import (
    ALREADY,
    Incoming,
    Replayed,
    answer_only,
    close_inbound,
)
from broker.service.record_antwoord import not_taken, record_antwoord
from broker.service.record_melding import record_melding
from broker.service.record_opdracht import record_opdracht
from broker.service.starting_over import start_over
from broker.service.suspend import as_decided
from broker.service.waiting import MustWait, WaitReason
from broker.wire.automatic import AutomaticReason
from broker.wire.post import PostSoort
from broker.wire.vindplaatsen import vind_kenmerken


async def open_mail(context: Context) -> int:
    """Deal with the first message that is due; says how many there were: 0 or 1.

    One at a time: a crash counts for no message that only stood beside it, and what follows from
    this one need not wait for the others. An attempt is committed before it is tried. A message
    that crashed the attempt too often (see Patience) is put in quarantine. A fault that is not
    the message's own gives the attempt back.
    """
    patience = context.patience
    # As the parameter `most_attempts`: suspects are for a process that has proved to live.
    most = None if context.has_lived(patience.inbox_pause) else patience.suspected - 1
    now = context.now()
    async with context.store.begin() as tx:
        mails = await tx.inbox.claim(
            now=now, until=now + patience.lease, limit=1, most_attempts=most
        )
        if mails:
            context = await as_decided(context, tx)
        await tx.commit()
    for mail in mails:
        if mail.attempts > patience.crashes:
            await _quarantine(context, mail)
        else:
            await _attempt(context, mail)
    return len(mails)


async def _attempt(context: Context, mail: Inbound) -> None:
    try:
        await _once(context, mail)
    except MustWait as must:
        await _later(context, mail, reason=must.reason, counted=False)
    except RegisterKeyUnusable:
        await _later(context, mail, reason=WaitReason.REGISTERSLEUTEL_ONBRUIKBAAR, counted=False)
    except Conflict:
        # Another process has it, or closed it. If not, it comes back when the lease ends.
        context.events.log("conflict.retried", what="open-mail")
    except VaultFailed as fault:
        # A vault that still works was felled by this very message.
        counted = await _vault_works(context)
        reason = WaitReason.FOUT if counted else WaitReason.SLEUTELPROCES_WEG
        await _later(context, mail, reason=reason, counted=counted)
        _tell_fault(context, mail, fault)
    except Exception as fault:  # noqa: BLE001 - one bad message must not stop the others
        await _later(context, mail, reason=WaitReason.FOUT, counted=True)
        _tell_fault(context, mail, fault)


def _tell_fault(context: Context, mail: Inbound, fault: Exception) -> None:
    context.events.log("fault", component="open_mail", error=type(fault).__name__, inbound=mail.id)


async def _once(context: Context, mail: Inbound) -> None:
    try:
        await _deal_with(context, mail)
    except Replayed:
        await _close(context, mail, InboundStatus.DUBBEL, ALREADY)
        context.events.log("message.duplicate", inbound=mail.id)


async def _vault_works(context: Context) -> bool:
    try:
        await context.vault.cross(Work(now=context.now()))
    except VaultFailed:
        return False
    return True


async def _later(context: Context, mail: Inbound, *, reason: WaitReason, counted: bool) -> None:
    now = context.now()
    async with context.store.begin() as tx:
        await tx.inbox.retry(
            mail.id, at=now + context.patience.inbox_pause, reason=reason, counted=counted
        )
        alarm = Alarm(AlarmCode.BERICHT_WACHT, str(mail.id), now)
        await change_alarms(context, tx, begun=(alarm,), now=now)
        await tx.commit()
    context.events.log("message.waits", inbound=mail.id, reason=reason)


async def _quarantine(context: Context, mail: Inbound) -> None:
    now = context.now()
    reason = mail.reason or WaitReason.AFGEBROKEN
    async with context.store.begin() as tx:
        await close_inbound(
            context, tx, mail, status=InboundStatus.QUARANTAINE, reason=reason, now=now
        )
        alarm = Alarm(AlarmCode.BERICHT_IN_QUARANTAINE, str(mail.id), now)
        await change_alarms(context, tx, begun=(alarm,), now=now)
        await tx.commit()
    context.events.log("message.quarantined", inbound=mail.id, reason=reason)


async def _deal_with(context: Context, mail: Inbound) -> None:
    heard = await hear(context, mail)
    match heard:
        case Returned(about):
            await record_bounce(context, mail, about)
        case NotOpened(reason):
            await _unopened(context, mail, reason)
        case NoAccess(reason, seal):
            await _close(context, mail, InboundStatus.GEWEIGERD, reason, seal=seal)
            context.events.log("message.refused", inbound=mail.id, reason=reason)
        case Machine(incoming, reason):
            await _machine(context, incoming, reason)
        case Nameless(incoming):
            await start_over(
                context,
                lambda: not_taken(context, incoming, NietVerwerkt.GEEN_MEDEWERKER),
                what="nameless",
            )
        case NoText(incoming, _, told):
            _tell_opened(context, incoming)
            await start_over(context, lambda: not_taken(context, incoming, told), what="unread")
        case Spoken(incoming, kind):
            _tell_opened(context, incoming)
            # Who loses a race starts over.
            await start_over(context, lambda: HEARD[kind](context, incoming), what=kind)
        case _:
            assert_never(heard)


async def _machine(context: Context, mail: Incoming, reason: AutomaticReason) -> None:
    """Never answered. That somebody is away is told to who asks his vervanger (C-6.3)."""
    kenmerken: tuple[Kenmerk, ...] = ()
    if reason is AutomaticReason.AFWEZIG:
        written = f"{mail.subject}\n{mail.text}"
        kenmerken = vind_kenmerken(written, afkorting=context.netwerk.afkorting)
    if len(kenmerken) == 1:
        await record_absence(
            context,
            mail.inbound,
            kenmerk=kenmerken[0],
            absent=mail.speaker.medewerker.id,
            seal=mail.seal,
        )
        return
    await _close(context, mail.inbound, InboundStatus.GEWEIGERD, reason, seal=mail.seal)
    context.events.log("message.automatic", inbound=mail.inbound.id, reason=reason)


def _tell_opened(context: Context, mail: Incoming) -> None:
    context.events.log(
        "message.opened", inbound=mail.inbound.id, medewerker=mail.speaker.medewerker.id
    )


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


HEARD: Mapping[PostSoort, Callable[[Context, Incoming], Awaitable[None]]] = {
    PostSoort.MELDING: record_melding,
    PostSoort.ANTWOORD: record_antwoord,
    PostSoort.FORMULIER: _send_form,
    PostSoort.OPDRACHT: record_opdracht,
}


async def _close(
    context: Context, mail: Inbound, status: InboundStatus, reason: str, *, seal: bytes = b""
) -> None:
    """Close a mail that leads to nothing. A seal that is known already is left out."""
    async with context.store.begin() as tx:
        fresh = seal if seal and not await tx.inbox.seal_known(seal) else b""
        now = context.now()
        await close_inbound(context, tx, mail, status=status, reason=reason, now=now, seal=fresh)
        await tx.commit()


async def _unopened(context: Context, mail: Inbound, reason: str) -> None:
    """Whatever cannot be opened: one fixed reply, daily at most, to an employee's own address.

    The reply is the same whatever was wrong: who probes learns nothing from it. A machine gets
    none (RFC 3834).
    """
    now = context.now()
    to = None if written_by_machine(mail) else _employee_at(context, mail.envelope_from, now)
    reply = () if to is None else (loose(context, OutboundKind.VAST_ANTWOORD, to),)
    closed = await close(context, Effects(send=reply), now=now)
    async with context.store.begin() as tx:
        if to is not None and await tx.limits.once(
            f"vast-antwoord:{to.ontvanger.id}", context.today().isoformat()
        ):
            await save(context, tx, closed, now=now)
        await close_inbound(
            context, tx, mail, status=InboundStatus.GEWEIGERD, reason=reason, now=now
        )
        await tx.commit()
    context.events.log("message.unopened", inbound=mail.id, reason=reason)


def _employee_at(context: Context, address: str, now: datetime) -> Geadresseerd | None:
    """Who reads at that address: at a shared one the desk itself, if it has a key."""
    mailboxes = ((loket, loket.postbus()) for loket in context.netwerk.loketten())
    readers = [(loket, mailbox) for loket, mailbox in mailboxes if mailbox is not None]
    for loket, reader in (*readers, *context.netwerk.medewerkers()):
        same = reader.adres.casefold() == address.casefold()
        if same and toegang(context.netwerk, loket, reader, context.today()) is None:
            return Geadresseerd(VastAntwoord(now), reader, loket.id)
    return None
