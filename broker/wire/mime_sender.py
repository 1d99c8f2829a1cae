"""Whether the From of a mail can be taken for one person alone. It never says who speaks.

Who speaks is the signer. But people look at the From, and so does whoever is asked later what the
mail said: one that names two senders, or shows another address than its own, is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum

from broker.wire.mime_entity import Headers
from broker.wire.mime_header import decode_words
from broker.wire.mime_text import clean

MAX_FROM = 2_000
"""Characters of a From that are read; a longer one cannot be taken for one person."""

_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\Z)|([()<>,;])|([^"()<>,;]+)', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_AROUND_ADDRESS = re.compile(r"[\s<>()\[\]\"',;:]+")


class SenderReason(StrEnum):
    """Why a From names nobody in particular. Stable codes without personal data."""

    DUBBELE_AFZENDER = "dubbele-afzender"
    """There is more than one From."""
    MEER_AFZENDERS = "meer-afzenders"
    """The From holds several addresses."""
    MISLEIDENDE_AFZENDER = "misleidende-afzender"
    """The name in the From shows a mail address that is not the sender's."""


def sender_fault(headers: Headers) -> SenderReason | None:
    """Why the From of these headers cannot be taken for one person; None for one, or for none.

    For the headers outside and for those inside. Linear; never raises.
    """
    values = headers.all("from")
    if len(values) > 1:
        return SenderReason.DUBBELE_AFZENDER
    value = values[0] if values else ""
    if len(value) > MAX_FROM:
        return SenderReason.MISLEIDENDE_AFZENDER
    addresses, names = _mailboxes(value)
    if len(addresses) > 1:
        return SenderReason.MEER_AFZENDERS
    shown = {address for name in names for address in _addresses(_seen(decode_words(name)))}
    return SenderReason.MISLEIDENDE_AFZENDER if shown - set(addresses) else None


def _mailboxes(value: str) -> tuple[list[str], list[str]]:
    """The addresses that a mail program would answer to, and all that it shows as a name."""
    addresses: list[str] = []
    names: list[str] = []
    loose: list[str] = []
    depth, in_angle, has_angle = 0, False, False

    def end_mailbox() -> None:
        nonlocal has_angle
        text = "".join(loose)
        loose.clear()
        bare = _addresses(_seen(text))
        # Without brackets the address stands by itself; a comma may also stand in a name.
        if bare and not has_angle:
            addresses.extend(bare)
        else:
            names.append(text)
        has_angle = False

    for quoted, sign, other in _pieces(value):
        if depth or sign in ("(", ")"):
            depth = max(depth + {"(": 1, ")": -1}.get(sign, 0), 0)
            names.append(quoted + other)
        elif in_angle:
            in_angle = sign != ">"
            addresses.extend(_addresses(_seen(quoted + other)))
        elif sign == "<":
            in_angle = has_angle = True
        elif sign in (",", ";"):
            end_mailbox()
        elif quoted:
            names.append(quoted)
        else:
            loose.append(other)
    end_mailbox()
    return addresses, names


def _pieces(value: str) -> Iterator[tuple[str, str, str]]:
    """What stands between quotes, a sign of the grammar of RFC 5322, or other text."""
    for match in _PIECE.finditer(value):
        yield _ESCAPED.sub(r"\1", match[1] or ""), match[2] or "", match[3] or ""


def _seen(text: str) -> str:
    """The text as a reader takes it: letters that look alike in width are one."""
    return clean(unicodedata.normalize("NFKC", text)).strip().casefold()


def _addresses(text: str) -> list[str]:
    found = [word.strip(".") for word in _AROUND_ADDRESS.split(text)]
    return [word for word in found if all(word.partition("@"))]
