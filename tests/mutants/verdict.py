"""A plugin for the run of one mutant: stop at the first test that fails, and say what it was.

Loaded with `-p tests.mutants.verdict`; the file that the environment names gets one line of JSON.
An error in a fixture, an import or the collection is no verdict: that proves nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis.errors import DeadlineExceeded, FailedHealthCheck

import broker

VERDICT = "MUTANT_VERDICT"
PROVES_NOTHING = (ImportError, NameError, SyntaxError, FailedHealthCheck, DeadlineExceeded)
"""What a mutant raises that is no program any more, and what a busy machine does to a test."""


def pytest_sessionstart() -> None:
    """Say whose code is tested, before anything is."""
    _write(imported=broker.__file__)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note the first test that fails while it runs."""
    report = yield
    proof = call.excinfo is not None and not isinstance(call.excinfo.value, PROVES_NOTHING)
    if report.when == "call" and report.failed and proof:
        _write(imported=broker.__file__, killer=item.nodeid)
        item.session.shouldfail = "the mutant is killed"
    return report


def _write(**said: str | None) -> None:
    Path(os.environ[VERDICT]).write_text(json.dumps(said), encoding="utf-8")
