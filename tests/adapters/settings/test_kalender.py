"""Which days are no werkdag (Algemene termijnenwet art. 3, and the network's own days)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from adapters.settings.kalender import build_kalender
from adapters.settings.shipped import shipped_folder
from broker.domain.kalender import Kalender
from tests.adapters.settings.example import loaded

TODAY = date(2026, 11, 23)
YEARS = range(2021, 2042)


def easter(year: int) -> date:
    """Easter Sunday, by the rule of the Gregorian calendar (the anonymous algorithm)."""
    century = year // 100
    moon = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    moon -= moon // 28 * (1 - 29 // (moon + 1) * ((21 - year % 19) // 11))
    sunday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - sunday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


@pytest.fixture(scope="module")
def kalender() -> Kalender:
    """The calendar of public holidays alone."""
    return build_kalender([], today=TODAY)


@pytest.mark.rule("D-7")
@pytest.mark.parametrize("year", YEARS)
def test_the_holidays_of_every_year(kalender: Kalender, year: int) -> None:
    """Goede Vrijdag and 5 May each year, and the days that everybody knows."""
    pasen = easter(year)
    free = {
        date(year, 1, 1),
        pasen - timedelta(2),
        pasen + timedelta(1),
        date(year, 5, 5),
        pasen + timedelta(39),
        pasen + timedelta(50),
        date(year, 12, 25),
        date(year, 12, 26),
    }
    assert free <= kalender.vrije_dagen


@pytest.mark.rule("D-7")
@pytest.mark.parametrize("day", [date(2026, 4, 27), date(2025, 4, 26), date(2031, 4, 26)], ids=str)
def test_koningsdag_is_a_day_earlier_when_it_falls_on_a_sunday(
    kalender: Kalender, day: date
) -> None:
    """27 April, or 26 April."""
    assert day in kalender.vrije_dagen


@pytest.mark.rule("D-7")
@pytest.mark.parametrize("day", [date(2026, 12, 24), date(2026, 12, 31), date(2026, 5, 4)], ids=str)
def test_days_that_only_seem_free_are_werkdagen(kalender: Kalender, day: date) -> None:
    """Christmas Eve, New Year's Eve and 4 May count."""
    assert day not in kalender.vrije_dagen


@pytest.mark.rule("D-7")
@pytest.mark.parametrize("year", range(2026, 2031))
def test_vastelaovend_is_closed(year: int) -> None:
    """The shipped closing days are the Monday and Tuesday before Ash Wednesday."""
    network = loaded(shipped_folder() / "broker.toml").network
    monday = easter(year) - timedelta(48)
    assert monday.weekday() == 0
    assert {monday, monday + timedelta(1)} <= network.kalender.vrije_dagen


def test_the_calendar_reaches_from_the_covenant_to_fifteen_years_ahead(kalender: Kalender) -> None:
    """Long enough for any term; outside it nothing is claimed."""
    assert (kalender.eerste_jaar, kalender.laatste_jaar) == (2021, 2041)
    assert {day.year for day in kalender.vrije_dagen} == set(YEARS)


def test_days_are_counted_in_amsterdam(kalender: Kalender) -> None:
    """Half past eleven at night in UTC is the next day for people, in summer and in winter."""
    assert kalender.dag(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 2)
    assert kalender.dag(datetime(2026, 12, 1, 22, 30, tzinfo=UTC)) == date(2026, 12, 1)


def test_the_time_zone_needs_nothing_of_the_machine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A bare container has no zone files; the package tzdata brings them."""
    import zoneinfo

    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    assert zoneinfo.ZoneInfo.no_cache("Europe/Amsterdam").key == "Europe/Amsterdam"
