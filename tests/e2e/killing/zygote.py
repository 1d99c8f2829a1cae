"""A process that has imported everything and forks the broker: `python -m …zygote FILE PAUSE`.

Each line on its input starts one broker, which runs what `broker serve` runs and logs to the error
output. It answers with the process id, and when that process ended with how: an exit code, or a
signal as a negative number. Only the import is spared; everything else is a start from nothing.
"""

from __future__ import annotations

import gc
import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

# The drivers, which are otherwise imported at the first connection.
import aiosqlite  # noqa: F401
import psycopg  # noqa: F401
import sqlalchemy.dialects.postgresql.psycopg
import sqlalchemy.dialects.sqlite.aiosqlite  # noqa: F401
import typer

from adapters.settings.load import Configuration
from broker.bootstrap import make_patience
from broker.commands.server import serve_as
from broker.service.context import Patience
from tests.e2e.killing.stage import read_configuration


def main(file: Path, pause: timedelta) -> None:
    """Serve until the input ends."""
    configuration = read_configuration(file)
    patience = replace(make_patience(configuration.settings), inbox_pause=pause)
    gc.freeze()
    while os.read(0, 1):
        pid = os.fork()
        if pid == 0:
            os._exit(_serve(configuration, patience))
        _tell(pid)
        _tell(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))


def _serve(configuration: Configuration, patience: Patience) -> int:
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    try:
        serve_as(configuration, patience=patience)
    except typer.Exit as end:
        return end.exit_code
    except BaseException as fault:  # noqa: BLE001 - the edge of a process
        os.write(2, f"{type(fault).__name__}: {fault}\n".encode())
        return 70
    return 0


def _tell(number: int) -> None:
    os.write(1, f"{number}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), timedelta(seconds=float(sys.argv[2])))
