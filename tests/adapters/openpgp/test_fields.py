"""Sealed fields and wrapped casus keys."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.openpgp.fields import (
    BLOCK,
    CasusKey,
    MasterKeys,
    MasterKeysUnreadable,
    NotSealedHere,
    canonical,
    new_master_key_line,
    pad,
    read_master_keys,
    unpad,
)
from broker.domain.partner import MedewerkerId
from broker.domain.verzoek import VAN_EEN_PARTNER, Antwoord, SoortHulp, Waarde
from broker.ports import FieldAddress
from broker.wire.opslag import antwoord_naar_bytes

ADDRESS = FieldAddress("verzoek", "antwoord", "ZNW-2026-00042/woonwenz", 1)
ADDRESSES = st.builds(
    FieldAddress,
    st.text(max_size=9),
    st.text(max_size=9),
    st.text(max_size=9),
    st.integers(0, 2**63),
)


@given(st.binary(max_size=500), ADDRESSES)
def test_what_is_sealed_comes_back(cleartext: bytes, address: FieldAddress) -> None:
    """Every cleartext at every address, never twice with the same ciphertext."""
    key = CasusKey.fresh()
    sealed = key.seal(cleartext, address)
    assert key.unseal(sealed, address) == cleartext
    assert key.seal(cleartext, address) != sealed


@given(st.binary(max_size=300), st.data())
def test_a_changed_byte_is_seen(cleartext: bytes, data: st.DataObject) -> None:
    """Any change of any byte, or a cut, and nothing comes out."""
    key = CasusKey.fresh()
    sealed = bytearray(key.seal(cleartext, ADDRESS))
    at = data.draw(st.integers(0, len(sealed) - 1))
    whole = bytes(sealed)
    sealed[at] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(sealed), whole[:at]):
        with pytest.raises(NotSealedHere):
            key.unseal(wrong, ADDRESS)


@given(ADDRESSES, ADDRESSES)
def test_no_two_addresses_are_encoded_alike(one: FieldAddress, other: FieldAddress) -> None:
    """`('ab', 'c')` and `('a', 'bc')` are two places."""
    assert (canonical(one) == canonical(other)) == (one == other)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(ADDRESS, table="casus"),
        replace(ADDRESS, column="melding"),
        replace(ADDRESS, row="ZNW-2026-00043/woonwenz"),
        replace(ADDRESS, version=2),
    ],
)
def test_a_field_opens_at_its_own_address_only(elsewhere: FieldAddress) -> None:
    """A field that was moved to another table, column, row or version does not open."""
    key = CasusKey.fresh()
    with pytest.raises(NotSealedHere):
        key.unseal(key.seal(b"bekend", ADDRESS), elsewhere)


def test_a_field_opens_with_its_own_key_only() -> None:
    """The key of another casus opens nothing."""
    with pytest.raises(NotSealedHere):
        CasusKey.fresh().unseal(CasusKey.fresh().seal(b"bekend", ADDRESS), ADDRESS)


@given(st.binary(max_size=200))
def test_padding_hides_the_length(cleartext: bytes) -> None:
    """Padded length is a whole number of blocks; 'bekend' and 'onbekend' weigh the same."""
    assert len(pad(cleartext)) % BLOCK == 0
    assert unpad(pad(cleartext)) == cleartext
    assert len(pad(b"bekend")) == len(pad(b"niet vast te stellen"))


@given(st.binary(max_size=100))
def test_any_bytes_are_a_key_or_refused(wrapped: bytes) -> None:
    """Garbage where a wrapped key is expected is refused, never more."""
    with pytest.raises(NotSealedHere):
        MasterKeys({1: bytes(32)}).unwrap(wrapped)


def test_the_newest_master_key_wraps_and_the_old_one_unwraps() -> None:
    """A second master key is added without touching what the first one wrapped."""
    first = new_master_key_line(1)
    old = read_master_keys(first)
    both = read_master_keys(f"# two\n{first}{new_master_key_line(2)}")
    second = read_master_keys(new_master_key_line(2))
    key = CasusKey.fresh()
    wrapped = key.wrapped(old)
    sealed = key.seal(b"bekend", ADDRESS)
    assert both.unwrap(wrapped).unseal(sealed, ADDRESS) == b"bekend"
    rewrapped = both.unwrap(wrapped).wrapped(both)
    assert both.unwrap(rewrapped).unseal(sealed, ADDRESS) == b"bekend"
    for keys, what in ((old, rewrapped), (second, wrapped), (second, rewrapped)):
        with pytest.raises(NotSealedHere):
            keys.unwrap(what)


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_a_blind_index_tells_equality_and_no_more(word: bytes, other: bytes) -> None:
    """Equal for equal words under one master key; of one length, whatever the word."""
    keys = MasterKeys({1: bytes(32)})
    assert (keys.blind(word) == keys.blind(other)) is (word == other)
    assert {len(index) for index in (*keys.blind(word), *keys.blind(other))} == {20}


def test_a_blind_index_is_found_again_after_a_turnover() -> None:
    """The newest master key makes the first; what an older one made is among the others."""
    one, two = bytes(32), bytes([2]) * 32
    old, new = MasterKeys({1: one}), MasterKeys({1: one, 7: two})
    (kept,) = old.blind(b"jansen")
    assert new.blind(b"jansen") == (MasterKeys({7: two}).blind(b"jansen")[0], kept)
    assert kept.startswith(b"\0\0\0\1")


def test_a_blind_index_has_a_key_of_its_own() -> None:
    """Nobody makes it with the master key itself: RFC 5869 and RFC 2104, worked out by hand."""
    master = bytes(range(32))
    extracted = hmac.digest(bytes(32), master, "sha256")
    key = hmac.digest(extracted, b"verrijkingsbroker/blind-index/1\x01", "sha256")
    (index,) = MasterKeys({3: master}).blind(b"jansen")
    assert index == b"\0\0\0\3" + hmac.digest(key, b"jansen", "sha256")[:16]


@pytest.mark.parametrize(
    "text", ["", "# none\n", "1 c2hvcnQ=\n", "x " + "A" * 44, "1 !!!\n", "0 " + "A" * 43 + "="]
)
def test_a_wrong_file_is_refused_without_its_content(text: str) -> None:
    """The error names a line, never what is on it."""
    with pytest.raises(MasterKeysUnreadable) as caught:
        read_master_keys(text)
    assert "A" * 8 not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_two_keys_of_one_version_are_refused() -> None:
    """Which one wrapped would be a guess."""
    with pytest.raises(MasterKeysUnreadable):
        read_master_keys(new_master_key_line(1) * 2)


@pytest.mark.parametrize("waarde", sorted(VAN_EEN_PARTNER))
def test_every_answer_is_sealed_to_one_length(waarde: Waarde) -> None:
    """Who holds the database cannot tell 'bekend' from 'onbekend' by the length of the field."""
    who = MedewerkerId("w.van-der-linden-met-een-lange-naam")
    moment = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    bare = Antwoord(waarde, moment, who)
    helped = Antwoord(
        waarde,
        moment,
        who,
        als_vervanger=True,
        hulpverlener="mevrouw A. de Wit-van Voorbeeld, Incluzio maatschappelijk werk",
        soort_hulp=SoortHulp.ZORG_OF_BEGELEIDING,
    )
    for answer in (bare, helped):
        assert len(pad(antwoord_naar_bytes(answer))) == BLOCK
