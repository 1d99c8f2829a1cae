"""Makes the keys of the demo's broker in a process that ends: the one that serves never held them.

    python -m broker.demo.broker_keys BROKER_KEY_FILE MASTER_KEY_FILE ADDRESS

Prints the certificate, armored.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from adapters.openpgp.keygen import make_broker_key, make_master_keys


class BrokerKeysNotMade(Exception):
    """That process failed; what it said stands on stderr."""


async def make_broker_keys(*, key: Path, master: Path, address: str) -> bytes:
    """Make both files; the certificate of the broker's key. Raises BrokerKeysNotMade, OSError."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", __name__, str(key), str(master), address),
        stdout=asyncio.subprocess.PIPE,
        # Ctrl-C is for the demo, which ends this process itself.
        start_new_session=True,
    )
    try:
        certificate, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise BrokerKeysNotMade("the keys of the broker could not be made")
    return certificate


def main() -> None:
    """Make the keys that the arguments name."""
    key, master, address = sys.argv[1:]
    made = make_broker_key(Path(key), address)
    make_master_keys(Path(master))
    sys.stdout.write(made.certificate.decode("ascii"))


if __name__ == "__main__":
    main()
