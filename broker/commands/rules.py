"""`broker rules`: each rule of the covenant, the code that keeps it and the tests that prove it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

import typer

from broker.commands.common import AsJson, print_json
from broker.rules import Rule, Trace, read_rules, read_traces

WIDTH = 100
_INDENT = " " * 10


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(rules)


def rules(as_json: AsJson = False) -> None:
    """Tell every rule that the broker keeps, what code decides it and what tests show it."""
    traces = read_traces()
    traced = [(rule, traces.get(rule.id, Trace())) for rule in read_rules()]
    if as_json:
        print_json([_as_dict(rule, trace) for rule, trace in traced])
        return
    for section, of_section in groupby(traced, key=lambda pair: pair[0].section):
        typer.echo(f"── {section} ".ljust(WIDTH, "─"))
        for rule, trace in of_section:
            for line in _told(rule, trace):
                typer.echo(line)
        typer.echo()
    tests = {test for _, trace in traced for test in trace.tests}
    typer.echo(f"{len(traced)} rules, proved by {len(tests)} tests.")


def _as_dict(rule: Rule, trace: Trace) -> dict[str, object]:
    return {
        "id": rule.id,
        "section": rule.section,
        "article": rule.article,
        "text": rule.text,
        "scope": "later" if rule.later else "now",
        "code": list(trace.code),
        "tests": list(trace.tests),
    }


def _told(rule: Rule, trace: Trace) -> Iterator[str]:
    """One rule within the width of a terminal; a name is never broken."""
    later = " More of it is to come." if rule.later else ""
    text = wrap(f"{rule.text}{later} ({rule.article})", WIDTH - len(_INDENT))
    yield f"{rule.id:<10}{text[0]}"
    yield from (_INDENT + line for line in text[1:])
    yield from _listed("code", trace.code)
    yield from _listed("tests", trace.tests)


def _listed(title: str, names: tuple[str, ...]) -> Iterator[str]:
    for file, of_file in groupby(names, key=lambda name: name.split(":")[0]):
        short = [name.removeprefix(file).lstrip(":") or "all of it" for name in of_file]
        lines = wrap(
            f"{file}: {', '.join(short)}",
            WIDTH - len(_INDENT) - 8,
            break_long_words=False,
            break_on_hyphens=False,
            subsequent_indent="  ",
        )
        for line in lines:
            yield f"{_INDENT}{title:<8}{line}"
            title = ""
