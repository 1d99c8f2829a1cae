"""`broker rules`: what the broker keeps, by what, and shown by which tests."""

from __future__ import annotations

import json

from tests.commands.conftest import type_in
from tests.fixtures.pages import ROOT


def test_every_rule_is_told_with_its_code_and_tests() -> None:
    """Exit code 0; within the width of a terminal, but for a name that is longer by itself."""
    shown = type_in("rules")
    assert shown.exit_code == 0
    for word in ("PR-7.3", "broker.domain.convenant: ", "tests/convenant/test_melding.py: "):
        assert word in shown.output
    for line in shown.output.splitlines():
        assert len(line) <= 100 or max(map(len, line.split())) > 70, line


def test_a_script_gets_the_same_as_json() -> None:
    """A list with for each rule its id, text, code and tests; what is named is there."""
    told = json.loads(type_in("rules", "--json").stdout)
    assert all({"id", "text", "code", "tests"} <= set(rule) for rule in told)
    rule = next(rule for rule in told if rule["id"] == "PR-7.3")
    assert "broker.domain.voorwaarden:beide_gronden" in rule["code"]
    for rule in told:
        assert all(
            (ROOT / f"{c.split(':')[0].replace('.', '/')}.py").is_file() for c in rule["code"]
        )
        assert all((ROOT / test.split("::")[0]).is_file() for test in rule["tests"])
