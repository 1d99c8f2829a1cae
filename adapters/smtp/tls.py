"""Makes TLS contexts from configured files, and says in one sentence what is wrong with them.

TLS 1.2 is the least that is spoken, with the ciphers that Python's own defaults allow.
"""

from __future__ import annotations

import ssl
from pathlib import Path


class TlsFileInvalid(Exception):
    """A certificate, key or CA file cannot be used. The text is one sentence and a hint."""


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
        _readable(authorities, "CA-bestand")
        try:
            # With a file given, the system's own authorities are not loaded.
            context = ssl.create_default_context(ssl.Purpose.SERVER_AUTH, cafile=authorities)
        except ssl.SSLError:
            raise TlsFileInvalid(
                f"Het CA-bestand {authorities} bevat geen certificaten in PEM-vorm. "
                "Het hoort met '-----BEGIN CERTIFICATE-----' te beginnen."
            ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _load_own(context: ssl.SSLContext, *, certificate: Path, key: Path) -> None:
    chain = _readable(certificate, "certificaat")
    if "-----BEGIN CERTIFICATE-----" not in chain:
        raise TlsFileInvalid(
            f"Het certificaat {certificate} is geen PEM-bestand. "
            "Het hoort met '-----BEGIN CERTIFICATE-----' te beginnen."
        )
    if "PRIVATE KEY-----" not in _readable(key, "sleutelbestand"):
        raise TlsFileInvalid(
            f"Het sleutelbestand {key} bevat geen geheime sleutel in PEM-vorm. "
            "Verwissel certificate en key niet."
        )
    try:
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except _PassphraseAsked:
        raise TlsFileInvalid(
            f"De sleutel in {key} heeft een wachtwoord. "
            "Geef een sleutel zonder wachtwoord, leesbaar voor de broker alleen."
        ) from None
    except ssl.SSLError as error:
        if error.reason == "KEY_VALUES_MISMATCH":
            raise TlsFileInvalid(
                f"De sleutel in {key} hoort niet bij het certificaat {certificate}. "
                "Het eigen certificaat hoort vooraan te staan, voor dat van de uitgever."
            ) from None
        raise TlsFileInvalid(
            f"Certificaat {certificate} en sleutel {key} zijn niet te gebruiken. "
            "Controleer ze met 'openssl x509' en 'openssl pkey'."
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
        raise TlsFileInvalid(f"Het {what} {path} is er niet. Controleer het pad.") from None
    except OSError as error:
        raise TlsFileInvalid(
            f"Het {what} {path} is niet te lezen ({type(error).__name__}). Controleer de rechten."
        ) from None
