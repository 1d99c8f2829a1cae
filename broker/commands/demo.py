"""`broker demo`: the main job, told from beginning to end."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from broker.commands.common import ANSWER_IS_NO, AsJson, fail, print_json, run
from broker.demo import Options, play
from broker.demo.story import DemoFailed


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(demo)


def demo(
    as_json: AsJson = False,
    keep: Annotated[
        Path | None,
        typer.Option(help="Keep databases, keys and every mail as sent in this folder."),
    ] = None,
    melding: Annotated[
        Path | None,
        typer.Option(help="A form, filled in as plain text, in place of the example."),
    ] = None,
    serve: Annotated[
        bool, typer.Option("--serve", help="Keep everything up afterwards, until Ctrl-C.")
    ] = False,
) -> None:
    """Play the main job: melding, verzoeken, answers, term, uitkomst and register."""
    form = None
    if melding is not None:
        try:
            form = melding.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            fail(
                f"{melding} cannot be read.",
                hint="Give a text file in UTF-8 with lines like `Naam: …`.",
                code=2,
            )

    async def work() -> None:
        try:
            result = await play(
                Options(
                    keep=keep, form=form, serve=serve, tell=(lambda _: None) if as_json else print
                )
            )
        except DemoFailed as fault:
            fail(f"The demo failed: {fault}")
        if as_json:
            print_json(result.as_dict())
        if not result.accepted:
            raise typer.Exit(ANSWER_IS_NO)

    run(work())
