"""What is wrong with a configuration, told so that a system manager can mend it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from adapters.settings.broker_settings import BrokerSettings

_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that must be mended before the broker starts.

    `place` leads to the setting as a person would say it: `partner woonwenz, medewerker
    j.hermans, vingerafdruk`; empty for the file as a whole. `problem` goes on where the place
    stops. Neither repeats the value, which can be a password.
    """

    file: str
    place: str
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that a person should look at (a Waarschuwing); the broker starts all the same."""

    file: str
    place: str
    problem: str
    hint: str


@dataclass(frozen=True, slots=True)
class Faults:
    """A configuration that is not used, with everything that is wrong with it at once.

    `settings` is what broker.toml says, where that much is clear: to try what can be tried.
    """

    faults: tuple[Fault, ...]
    notices: tuple[Notice, ...] = ()
    settings: BrokerSettings | None = None


class Findings:
    """Collects what is found in one file, in the order in which it is found."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.faults: list[Fault] = []
        self.notices: list[Notice] = []

    def fault(self, place: str, problem: str, *, hint: str) -> None:
        """Add something that must be mended."""
        self.faults.append(Fault(self.file, place, problem, hint))

    def notice(self, place: str, problem: str, *, hint: str) -> None:
        """Add something to look at."""
        self.notices.append(Notice(self.file, place, problem, hint))


def within(place: str, *parts: str) -> str:
    """A place inside a place: `partner woonwenz` and `naam` give `partner woonwenz, naam`."""
    return ", ".join(part for part in (place, *parts) if part)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a word that is not known: the nearest one, else all of them if they are few."""
    words = list(known)
    same = [x for x in words if x.casefold() == word.casefold()]
    near = same or difflib.get_close_matches(word, words, n=1)
    if near:
        return f"did you mean `{near[0]}`?"
    if len(words) > _MOST_WORDS:
        return "look for the right spelling in the file"
    return f"choose from: {', '.join(words)}"


def sentence(finding: Fault | Notice) -> str:
    """The finding as one sentence, without its hint."""
    where = within(finding.file, finding.place).replace(", ", ": ", 1)
    return f"{where} {finding.problem}."


def render(findings: Iterable[Fault | Notice]) -> str:
    """Findings for a terminal: one sentence and a hint each; empty text for none."""
    blocks = []
    for finding in findings:
        mark = "fault " if isinstance(finding, Fault) else "notice"
        blocks.append(f"{mark}  {sentence(finding)}\n        Hint: {finding.hint}.\n")
    return "".join(blocks).replace("?.\n", "?\n")
