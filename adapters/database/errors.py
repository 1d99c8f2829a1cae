"""What goes wrong in a database, as types that say what to do; without one value of a row.

A driver's own text may quote whole rows (PostgreSQL: 'Failing row contains …'), so it never
leaves this module: only the kind of fault, its standard code and the name of the constraint do.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from broker.ports import Conflict


class StoreError(Exception):
    """A fault of the database: one sentence, and a `hint` that says what to do."""

    def __init__(self, sentence: str, *, hint: str) -> None:
        super().__init__(f"{sentence} {hint}")
        self.sentence = sentence
        self.hint = hint


class StoreUnavailable(StoreError):
    """Temporary: locked, full, not reachable or shutting down. Nothing was kept; try later."""


class StoreRefused(StoreError):
    """The database refused a row that may not exist, such as police data without its register row.

    Always a fault in the program.
    """


class StoreNotReady(StoreError):
    """The database cannot be used as it is: wrong address, no schema, another schema, unsafe."""


class StoreFaulty(StoreError):
    """Any other fault of the database or of a statement."""


_UNIQUE_SQLITE = {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"}
_UNIQUE_SQLSTATE = "23505"
# Serialization failure and deadlock: PostgreSQL chose us to give way to another process.
_LOST_RACE_SQLSTATE = {"40001", "40P01"}
# Classes of SQLSTATE: connection, resources (disk full, too many connections), operator
# intervention, system error. Read-only (25006) is a standby that was not promoted yet, 55P03 a
# lock that did not come in time.
_TEMPORARY_CLASSES = {"08", "53", "57", "58"}
_TEMPORARY_SQLSTATE = {"25006", "25P03", "55P03"}
_TEMPORARY_SQLITE = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_CANTOPEN",
    "SQLITE_READONLY",
    "SQLITE_NOMEM",
)
_LATER = "Nothing was kept; look at the disk and the database server, the broker tries again."
_FAULT = "This is a fault in the broker: report it with this text."


def translated(fault: DBAPIError | PoolTimeout) -> Exception:
    """The fault as `Conflict` or as a `StoreError`, free of the values of any row."""
    if isinstance(fault, PoolTimeout):
        return StoreUnavailable("The database gave no connection in time.", hint=_LATER)
    # The drivers' exceptions have no common type; each carries its code in its own attribute.
    cause: Any = fault.orig
    name = str(getattr(cause, "sqlite_errorname", None) or "")
    if name:
        return _from_sqlite(name, str(cause))
    state = str(getattr(cause, "sqlstate", None) or "")
    if state:
        return _from_sqlstate(state, cause)
    # Without a code nothing reached the server, or no answer came back.
    return StoreUnavailable(f"The database does not answer ({type(cause).__name__}).", hint=_LATER)


def _from_sqlite(name: str, text: str) -> Exception:
    # The texts of SQLite hold names of tables, columns and constraints, never a value.
    if name in _UNIQUE_SQLITE or text.startswith("UNIQUE constraint failed"):
        return Conflict("another process was first")
    if name.startswith(_TEMPORARY_SQLITE):
        return StoreUnavailable(f"The database cannot be written now ({name}).", hint=_LATER)
    if name.startswith("SQLITE_CONSTRAINT"):
        return StoreRefused(f"The database refused a row ({name}: {text}).", hint=_FAULT)
    return StoreFaulty(f"The database failed ({name}).", hint=_FAULT)


def _from_sqlstate(state: str, cause: Any) -> Exception:
    if state == _UNIQUE_SQLSTATE or state in _LOST_RACE_SQLSTATE:
        return Conflict("another process was first")
    if state[:2] in _TEMPORARY_CLASSES or state in _TEMPORARY_SQLSTATE:
        return StoreUnavailable(f"The database is not available now ({state}).", hint=_LATER)
    if state[:2] == "23":
        constraint = getattr(cause.diag, "constraint_name", None) or "no name"
        return StoreRefused(f"The database refused a row ({state}: {constraint}).", hint=_FAULT)
    return StoreFaulty(f"The database failed ({state}).", hint=_FAULT)
