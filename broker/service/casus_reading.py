"""Reading a casus: the record from the store, its content from the vault, in one crossing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from broker.domain.casus import Casus, Kenmerk, Verzoek
from broker.domain.partner import LoketId
from broker.ports import CasusRecord, VerzoekRecord, Work
from broker.service.context import Context
from broker.service.sealed_fields import answer_field, melding_field, seed_field
from broker.wire.opslag import antwoord_uit_bytes, melding_uit_bytes


class CasusGone(Exception):
    """The casus key was destroyed: what it sealed cannot be read by anyone."""


@dataclass(frozen=True, slots=True)
class OpenCasus:
    """A casus in clear, with the record and the key that it came from."""

    record: CasusRecord
    casus: Casus
    seed: bytes = field(repr=False)
    casus_key: bytes = field(repr=False)

    def verzoek(self, loket: LoketId) -> VerzoekRecord:
        """The record of the verzoek to that desk. Raises LookupError if it was not asked."""
        for verzoek in self.record.verzoeken:
            if verzoek.loket == loket:
                return verzoek
        raise LookupError(loket)


async def read_casus(context: Context, kenmerk: Kenmerk) -> OpenCasus | None:
    """One casus in clear; None when there is none. Raises CasusGone after its key was destroyed."""
    async with context.store.begin() as tx:
        record = await tx.casussen.get(kenmerk)
    return None if record is None else await unseal(context, record)


async def unseal(context: Context, record: CasusRecord) -> OpenCasus:
    """The content of a record. Raises CasusGone, and what the vault raises."""
    key = await context.store.casus_keys.get(record.key_id)
    if key is None:
        raise CasusGone(record.kenmerk)
    answered = [v for v in record.verzoeken if v.answer is not None]
    done = await context.vault.cross(
        Work(
            now=context.now(),
            casus_key=key,
            unseal=(
                melding_field(record.kenmerk, record.melding),
                seed_field(record.kenmerk, record.seed),
                *(
                    answer_field(v.kenmerk, v.loket, v.answer_version, v.answer or b"")
                    for v in answered
                ),
            ),
        )
    )
    answers = {
        v.loket: antwoord_uit_bytes(value)
        for v, value in zip(answered, done.unsealed[2:], strict=True)
    }
    casus = Casus(
        kenmerk=record.kenmerk,
        staat=record.staat,
        melder=record.melder,
        melder_loket=record.melder_loket,
        melding=melding_uit_bytes(done.unsealed[0]),
        verzoeken=tuple(
            Verzoek(
                loket=v.loket,
                staat=v.staat,
                gevraagd_op=v.asked_on,
                antwoord=answers.get(v.loket),
            )
            for v in record.verzoeken
        ),
    )
    return OpenCasus(record, casus, done.unsealed[1], key)


def with_verzoek(record: CasusRecord, verzoek: VerzoekRecord) -> CasusRecord:
    """The record with one verzoek replaced."""
    return replace(
        record,
        verzoeken=tuple(verzoek if v.loket == verzoek.loket else v for v in record.verzoeken),
    )
