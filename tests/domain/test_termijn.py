"""Terms in werkdagen: real dates over weekends, holidays and changes of summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.kalender import Termijnen
from broker.domain.termijn import (
    Beurt,
    aan_de_beurt,
    begin_van,
    einde_van,
    herinnering_op,
    is_werkdag,
    spoeddag,
    tel_werkdagen,
    uiterste_dag,
)
from tests.fixtures.netwerk import AMSTERDAM, maak_kalender

KALENDER = maak_kalender()
TERMIJNEN = Termijnen()
DAGEN = st.dates(date(2026, 1, 1), date(2027, 10, 31))


@pytest.mark.rule("D-7")
@pytest.mark.parametrize(
    ("dag", "werkdag"),
    [
        (date(2026, 11, 23), True),  # maandag
        (date(2026, 11, 27), True),  # vrijdag
        (date(2026, 11, 28), False),  # zaterdag
        (date(2026, 11, 29), False),  # zondag
        (date(2026, 1, 1), False),  # Nieuwjaarsdag
        (date(2026, 2, 16), False),  # Vastelaovend, maandag
        (date(2026, 2, 17), False),  # Vastelaovend, dinsdag
        (date(2026, 2, 18), True),  # Aswoensdag
        (date(2026, 4, 3), False),  # Goede Vrijdag
        (date(2026, 4, 6), False),  # Tweede paasdag
        (date(2026, 4, 27), False),  # Koningsdag
        (date(2026, 5, 4), True),  # Dodenherdenking
        (date(2026, 5, 5), False),  # Bevrijdingsdag, geen lustrum
        (date(2026, 5, 14), False),  # Hemelvaartsdag
        (date(2026, 5, 15), True),  # de vrijdag erna
        (date(2026, 5, 25), False),  # Tweede pinksterdag
        (date(2026, 12, 25), False),  # Eerste kerstdag
        (date(2026, 12, 31), True),  # Oudejaarsdag
        (date(2027, 1, 1), False),  # Nieuwjaarsdag
        (date(2027, 3, 26), False),  # Goede Vrijdag
        (date(2027, 5, 5), False),  # Bevrijdingsdag, geen lustrum
    ],
)
def test_werkdag(dag: date, werkdag: bool) -> None:
    """Monday to Friday, no public holiday, not Goede Vrijdag, no 5 May, no closing day."""
    assert is_werkdag(dag, KALENDER) is werkdag


@pytest.mark.parametrize("dag", [date(2025, 12, 31), date(2028, 1, 1)])
def test_a_year_that_the_calendar_does_not_know_is_a_fault(dag: date) -> None:
    """Nothing is guessed about a year whose holidays were not given."""
    with pytest.raises(ValueError, match=f"does not know the year {dag.year}"):
        is_werkdag(dag, KALENDER)


@pytest.mark.rule("D-6")
@pytest.mark.parametrize(
    ("vanaf", "aantal", "tot"),
    [
        (date(2026, 11, 23), 1, date(2026, 11, 24)),  # maandag, één dag
        (date(2026, 11, 23), 5, date(2026, 11, 30)),  # over een weekend
        (date(2026, 11, 27), 5, date(2026, 12, 4)),  # vrijdag
        (date(2026, 11, 28), 5, date(2026, 12, 4)),  # zaterdag: gelijk aan vrijdag
        (date(2026, 11, 29), 5, date(2026, 12, 4)),  # zondag
        (date(2026, 2, 13), 5, date(2026, 2, 24)),  # over Vastelaovend
        (date(2026, 3, 31), 5, date(2026, 4, 9)),  # over Goede Vrijdag en Pasen
        (date(2026, 4, 24), 5, date(2026, 5, 4)),  # over Koningsdag
        (date(2026, 5, 4), 1, date(2026, 5, 6)),  # over 5 mei
        (date(2026, 5, 12), 5, date(2026, 5, 20)),  # over Hemelvaart
        (date(2026, 12, 23), 5, date(2026, 12, 31)),  # over Kerst
        (date(2026, 12, 31), 1, date(2027, 1, 4)),  # over Nieuwjaar
    ],
)
def test_a_term_counts_werkdagen_from_the_day_after(vanaf: date, aantal: int, tot: date) -> None:
    """A term begins on the day after sending and counts werkdagen only."""
    assert tel_werkdagen(vanaf, aantal, KALENDER) == tot


@pytest.mark.parametrize("aantal", [0, -1])
def test_a_term_has_at_least_one_werkdag(aantal: int) -> None:
    """No term ends on the day on which it was sent, or before."""
    with pytest.raises(ValueError, match="one werkdag at least"):
        tel_werkdagen(date(2026, 11, 23), aantal, KALENDER)


def test_a_term_that_runs_out_of_the_calendar_is_a_fault() -> None:
    """A term that would end in an unknown year is refused rather than guessed."""
    with pytest.raises(ValueError, match="2028"):
        tel_werkdagen(date(2027, 12, 31), 1, KALENDER)


@given(vanaf=DAGEN, aantal=st.integers(1, 20))
def test_a_term_ends_on_a_werkdag_with_that_many_in_between(vanaf: date, aantal: int) -> None:
    """The last day is a werkdag, and exactly `aantal` werkdagen lie after the first day."""
    tot = tel_werkdagen(vanaf, aantal, KALENDER)
    dagen = [vanaf + timedelta(days=n) for n in range(1, (tot - vanaf).days + 1)]
    assert dagen[-1] == tot
    assert is_werkdag(tot, KALENDER)
    assert sum(is_werkdag(dag, KALENDER) for dag in dagen) == aantal


@given(vanaf=DAGEN, aantal=st.integers(1, 10), later=st.integers(0, 20), meer=st.integers(0, 5))
def test_a_later_start_or_a_longer_term_never_ends_earlier(
    vanaf: date, aantal: int, later: int, meer: int
) -> None:
    """Terms are monotone in their first day and in their length; a longer one ends later."""
    tot = tel_werkdagen(vanaf, aantal, KALENDER)
    assert tot <= tel_werkdagen(vanaf + timedelta(days=later), aantal, KALENDER)
    langer = tel_werkdagen(vanaf, aantal + meer, KALENDER)
    assert tot < langer if meer else tot == langer


@given(vanaf=DAGEN, a=st.integers(1, 8), b=st.integers(1, 8))
def test_terms_add_up(vanaf: date, a: int, b: int) -> None:
    """Counting a and then b werkdagen is counting a + b."""
    eerst = tel_werkdagen(vanaf, a, KALENDER)
    assert tel_werkdagen(eerst, b, KALENDER) == tel_werkdagen(vanaf, a + b, KALENDER)


@pytest.mark.rule("D-6")
@pytest.mark.parametrize(
    ("dag", "einde"),
    [
        (date(2026, 11, 30), datetime(2026, 11, 30, 23, 0, tzinfo=UTC)),  # wintertijd
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, 0, tzinfo=UTC)),  # zomertijd
        (date(2026, 3, 28), datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),  # voor de wisseling
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),  # een dag van 23 uur
        (date(2026, 10, 24), datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),  # een dag van 25 uur
        (date(2026, 12, 31), datetime(2026, 12, 31, 23, 0, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_for_people(dag: date, einde: datetime) -> None:
    """A day ends at midnight in Amsterdam, in summer and winter and on the days between."""
    assert einde_van(dag, KALENDER) == einde
    assert einde_van(dag, KALENDER).tzinfo is UTC


@given(dag=DAGEN)
def test_a_day_lies_between_its_end_and_that_of_the_day_before(dag: date) -> None:
    """The end of a day is the first moment of the next; no moment belongs to no day."""
    einde = einde_van(dag, KALENDER)
    assert KALENDER.dag(einde - timedelta(microseconds=1)) == dag
    assert KALENDER.dag(einde) == dag + timedelta(days=1)
    assert einde_van(dag - timedelta(days=1), KALENDER) < begin_van(dag, KALENDER) < einde


@pytest.mark.parametrize(
    ("dag", "uur"), [(date(2026, 3, 27), 7), (date(2026, 3, 30), 6), (date(2026, 10, 26), 7)]
)
def test_people_start_at_eight_in_summer_and_winter(dag: date, uur: int) -> None:
    """The start of a day is eight o'clock for people, whatever the hour in UTC."""
    assert begin_van(dag, KALENDER) == datetime(dag.year, dag.month, dag.day, uur, tzinfo=UTC)


