"""`broker serve`, `check` and `status`: run it, see whether it can run, see how it is."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from datetime import UTC, datetime

import typer

from adapters.database.errors import StoreNotReady, StoreUnavailable
from adapters.openpgp.facts import inspect_certificate
from adapters.settings.faults import Faults, render
from adapters.settings.load import Configuration, load
from adapters.smtp.tls import TlsFileInvalid
from broker.bootstrap import make_delivery, make_store, make_tls, make_vault, open_records, running
from broker.commands.common import (
    ANSWER_IS_NO,
    AsJson,
    ConfigFile,
    fail,
    print_json,
    read_configuration,
    run,
)
from broker.ports import VaultFailed
from broker.service.overview import Overview, overview


def register(app: typer.Typer) -> None:
    """Add these commands to the broker's own."""
    app.command()(serve)
    app.command()(check)
    app.command()(status)


def serve(config: ConfigFile) -> None:
    """Run the broker: take mail in, ask the desks, deliver. Ctrl-C or SIGTERM stops it."""
    configuration = read_configuration(config)

    async def work() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, stop.set)
        async with running(configuration):
            await stop.wait()

    run(work())


def check(config: ConfigFile) -> None:
    """Tell every fault of configuration, keys, databases and TLS at once, each with a hint."""
    if not config.is_file():
        read_configuration(config)
    result = load(config, now=datetime.now(UTC), inspect_certificate=inspect_certificate)
    if isinstance(result, Faults):
        typer.echo(render((*result.faults, *result.notices)))
        raise typer.Exit(ANSWER_IS_NO)
    faults = asyncio.run(_reach(result))
    for notice in result.notices:
        typer.echo(render((notice,)))
    if faults:
        fail("\n".join(faults))
    typer.echo("Configuration, keys, databases and TLS are in order.")


async def _reach(configuration: Configuration) -> list[str]:
    """What can only be known by trying: the keys, the databases, the TLS files."""
    faults: list[str] = []
    settings = configuration.settings
    try:
        async with make_vault(settings, configuration.certificates):
            pass
    except VaultFailed as fault:
        faults.append(f"Keys: {fault}")
    try:
        store = await make_store(settings)
        with suppress(Exception):
            await store.close()
    except (StoreNotReady, StoreUnavailable) as fault:
        faults.append(f"Database: {fault}")
    try:
        make_tls(settings)
        await make_delivery(settings).close()
    except TlsFileInvalid as fault:
        faults.append(f"TLS: {fault}")
    return faults


def status(config: ConfigFile, as_json: AsJson = False) -> None:
    """How it is: what waits, what is held, and which alarms are open."""
    configuration = read_configuration(config)

    async def work() -> None:
        async with open_records(configuration) as store:
            seen = await overview(store)
        print_json(seen.as_dict()) if as_json else _print(seen)

    run(work())


def _print(seen: Overview) -> None:
    typer.echo("Inbox:     " + _counts(seen.inbox))
    typer.echo("Outbox:    " + _counts(seen.outbox))
    typer.echo("Casussen:  " + _counts(seen.casussen))
    typer.echo(f"Register:  {seen.register} disclosures of police data")
    for message in seen.held:
        typer.echo(
            f"Held: {message.kind.value} {message.kenmerk or ''} "
            f"to {message.recipient} ({message.reason}) since {message.created:%Y-%m-%d %H:%M}"
        )
    for alarm in seen.alarms:
        typer.echo(f"ALARM {alarm.code}: {alarm.subject} since {alarm.moment:%Y-%m-%d %H:%M}")
    if not seen.alarms:
        typer.echo("No alarms.")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"
