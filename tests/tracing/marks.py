"""Which tests carry the mark of a rule: on themselves, on their class, or on their module."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _rules(marks: Sequence[ast.expr]) -> Iterator[str]:
    """The ids in expressions like `pytest.mark.rule("PR-7.3")`. Raises ValueError for another
    argument than a plain text: what cannot be read here cannot be traced."""
    for mark in marks:
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.rule":
            for argument in mark.args:
                if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                    raise ValueError(f"not a plain id: {ast.unparse(mark)}")
                yield argument.value


def _of_body(body: Sequence[ast.stmt]) -> list[str]:
    """The rules in an assignment to `pytestmark`, of a module or a class."""
    for node in body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            value = node.value
            return [*_rules(value.elts if isinstance(value, ast.List | ast.Tuple) else [value])]
    return []


def _inside(
    body: Sequence[ast.stmt], prefix: str, given: Sequence[str]
) -> Iterator[tuple[str, str]]:
    for node in body:
        if not isinstance(node, Definition):
            continue
        marked = [*given, *_rules(node.decorator_list)]
        if isinstance(node, ast.ClassDef):
            if node.name.startswith("Test"):
                yield from _inside(
                    node.body, f"{prefix}::{node.name}", [*marked, *_of_body(node.body)]
                )
        elif node.name.startswith("test"):
            yield from ((id, f"{prefix}::{node.name}") for id in marked)


def marked_tests(source: str, path: str) -> Iterator[tuple[str, str]]:
    """Each rule with each test of a file that is marked with it, as a node id of pytest."""
    body = ast.parse(source).body
    yield from dict.fromkeys(_inside(body, path, _of_body(body)))


def find_marked(root: Path) -> dict[str, list[str]]:
    """The tests of each rule, in the order of the files."""
    found: dict[str, list[str]] = {}
    for path in sorted((root / "tests").rglob("test_*.py")):
        source = path.read_text(encoding="utf-8")
        for id, test in marked_tests(source, path.relative_to(root).as_posix()):
            found.setdefault(id, []).append(test)
    return found
