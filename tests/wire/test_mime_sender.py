"""Whether a From names one person, whatever it is made of."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.mime_entity import Unreadable, split_headers
from broker.wire.mime_in import Content, read_content
from broker.wire.mime_sender import MAX_FROM, SenderReason, sender_fault

TWO = SenderReason.DUBBELE_AFZENDER
MANY = SenderReason.MEER_AFZENDERS
OTHER = SenderReason.MISLEIDENDE_AFZENDER


def _fault(*values: str) -> SenderReason | None:
    split = split_headers("".join(f"From: {value}\r\n" for value in values).encode() + b"\r\n")
    assert not isinstance(split, Unreadable)
    return sender_fault(split[0])


@pytest.mark.parametrize(
    "value",
    [
        "jan@wonen.example",
        "<jan@wonen.example>",
        "Jan Peeters <jan@wonen.example>",
        '"Peeters, Jan (Wonen)" <jan@wonen.example>',
        "Peeters, Jan <jan@wonen.example>",
        "=?utf-8?Q?Jan_Pe=C3=ABters?= <jan@wonen.example>",
        "jan@wonen.example (Jan Peeters)",
        '"jan@wonen.example" <Jan@Wonen.example>',
        "Jan @ Wonen <jan@wonen.example>",
        "Jan (toch (echt)) <jan@wonen.example>",
        "Jan <@hop.example:jan@wonen.example>",
        "jan@wonen.example,",
        "Jan",
        "<>",
        "",
    ],
)
def test_one_sender_is_no_fault(value: str) -> None:
    """As programs write it; a From without an address says nothing, and does no harm."""
    assert _fault(value) is None


def test_a_mail_without_a_from_has_no_fault() -> None:
    """The signature says who speaks."""
    assert _fault() is None


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (("jan@wonen.example", "jan@wonen.example"), TWO),
        (("jan@wonen.example, piet@zorg.example",), MANY),
        (("Jan <jan@wonen.example>, Piet <piet@zorg.example>",), MANY),
        (("Jan <jan@wonen.example> <piet@zorg.example>",), MANY),
        (("<jan@wonen.example piet@zorg.example>",), MANY),
        (("samen: jan@wonen.example; piet@zorg.example",), MANY),
        (('"piet@zorg.example" <jan@wonen.example>',), OTHER),
        (("piet@zorg.example <jan@wonen.example>",), OTHER),
        (("Piet, piet@zorg.example <jan@wonen.example>",), OTHER),
        (("jan@wonen.example (piet@zorg.example)",), OTHER),
        (("((piet@zorg.example)) jan@wonen.example)",), OTHER),
        (("=?utf-8?q?piet=40zorg.example?= <jan@wonen.example>",), OTHER),
        (("=?utf-8?b?cGlldEB6b3JnLmV4YW1wbGU=?=",), OTHER),
        (("piet\uff20zorg.example <jan@wonen.example>",), OTHER),
        (("piet\u200b@zorg.example <jan@wonen.example>",), OTHER),
        ((r'"\"piet@zorg.example" <jan@wonen.example>',), OTHER),
        (('"piet@zorg.example <jan@wonen.example>',), OTHER),
        (("J" * (MAX_FROM + 1),), OTHER),
    ],
)
def test_a_from_that_names_two_or_another_is_told(
    values: tuple[str, ...], reason: SenderReason
) -> None:
    """Doubled, several, or a name that shows another address, however it is written."""
    assert _fault(*values) is reason


def test_the_from_inside_is_judged_as_the_one_outside() -> None:
    """Protected headers are what a mail program shows."""
    inside = (
        "Content-Type: text/plain\nFrom: jan@wonen.example\nFrom: piet@zorg.example\n\nOnbekend\n"
    )
    content = read_content(inside.encode())
    assert isinstance(content, Content)
    assert content.sender is TWO


@given(value=st.text(alphabet="ab@.,;:<>()\"\\ =?q'\uff20", max_size=80))
def test_any_from_is_a_fault_or_none(value: str) -> None:
    """Nothing raises."""
    assert _fault(value) in (None, *SenderReason)


@pytest.mark.parametrize("sign", ["(", "<", '"', '\\"', "a@b,", "=?utf-8?q?", "@", ")", '"@'])
def test_the_longest_from_is_read_at_once(sign: str) -> None:
    """The time that it takes follows its length."""
    start = time.process_time()
    _fault((sign * MAX_FROM)[:MAX_FROM])
    assert time.process_time() - start < 1
