"""`broker init` and `upgrade`: a workspace for an operator, and its databases kept up to date."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.database.migrate import prepare
from adapters.openpgp.keygen import KeyNotMade, make_broker_key, make_master_keys
from adapters.settings.faults import Fault, render
from adapters.settings.workspace import write_workspace
from broker.bootstrap import database_urls
from broker.commands.common import ConfigFile, fail, read_configuration, run

NEXT = """\
The workspace is {folder}. What to do now:

  1. In broker.toml: your own address, relay and TLS certificate. The broker's key
     holds the address. Another address? Put the key away and run `broker keys init`.
  2. In zorgnetwerk-venlo.toml: your own partners and employees. Pin their keys:
       broker keys pin MEDEWERKER CERTIFICATE --config {config}
  3. Give the partners the public key of the broker:
       broker keys export --config {config}
  4. Keep a copy of sleutels/hoofdsleutel in another place than the back-ups.
  5. See whether all is well, and run it:
       broker check --config {config}
       broker serve --config {config}

Fingerprint of the broker's key: {fingerprint}
"""


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(init)
    app.command()(upgrade)


def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR")],
) -> None:
    """Make a workspace: configuration, the broker's key, the master key and the databases."""
    written = write_workspace(folder)
    if isinstance(written, Fault):
        fail(render((written,)))
    configuration = read_configuration(written.broker_file, keys_made=False)
    settings = configuration.settings
    try:
        key = make_broker_key(settings.keys.broker, settings.address)
        make_master_keys(settings.keys.master)
    except KeyNotMade as fault:
        fail(str(fault))
    url, keys_url = database_urls(settings)
    run(prepare(url=url, keys_url=keys_url))
    typer.echo(NEXT.format(folder=folder, config=written.broker_file, fingerprint=key.fingerprint))


def upgrade(config: ConfigFile) -> None:
    """Bring both databases to the schema of this version; stop `broker serve` first."""
    url, keys_url = database_urls(read_configuration(config).settings)
    run(prepare(url=url, keys_url=keys_url))
    typer.echo("Both databases have the schema of this version.")
