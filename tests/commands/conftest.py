"""A workspace as `broker init` makes it, and a mail server for it, without any mail."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from typer.testing import CliRunner, Result

from adapters.settings.workspace import Changes, change_settings
from broker.commands import app
from tests.e2e.workspace import free_port


def type_in(*words: str) -> Result:
    """Run a command in this process. A fault that would be a traceback is raised here."""
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """What `broker init` leaves behind, and what it says."""
    folder = tmp_path_factory.mktemp("init") / "werkruimte"
    return folder, type_in("init", str(folder), "--adres", "broker@venlo.example")


@pytest.fixture
def folder(fresh: tuple[Path, Result], tmp_path: Path) -> Path:
    """A copy of that, to spoil."""
    return Path(shutil.copytree(fresh[0], tmp_path / "werkruimte"))


@pytest.fixture
def relay() -> Iterator[int]:
    """The port of a mail server on this machine that takes everything."""
    controller = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def config(folder: Path) -> Path:
    """Its broker.toml."""
    return folder / "broker.toml"


def change(config: Path, changes: Changes) -> None:
    """Edit broker.toml as an operator would."""
    config.write_text(change_settings(config.read_text(encoding="utf-8"), changes), "utf-8")


def behind_own_server(config: Path, relay: int) -> None:
    """The set-up that needs no certificate: behind a mail server on the same machine."""
    change(
        config,
        {
            ("smtp", "host"): "127.0.0.1",
            ("smtp", "poort"): free_port(),
            ("smtp", "tls"): "geen",
            ("bezorging", "relay", "host"): "127.0.0.1",
            ("bezorging", "relay", "poort"): relay,
            ("bezorging", "relay", "tls"): "geen",
        },
    )
