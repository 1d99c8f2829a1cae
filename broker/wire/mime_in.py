"""What a person wrote: the text of a message after it was decrypted and its signature verified."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from broker.wire.citaat import eigen_blokken
from broker.wire.mime_copy import repeats_headers
from broker.wire.mime_entity import (
    Entity,
    Unreadable,
    UnreadableReason,
    decode_body,
    read_entity,
    split_headers,
)
from broker.wire.mime_header import HeaderFacts, header_facts
from broker.wire.mime_html import html_to_text
from broker.wire.mime_sender import SenderReason, sender_fault
from broker.wire.mime_text import clean, decode_text, unflow

MAX_TEXT_BYTES = 1_048_576
"""How long a text may be as it stands in the message."""
MAX_HTML_BYTES = 1_048_576
"""How long HTML may be: programs put pictures into it."""
MAX_TEXT = 262_144
"""How many characters of text come out at most."""

_LAYERED = frozenset(
    {
        "multipart/signed",
        "multipart/encrypted",
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
    }
)
_ARMOR = re.compile(r"\s*-----BEGIN PGP (?:SIGNED )?MESSAGE-----")


@dataclass(frozen=True, slots=True)
class Content:
    r"""What stands inside the encryption. Lines of `text` end in \n, see `clean` for the rest.

    `text`: every text that a reader would see, in order; none is left out but a part that only
    repeats headers (see `repeats_headers`).
    `facts`: the protected headers (those inside; empty where there are none).
    `html_only`: there was no plain text, and `text` is what the HTML shows, quotations with '> '.
    `charset_doubtful`: the charset was unknown, or not that of the bytes.
    `attachments`: parts that are no text or are marked as attachment; never decoded or kept.
    `sender`: the From inside names nobody in particular.
    """

    text: str = field(repr=False)
    facts: HeaderFacts = field(default_factory=HeaderFacts)
    html_only: bool = False
    charset_doubtful: bool = False
    attachments: int = 0
    sender: SenderReason | None = None

    @property
    def subject(self) -> str:
        """The protected subject, empty if there is none."""
        return self.facts.subject


def read_content(plaintext: bytes, *, charset: str = "utf-8") -> Content | Unreadable:
    """The text of a decrypted message: a MIME entity (PGP/MIME), or bare text in `charset`.

    It is an entity if it starts with headers of which one is named Content-…; so the lines
    `Label: waarde` of a form are never taken for headers, and inline PGP may hold an entity too.
    Refusals: GELAAGD (signed or encrypted again), GEEN_TEKST, WINMAIL_DAT (no text but what Outlook
    wrapped up), TE_GROOT, ONLEESBAAR (damaged encoding, or a text behind the quotation in
    another), and those of `read_entity`. Linear; never raises.
    """
    if not _is_entity(plaintext):
        return _bare(plaintext, charset)
    root = read_entity(plaintext)
    if isinstance(root, Unreadable):
        return root
    if any(entity.media_type in _LAYERED for entity in root.walk()):
        return Unreadable(UnreadableReason.GELAAGD)
    return _content(root)


def _is_entity(plaintext: bytes) -> bool:
    split = split_headers(plaintext)
    if isinstance(split, Unreadable):
        return False
    headers = split[0]
    return headers.clean and any(name.startswith("content-") for name, _ in headers.fields)


def _bare(plaintext: bytes, charset: str) -> Content | Unreadable:
    if len(plaintext) > MAX_TEXT_BYTES:
        return Unreadable(UnreadableReason.TE_GROOT)
    # The charset outside says little: programs write UTF-8 here, whatever the outer part says,
    # and text in another charset that happens to be valid UTF-8 does not occur.
    text, doubtful = decode_text(plaintext, "utf-8")
    if doubtful:
        text, doubtful = decode_text(plaintext, charset)
    return _checked(Content(clean(text), charset_doubtful=doubtful))


def _content(root: Entity) -> Content | Unreadable:
    bodies = _bodies(root)
    if not bodies:
        wrapped = any(entity.is_tnef for entity in root.walk())
        missing = UnreadableReason.GEEN_TEKST
        return Unreadable(UnreadableReason.WINMAIL_DAT if wrapped else missing)
    shown: list[tuple[Entity, str]] = []
    doubtful = False
    for body in bodies:
        found = _text_of(body)
        if isinstance(found, Unreadable):
            return found
        shown.append((body, found[0]))
        doubtful = doubtful or found[1]
    shown = _without_copies(shown)
    text = _joined([text for _, text in shown])
    if text is None:
        return Unreadable(UnreadableReason.ONLEESBAAR)
    return _checked(
        Content(
            text,
            facts=header_facts(root.headers),
            html_only=all(body.media_type == "text/html" for body, _ in shown),
            charset_doubtful=doubtful,
            attachments=sum(not e.is_multipart and not _is_shown(e) for e in root.walk()),
            sender=sender_fault(root.headers),
        )
    )


def _joined(texts: Sequence[str]) -> str | None:
    """The texts as one; None where the quotation in one of them would swallow the next.

    A word that a reader sees and we do not could turn the meaning of all the others.
    """
    # Programs put an empty text before a picture.
    filled = [text for text in texts if text.strip()] or texts[-1:]
    joined = filled[0] if len(filled) == 1 else "\n".join(text.rstrip("\n") for text in filled)
    apart = [line for text in filled for line in _own_lines(text)]
    return joined if _own_lines(joined) == apart else None


def _without_copies(shown: list[tuple[Entity, str]]) -> list[tuple[Entity, str]]:
    """The texts without those that repeat headers, where there is another."""
    kept = [
        (body, text)
        for body, text in shown
        if not repeats_headers(text, is_marked="protected-headers" in body.parameters)
    ]
    return kept if any(text.strip() for _, text in kept) else shown


def _own_lines(text: str) -> list[str]:
    return [line for block in eigen_blokken(text) for line in block if line]


def _checked(content: Content) -> Content | Unreadable:
    if len(content.text) > MAX_TEXT:
        return Unreadable(UnreadableReason.TE_GROOT)
    if _ARMOR.match(content.text):
        return Unreadable(UnreadableReason.GELAAGD)
    return content


def _bodies(entity: Entity) -> list[Entity]:
    """The texts that a reader would see, in order; of alternatives the plain one."""
    if entity.media_type == "multipart/alternative":
        choices = [found for part in entity.parts if (found := _bodies(part))]
        plain = [found for found in choices if found[0].media_type == "text/plain"]
        return (plain or choices or [[]])[0]
    if entity.media_type == "multipart/related":
        return _bodies(entity.parts[0]) if entity.parts else []
    if entity.is_multipart:
        return [body for part in entity.parts for body in _bodies(part)]
    return [entity] if _is_shown(entity) else []


def _is_shown(entity: Entity) -> bool:
    return entity.media_type in ("text/plain", "text/html") and not entity.is_attachment


def _text_of(entity: Entity) -> tuple[str, bool] | Unreadable:
    data = decode_body(entity)
    if isinstance(data, Unreadable):
        return data
    is_html = entity.media_type == "text/html"
    if len(data) > (MAX_HTML_BYTES if is_html else MAX_TEXT_BYTES):
        return Unreadable(UnreadableReason.TE_GROOT)
    text, doubtful = decode_text(data, entity.parameters.get("charset", "us-ascii"))
    if is_html:
        return clean(html_to_text(text)), doubtful
    text = clean(text)
    # RFC 9788: the headers stand above the text for programs that do not show protected ones.
    above, _, rest = text.partition("\n\n")
    is_marked = entity.parameters.get("hp-legacy-display") == "1"
    if is_marked and repeats_headers(above, is_marked=True):
        text = rest
    if entity.parameters.get("format", "").lower() == "flowed":
        is_delsp = entity.parameters.get("delsp", "").lower() == "yes"
        text = unflow(text, delete_space=is_delsp)
    return text, doubtful
