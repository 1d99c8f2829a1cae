"""docs/rules.md: the table of the rules for who reads, made from what was traced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from broker.rules import Rule, Trace

HEAD = """\
# The rules

What the broker does, rule by rule, with the code that decides it and the tests that prove it.
`broker rules` tells the same, and `broker rules --json` to a script. The tests of a rule are run
against a broken version of its code by `make mutants`, and one of them must fail.

Made by `make rules` from `broker/rules/rules.toml`, the docstrings of the code and the marks on the
tests; do not edit it here. Dutch words: [glossary.md](glossary.md).
"""


def page(rules: tuple[Rule, ...], traces: Mapping[str, Trace]) -> str:
    """The whole page."""
    return "\n".join([HEAD, *_sections(rules, traces)]).rstrip() + "\n"


def _sections(rules: tuple[Rule, ...], traces: Mapping[str, Trace]) -> Iterator[str]:
    for section, of_section in groupby(rules, key=lambda rule: rule.section):
        yield f"## {section}\n"
        for rule in of_section:
            yield from _entry(rule, traces.get(rule.id, Trace()))


def _entry(rule: Rule, trace: Trace) -> Iterator[str]:
    later = " *More of it is to come.*" if rule.later else ""
    yield f"### {rule.id}\n"
    yield f"{rule.text}{later} ({rule.article})\n"
    for module, names in groupby(trace.code, key=lambda name: name.split(":")[0]):
        told = ", ".join(f"`{name.partition(':')[2]}`" for name in names if ":" in name)
        file = f"{module.replace('.', '/')}.py"
        yield f"- code: `{file}`" + (f": {told}" if told else "")
    for file, names in groupby(trace.tests, key=lambda name: name.split(":")[0]):
        yield f"- tests: `{file}`: " + ", ".join(
            f"`{name.removeprefix(file + '::')}`" for name in names
        )
    yield ""
