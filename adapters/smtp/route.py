"""By which server the mail of a domain goes out, and how safe that way must be."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from enum import StrEnum


class Security(StrEnum):
    """STARTTLS: demanded before anything else. NONE: in clear, for a server on the same machine
    only."""

    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Login:
    """An account at a relay. The password shows in no repr."""

    username: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Route:
    """One server, and the demands on the way to it.

    `tls` checks its certificate and must be there unless `security` is NONE. The name on the
    certificate is `host`. Raises ValueError for a combination that cannot be safe.
    """

    host: str
    port: int = 25
    security: Security = Security.STARTTLS
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    login: Login | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.security is Security.NONE:
            if self.login is not None:
                raise ValueError(f"route {self.host}: a password never goes without TLS")
        elif self.tls is None:
            raise ValueError(f"route {self.host}: TLS is demanded, and there is no context for it")
        elif self.tls.verify_mode is not ssl.CERT_REQUIRED or not self.tls.check_hostname:
            raise ValueError(f"route {self.host}: the certificate is not verified")


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
