"""What the commands share: reading the configuration, and ending with one sentence and a hint."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn
from zoneinfo import ZoneInfo

import typer

from adapters.database.errors import StoreError
from adapters.openpgp.facts import inspect_certificate
from adapters.settings.faults import Faults, render
from adapters.settings.load import Configuration, load
from adapters.smtp.tls import TlsFileInvalid
from broker.ports import FieldUnreadable, VaultFailed
from broker.service.closing import RegisterKeyUnusable

ConfigFile = Annotated[
    Path,
    typer.Option("--config", help="The file broker.toml of the workspace.", dir_okay=False),
]
AsJson = Annotated[bool, typer.Option("--json", help="JSON, for a script.")]

ANSWER_IS_NO = 1
WRONG_USE = 2


def fail(sentence: str, *, hint: str = "", code: int = ANSWER_IS_NO) -> NoReturn:
    """End the command: one sentence and a hint on stderr, never a traceback."""
    typer.echo(sentence if not hint else f"{sentence}\n  {hint}", err=True)
    raise typer.Exit(code)


def require_file(path: Path) -> None:
    """End the command when there is no configuration at all."""
    if not path.is_file():
        fail(
            f"There is no file {path}.",
            hint="Make a workspace with `broker init DIR`, and give DIR/broker.toml.",
            code=WRONG_USE,
        )


def read_configuration(
    path: Path, *, keys_made: bool = True, code: int = ANSWER_IS_NO
) -> Configuration:
    """The configuration, or the end of the command with every fault at once.

    With `keys_made=False` the key and TLS files may be missing: for what does not use them.
    """
    require_file(path)
    result = load(
        path, now=datetime.now(UTC), inspect_certificate=inspect_certificate, keys_made=keys_made
    )
    if isinstance(result, Faults):
        fail(render(result.faults).rstrip("\n"), code=code)
    return result


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a command's work. Any: a coroutine's send and yield types say nothing here."""
    try:
        asyncio.run(work)
    except (StoreError, TlsFileInvalid) as fault:
        fail(fault.sentence, hint=fault.hint)
    except VaultFailed as fault:
        fail(f"The keys cannot be used: {fault}.", hint="`broker check` tells more.")
    except FieldUnreadable:
        fail(
            "What is kept cannot be read with this master key.",
            hint="Look whether [sleutels] hoofdsleutel names the file of this database.",
        )
    except RegisterKeyUnusable as fault:
        fail(
            f"The register key of the police cannot be used: {fault}.",
            hint="Nothing of the police may be disclosed before it can; `broker check` tells more.",
        )
    except OSError as fault:
        fail(refused_by_system(fault))


def refused_by_system(fault: OSError) -> str:
    """A fault of the operating system as one sentence; it names a file, never what is in it."""
    named = f" ({fault.filename})" if isinstance(fault.filename, str) else ""
    return f"The operating system refuses: {fault.strerror or type(fault).__name__}{named}."


def for_people(moment: datetime) -> str:
    """A moment as people in the network say it."""
    return moment.astimezone(ZoneInfo("Europe/Amsterdam")).strftime("%Y-%m-%d %H:%M")


def print_json(value: object) -> None:
    """One JSON value on stdout."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True))
