"""The second engine: GnuPG, through python-gnupg, with a home of its own.

It opens what Sequoia's binding refuses (compressed messages), and can be the engine for
everything where the key lives on a smartcard. python-gnupg says `ok` too easily and counts
signatures by an id that two signatures of one second share. So the status lines of gpg itself are
judged here (doc/DETAILS of GnuPG), and only one exact set of them is good.
"""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import gnupg

from adapters.openpgp.certificates import Certificate, Ring
from adapters.openpgp.engine import MAX_PLAINTEXT, Elsewhere, KeyUnusable
from adapters.openpgp.layers import Layer, read_layer
from adapters.openpgp.packets import (
    LITERAL,
    ONE_PASS,
    SIGNATURE,
    Container,
    frame,
    read_container,
)
from broker.domain.partner import Vingerafdruk
from broker.ports import LetterReason, Opened, OpenReason, Unopened

_OPTIONS = (
    "--no-options",
    "--no-auto-key-retrieve",
    "--no-auto-key-locate",
    "--disable-dirmngr",
    "--no-auto-check-trustdb",
    "--trust-model=always",
    "--weak-digest=SHA1",
    "--weak-digest=RIPEMD160",
    "--digest-algo=SHA512",
    "--compress-algo=none",
)
_LOOPBACK = ("--pinentry-mode=loopback",)
_SIGNED_ONCE = ("PLAINTEXT", "NEWSIG", "GOODSIG", "VALIDSIG")
_OPENED_ONCE = ("DECRYPTION_OKAY", "GOODMDC")
_NEVER = {
    *("ERROR", "FAILURE", "NODATA", "UNEXPECTED", "NO_PUBKEY", "BADMDC", "DECRYPTION_FAILED"),
    *("BADSIG", "ERRSIG", "EXPSIG", "EXPKEYSIG", "REVKEYSIG"),
}
_STRONG_HASHES = frozenset({"8", "9", "10", "12", "14"})
"""SHA-256, -384, -512, SHA3-256, SHA3-512 (RFC 9580, 9.5)."""


@dataclass(frozen=True, slots=True)
class OwnHome:
    """A home of the operator that holds the broker's key, such as one with a smartcard.

    Its agent asks for the PIN; nothing in it is made, changed or removed.
    """

    path: Path


@dataclass(frozen=True, slots=True)
class FreshHome:
    """An empty directory (0700) for this engine alone; who made it removes it."""

    path: Path


class GnuPGEngine:
    """Opens and seals with a key that gpg holds.

    `key` is a transferable secret key for a FreshHome, the public certificate for an OwnHome.
    `program` is the path of gpg. For a FreshHome an agent is started, which stays until the
    process group of this process is killed. Raises KeyUnusable.
    """

    def __init__(
        self,
        *,
        program: str,
        home: FreshHome | OwnHome,
        key: bytes,
        passphrase: str | None,
        own: Certificate,
        ring: Ring,
    ) -> None:
        options = list(_OPTIONS)
        if isinstance(home, FreshHome):
            options += [*_LOOPBACK, "--no-autostart"]
            _start_agent(program, home.path)
        elif passphrase is not None:
            options += _LOOPBACK
        self._gpg = gnupg.GPG(gpgbinary=program, gnupghome=str(home.path), options=options)
        self._passphrase = passphrase
        self._own = own
        self._ring = ring
        if isinstance(home, FreshHome) and not self._gpg.import_keys(key).fingerprints:
            raise KeyUnusable("GnuPG does not take the broker's key")
        for certificate in ring.all():
            # What this GnuPG cannot read it cannot verify: such a signer is unknown to it.
            self._gpg.import_keys(certificate.encoded)

    def open(self, message: bytes, *, now: datetime) -> Opened | Unopened | Elsewhere:
        """See Engine. Text that was signed as text has the line ends of this machine."""
        container = read_container(message, ours=self._own.decryption_keys)
        if isinstance(container, Unopened):
            return container
        result = self._gpg.decrypt(
            container.message,
            passphrase=self._passphrase,
            extra_args=["--max-output", str(MAX_PLAINTEXT)],
        )
        status = _Status.read(result.stderr)
        fault = self._fault(status, container=container, code=result.returncode, now=now)
        if fault is OpenReason.NIET_ONDERTEKEND and status.is_clean and result.returncode == 0:
            return self._layered(result.data, container, now)
        if fault is None and not (result.valid and result.ok and len(result.sig_info) == 1):
            fault = OpenReason.HANDTEKENING_ONGELDIG
        if fault is not None:
            return Unopened(fault, container.seal)
        return Opened(result.data, status.primary, container.seal)

    def seal(
        self, content: bytes, recipient: Vingerafdruk, *, now: datetime
    ) -> bytes | LetterReason:
        """See Engine. Raises KeyUnusable when gpg cannot sign with the broker's key."""
        certificate = self._ring.find(recipient)
        if certificate is None:
            return LetterReason.GEEN_CERTIFICAAT
        key = certificate.encryption_key(now=now)
        if isinstance(key, LetterReason):
            return key
        result = self._gpg.encrypt(
            content,
            # The exclamation mark: this subkey, and not the one that gpg would choose.
            [f"{key}!"],
            sign=self._own.fingerprint,
            passphrase=self._passphrase,
            always_trust=True,
        )
        if result.ok and result.returncode == 0:
            return bytes(result.data)
        if "INV_RECP" in _Status.read(result.stderr).counts:
            return LetterReason.GEEN_VERSLEUTELSLEUTEL
        raise KeyUnusable("GnuPG cannot sign with the broker's key")

    def _layered(self, plaintext: bytes, container: Container, now: datetime) -> Opened | Unopened:
        """The signature that stands inside, of a message without one of its own.

        gpg takes a detached signature from a file only. So it gets the message of the other kind
        that has the same digest: what is signed as a literal, and the signature around it.
        """
        layer = read_layer(plaintext, ring=self._ring, now=now)
        if isinstance(layer, OpenReason):
            return Unopened(layer, container.seal)
        result = self._gpg.decrypt(
            _in_one_message(layer), extra_args=["--max-output", str(MAX_PLAINTEXT)]
        )
        status = _Status.read(result.stderr)
        fault = self._signature_fault(status, once=_SIGNED_ONCE, code=result.returncode, now=now)
        if fault is None and (result.data, status.primary, status.issuer) != (
            layer.content,
            layer.certificate.fingerprint,
            layer.key,
        ):
            fault = OpenReason.HANDTEKENING_ONGELDIG
        if fault is not None:
            return Unopened(fault, container.seal)
        return Opened(layer.content, status.primary, layer.seal)

    def _fault(
        self, status: _Status, *, container: Container, code: int, now: datetime
    ) -> OpenReason | None:
        """Why this is not a good message; None only for exactly one good signature."""
        counts = status.counts
        if status.too_large:
            return OpenReason.TE_GROOT
        if not counts["DECRYPTION_OKAY"] or not counts["GOODMDC"]:
            lost = container.hidden and not counts["PLAINTEXT"]
            return OpenReason.NIET_VOOR_ONS if lost else OpenReason.BESCHADIGD
        if counts["PLAINTEXT"] != 1 or counts["ERROR"] or counts["NODATA"]:
            return OpenReason.BESCHADIGD
        if counts["NEWSIG"] != 1:
            many = counts["NEWSIG"] > 1
            return OpenReason.MEER_HANDTEKENINGEN if many else OpenReason.NIET_ONDERTEKEND
        once = (*_SIGNED_ONCE, *_OPENED_ONCE)
        return self._signature_fault(status, once=once, code=code, now=now)

    def _signature_fault(
        self, status: _Status, *, once: Sequence[str], code: int, now: datetime
    ) -> OpenReason | None:
        known = self._ring.issuers(status.issuer)
        if not known:
            return OpenReason.ONBEKENDE_ONDERTEKENAAR
        certificate, key = known[0]
        fault = certificate.signer_fault(key.fingerprint, now=now)
        if fault is not None:
            return fault
        if status.hash and status.hash not in _STRONG_HASHES:
            return OpenReason.ZWAKKE_HASH
        if status.counts["EXPKEYSIG"]:
            return OpenReason.SLEUTEL_VERLOPEN
        if status.counts["REVKEYSIG"]:
            return OpenReason.SLEUTEL_INGETROKKEN
        good = (
            code == 0
            and all(status.counts[name] == 1 for name in once)
            and status.is_clean
            and status.primary == certificate.fingerprint
        )
        return None if good else OpenReason.HANDTEKENING_ONGELDIG


