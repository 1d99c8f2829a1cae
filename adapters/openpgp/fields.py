"""Sealed fields: AES-256-GCM under a random casus key, which a master key wraps; blind indexes.

A sealed field is bound to its table, column, row and version, and padded to whole blocks, so that
it can be neither moved nor weighed. Nonces are 96 random bits: a casus key seals some hundreds of
fields, a master key some hundreds of thousands of casus keys, both far below the 2^32 at which
random nonces of that size begin to collide (NIST SP 800-38D, 8.3).

A blind index is an HMAC-SHA-256 under a key of its own, which HKDF (RFC 5869) makes of a master
key. It tells that two words are equal; who has the master key can test what he guesses.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from broker.ports import FieldAddress

BLOCK = 512
"""Bytes to a multiple of which a cleartext is padded: every answer that a desk can give fits in
one block, so that the length in the database does not tell 'bekend' from 'onbekend'."""

_KEY = 32
_NONCE = 12
_FORMAT = b"\x01"
_FIELD_CONTEXT = b"verrijkingsbroker/field/1"
_WRAP_CONTEXT = b"verrijkingsbroker/casus-key/1"
_INDEX_CONTEXT = b"verrijkingsbroker/blind-index/1"
_INDEX = 16
"""Bytes of an HMAC that are kept: among the words of a network no two are alike by chance."""


class NotSealedHere(Exception):
    """The ciphertext does not open with this key at this address. Holds no content."""


class MasterKeysUnreadable(Exception):
    """The file with master keys is not as it should be. Names a line, never what is on it."""


class CasusKey:
    """One casus key in the clear: seals and unseals the fields of one casus."""

    __slots__ = ("_aead", "_raw")

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._aead = AESGCM(raw)

    @classmethod
    def fresh(cls) -> CasusKey:
        """A new random key."""
        return cls(os.urandom(_KEY))

    def seal(self, cleartext: bytes, address: FieldAddress) -> bytes:
        """Pad and encrypt one field for one address; equal cleartexts give different results."""
        nonce = os.urandom(_NONCE)
        return _FORMAT + nonce + self._aead.encrypt(nonce, pad(cleartext), canonical(address))

    def unseal(self, sealed: bytes, address: FieldAddress) -> bytes:
        """The cleartext that was sealed at that address. Raises NotSealedHere."""
        return unpad(_open(self._aead, sealed, canonical(address)))

    def wrapped(self, master: MasterKeys) -> bytes:
        """This key under the newest master key."""
        return master.wrap(self._raw)


class MasterKeys:
    """The versioned keys from outside the database: the newest wraps, the older still unwrap."""

    __slots__ = ("_index_keys", "_keys", "_newest")

    def __init__(self, keys: Mapping[int, bytes]) -> None:
        if not keys:
            raise MasterKeysUnreadable("no master key")
        self._keys = {version: AESGCM(raw) for version, raw in keys.items()}
        self._index_keys = {version: _index_key(raw) for version, raw in sorted(keys.items())}
        self._newest = max(keys)

    def wrap(self, raw: bytes) -> bytes:
        """Encrypt a casus key; the result names the version of the master key."""
        version = self._newest.to_bytes(4)
        nonce = os.urandom(_NONCE)
        sealed = self._keys[self._newest].encrypt(nonce, raw, _WRAP_CONTEXT + version)
        return _FORMAT + version + nonce + sealed

    def blind(self, word: bytes) -> tuple[bytes, ...]:
        """The blind index of a word under each master key, the newest first.

        Each names the version of its master key, so that what an older one made is found too.
        """
        return tuple(
            version.to_bytes(4) + hmac.digest(key, word, "sha256")[:_INDEX]
            for version, key in reversed(self._index_keys.items())
        )

    def unwrap(self, wrapped: bytes) -> CasusKey:
        """The casus key. Raises NotSealedHere, also when its master key is no longer there."""
        version, sealed = wrapped[1:5], wrapped[:1] + wrapped[5:]
        aead = self._keys.get(int.from_bytes(version))
        if aead is None:
            raise NotSealedHere
        return CasusKey(_open(aead, sealed, _WRAP_CONTEXT + version))


def _index_key(raw: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=_KEY, salt=None, info=_INDEX_CONTEXT).derive(raw)


def canonical(address: FieldAddress) -> bytes:
    """An encoding in which no two addresses are equal: every part carries its length."""
    parts = [_FIELD_CONTEXT]
    for text in (address.table, address.column, address.row):
        encoded = text.encode()
        parts += [len(encoded).to_bytes(4), encoded]
    return b"".join((*parts, address.version.to_bytes(8)))


def pad(cleartext: bytes) -> bytes:
    """Append a one bit and zeros up to a whole number of blocks (ISO/IEC 7816-4)."""
    return cleartext + b"\x80" + bytes(-(len(cleartext) + 1) % BLOCK)


def unpad(padded: bytes) -> bytes:
    """Undo `pad`. Raises NotSealedHere."""
    cleartext = padded.rstrip(b"\0")
    if not cleartext.endswith(b"\x80"):
        raise NotSealedHere
    return cleartext[:-1]


def new_master_key_line(version: int) -> str:
    """A fresh master key as one line of the file with master keys."""
    return f"{version} {base64.b64encode(os.urandom(_KEY)).decode()}\n"


def read_master_keys(text: str) -> MasterKeys:
    """Parse lines of `version base64`; `#` opens a comment. Raises MasterKeysUnreadable."""
    keys: dict[int, bytes] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        version, _, encoded = line.strip().partition(" ")
        try:
            raw = base64.b64decode(encoded.strip(), validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        if not (version.isdecimal() and 0 < int(version) < 2**32 and len(raw) == _KEY):
            # From here no exception may chain to one that quotes the line.
            raise MasterKeysUnreadable(f"line {number} is not a version and 32 bytes in base64")
        if int(version) in keys:
            raise MasterKeysUnreadable(f"line {number} repeats a version")
        keys[int(version)] = raw
    return MasterKeys(keys)


def _open(aead: AESGCM, sealed: bytes, associated: bytes) -> bytes:
    if sealed[:1] != _FORMAT or len(sealed) < 1 + _NONCE + 16:
        raise NotSealedHere
    try:
        return aead.decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], associated)
    except InvalidTag:
        raise NotSealedHere from None
