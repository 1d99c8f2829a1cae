"""One connection to one server: opened as its route demands, and used for one message at a time.

Nothing of a message, not even MAIL FROM, is said before the route's demands are met: a connection
that is not safe enough never exists. Of what a server says only its codes are kept.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiosmtplib import SMTP
from aiosmtplib.errors import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPResponseException,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from adapters.smtp.route import DeliveryLimits, Route, Security
from broker.domain.bezorging import Weg, mag_vertrekken
from broker.ports import Deferred, Delivered, DeliveryResult, Rejected, Withheld

_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}(?!\S)")

_TLS_NEEDED = (530, 538)
_CLOSING = 421


class ConnectionUnused(Exception):
    """The connection broke before DATA: the message can go by another one, at once."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Mail:
    """One message for one recipient. An empty `envelope_from` is the null sender."""

    envelope_from: str
    address: str
    message: bytes = field(repr=False)


class Connection:
    """An open connection that meets the demands of its route. `messages` counts its use."""

    def __init__(self, client: SMTP, *, data_timeout: float) -> None:
        self._client = client
        self._data_timeout = data_timeout
        self._clean = True
        self.messages = 0

    @property
    def usable(self) -> bool:
        """Whether another message can be tried on it."""
        return self._clean and self._client.is_connected

    async def send(self, mail: Mail) -> DeliveryResult:
        """Do one mail transaction. Raises ConnectionUnused when the connection broke before DATA;
        after that it is the caller's to close."""
        self._clean = False
        self.messages += 1
        try:
            await self._client.mail(mail.envelope_from, options=self._size_option(mail.message))
            await self._client.rcpt(mail.address)
        except SMTPResponseException as error:
            if error.code == _CLOSING:
                raise ConnectionUnused(_code(error)) from None
            self._clean = await self._reset_after(error)
            return _refused(error)
        except (SMTPException, OSError):
            raise ConnectionUnused("verbinding-verbroken") from None
        try:
            await self._client.data(mail.message, timeout=self._data_timeout)
        except SMTPResponseException as error:
            self._clean = await self._reset_after(error)
            return _refused(error)
        except (SMTPException, OSError):
            # It may have been taken: only a later attempt, with the same Message-ID, is safe.
            return Deferred("geen-antwoord")
        self._clean = True
        return Delivered()

    async def close(self) -> None:
        """Say QUIT if anybody listens, and close."""
        if self.usable:
            # QUIT is a courtesy: every message before it has its answer.
            with contextlib.suppress(SMTPException, OSError):
                await self._client.quit(timeout=5)
        self._client.close()

    def drop(self) -> None:
        """Close without a word."""
        self._client.close()

    def _size_option(self, message: bytes) -> list[str]:
        if not self._client.supports_extension("size"):
            return []
        bare = message.count(b"\n") - message.count(b"\r\n")
        return [f"SIZE={len(message) + bare}"]

    async def _reset_after(self, error: SMTPResponseException) -> bool:
        """Whether the connection is as new. After a whole transaction it is so by itself."""
        if error.code == _CLOSING or not _readable(error):
            return False
        try:
            await self._client.rset()
        except (SMTPException, OSError):
            return False
        return True


async def connect(
    route: Route, *, hostname: str, limits: DeliveryLimits
) -> Connection | Deferred | Withheld:
    """Open a connection that meets every demand of the route, or say why there is none.

    Deferred: nobody there, or not now. Withheld: not safe enough, a person must look.
    """
    client = SMTP(
        hostname=route.host,
        port=route.port,
        local_hostname=hostname,
        timeout=limits.timeout,
        use_tls=False,
        start_tls=False,
        tls_context=route.tls,
    )
    try:
        problem = await _prepare(client, route)
    except BaseException:
        client.close()
        raise
    if problem is not None:
        client.close()
        return problem
    return Connection(client, data_timeout=limits.data_timeout)


async def _prepare(client: SMTP, route: Route) -> Deferred | Withheld | None:
    try:
        await client.connect()
        await client.ehlo()
        if route.security is Security.STARTTLS:
            problem = await _start_tls(client, route)
            if problem is not None:
                return problem
        if not mag_vertrekken(found_way(client.get_transport_info)):
            return Withheld("niet-veilig")
        if route.login is not None:
            return await _log_in(client, route.login.username, route.login.password)
    except SMTPResponseException as error:
        code = _code(error)
        return Withheld(code) if error.code in _TLS_NEEDED else Deferred(code)
    except SMTPConnectError as error:
        return _withheld(error.__cause__) if _is_tls(error.__cause__) else Deferred("onbereikbaar")
    except (SMTPException, OSError) as error:
        return _withheld(error) if _is_tls(error) else Deferred("verbinding-verbroken")
    return None


def found_way(info: Callable[[str], Any]) -> Weg:
    """How safe an open connection is, by what its transport says of itself.

    Any: each fact of a transport has a type of its own.
    """
    peer, tls = info("peername"), info("sslcontext")
    return Weg(
        zelfde_machine=isinstance(peer, tuple) and ipaddress.ip_address(peer[0]).is_loopback,
        versleuteld=tls is not None,
        certificaat_gecontroleerd=tls is not None
        and tls.verify_mode is ssl.CERT_REQUIRED
        and tls.check_hostname,
    )


async def _start_tls(client: SMTP, route: Route) -> Withheld | Deferred | None:
    if not client.supports_extension("starttls"):
        return Withheld("geen-starttls")
    try:
        await client.starttls(server_hostname=route.host)
    except SMTPResponseException as error:
        return Deferred(_code(error)) if 400 <= error.code < 500 else Withheld(_code(error))
    except SMTPTimeoutError:
        return Deferred("geen-antwoord")
    except (ssl.SSLError, ssl.CertificateError, SMTPServerDisconnected, OSError) as error:
        return _withheld(error)
    # What the server said in clear is forgotten (RFC 3207 section 4.2).
    await client.ehlo()
    return None


async def _log_in(client: SMTP, username: str, password: str) -> Withheld | Deferred | None:
    try:
        await client.login(username, password)
    except SMTPAuthenticationError as error:
        return Deferred(_code(error)) if 400 <= error.code < 500 else Withheld(_code(error))
    except (SMTPServerDisconnected, SMTPTimeoutError):
        return Deferred("verbinding-verbroken")
    except SMTPException:
        return Withheld("geen-aanmelding")
    return None


def _is_tls(error: BaseException | None) -> bool:
    return isinstance(error, ssl.SSLError | ssl.CertificateError)


def _withheld(error: BaseException | None) -> Withheld:
    if isinstance(error, ssl.SSLCertVerificationError):
        return Withheld("certificaat-ongeldig")
    return Withheld("tls-mislukt")


def _refused(error: SMTPResponseException) -> DeliveryResult:
    if error.code in _TLS_NEEDED:
        return Withheld(_code(error))
    if 500 <= error.code < 600:
        return Rejected(_code(error))
    return Deferred(_code(error))


def _code(error: SMTPResponseException) -> str:
    """The codes of a reply, and nothing of its text: `smtp-451 4.3.0`."""
    if not _readable(error):
        return "antwoord-onleesbaar"
    enhanced = _ENHANCED.match(error.message)
    return f"smtp-{error.code} {enhanced[0]}" if enhanced else f"smtp-{error.code}"


def _readable(error: SMTPResponseException) -> bool:
    return 200 <= error.code < 600
