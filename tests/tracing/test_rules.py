"""Every rule that the broker keeps has code that decides it and tests that prove it."""

from __future__ import annotations

import ast
from pathlib import Path
from textwrap import dedent

import pytest

from broker.rules import Trace, read_rules, read_traces
from tests.tracing.code import docstrings, find_code, ids_named
from tests.tracing.marks import find_marked, marked_tests
from tests.tracing.traced import ROOT, trace, written

RULES = {rule.id: rule for rule in read_rules()}
TRACES = trace(ROOT)


@pytest.mark.parametrize("id", RULES)
def test_a_rule_has_code_and_tests(id: str) -> None:
    """A function says that it decides it, and a marked test shows it; nothing is told of a rule
    that is not kept yet. In broker/domain, but where more of the rule is to come."""
    assert TRACES[id].code, f"no docstring names {id} where it may be decided"
    assert RULES[id].later or all(place.startswith("broker.domain.") for place in TRACES[id].code)
    assert TRACES[id].tests, f"no test carries the mark of {id}"


def test_every_id_in_the_code_and_on_a_test_is_a_rule() -> None:
    """A typing error in an id would leave its rule without proof."""
    assert {id for _, id in ids_named(ROOT)} - RULES.keys() == set()
    assert find_code(ROOT).keys() - RULES.keys() == set()
    assert find_marked(ROOT).keys() - RULES.keys() == set()


@pytest.mark.parametrize("path", written(ROOT), ids=lambda path: path.name)
def test_what_was_traced_is_what_the_sources_say_now(path: Path) -> None:
    """`make rules` writes it anew."""
    assert path.read_text(encoding="utf-8") == written(ROOT)[path], "run `make rules`"


def test_what_was_traced_is_what_the_command_tells() -> None:
    """The file travels with an installation and is read there."""
    assert read_traces() == TRACES


def test_code_is_found_by_its_docstring() -> None:
    """Of a module, a class, a method, a function and a constant; a comment names nothing."""
    source = '''
        """PR-2 in general."""
        LIMIT = 1
        """D-6."""
        OTHER: int = 2
        class Thing:
            """C-5."""
            field: int = 0
            """D-7"""
            def method(self):
                """PR-7.6a: yes."""
        # D-4
        async def work():
            """Nothing."""
    '''
    assert [*docstrings(ast.parse(dedent(source)))] == [
        ("", "PR-2 in general."),
        ("LIMIT", "D-6."),
        ("Thing", "C-5."),
        ("Thing.field", "D-7"),
        ("Thing.method", "PR-7.6a: yes."),
        ("work", "Nothing."),
    ]


def test_a_mark_is_found_wherever_pytest_finds_it() -> None:
    """On a function, a class, a module, in a list; only on what pytest runs."""
    source = """
        pytestmark = [pytest.mark.rule("D-1")]
        @pytest.mark.rule("D-2", "D-3")
        async def test_one(): ...
        @pytest.mark.gnupg
        def test_two(): ...
        @pytest.mark.rule("D-4")
        class TestThree:
            pytestmark = pytest.mark.rule("D-5")
            @pytest.mark.rule("D-6")
            def test_four(self): ...
            def helper(self): ...
        @pytest.mark.rule("D-7")
        def helper(): ...
        @pytest.mark.rule("D-7")
        class Helper:
            def test_nothing(self): ...
    """
    four = "f.py::TestThree::test_four"
    assert [*marked_tests(dedent(source), "f.py")] == [
        *(("D-1", "f.py::test_one"), ("D-2", "f.py::test_one"), ("D-3", "f.py::test_one")),
        ("D-1", "f.py::test_two"),
        *(("D-1", four), ("D-4", four), ("D-5", four), ("D-6", four)),
    ]


def test_a_mark_that_cannot_be_read_is_a_fault() -> None:
    """An id from a variable would be run by pytest and traced by nobody."""
    with pytest.raises(ValueError, match="not a plain id"):
        [*marked_tests("@pytest.mark.rule(ID)\ndef test_one(): ...", "f.py")]


def test_every_rule_says_what_where_from_and_in_which_part() -> None:
    """No entry of the table is half filled in."""
    for rule in RULES.values():
        assert rule.section
        assert rule.article
        assert rule.text.endswith(".")
    assert Trace() == Trace((), ())
