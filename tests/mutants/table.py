"""The table of mutants: for each rule, how the code that decides it can be broken.

One TOML file for each part of the rules. A mutant replaces `old`, which stands exactly once in
`file`, by `new`; `why` says what the broken broker does.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Mutant:
    """One way to break one rule."""

    rule: str
    file: str
    old: str
    new: str
    why: str

    def applied_to(self, source: str) -> str:
        """The broken source. Raises ValueError when it is not clear what to replace."""
        count = source.count(self.old)
        if count != 1:
            raise ValueError(f"{self.rule}: stands {count} times in {self.file}: {self.old!r}")
        return source.replace(self.old, self.new)


def read_table() -> tuple[Mutant, ...]:
    """Every mutant, in the order of the files. Raises TypeError for an entry that lacks a field."""
    return tuple(
        Mutant(**entry)
        for path in sorted(FOLDER.glob("*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["mutant"]
    )
