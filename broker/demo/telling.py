"""How the demo tells its story: plain text, at most 80 columns wide."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass

WIDTH = 78


@dataclass(frozen=True, slots=True)
class Telling:
    """`line` gets one line at a time, without its end."""

    line: Callable[[str], None]

    def chapter(self, title: str) -> None:
        """Begin a part of the story."""
        self.line("")
        self.line(f"── {title} ".ljust(WIDTH, "─"))
        self.line("")

    def say(self, *sentences: str) -> None:
        """One paragraph."""
        self.line(textwrap.fill(" ".join(sentences), WIDTH, break_on_hyphens=False))

    def item(self, label: str, text: str) -> None:
        """What one desk or person does."""
        self.line(
            textwrap.fill(
                text,
                WIDTH,
                initial_indent=f"  {label + ':':<31}",
                subsequent_indent=" " * 33,
                break_on_hyphens=False,
            )
        )

    def show(self, text: str) -> None:
        """Something as a person sees it, with a line beside it."""
        self.line("")
        for line in text.rstrip("\n").split("\n"):
            self.line(f"  │ {line}".rstrip())
        self.line("")
