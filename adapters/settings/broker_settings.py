"""What the server needs to know, checked: the settings of broker.toml and the secrets beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path


class Tls(StrEnum):
    """Whether a connection must be secured. GEEN is for loopback addresses only."""

    VERPLICHT = "verplicht"
    AANGEBODEN = "aangeboden"
    GEEN = "geen"


class Engine(StrEnum):
    """Which OpenPGP engine opens and seals first."""

    SEQUOIA = "sequoia"
    GNUPG = "gnupg"


class Level(StrEnum):
    """From which level on events are logged."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Form(StrEnum):
    """How a line of the log is written."""

    JSON = "json"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Mail coming in. `certificate` and `key` are PEM files, None exactly when `tls` is GEEN."""

    host: str
    port: int
    tls: Tls
    certificate: Path | None
    key: Path | None
    max_bytes: int


@dataclass(frozen=True, slots=True)
class Route:
    """A mail server to hand messages to. `tls` is VERPLICHT, or GEEN on a loopback address."""

    host: str
    port: int
    tls: Tls


@dataclass(frozen=True, slots=True)
class DeliverySettings:
    """Mail going out.

    `routes` are by domain in lower case and go before `relay`; with neither, the message goes to
    the mail server of the domain itself. `user` and `password` are for the relay, both or none.
    `delays` are the waits after each failed attempt, the last one repeated; after `attempts`
    attempts the message is given up.
    """

    relay: Route | None
    routes: Mapping[str, Route]
    ca_file: Path | None
    delays: tuple[timedelta, ...]
    attempts: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """The two databases, as SQLAlchemy URLs without a password: `sqlite+aiosqlite:////absolute`
    or `postgresql+psycopg://…`. The passwords, if any, stand apart."""

    url: str
    keys_url: str
    password: str | None = field(default=None, repr=False)
    keys_password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class KeySettings:
    """Where the secret keys are. The files are only named here: the worker reads them.

    `gnupg_home` is GnuPG's own folder, for a key on a smartcard.
    """

    broker: Path
    master: Path
    engine: Engine
    passphrase_file: Path | None = None
    gnupg_home: Path | None = None


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """Limits of the process that opens and seals messages."""

    memory_bytes: int
    time: timedelta


@dataclass(frozen=True, slots=True)
class LogSettings:
    """What is logged, and how."""

    level: Level
    form: Form


@dataclass(frozen=True, slots=True)
class BrokerSettings:
    """Everything that an operator sets for the server. Every path is absolute."""

    network_file: Path
    certificates: Path
    address: str
    hostname: str
    smtp: SmtpSettings
    delivery: DeliverySettings
    database: DatabaseSettings
    keys: KeySettings
    worker: WorkerSettings
    wake_every: timedelta
    log: LogSettings
