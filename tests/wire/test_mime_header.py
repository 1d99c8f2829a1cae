"""What headers say, and whether a machine wrote them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.automatic import AutomaticReason, automatic_reason
from broker.wire.mime_entity import Unreadable, split_headers
from broker.wire.mime_header import (
    HeaderFacts,
    decode_words,
    header_facts,
)
from tests.wire.mail_shapes import MUTT


def _facts(raw: bytes) -> HeaderFacts:
    split = split_headers(raw)
    assert not isinstance(split, Unreadable)
    return header_facts(split[0])


def test_facts_of_a_usual_mail() -> None:
    """Everything is cleaned, and the date is in UTC."""
    assert _facts(MUTT) == HeaderFacts(
        message_id="<20261123.abc@wonen.example>",
        subject="Re: Verrijkingsverzoek ZNW-2026-00042",
        date=datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("Mon, 23 Nov 2026 10:00:00 -0000", datetime(2026, 11, 23, 10, 0, tzinfo=UTC)),
        ("gisteren", None),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
        ("Mon, 99 Nov 2026 10:00:00 +0000", None),
        ("", None),
    ],
)
def test_a_date_is_a_moment_or_nothing(value: str, moment: datetime | None) -> None:
    """A date that does not exist is no fault of ours."""
    assert _facts(f"Date: {value}\n\n".encode()).date == moment


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("gewoon", "gewoon"),
        ("=?utf-8?Q?caf=C3=A9_x?= na", "café x na"),
        ("=?iso-8859-1*nl?b?6w==?=", "ë"),
        ("=?utf-8?b?w6s?=", "ë"),
        ("=?utf-8?q?=C3?=\n =?UTF-8?q?=AB?= =?us-ascii?q?y?= x", "ëy x"),
        ("=?utf-8?q?a?= =?us-ascii?q?b?=", "ab"),
        ("=?utf-8?b?A?= =?utf-8?q?x?=", "=?utf-8?b?A?=x"),
        ("=?utf-8?q?open", "=?utf-8?q?open"),
    ],
)
def test_encoded_words_are_decoded(value: str, text: str) -> None:
    """RFC 2047, characters split over two words included."""
    assert decode_words(value) == text


@given(value=st.text(alphabet="=?utf-8bqQBA_ \n*ë", max_size=60))
def test_any_value_is_decoded_to_something(value: str) -> None:
    """Malformed encoded words never raise."""
    decode_words(value)


def _automatic(fields: str, envelope_from: str | None = None) -> AutomaticReason | None:
    split = split_headers(f"{fields}\n\n".encode())
    assert not isinstance(split, Unreadable)
    return automatic_reason(split[0], envelope_from=envelope_from)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ("Subject: x", None),
        ("Auto-Submitted: no", None),
        ("Return-Path: <jan@wonen.example>", None),
        ("Auto-Submitted: auto-replied (vacation)", AutomaticReason.AUTO_ANTWOORD),
        ("X-Autoreply: yes", AutomaticReason.AUTO_ANTWOORD),
        ("X-Autorespond: x", AutomaticReason.AUTO_ANTWOORD),
        ("Precedence: auto_reply", AutomaticReason.AUTO_ANTWOORD),
        ("Auto-Submitted: Auto-Generated; x=y", AutomaticReason.AUTO_BERICHT),
        ("Precedence: Bulk", AutomaticReason.MAILINGLIJST),
        ("List-Id: <x.example>", AutomaticReason.MAILINGLIJST),
        ("Return-Path: <>", AutomaticReason.BEZORGBERICHT),
        (
            "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
            AutomaticReason.BEZORGBERICHT,
        ),
        ("Content-Type: message/delivery-status", AutomaticReason.BEZORGBERICHT),
        (
            'Content-Type: multipart/report; report-type="disposition-notification"; boundary=x',
            AutomaticReason.LEESBEVESTIGING,
        ),
    ],
)
def test_what_a_machine_wrote_is_told_by_its_headers(
    fields: str, reason: AutomaticReason | None
) -> None:
    """Bounces and robots are never answers."""
    assert _automatic(fields) is reason


def test_an_empty_return_path_is_a_report_and_the_envelope_goes_first() -> None:
    """Who wants no answer gets none."""
    assert _automatic("Subject: x", "") is AutomaticReason.BEZORGBERICHT
    assert _automatic("Return-Path: <>", "jan@wonen.example") is None
