"""The shipped configuration, as an operator who edits it would leave it behind."""

from __future__ import annotations

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from adapters.settings.faults import Faults
from adapters.settings.load import Configuration, load
from adapters.settings.shipped import shipped_folder
from adapters.settings.workspace import WorkspaceWritten, write_workspace
from tests.adapters.settings.certificate_facts import inspect

HERE = Path(__file__).parent
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def new_workspace(folder: Path) -> WorkspaceWritten:
    """A workspace as `broker init` begins it."""
    written = write_workspace(folder / "werkruimte")
    assert isinstance(written, WorkspaceWritten)
    return written


def load_example(
    broker_file: Path, *, now: datetime = NOW, keys_made: bool = False
) -> Configuration | Faults:
    """Load it on a fixed day."""
    return load(broker_file, now=now, inspect_certificate=inspect, keys_made=keys_made)


def loaded(broker_file: Path, *, now: datetime = NOW) -> Configuration:
    """Load what must be without faults."""
    result = load_example(broker_file, now=now)
    assert isinstance(result, Configuration), result
    return result


def edit(file: Path, old: str, new: str) -> None:
    """Change one place in a file; the place must be there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{file.name} does not hold {old!r}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def apply_changes(case: Path, workspace: WorkspaceWritten) -> None:
    """Make the edits that `wijziging.toml` of a bad configuration lists."""
    changes = tomllib.loads((case / "wijziging.toml").read_text(encoding="utf-8"))
    folder = workspace.broker_file.parent
    for change in changes.get("vervang", []):
        edit(folder / change["bestand"], change["oud"], change["nieuw"])
    for change in changes.get("certificaat", []):
        target = folder / "certificaten" / change["naar"]
        target.write_bytes(_certificate(change["van"]))


def _certificate(name: str) -> bytes:
    match name:
        case "leeg":
            return b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n"
        case "geheim":
            # Only the heading is looked at: a secret key, even an invented one, is not kept here.
            return b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n"
        case _ if name.startswith("config/"):
            return (shipped_folder() / "certificaten" / name.removeprefix("config/")).read_bytes()
        case _:
            return (HERE / "certificaten" / name).read_bytes()
