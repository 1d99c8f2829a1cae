"""What a delivery report says in words, for the servers that keep to no RFC.

qmail, older Exchange and Notes, and whatever lost its machine-readable part on the way. Only known
phrases count, and a failure only from what looks like a mail server.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto

from broker.wire.clear_mail import ClearMail
from broker.wire.tekst import vlak


class Outcome(Enum):
    """What came of the delivery."""

    FAILED = auto()
    DELAYED = auto()
    DELIVERED = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """The outcome, and a status code (RFC 3463, else SMTP) if one was told."""

    outcome: Outcome
    status: str


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(phrases))


_DAEMON = _any_of(
    "mailer-?daemon",
    "postmaster",
    "mail delivery (?:system|subsystem|service)",
    "microsoftexchange",
    "system administrator",
    "systeembeheerder",
    "mdaemon",
)
_FAILED_SUBJECT = _any_of(
    "undeliver",
    "onbestelbaar",
    r"niet (?:bestelbaar|bezorgd|afgeleverd)",
    r"(?:bezorging|aflevering) (?:is )?mislukt",
    r"kan niet worden (?:bezorgd|afgeleverd)",
    "failure notice",
    r"delivery (?:has )?fail(?:ed|ure)",
    r"\((?:failure|fout)\)",
    "returned mail",
    "returned to sender",
    "mail system error",
    r"non-?deliver",
    "not delivered",
    "unzustellbar",
    "mail failure",
)
_DELAYED_SUBJECT = _any_of(
    r"\bdelay",
    "vertraag",
    "still being retried",
    "could not send message for past",
    "delivery warning",
)
_DELIVERED_SUBJECT = re.compile(
    r"(?:delivered|relayed|bezorgd|afgeleverd|doorgegeven)\s?:|.{0,60}\((?:success|relay)\)"
)
_DELAYED_TEXT = _any_of(
    "warning message only",
    "do not need to re-?send",
    "hoeft het bericht niet opnieuw",
    r"will (?:be retried|keep trying|continue to try|retry for)",
    "still being retried",
    r"delivery attempts will continue",
    r"has (?:not yet been delivered|been delayed)",
    r"nog niet (?:bezorgd|afgeleverd)",
    r"(?:wordt|worden|zal) opnieuw (?:ge)?probe",
    "(?:bezorging|aflevering|bericht) is vertraagd",
)
_FAILED_TEXT = _any_of(
    "qmail-send program",
    "permanent(?: fatal)? error",
    r"(?:could|can) ?not be delivered",
    r"couldn.t be delivered",
    r"(?:was|were) not delivered",
    r"delivery (?:has )?failed",
    r"delivery to .{0,200} fail",
    "did not reach the following",
    r"(?:could not|unable to|wasn.t able to|not able to) deliver",
    "undeliverable",
    r"message (?:was |has been )?(?:rejected|blocked)",
    r"(?:kan|kon|kunnen|konden) niet worden (?:bezorgd|afgeleverd)",
    r"niet gelukt (?:om )?uw bericht",
    r"(?:is|werd) niet (?:bezorgd|afgeleverd)",
    "onbestelbaar",
    "user unknown",
    "unknown user",
    "no such user",
    r"(?:address|recipient).{0,80} (?:rejected|not found)",
    "adres niet gevonden",
    r"(?:mailbox|user|adres|recipient).{0,80}(?:does not exist|bestaat niet)",
    "mailbox (?:unavailable|is full)",
    "over quota|quota exceeded",
    "unrouteable",
    "not listed in",
)
_SERVER_TEXT = _any_of(
    "qmail-send program",
    "this is the mail system at host",
    "automatically by mail delivery software",
    "transcript of session follows",
)
_ENHANCED = re.compile(r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?![\d.]*\d)", re.ASCII)
_REPLY = re.compile(r"(?<![\d.:-])5[0-5]\d(?=[ \-#])(?!-\d{2})", re.ASCII)


def words_of_a_report(mail: ClearMail) -> Said | None:
    """What the words of a mail tell of a delivery, None when it tells nothing of one.

    A delay goes before a failure that only the text names: a warning quotes the error.
    """
    subject, text = vlak(mail.subject), " ".join(vlak(mail.text).split())
    codes = _ENHANCED.search(text) or _REPLY.search(text)
    status = codes[0] if codes else ""
    if _DELAYED_SUBJECT.search(subject):
        return Said(Outcome.DELAYED, "")
    if _FAILED_SUBJECT.search(subject) or mail.headers.all("x-failed-recipients"):
        return Said(Outcome.FAILED, status)
    if _DELIVERED_SUBJECT.match(subject):
        return Said(Outcome.DELIVERED, "")
    if not (_DAEMON.search(vlak(mail.headers.first("from"))[:1_000]) or status):
        return None
    if _DELAYED_TEXT.search(text):
        return Said(Outcome.DELAYED, "")
    return Said(Outcome.FAILED, status) if _FAILED_TEXT.search(text) else None


def looks_like_a_report(text: str) -> bool:
    """Whether a text on its own, without the headers of its mail, is that of a delivery report."""
    flat = " ".join(vlak(text).split())
    if _SERVER_TEXT.search(flat) or _DELAYED_TEXT.search(flat):
        return True
    named = _ENHANCED.search(flat) or _REPLY.search(flat) or _DAEMON.search(flat)
    return bool(named and _FAILED_TEXT.search(flat))
