"""`broker demo`: the main job, told from beginning to end."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from adapters.openpgp.keygen import KeyNotMade
from broker.commands.common import ANSWER_IS_NO, WRONG_USE, AsJson, fail, print_json, run
from broker.demo.broker_keys import BrokerKeysNotMade
from broker.demo.people import Correspondence
from broker.demo.play import Options, Result, play
from broker.demo.setting import StageNotSet
from broker.demo.story import DemoFailed

_LARGEST_FORM = 100_000


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command()(demo)


def demo(
    as_json: AsJson = False,
    keep: Annotated[
        Path | None,
        typer.Option(
            help="Keep databases, keys and every mail as sent in this new or empty folder."
        ),
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
    form = None if melding is None else _read_form(melding)
    if keep is not None:
        keep = keep.absolute()
        _refuse_if_used(keep)

    def report(result: Result) -> None:
        if as_json:
            print_json(result.as_dict())

    show = partial(print, flush=True)
    options = Options(
        tell=(lambda _: None) if as_json else show,
        announce=partial(typer.echo, err=True) if as_json else show,
        report=report,
        keep=keep,
        form=form,
        serve=serve,
    )

    async def work() -> None:
        try:
            taken = await play(options)
        except (BrokerKeysNotMade, Correspondence, DemoFailed, KeyNotMade, StageNotSet) as fault:
            fail(f"The demo failed: {fault}")
        if not taken:
            raise typer.Exit(ANSWER_IS_NO)

    run(work())


def _read_form(path: Path) -> str:
    try:
        form = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        fail(
            f"{path} cannot be read.",
            hint="Give a text file in UTF-8 with lines like `Naam: …`.",
            code=WRONG_USE,
        )
    if not form.strip() or len(form) > _LARGEST_FORM:
        fail(
            f"{path} is {'too long' if form.strip() else 'empty'}.",
            hint="Give a text file in UTF-8 with lines like `Naam: …`.",
            code=WRONG_USE,
        )
    return form


def _refuse_if_used(folder: Path) -> None:
    try:
        used = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError:
        used = True
    if used:
        fail(
            f"{folder} is there already and holds something; nothing was changed.",
            hint="Give a new or an empty folder.",
            code=WRONG_USE,
        )
