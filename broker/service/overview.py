"""How the broker is doing, for the system manager: counts, what is held, open alarms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broker.ports import Alarm, Outbound, Store


@dataclass(frozen=True, slots=True)
class Overview:
    """Counts by status, and everything that a person should look at; nothing personal."""

    inbox: dict[str, int]
    outbox: dict[str, int]
    casussen: dict[str, int]
    register: int
    held: Sequence[Outbound]
    alarms: Sequence[Alarm]

    def as_dict(self) -> dict[str, object]:
        """The same for a script."""
        return {
            "post_in": self.inbox,
            "post_uit": self.outbox,
            "casussen": self.casussen,
            "register": self.register,
            "vastgehouden": [
                {
                    "id": message.id,
                    "soort": message.kind.value,
                    "kenmerk": message.kenmerk,
                    "ontvanger": message.recipient,
                    "reden": message.reason,
                    "sinds": message.created.isoformat(),
                }
                for message in self.held
            ],
            "alarmen": [
                {
                    "code": alarm.code,
                    "onderwerp": alarm.subject,
                    "sinds": alarm.moment.isoformat(),
                }
                for alarm in self.alarms
            ],
        }


async def overview(store: Store) -> Overview:
    """The state of things, read in one transaction."""
    async with store.begin() as tx:
        return Overview(
            inbox={status.value: count for status, count in (await tx.inbox.counts()).items()},
            outbox={status.value: count for status, count in (await tx.outbox.counts()).items()},
            casussen={staat.value: count for staat, count in (await tx.casussen.counts()).items()},
            register=await tx.register.count(),
            held=await tx.outbox.held(),
            alarms=await tx.alarms.open(),
        )
