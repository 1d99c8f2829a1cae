"""`broker check`: everything that keeps the broker from running, at once."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer

from adapters.database.errors import StoreError
from adapters.openpgp.certificates import CertificateUnreadable, public_part
from adapters.openpgp.facts import addresses, inspect_certificate
from adapters.settings.broker_settings import BrokerSettings
from adapters.settings.faults import Fault, Faults, render
from adapters.settings.load import Configuration, load
from adapters.smtp.tls import TlsFileInvalid
from broker.bootstrap import make_store, make_tls, make_vault, try_routes
from broker.commands.common import ANSWER_IS_NO, ConfigFile, require_file
from broker.ports import VaultFailed


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(check)


def check(config: ConfigFile) -> None:
    """Tell every fault of configuration, keys, databases, TLS and relay at once, with hints."""
    require_file(config)
    result = load(config, now=datetime.now(UTC), inspect_certificate=inspect_certificate)
    faults = list(result.faults) if isinstance(result, Faults) else []
    if result.settings is not None:
        faults += asyncio.run(_try(result.settings, result))
    typer.echo(render((*faults, *result.notices)), nl=False)
    if faults:
        raise typer.Exit(ANSWER_IS_NO)
    typer.echo("Configuration, keys, databases, TLS and relay are in order.")


async def _try(settings: BrokerSettings, result: Configuration | Faults) -> list[Fault]:
    """What can only be known by trying. Of a configuration with faults the keys and the TLS files
    are left alone: what is wrong with them was said."""
    faults: list[Fault] = []
    if isinstance(result, Configuration):
        faults += await _try_keys(result)
    try:
        store = await make_store(settings)
    except StoreError as fault:
        faults.append(_fault("database", fault.sentence, hint=fault.hint))
    else:
        await store.close()
    try:
        if isinstance(result, Configuration):
            make_tls(settings)
        for server, code in (await try_routes(settings)).items():
            faults.append(_fault(server, f"no mail can go there now ({code})", hint=_way_out(code)))
    except TlsFileInvalid as fault:
        if isinstance(result, Configuration):
            faults.append(_fault("TLS", fault.sentence, hint=fault.hint))
    return faults


async def _try_keys(configuration: Configuration) -> list[Fault]:
    settings = configuration.settings
    try:
        async with make_vault(settings, configuration.certificates):
            pass
    except VaultFailed as fault:
        return [_fault("keys", str(fault), hint="look at [sleutels] and at the files named there")]
    if settings.address.lower() not in _own_addresses(settings.keys.broker):
        return [
            Fault(
                "keys",
                "sleutels, broker",
                "is a key without the address of the broker, so mail programs do not find it",
                "put it away, make another with `broker keys init`, and give that to the partners",
            )
        ]
    return []


def _own_addresses(key: Path) -> tuple[str, ...]:
    try:
        return addresses(public_part(key.read_bytes()))
    except CertificateUnreadable:
        return ()


def _fault(what: str, sentence: str, *, hint: str) -> Fault:
    return Fault(what, "", f"cannot be used: {sentence.rstrip('.')}", hint.rstrip("."))


def _way_out(code: str) -> str:
    """What to do about a server that mail cannot go to."""
    match code:
        case "geen-starttls":
            return "the server must offer STARTTLS; until it does, mail is held"
        case "certificaat-ongeldig" | "tls-mislukt":
            return "look at its certificate and its name; name its CA in [bezorging] ca_bestand"
        case "geen-aanmelding":
            return "look at gebruiker and the password in [bezorging.relay]"
        case "onbereikbaar" | "verbinding-verbroken" | "geen-antwoord":
            return "look at host and poort, at the firewall, and whether the server runs"
        case _:
            return "ask whoever runs that server"