@dataclass(frozen=True, slots=True)
class _Status:
    """The status lines of one run of gpg."""

    counts: Counter[str]
    issuer: str
    primary: Vingerafdruk
    hash: str
    too_large: bool

    @property
    def is_clean(self) -> bool:
        """Whether nothing in it speaks of a fault."""
        return not _NEVER & self.counts.keys()

    @classmethod
    def read(cls, stderr: str) -> _Status:
        lines = [
            line.removeprefix("[GNUPG:] ").split()
            for line in stderr.splitlines()
            if line.startswith("[GNUPG:] ")
        ]
        words = {line[0]: line[1:] for line in lines if line}
        valid, wrong = words.get("VALIDSIG", []), words.get("ERRSIG", [])
        issuer, primary, algorithm = "", "", ""
        if len(valid) >= 10:
            issuer, algorithm, primary = valid[0], valid[7], valid[9]
        elif len(wrong) >= 3:
            issuer, algorithm = _last_fingerprint(wrong) or wrong[0], wrong[2]
        elif words.get("BADSIG"):
            issuer = words["BADSIG"][0]
        return cls(
            Counter(line[0] for line in lines if line),
            issuer,
            Vingerafdruk(primary),
            algorithm,
            # Our locale is C, so that this is the text; a message can bring about no more than
            # another reason for its own refusal.
            "exceeded --max-output limit" in stderr or "out of core" in stderr,
        )


def _in_one_message(layer: Layer) -> bytes:
    kind, algorithm, hash_algorithm = layer.signature[1:4]
    key_id = bytes.fromhex(layer.key[-16:])
    one_pass = bytes((3, kind, hash_algorithm, algorithm)) + key_id + b"\1"
    return (
        frame(ONE_PASS, one_pass)
        + frame(LITERAL, b"b\0" + bytes(4) + layer.content)
        + frame(SIGNATURE, layer.signature)
    )


def _last_fingerprint(words: Sequence[str]) -> str:
    return words[-1] if len(words) >= 7 and words[-1] != "-" else ""


def _start_agent(program: str, home: Path) -> None:
    """Start an agent that stays in our process group, so that nothing of it outlives us."""
    agent = Path(program).with_name("gpg-agent")
    options = ["--no-detach", "--daemon", "--allow-loopback-pinentry", "--disable-scdaemon"]
    started = subprocess.run(
        [str(agent), "--homedir", str(home), *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if started.returncode != 0:
        raise KeyUnusable("gpg-agent does not start")
