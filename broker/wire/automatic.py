"""Whether a machine wrote a mail: by its headers, or by words that only machines write.

What a machine wrote is never an answer and never answered: two robots would go on for ever.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from broker.wire.afwezigheid import begint_met_afwezigheid, noemt_afwezigheid_in_onderwerp
from broker.wire.antwoord import Onduidelijk, lees_antwoord
from broker.wire.citaat import eigen_blokken
from broker.wire.delivery_words import looks_like_a_report
from broker.wire.formulierblad import tel_labels
from broker.wire.mime_entity import Headers
from broker.wire.mime_header import header_facts
from broker.wire.mime_parameters import parse_content_type
from broker.wire.mime_text import clean_line
from broker.wire.opdrachtwoorden import kan_opdracht_zijn
from broker.wire.tekst import vlak, woorden

MAX_ROBOT_TEXT = 20_000
"""No robot writes more of its own; whatever is longer a person, or a form, must be."""


class AutomaticReason(StrEnum):
    """Why a mail was written by a machine and must never be answered or taken as an answer."""

    BEZORGBERICHT = "bezorgbericht"
    """A mail server tells of the delivery of a mail."""
    LEESBEVESTIGING = "leesbevestiging"
    """A mail program tells that a mail was opened."""
    AFWEZIG = "afwezig"
    """A mail program answers for somebody who is away."""
    AUTO_ANTWOORD = "auto-antwoord"
    """Another answer that nobody wrote."""
    AUTO_BERICHT = "auto-bericht"
    """Sent by a program of its own accord."""
    CONTROLEVRAAG = "controlevraag"
    """A mail program asks who wrote to it whether he is a person."""
    MAILINGLIJST = "mailinglijst"
    """Sent to many, by a list or in bulk."""


_LOUD_HEADERS = (
    "x-autoreply",
    "x-autorespond",
    "x-autoreply-from",
    "x-autoresponder",
    "x-mail-autoreply",
    "x-ms-exchange-inbox-rules-loop",
)
"""Headers that no program writes above the words of a person."""
_RECEIPT_SUBJECT = re.compile(
    r"(?:(?:niet )?gelezen|(?:not )?read|leesbevestiging|read[- ]receipt|ontvangstbevestiging"
    r"|return receipt(?: \(displayed\))?|displayed)\s?:"
)
_REPORT_SUBJECT = re.compile(
    r"(?:undeliver|onbestelbaar|niet bezorgd|failure notice|delivery status notification"
    r"|(?:mail )?delivery (?:failed|failure|delayed)|returned mail|mail system error|delayed mail"
    r"|warning: (?:could not send|message)|message (?:not delivered|status)|unzustellbar"
    r"|(?:relayed|delivered|bezorgd|afgeleverd|doorgegeven)\s?:)"
)
_CHECK_SUBJECT = re.compile(
    r"(?:.{0,60}\b)?(?:(?:please )?(?:confirm|verify) (?:your|that|delivery)|sender verification"
    r"|bevestig (?:a\.?u\.?b\.? |s\.?v\.?p\.? )?(?:uw|je|dat u|de ontvangst) )"
)
_RECEIPT_TEXT = re.compile(
    r"\b(?:uw|je) bericht\b.{0,600}?\b(?:is gelezen op|is verwijderd zonder)"
    r"|\byour message\b.{0,600}?\b(?:was (?:read|displayed|deleted without)|has been read)"
    r"|\bontvangstbevestiging voor (?:de|het|uw)\b|\bthis is a return receipt for\b"
    r"|\bno guarantee that the message has been read\b"
)
_CHECK_TEXT = re.compile(
    r"\b(?:please )?confirm (?:your|that you|you are|this) "
    r"(?:e-?mail|mail|message|sent|not a|human)"
    r"|\bprove (?:that )?you are (?:human|not a robot)"
    r"|\bclick (?:on )?(?:the|this) link (?:below )?(?:to|so that) (?:confirm|deliver|verify|your)"
    r"|\b(?:bevestig|bevestigt u) (?:a\.?u\.?b\.? |s\.?v\.?p\.? )?(?:uw|dat u|deze) "
    r"(?:e-?mail|mail|bericht|afzender|adres|geen robot|een mens)"
    r"|\bklik op (?:de|deze|onderstaande) link .{0,60}\b(?:bevestig|bezorg|aflever)"
)
_AUTOMATIC_TEXT = re.compile(
    r"\bdit is een automatisch (?:gegenereerd(?:e)? |verzonden )?"
    r"(?:antwoord|e-?mail|mail|reactie|ontvangstbevestiging)"
    r"|\bautomatisch(?:e)? (?:gegenereerd|verzonden|verstuurd|aangemaakt|ontvangstbevestiging)"
    r"|\bthis is an auto(?:matic|mated|-)? ?(?:reply|response|e-?mail|acknowledge?ment)"
    r"|\bautomatically generated\b|\bdo not reply to this (?:e-?mail|message)"
)
_ANSWERS = re.compile(
    r"\b(?:on)?bekend(?:e|en)?\b|\bvast ?te ?stellen\b|\bvaststellen\b|\bverstrek"
    r"|\b(?:ja|nee)\b|\bgeregistreerd\b|\bingeschreven\b|\bin (?:ons|het) systeem\b"
    r"|\bgeen (?:dossier|huurder|client|klant|informatie)\b|\bkomt .{0,20}\bvoor\b"
    r"|\bkennen (?:wij|we)\b"
)
"""A word of these, and whoever wrote it may have answered."""
_SAID_BY_ROBOTS = frozenset(("spoed", "spoedeisend", "start", "gestart", "starten"))
_WORDS_OF_AN_ORDER = 3
_SERVER = re.compile(
    r"(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\d)|\b55\d[ \-#]|mailer-?daemon|postmaster|qmail-send"
    r"|mail (?:system|delivery)|reporting-mta|final-recipient",
    re.ASCII,
)
"""What a mail server says and no person."""


def automatic_reason(
    headers: Headers, *, envelope_from: str | None = None
) -> AutomaticReason | None:
    """Whether a machine wrote this mail (RFC 3834, RFC 3464, RFC 8098), None for a person.

    `envelope_from` is the return path as given by SMTP, without brackets; empty means that the
    sender wants no answer. None: not known, then a Return-Path header is looked at.
    """
    return _by_type(headers) or _by_subject(headers) or _by_field(headers, envelope_from)


def _by_type(headers: Headers) -> AutomaticReason | None:
    media_type, parameters = parse_content_type(headers.first("content-type"))
    report = parameters.get("report-type", "").lower()
    if media_type == "message/disposition-notification" or report == "disposition-notification":
        return AutomaticReason.LEESBEVESTIGING
    if media_type in ("multipart/report", "message/delivery-status"):
        return AutomaticReason.BEZORGBERICHT
    return None


def _by_subject(headers: Headers) -> AutomaticReason | None:
    """Only words that stand first: 'Re:' before them is a person's."""
    subject = vlak(header_facts(headers).subject)
    if noemt_afwezigheid_in_onderwerp(subject):
        return AutomaticReason.AFWEZIG
    for shape, reason in (
        (_RECEIPT_SUBJECT, AutomaticReason.LEESBEVESTIGING),
        (_REPORT_SUBJECT, AutomaticReason.BEZORGBERICHT),
        (_CHECK_SUBJECT, AutomaticReason.CONTROLEVRAAG),
    ):
        if shape.match(subject):
            return reason
    return None


