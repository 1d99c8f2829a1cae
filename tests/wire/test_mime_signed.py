"""The signed part of a multipart/signed, exact to the byte."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.mime_signed import Signed, holds_signature, read_signed
from tests.wire.mail_shapes import multipart, signed, text

PART = "Content-Type: text/plain; charset=utf-8\n\nOnbekend  \n-- \nJan\n"
ARMOR = "-----BEGIN PGP SIGNATURE-----\n\nAAAA\n-----END PGP SIGNATURE-----\n"
SIGNATURE = f"Content-Type: application/pgp-signature\n\n{ARMOR}"
PROTOCOL = '; protocol="application/pgp-signature"'


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_signed_bytes_are_the_first_part_with_crlf(newline: str) -> None:
    """Spaces at the end of a line stay; the line end before the boundary is not signed."""
    found = read_signed(signed(PART, ARMOR).replace("\n", newline).encode())
    assert found is not None
    assert found.content == PART.replace("\n", "\r\n").encode()
    assert found.signature.replace(b"\r\n", b"\n") == ARMOR.encode()


def test_what_nobody_sees_is_passed_over() -> None:
    """Before the first boundary and behind the last stands nothing that a reader sees."""
    entity = signed(PART, ARMOR).replace("\n\n--", "\n\nvoor\n--", 1) + "achter\n"
    found = read_signed(entity.encode())
    assert found is not None
    assert b"voor" not in found.content
    assert b"achter" not in found.content + found.signature


def test_a_signature_may_have_a_transfer_encoding() -> None:
    """Gateways encode what they do not know."""
    encoded = (
        "Content-Type: application/pgp-signature\nContent-Transfer-Encoding: base64\n\n"
        + base64.encodebytes(ARMOR.encode()).decode()
    )
    found = read_signed(multipart("signed", PART, encoded, parameters=PROTOCOL).encode())
    assert found is not None
    assert found.signature == ARMOR.encode()


@pytest.mark.parametrize(
    "entity",
    [
        PART,
        multipart("mixed", PART, SIGNATURE, parameters=PROTOCOL),
        multipart("signed", PART, SIGNATURE),
        multipart("signed", PART, SIGNATURE, parameters="; protocol=application/pkcs7-signature"),
        multipart("signed", PART, parameters=PROTOCOL),
        multipart("signed", PART, SIGNATURE, text("erbij"), parameters=PROTOCOL),
        multipart("signed", SIGNATURE, PART, parameters=PROTOCOL),
        multipart("signed", PART.replace("bek", "b\rek"), SIGNATURE, parameters=PROTOCOL),
        multipart(
            "signed",
            PART,
            "Content-Transfer-Encoding: x\n" + SIGNATURE,
            parameters=PROTOCOL,
        ),
        multipart("signed", PART, "Content-Type: a/b\n" + SIGNATURE, parameters=PROTOCOL),
        "Content-Type: text/html\n" + signed(PART, ARMOR),
        "geen kop\n" + signed(PART, ARMOR),
        signed(PART, ARMOR).replace('boundary="buiten"', 'boundary=""'),
        "X: " + "y" * 300_000 + "\n" + signed(PART, ARMOR),
    ],
)
def test_anything_else_is_no_signed_whole(entity: str) -> None:
    """Another protocol, more parts, another order, or bytes that can be read in two ways."""
    assert read_signed(entity.encode()) is None


@pytest.mark.parametrize(
    ("entity", "holds"),
    [
        (signed(PART, ARMOR), True),
        (multipart("mixed", signed(PART, ARMOR), text("erbij"), boundary="om"), True),
        (text("Onbekend"), False),
        ("Content-Type: multipart/mixed\n\n", False),
    ],
)
def test_a_signature_somewhere_is_told(entity: str, holds: bool) -> None:
    """Whatever it is over."""
    assert holds_signature(entity.encode()) is holds


@given(raw=st.binary(max_size=300), cut=st.integers(0, 400))
def test_any_bytes_are_a_signed_part_or_none(raw: bytes, cut: int) -> None:
    """Nothing raises, whole or cut; what comes out has line ends of one sort."""
    entity = signed(PART, ARMOR).encode()
    for one in (raw, entity[:cut], entity[:cut] + raw, entity.replace(b"Onbekend", raw)):
        found = read_signed(one)
        assert found is None or isinstance(found, Signed)
        assert found is None or b"\r" not in found.content.replace(b"\r\n", b"")
        holds_signature(one)
