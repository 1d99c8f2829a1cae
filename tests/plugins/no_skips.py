"""With CI=true a skipped test is a failed test.

On somebody's own machine a test may be skipped because GnuPG or mutt is not
there. Where the outcome decides, a skip is a promise that nobody measured, so
it fails by its own name. This happens in the process that runs the test, so it
holds with and without pytest-xdist. An expected failure (xfail) is no skip.
"""

import os
from collections.abc import Generator

import pytest


def skips_are_failures() -> bool:
    """Say whether this run may skip nothing."""
    return os.environ.get("CI", "").lower() in {"1", "true"}


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a test that was skipped into one that failed."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and skips_are_failures():
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a module that was skipped whole into one that failed."""
    report = yield
    if report.skipped and skips_are_failures():
        _fail(report)
    return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longreprtext
    report.outcome = "failed"
    report.longrepr = f"{report.nodeid}: with CI=true nothing may be skipped. {reason}"
