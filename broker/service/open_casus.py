"""A lawful melding becomes a casus: with a round, or, when it is like another, with a question.

Until the ketenregisseur has decided which, the melder hears in both cases the same, first of all
and at the same moment (D-3, PR-13.5).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broker.domain.bericht import Geadresseerd, Gelijkenis, Kennisgeving, Status, StatusBericht
from broker.domain.casus import CasusStaat, Kenmerk, maak_kenmerk
from broker.domain.gelijkenis import Gelijkende
from broker.domain.melding import Melding, PolitieMelding, nog_te_informeren
from broker.domain.termijn import herinnering_op, uiterste_dag
from broker.domain.toegang import ketenregisseur
from broker.ports import CasusRecord, Conflict, InboundStatus, OutboundKind, SleutelId
from broker.service.asking import reported
from broker.service.asking_round import Round, ask_desks
from broker.service.closing import close
from broker.service.context import Context
from broker.service.effects import Effects, of_casus, save
from broker.service.incoming import Incoming, finish
from broker.service.likeness import blind_indexes, find_like
from broker.service.sealed_fields import melding_field, seed_field
from broker.service.telling_of_melding import tell_of_melding
from broker.service.waiting import MustWait, WaitReason
from broker.wire.opslag import melding_naar_bytes


@dataclass(frozen=True, slots=True)
class _Beginning:
    """How a casus begins: in which state, with what leaves, and its round if it has one."""

    staat: CasusStaat
    effects: Effects
    asked: Round | None


async def open_casus(context: Context, mail: Incoming, melding: Melding, now: datetime) -> None:
    """Open a casus. Raises Conflict, Replayed, and MustWait while nobody has the regie."""
    netwerk = context.netwerk
    year = context.today().year
    police = isinstance(melding, PolitieMelding)
    indexes = await blind_indexes(context, melding.betrokkene)
    async with context.store.begin() as tx:
        number = await tx.casussen.next_kenmerk(year)
        kenmerk = maak_kenmerk(netwerk.afkorting, year, number)
        like = await find_like(tx, indexes, of=kenmerk, police=police)
    seed = context.random.token(32)
    key_id = SleutelId(context.random.token(16).hex())
    begun = _begin(context, mail, melding, kenmerk=kenmerk, seed=seed, like=like, now=now)
    closed = await close(
        context,
        begun.effects,
        now=now,
        new_key=True,
        fields=(
            melding_field(kenmerk, melding_naar_bytes(melding)),
            seed_field(kenmerk, seed),
        ),
    )
    if closed.casus_key is None:
        raise AssertionError("the vault gave no casus key")
    record = CasusRecord(
        kenmerk=kenmerk,
        staat=begun.staat,
        version=1,
        key_id=key_id,
        melder=mail.speaker.medewerker.id,
        melder_loket=mail.speaker.loket.id,
        received=mail.received,
        police=police,
        melding=closed.fields[0],
        seed=closed.fields[1],
        remind_at=herinnering_op(now, netwerk.termijnen, netwerk.kalender),
        ends_at=begun.asked.ends_at if begun.asked else None,
        until=begun.asked.until if begun.asked else None,
        verzoeken=begun.asked.verzoeken if begun.asked else (),
    )
    # The key is durable before anything that is sealed under it; an orphan is swept later.
    await context.store.casus_keys.add(key_id, closed.casus_key, at=now)
    async with context.store.begin() as tx:
        await tx.casussen.add(record, number=number)
        # Whoever took a number before us is seen by now, and whoever comes next waits for ours.
        if await find_like(tx, indexes, of=kenmerk, police=police) != like:
            raise Conflict("a casus that is like it came or went meanwhile")
        await tx.gelijkenissen.keep(kenmerk, indexes.kept)
        await save(context, tx, closed, now=now)
        await finish(context, tx, mail, status=InboundStatus.VERWERKT, reason="melding", now=now)
        await tx.commit()
    context.events.log("casus.created", kenmerk=kenmerk, verzoeken=len(record.verzoeken))
    if like:
        context.events.log("casus.alike", kenmerk=kenmerk, count=len(like))


def _begin(
    context: Context,
    mail: Incoming,
    melding: Melding,
    *,
    kenmerk: Kenmerk,
    seed: bytes,
    like: tuple[Gelijkende, ...],
    now: datetime,
) -> _Beginning:
    regie = ketenregisseur(context.netwerk, context.today())
    if regie is None:
        raise MustWait(WaitReason.GEEN_ONTVANGER)
    officer = mail.speaker.medewerker.id
    aangemeld = reported(context, melding, kenmerk=kenmerk, melder=mail.speaker)
    asked: Round | None = None
    notice: Gelijkenis | Kennisgeving
    if like:
        staat, kind = CasusStaat.ONTVANGEN, OutboundKind.GELIJKENIS
        until = uiterste_dag(now, context.netwerk.termijnen, context.netwerk.kalender)
        notice = Gelijkenis(aangemeld, tuple(casus.kenmerk for casus in like))
    else:
        staat, kind = CasusStaat.IN_VERRIJKING, OutboundKind.KENNISGEVING
        asked = ask_desks(
            context,
            melding,
            kenmerk=kenmerk,
            seed=seed,
            melder=officer,
            melder_loket=mail.speaker.loket.id,
            now=now,
        )
        until = asked.until
        notice = Kennisgeving(aangemeld, until)
    # The status leaves first, so that no desk's mail server holds it up in one case only.
    status = StatusBericht(kenmerk, Status.ONTVANGEN, until, informeren=nog_te_informeren(melding))
    told = of_casus(seed, kenmerk=kenmerk, post=mail.reply(status), kind=OutboundKind.STATUS)
    effects = Effects(send=(told,))
    if asked is not None:
        effects += asked.effects
    effects += tell_of_melding(
        context,
        melding,
        Geadresseerd(notice, regie.medewerker, regie.loket.id),
        kenmerk=kenmerk,
        seed=seed,
        officer=officer,
        kind=kind,
        now=now,
    )
    return _Beginning(staat, effects, asked)
