"""The commands of the broker."""

from __future__ import annotations

import sys

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


if __name__ == "__main__":
    main()
