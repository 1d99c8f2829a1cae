"""The question of one desk, to one reader of it: who got it so far, and who gets it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto

from broker.domain.bericht import Geadresseerd, Herinnering, Verzoek
from broker.domain.partner import LoketId, MedewerkerId
from broker.domain.toegang import Spreker
from broker.ports import ASKED, Outbound, OutboundKind, OutboundStatus
from broker.service.asking import question_again
from broker.service.casus_reading import OpenCasus
from broker.service.context import Context
from broker.service.effects import Effects
from broker.service.message_numbers import HERINNERING_SPOED
from broker.service.telling_of_melding import tell_of_melding


class Asking(Enum):
    """How the question is put."""

    VERZOEK = auto()
    HERINNERING = auto()
    SPOED = auto()


@dataclass(frozen=True, slots=True)
class Readers:
    """Who got the question of one desk, the first to be asked first.

    `reached` are those of them to whom it did not fail, as far as is known.
    """

    asked: Sequence[MedewerkerId]
    reached: Sequence[MedewerkerId]


def readers_of(messages: Sequence[Outbound], loket: LoketId) -> Readers:
    """The readers at that desk, from all messages of a casus, oldest first."""
    asked = [m for m in messages if m.kind in ASKED and m.loket == loket]
    reached = (m.recipient for m in asked if m.status is not OutboundStatus.MISLUKT)
    return Readers(tuple(dict.fromkeys(m.recipient for m in asked)), tuple(dict.fromkeys(reached)))


def is_reached(messages: Sequence[Outbound], loket: LoketId) -> bool:
    """Whether anybody at that desk has its question, as far as is known."""
    return any(
        m.kind in ASKED and m.loket == loket and m.status is OutboundStatus.VERZONDEN
        for m in messages
    )


def new_desks(messages: Sequence[Outbound], effects: Effects) -> list[LoketId]:
    """The desks of which these effects ask somebody for the first time."""
    return sorted(
        send.post.loket
        for send in effects.send
        if send.kind in ASKED
        and send.post.ontvanger.id not in readers_of(messages, send.post.loket).asked
    )


def ask(
    context: Context,
    opened: OpenCasus,
    messages: Sequence[Outbound],
    reader: Spreker,
    asking: Asking,
    *,
    now: datetime,
) -> Effects:
    """The question of that desk to that reader; `reader.loket` is the desk that is asked.

    `messages` are those of the casus so far. In a melding of the police the question is a
    disclosure: one row for each reader, when he is new.
    """
    casus, loket = opened.casus, reader.loket
    vraag = question_again(context, opened, loket)
    first = asking is Asking.VERZOEK
    bericht = Verzoek(vraag) if first else Herinnering(vraag, spoed=asking is Asking.SPOED)
    post = Geadresseerd(bericht, reader.medewerker, loket.id)
    return tell_of_melding(
        context,
        casus.melding,
        post,
        kenmerk=casus.kenmerk,
        seed=opened.seed,
        officer=casus.melder,
        kind=OutboundKind.VERZOEK if first else OutboundKind.HERINNERING,
        number=HERINNERING_SPOED if asking is Asking.SPOED else 1,
        messages=messages,
        now=now,
    )
