"""The commands of the broker."""

from __future__ import annotations

from broker.commands import app


def main() -> None:
    """Run the command that was typed. Exit codes: 0 well, 1 the answer is no, 2 wrong use."""
    app()


if __name__ == "__main__":
    main()
