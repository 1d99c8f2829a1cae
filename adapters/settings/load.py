"""Loads a configuration: the server's file, the network's file and the pinned certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.settings.broker_file import Workspace, read_broker
from adapters.settings.broker_settings import BrokerSettings
from adapters.settings.certificates import FOLDER, InspectCertificate, Pin, read_certificates
from adapters.settings.faults import Faults, Findings, Notice, within
from adapters.settings.network import build_network
from adapters.settings.network_checks import check_network
from adapters.settings.network_desks import addresses, pinned
from adapters.settings.network_file import ReadNetwork, read_network
from adapters.settings.network_today import notice_examples, notice_today
from adapters.settings.secrets import EnvironmentSecrets
from adapters.settings.shipped import shipped_keys
from adapters.settings.tables import RawTable, read_toml
from broker.domain.partner import Certificaten, Netwerk, Vingerafdruk


@dataclass(frozen=True, slots=True)
class Configuration:
    """A configuration without faults. `certificates` holds every key pinned in the network."""

    network: Netwerk
    settings: BrokerSettings
    certificates: Certificaten
    notices: tuple[Notice, ...]


def load(
    path: Path,
    *,
    now: datetime,
    inspect_certificate: InspectCertificate,
    keys_made: bool = True,
) -> Configuration | Faults:
    """Load broker.toml and everything that it names; every fault of every file at once.

    `now` is aware: it decides notices (what expired) and the years of the calendar, never whether
    there is a fault. With `keys_made=False` the secret files may still be missing.
    """
    path = path.absolute()
    server = Findings(path.name)
    raw = read_toml(path, server, named_in="the name after --config")
    if raw is None:
        return Faults(tuple(server.faults))
    workspace = Workspace(
        folder=path.parent, secrets=EnvironmentSecrets(), findings=server, keys_made=keys_made
    )
    settings = read_broker(raw, workspace)
    if settings is not None and settings.address.lower().endswith(".example"):
        server.notice(
            "broker, adres",
            "ends in .example",
            hint="set the address of your own broker before real use",
        )
    network_file = _network_file(raw, path.parent)
    if network_file is None:
        return Faults(tuple(server.faults), tuple(server.notices), settings)

    findings = Findings(network_file.name)
    network_raw = read_toml(network_file, findings, named_in=f"[broker] netwerk in {path.name}")
    read = read_network(network_raw, findings) if network_raw is not None else None
    certificates: Certificaten = {}
    if read is not None:
        check_network(read, findings)
        notice_examples(read, shipped_keys=shipped_keys(), findings=findings)
        if settings is not None:
            _check_own_address(read, settings.address, findings)
        certificates = read_certificates(
            _pins(read),
            folder=network_file.parent / FOLDER,
            now=now,
            inspect=inspect_certificate,
            findings=findings,
        )
    faults = (*server.faults, *findings.faults)
    if faults or settings is None or read is None:
        return Faults(faults, (*server.notices, *findings.notices), settings)

    today = now.astimezone(ZoneInfo("Europe/Amsterdam")).date()
    network = build_network(read, today=today)
    closing_days = read.kalender.sluitingsdagen if read.kalender else []
    notice_today(network, closing_days=closing_days, today=today, findings=findings)
    return Configuration(network, settings, certificates, (*server.notices, *findings.notices))


def find_network_file(path: Path) -> Path | Faults:
    """The network's file that broker.toml names, whatever else is wrong with either of them.

    For what mends a configuration: it must not ask first that nothing is wrong.
    """
    path = path.absolute()
    findings = Findings(path.name)
    raw = read_toml(path, findings, named_in="the name after --config")
    network_file = None if raw is None else _network_file(raw, path.parent)
    if raw is not None and network_file is None:
        findings.fault("broker, netwerk", "is missing", hint="name the network's file")
    if network_file is not None and not network_file.is_file():
        findings.fault("broker, netwerk", "names a file that does not exist", hint="correct it")
    if network_file is None or findings.faults:
        return Faults(tuple(findings.faults))
    return network_file


def _network_file(raw: RawTable, folder: Path) -> Path | None:
    """Where the network stands, also when the rest of [broker] does not fit."""
    broker = raw.get("broker")
    name = broker.get("netwerk") if isinstance(broker, dict) else None
    if not isinstance(name, str) or not name.strip() or not name.isprintable():
        return None
    return folder / name


def _pins(read: ReadNetwork) -> list[Pin]:
    pins = [Pin(within(place, "vingerafdruk"), Vingerafdruk(key)) for place, key in pinned(read)]
    if read.besluit is not None:
        key = Vingerafdruk(read.besluit.registersleutel)
        pins.append(Pin("besluit, registersleutel", key, signs=False))
    return pins


def _check_own_address(read: ReadNetwork, address: str, findings: Findings) -> None:
    for place, own in addresses(read):
        if own.lower() == address.lower():
            findings.fault(
                within(place, "adres"),
                "is the address of the broker itself",
                hint="give the address at which this person reads mail",
            )
