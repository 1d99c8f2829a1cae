"""Makes TLS contexts from configured files, and says in one sentence what is wrong with them.

TLS 1.2 is the least that is spoken, with the ciphers that Python's own defaults allow.
"""

from __future__ import annotations

import ssl
from pathlib import Path

_PEM = "It begins with '-----BEGIN CERTIFICATE-----'."


class TlsFileInvalid(Exception):
    """A certificate, key or CA file cannot be used: one sentence, and a `hint`."""

    def __init__(self, sentence: str, *, hint: str) -> None:
        super().__init__(f"{sentence} {hint}")
        self.sentence = sentence
        self.hint = hint


def server_context(*, certificate: Path, key: Path) -> ssl.SSLContext:
    """The context with which we present ourselves: PEM chain (our own first) and its PEM key.

    Raises TlsFileInvalid.
    """
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    _load_own(context, certificate=certificate, key=key)
    return context


def client_context(*, authorities: Path | None = None) -> ssl.SSLContext:
    """The context with which we check a server's certificate and name.

    `authorities` is a PEM file with the only CAs to trust; without it those of the system are.
    Raises TlsFileInvalid.
    """
    if authorities is None:
        context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH)
    else:
        _readable(authorities, "CA file")
        try:
            # With a file given, the system's own authorities are not loaded.
            context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=authorities)
        except ssl.SSLError:
            raise TlsFileInvalid(
                f"The CA file {authorities} holds no certificates in PEM form.", hint=_PEM
            ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _load_own(context: ssl.SSLContext, *, certificate: Path, key: Path) -> None:
    chain = _readable(certificate, "certificate")
    if "-----BEGIN CERTIFICATE-----" not in chain:
        raise TlsFileInvalid(f"The certificate {certificate} is no PEM file.", hint=_PEM)
    if "PRIVATE KEY-----" not in _readable(key, "key file"):
        raise TlsFileInvalid(
            f"The key file {key} holds no secret key in PEM form.",
            hint="Look whether certificate and key changed places.",
        )
    try:
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except _PassphraseAsked:
        raise TlsFileInvalid(
            f"The key in {key} has a passphrase.",
            hint="Give a key without one, readable by the broker alone.",
        ) from None
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise TlsFileInvalid(
                f"The key in {key} does not belong to the certificate {certificate}.",
                hint="The server's own certificate comes first, before that of its issuer.",
            ) from None
        raise TlsFileInvalid(
            f"The certificate {certificate} and the key {key} cannot be used.",
            hint="Look at them with 'openssl x509' and 'openssl pkey'.",
        ) from None


class _PassphraseAsked(Exception):
    pass


def _no_passphrase() -> str:
    """Instead of OpenSSL's question at the terminal, for which a service would wait for ever."""
    raise _PassphraseAsked


def _readable(path: Path, what: str) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        raise TlsFileInvalid(f"The {what} {path} is not there.", hint="Look at the path.") from None
    except OSError as error:
        raise TlsFileInvalid(
            f"The {what} {path} cannot be read ({type(error).__name__}).",
            hint="Look at its permissions.",
        ) from None
