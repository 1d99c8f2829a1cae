"""Text out of bytes, and nothing hidden in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.mime_text import MAX_MARKS, clean, clean_line, decode_text, unflow


@pytest.mark.parametrize(
    ("data", "charset", "text", "doubtful"),
    [
        ("ë €".encode(), "UTF-8", "ë €", False),
        (b"\xeb \x80", "windows-1252", "ë €", False),
        (b"\xeb \x80", "iso-8859-1", "ë €", False),
        (b"\xeb \xa4", "ISO-8859-15", "ë €", False),
        (b"abc", "us-ascii", "abc", False),
        ("ë".encode(), "us-ascii", "ë", True),
        (b"\xeb", "utf-8", "ë", True),
        (b"\xeb", "", "ë", True),
        (b"abc", "zip", "abc", True),
        (b"+AOs-", "utf-7", "+AOs-", True),
        (b"\x81\xeb", "utf-8", "\x81ë", True),
    ],
)
def test_bytes_become_text_in_any_charset(
    data: bytes, charset: str, text: str, doubtful: bool
) -> None:
    """Decoding never fails; when the charset was unknown or wrong, that is told."""
    assert decode_text(data, charset) == (text, doubtful)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\r\r\nc\n\td", "a\nb\nc\n\td"),
        ("a\rb\fc\u2028d\u2029e\x85f", "a b c d e f"),
        ("on\u200bbe\u00adkend\ufeff", "onbekend"),
        ("\u202egnol\u202c \u2066x\u2069\u200f", "gnol x"),
        ("a\x00b\x1b[31m\x7f\x9b", "ab[31m"),
        ("\ud800x\U000e0041", "x"),
        ("a\u00a0b\u202fc", "a b c"),
        ("e\u0308", "ë"),
    ],
)
def test_what_cannot_be_seen_is_taken_out(raw: str, cleaned: str) -> None:
    """What the broker reads is what a person sees."""
    assert clean(raw) == cleaned


def test_a_letter_keeps_few_marks() -> None:
    """A run of marks that would take quadratic time is cut."""
    assert len(clean("x" + "\u0316" * 10_000 + "\ny\u0316")) == 1 + MAX_MARKS + 3


def test_a_line_is_cleaned_to_one_line_of_bounded_length() -> None:
    """A header value cannot bring lines of its own."""
    assert clean_line(" a\n\tb\u2028cd  ", 5) == "a b c"


@given(text=st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    """Cleaned text is in NFC and holds no controls or format characters."""
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in ("Cc", "Cf") for c in once if c not in "\n\t")


@pytest.mark.parametrize(
    ("flowed", "delete_space", "text"),
    [
        ("Betrokkene is \nniet bekend.\n\nGroet\n", False, "Betrokkene is niet bekend.\n\nGroet\n"),
        ("lang \nwoord", True, "langwoord"),
        (">> diep \n>> verder\n> minder \nantwoord", False, ">> diep verder\n> minder \nantwoord"),
        (" >geen citaat\n  ingesprongen", False, ">geen citaat\n ingesprongen"),
        ("tekst \n-- \nJan", False, "tekst \n-- \nJan"),
        ("> a\n> -- \n> b", False, "> a\n> -- \n> b"),
        ("einde ", False, "einde "),
        ("", False, ""),
    ],
)
def test_flowed_paragraphs_become_one_line(flowed: str, delete_space: bool, text: str) -> None:
    """RFC 3676: quote depth is kept, a signature separator is never joined."""
    assert unflow(flowed, delete_space=delete_space) == text
