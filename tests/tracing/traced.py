"""The rules with their code and tests, as the sources are now, and the files that tell it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from broker.rules import Trace, read_rules
from tests.tracing.code import DOMAIN, OUTSIDE, find_code
from tests.tracing.marks import find_marked
from tests.tracing.page import page

ROOT = Path(__file__).resolve().parents[2]


def trace(root: Path) -> dict[str, Trace]:
    """What keeps and what proves each rule of the table."""
    now, later = find_code(root), find_code(root, (*DOMAIN, *OUTSIDE))
    tests = find_marked(root)
    return {
        rule.id: Trace(
            tuple((later if rule.later else now).get(rule.id, ())), tuple(tests.get(rule.id, ()))
        )
        for rule in read_rules()
    }


def written(root: Path) -> Mapping[Path, str]:
    """The files that `make rules` writes, as they must be now."""
    traces = trace(root)
    data = {id: {"code": found.code, "tests": found.tests} for id, found in traces.items()}
    return {
        root / "broker/rules/traced.json": json.dumps(data, indent=1) + "\n",
        root / "docs/rules.md": page(read_rules(), traces),
    }
