"""Finds the configuration that comes with the broker, in a checkout and when installed."""

from __future__ import annotations

from pathlib import Path

import broker

BROKER_FILE = "broker.toml"
NETWORK_FILE = "zorgnetwerk-venlo.toml"


class ConfigurationNotShipped(Exception):
    """The folder `config` is not beside the package `broker`: the installation is not whole."""


def shipped_folder() -> Path:
    """The folder `config`, which lies beside `broker` wherever that is installed.

    Raises ConfigurationNotShipped.
    """
    folder = Path(str(broker.__file__)).resolve().parent.parent / "config"
    if not ((folder / BROKER_FILE).is_file() and (folder / NETWORK_FILE).is_file()):
        raise ConfigurationNotShipped(folder.as_posix())
    return folder


def shipped_keys() -> frozenset[str]:
    """The fingerprints of the invented employees' keys, of which no secret part exists."""
    return frozenset(path.stem for path in (shipped_folder() / "certificaten").glob("*.asc"))