@pytest.mark.rule("D-6")
@pytest.mark.parametrize(
    ("verzonden", "uiterlijk", "herinnering"),
    [
        # An ordinary Monday.
        (
            datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
            date(2026, 11, 30),
            datetime(2026, 11, 27, 7, 0, tzinfo=UTC),
        ),
        # Half past midnight on Tuesday for people is still Monday in UTC.
        (
            datetime(2026, 11, 23, 23, 30, tzinfo=UTC),
            date(2026, 12, 1),
            datetime(2026, 11, 30, 7, 0, tzinfo=UTC),
        ),
        # In summer the day of people begins two hours before that of UTC.
        (
            datetime(2026, 6, 30, 22, 30, tzinfo=UTC),
            date(2026, 7, 8),
            datetime(2026, 7, 7, 6, 0, tzinfo=UTC),
        ),
        # Over the change to summer time: eight o'clock stays eight o'clock.
        (
            datetime(2026, 3, 26, 10, 0, tzinfo=UTC),
            date(2026, 4, 2),
            datetime(2026, 4, 1, 6, 0, tzinfo=UTC),
        ),
        # Over the change to winter time.
        (
            datetime(2026, 10, 22, 10, 0, tzinfo=UTC),
            date(2026, 10, 29),
            datetime(2026, 10, 28, 7, 0, tzinfo=UTC),
        ),
        # Over Christmas and New Year.
        (
            datetime(2026, 12, 24, 12, 0, tzinfo=UTC),
            date(2027, 1, 4),
            datetime(2026, 12, 31, 7, 0, tzinfo=UTC),
        ),
    ],
)
def test_the_shipped_terms_on_real_days(
    verzonden: datetime, uiterlijk: date, herinnering: datetime
) -> None:
    """Five werkdagen to answer; the reminder at the start of the one after three of them."""
    assert uiterste_dag(verzonden, TERMIJNEN, KALENDER) == uiterlijk
    assert herinnering_op(verzonden, TERMIJNEN, KALENDER) == herinnering


