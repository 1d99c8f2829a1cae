"""The table of mutants is whole, and the machine that runs them tells the truth."""

from __future__ import annotations

from collections import Counter

import pytest

from broker.rules import read_rules
from tests.mutants.running import in_order, run_mutant
from tests.mutants.table import Mutant, read_table
from tests.tracing.traced import ROOT, trace

TABLE = read_table()
TRACES = trace(ROOT)
NOW = [rule.id for rule in read_rules() if not rule.later]


@pytest.mark.parametrize("mutant", TABLE, ids=lambda m: f"{m.rule}: {m.why}")
def test_a_mutant_breaks_one_place_and_is_a_program(mutant: Mutant) -> None:
    """What it replaces stands there once, in code that the rule names, and it compiles."""
    assert mutant.rule in TRACES
    assert mutant.old != mutant.new
    path = ROOT / mutant.file
    compile(mutant.applied_to(path.read_text(encoding="utf-8")), str(path), "exec")


def test_no_break_stands_in_the_table_twice() -> None:
    """What breaks two rules at once says less about each than a break of its own."""
    breaks = Counter((mutant.file, mutant.old.strip(), mutant.new.strip()) for mutant in TABLE)
    assert [change for change, times in breaks.items() if times > 1] == []


@pytest.mark.parametrize("id", NOW)
def test_every_rule_has_a_mutant(id: str) -> None:
    """A mark on a test proves something only if the test can fail."""
    assert any(mutant.rule == id for mutant in TABLE)


def probe(test: str, *, old: str, new: str) -> Mutant:
    """A mutant of the rules themselves, small enough to try."""
    return Mutant(rule="D-7", file="broker/domain/termijn.py", old=old, new=new, why=test)


def test_the_copy_is_what_is_tested_and_a_broken_rule_is_noticed() -> None:
    """The same tests: one fails on broken code, none on code that does the same as before."""
    tests = [test for test in TRACES["D-7"].tests if test.startswith("tests/domain/")]
    old = "dag.weekday() < 5"
    assert run_mutant(ROOT, probe("Saturday", old=old, new="dag.weekday() < 6"), tests).killer
    survivor = run_mutant(ROOT, probe("the same", old=old, new="dag.weekday() <= 4"), tests)
    assert survivor.killer is None
    assert "passed" in survivor.said


def test_what_cannot_be_imported_proves_nothing() -> None:
    """A mutant that is no program any more is not killed by that."""
    tests = [test for test in TRACES["D-7"].tests if test.startswith("tests/domain/")]
    for new in ("import nothing_like_it\n", "nothing_like_it\n"):
        broken = probe("no program", old="from __future__ import annotations\n", new=new)
        assert run_mutant(ROOT, broken, tests).killer is None


def test_a_text_that_is_not_there_once_is_a_fault() -> None:
    """A table that lags behind the code is noticed."""
    for old in ("dag", "nothing like it"):
        with pytest.raises(ValueError, match="times in"):
            run_mutant(ROOT, probe("unclear", old=old, new=""), [])


def test_whole_brokers_start_only_when_nothing_else_proves_it() -> None:
    """The fast tests first, so that a mutant lives seconds."""
    tests = ["tests/e2e/a.py::x", "tests/adapters/b.py::y", "tests/domain/c.py::z"]
    assert in_order(tests) == ["tests/domain/c.py::z", "tests/adapters/b.py::y"]
    assert in_order(tests[:1]) == tests[:1]
