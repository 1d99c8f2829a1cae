"""`broker besluit`: the police suspend their decision, or let it run again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from adapters.observability.events import LoggedEvents
from broker.bootstrap import SystemClock, open_records
from broker.commands.common import (
    AsJson,
    ConfigFile,
    fail,
    for_people,
    print_json,
    read_configuration,
    run,
)
from broker.domain.deelname import zoals_besloten
from broker.domain.partner import MedewerkerId
from broker.ports import Opschorting
from broker.service.suspend import Suspension, suspend

app = typer.Typer(
    help="Suspend the decision of the police under article 20 Wpg, and let it run again.",
    no_args_is_help=True,
)

OnBehalfOf = Annotated[
    str,
    typer.Option(
        "--namens", help="The id of a designated officer or privacyfunctionaris of the police."
    ),
]


@app.command("suspend")
def suspend_it(config: ConfigFile, by: OnBehalfOf) -> None:
    """From now on nothing is asked of the police or taken from them."""
    _decide(config, by, suspended=True)
    typer.echo("The decision is suspended. `broker serve` withdraws what was asked of the police.")


@app.command()
def resume(config: ConfigFile, by: OnBehalfOf) -> None:
    """Let the decision run again. What was withdrawn is not asked again."""
    configured = _decide(config, by, suspended=False)
    typer.echo("The decision is not suspended any more by a command.")
    if configured:
        typer.echo("It still is by `opgeschort = true` in the network's file.")


def _decide(config: Path, by: str, *, suspended: bool) -> bool:
    """Carry it out, or say why not; gives whether the configuration suspends it too."""
    configuration = read_configuration(config, keys_made=False)
    clock, form = SystemClock(), configuration.settings.log.form
    events = LoggedEvents(clock=clock, level="error", form=form)

    async def work() -> None:
        async with open_records(configuration) as store:
            result = await suspend(
                store,
                configuration.network,
                by=MedewerkerId(by),
                suspended=suspended,
                clock=clock,
                events=events,
            )
        if result is Suspension.NIET_BEVOEGD:
            fail(
                "Only the police decide this: a designated officer or their privacyfunctionaris.",
                hint="Give the id of that employee with --namens.",
            )
        if result is Suspension.AL_ZO:
            fail(
                f"The decision is {'' if suspended else 'not '}suspended by a command already.",
                hint="`broker besluit status` tells by whom and since when.",
            )

    run(work())
    return configuration.network.besluit.opgeschort


def _row(decided: Opschorting) -> dict[str, object]:
    return {
        "moment": decided.moment.isoformat(),
        "namens": decided.officer,
        "opgeschort": decided.suspended,
    }


@app.command()
def status(config: ConfigFile, as_json: AsJson = False) -> None:
    """Whether the decision is in force today, what suspends it, and what was decided before."""
    configuration = read_configuration(config, keys_made=False)
    network = configuration.network
    today = network.kalender.dag(SystemClock().now())

    async def work() -> None:
        async with open_records(configuration) as store, store.begin() as tx:
            decisions = await tx.opschortingen.list()
        by_command = bool(decisions) and decisions[-1].suspended
        in_force = zoals_besloten(network, opgeschort=by_command).besluit.geldt(today)
        if as_json:
            print_json(
                {
                    "van_kracht": in_force,
                    "opgeschort_door_opdracht": by_command,
                    "opgeschort_in_configuratie": network.besluit.opgeschort,
                    "geldig_vandaag": network.besluit.geldig.bevat(today),
                    "besluiten": [_row(decided) for decided in decisions],
                }
            )
            return
        typer.echo(f"The decision is {'' if in_force else 'not '}in force today.")
        if not network.besluit.geldig.bevat(today):
            typer.echo("  Today lies outside geldig_van and geldig_tot.")
        if network.besluit.opgeschort:
            typer.echo("  It is suspended by `opgeschort = true` in the network's file.")
        if by_command:
            typer.echo("  It is suspended by a command.")
        for decided in decisions:
            word = "suspended" if decided.suspended else "resumed"
            typer.echo(f"{for_people(decided.moment)}  {word:<9} by {decided.officer}")

    run(work())
