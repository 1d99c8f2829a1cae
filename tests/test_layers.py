"""What the layers below the adapters may import: an allow-list, so that nothing slips in."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = ("domain", "wire", "ports", "service")


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            # ruff refuses relative imports, so a module is always named.
            yield node.module or "."


@pytest.mark.parametrize("layer", LAYERS)
def test_below_the_adapters_is_only_the_standard_library(layer: str) -> None:
    """No library, known today or added tomorrow, and no adapter: the broker itself and Python."""
    files = sorted((ROOT / "broker" / layer).rglob("*.py"))
    assert files
    strange = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in files
        for name in _imported(file)
        if (top := name.partition(".")[0]) != "broker" and top not in sys.stdlib_module_names
    }
    assert strange == set()
