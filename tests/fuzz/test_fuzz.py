"""Each reader before a fuzzer that follows what it covers (`make soak`)."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parents[2]
SECONDS = int(os.environ.get("FUZZ_SECONDS", "600"))


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_reads_what_it_begins_from(name: str) -> None:
    """The seeds, the words, and nothing: each is a fact or a known refusal."""
    target = TARGETS[name]
    for data in (b"", *target.seeds, *(word.encode() for word in target.words)):
        target.read(data)


@pytest.mark.soak
@pytest.mark.skipif(find_spec("atheris") is None, reason="no atheris for this machine")
@pytest.mark.parametrize("name", TARGETS)
def test_a_fuzzer_finds_nothing(name: str, tmp_path: Path) -> None:
    """Ten minutes of coverage-guided fuzzing: a fact or one known refusal, nothing else."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", name, "--seconds", str(SECONDS)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    runs = re.search(r"stat::number_of_executed_units:\s+(\d+)", done.stderr)
    told = f"{name}: {runs[1] if runs else 'no'} runs in {SECONDS} s, exit code {done.returncode}"
    print(told)  # noqa: T201 - the measure
    assert done.returncode == 0, f"{told}\n{done.stderr[-4000:]}"
    assert runs is not None
    assert not [*tmp_path.glob("fuzz-*")]