@given(
    verzonden=st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 30), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is given beside them
)
def test_the_reminder_comes_within_the_term(verzonden: datetime) -> None:
    """The reminder goes after the sending, on a werkdag, and at least a day before the end."""
    herinnering = herinnering_op(verzonden, TERMIJNEN, KALENDER)
    assert verzonden < herinnering
    assert is_werkdag(KALENDER.dag(herinnering), KALENDER)
    einde = einde_van(uiterste_dag(verzonden, TERMIJNEN, KALENDER), KALENDER)
    assert einde - herinnering > timedelta(days=1)


def test_the_zone_of_the_server_does_not_matter() -> None:
    """The same moment, written in whatever zone, has the same term; a naive one is a fault."""
    moment = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert KALENDER.dag(moment) == KALENDER.dag(moment.astimezone(AMSTERDAM)) == date(2026, 11, 24)
    with pytest.raises(ValueError, match="time zone"):
        KALENDER.dag(moment.replace(tzinfo=None))


@pytest.mark.rule("D-6")
@pytest.mark.parametrize(
    ("besloten", "spoed"),
    [
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), date(2026, 11, 24)),  # maandag
        (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), date(2026, 11, 25)),  # dinsdag voor mensen
        (datetime(2026, 11, 27, 15, 0, tzinfo=UTC), date(2026, 11, 30)),  # vrijdag
        (datetime(2026, 11, 28, 15, 0, tzinfo=UTC), date(2026, 11, 30)),  # zaterdag
        (datetime(2026, 2, 13, 15, 0, tzinfo=UTC), date(2026, 2, 18)),  # voor Vastelaovend
        (datetime(2026, 4, 2, 9, 0, tzinfo=UTC), date(2026, 4, 7)),  # voor Goede Vrijdag
        (datetime(2026, 5, 4, 9, 0, tzinfo=UTC), date(2026, 5, 6)),  # voor 5 mei
        (datetime(2026, 12, 31, 9, 0, tzinfo=UTC), date(2027, 1, 4)),  # over Nieuwjaar
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 30)),  # zomertijd begint
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 27)),  # wintertijd begon
    ],
)
def test_an_urgent_casus_leaves_one_werkdag(besloten: datetime, spoed: date) -> None:
    """One werkdag, counted from the day after the decision, however long the term was."""
    assert spoeddag(besloten, date(2027, 10, 1), KALENDER) == spoed


@pytest.mark.rule("D-6")
@given(
    besloten=st.datetimes(datetime(2026, 1, 1), datetime(2027, 11, 30), timezones=st.just(UTC)),  # noqa: DTZ001  # the zone is given beside them
    uiterlijk=DAGEN,
)
def test_an_urgent_casus_never_gets_more_time(besloten: datetime, uiterlijk: date) -> None:
    """Never later than the last day that it had; else a werkdag, the first after the decision."""
    dag = spoeddag(besloten, uiterlijk, KALENDER)
    assert dag <= uiterlijk
    if dag < uiterlijk:
        besluitdag = KALENDER.dag(besloten)
        assert is_werkdag(dag, KALENDER)
        tussen = [besluitdag + timedelta(days=n) for n in range(1, (dag - besluitdag).days)]
        assert besluitdag < dag
        assert not any(is_werkdag(tussendag, KALENDER) for tussendag in tussen)


EINDE = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
HERINNERING = datetime(2026, 11, 27, 7, 0, tzinfo=UTC)
TIK = timedelta(microseconds=1)


@pytest.mark.rule("D-8")
@pytest.mark.parametrize(
    ("nu", "herinnering", "einde", "beurt"),
    [
        (HERINNERING - TIK, HERINNERING, EINDE, None),
        (HERINNERING, HERINNERING, EINDE, Beurt.HERINNERING),
        (EINDE - TIK, HERINNERING, EINDE, Beurt.HERINNERING),
        (EINDE, HERINNERING, EINDE, Beurt.EINDE),  # nobody is reminded of a term that is over
        (EINDE + timedelta(days=30), HERINNERING, EINDE, Beurt.EINDE),
        (HERINNERING, None, EINDE, None),  # reminded before
        (EINDE, None, EINDE, Beurt.EINDE),
        (EINDE, HERINNERING, None, Beurt.HERINNERING),
        (EINDE, None, None, None),
    ],
)
def test_the_rows_say_what_is_due(
    nu: datetime, herinnering: datetime | None, einde: datetime | None, beurt: Beurt | None
) -> None:
    """At the very moment and at any later one; what was done is in no row, and not due again."""
    assert aan_de_beurt(nu, herinnering=herinnering, einde=einde) is beurt
