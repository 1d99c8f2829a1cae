"""How the broker would judge a mail, without effect: the same judgement as when it comes in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from broker.domain.bericht import NietVerwerkt
from broker.domain.convenant import beoordeel_melding
from broker.domain.errors import Fout
from broker.domain.partner import MedewerkerId
from broker.ports import Inbound, OutboundId
from broker.service.bounce import NO_REPORT
from broker.service.context import Context
from broker.service.hearing import (
    Machine,
    Nameless,
    NoAccess,
    NoText,
    NotOpened,
    Returned,
    Spoken,
    hear,
    robot_in_clear,
)
from broker.service.incoming import ALREADY, OVERTAKEN, Incoming
from broker.service.judging_antwoord import Clear, Overtaken, Unclear, judge_antwoord
from broker.service.judging_opdracht import (
    GoodOrder,
    NotConcerned,
    RefusedOrder,
    UnclearOrder,
    judge_opdracht,
)
from broker.service.reasons import rule_of
from broker.service.record_melding import read_melding
from broker.service.suspend import current
from broker.wire.automatic import AutomaticReason
from broker.wire.delivery_report import DeliveryReport
from broker.wire.post import PostSoort


class Verdict(StrEnum):
    """How a mail fares."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    BOUNCE = "bounce"
    AUTO_REPLY = "auto-reply"


@dataclass(frozen=True, slots=True)
class Explanation:
    """What would become of a mail. Holds nothing that was written, but words of our vocabulary.

    `kind` is empty for what was not read, `signer` None for whoever is not known. `value` is that
    of an answer. `reason` is a stable code; `rule` the rule that decides, empty where none does.
    `words` decided, or made it unclear. `faults` are those of a refused melding.
    """

    verdict: Verdict
    reason: str
    kind: str = ""
    signer: MedewerkerId | None = None
    value: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    faults: Sequence[Fout] = ()
    rule: str = ""

    def as_dict(self) -> dict[str, object]:
        """The same for a script; what is not known is None."""
        return {
            "verdict": self.verdict.value,
            "kind": self.kind or None,
            "signer": self.signer,
            "value": self.value or None,
            "reason": self.reason,
            "rule": self.rule or None,
            "words": list(self.words),
            "faults": [
                {"field": fout.veld, "code": fout.code, "rule": fout.regel or None}
                for fout in self.faults
            ],
        }


async def explain(context: Context, mail: Inbound) -> Explanation:
    """The judgement of one mail as if it came in now. Changes nothing. Raises VaultFailed."""
    context = await current(context)
    heard = await hear(context, mail)
    match heard:
        case Returned(about):
            return await _returned(context, mail, about)
        case NotOpened(reason):
            return _robot(robot_in_clear(context, mail)) or _refused(reason)
        case NoAccess(reason):
            return _refused(reason)
        case Nameless(_, reason):
            return _refused(reason)
        case Machine(_, reason):
            return _machine(reason)
        case NoText(incoming, reason, _):
            return _refused(reason, mail=incoming)
        case Spoken(incoming, kind):
            return await _spoken(context, incoming, kind)
        case _:
            assert_never(heard)


def _refused(
    reason: str,
    *,
    mail: Incoming | None = None,
    kind: str = "",
    words: tuple[str, ...] = (),
) -> Explanation:
    signer = None if mail is None else mail.speaker.medewerker.id
    return Explanation(
        Verdict.REFUSED, str(reason), kind, signer, words=words, rule=rule_of(reason)
    )


def _machine(reason: AutomaticReason) -> Explanation:
    is_bounce = reason is AutomaticReason.BEZORGBERICHT
    return Explanation(
        Verdict.BOUNCE if is_bounce else Verdict.AUTO_REPLY, str(reason), rule=rule_of(reason)
    )


def _robot(found: AutomaticReason | DeliveryReport | None) -> Explanation | None:
    if isinstance(found, DeliveryReport):
        return _machine(AutomaticReason.BEZORGBERICHT)
    return None if found is None else _machine(found)


async def _returned(context: Context, mail: Inbound, about: OutboundId) -> Explanation:
    """What came to a bounce address is never an answer, whatever it says."""
    async with context.store.begin() as tx:
        message = await tx.outbox.find(about)
    found = robot_in_clear(context, mail, about=message)
    return _robot(found) or _refused(NO_REPORT)


async def _spoken(context: Context, mail: Incoming, kind: PostSoort) -> Explanation:
    async with context.store.begin() as tx:
        replayed = await tx.inbox.seal_known(mail.seal)
    if replayed:
        return _refused(ALREADY, mail=mail, kind=kind)
    match kind:
        case PostSoort.MELDING:
            return _melding(context, mail)
        case PostSoort.ANTWOORD:
            return await _antwoord(context, mail)
        case PostSoort.FORMULIER:
            return _accepted(mail, kind, "formulier")
        case PostSoort.OPDRACHT:
            return await _opdracht(context, mail)
        case _:
            assert_never(kind)


def _accepted(mail: Incoming, kind: PostSoort, reason: str) -> Explanation:
    signer = mail.speaker.medewerker.id
    return Explanation(Verdict.ACCEPTED, reason, kind, signer, rule=rule_of(reason))


def _melding(context: Context, mail: Incoming) -> Explanation:
    filled_in = read_melding(context, mail)
    refusal = beoordeel_melding(
        filled_in, netwerk=context.netwerk, melder=mail.speaker, dag=context.today()
    )
    if refusal is None:
        reason = "concept" if filled_in.melding.concept else "melding"
        return _accepted(mail, PostSoort.MELDING, reason)
    first = refusal.fouten[0]
    return Explanation(
        Verdict.REFUSED,
        first.code,
        PostSoort.MELDING,
        mail.speaker.medewerker.id,
        faults=refusal.fouten,
        rule=first.regel,
    )


async def _antwoord(context: Context, mail: Incoming) -> Explanation:
    kind = PostSoort.ANTWOORD
    judged = await judge_antwoord(context, mail)
    match judged:
        case NietVerwerkt():
            return _refused(judged, mail=mail, kind=kind)
        case Overtaken():
            return _refused(OVERTAKEN, mail=mail, kind=kind)
        case Unclear(_, reason, words):
            return _refused(reason, mail=mail, kind=kind, words=words)
        case Clear(_, antwoord, late, words):
            reason = "aanvulling" if late else "antwoord"
            return Explanation(
                Verdict.ACCEPTED,
                reason,
                kind,
                mail.speaker.medewerker.id,
                antwoord.waarde,
                words,
                rule=rule_of(reason),
            )
        case _:
            assert_never(judged)


async def _opdracht(context: Context, mail: Incoming) -> Explanation:
    order = await judge_opdracht(context, mail, now=context.now())
    kind = PostSoort.OPDRACHT
    match order:
        case NotConcerned():
            return await _antwoord(context, mail)
        case UnclearOrder(_, reason):
            return _refused(reason, mail=mail, kind=kind)
        case RefusedOrder(_, _, outcome):
            return _refused(outcome, mail=mail, kind=kind)
        case GoodOrder(_, ordered, _, words):
            return replace(_accepted(mail, kind, ordered.lower()), words=words)
        case _:
            assert_never(order)
