"""What can be wrong: an expected refusal is a value, a fault of our own is an exception."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fout:
    """One thing that is wrong in what a person sent, told so that he can mend it.

    `veld` is the label as the person knows it, `code` is stable and holds no personal data,
    `uitleg` is Dutch and says what would be right; none of them repeats what was sent.
    `regel` is the article that decides (for example `"PR-7.3"`), empty for a fault of form.
    """

    veld: str
    code: str
    uitleg: str
    regel: str = ""


@dataclass(frozen=True, slots=True)
class Weigering:
    """A refusal with all its faults at once, in the order of the form."""

    fouten: tuple[Fout, ...]


class OngeldigeOvergang(Exception):
    """A state table does not list this transition; always a fault in the program."""
