"""Text out of bytes: charsets, invisible characters, and the folding of format=flowed."""

from __future__ import annotations

import re
import unicodedata

MAX_MARKS = 8
"""How many combining marks one letter may carry: sorting a long run takes quadratic time."""

# Programs that say iso-8859-1 mean windows-1252, as every browser assumes: curly quotes and the
# euro sign sit where iso-8859-1 has control characters.
_CODECS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "us-ascii": "ascii",
    "ascii": "ascii",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-15": "iso8859-15",
    "iso8859-15": "iso8859-15",
    "latin-9": "iso8859-15",
    "windows-1252": "cp1252",
    "cp1252": "cp1252",
}
_LINE_BREAK = re.compile("\r{1,3}\n")
# A line that a program would not have broken stays one line: what is quoted stays quoted.
_NO_LINE_BREAK = re.compile("[\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_PLAIN = re.compile(r"[\n\t -~]*")


def decode_text(data: bytes, charset: str) -> tuple[str, bool]:
    """The text, and whether the charset was in doubt (unknown, or not the one of these bytes).

    Never fails: in doubt UTF-8 is tried, then windows-1252, then every byte is a character.
    """
    codec = _CODECS.get(charset.strip().lower())
    for attempt in (codec, "utf-8", "cp1252"):
        if attempt is not None:
            try:
                return data.decode(attempt), attempt != codec
            except UnicodeDecodeError:
                continue
    return data.decode("latin-1"), True


def clean(text: str) -> str:
    r"""The text as people see it: NFC, lines ended by \n, ordinary spaces, nothing invisible.

    Goes: control characters other than \n and \t (Unicode category Cc, NUL among them), and
    format characters (Cf: bidirectional overrides and marks, zero-width characters, soft hyphens,
    byte order marks, tags) and lone surrogates; of a run of combining marks all after the eighth.
    Every sort of space becomes a space, and so does what is not the line break of mail: a bare
    CR, form feed, U+2028 and the like.
    """
    text = _NO_LINE_BREAK.sub(" ", _LINE_BREAK.sub("\n", text))
    if _PLAIN.fullmatch(text):
        return text
    kept: list[str] = []
    marks = 0
    for character in text:
        if character in "\n\t":
            kept.append(character)
            marks = 0
            continue
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Cs"):
            continue
        marks = marks + 1 if category[0] == "M" else 0
        if marks <= MAX_MARKS:
            kept.append(" " if category == "Zs" else character)
    return unicodedata.normalize("NFC", "".join(kept))


def clean_line(text: str, limit: int) -> str:
    """As `clean`, on one line with single spaces, of at most `limit` characters."""
    return " ".join(clean(text[: 4 * limit]).split())[:limit]


def unflow(text: str, *, delete_space: bool) -> str:
    r"""The paragraphs of a format=flowed text (RFC 3676) as one line each; lines end in \n.

    A quoted line keeps its depth as that many '>' in front. `delete_space` is DelSp=yes.
    """
    lines: list[str] = []
    paragraph: list[str] = []
    depth = 0

    def flush() -> None:
        if paragraph:
            content = "".join(paragraph)
            lines.append(">" * depth + " " + content if depth else content)
            paragraph.clear()

    for line in text.split("\n"):
        content = line.lstrip(">")
        quoted = len(line) - len(content)
        content = content.removeprefix(" ")
        is_signature = content == "-- "
        if quoted != depth or is_signature:
            flush()
        depth = quoted
        flowed = content.endswith(" ") and not is_signature
        paragraph.append(content[:-1] if flowed and delete_space else content)
        if not flowed:
            flush()
    flush()
    return "\n".join(lines)
