"""A certificate authority, a server with memory, and the line on which counts are printed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.adapters.smtp.certificates import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """One authority that the tests trust."""
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def foreign(tmp_path: Path) -> Authority:
    """Another authority, that nobody trusts."""
    return Authority(tmp_path, name="Vreemde CA")


@pytest.fixture
def say_count(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Print one line of a measurement, whatever pytest does with output."""

    def say(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}\n")

    return say
