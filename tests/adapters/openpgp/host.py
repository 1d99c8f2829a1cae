"""A program that holds a vault and waits: a test looks into its memory meanwhile."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from adapters.openpgp.vault import KeyFiles, ProcessVault
from broker.domain.partner import Certificaten, Vingerafdruk
from broker.ports import Opened, Work


async def main(files: KeyFiles, certificates: Certificaten, message: bytes) -> None:
    """Open the message, do a work, say so, and wait for the end of the input."""
    now = datetime.now(UTC)
    async with ProcessVault(files, certificates, gnupg=None) as vault:
        opened = await vault.open_message(message, now=now)
        await vault.cross(Work(now=now, new_key=True))
        assert isinstance(opened, Opened)
        sys.stdout.write("opened\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)
        assert opened.plaintext


if __name__ == "__main__":
    broker, master, certificate, pinned, message = sys.argv[1:]
    asyncio.run(
        main(
            KeyFiles(Path(broker), Path(master)),
            {Vingerafdruk(pinned): Path(certificate).read_bytes()},
            Path(message).read_bytes(),
        )
    )
