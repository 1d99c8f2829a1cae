"""What the bench measured: as an object for a script, and as a table for a person."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_PACKAGES = ("aiosmtpd", "aiosmtplib", "aiosqlite", "pysequoia", "SQLAlchemy")


@dataclass(frozen=True, slots=True)
class Sample:
    """One melding: seconds by the broker, seconds of the bare operations and of their parts."""

    broker: float
    floor: float
    sequoia: float
    smtp: float
    sqlite: float


@dataclass(frozen=True, slots=True)
class Counts:
    """For one melding, the most that any took; and how many casussen there are at the end.

    `empty_commits` changed nothing, so the disk does not see them and the floor leaves them out.
    """

    verzoeken: int
    letters: int
    smtp_transactions: int
    commits: int
    empty_commits: int
    casussen: int
    casussen_in_verrijking: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that came of one bench."""

    samples: tuple[Sample, ...]
    counts: Counts
    runs: int
    warm_up: int

    @property
    def fanout_floor(self) -> float:
        """How many times the floor the broker takes, by the medians."""
        return statistics.median(s.broker for s in self.samples) / statistics.median(
            s.floor for s in self.samples
        )

    def as_dict(self) -> dict[str, object]:
        """The same, for a script. Times are milliseconds for one melding."""
        return {
            "ratios": {"fanout_floor": round(self.fanout_floor, 2)},
            "measured_ms": _figures([s.broker for s in self.samples]),
            "floor_ms": _figures([s.floor for s in self.samples]),
            "floor_parts_ms": {
                "sequoia": _figures([s.sequoia for s in self.samples]),
                "smtp": _figures([s.smtp for s in self.samples]),
                "sqlite": _figures([s.sqlite for s in self.samples]),
            },
            "counts": {
                "verzoeken": self.counts.verzoeken,
                "letters": self.counts.letters,
                "smtp_transactions": self.counts.smtp_transactions,
                "commits": self.counts.commits,
                "empty_commits": self.counts.empty_commits,
                "casussen": self.counts.casussen,
                "casussen_in_verrijking": self.counts.casussen_in_verrijking,
            },
            "n": len(self.samples),
            "runs": self.runs,
            "warm_up": self.warm_up,
            "machine": machine(),
        }

    def as_table(self) -> str:
        """The same, for a person."""
        rows = [
            ("the broker, melding in to verzoeken delivered", [s.broker for s in self.samples]),
            ("floor, the bare operations of the same work", [s.floor for s in self.samples]),
            (self._sequoia, [s.sequoia for s in self.samples]),
            (self._smtp, [s.smtp for s in self.samples]),
            (self._sqlite, [s.sqlite for s in self.samples]),
        ]
        width = max(len(name) for name, _ in rows)
        lines = [f"{'milliseconds for one melding':{width}}   median      p95"]
        for name, seconds in rows:
            figures = _figures(seconds)
            lines.append(f"{name:{width}} {figures['median']:8.2f} {figures['p95']:8.2f}")
        here = machine()
        lines += [
            "",
            f"fanout_floor {self.fanout_floor:.2f}: the broker takes so many times its floor",
            f"{len(self.samples)} meldingen in {self.runs} runs, broker and floor by turns",
            f"{here['cores']} cores, {here['system']}, Python {here['python']}",
        ]
        return "\n".join(lines)

    @property
    def _sequoia(self) -> str:
        return f"  Sequoia: 1 decrypt and verify, {self.counts.letters} sign and encrypt"

    @property
    def _smtp(self) -> str:
        return f"  SMTP: {self.counts.smtp_transactions} transactions on a kept connection"

    @property
    def _sqlite(self) -> str:
        return f"  SQLite: {self.counts.commits} commits, WAL with synchronous=FULL"


def _figures(seconds: Sequence[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    return {
        "median": round(statistics.median(ordered) * 1000, 3),
        "p95": round(p95 * 1000, 3),
    }


def machine() -> Mapping[str, str | int]:
    """What the figures depend on: processor cores, system, and versions of what does the work."""
    facts: dict[str, str | int] = {
        "cores": os.cpu_count() or 0,
        "processor": platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
    }
    for package in _PACKAGES:
        try:
            facts[package.lower()] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue
    return facts
