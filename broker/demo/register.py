"""The register of police disclosures at the end of the demo: as the police read it, and as kept."""

from __future__ import annotations

import asyncio
import json

from broker.demo.people import MailProgram
from broker.demo.telling import Telling
from broker.ports import Store
from broker.wire.registerregel import lees_registerregel


async def tell_register(telling: Telling, store: Store, *, police: MailProgram) -> int:
    """Every row: what section 8 of the decision asks for. Only the key of the police opens what
    was disclosed. How many rows there are."""
    async with store.begin() as tx:
        rows = await tx.register.list()
        came = [await tx.register.events(row.id) for row in rows]
    for row, events in zip(rows, came, strict=True):
        disclosed = lees_registerregel(await asyncio.to_thread(police.open, row.content))
        afterwards = ", ".join(event for event, _ in events) or "nothing yet"
        for name, value in {
            "number": f"{row.sequence} ({row.network}, {row.kenmerk})",
            "moment": f"{row.moment:%Y-%m-%d %H:%M} UTC, {row.manner}",
            "reason": row.reason,
            "purpose": row.purpose,
            "description": row.description,
            "content, sealed to the police": disclosed.inhoud,
            "officer": row.officer,
            "recipient": f"{row.recipient}, {row.party}",
            "decision": row.decision,
            "what came of it": afterwards,
        }.items():
            telling.item(name, value)
        telling.line("")
    return len(rows)


async def export_register(store: Store) -> str:
    """The rows as they are kept, JSON: what was disclosed stays closed to all but the police."""
    async with store.begin() as tx:
        rows = await tx.register.list()
    value = [
        {
            "sequence": row.sequence,
            "id": row.id,
            "network": row.network,
            "kenmerk": row.kenmerk,
            "moment": row.moment.isoformat(),
            "reason": row.reason,
            "purpose": row.purpose,
            "description": row.description,
            "officer": row.officer,
            "party": row.party,
            "recipient": row.recipient,
            "manner": row.manner,
            "decision": row.decision,
            "content": row.content.decode("ascii"),
        }
        for row in rows
    ]
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
