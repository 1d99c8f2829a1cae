"""Terms in werkdagen (D-6, D-7), as the Algemene termijnenwet art. 3 counts them.

The covenant names no term; the network's configuration does. A term is counted from the day after
sending and runs to the end of its last werkdag, in the time zone of the calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from broker.domain.kalender import Kalender, Termijnen

BEGIN_WERKDAG = time(8, 0)
"""When people start: a reminder is sent then, not in the night."""


def is_werkdag(dag: date, kalender: Kalender) -> bool:
    """D-7: whether people work on this day: Monday to Friday, no holiday, no closing day.

    Raises ValueError for a year that the calendar misses.
    """
    if not kalender.eerste_jaar <= dag.year <= kalender.laatste_jaar:
        raise ValueError(f"the calendar does not know the year {dag.year}")
    return dag.weekday() < 5 and dag not in kalender.vrije_dagen


def tel_werkdagen(vanaf: date, aantal: int, kalender: Kalender) -> date:
    """D-6: the werkdag that is `aantal` (at least 1) werkdagen after the day `vanaf`."""
    if aantal < 1:
        raise ValueError("a term takes one werkdag at least")
    dag = vanaf
    while aantal:
        dag += timedelta(days=1)
        if is_werkdag(dag, kalender):
            aantal -= 1
    return dag


def einde_van(dag: date, kalender: Kalender) -> datetime:
    """D-6: the moment at which a day is over for people, in UTC: the midnight that follows it."""
    volgende = datetime.combine(dag + timedelta(days=1), time(0), tzinfo=kalender.tijdzone)
    return volgende.astimezone(UTC)


def begin_van(dag: date, kalender: Kalender) -> datetime:
    """The moment at which people start on a day, in UTC."""
    return datetime.combine(dag, BEGIN_WERKDAG, tzinfo=kalender.tijdzone).astimezone(UTC)


def uiterste_dag(verzonden: datetime, termijnen: Termijnen, kalender: Kalender) -> date:
    """D-6: the last day on which an answer is in time."""
    return tel_werkdagen(kalender.dag(verzonden), termijnen.antwoord, kalender)


def herinnering_op(verzonden: datetime, termijnen: Termijnen, kalender: Kalender) -> datetime:
    """D-6: when the reminder goes: at the start of the werkdag after `termijnen.herinnering`."""
    dag = tel_werkdagen(kalender.dag(verzonden), termijnen.herinnering + 1, kalender)
    return begin_van(dag, kalender)


def spoeddag(besloten: datetime, uiterlijk: date, kalender: Kalender) -> date:
    """D-6: the last day of an urgent casus: one werkdag, counted from the day after the decision.

    Never later than `uiterlijk`, the last day that it had.
    """
    return min(tel_werkdagen(kalender.dag(besloten), 1, kalender), uiterlijk)


class Beurt(StrEnum):
    """What a casus is due for."""

    HERINNERING = "herinnering"
    EINDE = "einde"


def aan_de_beurt(
    nu: datetime, *, herinnering: datetime | None, einde: datetime | None
) -> Beurt | None:
    """D-8: what the rows say is due by now; a timer only wakes. None: nothing.

    The end goes first: after days of downtime nobody is reminded of a term that is over.
    """
    if einde is not None and einde <= nu:
        return Beurt.EINDE
    if herinnering is not None and herinnering <= nu:
        return Beurt.HERINNERING
    return None
