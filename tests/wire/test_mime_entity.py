"""Reading MIME entities: right for mail as it is, bounded for anything else."""

from __future__ import annotations

import email
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.automatic import AutomaticReason
from broker.wire.delivery_report import DeliveryReport, read_delivery_report
from broker.wire.mime_entity import (
    MAX_DEPTH,
    MAX_PARTS,
    Entity,
    Headers,
    Unreadable,
    UnreadableReason,
    decode_body,
    read_entity,
    split_headers,
)
from broker.wire.mime_in import Content, read_content
from broker.wire.mime_sender import SenderReason, sender_fault
from broker.wire.mime_signed import Signed, holds_signature, read_signed
from broker.wire.pgpmime import Encrypted, find_encrypted, is_encrypted
from broker.wire.returned import read_returned
from tests.fixtures.tempo import seconds_of, takes_less
from tests.wire.mail_shapes import SHAPES, multipart, signed, text


def _read_sender(raw: bytes) -> SenderReason | None:
    split = split_headers(raw)
    return None if isinstance(split, Unreadable) else sender_fault(split[0])


READERS: tuple[Callable[[bytes], object], ...] = (
    is_encrypted,
    find_encrypted,
    read_content,
    read_delivery_report,
    partial(read_returned, about="jan.peeters@wonen.example"),
    read_signed,
    holds_signature,
    _read_sender,
)
KNOWN = (
    *(bool, Encrypted, Content, Unreadable, DeliveryReport, Signed, SenderReason, AutomaticReason),
    type(None),
)


def assert_known(raw: bytes) -> None:
    """Every reader gives a fact or a refusal of its own."""
    for reader in READERS:
        assert isinstance(reader(raw), KNOWN)


def _read(raw: bytes) -> Entity:
    entity = read_entity(raw)
    assert isinstance(entity, Entity)
    return entity


def _reason(raw: bytes) -> UnreadableReason:
    refused = read_entity(raw)
    assert isinstance(refused, Unreadable)
    return refused.reason


def _nested(depth: int) -> bytes:
    return b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i)
        for i in range(depth)
    )


@pytest.mark.parametrize("name", SHAPES)
def test_the_tree_is_the_one_that_the_standard_library_sees(name: str) -> None:
    """For mail of real programs nothing differs from a reader of long standing."""
    theirs = [
        (m.get_content_type(), None if m.is_multipart() else m.get_payload(decode=True))
        for m in email.message_from_bytes(SHAPES[name]).walk()
    ]
    ours = [(e.media_type, None if e.parts else decode_body(e)) for e in _read(SHAPES[name]).walk()]
    assert ours == theirs


def test_headers_are_unfolded_and_found_by_lower_case_name() -> None:
    """A folded value is one value; every repetition is kept in order."""
    split = split_headers(b"A: one\r\n\ttwo\r\nb:x\r\nA: \xeb\r\nA: \xc3\xab\r\n\r\nbody\r\n\r\n")
    assert not isinstance(split, Unreadable)
    headers, body = split
    assert headers.all("a") == ("one\ttwo", "ë", "ë")
    assert headers.first("b") == "x"
    assert headers.first("c") == ""
    assert headers.clean
    assert body == b"body\r\n\r\n"


@pytest.mark.parametrize("raw", [b" folded\n\n", b"no colon\n\n", b"\xeb: x\n\n", b": x\n\n"])
def test_a_line_that_is_no_header_is_passed_over_and_told(raw: bytes) -> None:
    """Nothing is guessed from it, and who cares can see that it was there."""
    split = split_headers(raw)
    assert not isinstance(split, Unreadable)
    assert split[0] == Headers((), clean=False)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_parts_are_exact_to_the_byte(newline: str) -> None:
    """The line break before a delimiter belongs to the delimiter, and to nothing else."""
    raw = (
        "Content-Type: multipart/mixed; boundary=b\n\n"
        "--b  \n\none\n\n--bx\n --b\n"
        "--b\n"
        "--b\nX: y\n\n\n"
        "--b--\n"
        "--b\nafter"
    )
    parts = _read(raw.replace("\n", newline).encode()).parts
    bodies = [part.body.decode().replace(newline, "\n") for part in parts]
    assert bodies == ["one\n\n--bx\n --b", "", ""]
    assert parts[2].headers.first("x") == "y"


