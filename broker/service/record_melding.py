"""A melding came in: judge it by the covenant, open a casus, ask every desk."""

from __future__ import annotations

from datetime import date, datetime

from broker.domain.bericht import (
    ConceptBericht,
    Geadresseerd,
    Status,
    StatusBericht,
    Verzoek,
    WeigeringBericht,
)
from broker.domain.casus import CasusStaat, Kenmerk, maak_kenmerk
from broker.domain.convenant import beoordeel_melding, te_bevragen
from broker.domain.errors import Weigering
from broker.domain.melding import Melding, PolitieMelding
from broker.domain.termijn import einde_van, herinnering_op, uiterste_dag
from broker.domain.toegang import ketenregisseur
from broker.domain.verzoek import VerzoekStaat
from broker.ports import CasusRecord, InboundStatus, OutboundKind, SleutelId, VerzoekRecord
from broker.service.asking import notice, question
from broker.service.closing import close
from broker.service.context import Context
from broker.service.disclosing import disclose_melding
from broker.service.effects import Effects, of_casus, save
from broker.service.incoming import Incoming, answer_only, finish
from broker.service.sealed_fields import melding_field, seed_field
from broker.service.waiting import MustWait, WaitReason
from broker.wire.formulier import lees_formulier
from broker.wire.opslag import melding_naar_bytes


async def record_melding(context: Context, mail: Incoming) -> None:
    """Take a melding, or refuse it with every fault at once.

    Raises Conflict, Replayed, and MustWait while nobody has the regie: then it waits.
    """
    now = context.now()
    melding = read_melding(context, mail)
    if isinstance(melding, Weigering):
        await _refuse(context, mail, melding, now)
        return
    refusal = beoordeel_melding(
        melding, netwerk=context.netwerk, melder=mail.speaker, dag=context.today()
    )
    if melding.concept:
        await answer_only(
            context,
            mail,
            ConceptBericht(refusal),
            kind=OutboundKind.WEIGERING,
            status=InboundStatus.VERWERKT,
            reason="concept",
            now=now,
        )
    elif refusal is not None:
        await _refuse(context, mail, refusal, now)
    else:
        await _open_casus(context, mail, melding, now)


async def _refuse(context: Context, mail: Incoming, refusal: Weigering, now: datetime) -> None:
    context.events.log(
        "melding.refused",
        inbound=mail.inbound.id,
        faults=len(refusal.fouten),
        code=refusal.fouten[0].code,
    )
    await answer_only(
        context,
        mail,
        WeigeringBericht(refusal),
        kind=OutboundKind.WEIGERING,
        status=InboundStatus.GEWEIGERD,
        reason="melding-geweigerd",
        now=now,
    )


def read_melding(context: Context, mail: Incoming) -> Melding | Weigering:
    netwerk = context.netwerk
    return lees_formulier(
        mail.text,
        politie=netwerk.is_wpg(mail.speaker.loket),
        loketten={
            name.casefold(): loket.id
            for loket in netwerk.loketten()
            for name in (loket.id, loket.naam)
        },
        geboortedatum_toegestaan=netwerk.geboortedatum_toegestaan,
        vandaag=context.today(),
    )


def _effects(
    context: Context,
    mail: Incoming,
    melding: Melding,
    *,
    kenmerk: Kenmerk,
    seed: bytes,
    now: datetime,
    until: date,
) -> Effects:
    """Everything that leaves because of a new casus."""
    netwerk = context.netwerk
    regie = ketenregisseur(netwerk, context.today())
    if regie is None:
        raise MustWait(WaitReason.GEEN_ONTVANGER)
    posts: list[tuple[OutboundKind, Geadresseerd]] = [
        (
            OutboundKind.VERZOEK,
            Geadresseerd(
                Verzoek(
                    question(context, melding, asked.loket, kenmerk=kenmerk, seed=seed, until=until)
                ),
                asked.medewerker,
                asked.loket.id,
            ),
        )
        for asked in te_bevragen(netwerk, melding, mail.speaker.loket.id, context.today())
    ]
    status = mail.reply(StatusBericht(kenmerk, Status.IN_VERRIJKING, until))
    kennisgeving = notice(context, melding, kenmerk=kenmerk, melder=mail.speaker, until=until)
    posts += [
        (OutboundKind.STATUS, status),
        (
            OutboundKind.KENNISGEVING,
            Geadresseerd(kennisgeving, regie.medewerker, regie.loket.id),
        ),
    ]
    effects = Effects()
    for kind, post in posts:
        disclosure = disclose_melding(
            context,
            melding,
            post,
            kenmerk=kenmerk,
            seed=seed,
            officer=mail.speaker.medewerker.id,
            moment=now,
        )
        effects += Effects(
            send=(
                of_casus(
                    seed,
                    kenmerk=kenmerk,
                    post=post,
                    kind=kind,
                    verstrekking=disclosure.id if disclosure else None,
                ),
            ),
            disclose=(disclosure,) if disclosure else (),
        )
    return effects


async def _open_casus(context: Context, mail: Incoming, melding: Melding, now: datetime) -> None:
    netwerk = context.netwerk
    year = context.today().year
    async with context.store.begin() as tx:
        number = await tx.casussen.next_kenmerk(year)
    kenmerk = maak_kenmerk(netwerk.afkorting, year, number)
    seed = context.random.token(32)
    key_id = SleutelId(context.random.token(16).hex())
    until = uiterste_dag(now, netwerk.termijnen, netwerk.kalender)
    effects = _effects(context, mail, melding, kenmerk=kenmerk, seed=seed, now=now, until=until)
    closed = await close(
        context,
        effects,
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
        staat=CasusStaat.IN_VERRIJKING,
        version=1,
        key_id=key_id,
        melder=mail.speaker.medewerker.id,
        melder_loket=mail.speaker.loket.id,
        received=mail.received,
        police=isinstance(melding, PolitieMelding),
        melding=closed.fields[0],
        seed=closed.fields[1],
        remind_at=herinnering_op(now, netwerk.termijnen, netwerk.kalender),
        ends_at=einde_van(until, netwerk.kalender),
        until=until,
        verzoeken=tuple(
            VerzoekRecord(
                kenmerk=kenmerk,
                loket=send.post.loket,
                staat=VerzoekStaat.KLAARGEZET,
                asked=send.post.ontvanger.id,
                asked_on=now,
            )
            for send in effects.send
            if send.kind is OutboundKind.VERZOEK
        ),
    )
    # The key is durable before anything that is sealed under it; an orphan is swept later.
    await context.store.casus_keys.add(key_id, closed.casus_key, at=now)
    async with context.store.begin() as tx:
        await tx.casussen.add(record, number=number)
        await save(context, tx, closed, now=now)
        await finish(context, tx, mail, status=InboundStatus.VERWERKT, reason="melding", now=now)
        await tx.commit()
    context.events.log("casus.created", kenmerk=kenmerk, verzoeken=len(record.verzoeken))
