"""A new workspace is a whole, private copy of the shipped configuration, and overwrites nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from adapters.settings.broker_settings import Tls
from adapters.settings.faults import Fault
from adapters.settings.shipped import shipped_folder
from adapters.settings.workspace import WorkspaceWritten, change_settings, write_workspace
from tests.adapters.settings.example import loaded


def test_it_is_the_shipped_configuration(tmp_path: Path) -> None:
    """Byte for byte, with its comments, its README and its certificates."""
    written = write_workspace(tmp_path / "nieuw")
    assert isinstance(written, WorkspaceWritten)
    files = [p for p in shipped_folder().rglob("*") if p.suffix in {".toml", ".md", ".asc"}]
    assert len(files) == 22
    for file in files:
        copy = tmp_path / "nieuw" / file.relative_to(shipped_folder())
        assert copy.read_bytes() == file.read_bytes()
    loaded(written.broker_file)


def test_others_cannot_look_into_it(tmp_path: Path) -> None:
    """The folders for keys and data, and the workspace itself, are for their owner."""
    written = write_workspace(tmp_path / "nieuw")
    assert isinstance(written, WorkspaceWritten)
    for folder in (written.keys, written.data, tmp_path / "nieuw"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_folder_that_holds_anything_is_refused(tmp_path: Path) -> None:
    """Nothing of an operator is ever overwritten."""
    (tmp_path / "notitie.txt").write_text("van mij", encoding="utf-8")
    assert isinstance(write_workspace(tmp_path), Fault)
    assert isinstance(write_workspace(tmp_path / "notitie.txt"), Fault)
    assert [p.name for p in tmp_path.iterdir()] == ["notitie.txt"]


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """A volume of a container is there before the workspace is."""
    assert isinstance(write_workspace(tmp_path), WorkspaceWritten)


def test_settings_can_be_given_at_once(tmp_path: Path) -> None:
    """For a demo: other ports on loopback, no relay of the gemeente."""
    written = write_workspace(
        tmp_path / "demo",
        changes={
            ("smtp", "host"): "127.0.0.1",
            ("smtp", "poort"): 2525,
            ("smtp", "tls"): "geen",
            ("bezorging", "relay", "host"): "127.0.0.1",
            ("bezorging", "relay", "tls"): "geen",
            ("bezorging", "pogingen"): None,
        },
    )
    assert isinstance(written, WorkspaceWritten)
    settings = loaded(written.broker_file).settings
    assert (settings.smtp.port, settings.smtp.tls, settings.smtp.key) == (2525, Tls.GEEN, None)
    assert settings.delivery.attempts == 30


def test_a_table_that_is_missing_is_added_and_one_that_is_none_is_refused() -> None:
    """A change says where it belongs."""
    assert change_settings("", {("smtp", "poort"): 25}) == "[smtp]\npoort = 25\n"
    with pytest.raises(ValueError, match="is no table"):
        change_settings("smtp = 1", {("smtp", "poort"): 25})
