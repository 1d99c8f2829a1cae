"""What the headers of a mail say, bounded and cleaned. Informative: who speaks is the signer."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from broker.wire.mime_entity import Headers
from broker.wire.mime_text import clean_line, decode_text

MAX_SUBJECT = 500
"""Characters of a subject that are kept."""

_WORD = re.compile(r"=\?([\w-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\s]{0,500})\?=", re.ASCII)
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,250}>")


@dataclass(frozen=True, slots=True)
class HeaderFacts:
    """What headers say, cleaned; empty or None where they say nothing that can be used.

    `message_id` with its angle brackets; `date` aware, in UTC.
    """

    message_id: str = ""
    subject: str = field(default="", repr=False)
    date: datetime | None = None


def header_facts(headers: Headers) -> HeaderFacts:
    """The facts from these headers; of a repeated header the first counts."""
    message_id = _MESSAGE_ID.search(headers.first("message-id")[:1_000])
    return HeaderFacts(
        message_id=message_id[0] if message_id else "",
        subject=clean_line(decode_words(headers.first("subject")[:4_000]), MAX_SUBJECT),
        date=_date(headers.first("date")),
    )


def decode_words(value: str) -> str:
    """A header value with its encoded words (RFC 2047) as text; what is malformed stays as it is.

    Words that follow each other are joined as bytes first: some programs split characters.
    """
    value = _BETWEEN_WORDS.sub(r"\1", value)
    pieces: list[str] = []
    position, charset, pending = 0, "", b""
    for match in _WORD.finditer(value):
        data = _word_bytes(match[2], match[3])
        if data is None:
            continue
        if pending and (match.start() != position or match[1].lower() != charset):
            pieces.append(decode_text(pending, charset)[0])
            pending = b""
        pieces.append(value[position : match.start()])
        position, charset, pending = match.end(), match[1].lower(), pending + data
    pieces.append(decode_text(pending, charset)[0] if pending else "")
    pieces.append(value[position:])
    return "".join(pieces)


def _word_bytes(encoding: str, content: str) -> bytes | None:
    data = content.encode("utf-8")
    if encoding in "qQ":
        return binascii.a2b_qp(data, header=True)
    try:
        return binascii.a2b_base64(data + b"===")
    except binascii.Error:
        return None


def _date(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value[:100])
        # RFC 5322: '-0000' says nothing about the zone, and gives a naive moment.
        aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
