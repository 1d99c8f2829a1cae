"""Turns the database URL that an operator writes into the one that SQLAlchemy takes."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from adapters.settings.faults import Findings

_HINT = "sqlite:///gegevens/broker.sqlite, or postgresql://user@host/name"


def normalise(url: str, *, folder: Path, place: str, findings: Findings) -> str | None:
    """The URL with the driver that the broker uses, and an absolute file; None after a fault.

    `sqlite:///file` counts from the folder, `sqlite:////file` is absolute already.
    """
    try:
        parts = urlsplit(url)
        password = parts.password is not None or "password" in parse_qs(parts.query)
        host, port = parts.hostname, parts.port
    except ValueError:
        findings.fault(place, "is not a database URL", hint=_HINT)
        return None
    if password:
        findings.fault(
            place,
            "holds a password",
            hint="take it out, and name a file that holds it; others can read this file",
        )
        return None
    match parts.scheme:
        case "sqlite" | "sqlite+aiosqlite":
            return _sqlite(url, folder=folder, place=place, findings=findings)
        case "postgresql" | "postgresql+psycopg":
            # Without a host the connection goes over a socket of this machine.
            if parts.path in ("", "/") or (port is not None and host is None):
                findings.fault(place, "names no database", hint=_HINT)
                return None
            return "postgresql+psycopg" + url[len(parts.scheme) :]
        case _:
            findings.fault(place, "is neither SQLite nor PostgreSQL", hint=_HINT)
            return None


def _sqlite(url: str, *, folder: Path, place: str, findings: Findings) -> str | None:
    _, found, name = url.partition(":///")
    if not found or ":" in name or "?" in name or "#" in name or name.strip("/") in ("", "."):
        findings.fault(place, "names no database file", hint=_HINT)
        return None
    return f"sqlite+aiosqlite:///{(folder / name).as_posix()}"
