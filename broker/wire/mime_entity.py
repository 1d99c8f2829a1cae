"""MIME entities (RFC 2045, RFC 2046), read from hostile bytes: bounded, linear, never an exception.

Why not the parser of the standard library: it reads a message of any depth line by line at every
level, so a few hundred nested parts cost seconds. Here the limits are kept while reading.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from broker.wire.mime_parameters import parse_content_type, parse_disposition

MAX_DEPTH = 10
"""How many multiparts may stand inside each other below the first."""
MAX_PARTS = 50
"""How many entities a message may have, itself and every multipart counted."""
MAX_HEADER_BYTES = 262_144
"""How long the headers of one entity may be together."""
MAX_FIELDS = 1_000
"""How many headers one entity may have."""
MAX_BOUNDARY = 200
"""RFC 2046 allows 70; some programs do not keep to it."""

_END_OF_HEADERS = re.compile(rb"(?:\A|\n)\r?\n")
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:(.*)", re.DOTALL)
_TNEF_TYPES = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_ONCE = ("content-type", "content-transfer-encoding")


class UnreadableReason(StrEnum):
    """Why nothing was taken from a mail. Stable codes without personal data."""

    GEEN_VERSLEUTELD_DEEL = "geen-versleuteld-deel"
    """There is no encrypted OpenPGP message in it."""
    MEER_VERSLEUTELDE_DELEN = "meer-versleutelde-delen"
    """There is more than one encrypted message in it."""
    TEKST_NAAST_VERSLEUTELD = "tekst-naast-versleuteld"
    """Something in clear stands beside the encrypted message."""
    TE_DIEP = "te-diep"
    """More parts within parts than are read."""
    TE_VEEL_DELEN = "te-veel-delen"
    """More parts than are read."""
    TE_GROTE_KOP = "te-grote-kop"
    """The headers of a part are longer, or more, than are read."""
    DUBBELE_KOP = "dubbele-kop"
    """A header that says how to read a part stands there twice."""
    ONLEESBAAR = "onleesbaar"
    """A damaged encoding, a multipart without boundary, or a text behind a quotation."""
    GELAAGD = "gelaagd"
    """Signed or encrypted once more inside what was signed."""
    GEEN_TEKST = "geen-tekst"
    """There is no text in it that a reader would see."""
    WINMAIL_DAT = "winmail-dat"
    """Outlook wrapped it in its own format (TNEF), which is not read."""
    TE_GROOT = "te-groot"
    """A longer text than is read."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Bytes from which nothing was taken, and why."""

    reason: UnreadableReason


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of one entity in their order: lower-case name, unfolded value, still encoded.

    `clean` says that every line was a header or the continuation of one.
    """

    fields: tuple[tuple[str, str], ...] = field(repr=False)
    clean: bool

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of the header with that lower-case name."""
        return tuple(value for key, value in self.fields if key == name)

    def first(self, name: str) -> str:
        """The first value of the header with that lower-case name, empty if there is none."""
        return next((value for key, value in self.fields if key == name), "")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity: its headers, its media type in lower case, its body as sent, and its parts.

    Only a multipart has `parts`; a message/rfc822 is not looked into.
    """

    headers: Headers
    media_type: str
    parameters: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    parts: tuple[Entity, ...] = ()

    @property
    def is_multipart(self) -> bool:
        """Whether it is made of parts, be they none."""
        return self.media_type.startswith("multipart/")

    @property
    def is_attachment(self) -> bool:
        """Whether it asks not to be shown with the text."""
        return self._disposition[0] == "attachment"

    @property
    def file_name(self) -> str:
        """The name of the file that it is, in lower case; empty if it has none."""
        name = self._disposition[1].get("filename") or self.parameters.get("name", "")
        return name.strip().lower()

    @property
    def is_tnef(self) -> bool:
        """Whether it is a mail in Outlook's own format (MS-OXTNEF)."""
        return self.media_type in _TNEF_TYPES or self.file_name == "winmail.dat"

    @property
    def _disposition(self) -> tuple[str, dict[str, str]]:
        return parse_disposition(self.headers.first("content-disposition"))

    def walk(self) -> Iterator[Entity]:
        """This entity and every one in it, in order."""
        yield self
        for part in self.parts:
            yield from part.walk()


