"""Delivery reports, as servers write them."""

from __future__ import annotations

import pytest

from broker.wire.delivery_report import DeliveryReport, ReportAction, read_delivery_report
from tests.wire.mail_shapes import MUTT, mail, multipart, text

FAILED = ReportAction.FAILED


def _report(status: str, *, encoding: str = "7bit") -> bytes:
    return mail(
        multipart(
            "report",
            text("This is the mail system at host mx.wonen.example.\n"),
            "Content-Type: message/delivery-status\n"
            f"Content-Transfer-Encoding: {encoding}\n\n{status}",
            "Content-Type: message/rfc822\n\nSubject: Verrijkingsverzoek\n\nx\n",
            parameters="; report-type=delivery-status",
        )
    )


POSTFIX = (
    "Reporting-MTA: dns; mx.wonen.example\n"
    "X-Postfix-Queue-ID: 4F2\n"
    "Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0100 (CET)\n"
    "\n"
    "Final-Recipient: rfc822; m.hermans@wonen.example\n"
    "Action: failed\n"
    "Status: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <m.hermans@wonen.example>: user unknown\n"
)


@pytest.mark.parametrize(
    ("status", "report"),
    [
        (POSTFIX, DeliveryReport(FAILED, "5.1.1")),
        (
            POSTFIX.replace("failed", "Delayed").replace("5.1.1", "4.4.1"),
            DeliveryReport(ReportAction.DELAYED, "4.4.1"),
        ),
        ("A: b\n \nAction: delivered\n", DeliveryReport(ReportAction.DELIVERED, "")),
        ("Action: relayed\nStatus: 2.0.0 (ok)\n", DeliveryReport(ReportAction.OTHER, "2.0.0")),
        ("Status: 5.7.1\n", DeliveryReport(FAILED, "5.7.1")),
        ("Status: 4.2.2\n", DeliveryReport(ReportAction.DELAYED, "4.2.2")),
        (
            "Action: delivered\nStatus: 2.1.5\n\nAction: failed\nStatus: 5.2.2\n",
            DeliveryReport(FAILED, "5.2.2"),
        ),
        ("Reporting-MTA: dns; x.example\n", None),
        ("Status: 9.9.9\n", None),
        ("", None),
    ],
)
def test_a_report_says_what_came_of_it(status: str, report: DeliveryReport | None) -> None:
    """Also when the server left something out, or wrote more than RFC 3464 asks."""
    assert read_delivery_report(_report(status)) == report


def test_a_damaged_encoding_is_read_as_it_stands() -> None:
    """The fields stand in the text all the same."""
    damaged = _report(POSTFIX, encoding="x-none")
    assert read_delivery_report(damaged) == DeliveryReport(FAILED, "5.1.1")


@pytest.mark.parametrize(
    ("about", "stray"),
    [
        ("", False),
        ("m.hermans@wonen.example", False),
        ("hermans@WONEN.example", False),
        ("m.hermans@mail.wonen.example", False),
        ("m.hermans@example", False),
        ("m.hermans@nwonen.example", True),
        ("m.hermans@elders.example", True),
    ],
)
def test_a_report_about_another_domain_says_so(about: str, stray: bool) -> None:
    """An alias within the domain is the same reader, as far as we can see."""
    report = DeliveryReport(FAILED, "5.1.1", stray=stray)
    assert read_delivery_report(_report(POSTFIX), about=about) == report


@pytest.mark.parametrize(
    ("raw", "stray"),
    [
        (_report("Action: failed\nStatus: 5.1.1\n"), True),
        (b"Subject: Undeliverable\n\nuser unknown", True),
        (b"From: m.hermans@wonen.example\nSubject: Undeliverable\n\nuser unknown", True),
        (b"Subject: Undeliverable\n\nto m.hermans@wonen.example.elders.example", True),
        (b"Subject: Undeliverable\n\nto am.hermans@wonen.example", True),
        (b"Subject: Undeliverable\n\nto <bounce+1@znw.example>", True),
        (b"Subject: x\n\nAction: failed\nStatus: 5.1.1", True),
        (b"Subject: Undeliverable\n\nto <M.Hermans@wonen.example>.", False),
        (b"Subject: Undeliverable: m.hermans@wonen.example\n\nx", False),
        (b"Subject: Undeliverable\nReferences: <0@znw.example> <1@ZNW.example>\n\nx", False),
        (
            b"Subject: Undeliverable\nContent-Type: multipart/mixed\n\nm.hermans@wonen.example",
            False,
        ),
        (
            mail(
                multipart(
                    "report",
                    "Content-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n",
                    "Content-Type: text/rfc822-headers\n\nMessage-ID: <1@znw.example>\n",
                )
            ),
            False,
        ),
    ],
)
def test_a_report_that_names_nothing_of_ours_says_so(raw: bytes, stray: bool) -> None:
    """Neither our reader's address nor our Message-ID; who it is from and to say nothing."""
    about, message_id = "m.hermans@wonen.example", "<1@znw.example>"
    report = read_delivery_report(raw, about=about, message_id=message_id)
    assert report is not None
    assert (report.action, report.stray) == (FAILED, stray)
    without = read_delivery_report(raw, about="")
    assert without is not None
    assert not without.stray


def test_what_is_about_our_reader_goes_first() -> None:
    """He has it; somebody else on a list does not."""
    both = (
        "Final-Recipient: rfc822; x@elders.example\nAction: failed\nStatus: 5.1.1\n\n"
        "Final-Recipient: rfc822; m.hermans@wonen.example\nAction: delivered\nStatus: 2.1.5\n"
    )
    report = DeliveryReport(ReportAction.DELIVERED, "2.1.5")
    assert read_delivery_report(_report(both), about="m.hermans@wonen.example") == report


def test_what_cannot_be_read_is_no_report() -> None:
    """Misformed reports and other mail are told apart from a failure."""
    assert read_delivery_report(MUTT) is None
    assert read_delivery_report(mail("Content-Type: multipart/report\n\nx")) is None


def test_a_report_of_any_size_is_read_in_part() -> None:
    """Only the first groups and bytes are looked at."""
    assert read_delivery_report(_report("X: y\n\n" * 15_000 + POSTFIX)) is None
    assert read_delivery_report(_report("X: " + "y" * 300_000)) is None
    assert read_delivery_report(_report("X: y\n" * 1_001)) is None


def test_a_report_names_no_recipient() -> None:
    """Which message failed is told by the address that it came to."""
    assert "hermans" not in repr(read_delivery_report(_report(POSTFIX)))
