"""A mail in clear, as robots write it: its headers, and every text in it. Bounded; never raises."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from broker.wire.mime_entity import (
    Entity,
    Headers,
    Unreadable,
    decode_body,
    read_entity,
    split_headers,
)
from broker.wire.mime_header import header_facts
from broker.wire.mime_html import html_to_text
from broker.wire.mime_parameters import parse_content_type
from broker.wire.mime_text import clean, decode_text

MAX_TEXT_BYTES = 65_536
"""How much of each text is looked at: robots come to the point."""
MAX_TEXTS = 8
"""How many texts are looked at."""


@dataclass(frozen=True, slots=True)
class ClearMail:
    """Its outer headers, its subject on one line, its texts as people see them.

    `parts` are all its entities with the mail itself first; none if it could not be taken apart:
    then the whole of it is one text.
    """

    headers: Headers
    subject: str = field(repr=False)
    texts: tuple[str, ...] = field(repr=False)
    parts: tuple[Entity, ...] = ()

    @property
    def text(self) -> str:
        """All texts, one below the other."""
        return "\n\n".join(self.texts)


def read_clear(raw: bytes) -> ClearMail:
    """The mail as far as it can be read. Linear."""
    root = read_entity(raw)
    if not isinstance(root, Unreadable):
        subject = header_facts(root.headers).subject
        parts = tuple(root.walk())
        return ClearMail(root.headers, subject, tuple(_texts(parts)), parts)
    split = split_headers(raw)
    # Headers without end are no headers: then there is only text.
    headers, body = (Headers((), clean=False), raw) if isinstance(split, Unreadable) else split
    charset = parse_content_type(headers.first("content-type"))[1].get("charset", "utf-8")
    text = clean(decode_text(body[:MAX_TEXT_BYTES], charset)[0])
    return ClearMail(headers, header_facts(headers).subject, (text,))


def _texts(parts: tuple[Entity, ...]) -> Iterator[str]:
    """Of every part that may be meant as text; a copy of our own mail is none."""
    for entity in [part for part in parts if _is_text(part)][:MAX_TEXTS]:
        data = decode_body(entity)
        shown = entity.body if isinstance(data, Unreadable) else data
        text = decode_text(shown[:MAX_TEXT_BYTES], entity.parameters.get("charset", "utf-8"))[0]
        yield clean(html_to_text(text) if entity.media_type == "text/html" else text)


def _is_text(entity: Entity) -> bool:
    """Text by its type, or a report under a type that some server made up."""
    kind = entity.media_type
    return (kind.startswith("text/") and kind != "text/rfc822-headers") or "delivery" in kind
