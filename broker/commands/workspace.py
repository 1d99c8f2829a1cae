"""`broker init` and `upgrade`: a workspace for an operator, and its databases kept up to date."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from adapters.database.migrate import prepare
from adapters.openpgp.keygen import KeyNotMade, make_broker_key, make_master_keys
from adapters.settings.faults import Fault, render
from adapters.settings.workspace import Changes, write_workspace
from broker.bootstrap import database_urls
from broker.commands.common import WRONG_USE, ConfigFile, fail, read_configuration, run

NEXT = """\
The workspace is {folder}. What to do now:

  1. Put the certificate of this mail server in sleutels/tls-certificaat.pem and its
     key in sleutels/tls-sleutel.pem (chmod 600). In broker.toml: hostnaam, the name
     on that certificate, and under [bezorging.relay] the server that takes your mail.
  2. In zorgnetwerk-venlo.toml: your own partners and employees. Pin their keys, and
     the key of the police for their register:
       broker keys pin MEDEWERKER CERTIFICATE --config {config}
       broker keys pin register CERTIFICATE --config {config}
  3. Give the partners the public key of the broker:
       broker keys export --config {config}
  4. Keep a copy of sleutels/hoofdsleutel in another place than the back-ups.
  5. See what is still wrong: until 1 is done TLS and the relay, until 2 the invented
     people and keys. Then run it:
       broker check --config {config}
       broker serve --config {config}

The address of the broker is {address}; its key holds it. For another address
begin anew with `broker init DIR --adres ADDRESS`.
Fingerprint of the broker's key: {fingerprint}
"""


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(init)
    app.command()(upgrade)


def init(
    folder: Annotated[Path, typer.Argument(help="A new or empty folder.", metavar="DIR")],
    address: Annotated[
        str | None,
        typer.Option("--adres", help="The mail address of the broker; it stands in its key."),
    ] = None,
) -> None:
    """Make a workspace: configuration, the broker's key, the master key and the databases."""
    changes: Changes = {} if address is None else {("broker", "adres"): address}
    _rehearse(changes)
    written = write_workspace(folder, changes=changes)
    if isinstance(written, Fault):
        fail(render((written,)))
    settings = read_configuration(written.broker_file, keys_made=False).settings
    try:
        key = make_broker_key(settings.keys.broker, settings.address)
        make_master_keys(settings.keys.master)
    except KeyNotMade as fault:
        fail(f"The keys were not made: {fault}.", hint=f"Remove {folder} and begin anew.")
    url, keys_url = database_urls(settings)
    run(prepare(url=url, keys_url=keys_url))
    typer.echo(
        NEXT.format(
            folder=folder,
            config=written.broker_file,
            address=settings.address,
            fingerprint=key.fingerprint,
        ),
        nl=False,
    )


def _rehearse(changes: Changes) -> None:
    """Try the changes in a folder that goes away: what is refused must leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="broker-init-") as name:
        written = write_workspace(Path(name), changes=changes)
        if isinstance(written, Fault):
            fail(render((written,)))
        read_configuration(written.broker_file, keys_made=False, code=WRONG_USE)


def upgrade(config: ConfigFile) -> None:
    """Bring both databases to the schema of this version; stop `broker serve` first."""
    url, keys_url = database_urls(read_configuration(config, keys_made=False).settings)
    run(prepare(url=url, keys_url=keys_url))
    typer.echo("Both databases have the schema of this version.")