def test_a_multipart_that_is_never_closed_is_read_to_its_end() -> None:
    """A cut-off mail is told by its damaged ciphertext, not by its frame."""
    entity = _read(b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nrest\nof it")
    assert [part.body for part in entity.parts] == [b"rest\nof it"]


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"Content-Type: multipart/mixed\n\nx", UnreadableReason.ONLEESBAAR),
        (b'Content-Type: multipart/mixed; boundary="  "\n\nx', UnreadableReason.ONLEESBAAR),
        (
            b"Content-Type: multipart/mixed; boundary=" + b"b" * 201 + b"\n\nx",
            UnreadableReason.ONLEESBAAR,
        ),
        (
            "Content-Type: multipart/mixed; boundary='ë'\n\nx".encode(),
            UnreadableReason.ONLEESBAAR,
        ),
        (b"Content-Type: text/plain\nContent-type: text/html\n\n", UnreadableReason.DUBBELE_KOP),
        (
            b"Content-Transfer-Encoding: 7bit\nContent-Transfer-Encoding: base64\n\n",
            UnreadableReason.DUBBELE_KOP,
        ),
        (b"X: " + b"y" * 1_000_000, UnreadableReason.TE_GROTE_KOP),
        (b"X:\n" * 1_001 + b"\n", UnreadableReason.TE_GROTE_KOP),
        (_nested(MAX_DEPTH + 1) + b"\n", UnreadableReason.TE_DIEP),
        (
            b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * MAX_PARTS,
            UnreadableReason.TE_VEEL_DELEN,
        ),
    ],
)
def test_what_passes_a_limit_or_could_be_read_in_two_ways_is_refused(
    raw: bytes, reason: UnreadableReason
) -> None:
    """Each refusal has its own stable code."""
    assert _reason(raw) is reason


def test_what_keeps_to_the_limits_is_read() -> None:
    """The limits are what they say, not one less."""
    assert len(list(_read(_nested(MAX_DEPTH) + b"\nx").walk())) == MAX_DEPTH + 1
    raw = b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * (MAX_PARTS - 1)
    assert len(_read(raw).parts) == MAX_PARTS - 1


@pytest.mark.parametrize(
    ("encoding", "body", "decoded"),
    [
        ("", b"a=\xeb", b"a=\xeb"),
        ("8BIT (as is)", b"a=\xeb", b"a=\xeb"),
        ("Quoted-Printable", b"a=EB=\r\nb", b"a\xebb"),
        ("base64", b"Zm9v\r\n", b"foo"),
        ("base64", b"Zm\x00 9", b"fo"),
    ],
)
def test_transfer_encodings_are_undone(encoding: str, body: bytes, decoded: bytes) -> None:
    """Small damage, such as missing padding, does not matter."""
    raw = f"Content-Transfer-Encoding: {encoding}\n\n".encode() + body
    assert decode_body(_read(raw)) == decoded


@pytest.mark.parametrize(("encoding", "body"), [("x-uuencode", "begin"), ("base64", "A")])
def test_an_unknown_or_broken_transfer_encoding_is_a_refusal(encoding: str, body: str) -> None:
    """It is never taken for text."""
    entity = _read(f"Content-Transfer-Encoding: {encoding}\n\n{body}".encode())
    assert decode_body(entity) == Unreadable(UnreadableReason.ONLEESBAAR)


