"""Whether the register is whole: no gap, and a row for every message that needs one."""

from __future__ import annotations

from dataclasses import dataclass

from broker.ports import Store


@dataclass(frozen=True, slots=True)
class RegisterReport:
    """What was found. `missing` are messages and answers with police data and no row of theirs."""

    rows: int
    gaps: tuple[int, ...]
    missing: tuple[str, ...]

    @property
    def is_valid(self) -> bool:
        """Whether nothing is amiss."""
        return not self.gaps and not self.missing


async def check_register(store: Store) -> RegisterReport:
    """Read the whole register, and compare it with what was sent and answered."""
    async with store.begin() as tx:
        rows = await tx.register.list()
        casussen = await tx.casussen.list()
        messages = [m for casus in casussen for m in await tx.outbox.of_casus(casus.kenmerk)]
    known = {(row.id, row.kenmerk, row.recipient) for row in rows}
    ids = {(row.id, row.kenmerk) for row in rows}
    missing = [
        str(message.id)
        for message in messages
        if message.police
        and (message.verstrekking, message.kenmerk, message.recipient) not in known
    ]
    missing += [
        f"{verzoek.kenmerk}/{verzoek.loket}"
        for casus in casussen
        for verzoek in casus.verzoeken
        if verzoek.police and (verzoek.verstrekking, verzoek.kenmerk) not in ids
    ]
    expected = set(range(1, len(rows) + 1))
    return RegisterReport(
        rows=len(rows),
        gaps=tuple(sorted(expected - {row.sequence for row in rows})),
        missing=tuple(missing),
    )
