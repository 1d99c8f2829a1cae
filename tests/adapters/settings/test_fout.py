"""Every bad configuration in the folder `fout` gives exactly the faults written beside it.

A bad configuration is a list of edits to the shipped one (`wijziging.toml`); `verwacht.txt` holds
a sentence and a hint for each fault.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.settings.faults import Faults, render
from tests.adapters.settings.example import HERE, apply_changes, load_example, new_workspace

CASES = sorted((HERE / "fout").iterdir())


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_bad_configuration_gives_exactly_its_faults(case: Path, tmp_path: Path) -> None:
    """All faults at once, none besides, each with its place and a hint."""
    workspace = new_workspace(tmp_path)
    apply_changes(case, workspace)
    result = load_example(workspace.broker_file)
    assert isinstance(result, Faults)
    assert render(result.faults) == (case / "verwacht.txt").read_text(encoding="utf-8")
