"""A workspace from the shipped configuration, with a Sequoia key for everybody in it."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.openpgp.facts import inspect_certificate
from adapters.openpgp.keygen import (
    BROKER_NAME,
    EngineName,
    GeneratedKey,
    generate_key,
    make_master_keys,
    write_secret,
)
from adapters.settings.faults import Faults, render
from adapters.settings.load import Configuration, load
from adapters.settings.pins import NewKey, pin_all
from adapters.settings.workspace import WorkspaceWritten, write_workspace
from broker.demo.people import SequoiaProgram
from broker.domain.partner import LoketId, Medewerker
from tests.fixtures.databases import DatabaseUrls


@dataclass(frozen=True, slots=True)
class Person:
    """An employee with the mail program by which he reads and writes."""

    employee: Medewerker
    loket: LoketId
    program: SequoiaProgram


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the broker finds everything, and the people by their address."""

    file: Path
    configuration: Configuration
    people: Mapping[str, Person]

    @property
    def port(self) -> int:
        """Where the broker takes mail in, in every life again."""
        return self.configuration.settings.smtp.port

    def person(self, id: str) -> Person:
        """The employee with this id."""
        return next(person for person in self.people.values() if person.employee.id == id)


def read_configuration(file: Path, *, keys_made: bool = True) -> Configuration:
    """The configuration in a file that has no fault."""
    found = load(
        file, now=datetime.now(UTC), inspect_certificate=inspect_certificate, keys_made=keys_made
    )
    assert not isinstance(found, Faults), render(found.faults)
    return found


def set_stage(folder: Path, urls: DatabaseUrls, *, relay_port: int) -> Stage:
    """Make a workspace in a new folder, on databases that have their schema."""
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
            ("database", "url"): urls.url,
            ("database", "sleutels_url"): urls.keys_url,
            ("planner", "seconden"): 1,
        },
    )
    assert isinstance(written, WorkspaceWritten)
    shipped = read_configuration(written.broker_file, keys_made=False)
    broker = _key(BROKER_NAME, shipped.settings.address)
    write_secret(shipped.settings.keys.broker, broker.secret)
    make_master_keys(shipped.settings.keys.master)
    keys = {
        person.id: _key(person.naam, person.adres) for _, person in shipped.network.medewerkers()
    }
    register = _key("Register van de politie", "register@politie-limburg.example")
    fault = pin_all(
        written.network_file,
        [
            NewKey(None, register.fingerprint, register.certificate),
            *(NewKey(id, key.fingerprint, key.certificate) for id, key in keys.items()),
        ],
    )
    assert fault is None
    configuration = read_configuration(written.broker_file)
    people: dict[str, Person] = {}
    (folder / "partners").mkdir(mode=0o700)
    for loket, employee in configuration.network.medewerkers():
        secret = folder / "partners" / f"{employee.id}.asc"
        write_secret(secret, keys[employee.id].secret)
        program = SequoiaProgram(secret, broker.certificate)
        people[employee.adres] = Person(employee, loket.id, program)
    return Stage(written.broker_file, configuration, people)


def _key(name: str, address: str) -> GeneratedKey:
    return generate_key(name, address, EngineName.SEQUOIA)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
