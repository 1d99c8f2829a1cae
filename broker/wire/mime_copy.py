"""Parts of a mail that only repeat its headers: shown to people, and no part of what they wrote.

Programs put the protected headers into a part of their own for readers that know none. Gateways
for groups, such as Schleuder, put the headers of the mail that they passed on, and what they think
of its signature, before it.
"""

from __future__ import annotations

import re

MAX_LINES = 40
"""Lines of such a part, at most."""
MAX_CHARACTERS = 4_000
"""Characters of such a part, at most."""

_HEADER = re.compile(
    r"(from|to|cc|date|subject|message-id|reply-to|in-reply-to|sig|enc):(?: |$)", re.IGNORECASE
)


def repeats_headers(text: str, *, is_marked: bool) -> bool:
    """Whether a text is headers of a mail and nothing else, one or more a line.

    The names are a closed list, so no form and no answer is one. `is_marked`: the part says of
    itself that it is such a copy; without that it must begin with From and hold another one.
    Nothing but headers is left out on the word of a mark.
    """
    if len(text) > MAX_CHARACTERS:
        return False
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_HEADER.match(line) for line in lines]
    if not lines or len(lines) > MAX_LINES:
        return False
    # A header that goes on over a second line has blanks before that.
    first, *others = zip(lines, found, strict=True)
    if first[1] is None or any(m is None and line[0] not in " \t" for line, m in others):
        return False
    names = {match[1].lower() for match in found if match is not None}
    return is_marked or (first[1][1].lower() == "from" and len(names) > 1)
