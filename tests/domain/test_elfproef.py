"""Numbers that may be a burgerservicenummer."""

from __future__ import annotations

import pytest

from broker.domain.elfproef import bevat_burgerservicenummer

NUMMER = "111222333"
"""Passes the elfproef; nobody has it."""


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize(
    "tekst",
    [
        NUMMER,
        f"bsn {NUMMER}.",
        "111 222 333",
        "111.222.333",
        "1112-22-333",
        "nr:" + NUMMER.translate({ord(c): ord(c) + 0xFEE0 for c in "123"}),
    ],
)
def test_a_number_that_passes_is_found_however_it_is_written(tekst: str) -> None:
    """Alone or in a sentence, with spaces, dots or hyphens, in wide digits."""
    assert bevat_burgerservicenummer(tekst)


@pytest.mark.rule("UAVG-46")
@pytest.mark.parametrize(
    "tekst", ["111222334", "000000000", "1112223330", f"x{NUMMER}", "11122233", "5911 AB 12"]
)
def test_what_fails_or_is_a_part_of_something_longer_is_none(tekst: str) -> None:
    """A telephone number, a postcode or a kenmerk stops nobody."""
    assert not bevat_burgerservicenummer(tekst)
