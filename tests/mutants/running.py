"""One mutant: a copy of the tree, broken, under the tests of its rule."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.table import Mutant
from tests.mutants.verdict import VERDICT

COPIED = ("broker", "adapters", "config", "tests", "docs", ".ci")
LONGEST = 300
"""Seconds for one mutant; more is a mutant that hangs, and a test that does not notice it."""

SLOW = ("tests/adapters/", "tests/commands/", "tests/bench/", "tests/test_")
FAST_FIRST = ("tests/domain/", "tests/convenant/", "tests/wire/", "tests/service/")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a mutant: the test that killed it, or None, and the end of what was said."""

    mutant: Mutant
    killer: str | None
    seconds: float
    said: str = ""


def in_order(tests: Sequence[str]) -> list[str]:
    """The fastest first; what starts whole brokers only where there is nothing else."""

    def speed(test: str) -> int:
        places = (*FAST_FIRST, *SLOW)
        return next((n for n, place in enumerate(places) if test.startswith(place)), len(places))

    light = [test for test in tests if not test.startswith("tests/e2e/")]
    return sorted(light or tests, key=speed)


def copy_tree(root: Path, to: Path) -> None:
    """What the tests need of the sources, with what was compiled of them."""
    ignore = shutil.ignore_patterns("*-pytest-*.pyc", ".hypothesis", ".pytest_cache")
    for name in COPIED:
        shutil.copytree(root / name, to / name, ignore=ignore)
    for path in root.iterdir():
        if path.is_file() and not path.name.startswith("."):
            shutil.copy2(path, to / path.name)


def run_mutant(root: Path, mutant: Mutant, tests: Sequence[str]) -> Outcome:
    """Break a copy of the tree and run these tests in it.

    Raises ValueError when the text to replace is not there, and RuntimeError when something else
    than the copy was tested.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutant-") as name:
        tree = Path(name).resolve() / "tree"
        copy_tree(root, tree)
        broken = tree / mutant.file
        broken.write_text(mutant.applied_to(broken.read_text(encoding="utf-8")), encoding="utf-8")
        for stale in broken.parent.glob(f"__pycache__/{broken.stem}.*.pyc"):
            stale.unlink()
        verdict = tree.parent / "verdict.json"
        said = _run_tests(tree, verdict, in_order(tests))
        told = json.loads(verdict.read_text(encoding="utf-8")) if verdict.exists() else {}
        imported = told.get("imported")
        if imported is not None and not Path(imported).is_relative_to(tree):
            raise RuntimeError(f"{imported} was tested, not the copy")
    return Outcome(mutant, told.get("killer"), time.monotonic() - began, said)


def _run_tests(tree: Path, verdict: Path, tests: Sequence[str]) -> str:
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]
    command += [
        "-p",
        "no:xdist",
        "-p",
        "tests.mutants.verdict",
        "--timeout=60",
        "--tb=line",
        # Two long lists that differ take minutes to explain.
        "--assert=plain",
        *tests,
    ]
    environment = os.environ | {
        "PYTHONPATH": str(tree),
        "HYPOTHESIS_STORAGE_DIRECTORY": str(tree.parent / "hypothesis"),
        VERDICT: str(verdict),
    }
    try:
        done = subprocess.run(
            command,
            cwd=tree,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"took more than {LONGEST} seconds"
    return re.sub(r"\s+", " ", done.stdout[-300:] + done.stderr[-300:])
