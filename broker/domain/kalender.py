"""How a network counts days: which are free, in which time zone, and how many a desk has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo


@dataclass(frozen=True, slots=True)
class Termijnen:
    """How long a desk has, in werkdagen counted from the day after sending (D-6)."""

    antwoord: int = 5
    herinnering: int = 3


@dataclass(frozen=True, slots=True)
class Kalender:
    """The days that are no werkdag besides Saturday and Sunday (D-7).

    `vrije_dagen` holds public holidays and the network's own closing days of the years
    `eerste_jaar` to `laatste_jaar`; outside those years nothing is known. `tijdzone` is the zone
    in which people count days (Europe/Amsterdam).
    """

    vrije_dagen: frozenset[date]
    eerste_jaar: int
    laatste_jaar: int
    tijdzone: tzinfo

    def dag(self, moment: datetime) -> date:
        """The day on which an aware moment falls for people. Raises ValueError for a naive one."""
        if moment.utcoffset() is None:
            raise ValueError("a moment needs a time zone")
        return moment.astimezone(self.tijdzone).date()
