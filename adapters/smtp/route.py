"""By which server the mail of a domain goes out, and how safe that way must be."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Security(StrEnum):
    """STARTTLS: demanded before anything else. TLS: from the first octet (RFC 8314). NONE: in
    clear, for a server on the same machine only."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Login:
    """An account at a relay. The password shows in no repr."""

    username: str
    password: str = field(repr=False)

    @classmethod
    def from_file(cls, username: str, path: Path) -> Login:
        """The account whose password is the first line of a file. Raises ValueError when that is
        empty or more than ASCII, OSError when it cannot be read."""
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        password = lines[0].strip() if lines else ""
        if not password or not password.isascii():
            raise ValueError(
                f"Het wachtwoordbestand {path} is leeg of niet in ASCII. "
                "Zet het wachtwoord op de eerste regel."
            )
        return cls(username, password)


@dataclass(frozen=True, slots=True)
class Route:
    """One server, and the demands on the way to it.

    `tls` checks its certificate and must be there unless `security` is NONE. The name on the
    certificate is `host`, or `certificate_name` where that differs. Raises ValueError for a
    combination that cannot be safe.
    """

    host: str
    port: int = 25
    security: Security = Security.STARTTLS
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    certificate_name: str | None = None
    login: Login | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.security is Security.NONE:
            if self.login is not None:
                raise ValueError(f"route {self.host}: een wachtwoord gaat niet zonder TLS")
        elif self.tls is None:
            raise ValueError(f"route {self.host}: TLS wordt geëist, maar er is geen context")
        elif self.tls.verify_mode is not ssl.CERT_REQUIRED or not self.tls.check_hostname:
            raise ValueError(f"route {self.host}: het certificaat wordt niet gecontroleerd")
        if self.security is Security.TLS and self.certificate_name is not None:
            raise ValueError(f"route {self.host}: certificate_name gaat alleen met STARTTLS")


@dataclass(frozen=True, slots=True)
class Direct:
    """To the mail hosts of each domain themselves: STARTTLS and a valid certificate, always."""

    tls: ssl.SSLContext = field(repr=False)
    port: int = 25

    def route(self, host: str) -> Route:
        """The route to one mail host."""
        return Route(host, port=self.port, tls=self.tls)


@dataclass(frozen=True, slots=True)
class DeliveryLimits:
    """Seconds and counts. `timeout` is for one command, `data_timeout` for the answer to a message
    (RFC 5321 section 4.5.3.2 asks for ten minutes). The rest is for each server."""

    timeout: float = 30.0
    data_timeout: float = 600.0
    connections: int = 4
    idle: float = 60.0
    messages: int = 100
