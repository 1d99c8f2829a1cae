"""Both engines, in this process, behind one factory."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.openpgp.certificates import Ring, public_part
from adapters.openpgp.engine import Engine
from adapters.openpgp.gnupg_engine import FreshHome, GnuPGEngine
from adapters.openpgp.keygen import EngineName
from adapters.openpgp.sequoia import SequoiaEngine
from adapters.openpgp.vault import GnuPG
from broker.domain.partner import Vingerafdruk
from tests.fixtures.sleutels import Sleutel

Pinned = Sleutel | tuple[Vingerafdruk, bytes]
EngineFactory = Callable[..., Engine]
"""`(name, own, *pinned) -> Engine` with the secret key of `own`."""


@pytest.fixture
def now() -> datetime:
    """This moment: keys in these tests are made now, and judged now unless the test says else."""
    return datetime.now(UTC)


@pytest.fixture
def make_engine(gnupg_installed: GnuPG | None) -> Iterator[EngineFactory]:
    """Makes engines; the agents of GnuPG's are stopped afterwards."""
    homes: list[Path] = []

    def make(name: EngineName, own: Sleutel, *pinned: Pinned) -> Engine:
        pairs = ((p.vingerafdruk, p.certificaat) if isinstance(p, Sleutel) else p for p in pinned)
        ring = Ring(dict(pairs))
        if name is EngineName.SEQUOIA:
            return SequoiaEngine(secret=own.geheim, passphrase=None, ring=ring)
        if gnupg_installed is None:
            pytest.skip("GnuPG is not installed")
        homes.append(Path(tempfile.mkdtemp(prefix="vb-")))
        return GnuPGEngine(
            program=str(gnupg_installed.program),
            home=FreshHome(homes[-1]),
            key=own.geheim,
            passphrase=None,
            own=public_part(own.geheim),
            ring=ring,
        )

    yield make
    for home in homes:
        subprocess.run(
            ["gpg-connect-agent", "--homedir", home, "--no-autostart", "KILLAGENT", "/bye"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        shutil.rmtree(home, ignore_errors=True)
