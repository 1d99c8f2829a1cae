"""Media types and parameters, as RFC 2045 and RFC 2231 write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.wire.mime_parameters import (
    MAX_PARAMETERS,
    parse_content_type,
    parse_disposition,
    parse_parameters,
)


@pytest.mark.parametrize(
    ("value", "media_type", "parameters"),
    [
        ("", "text/plain", {}),
        ("text", "text/plain", {}),
        ("TEXT/Html (note); CharSet=UTF-8", "text/html", {"charset": "UTF-8"}),
        (r'text/plain; a="x\"; y" ; b=z; a=2', "text/plain", {"a": 'x"; y', "b": "z"}),
        ("text/plain; broken; c=d", "text/plain", {"c": "d"}),
    ],
)
def test_content_types_are_parsed_as_rfc_2045_says(
    value: str, media_type: str, parameters: dict[str, str]
) -> None:
    """What is missing or malformed is plain text; the first of equal parameters counts."""
    assert parse_content_type(value) == (media_type, parameters)


@pytest.mark.parametrize(
    ("value", "parameters"),
    [
        ("a; name*=utf-8'nl'caf%C3%A9.txt", {"name": "café.txt"}),
        ("a; name*=iso-8859-15''%A4", {"name": "€"}),
        ("a; name*=%41", {"name": "A"}),
        ('a; boundary*0="een-"; boundary*1=twee', {"boundary": "een-twee"}),
        ("a; n*0*=utf-8''%C3; n*1*=%AB; n*2=' '", {"n": "ë'"}),
        ("a; n*1=twee; n*0=een", {"n": "eentwee"}),
        ("a; n*1=twee", {"n": ""}),
        ("a; n=gewoon; n*=utf-8''anders", {"n": "gewoon"}),
        ("a; n*=utf-8''heel; n*0=stuk", {"n": "heel"}),
        ("a; n*=nonsens''%FF", {"n": "ÿ"}),
    ],
)
def test_encoded_and_broken_up_parameters_are_whole_again(
    value: str, parameters: dict[str, str]
) -> None:
    """RFC 2231; the plain form goes first, and what is missing is not guessed."""
    assert parse_parameters(value) == parameters


def test_a_disposition_has_parameters_too() -> None:
    """RFC 2183."""
    assert parse_disposition("Attachment (x); filename=a.txt") == (
        "attachment",
        {"filename": "a.txt"},
    )


def test_only_so_much_is_looked_at() -> None:
    """What comes behind the limit does not count."""
    assert parse_parameters("a;" + " " * MAX_PARAMETERS + "; b=c") == {}


@given(value=st.text(alphabet="ab;=*0123'%\"\\ ", max_size=120))
def test_any_value_has_parameters_or_none(value: str) -> None:
    """Nothing raises, and no name with a star comes out."""
    assert not any("*" in name for name in parse_parameters(value))
    assert parse_content_type(value)[0]
