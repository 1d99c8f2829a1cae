"""The text that a person wrote, out of the decrypted bytes."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.antwoord import Onduidelijk, lees_antwoord
from broker.wire.mime_copy import MAX_CHARACTERS, MAX_LINES
from broker.wire.mime_entity import Unreadable, UnreadableReason
from broker.wire.mime_in import MAX_HTML_BYTES, MAX_TEXT, MAX_TEXT_BYTES, Content, read_content
from tests.wire.mail_shapes import ARMOR, multipart, text

FORM = "Naam: Annelies de Vries\nWoonplaats: Venlo\n\nReden van melding: geen\n"

MUTT = (
    'Content-Type: text/plain; charset=us-ascii; protected-headers="v1"\n'
    "Content-Disposition: inline\n"
    "From: Jan Peeters <jan.peeters@wonen.example>\n"
    "To: Zorgnetwerk <broker@zorgnetwerk.example>\n"
    "Subject: Re: Verrijkingsverzoek ZNW-2026-00042\n"
    "\n"
    "Onbekend.\n\n"
    "On Mon, Nov 23, 2026 at 10:00:00AM +0100, Zorgnetwerk wrote:\n"
    "> Is deze persoon bij uw organisatie bekend?\n"
)
THUNDERBIRD = (
    'Content-Type: multipart/mixed; boundary="------------KJ8s";\n'
    ' protected-headers="v1"\n'
    "From: Jan Peeters <jan.peeters@wonen.example>\n"
    "To: Zorgnetwerk <broker@zorgnetwerk.example>\n"
    "Message-ID: <a1@wonen.example>\n"
    "Subject: Re: Verrijkingsverzoek ZNW-2026-00042\n"
    "\n"
    "--------------KJ8s\n"
    'Content-Type: text/plain; charset=UTF-8; protected-headers="v1"\n'
    "\n"
    "Subject: Re: Verrijkingsverzoek ZNW-2026-00042\n"
    "--------------KJ8s\n"
    'Content-Type: multipart/mixed; boundary="------------xQ1z"\n'
    "\n"
    "--------------xQ1z\n"
    "Content-Type: text/plain; charset=UTF-8; format=flowed\n"
    "Content-Transfer-Encoding: base64\n"
    "\n"
    + base64.encodebytes(b"Betrokkene is \nniet bekend.\n> Is deze \n> persoon\n").decode()
    + "--------------xQ1z--\n"
    "--------------KJ8s--\n"
)
OUTLOOK = multipart(
    "mixed",
    multipart(
        "alternative",
        'Content-Type: text/plain; charset="iso-8859-1"\n'
        "Content-Transfer-Encoding: quoted-printable\n\n"
        "Goedemiddag,\n\nNiet bekend, co=F6rdinator =96 groet=\n.\n",
        "Content-Type: text/html\n\n<p>Goedemiddag</p>",
        boundary="alt",
    ),
    'Content-Type: image/png; name="logo.png"\nContent-Transfer-Encoding: base64\n\nAAAA\n',
    "Content-Type: text/plain\nContent-Disposition: attachment; filename=x.txt\n\nBEKEND\n",
)
APPLE_MAIL = multipart(
    "alternative",
    text("Onbekend\n"),
    multipart("related", text("<b>Onbekend</b>", subtype="html"), boundary="rel"),
)


def _content(plaintext: str | bytes, charset: str = "utf-8") -> Content:
    raw = plaintext if isinstance(plaintext, bytes) else plaintext.encode()
    content = read_content(raw, charset=charset)
    assert isinstance(content, Content)
    return content


def _reason(plaintext: str | bytes) -> UnreadableReason:
    raw = plaintext if isinstance(plaintext, bytes) else plaintext.encode()
    refused = read_content(raw)
    assert isinstance(refused, Unreadable)
    return refused.reason


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_mutt_s_reply_is_read(newline: str) -> None:
    """Text as written, subject from the protected headers."""
    content = _content(MUTT.replace("\n", newline))
    assert content.text == MUTT.partition("\n\n")[2]
    assert content.subject == "Re: Verrijkingsverzoek ZNW-2026-00042"
    assert not content.charset_doubtful


def test_thunderbird_s_reply_is_read() -> None:
    """The copy of the headers is no text, flowed lines are whole again, the quotation is marked."""
    content = _content(THUNDERBIRD)
    assert content.text == "Betrokkene is niet bekend.\n> Is deze persoon\n"
    assert content.subject == "Re: Verrijkingsverzoek ZNW-2026-00042"
    assert content.attachments == 0


def test_outlook_s_reply_is_read() -> None:
    """Of alternatives the plain one; attachments are counted and otherwise left alone."""
    content = _content(OUTLOOK)
    assert content.text == "Goedemiddag,\n\nNiet bekend, coördinator – groet.\n"
    assert (content.attachments, content.html_only) == (2, False)


def test_apple_mail_s_reply_is_read() -> None:
    """HTML in a multipart/related is an alternative too."""
    assert _content(APPLE_MAIL).text == "Onbekend\n"


def test_html_alone_is_reduced_and_told() -> None:
    """The caller knows that nobody wrote this as plain text."""
    entity = multipart(
        "related", text("<p>Onbekend</p><blockquote>vraag</blockquote>", subtype="html")
    )
    content = _content(multipart("alternative", entity, boundary="alt"))
    assert content.text == "Onbekend\n> vraag"
    assert content.html_only


def test_an_empty_text_before_a_picture_is_passed_over() -> None:
    """Only texts with words count; there need not be any."""
    assert _content(multipart("mixed", text(" \n"), text("Bekend"))).text == "Bekend"
    assert _content(multipart("mixed", text(" "), text(""))).text.strip() == ""


@pytest.mark.rule("D-13")
@pytest.mark.parametrize("subtype", ["plain", "html"])
@pytest.mark.parametrize(
    "first",
    ["ONBEKEND", "ONBEKEND\n> citaat", "ONBEKEND\n\nOp 23 november 2026 schreef Jan:\n> citaat"],
)
@pytest.mark.parametrize("groet", ["", "\n-- \nJan Peeters", "\n\nMet vriendelijke groet,\nJan"])
def test_no_text_that_a_reader_sees_is_left_out(first: str, groet: str, subtype: str) -> None:
    """A second text that takes the first back makes the answer unclear; it is never dropped."""
    entity = multipart(
        "mixed", text(first + groet), text("Sorry, hij is wel bekend bij ons.", subtype=subtype)
    )
    content = _content(entity)
    assert "wel bekend" in content.text
    assert isinstance(lees_antwoord(content.text), Onduidelijk)


@pytest.mark.rule("D-13")
@pytest.mark.parametrize(
    "quotation",
    [
        "-----Oorspronkelijk bericht-----\nVan: Jan",
        "Op 23 november 2026 schreef Jan:\nBekend?",
        "Van: Jan\nVerzonden: maandag\n\nBekend?",
    ],
)
def test_a_text_behind_an_open_quotation_is_refused(quotation: str) -> None:
    """It would be taken for a part of the quotation, which nobody reads."""
    entity = multipart("mixed", text(f"ONBEKEND\n\n{quotation}\n"), text("Hij is wel bekend."))
    assert _reason(entity) is UnreadableReason.ONLEESBAAR


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_bare_form_is_text_and_not_headers(charset: str) -> None:
    """`Label: waarde` looks like a header; nothing of a form gets lost."""
    assert _content(FORM, charset).text == FORM
    assert _content("Content-Type is hier tekst\nNaam: x\n\ny").text.startswith("Content-Type is")


@pytest.mark.parametrize(
    ("data", "charset", "text_", "doubtful"),
    [
        ("coördinator".encode(), "iso-8859-1", "coördinator", False),
        (b"co\xf6rdinator \xa4", "iso-8859-15", "coördinator €", False),
        (b"co\xf6rdinator", "utf-8", "coördinator", True),
    ],
)
def test_bare_text_is_utf_8_or_else_in_the_charset_around_it(
    data: bytes, charset: str, text_: str, doubtful: bool
) -> None:
    """Inline PGP: programs write UTF-8 whatever the outer part says."""
    content = _content(data, charset)
    assert (content.text, content.charset_doubtful) == (text_, doubtful)


def test_headers_for_programs_without_protected_headers_are_no_text() -> None:
    """RFC 9788 section 5.2: they stand above the text, up to an empty line."""
    entity = (
        'Content-Type: text/plain; charset=utf-8; hp="cipher"; hp-legacy-display="1"\n'
        "Subject: =?utf-8?q?Verzoek_=C3=AB?=\n\nSubject: Verzoek\n\nOnbekend\n"
    )
    content = _content(entity)
    assert (content.text, content.subject) == ("Onbekend\n", "Verzoek ë")


def test_a_mark_hides_no_words() -> None:
    """Only headers are left out above the text: a mark cannot take away what a reader sees."""
    entity = (
        'Content-Type: text/plain; charset=utf-8; hp="cipher"; hp-legacy-display="1"\n\n'
        "Nee, deze persoon is niet bij ons\n\nBekend\n"
    )
    assert _content(entity).text == "Nee, deze persoon is niet bij ons\n\nBekend\n"


PSEUDO_HEADERS = (
    "From: Jan Peeters <jan.peeters@wonen.example>\n"
    "To: Team Wonen <team@wonen.example>,\n"
    "  Jan <jan@wonen.example>\n"
    "Date: Mon, 23 Nov 2026 10:00:00 +0100\n"
    "Sig: Good signature from 8C9087D3E0B99D95A93F9C4B4D7D3B998F2079FA Jan Peeters\n"
    "Enc: Encrypted\n"
)


def test_the_headers_that_a_gateway_repeats_neither_hide_nor_become_the_answer() -> None:
    """Schleuder: a part with headers before the mail that it passed on."""
    for part in (text(PSEUDO_HEADERS), text(PSEUDO_HEADERS).replace("utf-8", "utf-8; x=y")):
        content = _content(multipart("mixed", part, text("Onbekend\n")))
        assert content.text == "Onbekend\n"
    only_html = _content(
        multipart("mixed", text(PSEUDO_HEADERS), text("<p>Onbekend", subtype="html"))
    )
    assert (only_html.text, only_html.html_only) == ("Onbekend", True)


@pytest.mark.rule("D-13")
@pytest.mark.parametrize(
    "part",
    [
        text(PSEUDO_HEADERS + "\nToch wel bekend.\n"),
        text(PSEUDO_HEADERS + "Note: toch wel bekend\n"),
        text("Subject: wel bekend\n"),
        text("Date: nu\nFrom: Jan\n"),
        text("From: Jan\nFrom: Piet\n"),
        text("From: Jan\nwel bekend\n"),
        text(" wel bekend\nFrom: Jan\nDate: nu\n"),
        text("wel bekend").replace("utf-8", 'utf-8; protected-headers="v1"'),
        text("Subject: x\nwel bekend").replace("utf-8", 'utf-8; protected-headers="v1"'),
        text("From: Jan\n" + "To: x\n" * MAX_LINES),
        text("From: Jan\nTo: " + "x" * MAX_CHARACTERS),
    ],
)
def test_only_headers_are_taken_for_a_copy_of_headers(part: str) -> None:
    """A word beside them is a word that a reader sees: nothing is read as if it were not there."""
    entity = multipart("mixed", part, text("Onbekend"))
    content = read_content(entity.encode())
    assert isinstance(content, Unreadable) or isinstance(lees_antwoord(content.text), Onduidelijk)


def test_delsp_is_honoured() -> None:
    """RFC 3676 section 4.1."""
    assert _content("Content-Type: text/plain; format=Flowed; DelSp=Yes\n\non \nbekend\n").text == (
        "onbekend\n"
    )


SIGNED = multipart("signed", text("Bekend"), "Content-Type: application/pgp-signature\n\nx")


@pytest.mark.parametrize(
    ("plaintext", "reason"),
    [
        (SIGNED, UnreadableReason.GELAAGD),
        (multipart("mixed", SIGNED, boundary="om"), UnreadableReason.GELAAGD),
        (multipart("encrypted", text("x")), UnreadableReason.GELAAGD),
        ("Content-Type: application/pkcs7-mime\n\nMII", UnreadableReason.GELAAGD),
        ("\n" + ARMOR, UnreadableReason.GELAAGD),
        ("-----BEGIN PGP SIGNED MESSAGE-----\nBekend", UnreadableReason.GELAAGD),
        (text(ARMOR), UnreadableReason.GELAAGD),
        ("Content-Type: image/png\n\nx", UnreadableReason.GEEN_TEKST),
        ("Content-Type: application/ms-tnef\n\nx", UnreadableReason.WINMAIL_DAT),
        ("Content-Type: multipart/mixed; boundary=b\n\n", UnreadableReason.GEEN_TEKST),
        ("Content-Type: multipart/related; boundary=b\n\n", UnreadableReason.GEEN_TEKST),
        ("Content-Type: multipart/alternative; boundary=b\n\n", UnreadableReason.GEEN_TEKST),
        ("Content-Type: multipart/mixed\n\n", UnreadableReason.ONLEESBAAR),
        ("Content-Transfer-Encoding: base64\n\nA", UnreadableReason.ONLEESBAAR),
        ("x" * (MAX_TEXT + 1), UnreadableReason.TE_GROOT),
        ("x" * (MAX_TEXT_BYTES + 1), UnreadableReason.TE_GROOT),
        (text("x" * (MAX_TEXT_BYTES + 1)), UnreadableReason.TE_GROOT),
        (text("x" * (MAX_HTML_BYTES + 1), subtype="html"), UnreadableReason.TE_GROOT),
    ],
)
def test_what_is_no_plain_message_is_refused(plaintext: str, reason: UnreadableReason) -> None:
    """Each refusal has its own stable code; layers inside are never looked through."""
    assert _reason(plaintext) is reason


def test_text_and_subject_do_not_show_in_a_repr() -> None:
    """What a person wrote does not get into a log by way of a repr."""
    shown = repr(_content(MUTT))
    assert "Onbekend" not in shown
    assert "ZNW" not in shown


@given(words=st.text(min_size=1, max_size=200))
def test_nothing_invisible_comes_out(words: str) -> None:
    """Whatever was written, no control or override reaches a judgement or a screen."""
    content = _content(text(words))
    assert not set(content.text) & set("\0\x07\x1b\x7f\r\u202e\u2066\u200b\u00ad\ufeff\u2028")
