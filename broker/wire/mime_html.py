"""HTML reduced to the text that it shows: for mails that hold nothing else.

Why not the parser of the standard library: on malformed input it takes quadratic time (20,000
times `<a `: half a minute) or raises. This one moves forward only, and drops what is not closed.

Text that a reader sees struck through or not at all gets a mark before it, so that what is read
from the text cannot be taken for what was meant.
"""

from __future__ import annotations

import html
import re

MAX_QUOTE_DEPTH = 10
"""Deeper quotation is shown at this depth."""

MARK = "?"
"""Stands before text that is hidden or struck through: no answer and no form has it."""

_DROPPED = {
    name: re.compile(rf"</{name}\b", re.IGNORECASE | re.ASCII)
    for name in (
        *("iframe", "noscript", "object", "script", "style"),
        *("svg", "template", "textarea", "title"),
    )
} | {"head": re.compile(r"</head\b|<body\b", re.IGNORECASE | re.ASCII)}
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "caption", "dd", "details"),
        *("div", "dl", "dt", "fieldset", "figure", "footer", "form"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol"),
        *("p", "pre", "section", "summary", "table", "tr", "ul"),
    }
)
_STRUCK = frozenset({"s", "del", "strike"})
_VOID = frozenset({"area", "br", "col", "hr", "img", "input", "link", "meta", "wbr"})
_HIDING = re.compile(
    r"line-through|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}(?:hidden|collapse)"
    r"|mso-hide\s{0,9}:\s{0,9}all|font-size\s{0,9}:\s{0,9}0(?![0-9.])"
    r"|opacity\s{0,9}:\s{0,9}0(?![0-9.])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"\shidden(?=[\s=/>])", re.IGNORECASE)
_STYLES = frozenset({"head", "style"})
_CELLS = frozenset({"td", "th"})
_MARKUP = re.compile(r"<(?:(!--)|([!?])|(/?)([a-zA-Z][a-zA-Z0-9]*))")
_IN_TAG = re.compile(r"[>\"']")
_SPACE = re.compile("[ \t\r\n\v\f\x1c-\x1f\x85\xa0\u2028\u2029]+")
# No real character needs more digits, and int() raises on thousands of them.
_LONG_REFERENCE = re.compile(r"&#[0-9a-zA-Z]{9,};?")


def html_to_text(source: str) -> str:
    """The visible text. Block elements start a line, a quotation has '> ' before its lines.

    Never raises; linear in the length of `source`.
    """
    return _Reduction(source).reduce()


class _Reduction:
    __slots__ = ("_depth", "_line", "_lines", "_pre", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._lines: list[str] = []
        self._line: list[str] = []
        self._depth = 0
        self._pre = 0

    def reduce(self) -> str:
        source, position = self._source, 0
        while (opening := _MARKUP.search(source, position)) is not None:
            self._text(source[position : opening.start()])
            position = self._markup(opening)
        self._text(source[position:])
        self._end_block()
        return "\n".join(self._lines)

    def _markup(self, opening: re.Match[str]) -> int:
        """Handles what starts with '<'; says where the text goes on."""
        source = self._source
        comment, declaration, slash, name = opening.groups()
        if comment:
            return self._after(source.find("-->", opening.end()), 3)
        if declaration:
            return self._after(source.find(">", opening.end()), 1)
        name = name.lower()
        end = self._end_of_tag(opening.end())
        self._tag(name, is_closing=bool(slash))
        if not slash:
            self._mark(name, source[opening.end() : end])
        dropped = _DROPPED.get(name)
        if dropped is None or slash or source.endswith("/>", opening.start(), end):
            return end
        found = dropped.search(source, end)
        after = len(source) if found is None else found.start()
        if name in _STYLES and _HIDING.search(source, end, after):
            # Which text a style sheet hides is not looked up.
            self._line.append(MARK)
        return after

    def _mark(self, name: str, attributes: str) -> None:
        if name in _STRUCK:
            self._line.append(MARK)
        elif name not in _VOID and name not in _DROPPED:
            shown = html.unescape(_LONG_REFERENCE.sub("\ufffd", attributes))
            if _HIDING.search(shown) or _HIDDEN.search(shown):
                self._line.append(MARK)

    def _after(self, found: int, length: int) -> int:
        return len(self._source) if found < 0 else found + length

    def _end_of_tag(self, position: int) -> int:
        """Just after the '>' that closes a tag; a '>' between quotes does not."""
        source = self._source
        while (mark := _IN_TAG.search(source, position)) is not None:
            position = mark.end()
            if mark[0] == ">":
                return position
            # A quote that is not closed is the last of its kind: this cannot fail often.
            position = max(source.find(mark[0], position) + 1, position)
        return len(source)

    def _tag(self, name: str, *, is_closing: bool) -> None:
        if name == "br":
            self._end_line()
        elif name in _CELLS:
            self._line.append(" ")
        elif name in _BLOCKS:
            self._end_block()
            step = -1 if is_closing else 1
            if name == "blockquote":
                self._depth = max(self._depth + step, 0)
            elif name == "pre":
                self._pre = max(self._pre + step, 0)

    def _text(self, raw: str) -> None:
        text = html.unescape(_LONG_REFERENCE.sub("\ufffd", raw))
        if not self._pre:
            self._line.append(_SPACE.sub(" ", text))
            return
        first, *others = text.replace("\r\n", "\n").split("\n")
        self._line.append(first)
        for line in others:
            self._end_line()
            self._line.append(line)

    def _end_block(self) -> None:
        if "".join(self._line).strip():
            self._end_line()
        self._line.clear()

    def _end_line(self) -> None:
        content = "".join(self._line)
        content = content.rstrip() if self._pre else _SPACE.sub(" ", content).strip()
        prefix = "> " * min(self._depth, MAX_QUOTE_DEPTH)
        self._lines.append(prefix + content)
        self._line.clear()
