"""What may be logged, and that nothing else can be, by the broker or by a library."""

from __future__ import annotations

import ast
import asyncio
import io
import json
import logging
import re
import warnings
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.observability.catalogue import (
    EVENTS,
    FieldKind,
    ForbiddenField,
    UnknownEvent,
    catalogue_markdown,
    find_event,
)
from adapters.observability.events import LoggedEvents, libraries_quiet
from broker.ports import Events

SECRET = "Jan de Vries, Parade 1, 5911 AB Venlo"


class StandingClock:
    """It is always the same moment."""

    def now(self) -> datetime:
        return datetime(2026, 11, 23, 9, 30, tzinfo=UTC)


class FullDisk(io.StringIO):
    """Refuses writes while it is full."""

    full = False

    def write(self, text: str, /) -> int:
        if self.full:
            raise OSError(28, "No space left on device")
        return super().write(text)


@pytest.fixture
def file() -> FullDisk:
    """Where lines go."""
    return FullDisk()


@pytest.fixture
def events(file: FullDisk) -> LoggedEvents:
    """A log of JSON lines."""
    return LoggedEvents(clock=StandingClock(), file=file)


def lines(file: io.StringIO) -> list[dict[str, object]]:
    """The lines that were written."""
    return [json.loads(line) for line in file.getvalue().splitlines()]


def test_a_known_event_is_one_line_of_json(events: LoggedEvents, file: FullDisk) -> None:
    """Moment, level, name and fields; readable by any collector of logs."""
    port: Events = events
    port.log("casus.created", kenmerk="ZNW-2026-00042", verzoeken=6)
    assert lines(file) == [
        {
            "time": "2026-11-23T09:30:00.000+00:00",
            "level": "info",
            "event": "casus.created",
            "kenmerk": "ZNW-2026-00042",
            "verzoeken": 6,
        }
    ]


def test_a_console_line_says_the_same(file: FullDisk) -> None:
    """For a person at a terminal."""
    LoggedEvents(clock=StandingClock(), form="console", file=file).log("server.stopped")
    assert "event='server.stopped'" in file.getvalue()


def test_an_unknown_event_is_a_fault_in_the_program(events: LoggedEvents) -> None:
    """What is not in the catalogue cannot be logged, and its text is not repeated."""
    with pytest.raises(UnknownEvent) as raised:
        events.log(SECRET)
    assert "Vries" not in str(raised.value)


def test_a_field_that_is_not_listed_is_refused(events: LoggedEvents, file: FullDisk) -> None:
    """Each event has its own few fields."""
    with pytest.raises(ForbiddenField):
        events.log("casus.created", naam="x")
    assert file.getvalue() == ""


@pytest.mark.parametrize("value", [SECRET, "j.hermans@woonwenz.example", "a b", "", True, 1.5])
def test_a_value_that_could_be_personal_is_withheld(
    events: LoggedEvents, file: FullDisk, value: str
) -> None:
    """Only ids, codes and counts fit; no sentence, no address. The line is written without it."""
    events.log("casus.created", kenmerk=value)
    (line,) = lines(file)
    assert line["kenmerk"] == "withheld"


@pytest.mark.parametrize(
    "code", ["5.7.1", "smtp-451 4.3.0", "550 5.7.1", "dns 5.1.2", "geen-starttls"]
)
def test_the_codes_of_mail_servers_fit(events: LoggedEvents, file: FullDisk, code: str) -> None:
    """A reply code with its enhanced code is no sentence."""
    events.log("delivery.rejected", id="x", code=code)
    assert lines(file)[0]["code"] == code


@given(st.text(min_size=1))
def test_text_with_a_line_an_at_or_an_accent_never_fits(text: str) -> None:
    """No kind of field admits what a mail, a name with a surname or a forged line needs."""
    if any((c.isspace() and c != " ") or c == "@" or not c.isascii() for c in text):
        assert not any(kind.admits(text) for kind in FieldKind)


def test_level_leaves_out_what_is_below_it_but_still_checks_it(file: FullDisk) -> None:
    """A quiet log refuses the same things as a full one."""
    events = LoggedEvents(clock=StandingClock(), level="warning", file=file)
    events.log("casus.created", kenmerk="ZNW-2026-00042")
    assert file.getvalue() == ""
    with pytest.raises(ForbiddenField):
        events.log("casus.created", naam="x")


def test_a_full_disk_stops_nothing_and_is_told_afterwards(
    events: LoggedEvents, file: FullDisk
) -> None:
    """Lines that were lost are counted in the next one that could be written."""
    file.full = True
    events.log("server.stopped")
    events.log("server.stopped")
    file.full = False
    events.log("server.stopped")
    events.log("server.stopped")
    assert [line.get("lines_lost") for line in lines(file)] == [2, None]


def test_only_json_and_console_are_forms() -> None:
    """Another word is refused."""
    with pytest.raises(ValueError, match="json or console"):
        LoggedEvents(clock=StandingClock(), form="xml")


