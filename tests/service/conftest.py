"""What the tests of the use cases start from."""

from __future__ import annotations

import pytest

from tests.fixtures.echt import echt
from tests.fixtures.verhaal import Verhaal, maak_verhaal

__all__ = ["echt", "verhaal"]


@pytest.fixture
def verhaal() -> Verhaal:
    """A network at work, in memory."""
    return maak_verhaal()
