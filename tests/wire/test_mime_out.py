"""Outgoing mail: the shape that every OpenPGP mail program opens, and nothing injected."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime
from email.header import decode_header, make_header
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.mime_in import Content, read_content
from broker.wire.mime_out import Attachment, AutoSubmitted, Mailbox, make_content, make_mail
from broker.wire.mime_text import clean
from broker.wire.pgpmime import Encrypted, find_encrypted
from tests.wire.mail_shapes import ARMOR

BROKER = Mailbox("Zorgnetwerk Venlo", "broker@zorgnetwerk.example")
HERMANS = Mailbox("Mevrouw Hermans", "m.hermans@wonen.example")
DATE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ID = "<znw-2026-00042.verzoek.1@zorgnetwerk.example>"
TEXT = "Beste mevrouw Hermans,\n\nIs deze persoon bij uw organisatie bekend?\n\n-- \nZorgnetwerk\n"

# Any: the tests pass wrong values on purpose.
INSIDE: dict[str, Any] = {
    "subject": "Verrijkingsverzoek ZNW-2026-00042",
    "text": TEXT,
    "sender": BROKER,
    "recipient": HERMANS,
    "date": DATE,
    "message_id": ID,
}
OUTSIDE: dict[str, Any] = {
    "sender": BROKER,
    "recipient": HERMANS,
    "reply_to": None,
    "subject": "Verrijkingsverzoek ZNW-2026-00042",
    "date": DATE,
    "message_id": ID,
    "encrypted": ARMOR.encode(),
    "auto_submitted": AutoSubmitted.GENERATED,
}


def _inside(raw: bytes) -> Content:
    content = read_content(raw)
    assert isinstance(content, Content)
    return content


def _outside(raw: bytes) -> Encrypted:
    found = find_encrypted(raw)
    assert isinstance(found, Encrypted)
    return found


def test_the_mail_is_rfc_3156_to_the_byte() -> None:
    """Thunderbird, mutt and GpgOL all look for exactly this structure."""
    raw = make_mail(
        **OUTSIDE
        | {
            "reply_to": Mailbox("", "broker@zorgnetwerk.example"),
            "in_reply_to": "<a@wonen.example>",
            "references": ["<b@wonen.example>", "<a@wonen.example>"],
        }
    )
    boundary = raw.decode().partition('boundary="')[2].partition('"')[0]
    assert raw.decode() == "\r\n".join(
        [
            "Date: Mon, 23 Nov 2026 09:00:00 +0000",
            "From: Zorgnetwerk Venlo <broker@zorgnetwerk.example>",
            "To: Mevrouw Hermans <m.hermans@wonen.example>",
            "Subject: Verrijkingsverzoek ZNW-2026-00042",
            f"Message-ID: {ID}",
            "Reply-To: broker@zorgnetwerk.example",
            "In-Reply-To: <a@wonen.example>",
            "References: <b@wonen.example>",
            " <a@wonen.example>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";',
            f' boundary="{boundary}"',
            "",
            "Dit is een versleuteld bericht (OpenPGP/MIME, RFC 3156).",
            f"--{boundary}",
            "Content-Type: application/pgp-encrypted",
            "Content-Description: PGP/MIME version identification",
            "",
            "Version: 1",
            "",
            f"--{boundary}",
            'Content-Type: application/octet-stream; name="encrypted.asc"',
            "Content-Description: OpenPGP encrypted message",
            'Content-Disposition: inline; filename="encrypted.asc"',
            "",
            *ARMOR.split("\n"),
            "",
            f"--{boundary}--",
            "",
        ]
    )


def test_the_same_values_give_the_same_bytes() -> None:
    """A message that is made again is the same message; another id has another boundary."""
    assert make_mail(**OUTSIDE) == make_mail(**OUTSIDE)
    assert make_content(**INSIDE) == make_content(**INSIDE)
    first, second = (
        make_mail(**OUTSIDE | {"message_id": m}).partition(b"boundary=")[2][:40]
        for m in (ID, "<other@zorgnetwerk.example>")
    )
    assert first != second


def test_the_mail_is_found_again_with_its_facts() -> None:
    """What leaves is what our own reader accepts, with CRLF in the armor or without."""
    crlf = ARMOR.replace("\n", "\r\n").encode() + b"\r\n"
    raw = make_mail(**OUTSIDE | {"encrypted": crlf})
    found = _outside(raw)
    assert found.message == crlf.strip()
    assert found.facts.message_id == ID
    assert found.facts.date == DATE
    assert b"\r\nAuto-Submitted: auto-generated\r\n" in raw


def test_ascii_text_stays_readable_as_it_is() -> None:
    """Who decrypts with gpg alone reads the letter, with the headers protected inside."""
    text = "Antwoord: https://zorgnetwerk.example/" + "a" * 80 + "\nBEKEND\n"
    assert make_content(**INSIDE | {"text": text}).decode() == (
        "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
        "From: Zorgnetwerk Venlo <broker@zorgnetwerk.example>\r\n"
        "To: Mevrouw Hermans <m.hermans@wonen.example>\r\n"
        "Subject: Verrijkingsverzoek ZNW-2026-00042\r\n"
        f"Message-ID: {ID}\r\n"
        'Content-Type: text/plain; charset=utf-8; protected-headers="v1"\r\n'
        "Content-Transfer-Encoding: 7bit\r\n"
        "Content-Disposition: inline\r\n"
        "\r\n" + text.replace("\n", "\r\n")
    )


def test_an_attachment_makes_a_mixed_entity_that_others_read_alike() -> None:
    """The standard library sees the text and the file; our reader leaves the file alone."""
    data = b'{"kenmerk": "ZNW-2026-00042"}' * 9
    attachment = Attachment("uitkomst.json", "application/json", data)
    raw = make_content(**INSIDE | {"attachment": attachment, "text": "Caf\u00e9\n"})
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message.get_content_type() == "multipart/mixed"
    assert message["content-type"].params["protected-headers"] == "v1"
    text, file = message.iter_parts()
    assert text.get_payload(decode=True) == b"Caf\xc3\xa9\r\n"
    assert file.get_payload(decode=True) == data
    assert file.get_filename() == "uitkomst.json"
    content = _inside(raw)
    assert (content.text, content.attachments) == ("Café\n", 1)
    assert content.subject == INSIDE["subject"]


@pytest.mark.parametrize(
    ("name", "encoded"),
    [
        ("Jan Peeters", "Jan Peeters"),
        ('Peeters, "J." (\\)', '"Peeters, \\"J.\\" (\\\\)"'),
        ("", None),
        ("Zoë Peeters", "=?utf-8?q?Zo=C3=AB_Peeters?="),
        ("=?utf-8?q?x?=", None),
    ],
)
def test_a_display_name_is_written_so_that_every_program_reads_it(
    name: str, encoded: str | None
) -> None:
    """Quoted where needed, RFC 2047 outside ASCII; the standard library reads it back."""
    raw = make_content(**INSIDE | {"sender": Mailbox(name, "a@b.example")})
    if encoded is not None:
        assert f"From: {encoded} <a@b.example>\r\n" in raw.decode()
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["from"].addresses[0].addr_spec == "a@b.example"
    assert message["from"].addresses[0].display_name == name


@pytest.mark.parametrize("name", ["Ω" * 100, "é" * 400])
def test_a_long_name_is_folded_into_several_encoded_words(name: str) -> None:
    """No line grows past what RFC 2047 allows, and no character is split."""
    raw = make_content(**INSIDE | {"sender": Mailbox(name, "a@b.example"), "subject": name})
    assert max(len(line) for line in raw.split(b"\r\n")) <= 100
    message = email.message_from_bytes(raw)
    assert str(make_header(decode_header(message["subject"]))) == name
    assert str(make_header(decode_header(message["from"]))) == f"{name} <a@b.example>"
    assert _inside(raw).subject == name


@pytest.mark.parametrize(
    "bad", ["a\r\nBcc: x@y.example", "a\nb", "a\0", "a\u2028b", "\ud800", "x" * 401]
)
def test_no_value_brings_a_header_of_its_own(bad: str) -> None:
    """Header injection is impossible: such a value is a fault, and nothing is made."""
    for change in ({"subject": bad}, {"sender": Mailbox(bad, "a@b.example")}, {"message_id": bad}):
        with pytest.raises(ValueError, match=r":"):
            make_content(**INSIDE | change)
        with pytest.raises(ValueError, match=r":"):
            make_mail(**OUTSIDE | change)
    outside_only: list[dict[str, Any]] = [
        {"in_reply_to": bad},
        {"references": [bad]},
        {"auto_submitted": bad},
    ]
    for extra in outside_only:
        with pytest.raises(ValueError, match=r"."):
            make_mail(**OUTSIDE | extra)


@pytest.mark.parametrize(
    "change",
    [
        {"sender": Mailbox("", "a@b.example\r\nBcc: c@d.example")},
        {"recipient": Mailbox("", "a b@c.example")},
        {"recipient": Mailbox("", "")},
        {"date": datetime(2026, 11, 23, 9, 0)},  # noqa: DTZ001 - naive on purpose
        {"text": "a\0b"},
        {"text": "a\rb"},
        {"attachment": Attachment("../x.json", "application/json", b"")},
        {"attachment": Attachment('x"\r\n', "application/json", b"")},
        {"attachment": Attachment("x.json", "json\r\nX: y", b"")},
    ],
)
def test_what_cannot_stand_in_a_mail_is_a_fault(change: dict[str, Any]) -> None:
    """A wrong value stops here, not at the recipient."""
    with pytest.raises(ValueError, match=r"address|date|text|attachment"):
        make_content(**INSIDE | change)


@pytest.mark.parametrize(
    "encrypted",
    [
        b"",
        b"Naam: Annelies de Vries",
        ARMOR.encode() + b"\nNaam: Annelies de Vries",
        ARMOR.encode() + b"\n" + ARMOR.encode(),
        ARMOR.replace("\n\nhQ", "\nhQ").encode(),
        ARMOR.replace("=aB3d", "--=_x").encode(),
    ],
)
def test_only_armored_ciphertext_goes_out(encrypted: bytes) -> None:
    """Clear text where ciphertext should be never becomes a mail."""
    with pytest.raises(ValueError, match="encrypted"):
        make_mail(**OUTSIDE | {"encrypted": encrypted})


TEXTS = st.lists(
    st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), max_size=120)
    | st.sampled_from(["", ".", "-- ", "From jan", "--=_x", "x" * 1_200, "=20", " \t"]),
    max_size=8,
).map("\n".join)


@given(text=TEXTS, subject=st.text(st.characters(categories=["L", "P", "Zs"]), max_size=90))
def test_what_was_written_is_what_is_read(text: str, subject: str) -> None:
    """Text and subject come through as they were, in 7 bits and short lines."""
    for attachment in (None, Attachment("a.json", "application/json", b"{}")):
        raw = make_content(**INSIDE | {"text": text, "subject": subject, "attachment": attachment})
        assert raw.isascii()
        assert all(len(line) <= 998 and b"\n" not in line for line in raw.split(b"\r\n"))
        content = _inside(raw)
        assert content.text == clean(text.rstrip("\n") + "\n")
        assert content.subject == " ".join(clean(subject).split())
        assert not content.charset_doubtful
    raw = make_mail(**OUTSIDE | {"subject": subject})
    assert raw.isascii()
    assert _outside(raw).facts.subject == " ".join(clean(subject).split())
