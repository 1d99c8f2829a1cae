"""A round begins: every desk that may be asked is asked, with its term counted from now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from broker.domain.bericht import Geadresseerd, Verzoek
from broker.domain.casus import Kenmerk
from broker.domain.convenant import te_bevragen
from broker.domain.melding import Melding
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.termijn import einde_van, herinnering_op, uiterste_dag
from broker.domain.verzoek import VerzoekStaat
from broker.ports import OutboundKind, VerzoekRecord
from broker.service.asking import question
from broker.service.context import Context
from broker.service.effects import Effects
from broker.service.telling_of_melding import tell_of_melding


@dataclass(frozen=True, slots=True)
class Round:
    """What leaves when a round begins, and what the record of its casus then holds."""

    effects: Effects
    verzoeken: tuple[VerzoekRecord, ...]
    remind_at: datetime
    ends_at: datetime
    until: date


def ask_desks(
    context: Context,
    melding: Melding,
    *,
    kenmerk: Kenmerk,
    seed: bytes,
    melder: MedewerkerId,
    melder_loket: LoketId,
    now: datetime,
) -> Round:
    """B-1.3: one verzoek to each desk; of a police melding each has its row in the register."""
    netwerk = context.netwerk
    until = uiterste_dag(now, netwerk.termijnen, netwerk.kalender)
    effects = Effects()
    verzoeken: list[VerzoekRecord] = []
    for asked in te_bevragen(netwerk, melding, melder_loket, context.today()):
        vraag = question(context, melding, asked.loket, kenmerk=kenmerk, seed=seed, until=until)
        post = Geadresseerd(Verzoek(vraag), asked.medewerker, asked.loket.id)
        effects += tell_of_melding(
            context,
            melding,
            post,
            kenmerk=kenmerk,
            seed=seed,
            officer=melder,
            kind=OutboundKind.VERZOEK,
            now=now,
        )
        verzoeken.append(
            VerzoekRecord(
                kenmerk=kenmerk,
                loket=asked.loket.id,
                staat=VerzoekStaat.KLAARGEZET,
                asked=asked.medewerker.id,
                asked_on=now,
            )
        )
    return Round(
        effects,
        tuple(verzoeken),
        remind_at=herinnering_op(now, netwerk.termijnen, netwerk.kalender),
        ends_at=einde_van(until, netwerk.kalender),
        until=until,
    )
