"""The commands of the broker."""

from __future__ import annotations

import sys
import traceback
from pathlib import PurePath

from broker.commands import app
from broker.commands.common import ANSWER_IS_NO, refused_by_system


def main() -> None:
    """Run the command that was typed. Exit codes: 0 well, 1 the answer is no, 2 wrong use."""
    try:
        app()
    except OSError as fault:
        # A folder that cannot be written to, a file that is away: the operator's to mend.
        print(refused_by_system(fault), file=sys.stderr)
        sys.exit(ANSWER_IS_NO)
    except Exception as fault:  # noqa: BLE001 - the edge: told, without what could be personal
        print(_report(fault), file=sys.stderr)
        sys.exit(ANSWER_IS_NO)


def _report(fault: Exception) -> str:
    """Which fault and where. Its text stays out of it: that could quote a message or a row."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = ", ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in frames[-3:])
    return (
        f"This is a fault in the broker: {type(fault).__name__} ({where}).\n"
        "  Report it with this text, and tell which command you gave."
    )


if __name__ == "__main__":
    main()