def test_no_content_shows_in_a_repr() -> None:
    """What a mail says does not get into a log by way of a repr."""
    assert "geheim" not in repr(_read(b"Subject: geheim\nContent-Type: a/b; x=geheim\n\ngeheim"))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "1,000 levels": lambda: _nested(1_000) + b"\r\nx",
    "ten levels around 150,000 lines": lambda: _nested(9) + b"\r\n" + b"line\r\n" * 150_000,
    "10,000 parts": lambda: (
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 10_000
    ),
    "a header of 1 MB": lambda: b"Subject: " + b"x" * 1_000_000 + b"\r\n\r\n",
    "150,000 headers": lambda: b"X: y\r\n" * 150_000 + b"\r\n",
    "150,000 lines": lambda: text("ë\n" * 150_000).encode(),
    "almost delimiters": lambda: _nested(9) + b"\r\n" + b"\n--b8 \t x" * 100_000,
    "open quotes": lambda: multipart(
        "mixed", *["Content-Type: text/plain" + ';a="' * 500 + "\n\nx"] * 45
    ).encode(),
    "encoded words": lambda: b"Content-Type: text/plain\nSubject: " + b"=?utf-8?q?" * 20_000,
    "open comments": lambda: b"From: " + b"(" * 50_000 + b"\nTo: " + b"<a@" * 20_000 + b"\n\n",
    "armor without end": lambda: text("-----BEGIN PGP MESSAGE-----\n" * 50_000).encode(),
    "open tags": lambda: text("<a " * 300_000, subtype="html").encode(),
    "open comments in HTML": lambda: text("<!--" * 200_000, subtype="html").encode(),
    "open quotes in HTML": lambda: text("<a \"'" * 150_000, subtype="html").encode(),
    "long references": lambda: text("&#" + "9" * 200_000, subtype="html").encode(),
    "combining marks": lambda: text("\u0301\u0316" * 100_000).encode(),
    "bare returns": lambda: text("\r" * 500_000).encode(),
    "a signed part of 150,000 lines": lambda: signed("\n" * 150_000, "x\n" * 150_000).encode(),
    "pieces of parameters": lambda: (
        b"Content-Type: multipart/signed" + b"; boundary*0*=''%41" * 50_000 + b"\n\n"
    ),
    "flowed": lambda: (
        b"Content-Type: text/plain; format=flowed\n\n" + b">" * 100_000 + b"> a \r\n" * 50_000
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_read_or_refused_within_twoseconds_of(name: str) -> None:
    """Every reader is linear: no shape of bytes holds the broker up."""
    raw = HOSTILE[name]()
    for reader in READERS:
        # A machine that is busy with other things takes longer over everything, a loop too.
        limit = 120 * seconds_of(_loop)
        assert takes_less(partial(reader, raw), than=limit), reader


def _loop() -> None:
    """16 ms on the machine where the limit was set, at rest: 120 of them are two seconds."""
    for _ in range(1_000_000):
        pass


@given(raw=st.binary(max_size=400))
def test_any_bytes_give_a_fact_or_a_refusal(raw: bytes) -> None:
    """No bytes whatsoever raise."""
    assert_known(raw)


_SNIPPETS = st.sampled_from(
    [
        b"Content-Type: multipart/mixed; boundary=b\n\n", b"--b\n", b"--b--\n", b"\n", b"\r", b"\0",
        b"Content-Type: text/html; charset=zip\n", b"Content-Type: message/delivery-status\n\n",
        b"Content-Transfer-Encoding: base64\n\n", b"Content-Transfer-Encoding: quoted-printable\n",
        b"-----BEGIN PGP MESSAGE-----\n", b"-----END PGP MESSAGE-----", b"=?utf-8?b?A?=", b"=",
        b"Subject: ", b"Date: ", b"From: ", b"Mon, 31 Dec 9999 23:59:59 -0100\n", b"9999999999",
        b"<", b"</", b"blockquote>", b"<!--", b"&#xD800;", b"Action: failed\n", b"Status: 5.1.1\n",
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n", b"\xff", b"\xc3\xab", b">",
        b"Content-Disposition: attachment; filename=GpgOL_MIME_structure.txt\n", b"; name*0*=a'b'%",
        b"Content-Type: multipart/signed; protocol=application/pgp-signature; boundary=b\n\n",
        b"Content-Type: application/pgp-signature\n\n", b"From: <a@b>, (\"", b"winmail.dat",
        b"Content-Type: application/octet-stream\n\n", b"; format=flowed", b"\xed\xa0\x80",
    ]
)  # fmt: skip


@given(pieces=st.lists(_SNIPPETS, max_size=25))
def test_any_heap_of_mail_pieces_gives_a_fact_or_a_refusal(pieces: list[bytes]) -> None:
    """The same, for bytes that come further into the readers."""
    raw = b"".join(pieces)
    assert_known(raw)


@given(
    name=st.sampled_from(sorted(SHAPES)),
    edits=st.lists(st.tuples(st.integers(0, 2_000), st.binary(max_size=3)), max_size=5),
)
def test_any_change_of_a_real_mail_gives_a_fact_or_a_refusal(
    name: str, edits: list[tuple[int, bytes]]
) -> None:
    """The same, for real mails with bytes replaced."""
    raw = bytearray(SHAPES[name])
    for position, replacement in edits:
        at = position % len(raw)
        raw[at : at + 2] = replacement
    assert_known(bytes(raw))
