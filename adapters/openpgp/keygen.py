"""Makes keys: the broker's own, the master keys, and (for demo and tests) those of partners.

Secrets are written to new files only (0600), each whole or not at all.
"""

from __future__ import annotations

import os
import secrets
import subprocess
import tempfile
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import gnupg
from pysequoia import Tsk

from adapters.openpgp.certificates import public_part
from adapters.openpgp.fields import new_master_key_line
from adapters.openpgp.vault import GnuPG, find_gnupg
from broker.domain.partner import Vingerafdruk

BROKER_NAME = "Verrijkingsbroker"
_PREFERENCES = "AES256 AES SHA512 SHA256 Uncompressed"
_MASTER_KEYS_HEAD = """\
# Master keys of the verrijkingsbroker: version, then 32 random bytes in base64.
# The highest version wraps new casus keys; the others still open what they wrapped.
# Keep this file out of every backup of the database.
"""


class EngineName(StrEnum):
    """Who makes a key. Keys made by Sequoia advertise what GnuPG 2.2 cannot read."""

    SEQUOIA = "sequoia"
    GNUPG = "gnupg"


class KeyNotMade(Exception):
    """No key was made; says why in one sentence, without anything secret."""


@dataclass(frozen=True, slots=True)
class GeneratedKey:
    """A new key without a passphrase and without an end. Both parts are armored ASCII."""

    fingerprint: Vingerafdruk
    certificate: bytes
    secret: bytes = field(repr=False)


def generate_key(name: str, address: str, engine: EngineName) -> GeneratedKey:
    """Make an Ed25519/X25519 key with the user id `name <address>`. Raises KeyNotMade.

    One that GnuPG makes lists no compression, so that senders with GnuPG leave it out.
    """
    for text in (name, address):
        if not text.strip() or any(c in "<>()\\" or not c.isprintable() for c in text):
            raise KeyNotMade("a name or address with characters that a user id cannot hold")
    if engine is EngineName.GNUPG:
        secret, certificate = _generate_with_gnupg(name, address)
    else:
        tsk = Tsk.generate(f"{name} <{address}>")
        secret, certificate = str(tsk).encode(), str(tsk.extract_certificate()).encode()
    return GeneratedKey(public_part(secret).fingerprint, certificate, secret)


def make_broker_key(path: Path, address: str) -> GeneratedKey:
    """Make the broker's key and write its secret part to a new file.

    By GnuPG where that is installed, so that senders with GnuPG 2.2 can use it; else by Sequoia.
    Raises KeyNotMade, FileExistsError, OSError.
    """
    engine = EngineName.SEQUOIA if find_gnupg() is None else EngineName.GNUPG
    key = generate_key(BROKER_NAME, address, engine)
    write_secret(path, key.secret)
    return key


def make_master_keys(path: Path) -> None:
    """Write a new file with one fresh master key. Raises FileExistsError, OSError."""
    write_secret(path, (_MASTER_KEYS_HEAD + new_master_key_line(1)).encode())


def write_secret(path: Path, content: bytes) -> None:
    """Write a new file (0600), durably, whole or not at all. Raises FileExistsError, OSError."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        # Unlike a rename, a link never replaces what is there.
        os.link(draft, path)
    finally:
        draft.unlink()
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _generate_with_gnupg(name: str, address: str) -> tuple[bytes, bytes]:
    installed = find_gnupg()
    if installed is None:
        raise KeyNotMade("GnuPG is not installed")
    with tempfile.TemporaryDirectory(prefix="vb-") as home:
        try:
            return _export_new(installed, home, name, address)
        finally:
            connect = installed.program.with_name("gpg-connect-agent")
            subprocess.run(
                [str(connect), "--homedir", home, "--no-autostart", "KILLAGENT", "/bye"],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
            )


def _export_new(installed: GnuPG, home: str, name: str, address: str) -> tuple[bytes, bytes]:
    options = ["--no-options", "--pinentry-mode=loopback"]
    gpg = gnupg.GPG(gpgbinary=str(installed.program), gnupghome=home, options=options)
    made = gpg.gen_key(
        "\n".join(
            (
                *("Key-Type: EDDSA", "Key-Curve: ed25519", "Key-Usage: sign,cert"),
                *("Subkey-Type: ECDH", "Subkey-Curve: cv25519", "Subkey-Usage: encrypt"),
                *(f"Name-Real: {name}", f"Name-Email: {address}", "Expire-Date: 0"),
                *(f"Preferences: {_PREFERENCES}", "%no-protection", "%commit", ""),
            )
        )
    )
    if not made.fingerprint:
        raise KeyNotMade("GnuPG made no key")
    secret = gpg.export_keys(made.fingerprint, secret=True, expect_passphrase=False)
    certificate = gpg.export_keys(made.fingerprint)
    return secret.encode(), certificate.encode()
