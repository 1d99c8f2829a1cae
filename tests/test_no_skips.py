"""With CI=true a skipped test is a failed test, with and without pytest-xdist."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.no_skips import skips_are_failures

ROOT = Path(__file__).resolve().parents[1]

SUITE = """
import pytest

def test_passes(): pass

@pytest.mark.skip(reason="marked")
def test_marked(): pass

@pytest.mark.skipif(True, reason="conditional")
def test_conditional(): pass

def test_inside(): pytest.skip("inside")

@pytest.fixture
def absent(): pytest.skip("fixture")

def test_fixture(absent): pass

@pytest.mark.xfail(reason="expected")
def test_expected_failure(): assert False
"""


@pytest.fixture
def suite(tmp_path: Path) -> Path:
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    (tmp_path / "test_suite.py").write_text(SUITE)
    (tmp_path / "test_module.py").write_text(
        'import pytest\npytest.importorskip("no_such_module")\n'
    )
    return tmp_path


def run_pytest(suite: Path, *arguments: str, ci: str | None) -> tuple[int, str]:
    environment = {k: v for k, v in os.environ.items() if k != "CI" and not k.startswith("PYTEST")}
    environment["PYTHONPATH"] = str(ROOT)
    if ci is not None:
        environment["CI"] = ci
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.plugins.no_skips",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run(
        [*command, *arguments, "-rA", str(suite)],
        env=environment,
        cwd=suite,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize("workers", [["-p", "no:xdist"], ["--numprocesses=2"]])
def test_a_skip_fails_in_ci(suite: Path, workers: list[str]) -> None:
    """Every way to skip fails by name and with its reason; an expected failure does not."""
    exit_code, output = run_pytest(suite, *workers, "--continue-on-collection-errors", ci="true")
    assert exit_code == 1
    for reason in ["marked", "conditional", "inside", "fixture", "no_such_module"]:
        assert any(
            "nothing may be skipped" in line and reason in line for line in output.splitlines()
        ), f"{reason}\n{output}"
    assert "skipped" not in output.splitlines()[-1]
    assert "1 xfailed" in output.splitlines()[-1]


def test_a_skip_is_a_skip_elsewhere(suite: Path) -> None:
    """A newcomer without GnuPG sees what was skipped, and passes."""
    exit_code, output = run_pytest(suite, ci=None)
    assert exit_code == 0
    assert "5 skipped" in output.splitlines()[-1]


@pytest.mark.parametrize(
    ("ci", "strict"), [("true", True), ("1", True), ("", False), ("false", False)]
)
def test_what_counts_as_ci(monkeypatch: pytest.MonkeyPatch, ci: str, strict: bool) -> None:
    """CI=false is not CI."""
    monkeypatch.setenv("CI", ci)
    assert skips_are_failures() is strict
