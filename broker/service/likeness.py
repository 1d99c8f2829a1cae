"""Which running casussen are like a melding: words, their blind index, and what is found (D-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from broker.domain.casus import Kenmerk
from broker.domain.gelijkenis import Gelijkende, te_vergelijken, trefwoorden
from broker.domain.melding import Betrokkene
from broker.ports import Transaction, Work
from broker.service.context import Context


@dataclass(frozen=True, slots=True)
class BlindIndexes:
    """Kept of a betrokkene: under the newest master key. By which he is sought: under every one."""

    kept: Sequence[bytes]
    sought: Sequence[bytes]


async def blind_indexes(context: Context, betrokkene: Betrokkene) -> BlindIndexes:
    """The blind indexes of a betrokkene, in one crossing. Raises what the vault raises."""
    woorden = trefwoorden(betrokkene)
    alle = sorted(woorden.bewaard | woorden.gezocht)
    done = await context.vault.cross(
        Work(now=context.now(), index=tuple(woord.encode() for woord in alle))
    )
    indexed = dict(zip(alle, done.indexed, strict=True))
    return BlindIndexes(
        kept=[indexed[woord][0] for woord in sorted(woorden.bewaard)],
        sought=[one for woord in sorted(woorden.gezocht) for one in indexed[woord]],
    )


async def find_like(
    tx: Transaction, indexes: BlindIndexes, *, of: Kenmerk, police: bool
) -> tuple[Gelijkende, ...]:
    """The running casussen that the ketenregisseur must look at beside this one.

    `police`: this one was reported by the police.
    """
    return te_vergelijken(await tx.gelijkenissen.find(indexes.sought), met=of, politie=police)
