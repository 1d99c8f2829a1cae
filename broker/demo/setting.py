"""The stage of the demo: a workspace from the shipped configuration, with keys for everybody."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.database.migrate import prepare
from adapters.openpgp.facts import inspect_certificate
from adapters.openpgp.keygen import EngineName, GeneratedKey, generate_key, write_secret
from adapters.openpgp.vault import find_gnupg
from adapters.settings.faults import Faults, render, sentence
from adapters.settings.load import Configuration, load
from adapters.settings.pins import NewKey, pin_all
from adapters.settings.workspace import WorkspaceWritten, write_workspace
from broker.demo.broker_keys import make_broker_keys
from broker.demo.people import GnuPGProgram, MailProgram, SequoiaProgram, gnupg_person
from broker.demo.script import TURNS
from broker.domain.partner import MedewerkerId

REGISTER_KEY = MedewerkerId("registersleutel")


@dataclass(slots=True)
class Stage:
    """Everything that stands before the first mail: configuration, and a mail program each."""

    folder: Path
    configuration: Configuration
    programs: dict[MedewerkerId, MailProgram]
    police: SequoiaProgram
    with_gnupg: bool
    links: tempfile.TemporaryDirectory[str]

    def close(self) -> None:
        """End what GnuPG left running."""
        for program in self.programs.values():
            if isinstance(program, GnuPGProgram):
                program.stop()
        self.links.cleanup()


@dataclass(frozen=True, slots=True)
class _Keys:
    people: dict[MedewerkerId, GeneratedKey] = field(repr=False)
    gnupg: frozenset[MedewerkerId]


class StageNotSet(Exception):
    """The workspace could not be made; the message says why, with a hint."""


async def set_stage(folder: Path, *, relay_port: int, now: datetime | None = None) -> Stage:
    """Make the workspace in an empty folder, as it is at `now` (the present moment).

    Raises StageNotSet, BrokerKeysNotMade, KeyNotMade, Correspondence, OSError.
    """
    now = now or datetime.now(UTC)
    written = write_workspace(
        folder,
        changes={
            ("smtp", "host"): "127.0.0.1",
            ("smtp", "poort"): _free_port(),
            ("smtp", "tls"): "geen",
            ("smtp", "tls_certificaat"): None,
            ("smtp", "tls_sleutel"): None,
            ("bezorging", "relay", "host"): "127.0.0.1",
            ("bezorging", "relay", "poort"): relay_port,
            ("bezorging", "relay", "tls"): "geen",
            ("toezicht", "niveau"): "error",
        },
    )
    if not isinstance(written, WorkspaceWritten):
        raise StageNotSet(sentence(written))
    shipped = _load(written.broker_file, now=now, keys_made=False)
    settings = shipped.settings
    keys, broker = await asyncio.gather(
        asyncio.to_thread(_make_keys, shipped),
        make_broker_keys(
            key=settings.keys.broker, master=settings.keys.master, address=settings.address
        ),
    )
    fault = pin_all(
        written.network_file,
        [
            NewKey(None if id == REGISTER_KEY else id, key.fingerprint, key.certificate)
            for id, key in keys.people.items()
        ],
    )
    if fault is not None:
        raise StageNotSet(sentence(fault))
    configuration = _load(written.broker_file, now=now)
    database = configuration.settings.database
    await prepare(url=database.url, keys_url=database.keys_url)
    links = tempfile.TemporaryDirectory(prefix="vb-")
    programs = await asyncio.to_thread(
        _programs, written.broker_file.parent / "partners", keys, broker, links=Path(links.name)
    )
    police = programs.pop(REGISTER_KEY)
    if not isinstance(police, SequoiaProgram):
        raise AssertionError("the register key belongs to Sequoia")
    return Stage(folder, configuration, programs, police, bool(keys.gnupg), links)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _load(path: Path, *, now: datetime, keys_made: bool = True) -> Configuration:
    result = load(path, now=now, inspect_certificate=inspect_certificate, keys_made=keys_made)
    if isinstance(result, Faults):
        raise StageNotSet(render(result.faults))
    return result


def _make_keys(shipped: Configuration) -> _Keys:
    """A new key for everybody; made by GnuPG for who uses that in the script."""
    lokets = {turn.loket for turn in TURNS if turn.gnupg and find_gnupg() is not None}
    gnupg = frozenset(
        person.id for loket, person in shipped.network.medewerkers() if loket.id in lokets
    )
    people = {
        person.id: generate_key(
            person.naam,
            person.adres,
            EngineName.GNUPG if person.id in gnupg else EngineName.SEQUOIA,
        )
        for _, person in shipped.network.medewerkers()
    }
    people[REGISTER_KEY] = generate_key(
        "Register van de politie", "register@politie-limburg.example", EngineName.SEQUOIA
    )
    return _Keys(people, gnupg)


def _programs(
    homes: Path, keys: _Keys, broker: bytes, *, links: Path
) -> dict[MedewerkerId, MailProgram]:
    """A home for everybody, with his own key and the broker's certificate."""
    programs: dict[MedewerkerId, MailProgram] = {}
    for id, key in keys.people.items():
        home = homes / id
        home.mkdir(mode=0o700, parents=True)
        if id in keys.gnupg:
            # The path of an agent's socket may hold 107 bytes: a short name for the same folder.
            link = links / str(len(programs))
            link.symlink_to(home)
            programs[id] = gnupg_person(
                link, secret_key=key.secret, fingerprint=key.fingerprint, broker=broker
            )
        else:
            write_secret(home / "sleutel.asc", key.secret)
            programs[id] = SequoiaProgram(home / "sleutel.asc", broker)
    return programs
