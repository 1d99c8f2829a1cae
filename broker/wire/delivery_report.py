"""Delivery reports (RFC 3464) that come back to the envelope sender of what the broker sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from broker.wire.mime_entity import (
    Entity,
    Unreadable,
    decode_body,
    read_entity,
    split_headers,
)

MAX_REPORT_BYTES = 65_536
"""How much of the machine-readable part is looked at."""
MAX_GROUPS = 20
"""How many recipients of one report are looked at."""

_STATUS = re.compile(r"([245])\.\d{1,3}\.\d{1,3}(?!\d)", re.ASCII)
_GROUP_END = re.compile(rb"\r?\n(?:[ \t]*\r?\n)+")


class ReportAction(StrEnum):
    """What came of the delivery (RFC 3464 section 2.3.3); relayed and expanded are OTHER."""

    FAILED = "failed"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """The outcome for the recipient, and its enhanced status code (RFC 3463), empty if absent."""

    action: ReportAction
    status: str


def read_delivery_report(raw: bytes) -> DeliveryReport | None:
    """What a report says, None for any mail that is no readable report. Linear; never raises.

    The broker sends to one recipient a message. If a report tells of more, a failure goes first.
    """
    root = read_entity(raw)
    if isinstance(root, Unreadable):
        return None
    for entity in root.walk():
        if entity.media_type in ("message/delivery-status", "message/global-delivery-status"):
            return _report(entity)
    return None


def _report(entity: Entity) -> DeliveryReport | None:
    data = decode_body(entity)
    if isinstance(data, Unreadable):
        return None
    groups = _GROUP_END.split(data[:MAX_REPORT_BYTES].strip(), maxsplit=MAX_GROUPS)
    reports = [report for group in groups if (report := _outcome(group)) is not None]
    failed = (report for report in reports if report.action is ReportAction.FAILED)
    return next(failed, reports[0] if reports else None)


def _outcome(group: bytes) -> DeliveryReport | None:
    split = split_headers(group)
    if isinstance(split, Unreadable):
        return None
    headers = split[0]
    words = headers.first("action").lower().split()
    match = _STATUS.search(headers.first("status"))
    status = match[0] if match else ""
    if words:
        try:
            return DeliveryReport(ReportAction(words[0]), status)
        except ValueError:
            return DeliveryReport(ReportAction.OTHER, status)
    # Some servers leave the action out; the class of the status says it too.
    by_class = {"2": ReportAction.DELIVERED, "4": ReportAction.DELAYED, "5": ReportAction.FAILED}
    return DeliveryReport(by_class[match[1]], status) if match else None
