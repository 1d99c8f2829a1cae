"""A message that tells its reader of a melding, with the disclosure that it then is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from broker.domain.bericht import Geadresseerd
from broker.domain.casus import Kenmerk
from broker.domain.melding import Melding
from broker.domain.partner import MedewerkerId
from broker.ports import Outbound, OutboundKind
from broker.service.context import Context
from broker.service.disclosing import disclose_melding
from broker.service.effects import Effects, of_casus


def tell_of_melding(
    context: Context,
    melding: Melding,
    post: Geadresseerd,
    *,
    kenmerk: Kenmerk,
    seed: bytes,
    officer: MedewerkerId,
    kind: OutboundKind,
    number: int = 1,
    messages: Sequence[Outbound] = (),
    now: datetime,
) -> Effects:
    """That message; of a police melding with its row in the register, when its reader is new.

    `messages` are those of the casus so far: what one of them disclosed already is no new
    disclosure when it is said again. `officer` is the melder.
    """
    disclosure = disclose_melding(
        context, melding, post, kenmerk=kenmerk, seed=seed, officer=officer, moment=now
    )
    send = of_casus(
        seed,
        kenmerk=kenmerk,
        post=post,
        kind=kind,
        number=number,
        verstrekking=disclosure.id if disclosure else None,
    )
    registered = {message.verstrekking for message in messages}
    is_new = disclosure is not None and disclosure.id not in registered
    return Effects(send=(send,), disclose=(disclosure,) if disclosure and is_new else ())
