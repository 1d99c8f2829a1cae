"""Whatever is typed: an exit code, one sentence and a hint. Never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from broker.__main__ import main
from broker.commands import app
from tests.commands.conftest import behind_own_server, change, type_in

WITH_CONFIG = [
    ("serve",),
    ("check",),
    ("status",),
    ("upgrade",),
    ("keys", "init"),
    ("keys", "list"),
    ("keys", "export"),
    ("keys", "pin", "j.hermans", "er-is-niets.asc"),
    ("casus", "list"),
    ("casus", "show", "ZNW-2026-00001"),
    ("casus", "withdraw", "ZNW-2026-00001", "--namens", "j.hermans"),
]


def unreadable(folder: Path) -> Path:
    """A file that even root cannot read, where there is one."""
    if os.geteuid() == 0:
        return Path("/proc/self/mem")
    file = folder / "dicht.toml"
    file.touch(mode=0o000)
    return file


def binary(folder: Path) -> Path:
    """A file that is no text."""
    file = folder / "beeld.toml"
    file.write_bytes(bytes(range(256)) * 8)
    return file


@pytest.mark.parametrize("words", WITH_CONFIG, ids=" ".join)
def test_a_configuration_that_is_none_is_one_sentence(
    words: tuple[str, ...], tmp_path: Path
) -> None:
    """Not there, a folder, bytes, or not to be read: exit code 1 or 2, and a hint."""
    cases = {
        "not there": (tmp_path / "er-niet.toml", 2),
        "a folder": (tmp_path, 2),
        "bytes": (binary(tmp_path), None),
        "unreadable": (unreadable(tmp_path), None),
    }
    for what, (path, code) in cases.items():
        result = type_in(*words, "--config", str(path))
        assert result.exit_code in ((code,) if code else (1, 2)), (what, result.output)
        assert path.name in result.output.replace("\n", ""), (what, result.output)
        assert "Traceback" not in result.output


def test_what_is_no_command_is_wrong_use() -> None:
    """Exit code 2 for a word, an option or an argument that does not exist or is missing."""
    for words in (
        *(("serf",), ("serve",), ("casus", "show"), ("check", "--fast", "--config", "x")),
        *(("init",), ("casus", "withdraw", "ZNW-2026-00001", "--config", "x")),
    ):
        assert type_in(*words).exit_code == 2, words


def every_command() -> list[tuple[str, ...]]:
    """Every command and group, as typed."""
    root = typer.main.get_command(app)
    assert isinstance(root, TyperGroup)
    found: list[tuple[str, ...]] = [()]
    for name, command in root.commands.items():
        inner = command.commands if isinstance(command, TyperGroup) else {}
        found += [(name,), *((name, word) for word in inner)]
    return found


@pytest.mark.parametrize("words", every_command(), ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...]) -> None:
    """`--help` says in English what it does, and what every option and argument is."""
    result = type_in(*words, "--help")
    assert result.exit_code == 0
    assert f"Usage: {' '.join(('broker', *words))}" in result.output
    command = typer.main.get_command(app)
    for word in words:
        assert isinstance(command, TyperGroup)
        command = command.commands[word]
    assert command.help is not None
    assert command.help.endswith(".")
    for parameter in command.params:
        assert str(getattr(parameter, "help", "")).endswith("."), parameter.name


def test_a_port_that_is_taken_is_one_sentence(config: Path, relay: int) -> None:
    """`serve` beside another server: told with the place, exit code 1."""
    behind_own_server(config, relay)
    change(config, {("smtp", "poort"): relay})
    done = subprocess.run(
        [sys.executable, "-m", "broker", "serve", "--config", str(config)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    said = [line for line in done.stderr.splitlines() if not line.startswith("{")]
    assert len(said) <= 2, done.stderr
    assert "address already in use" in said[0]
    assert str(relay) in said[0]


def test_commands_that_look_work_while_tls_is_away(config: Path) -> None:
    """Somebody looks because something is wrong: the TLS files of `serve` are not needed for it."""
    for words in (("status",), ("casus", "list"), ("keys", "list"), ("keys", "export")):
        result = type_in(*words, "--config", str(config))
        assert result.exit_code == 0, result.output


def test_a_fault_of_our_own_is_told_without_its_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its text could quote a message or a row: what is told is the type, and where."""

    def fail() -> None:
        raise ValueError("Joris Verzonnen, Voorbeeldstraat 12")

    monkeypatch.setattr("broker.__main__.app", fail)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "ValueError (" in said.err
    assert "test_wrong_use.py:" in said.err
    assert "Joris" not in said.err
    assert "Traceback" not in said.err
