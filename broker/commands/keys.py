"""`broker keys`: make the broker's key, pin those of the partners, see which can be used."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.openpgp.certificates import (
    Certificate,
    CertificateUnreadable,
    public_part,
    read_certificate,
)
from adapters.openpgp.facts import armored, inspect_certificate
from adapters.openpgp.keygen import KeyNotMade, make_broker_key, make_master_keys
from adapters.settings.faults import Faults, render
from adapters.settings.load import find_network_file
from adapters.settings.pins import pin as pin_key
from adapters.settings.pins import pin_register_key
from broker.commands.common import (
    WRONG_USE,
    AsJson,
    ConfigFile,
    fail,
    print_json,
    read_configuration,
)
from broker.domain.partner import MedewerkerId
from broker.ports import LetterReason

app = typer.Typer(help="Make, pin and look at keys.", no_args_is_help=True)

REGISTER = "register"


@app.command()
def init(config: ConfigFile) -> None:
    """Make the broker's key and the master key, where they are missing; nothing is replaced."""
    settings = read_configuration(config, keys_made=False).settings
    made = []
    try:
        if not settings.keys.broker.exists():
            key = make_broker_key(settings.keys.broker, settings.address)
            made.append(f"Made the broker's key: {key.fingerprint}")
        if not settings.keys.master.exists():
            make_master_keys(settings.keys.master)
            made.append("Made the master key. Keep a copy in another place than the back-ups.")
    except KeyNotMade as fault:
        fail(str(fault))
    if not made:
        fail(
            "Both keys are there already; nothing was changed.",
            hint="For a new one, first put the old one away yourself.",
        )
    for line in made:
        typer.echo(line)


@app.command()
def export(config: ConfigFile) -> None:
    """Print the public key of the broker, to give to the partners."""
    settings = read_configuration(config, keys_made=False).settings
    try:
        certificate = public_part(settings.keys.broker.read_bytes())
    except (CertificateUnreadable, OSError):
        fail(
            "The broker's key cannot be read.",
            hint="`broker keys init` makes one where there is none; `broker check` tells more.",
        )
    typer.echo(armored(certificate).decode(), nl=False)


@app.command()
def pin(
    medewerker: Annotated[
        str,
        typer.Argument(
            help="The id of the employee or of a desk, or `register` for the register key."
        ),
    ],
    certificate_file: Annotated[
        Path, typer.Argument(metavar="CERTIFICATE", help="The file with the public key.")
    ],
    config: ConfigFile,
) -> None:
    """Pin the key of an employee or a desk. Compare the fingerprint by telephone afterwards."""
    # Not the whole configuration: a key that is not pinned yet is a fault in it.
    network_file = find_network_file(config)
    if isinstance(network_file, Faults):
        fail(render(network_file.faults), code=WRONG_USE)
    if not certificate_file.is_file():
        fail(f"There is no file {certificate_file}.", hint="Give the file with the public key.")
    try:
        encoded = certificate_file.read_bytes()
        certificate = read_certificate(encoded)
    except (CertificateUnreadable, ValueError, OSError):
        fail(
            f"{certificate_file} holds no public OpenPGP key.",
            hint="Export it anew, for example with `gpg --armor --export ADDRESS`.",
        )
    unusable = _why_unusable(certificate, signs=medewerker != REGISTER)
    if unusable:
        fail(
            f"{certificate_file} holds a key that {unusable}; nothing was changed.",
            hint="Ask its owner for a key that can be used.",
        )
    fingerprint = certificate.fingerprint
    fault = (
        pin_register_key(network_file, fingerprint=fingerprint, certificate=armored(certificate))
        if medewerker == REGISTER
        else pin_key(
            network_file,
            MedewerkerId(medewerker),
            fingerprint=fingerprint,
            certificate=armored(certificate),
        )
    )
    if fault is not None:
        fail(render((fault,)))
    spaced = " ".join(fingerprint[i : i + 4] for i in range(0, len(fingerprint), 4))
    typer.echo(f"Pinned for {medewerker}: {spaced}")
    typer.echo(
        "Call this person on a number that you knew before, and have the digits read to you."
    )


def _why_unusable(certificate: Certificate, *, signs: bool) -> str:
    """Why no mail could be sent to this key, or taken from it; empty when it is good now."""
    now = datetime.now(UTC)
    facts = inspect_certificate(certificate.encoded)
    if facts.revoked:
        return "was revoked"
    if facts.expires is not None and facts.expires <= now:
        return "expired"
    if isinstance(certificate.encryption_key(now=now), LetterReason):
        return "nothing can be encrypted to"
    return "cannot sign" if signs and not facts.can_sign else ""


@app.command("list")
def list_all(config: ConfigFile, as_json: AsJson = False) -> None:
    """Every pinned key, the register key of the police too, and whether it can be used now."""
    configuration = read_configuration(config, keys_made=False)
    now = datetime.now(UTC)
    network = configuration.network
    pinned = [
        (str(medewerker.id), medewerker.vingerafdruk)
        for _, medewerker in network.medewerkers()
        if not medewerker.deelt_sleutel
    ]
    pinned += [(str(x.id), x.vingerafdruk) for x in network.loketten() if x.vingerafdruk]
    rows = []
    for who, fingerprint in [*pinned, (REGISTER, network.besluit.registersleutel)]:
        facts = inspect_certificate(configuration.certificates[fingerprint])
        state = "revoked" if facts.revoked else "good"
        if facts.expires is not None and facts.expires <= now:
            state = "expired"
        rows.append(
            {
                "medewerker": who,
                "fingerprint": fingerprint,
                "expires": None if facts.expires is None else facts.expires.date().isoformat(),
                "state": state,
            }
        )
    if as_json:
        print_json(rows)
        return
    for row in rows:
        until = row["expires"] or "never"
        typer.echo(f"{row['medewerker']:<16} {row['fingerprint']}  {row['state']}  until {until}")
