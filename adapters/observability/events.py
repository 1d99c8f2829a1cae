"""Writes events of the catalogue, one line each, and keeps libraries from writing their own."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import TextIO

import structlog
from structlog.typing import Processor

from adapters.observability.catalogue import FieldKind, Level, find_event
from broker.ports import Clock

WITHHELD = "withheld"

_ORDER = (Level.INFO, Level.WARNING, Level.ERROR)


class LoggedEvents:
    """The log of the broker; implements `broker.ports.Events`.

    An event or a field that the catalogue does not list is a fault in the program, and raised. A
    value that could be more than an id, a code or a count is written as `withheld`: what happens
    to a message must never depend on the log. A line that cannot be written (a full disk, a
    closed pipe) does not stop the broker either: the next line that can be written says in
    `lines_lost` how many were lost before it.
    """

    def __init__(
        self, *, clock: Clock, level: str = "info", form: str = "json", file: TextIO | None = None
    ) -> None:
        """`form` is json or console; `file` is stderr unless given. Raises ValueError."""
        self._clock = clock
        self._least = _ORDER.index(Level(level))
        self._lost = 0
        self._logger = structlog.wrap_logger(
            structlog.WriteLogger(file or sys.stderr),
            processors=[_renderer(form)],
            wrapper_class=structlog.BoundLogger,
            cache_logger_on_first_use=False,
        )

    def log(self, event: str, **fields: str | int) -> None:
        """Log one event. Raises UnknownEvent, ForbiddenField: faults in the program."""
        kind = find_event(event, fields)
        if _ORDER.index(kind.level) < self._least:
            return
        # A word of an enumeration is written as the word that it is.
        plain = {
            name: (str(x) if isinstance(x, str) else x) if kind.fields[name].admits(x) else WITHHELD
            for name, x in fields.items()
        }
        lost = {"lines_lost": self._lost} if self._lost else {}
        moment = self._clock.now().isoformat(timespec="milliseconds")
        try:
            self._logger.msg(event, time=moment, level=kind.level.value, **plain, **lost)
        except OSError:
            self._lost += 1
        else:
            self._lost = 0


def _renderer(form: str) -> Processor:
    match form:
        case "json":
            return structlog.processors.JSONRenderer(sort_keys=False)
        case "console":
            return structlog.processors.KeyValueRenderer(key_order=["time", "level", "event"])
        case _:
            raise ValueError("a log is json or console")


class _LibraryHandler(logging.Handler):
    """Takes what a library logs down to where it was said: no message, no argument, no traceback.

    Libraries put addresses, commands and bytes of messages in all three.
    """

    def __init__(self, log: Callable[..., None]) -> None:
        super().__init__(logging.WARNING)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        """Log the event `library`."""
        fields: dict[str, str] = {
            "logger": _fit(record.name, FieldKind.ID),
            "severity": _fit(record.levelname.lower(), FieldKind.CODE),
            "where": _fit(f"{PurePath(record.pathname).name}:{record.lineno}", FieldKind.ID),
        }
        if record.exc_info and record.exc_info[0] is not None:
            fields["error"] = _fit(record.exc_info[0].__name__, FieldKind.TYPE)
        self._log("library", **fields)


def _fit(text: str, kind: FieldKind) -> str:
    return text if kind.admits(text) else "other"


@contextmanager
def libraries_quiet(events: LoggedEvents) -> Iterator[None]:
    """While this is open, everything that libraries log goes through the catalogue.

    Takes over the standard library's logging for the whole process (aiosmtpd's `mail.log`,
    SQLAlchemy, APScheduler, gnupg, asyncio, and the warnings module), and gives it back at the end.
    """
    handler = _LibraryHandler(events.log)
    root = logging.getLogger()
    loggers = [
        root,
        *(x for x in root.manager.loggerDict.values() if isinstance(x, logging.Logger)),
    ]
    before = [(x, x.level, x.handlers[:], x.propagate, x.disabled) for x in loggers]
    for logger in loggers:
        logger.handlers[:] = []
        logger.propagate = True
        logger.setLevel(logging.NOTSET)
    root.setLevel(logging.WARNING)
    root.addHandler(handler)
    logging.captureWarnings(capture=True)
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.removeHandler(handler)
        for logger, level, handlers, propagate, disabled in before:
            logger.setLevel(level)
            logger.handlers[:] = handlers
            logger.propagate = propagate
            logger.disabled = disabled
