"""Makes the folder that an operator works in: a copy of the shipped configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from tomlkit.items import Table

from adapters.settings.certificates import FOLDER
from adapters.settings.faults import Fault
from adapters.settings.files import replace_file
from adapters.settings.shipped import BROKER_FILE, NETWORK_FILE, shipped_folder

_README = "README.md"

Changes = Mapping[tuple[str, ...], str | int | bool | list[int] | None]
"""Settings of broker.toml by their path, for example ("smtp", "poort"); None takes one out."""


@dataclass(frozen=True, slots=True)
class WorkspaceWritten:
    """Where things were put. `keys` and `data` are empty folders, for the owner alone."""

    broker_file: Path
    network_file: Path
    keys: Path
    data: Path


def write_workspace(target: Path, *, changes: Changes | None = None) -> WorkspaceWritten | Fault:
    """Copy the shipped configuration into a folder that is not there yet, or is empty.

    `changes` are written into the copy of broker.toml. Nothing is ever overwritten: a Fault when
    the folder holds anything. Raises OSError.
    """
    target = target.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        return Fault(
            target.name,
            "",
            "is there already and holds something",
            "choose a new folder; nothing was changed",
        )
    source = shipped_folder()
    certificates, keys, data = target / FOLDER, target / "sleutels", target / "gegevens"
    for folder in (target, keys, data):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
    certificates.mkdir()
    for file in sorted((source / FOLDER).glob("*.asc")):
        replace_file(certificates / file.name, file.read_bytes())
    for name in (NETWORK_FILE, _README):
        replace_file(target / name, (source / name).read_bytes())
    # The last one, so that a folder with broker.toml is a whole workspace.
    settings = (source / BROKER_FILE).read_text(encoding="utf-8")
    replace_file(target / BROKER_FILE, change_settings(settings, changes or {}).encode())
    return WorkspaceWritten(target / BROKER_FILE, target / NETWORK_FILE, keys, data)


def change_settings(text: str, changes: Changes) -> str:
    """A broker.toml with other values, its comments kept. Tables that are missing are added."""
    document = tomlkit.parse(text)
    for path, value in changes.items():
        *tables, setting = path
        table: tomlkit.TOMLDocument | Table = document
        for name in tables:
            inner = table.setdefault(name, tomlkit.table())
            if not isinstance(inner, Table):
                raise ValueError(f"{name} is no table")
            table = inner
        if value is None:
            table.pop(setting, None)
        else:
            table[setting] = value
    return tomlkit.dumps(document)
