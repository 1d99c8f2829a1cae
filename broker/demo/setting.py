"""The stage of the demo: a workspace from the shipped configuration, with keys for everybody."""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.database.migrate import prepare
from adapters.openpgp.facts import inspect_certificate
from adapters.openpgp.keygen import (
    EngineName,
    GeneratedKey,
    generate_key,
    make_broker_key,
    make_master_keys,
    write_secret,
)
from adapters.openpgp.vault import find_gnupg
from adapters.settings.faults import Faults, render, sentence
from adapters.settings.load import Configuration, load
from adapters.settings.pins import NewKey, pin_all
from adapters.settings.workspace import WorkspaceWritten, write_workspace
from broker.demo.people import GnuPGProgram, MailProgram, SequoiaProgram, gnupg_person
from broker.demo.script import TURNS
from broker.demo.story import DemoFailed
from broker.domain.partner import MedewerkerId

REGISTER_KEY = MedewerkerId("registersleutel")


@dataclass(slots=True)
class Stage:
    """Everything that stands before the first mail: configuration, and a mail program each."""

    configuration: Configuration
    programs: dict[MedewerkerId, MailProgram]
    police: SequoiaProgram
    with_gnupg: bool

    def close(self) -> None:
        """End what GnuPG left running."""
        for program in self.programs.values():
            if isinstance(program, GnuPGProgram):
                program.stop()


@dataclass(frozen=True, slots=True)
class _Keys:
    broker: GeneratedKey
    people: dict[MedewerkerId, GeneratedKey] = field(repr=False)
    gnupg: frozenset[MedewerkerId]


async def set_stage(folder: Path, *, relay_port: int) -> Stage:
    """Make the workspace in an empty folder. Raises DemoFailed, KeyNotMade, OSError."""
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
        raise DemoFailed(sentence(written))
    shipped = _load(written.broker_file, keys_made=False)
    keys = _make_keys(shipped)
    fault = pin_all(
        written.network_file,
        [
            NewKey(None if id == REGISTER_KEY else id, key.fingerprint, key.certificate)
            for id, key in keys.people.items()
        ],
    )
    if fault is not None:
        raise DemoFailed(sentence(fault))
    configuration = _load(written.broker_file)
    database = configuration.settings.database
    await prepare(url=database.url, keys_url=database.keys_url)
    programs: dict[MedewerkerId, MailProgram] = {
        id: _program(folder / "partners" / id, key, keys.broker, gnupg=id in keys.gnupg)
        for id, key in keys.people.items()
    }
    police = programs.pop(REGISTER_KEY)
    if not isinstance(police, SequoiaProgram):
        raise DemoFailed("the register key belongs to Sequoia")
    return Stage(configuration, programs, police, bool(keys.gnupg))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _load(path: Path, *, keys_made: bool = True) -> Configuration:
    result = load(
        path, now=datetime.now(UTC), inspect_certificate=inspect_certificate, keys_made=keys_made
    )
    if isinstance(result, Faults):
        raise DemoFailed(render(result.faults))
    return result


def _make_keys(shipped: Configuration) -> _Keys:
    """A new key for the broker and for everybody; with GnuPG for who uses that in the script."""
    settings = shipped.settings
    broker = make_broker_key(settings.keys.broker, settings.address)
    make_master_keys(settings.keys.master)
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
    return _Keys(broker, people, gnupg)


def _program(
    home: Path, key: GeneratedKey, broker: GeneratedKey, *, gnupg: bool
) -> SequoiaProgram | GnuPGProgram:
    if gnupg:
        return gnupg_person(
            home,
            secret_key=key.secret,
            fingerprint=key.fingerprint,
            broker=broker.certificate,
        )
    home.mkdir(mode=0o700, parents=True)
    write_secret(home / "sleutel.asc", key.secret)
    return SequoiaProgram(home / "sleutel.asc", broker.certificate)
