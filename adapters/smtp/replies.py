"""Every sentence that our server can say, each with its enhanced status code (RFC 3463).

They are fixed: no reply repeats a word of what the client sent, and none tells what went wrong
inside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum


class Reply(StrEnum):
    """What we say. The last two answer faults of our own and of the line."""

    OK = "250 2.0.0 OK"
    READY_FOR_TLS = "220 2.0.0 Ready to start TLS"
    BYE = "221 2.0.0 Bye"
    SENDER_OK = "250 2.1.0 Sender OK"
    RECIPIENT_OK = "250 2.1.5 Recipient OK"
    TAKEN = "250 2.6.0 Message stored"

    TOO_BUSY = "421 4.3.2 Too many connections, try again later"
    CLOSING = "421 4.3.2 Service is stopping, try again later"
    TIMED_OUT = "421 4.4.2 Timed out, closing"
    TOO_MANY_COMMANDS = "421 4.7.0 Too many commands, closing"
    TLS_UNAVAILABLE = "454 4.7.0 TLS is not available"
    TOO_MANY_RECIPIENTS = "452 4.5.3 Too many recipients, send this one separately"

    SYNTAX = "500 5.5.2 Syntax error or line too long"
    LINE_TOO_LONG = "500 5.5.2 Line too long, closing"
    PARAMETERS = "501 5.5.4 Syntax error in parameters"
    NOT_IMPLEMENTED = "502 5.5.1 Command not implemented"
    SEQUENCE = "503 5.5.1 Bad sequence of commands"
    TLS_REQUIRED = "530 5.7.0 Must issue a STARTTLS command first"
    NO_SUCH_ADDRESS = "550 5.1.1 No such address here"
    NOT_ENCRYPTED = "550 5.7.1 Only OpenPGP encrypted mail is accepted at this address"
    TOO_BIG = "552 5.3.4 Message too big"
    MALFORMED_ADDRESS = "553 5.1.3 Malformed address"
    LACK_OF_SECURITY = "554 5.7.0 Command refused for lack of security"
    PARAMETERS_UNKNOWN = "555 5.5.4 Parameters not recognized"

    FAULT = "451 4.3.0 Temporary fault, try again later"
    BAD_LINE_ENDING = "554 5.6.0 Bare CR, bare LF or NUL is not accepted, closing"


_INSTEAD_OF_CODE: Mapping[str, Reply] = {
    "221": Reply.BYE,
    "421": Reply.TOO_MANY_COMMANDS,
    "454": Reply.TLS_UNAVAILABLE,
    "500": Reply.SYNTAX,
    "501": Reply.PARAMETERS,
    "502": Reply.NOT_IMPLEMENTED,
    "503": Reply.SEQUENCE,
    "530": Reply.TLS_REQUIRED,
    "552": Reply.TOO_BIG,
    "553": Reply.MALFORMED_ADDRESS,
    "554": Reply.LACK_OF_SECURITY,
    "555": Reply.PARAMETERS_UNKNOWN,
}

_INSTEAD_OF_TEXT: Mapping[str, Reply] = {
    "250 OK": Reply.OK,
    "220 Ready to start TLS": Reply.READY_FOR_TLS,
}

# RFC 2034 section 3: the greeting, the answer to EHLO or HELO, and 3xx have no enhanced code.
_WITHOUT_ENHANCED_CODE = re.compile(r"(?:220 |250[ -]|354 )[\x20-\x7e]+")


def own_words(status: str) -> str:
    """Our reply in place of the library's. One that we do not know becomes a temporary fault."""
    if isinstance(status, Reply):
        return status
    known = _INSTEAD_OF_TEXT.get(status) or _INSTEAD_OF_CODE.get(status[:3])
    if known is not None:
        return known
    return status if _WITHOUT_ENHANCED_CODE.fullmatch(status) else Reply.FAULT


def is_last(reply: str) -> bool:
    """Whether the connection ends with this reply."""
    return reply.startswith("421 ") or reply in (Reply.BAD_LINE_ENDING, Reply.LINE_TOO_LONG)