def split_headers(raw: bytes) -> tuple[Headers, bytes] | Unreadable:
    """The headers and the body. Refusal: TE_GROTE_KOP."""
    end = _END_OF_HEADERS.search(raw)
    block, body = (raw, b"") if end is None else (raw[: end.start()], raw[end.end() :])
    if len(block) > MAX_HEADER_BYTES:
        return Unreadable(UnreadableReason.TE_GROTE_KOP)
    fields: list[tuple[str, list[bytes]]] = []
    clean = True
    for line in (line.removesuffix(b"\r") for line in block.split(b"\n")):
        if line[:1] in (b" ", b"\t") and fields:
            fields[-1][1].append(line)
        elif match := _FIELD.fullmatch(line):
            fields.append((match[1].decode("ascii").lower(), [match[2]]))
        else:
            clean = clean and not line
    if len(fields) > MAX_FIELDS:
        return Unreadable(UnreadableReason.TE_GROTE_KOP)
    unfolded = tuple((name, _decode_value(b"".join(lines))) for name, lines in fields)
    return Headers(unfolded, clean), body


def _decode_value(value: bytes) -> str:
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("latin-1").strip()


def read_entity(raw: bytes) -> Entity | Unreadable:
    """The whole tree of a message, or why it was not read: a limit, a doubled header that says how
    to read it, or a multipart without a usable boundary. Reads any bytes in linear time."""
    try:
        return _Reading().read(raw, depth=0)
    except _Stopped as stopped:
        return Unreadable(stopped.reason)


def first_parts(
    body: bytes, parameters: Mapping[str, str], *, most: int
) -> tuple[bytes, ...] | Unreadable:
    """The first parts of a multipart, exact to the byte, at most so many. Refusal: ONLEESBAAR."""
    try:
        return tuple(islice(_split_parts(body, parameters), most))
    except _Stopped as stopped:
        return Unreadable(stopped.reason)


def decode_body(entity: Entity) -> bytes | Unreadable:
    """The body without its transfer encoding (RFC 2045 section 6). Refusal: ONLEESBAAR."""
    encoding = entity.headers.first("content-transfer-encoding").partition("(")[0].strip().lower()
    if encoding in ("", "7bit", "8bit", "binary"):
        return entity.body
    if encoding == "quoted-printable":
        return binascii.a2b_qp(entity.body)
    if encoding == "base64":
        try:
            # Surplus padding is passed over; missing padding would be an error.
            return binascii.a2b_base64(entity.body + b"===")
        except binascii.Error:
            pass
    return Unreadable(UnreadableReason.ONLEESBAAR)


class _Stopped(Exception):
    def __init__(self, reason: UnreadableReason) -> None:
        super().__init__(reason)
        self.reason = reason


class _Reading:
    """One reading of one message: counts its entities."""

    __slots__ = ("_count",)

    def __init__(self) -> None:
        self._count = 0

    def read(self, raw: bytes, *, depth: int) -> Entity:
        self._count += 1
        if self._count > MAX_PARTS:
            raise _Stopped(UnreadableReason.TE_VEEL_DELEN)
        if depth > MAX_DEPTH:
            raise _Stopped(UnreadableReason.TE_DIEP)
        split = split_headers(raw)
        if isinstance(split, Unreadable):
            raise _Stopped(split.reason)
        headers, body = split
        # Two of them is a trick to make two programs read two different messages.
        if any(len(headers.all(name)) > 1 for name in _ONCE):
            raise _Stopped(UnreadableReason.DUBBELE_KOP)
        media_type, parameters = parse_content_type(headers.first("content-type"))
        parts: tuple[Entity, ...] = ()
        if media_type.startswith("multipart/"):
            parts = tuple(
                self.read(part, depth=depth + 1) for part in _split_parts(body, parameters)
            )
        return Entity(headers, media_type, parameters, body, parts)


def _split_parts(body: bytes, parameters: Mapping[str, str]) -> Iterator[bytes]:
    boundary = parameters.get("boundary", "").rstrip()
    if not boundary or len(boundary) > MAX_BOUNDARY or not boundary.isascii():
        raise _Stopped(UnreadableReason.ONLEESBAAR)
    delimiter = re.compile(
        rb"\n--" + re.escape(boundary.encode("ascii")) + rb"(--)?[ \t]*(?=\r?(?:\n|\Z))"
    )
    # The line break before a delimiter belongs to it; the first one may stand at the very start.
    body = b"\n" + body
    start = -1
    for match in delimiter.finditer(body):
        if start >= 0:
            yield _trim(body[start : match.start()])
        if match[1]:
            return
        start = match.end()
    if start >= 0:
        yield _trim(body[start:])


def _trim(part: bytes) -> bytes:
    first = b"\r\n" if part.startswith(b"\r\n") else b"\n"
    return part.removeprefix(first).removesuffix(b"\r")
