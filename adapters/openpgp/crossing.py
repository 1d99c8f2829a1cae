"""One crossing inside the worker: a whole work, in one go, with an engine and the master keys."""

from __future__ import annotations

from adapters.openpgp.engine import Engine
from adapters.openpgp.fields import CasusKey, MasterKeys, NotSealedHere
from broker.ports import Done, Field, FieldUnreadable, Work


def cross(work: Work, *, engine: Engine, master: MasterKeys) -> Done:
    """Unseal, seal, close letters, and make blind indexes. Raises FieldUnreadable with the address
    of the field.

    A wrapped casus key that does not open makes the first field that needs it unreadable.
    """
    given = _given(work, master)
    fresh = CasusKey.fresh() if work.new_key else None
    sealing = fresh or given
    return Done(
        casus_key=work.casus_key if fresh is None else fresh.wrapped(master),
        unsealed=tuple(_unseal(field, given) for field in work.unseal),
        sealed=tuple(_seal(field, sealing) for field in work.seal),
        letters=tuple(
            engine.seal(letter.content, letter.recipient, now=work.now) for letter in work.letters
        ),
        indexed=tuple(map(master.blind, work.index)),
    )


def _given(work: Work, master: MasterKeys) -> CasusKey | None:
    needed = work.unseal if work.new_key else (*work.unseal, *work.seal)
    if work.casus_key is None or not needed:
        return None
    try:
        return master.unwrap(work.casus_key)
    except NotSealedHere:
        raise FieldUnreadable(needed[0].address) from None


def _unseal(field: Field, key: CasusKey | None) -> bytes:
    if key is None:
        raise FieldUnreadable(field.address)
    try:
        return key.unseal(field.value, field.address)
    except NotSealedHere:
        raise FieldUnreadable(field.address) from None


def _seal(field: Field, key: CasusKey | None) -> bytes:
    if key is None:
        raise FieldUnreadable(field.address)
    return key.seal(field.value, field.address)
