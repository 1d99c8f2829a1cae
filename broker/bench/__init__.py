"""The bench: what the fan-out of a melding costs, beside the floor that no program gets under."""

from __future__ import annotations

from broker.bench.measure import BenchFailed, Options, compare
from broker.bench.report import Report

__all__ = ["BenchFailed", "Options", "Report", "compare"]
