"""The employees of the demo: each has a key of his own, in the OpenPGP program of his own.

Some use Sequoia, some GnuPG with a keyring of their own. What they decrypt they keep in memory;
nothing of it is written to disk.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import gnupg
import pysequoia


class Correspondence(Exception):
    """A mail that the simulated person could not open: a fault in the demo or the broker."""


class MailProgram(Protocol):
    """What signs, encrypts, decrypts and verifies for one person."""

    name: str

    def close(self, content: bytes) -> bytes:
        """Sign with the person's key, encrypt to the broker; armored."""

    def open(self, message: bytes) -> bytes:
        """Decrypt, and insist on the broker's signature. Raises Correspondence."""


@dataclass(slots=True)
class SequoiaProgram:
    """Sequoia in-process, with the secret key in a file."""

    key: Path
    broker: bytes = field(repr=False)
    name: str = "Sequoia"

    def _tsk(self) -> pysequoia.Tsk:
        return pysequoia.Tsk.from_bytes(self.key.read_bytes())

    def close(self, content: bytes) -> bytes:
        """See MailProgram."""
        return bytes(
            pysequoia.encrypt(
                bytes=content,
                recipients=[pysequoia.Cert.from_bytes(self.broker)],
                signer=self._tsk().signer(),
            )
        )

    def open(self, message: bytes) -> bytes:
        """See MailProgram."""
        broker = pysequoia.Cert.from_bytes(self.broker)
        opened = pysequoia.decrypt(
            bytes=message, decryptor=self._tsk().decryptor(), store=lambda _: [broker]
        )
        if len(opened.valid_sigs) != 1 or opened.bytes is None:
            raise Correspondence("the signature of the broker is missing")
        return opened.bytes


@dataclass(slots=True)
class GnuPGProgram:
    """GnuPG with a home of its own. `compress` is GnuPG's own habit, which a key can switch off."""

    home: Path
    fingerprint: str
    broker_fingerprint: str
    name: str = "GnuPG"

    def _gpg(self) -> gnupg.GPG:
        return gnupg.GPG(gnupghome=str(self.home), options=["--no-auto-check-trustdb"])

    def close(self, content: bytes) -> bytes:
        """See MailProgram."""
        result = self._gpg().encrypt(
            content,
            [self.broker_fingerprint],
            sign=self.fingerprint,
            always_trust=True,
            armor=True,
        )
        if not result.ok:
            raise Correspondence(f"GnuPG: {result.status}")
        return bytes(result.data)

    def open(self, message: bytes) -> bytes:
        """See MailProgram."""
        result = self._gpg().decrypt(message)
        if not (result.ok and result.valid):
            raise Correspondence(f"GnuPG: {result.status}")
        if result.pubkey_fingerprint != self.broker_fingerprint:
            raise Correspondence("the signature is not the broker's")
        return bytes(result.data)

    def stop(self) -> None:
        """End the agent that GnuPG left running for this home."""
        subprocess.run(
            ["gpgconf", "--homedir", str(self.home), "--kill", "all"],  # noqa: S607
            check=False,
            capture_output=True,
        )


def gnupg_person(home: Path, *, secret_key: bytes, fingerprint: str, broker: bytes) -> GnuPGProgram:
    """A person with a new GnuPG home that holds his own key and the broker's. Raises
    Correspondence when GnuPG takes one of them not."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    gpg = gnupg.GPG(gnupghome=str(home))
    own = gpg.import_keys(secret_key)
    theirs = gpg.import_keys(broker)
    if fingerprint not in own.fingerprints or not theirs.fingerprints:
        raise Correspondence("GnuPG did not take a key")
    return GnuPGProgram(home, fingerprint, theirs.fingerprints[0])
