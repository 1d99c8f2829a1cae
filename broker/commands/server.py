"""`broker serve` and `status`: run it, and see how it is."""

from __future__ import annotations

import typer

from adapters.observability.events import LoggedEvents, libraries_quiet
from adapters.settings.load import Configuration
from broker.bootstrap import SystemClock, open_records, run_until_stopped
from broker.commands.common import (
    AsJson,
    ConfigFile,
    for_people,
    print_json,
    read_configuration,
    run,
)
from broker.service.context import Patience
from broker.service.overview import Overview, overview


def register(app: typer.Typer) -> None:
    """Add these commands to the broker's own."""
    app.command()(serve)
    app.command()(status)


def serve(config: ConfigFile) -> None:
    """Run the broker: take mail in, ask the desks, deliver. Ctrl-C or SIGTERM stops it."""
    serve_as(read_configuration(config))


def serve_as(configuration: Configuration, *, patience: Patience | None = None) -> None:
    """Run the broker with a configuration that was read already, until a signal stops it."""
    log = configuration.settings.log
    events = LoggedEvents(clock=SystemClock(), level=log.level, form=log.form)

    with libraries_quiet(events):
        run(run_until_stopped(configuration, events=events, patience=patience))


def status(config: ConfigFile, as_json: AsJson = False) -> None:
    """How it is: what waits, what is held, and which alarms are open."""
    configuration = read_configuration(config, keys_made=False)

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
            f"to {message.recipient} ({message.reason}) since {for_people(message.created)}"
        )
    for alarm in seen.alarms:
        typer.echo(f"ALARM {alarm.code}: {alarm.subject} since {for_people(alarm.moment)}")
    if not seen.alarms:
        typer.echo("No alarms.")


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.items()) or "none"
