"""D-3: the ketenregisseur decides about a casus that is like another: join, or a round of its own.

Until then nobody is asked. What he decides reaches the desks by their verzoek; the melder hears
nothing of it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from broker.domain.casus import CasusGebeurtenis, Kenmerk, volgende_casusstaat
from broker.domain.gelijkenis import mag_samenvoegen
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import MedewerkerId
from broker.service.alarm_codes import AlarmCode
from broker.service.alarming import over_with
from broker.service.asking_round import ask_desks
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.deciding import Decide, Decided, may_not
from broker.service.effects import Effects
from broker.service.likeness import blind_indexes, find_like


async def decide_start(
    context: Context, opened: OpenCasus, by: MedewerkerId, now: datetime
) -> Decided | Uitslag:
    """Every desk is asked, with its term counted from now."""
    refusal = may_not(context, opened, OpdrachtSoort.STARTEN, by=by, now=now)
    if refusal is not None:
        return refusal
    casus = opened.casus
    asked = ask_desks(
        context,
        casus.melding,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        melder=casus.melder,
        melder_loket=casus.melder_loket,
        now=now,
    )
    record = replace(
        opened.record,
        staat=volgende_casusstaat(casus.staat, CasusGebeurtenis.UITGEZET),
        verzoeken=asked.verzoeken,
        remind_at=asked.remind_at,
        ends_at=asked.ends_at,
        until=asked.until,
    )
    decided = Effects(clear=((AlarmCode.GELIJKENIS_WACHT, casus.kenmerk),))
    return Decided(replace(opened, record=record), asked.effects + decided, "casus.started")


def decide_join(into: Kenmerk | None) -> Decide:
    """The casus is closed, and the other one goes on unchanged.

    None means the one casus that it can be joined to, if there is no more than one.
    """

    async def judge(
        context: Context, opened: OpenCasus, by: MedewerkerId, now: datetime
    ) -> Decided | Uitslag:
        kind = OpdrachtSoort.SAMENVOEGEN
        refusal = may_not(context, opened, kind, by=by, now=now)
        if refusal is not None:
            return refusal
        casus = opened.casus
        indexes = await blind_indexes(context, casus.melding.betrokkene)
        async with context.store.begin() as tx:
            like = await find_like(tx, indexes, of=casus.kenmerk, police=opened.record.police)
        meant = [
            one
            for one in like
            if into in (None, one.kenmerk) and mag_samenvoegen(like, one.kenmerk)
        ]
        if len(meant) != 1:
            return Uitslag.NIET_SAMEN_TE_VOEGEN
        (other,) = meant
        record = replace(
            opened.record,
            staat=volgende_casusstaat(casus.staat, CasusGebeurtenis.SAMENGEVOEGD),
            remind_at=None,
            closed_on=now,
            joined_to=other.kenmerk,
        )
        cleared = Effects(clear=over_with(record))
        return Decided(replace(opened, record=record), cleared, "casus.joined")

    return judge