def _by_field(headers: Headers, envelope_from: str | None) -> AutomaticReason | None:
    precedence = _keyword(headers.first("precedence"))
    auto_submitted = _keyword(headers.first("auto-submitted"))
    if (
        auto_submitted == "auto-replied"
        or precedence == "auto_reply"
        or any(headers.all(name) for name in _LOUD_HEADERS)
        # Other values ask the readers' robots to be silent; 'All' is what robots put on their own.
        or _keyword(headers.first("x-auto-response-suppress")) == "all"
    ):
        return AutomaticReason.AUTO_ANTWOORD
    if auto_submitted not in ("", "no"):
        return AutomaticReason.AUTO_BERICHT
    if precedence in ("bulk", "junk", "list") or headers.all("list-id"):
        return AutomaticReason.MAILINGLIJST
    if envelope_from is None:
        envelope_from = headers.first("return-path").removeprefix("<").removesuffix(">")
        if not headers.all("return-path"):
            return None
    return None if envelope_from.strip() else AutomaticReason.BEZORGBERICHT


def automatic_words(text: str) -> AutomaticReason | None:
    """Whether only a machine writes such a text, when no header tells: a gateway signs all alike.

    Never where a form was filled in, nor where a word stands that may be an answer or an order: a
    person who answers may say that he is away on Friday, and one who withdraws that a letter was
    not delivered. Of those only a report with the code or the name of a mail server is a machine's.
    What he quotes is not looked at.
    """
    lines = [line for block in eigen_blokken(text) for line in block]
    own = " ".join(lines)
    if not own.strip() or len(own) > MAX_ROBOT_TEXT or tel_labels(text) > 1:
        return None
    flat = " ".join(vlak(own).split())
    is_report = looks_like_a_report(own)
    if _may_be_said(text, lines, flat):
        return AutomaticReason.BEZORGBERICHT if is_report and _SERVER.search(flat) else None
    if is_report:
        return AutomaticReason.BEZORGBERICHT
    if begint_met_afwezigheid(flat):
        return AutomaticReason.AFWEZIG
    for shape, reason in (
        (_RECEIPT_TEXT, AutomaticReason.LEESBEVESTIGING),
        (_CHECK_TEXT, AutomaticReason.CONTROLEVRAAG),
        (_AUTOMATIC_TEXT, AutomaticReason.AUTO_ANTWOORD),
    ):
        if shape.search(flat):
            return reason
    return None


def _may_be_said(text: str, lines: Sequence[str], flat: str) -> bool:
    """Whether a person may have said something that the broker asked for."""
    return (
        _ANSWERS.search(flat) is not None
        or _may_be_an_order(lines, flat)
        or not isinstance(lees_antwoord(text), Onduidelijk)
    )


def _may_be_an_order(lines: Sequence[str], flat: str) -> bool:
    """'Bij spoed kunt u bellen' stands in many an out-of-office; a line 'SPOED' does not."""
    alone = woorden(next(filter(None, lines), ""))
    return kan_opdracht_zijn(frozenset(woorden(flat)) - _SAID_BY_ROBOTS) or (
        len(alone) <= _WORDS_OF_AN_ORDER and kan_opdracht_zijn(frozenset(alone))
    )


def _keyword(value: str) -> str:
    return clean_line(value.partition(";")[0].partition("(")[0], 40).lower()
