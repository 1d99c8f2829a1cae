"""Terms in werkdagen (D-6, D-7), as the Algemene termijnenwet art. 3 counts them.

The covenant names no term; the network's configuration does. A term is counted from the day after
sending and runs to the end of its last werkdag, in the time zone of the calendar.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from broker.domain.partner import Kalender, Termijnen

BEGIN_WERKDAG = time(8, 0)
"""When people start: a reminder is sent then, not in the night."""


def is_werkdag(dag: date, kalender: Kalender) -> bool:
    """Whether people work on this day. Raises ValueError for a year that the calendar misses."""
    if not kalender.eerste_jaar <= dag.year <= kalender.laatste_jaar:
        raise ValueError(f"the calendar does not know the year {dag.year}")
    return dag.weekday() < 5 and dag not in kalender.vrije_dagen


def tel_werkdagen(vanaf: date, aantal: int, kalender: Kalender) -> date:
    """The werkdag that is `aantal` (at least 1) werkdagen after the day `vanaf`."""
    if aantal < 1:
        raise ValueError("a term takes one werkdag at least")
    dag = vanaf
    while aantal:
        dag += timedelta(days=1)
        if is_werkdag(dag, kalender):
            aantal -= 1
    return dag


def einde_van(dag: date, kalender: Kalender) -> datetime:
    """The moment at which a day is over for people, in UTC: the midnight that follows it."""
    volgende = datetime.combine(dag + timedelta(days=1), time(0), tzinfo=kalender.tijdzone)
    return volgende.astimezone(UTC)


def begin_van(dag: date, kalender: Kalender) -> datetime:
    """The moment at which people start on a day, in UTC."""
    return datetime.combine(dag, BEGIN_WERKDAG, tzinfo=kalender.tijdzone).astimezone(UTC)


def uiterste_dag(verzonden: datetime, termijnen: Termijnen, kalender: Kalender) -> date:
    """The last day on which an answer is in time."""
    return tel_werkdagen(kalender.dag(verzonden), termijnen.antwoord, kalender)


def herinnering_op(verzonden: datetime, termijnen: Termijnen, kalender: Kalender) -> datetime:
    """When the reminder goes: at the start of the werkdag after `termijnen.herinnering` of them."""
    dag = tel_werkdagen(kalender.dag(verzonden), termijnen.herinnering + 1, kalender)
    return begin_van(dag, kalender)
