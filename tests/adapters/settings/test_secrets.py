"""Secrets come from a private file or from the environment, and are shown nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.settings.faults import Faults, render
from adapters.settings.workspace import WorkspaceWritten
from tests.adapters.settings.example import edit, load_example, loaded, new_workspace

PASSWORD = "zeer geheim"


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceWritten:
    """A workspace whose relay wants a login."""
    written = new_workspace(tmp_path)
    edit(written.broker_file, "# gebruiker", "gebruiker")
    return written


def with_file(workspace: WorkspaceWritten, content: bytes, *, mode: int = 0o600) -> None:
    """Put the password of the relay in its file."""
    edit(
        workspace.broker_file,
        '# wachtwoord_bestand = "sleutels/r',
        'wachtwoord_bestand = "sleutels/r',
    )
    file = workspace.keys / "relay-wachtwoord"
    file.write_bytes(content)
    file.chmod(mode)


def faults(workspace: WorkspaceWritten) -> str:
    """What is wrong, as text."""
    result = load_example(workspace.broker_file)
    assert isinstance(result, Faults)
    return render(result.faults)


def test_a_password_is_read_from_its_file(workspace: WorkspaceWritten) -> None:
    """One line; its ending does not count. No repr shows it."""
    with_file(workspace, f"{PASSWORD}\r\n".encode())
    settings = loaded(workspace.broker_file).settings
    assert settings.delivery.password == PASSWORD
    assert PASSWORD not in repr(settings)


def test_a_password_is_read_from_the_environment(
    workspace: WorkspaceWritten, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For who has a vault that sets variables."""
    monkeypatch.setenv("BROKER_RELAY_WACHTWOORD", PASSWORD)
    monkeypatch.setenv("BROKER_DATABASE_WACHTWOORD", PASSWORD)
    settings = loaded(workspace.broker_file).settings
    assert settings.delivery.password == PASSWORD
    assert settings.database.password == PASSWORD
    assert settings.database.keys_password is None
    assert PASSWORD not in repr(settings)


def test_two_places_for_one_password_are_a_fault(
    workspace: WorkspaceWritten, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody could tell which one counts."""
    with_file(workspace, PASSWORD.encode())
    monkeypatch.setenv("BROKER_RELAY_WACHTWOORD", PASSWORD)
    told = faults(workspace)
    assert "wachtwoord_bestand is set while BROKER_RELAY_WACHTWOORD is set too" in told
    assert PASSWORD not in told


@pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o620])
def test_a_password_that_others_can_read_is_refused(workspace: WorkspaceWritten, mode: int) -> None:
    """World-readable, or writable by more than its owner."""
    with_file(workspace, PASSWORD.encode(), mode=mode)
    assert "others on this machine can read or change" in faults(workspace)


@pytest.mark.parametrize("content", [b"", b"\n", b"een\ntwee", b"\xff\xfe", b"a\x00b"])
def test_a_file_without_one_line_of_text_is_refused(
    workspace: WorkspaceWritten, content: bytes
) -> None:
    """A password that was saved wrongly is told before the first login fails."""
    with_file(workspace, content)
    assert "does not hold one line of text" in faults(workspace)
