"""The outside of a message, before any key is used."""

from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.openpgp.packets import (
    AED,
    MARKER,
    PKESK,
    SEIPD,
    SKESK,
    Container,
    Malformed,
    dearmor,
    frame,
    read_container,
    walk,
)
from broker.domain.partner import Vingerafdruk
from broker.ports import OpenReason, Unopened

US = Vingerafdruk("0123456789ABCDEF0123456789ABCDEF01234567")
FOR_US = frame(PKESK, b"\3" + bytes.fromhex(US[-16:]) + b"\x12rest")
FOR_OTHER = frame(PKESK, b"\3" + bytes(range(8)) + b"\x12rest")
HIDDEN = frame(PKESK, b"\3" + bytes(8) + b"\x12rest")
BODY = b"\1" + bytes(range(200)) * 3
INSIDE = frame(SEIPD, BODY)
TAGS = st.sampled_from([PKESK, SKESK, 2, 8, 9, MARKER, 11, SEIPD, AED, 21, 60])


def in_chunks(body: bytes) -> bytes:
    """The container with partial lengths of 512 bytes."""
    out = bytes((0xC0 | SEIPD,))
    while len(body) > 512:
        out, body = out + bytes((224 + 9,)) + body[:512], body[512:]
    return out + b"\xff" + len(body).to_bytes(4) + body


@given(st.binary(max_size=400))
def test_any_bytes_are_a_fact_or_a_refusal(data: bytes) -> None:
    """No input makes the parser raise anything."""
    for message in (data, b"\xc1" + data, FOR_US + data, FOR_US + b"\xd2" + data):
        assert isinstance(read_container(message, ours=[US]), Container | Unopened)


@given(st.lists(st.tuples(TAGS, st.binary(max_size=300)), max_size=6), st.integers(0, 900))
def test_any_packets_are_a_fact_or_a_refusal(packets: list[tuple[int, bytes]], cut: int) -> None:
    """Well-formed sequences, whole or cut, give a fact or a known refusal."""
    message = b"".join(frame(tag, body) for tag, body in packets)
    for part in (message, message[:cut], FOR_US + message, FOR_US + message[:cut]):
        assert isinstance(read_container(part, ours=[US]), Container | Unopened)
    assert [(p.tag, p.body) for p in walk(message) if p.tag != 9] == [
        (tag, body) for tag, body in packets if tag != 9
    ]


@given(st.binary(min_size=1, max_size=400))
def test_armor_brings_back_what_it_held(data: bytes) -> None:
    """Headers, white space and a checksum around it change nothing."""
    lines = base64.encodebytes(data).replace(b"\n", b"\r\n")
    armored = (
        b"\n-----BEGIN PGP MESSAGE-----\r\nVersion: x\r\n\r\n"
        + lines
        + b"=AAAA\r\n-----END PGP MESSAGE-----\r\n"
    )
    assert dearmor(armored) == data


@given(st.binary(max_size=300))
def test_any_armor_is_bytes_or_nothing(inside: bytes) -> None:
    """Nothing between the armor lines makes the parser raise."""
    armored = b"-----BEGIN PGP MESSAGE-----\n" + inside + b"\n-----END PGP MESSAGE-----"
    assert isinstance(dearmor(armored), bytes | None)


def test_the_seal_does_not_depend_on_framing_or_session_keys() -> None:
    """One container in other clothes has one seal: the SHA-256 of its body."""
    messages = [
        FOR_US + INSIDE,
        FOR_OTHER + FOR_US + in_chunks(BODY),
        frame(MARKER, b"PGP") + HIDDEN + FOR_US + frame(SKESK, b"x") + INSIDE,
    ]
    found = [read_container(message, ours=[US]) for message in messages]
    expected = Container(FOR_US + INSIDE, hashlib.sha256(BODY).digest(), hidden=False)
    assert found == [expected] * 3


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        (FOR_OTHER + INSIDE, OpenReason.NIET_VOOR_ONS),
        (INSIDE, OpenReason.NIET_VOOR_ONS),
        (FOR_US, OpenReason.BESCHADIGD),
        (FOR_US + INSIDE + b"\0", OpenReason.BESCHADIGD),
        (FOR_US + INSIDE + INSIDE, OpenReason.BESCHADIGD),
        (FOR_US + INSIDE[:-1], OpenReason.BESCHADIGD),
        (FOR_US + frame(SEIPD, b"\7" + BODY), OpenReason.BESCHADIGD),
        (FOR_US + frame(AED, BODY), OpenReason.BESCHADIGD),
        (FOR_US + frame(9, BODY), OpenReason.GEEN_INTEGRITEIT),
        (FOR_US + b"\xa7" + BODY, OpenReason.GEEN_INTEGRITEIT),
        (frame(11, b"b\0\0\0\0\0hallo"), OpenReason.GEEN_OPENPGP),
        (b"\xd2\xff\xff\xff\xff\xff", OpenReason.GEEN_OPENPGP),
        (FOR_US + b"\xd2\xff\xff\xff\xff\xff", OpenReason.BESCHADIGD),
        (FOR_US + b"\xd2" + b"\xe0x" * 5000, OpenReason.BESCHADIGD),
        (FOR_US + b"\xd2\xe9" + bytes(512) + b"\xe0x" * 9000, OpenReason.BESCHADIGD),
        (b"\x80", OpenReason.GEEN_OPENPGP),
    ],
)
def test_each_kind_of_refusal(message: bytes, reason: OpenReason) -> None:
    """Foreign, incomplete, continued and unprotected containers each have their code."""
    found = read_container(message, ours=[US])
    assert isinstance(found, Unopened)
    assert found.reason is reason


def test_many_session_keys_cost_little() -> None:
    """Of thousands of session keys for hidden recipients only a few are tried."""
    found = read_container(HIDDEN * 5000 + INSIDE, ours=[US])
    assert isinstance(found, Container)
    assert found.hidden
    assert found.message.count(HIDDEN) == 8


def test_lengths_beyond_the_end_are_malformed() -> None:
    """A packet that says that it is longer than what is there is no packet."""
    with pytest.raises(Malformed):
        list(walk(b"\xcb\x05abc"))
