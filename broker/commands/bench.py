"""`broker bench`: what the broker takes for one melding, beside the floor of the same work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from broker.bench import BenchFailed, Options, compare
from broker.bench.outside import OutsideFailed
from broker.commands.common import AsJson, fail, print_json, run


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(bench)


def bench(
    as_json: AsJson = False,
    casussen: Annotated[int, typer.Option(min=1, help="Meldingen a run.")] = 20,
    runs: Annotated[
        int, typer.Option(min=1, help="How often the broker and its floor take turns.")
    ] = 5,
    folder: Annotated[
        Path | None,
        typer.Option(
            help="Where the databases lie meanwhile, in place of the system's temporary folder.",
            exists=True,
            file_okay=False,
        ),
    ] = None,
) -> None:
    """Measure the fan-out of a melding beside its floor: the bare operations of the same work."""

    async def work() -> None:
        try:
            report = await compare(Options(casussen=casussen, runs=runs, folder=folder))
        except (BenchFailed, OutsideFailed) as fault:
            fail(f"The bench failed: {fault}")
        if as_json:
            print_json(report.as_dict())
        else:
            typer.echo(report.as_table())

    run(work())
