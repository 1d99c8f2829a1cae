"""The media type and the parameters of a header (RFC 2045 section 5, RFC 2231)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote_to_bytes

from broker.wire.mime_text import decode_text

MAX_PARAMETERS = 2_048
"""How much of a header with parameters is looked at, in characters."""

_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_PARAMETER = re.compile(
    r';\s*([\w.*+-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"(]*))', re.ASCII | re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def parse_content_type(value: str) -> tuple[str, dict[str, str]]:
    """The media type in lower case and its parameters by lower-case name (RFC 2045 section 5).

    What is missing or malformed is text/plain, as section 5.2 says.
    """
    media_type = _head(value)
    if not _MEDIA_TYPE.fullmatch(media_type):
        return "text/plain", {}
    return media_type, parse_parameters(value)


def parse_disposition(value: str) -> tuple[str, dict[str, str]]:
    """The disposition in lower case, such as attachment, and its parameters (RFC 2183)."""
    return _head(value), parse_parameters(value)


def parse_parameters(value: str) -> dict[str, str]:
    """The parameters behind the first semicolon; of a repeated one the first counts.

    One that is encoded or comes in pieces (RFC 2231) stands under its own name, unless that name
    is given without as well.
    """
    value = value[:MAX_PARAMETERS]
    given: dict[str, str] = {}
    for match in _PARAMETER.finditer(value, len(value.partition(";")[0])):
        quoted, token = match[2], match[3]
        content = token if quoted is None else _ESCAPED.sub(r"\1", quoted)
        given.setdefault(match[1].lower(), content)
    parameters = {name: content for name, content in given.items() if "*" not in name}
    for name in given:
        base, star, _ = name.partition("*")
        if star and base not in parameters:
            parameters[base] = _joined(given, base)
    return parameters


def _head(value: str) -> str:
    return value[:MAX_PARAMETERS].partition(";")[0].partition("(")[0].strip().lower()


def _joined(given: Mapping[str, str], base: str) -> str:
    """The value of `base*`, or of `base*0`, `base*1` and so on, each encoded if a star follows."""
    pieces = [(given[f"{base}*"], True)] if f"{base}*" in given else [*_pieces(given, base)]
    charset = "us-ascii"
    if pieces and pieces[0][1] and pieces[0][0].count("'") >= 2:
        charset, _, content = pieces[0][0].split("'", 2)
        pieces[0] = (content, True)
    data = (unquote_to_bytes(text) if encoded else text.encode() for text, encoded in pieces)
    return decode_text(b"".join(data), charset)[0]


def _pieces(given: Mapping[str, str], base: str) -> Iterator[tuple[str, bool]]:
    number = 0
    while True:
        if (piece := given.get(f"{base}*{number}")) is not None:
            yield piece, False
        elif (piece := given.get(f"{base}*{number}*")) is not None:
            yield piece, True
        else:
            return
        number += 1
