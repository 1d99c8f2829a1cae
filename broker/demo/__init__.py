"""The demo: the production path, driven with simulated people and a clock that can be moved."""

from __future__ import annotations

from broker.demo.play import Options, Result, play

__all__ = ["Options", "Result", "play"]
