"""What an operator can type, one file a group of commands."""

from __future__ import annotations

import typer

from broker.commands import (
    bench,
    besluit,
    casus,
    check,
    demo,
    explain,
    keys,
    rules,
    server,
    workspace,
)

app = typer.Typer(
    name="broker",
    help="Asks the partners of a zorgnetwerk one question about a person, by encrypted mail.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
workspace.register(app)
server.register(app)
check.register(app)
explain.register(app)
demo.register(app)
bench.register(app)
rules.register(app)
app.add_typer(keys.app, name="keys")
app.add_typer(casus.app, name="casus")
app.add_typer(besluit.app, name="besluit")

__all__ = ["app"]
