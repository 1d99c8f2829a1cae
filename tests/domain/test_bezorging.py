"""When a mail may leave: over a way that is safe, or not at all."""

from __future__ import annotations

from itertools import product

import pytest

from broker.domain.bezorging import Weg, mag_vertrekken


@pytest.mark.rule("NTA-1")
@pytest.mark.parametrize(
    ("hier", "versleuteld", "gecontroleerd"), list(product([True, False], repeat=3))
)
def test_a_mail_leaves_this_machine_only_over_checked_tls(
    hier: bool, versleuteld: bool, gecontroleerd: bool
) -> None:
    """One of the two is nothing: what is encrypted to the wrong server is read there."""
    mag = mag_vertrekken(Weg(hier, versleuteld, gecontroleerd))
    assert mag is (hier or (versleuteld and gecontroleerd))
