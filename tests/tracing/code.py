"""Which code says in its docstring that it keeps a rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

RULE_ID = re.compile(r"\b(?:AVG|B|BIO|BPG|BS|C|D|NTA|PR|UAVG|WPG)-\d+(?:\.\d+)*[a-z]?\b")


def docstrings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Every docstring with the name of what it explains: '' for the module itself.

    The string below an assignment explains the name that was assigned.
    """
    yield "", ast.get_docstring(tree) or ""
    yield from _inside(tree.body, "")


def _inside(body: Sequence[ast.stmt], prefix: str) -> Iterator[tuple[str, str]]:
    for node, following in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, ast.get_docstring(node) or ""
            yield from _inside(node.body, f"{prefix}{node.name}.")
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(following, ast.Expr):
            name = node.targets[0] if isinstance(node, ast.Assign) else node.target
            text = following.value
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield prefix + ast.unparse(name), text.value


def rules_in(text: str) -> list[str]:
    """The ids of rules in a text, as they stand there."""
    return RULE_ID.findall(text)


DOMAIN = ("broker/domain",)
"""Where each rule is decided."""
OUTSIDE = ("broker/service", "broker/wire", "adapters/database")
"""Where a rule of which more is to come may be kept meanwhile."""


def find_code(root: Path, folders: Sequence[str] = DOMAIN) -> dict[str, list[str]]:
    """The code of each rule that a docstring names, as `module:name`, in the order of the files."""
    found: dict[str, list[str]] = {}
    for path in (path for folder in folders for path in sorted((root / folder).rglob("*.py"))):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for name, text in docstrings(ast.parse(path.read_text(encoding="utf-8"))):
            place = f"{module}:{name}" if name else module
            for id in dict.fromkeys(rules_in(text)):
                found.setdefault(id, []).append(place)
    return found


def ids_named(root: Path) -> Iterator[tuple[str, str]]:
    """Every id that the code of the broker names, in a docstring or as a text of its own.

    Letters are left out: to people they name articles, which are more than the rules.
    """
    letters = root / "broker" / "wire" / "brieven"
    for path in sorted((root / "broker").rglob("*.py")):
        if path.is_relative_to(letters):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        texts = [text for _, text in docstrings(tree)]
        texts += [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and RULE_ID.fullmatch(node.value)
        ]
        for text in texts:
            yield from ((path.name, id) for id in rules_in(text))
