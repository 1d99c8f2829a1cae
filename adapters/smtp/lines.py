"""Watches every byte that a client sends, so that a line can end in one way only: CR LF.

SMTP smuggling (2023) lives of two servers that disagree about where a line ends. A server that
never sees a bare CR, a bare LF or a NUL cannot disagree with anybody (RFC 5321 section 2.3.8).
"""

from __future__ import annotations

LONGEST_LINE = 16 * 1024
"""Octets without a line ending after which we hang up; RFC 5321 allows 1,000."""


class BadLineEnding(Exception):
    """A bare CR, a bare LF or a NUL came in."""


class LineTooLong(Exception):
    """No line ending came for LONGEST_LINE octets."""


class LineWatch:
    """Passes on what is right, in whatever chunks it comes; of a chunk with an offence, nothing."""

    __slots__ = ("_after_cr", "_length")

    def __init__(self) -> None:
        self._after_cr = False
        self._length = 0

    def check(self, chunk: bytes) -> bytes | BadLineEnding | LineTooLong:
        """What may be read now. A CR at the end is held back until its LF comes."""
        data = b"\r" + chunk if self._after_cr else chunk
        self._after_cr = data.endswith(b"\r")
        if self._after_cr:
            data = data[:-1]
        pairs = data.count(b"\r\n")
        if data.count(b"\r") != pairs or data.count(b"\n") != pairs or b"\x00" in data:
            return BadLineEnding()
        last = data.rfind(b"\n")
        self._length = len(data) - last - 1 if last >= 0 else self._length + len(data)
        return LineTooLong() if self._length > LONGEST_LINE else data
