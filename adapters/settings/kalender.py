"""Builds the calendar of the network: which days are no werkdag.

Algemene termijnenwet art. 3: public holidays, Goede Vrijdag, and the fifth of May of every year;
and the days on which the network itself is closed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

import holidays

from broker.domain.kalender import Kalender

FIRST_YEAR = 2021
"""The year in which the covenant was signed."""

YEARS_AHEAD = 15


def build_kalender(closing_days: Iterable[date], *, today: date) -> Kalender:
    """The calendar from the year of the covenant to fifteen years from today."""
    last_year = max(today.year, FIRST_YEAR) + YEARS_AHEAD
    # The category optional holds Goede Vrijdag, and 5 May in the years that are no lustrum.
    known = holidays.country_holidays(
        "NL", years=range(FIRST_YEAR, last_year + 1), categories=("public", "optional")
    )
    return Kalender(
        vrije_dagen=frozenset(known) | frozenset(closing_days),
        eerste_jaar=FIRST_YEAR,
        laatste_jaar=last_year,
        tijdzone=ZoneInfo("Europe/Amsterdam"),
    )
