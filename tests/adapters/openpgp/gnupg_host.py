"""A program that holds a vault with GnuPG and waits to be killed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from adapters.openpgp.vault import KeyFiles, ProcessVault, find_gnupg


async def main(files: KeyFiles) -> None:
    """Say which group and which home the GnuPG worker has, and wait for the end of the input."""
    async with ProcessVault(files, {}, gnupg=find_gnupg()) as vault:
        worker = vault.workers[1]
        sys.stdout.write(f"{worker.pid} {worker.home}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    broker, master = sys.argv[1:]
    asyncio.run(main(KeyFiles(Path(broker), Path(master))))