def test_what_a_library_logs_is_told_without_its_words(
    events: LoggedEvents, file: FullDisk
) -> None:
    """No message, argument, traceback or error text of a library reaches the log."""
    with libraries_quiet(events):
        try:
            raise ConnectionResetError(SECRET)
        except ConnectionResetError:
            logging.getLogger("mail.log").exception("session of %s", SECRET)
        logging.getLogger("sqlalchemy.engine").info(SECRET)
        logging.getLogger(SECRET).warning(SECRET)
    assert "Vries" not in file.getvalue()
    first, second = lines(file)
    assert first["event"] == "library"
    assert first["logger"] == "mail.log"
    assert first["severity"] == "error"
    assert first["error"] == "ConnectionResetError"
    assert str(first["where"]).startswith("test_events.py:")
    assert second["logger"] == "other"


def test_a_library_with_a_handler_of_its_own_cannot_go_round_the_log(
    events: LoggedEvents, file: FullDisk
) -> None:
    """Handlers that were there are set aside, and put back at the end."""
    aside = io.StringIO()
    handler = logging.StreamHandler(aside)
    logger = logging.getLogger("apscheduler")
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    try:
        with libraries_quiet(events):
            logger.warning(SECRET)
            logger.debug(SECRET)
        assert aside.getvalue() == ""
        assert len(lines(file)) == 1
        assert (logger.handlers, logger.level, logger.propagate) == ([handler], 10, False)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)
        logger.propagate = True


def test_warnings_are_taken_too(events: LoggedEvents, file: FullDisk) -> None:
    """The warnings module quotes source lines; only the place is told."""
    with libraries_quiet(events), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn(SECRET, stacklevel=1)
    assert [line["logger"] for line in lines(file)] == ["py.warnings"]
    assert "Vries" not in file.getvalue()


async def test_an_exception_that_nobody_awaited_is_told_by_its_type(
    events: LoggedEvents, file: FullDisk
) -> None:
    """asyncio prints such an error with its text; the log gets the type."""
    with libraries_quiet(events):
        loop = asyncio.get_running_loop()
        loop.call_exception_handler({"message": SECRET, "exception": ValueError(SECRET)})
    (line,) = lines(file)
    assert (line["logger"], line["error"]) == ("asyncio", "ValueError")
    assert "Vries" not in file.getvalue()


def test_the_catalogue_is_sound() -> None:
    """Every event once, with a meaning; no field stands in the way of the line's own."""
    names = [kind.name for kind in EVENTS]
    assert len(set(names)) == len(names)
    for kind in EVENTS:
        assert kind.meaning.endswith(".")
        assert not {"time", "level", "event", "lines_lost"} & set(kind.fields)
        assert find_event(kind.name, {}) is kind


def test_the_catalogue_can_be_read_as_a_table() -> None:
    """The documentation takes it from the code."""
    table = catalogue_markdown()
    assert table.count("\n") == len(EVENTS) + 2
    assert "| `casus.created` | info | `kenmerk`, `verzoeken` |" in table


def named(argument: ast.expr) -> list[str]:
    """The literal names of events that an argument can be: one, or one of two."""
    match argument:
        case ast.Constant(value=str(name)):
            return [name]
        case ast.IfExp(body=body, orelse=orelse):
            return [*named(body), *named(orelse)]
        case _:
            return []


def logged_by(call: ast.Call) -> tuple[list[str], list[str]]:
    """The events that a call logs, and their fields. A decision is logged by who carries it out."""
    given = [keyword.arg for keyword in call.keywords if keyword.arg]
    match ast.unparse(call.func).split(".")[-1]:
        case "log" | "_log" if call.args:
            return named(call.args[0]), given
        case "Decided":
            return named(call.args[2]), ["kenmerk", *(["loket"] if "desks" in given else [])]
        case _:
            return [], []


def logged_in(file: Path) -> list[tuple[str, list[str]]]:
    """Every event with its fields that a source file logs by a literal name."""
    calls = [
        logged_by(node)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
    ]
    return [(name, fields) for names, fields in calls for name in names]


def test_the_broker_logs_nothing_that_the_catalogue_does_not_know() -> None:
    """Every event and field in the source is listed, so that none fails when it happens."""
    root = Path(__file__).resolve().parents[3]
    known = {kind.name: set(kind.fields) for kind in EVENTS}
    unknown = [
        f"{file.relative_to(root)}: {event} {field}"
        for folder in ("broker", "adapters")
        for file in sorted((root / folder).rglob("*.py"))
        for event, fields in logged_in(file)
        for field in fields or [""]
        if event not in known or (field and field not in known[event])
    ]
    assert unknown == []


def test_every_event_and_field_of_the_catalogue_is_written_somewhere() -> None:
    """An operator never waits for a line that no code writes."""
    root = Path(__file__).resolve().parents[3]
    written = {
        (event, field)
        for folder in ("broker", "adapters")
        for file in sorted((root / folder).rglob("*.py"))
        for event, fields in logged_in(file)
        for field in ("", *fields)
    }
    # What a library says goes through the catalogue by a mapping.
    listed = {
        (kind.name, field)
        for kind in EVENTS
        if kind.name != "library"
        for field in ("", *kind.fields)
    }
    assert listed - written == set()


def test_every_event_has_a_name_of_two_words_and_a_dot() -> None:
    """`casus.created`: what, and what happened to it; but for the two that tell of anything."""
    names = {kind.name for kind in EVENTS} - {"fault", "library"}
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", name) for name in names)
