"""Delivery reports (RFC 3464) that come back to the envelope sender of what the broker sent.

Also those that keep to no RFC: what their words say is read by `delivery_words`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from broker.wire.clear_mail import ClearMail, read_clear
from broker.wire.delivery_words import Outcome, words_of_a_report
from broker.wire.mime_entity import Entity, Unreadable, decode_body, split_headers

MAX_REPORT_BYTES = 65_536
"""How much of the machine-readable part is looked at."""
MAX_GROUPS = 20
"""How many recipients of one report are looked at."""

_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}(?!\d)", re.ASCII)
_GROUP_END = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")
_ADDRESS = re.compile(r"[^\s<>;,\"'()@]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){0,10})")
_FIELD_LINE = re.compile(
    r"^[ \t>]{0,8}(?:action|status|final-recipient|original-recipient)[ \t]*:.{0,500}$",
    re.IGNORECASE | re.MULTILINE,
)
_STATUS_TYPES = ("message/delivery-status", "message/global-delivery-status")
_COPIES = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_THREADS = ("in-reply-to", "references")
_RECIPIENTS = ("final-recipient", "original-recipient", "x-actual-recipient")


class ReportAction(StrEnum):
    """What came of the delivery (RFC 3464 section 2.3.3); relayed and expanded are OTHER."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The outcome for the recipient, and its enhanced status code (RFC 3463), empty if absent.

    `stray`: it does not show that it is about our message. It names addresses, and none of them in
    the domain that we wrote to: somebody forwards his mail, or a list does; whether the one we
    wrote to has it is not said. Or it names no address, and neither quotes our message: anybody
    could have made it up.
    """

    action: ReportAction
    status: str
    stray: bool = False


@dataclass(frozen=True, slots=True)
class _Told:
    """What one group of fields says, and of which domains."""

    action: ReportAction
    status: str
    domains: tuple[str, ...] = field(repr=False)


def read_delivery_report(
    raw: bytes, *, about: str = "", message_id: str = ""
) -> DeliveryReport | None:
    """What a report says, None for any mail that is no readable report. Linear; never raises.

    `about` is the address that we wrote to, `message_id` the Message-ID of what we wrote. The
    broker sends to one recipient a message. If a report tells of more, what is about him goes
    before what is about others, then a failure.
    """
    mail = read_clear(raw)
    if _is_another_report(mail):
        return None
    told = [*_structured(mail)] or [*_loose(mail)] or [*_in_words(mail)]
    if not told:
        return None
    domain = about.rpartition("@")[2].lower()
    is_ours = not about or _names_ours(mail, about, message_id)
    reports = [
        DeliveryReport(
            one.action,
            one.status,
            stray=_is_elsewhere(one.domains, domain) if one.domains else not is_ours,
        )
        for one in told
    ]
    return min(reports, key=lambda r: (r.stray, r.action is not ReportAction.FAILED))


def _is_another_report(mail: ClearMail) -> bool:
    """A receipt (RFC 8098), or a complaint (RFC 5965): these tell nothing of a delivery."""
    return any(
        part.media_type in ("message/disposition-notification", "message/feedback-report")
        or part.parameters.get("report-type", "").lower()
        in ("disposition-notification", "feedback-report")
        for part in mail.parts
    )


def _names_ours(mail: ClearMail, address: str, message_id: str) -> bool:
    """Whether the report itself, or what it returns, holds the address or the Message-ID.

    Who it is from and to say nothing: that is how a mail comes to us. With its angle brackets a
    Message-ID is no part of a bounce address.
    """
    copies = [part.body[:MAX_REPORT_BYTES] for part in mail.parts if _holds_a_copy(part)]
    threads = [value for name in _THREADS for value in mail.headers.all(name)]
    said = (mail.subject, mail.text, *threads, *(copy.decode("latin-1") for copy in copies))
    named = re.compile(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE)
    return any(
        named.search(text) or bool(message_id and message_id.lower() in text.lower())
        for text in said
    )


def _holds_a_copy(part: Entity) -> bool:
    """What was returned; also a multipart whose parts were not found."""
    return part.media_type in _COPIES or (part.is_multipart and not part.parts)


def _is_elsewhere(named: Sequence[str], domain: str) -> bool:
    return bool(domain) and not any(
        other == domain or other.endswith(f".{domain}") or domain.endswith(f".{other}")
        for other in named
    )


def _structured(mail: ClearMail) -> Iterator[_Told]:
    """By the first machine-readable part, also where the blank line before it is missing."""
    entity = next((part for part in mail.parts if part.media_type in _STATUS_TYPES), None)
    for group in () if entity is None else _groups(entity):
        yield from _outcome(group)


def _groups(entity: Entity) -> list[bytes]:
    data = decode_body(entity)
    if isinstance(data, Unreadable):
        return []
    own = "\r\n".join(f"{name}: {value}" for name, value in entity.headers.fields)
    body = _GROUP_END.split(data[:MAX_REPORT_BYTES].strip(), maxsplit=MAX_GROUPS)
    return [*body, own.encode()[:MAX_REPORT_BYTES]]


def _loose(mail: ClearMail) -> Iterator[_Told]:
    """By lines of a report that stand somewhere in its text, under whatever type."""
    lines = (match[0].strip(" \t>") for match in _FIELD_LINE.finditer(mail.text))
    told = _outcome("\r\n".join(lines).encode())
    return (one for one in told if one.action is not ReportAction.OTHER)


def _in_words(mail: ClearMail) -> Iterator[_Told]:
    said = words_of_a_report(mail)
    if said is not None:
        action = {
            Outcome.FAILED: ReportAction.FAILED,
            Outcome.DELAYED: ReportAction.DELAYED,
            Outcome.DELIVERED: ReportAction.DELIVERED,
        }[said.outcome]
        failed = ",".join(mail.headers.all("x-failed-recipients"))
        yield _Told(action, said.status, _domains(failed))


def _outcome(group: bytes) -> Iterator[_Told]:
    split = split_headers(group)
    if isinstance(split, Unreadable):
        return
    headers = split[0]
    domains = _domains(",".join(value for name in _RECIPIENTS for value in headers.all(name)))
    match = _STATUS.search(headers.first("status"))
    status = match[0] if match else ""
    words = [word for value in headers.all("action") for word in value.lower().split()[:1]]
    for word in words:
        known = word in ReportAction.__members__.values()
        yield _Told(ReportAction(word) if known else ReportAction.OTHER, status, domains)
    if match and not words:
        # Some servers leave the action out; the class of the status says it too.
        by_class = {"2": ReportAction.DELIVERED, "4": ReportAction.DELAYED}
        yield _Told(by_class.get(match[1], ReportAction.FAILED), status, domains)


def _domains(value: str) -> tuple[str, ...]:
    return tuple(match[1].lower() for match in _ADDRESS.finditer(value[:2_000]))
