"""The rules of the covenant, and what keeps and proves each: the data of `broker rules`.

`rules.toml` is written by people. `traced.json` is made from the sources by `make rules`, because
an installed broker has no tests beside it; a test fails when it is not what the sources say now.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what the broker does, and the article that asks for it.

    `later`: a part of it is still to come; what is there may be decided outside broker/domain.
    """

    id: str
    section: str
    article: str
    text: str
    later: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """What keeps a rule, as `module:name`, and the tests that prove it, as pytest names them."""

    code: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()


def read_rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the table. Raises ValueError when an id stands there twice."""
    table = tomllib.loads(files(__name__).joinpath("rules.toml").read_text(encoding="utf-8"))
    rules = tuple(
        Rule(section=section["title"], **rule)
        for section in table["section"]
        for rule in section["rule"]
    )
    if len({rule.id for rule in rules}) < len(rules):
        raise ValueError("a rule stands in the table twice")
    return rules


def read_traces() -> Mapping[str, Trace]:
    """What was traced for each rule, by its id."""
    traced = json.loads(files(__name__).joinpath("traced.json").read_text(encoding="utf-8"))
    return {id: Trace(tuple(found["code"]), tuple(found["tests"])) for id, found in traced.items()}
