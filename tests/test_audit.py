"""The audit of the lock: what was not looked up is never called clean."""

import importlib.util
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

AUDIT = Path(__file__).resolve().parents[1] / ".ci" / "audit.py"

ADVISORY = {"id": "PYSEC-2030-1", "aliases": ["CVE-2030-1"], "fix_versions": ["2.0"]}
HASH = "--hash=sha256:" + "1" * 64

Service = Callable[[str, str], dict[str, Any]]


def knows_everything(name: str, version: str) -> dict[str, Any]:
    """A service with advisories against jinja2 2.10 and nothing else."""
    advisories = [ADVISORY] if (name, version) == ("jinja2", "2.10") else []
    return {"name": name, "version": version, "vulns": advisories}


@pytest.fixture
def audit() -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", AUDIT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "requirements.lock"
    path.write_text(
        f"Alpha_One==1.0 \\\n    {HASH}\nbeta==1.5 ; sys_platform == 'x' \\\n    {HASH}\n"
    )
    return path


@pytest.fixture
def run(
    audit: ModuleType,
    lock: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[[Service | None], tuple[int, str]]:
    """Audit the lock against a service (None: one that is not there)."""

    def pip_audit(*arguments: str) -> subprocess.CompletedProcess[str]:
        if "--dry-run" in arguments:
            return subprocess.CompletedProcess(arguments, 0, "", "")
        if service is None:
            return subprocess.CompletedProcess(arguments, 1, "", "Traceback\nno route to host")
        requirements = Path(arguments[arguments.index("--requirement") + 1]).read_text()
        found = [
            service(name.lower(), version) for name, version in audit.PIN.findall(requirements)
        ]
        output = Path(arguments[arguments.index("--output") + 1])
        output.write_text(json.dumps({"dependencies": found}))
        vulnerable = any(dependency.get("vulns") for dependency in found)
        return subprocess.CompletedProcess(arguments, int(vulnerable), "", "")

    service: Service | None = None

    def run_against(against: Service | None) -> tuple[int, str]:
        nonlocal service
        service = against
        exit_code = audit.main([str(lock)])
        return exit_code, capsys.readouterr().out

    monkeypatch.delenv("AUDIT", raising=False)
    monkeypatch.setattr(audit, "pip_audit", pip_audit)
    return run_against


Run = Callable[[Service | None], tuple[int, str]]


def test_says_clean_when_everything_was_looked_up(run: Run) -> None:
    """The one case in which the word is used."""
    exit_code, output = run(knows_everything)
    assert exit_code == 0
    assert "clean: all 2 packages" in output


def test_fails_on_a_vulnerability(run: Run) -> None:
    """A known vulnerability is named, with the release that mends it, and fails the check."""
    exit_code, output = run(
        lambda name, version: {**knows_everything(name, version), "vulns": [ADVISORY]}
    )
    assert exit_code == 1
    assert "alpha-one==1.0 is vulnerable: PYSEC-2030-1, CVE-2030-1. Fixed in: 2.0." in output
    assert "clean" not in output


def test_names_what_was_passed_over(run: Run) -> None:
    """A package that the service does not know is listed, and not called clean."""

    def knows_not_beta(name: str, version: str) -> dict[str, Any]:
        if name == "beta":
            return {"name": name, "skip_reason": "not found"}
        return knows_everything(name, version)

    exit_code, output = run(knows_not_beta)
    assert exit_code == 0
    assert "NOT AUDITED: 1 of the 2" in output
    assert "beta==1.5" in output
    assert "alpha-one" not in output
    assert "clean" not in output


def test_a_service_without_advisories_is_not_believed(run: Run) -> None:
    """A mirror that answers 'nothing known' to everything knows nothing."""
    exit_code, output = run(lambda name, version: {"name": name, "version": version, "vulns": []})
    assert exit_code == 0
    assert "NOT AUDITED: 2 of the 2" in output
    assert "knows nothing against jinja2==2.10" in output
    assert "clean" not in output


def test_a_vulnerability_counts_even_if_the_service_is_not_believed(run: Run) -> None:
    """Bad news is news, whoever brings it."""
    exit_code, output = run(
        lambda name, version: {
            "name": name,
            "version": version,
            "vulns": [ADVISORY] if name == "beta" else [],
        }
    )
    assert exit_code == 1
    assert "beta==1.5 is vulnerable" in output


def test_says_so_when_the_service_cannot_be_reached(run: Run) -> None:
    """No network is no failure, unless somebody demanded an audit."""
    exit_code, output = run(None)
    assert exit_code == 0
    assert "NOT AUDITED: 2 of the 2" in output
    assert "cannot be reached (no route to host)" in output
    assert "clean" not in output


@pytest.mark.parametrize("service", [None, lambda name, _: {"name": name, "skip_reason": "x"}])
def test_a_demanded_audit_fails_when_it_was_not_made(
    run: Run, monkeypatch: pytest.MonkeyPatch, service: Service | None
) -> None:
    """AUDIT=required turns 'not audited' into a failure."""
    monkeypatch.setenv("AUDIT", "required")
    exit_code, output = run(service)
    assert exit_code == 1
    assert "AUDIT=required" in output


def test_a_lock_that_cannot_be_read_is_wrong_use(audit: ModuleType, tmp_path: Path) -> None:
    """A fault of ours is not taken for a silent network."""
    assert audit.main([]) == 2
    assert audit.main([str(tmp_path / "missing.lock")]) == 2
    unhashed = tmp_path / "unhashed.lock"
    unhashed.write_text("alpha==1.0\n")
    assert audit.main([str(unhashed)]) == 2
