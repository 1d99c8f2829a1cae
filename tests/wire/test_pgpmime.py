"""Finding the one encrypted message of a mail."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.mime_entity import Unreadable, UnreadableReason
from broker.wire.pgpmime import MAX_BLANK, MAX_HTML, Encrypted, find_encrypted, is_encrypted
from tests.wire.mail_shapes import (
    ARMOR,
    CONTROL,
    INLINE_SHAPES,
    MUTT,
    OTHER_ARMOR,
    PAYLOAD,
    PGP,
    PGP_MIME_SHAPES,
    SHAPES,
    mail,
    multipart,
    text,
)

TNEF = UnreadableReason.WINMAIL_DAT
NONE = UnreadableReason.GEEN_VERSLEUTELD_DEEL
MORE = UnreadableReason.MEER_VERSLEUTELDE_DELEN
BESIDE = UnreadableReason.TEKST_NAAST_VERSLEUTELD
BROKEN = UnreadableReason.ONLEESBAAR

BINARY = b"\x85\x01\x0c\x03\x00\r\n\x20"
BASE64 = base64.b64encode(BINARY).decode()
PGP_MIME = multipart("encrypted", CONTROL, PAYLOAD, boundary="pgp", parameters=PGP)


def _base64(content: str) -> str:
    return base64.encodebytes(content.encode()).decode()


def _file(name: str, content: str) -> str:
    return (
        f"Content-Type: application/octet-stream\n"
        f'Content-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{content}"
    )


def _found(raw: bytes) -> Encrypted:
    found = find_encrypted(raw)
    assert isinstance(found, Encrypted)
    assert is_encrypted(raw)
    return found


@pytest.mark.parametrize("name", PGP_MIME_SHAPES)
def test_pgp_mime_of_real_programs_is_found(name: str) -> None:
    """The message is exactly the armor, and what is inside says its own charset."""
    found = _found(PGP_MIME_SHAPES[name])
    assert found.message.replace(b"\r\n", b"\n") == ARMOR.encode()
    assert (found.inline, found.charset) == (False, "utf-8")


@pytest.mark.parametrize(("name", "charset"), [("inline", "ISO-8859-15"), ("mailvelope", "utf-8")])
def test_inline_pgp_is_found_with_the_charset_around_it(name: str, charset: str) -> None:
    """The text inside has no header of its own that says it."""
    found = _found(INLINE_SHAPES[name])
    assert found.message.replace(b"\r\n", b"\n") == ARMOR.encode()
    assert (found.inline, found.charset) == (True, charset)


def test_facts_are_those_of_the_clear_headers() -> None:
    """Informative: who speaks is the signer."""
    assert _found(MUTT).facts.message_id == "<20261123.abc@wonen.example>"
    assert _found(MUTT).facts.subject == "Re: Verrijkingsverzoek ZNW-2026-00042"


@pytest.mark.parametrize(
    "rest",
    [
        multipart("mixed", text(" \u00a0\n"), PGP_MIME),
        multipart("mixed", text("<p>&nbsp;</p>", subtype="html"), PGP_MIME),
        multipart("signed", PGP_MIME, "Content-Type: application/pkcs7-signature\n\nMII="),
        multipart("encrypted", CONTROL, PAYLOAD),
        "Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(ARMOR.encode()).decode(),
        text("\ufeff" + ARMOR),
        multipart("mixed", PGP_MIME, "Content-Type: application/pgp-keys\n\nsleutel"),
        multipart("mixed", PAYLOAD),
        multipart("mixed", PAYLOAD, CONTROL),
        multipart("mixed", CONTROL, multipart("mixed", PAYLOAD, boundary="x")),
        multipart("mixed", _file("ATT1.dat", _base64("Version: 1")), _file("ATT2", _base64(ARMOR))),
        _file("openpgp-encrypted-message.asc", _base64(ARMOR)),
        multipart("mixed", text(" "), _file("GpgOL_MIME_structure.txt", _base64(ARMOR))),
        multipart("mixed", text(""), _file("GpgOL_MIME_structure.mime", _base64(PGP_MIME))),
        multipart(
            "mixed",
            _file("GpgOL_MIME_structure.txt", _base64(multipart("encrypted", CONTROL))),
            _file("openpgp-encrypted-message.asc", _base64(ARMOR)),
        ),
    ],
)
def test_a_frame_without_words_does_not_matter(rest: str) -> None:
    """Gateways add empty texts and signatures over the ciphertext."""
    assert _found(mail(rest)).message.replace(b"\r\n", b"\n") == ARMOR.encode()


def test_a_binary_message_is_taken_as_it_is() -> None:
    """RFC 3156 wants armor; a base64 body of bare packets can be opened as well."""
    payload = (
        "Content-Type: application/octet-stream\nContent-Transfer-Encoding: base64\n\n"
        + base64.b64encode(BINARY).decode()
    )
    assert _found(mail(multipart("encrypted", CONTROL, payload))).message == BINARY
    assert _found(mail(_file("openpgp-encrypted-message.dat", BASE64))).message == BINARY


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        (text("Betrokkene is niet bekend."), NONE),
        (text(""), NONE),
        (text(f"<pre>{ARMOR}</pre>", subtype="html"), NONE),
        ("Content-Type: application/pkcs7-mime\n\nMII=", NONE),
        (multipart("mixed", f"Content-Type: image/png\n\n{ARMOR}\n"), NONE),
        (_file("brief.dat", "JVBERg=="), NONE),
        (_file("brief.pdf", BASE64), NONE),
        (_file("leeg.gpg", ""), NONE),
        (_file("GpgOL_MIME_structure.txt", "Zm9v"), NONE),
        (_file("GpgOL_MIME_structure.txt", _base64(PGP_MIME.replace('"pgp"', '""'))), NONE),
        (_file("GpgOL_MIME_structure.txt", _base64(text(ARMOR))), NONE),
        (
            _file(
                "GpgOL_MIME_structure.txt",
                _base64(multipart("encrypted", CONTROL, _file("GpgOL_MIME_structure.txt", "AA"))),
            ),
            NONE,
        ),
        (_file("GpgOL_MIME_structure.txt", "A").replace("base64", "x"), NONE),
        (_file("encrypted.asc", "A").replace("base64", "x"), NONE),
        ("Content-Type: application/ms-tnef\n\nx", TNEF),
        (multipart("mixed", text("Onbekend"), _file("winmail.dat", "AA")), TNEF),
        (multipart("mixed", PGP_MIME, _file("Winmail.dat", "AA")), BESIDE),
        (multipart("encrypted", CONTROL.replace("1", "2"), PAYLOAD), BESIDE),
        (multipart("mixed", _file("a.asc", _base64(ARMOR)), text("Onbekend")), BESIDE),
        (multipart("mixed", _file("a.asc", _base64("x" + ARMOR)), PAYLOAD), BESIDE),
        (multipart("mixed", _file("a.gpg", BASE64), _file("b.gpg", BASE64)), MORE),
        (multipart("mixed", text(ARMOR), _file("brief.pdf.gpg", BASE64)), MORE),
        ("Content-Type: text/plain\nContent-Transfer-Encoding: x\n\n" + ARMOR, NONE),
        (CONTROL, NONE),
        ("Content-Type: multipart/encrypted; boundary=x\n\n", NONE),
        (multipart("mixed", text(ARMOR), text(OTHER_ARMOR)), MORE),
        (multipart("mixed", text(ARMOR), PGP_MIME), MORE),
        (multipart("encrypted", CONTROL, PAYLOAD, PAYLOAD), MORE),
        (text(ARMOR + "\n\n" + OTHER_ARMOR), MORE),
        (multipart("mixed", PGP_MIME, text("Disclaimer van de gateway")), BESIDE),
        (multipart("mixed", PGP_MIME, "Content-Type: image/png\n\nx"), BESIDE),
        (multipart("mixed", PGP_MIME, text("<p>x</p>", subtype="html")), BESIDE),
        (multipart("mixed", PGP_MIME, text(" " * (MAX_BLANK + 1))), BESIDE),
        (multipart("mixed", PGP_MIME, text(" " * (MAX_HTML + 1), subtype="html")), BESIDE),
        (multipart("mixed", PGP_MIME, *[text("<p>", subtype="html")] * 2), BESIDE),
        (
            multipart("mixed", PGP_MIME, "Content-Type: text/html\nContent-Transfer-Encoding: x\n"),
            BESIDE,
        ),
        (multipart("alternative", text(ARMOR), text(OTHER_ARMOR, subtype="html")), BESIDE),
        (multipart("alternative", text(ARMOR), text("x" + ARMOR, subtype="html")), BESIDE),
        (text("Beste,\n" + ARMOR), BESIDE),
        (text(ARMOR + "\nVerzonden vanaf mijn telefoon"), BESIDE),
        (text("> " + ARMOR.replace("\n", "\n> ")), BESIDE),
        (text(ARMOR.replace("-----END", "----END")), BROKEN),
        (multipart("encrypted", CONTROL, "Content-Type: application/octet-stream\n\nx"), BROKEN),
        (
            multipart(
                "encrypted",
                CONTROL,
                "Content-Type: application/octet-stream\nContent-Transfer-Encoding: x\n\nx",
            ),
            BROKEN,
        ),
    ],
)
def test_what_is_not_one_encrypted_message_alone_is_refused(
    rest: str, reason: UnreadableReason
) -> None:
    """Each with the reason; and a mail with nothing encrypted in it is told at once."""
    assert find_encrypted(mail(rest)) == Unreadable(reason)
    assert is_encrypted(mail(rest)) is (reason not in (NONE, TNEF))


def test_what_cannot_be_read_is_refused_with_the_reader_s_reason() -> None:
    """A limit that was passed is not taken for clear text."""
    raw = mail("Content-Type: multipart/mixed\n\nx")
    assert find_encrypted(raw) == Unreadable(BROKEN)
    assert not is_encrypted(raw)


def test_neither_ciphertext_nor_sender_shows_in_a_repr() -> None:
    """A logged value tells no person."""
    shown = repr(_found(MUTT))
    assert "hQEMA" not in shown
    assert "jan" not in shown
    assert "Verrijking" not in shown


@given(
    name=st.sampled_from(sorted(SHAPES)),
    added=st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=20),
)
def test_words_beside_the_message_are_never_accepted(name: str, added: str) -> None:
    """Whatever the shape, a part with words next to it makes it refused."""
    shape = SHAPES[name].decode().replace("\r\n", "\n")
    rest = shape[shape.index("Content-Type:") :]
    assert find_encrypted(mail(multipart("mixed", rest, text(added), boundary="om"))) == Unreadable(
        BESIDE
    )
