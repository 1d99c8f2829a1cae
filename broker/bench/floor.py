"""The bare operations of one melding: what is left when everything that could be left out is.

Each is done by the library itself, in this process, one after the other, with everything ready
that can be: keys read, connections open, statements prepared. So this is a floor: the broker
does the same work, and the rest is its own.
"""

from __future__ import annotations

import smtplib
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

import pysequoia

from broker.bench.outside import Taken
from broker.bench.probe import Commit
from broker.bench.setting import Keyring, Sealed, Stage


@dataclass(frozen=True, slots=True)
class Work:
    """What the broker did for one melding, as it was seen."""

    melding: Sealed
    mails: tuple[Taken, ...]
    letters: tuple[bytes, ...] = field(repr=False)
    commits: tuple[Commit, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """Seconds that the bare operations took."""

    sequoia: float
    smtp: float
    sqlite: float

    @property
    def total(self) -> float:
        """All of it."""
        return self.sequoia + self.smtp + self.sqlite


class Floor:
    """Does bare work. Use it as a context manager; `folder` lies where the databases lie."""

    def __init__(self, stage: Stage, *, folder: Path, port: int) -> None:
        self._address = stage.configuration.settings.address
        self._melder = stage.melder.adres
        self._openpgp = _OpenPGP(stage.keyring, melder=stage.melder.adres)
        self._folder = folder
        self._databases: dict[str, sqlite3.Connection] = {}
        self._smtp = smtplib.SMTP("127.0.0.1", port, local_hostname="floor.example", timeout=30)

    def __enter__(self) -> Self:
        self._smtp.ehlo()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._smtp.close()
        for database in self._databases.values():
            database.close()

    def do(self, work: Work) -> Parts:
        """The bare operations of that work, timed."""
        for commit in work.commits:
            self._database(commit)
        started = time.perf_counter()
        self._openpgp.do(work)
        sealed = time.perf_counter()
        self._send(self._melder, self._address, work.melding.raw)
        for mail in work.mails:
            self._send(self._address, mail.recipient, mail.raw)
        sent = time.perf_counter()
        for commit in work.commits:
            self._commit(commit)
        return Parts(sealed - started, sent - sealed, time.perf_counter() - sent)

    def _send(self, sender: str, recipient: str, raw: bytes) -> None:
        self._smtp.mail(sender, [f"SIZE={len(raw)}"])
        self._smtp.rcpt(recipient)
        self._smtp.data(raw)

    def _database(self, commit: Commit) -> sqlite3.Connection:
        if commit.database not in self._databases:
            path = self._folder / f"floor-{len(self._databases)}.sqlite"
            database = sqlite3.connect(path, isolation_level=None)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.execute("CREATE TABLE written (id INTEGER PRIMARY KEY, content BLOB)")
            self._databases[commit.database] = database
        return self._databases[commit.database]

    def _commit(self, commit: Commit) -> None:
        database = self._database(commit)
        content = bytes(commit.size // commit.rows)
        database.execute("BEGIN IMMEDIATE")
        database.executemany("INSERT INTO written (content) VALUES (?)", [(content,)] * commit.rows)
        database.execute("COMMIT")


class _OpenPGP:
    def __init__(self, keyring: Keyring, *, melder: str) -> None:
        self._signer = keyring.broker.signer()
        self._decryptor = keyring.broker.decryptor()
        self._certificates = {
            address: key.extract_certificate() for address, key in keyring.people.items()
        }
        self._melder = self._certificates[melder]

    def do(self, work: Work) -> None:
        _ = pysequoia.decrypt(
            work.melding.message, decryptor=self._decryptor, store=lambda _: [self._melder]
        )
        for mail, letter in zip(work.mails, work.letters, strict=True):
            _ = pysequoia.encrypt(
                letter, recipients=[self._certificates[mail.recipient]], signer=self._signer
            )
