"""One SMTP connection: aiosmtpd's protocol, made strict about lines, words and limits.

aiosmtpd reads commands up to any LF and repeats what it does not know; here no bare CR, LF or NUL
reaches it, and nothing but our own fixed replies leaves it.
"""

# ruff: noqa: N802, N815 - aiosmtpd finds its commands by these names

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

# Any: aiosmtpd decorates its commands, which hides their types.
from typing import Any

from aiosmtpd.smtp import SMTP, TLSSetupException

from adapters.smtp.address import is_mailbox
from adapters.smtp.admission import Admission, peer_of
from adapters.smtp.lines import BadLineEnding, LineTooLong, LineWatch
from adapters.smtp.replies import Reply, is_last, own_words

NULL_SENDER = "<>"
"""How aiosmtpd calls the sender of a delivery report."""

_COMMANDS = {"*": 20, "MAIL": 200, "RCPT": 400, "DATA": 200, "RSET": 200, "NOOP": 100}
_COMMAND_LINE = 512


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long and how much. Seconds, octets, connections.

    `per_peer` is how many connections one client may have (see `peer_of`). `before_mail` is the
    time for one command until the first MAIL, `idle` from then on, a whole DATA included;
    `lifetime` is for the whole connection. `linger` is how long we go on reading after our last
    reply, so that the client gets to see it.
    """

    message: int = 1024 * 1024
    connections: int = 100
    per_peer: int = 20
    before_mail: float = 30.0
    idle: float = 120.0
    lifetime: float = 600.0
    linger: float = 2.0


class SmtpSession(SMTP):
    """A connection from greeting to goodbye. `sessions` is the set of all that are open."""

    def __init__(
        self,
        handler: object,
        *,
        hostname: str,
        limits: SessionLimits,
        tls: ssl.SSLContext | None,
        require_starttls: bool,
        sessions: set[SmtpSession],
        admission: Admission,
        report_fault: Callable[[Exception], None],
    ) -> None:
        super().__init__(
            handler,
            data_size_limit=limits.message,
            enable_SMTPUTF8=False,
            hostname=hostname,
            ident="ESMTP",
            tls_context=tls,
            require_starttls=require_starttls,
            timeout=limits.before_mail,
            command_call_limit=_COMMANDS,
            loop=asyncio.get_running_loop(),
        )
        # aiosmtpd lets each EHLO of anybody raise the one table of its class.
        self.command_size_limits = defaultdict(lambda: _COMMAND_LINE)
        self._limits = limits
        self._sessions = sessions
        self._admission = admission
        self._peer: str | None = None
        self._lifetime: asyncio.TimerHandle | None = None
        self._outlived = False
        self._report_fault = report_fault
        self._watch = LineWatch()
        self._offended = False
        self._saying_goodbye = False
        self._settled = asyncio.Event()
        self._settled.set()

    # --- the connection ---------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Called again when TLS begins: what came in clear before it must not join what comes after.
        self._watch = LineWatch()
        if self not in self._sessions:
            self._sessions.add(self)
            peer = peer_of((transport.get_extra_info("peername") or ("",))[0])
            if self._admission.enter(peer):
                self._peer = peer
            self._lifetime = self.loop.call_later(self._limits.lifetime, self._outlive)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self._forget()
        super().connection_lost(error)

    def _forget(self) -> None:
        self._sessions.discard(self)
        if self._lifetime is not None:
            self._lifetime.cancel()
        if self._peer is not None:
            self._admission.leave(self._peer)
            self._peer = None

    def eof_received(self) -> bool | None:
        if self._saying_goodbye and self.transport is not None:
            self.transport.close()
        return super().eof_received()

    def data_received(self, data: bytes) -> None:
        if self._offended or self._saying_goodbye:
            return
        seen = self._watch.check(data)
        if isinstance(seen, bytes):
            super().data_received(seen)
            return
        self._offended = True
        # The reader raises this at once, whatever it still holds: what is not a whole message by
        # now never becomes one.
        self._reader.set_exception(seen)

    async def _handle_client(self) -> None:
        if self._peer is None:
            # Without lingering: who is not let in must not cost us anything.
            self.hang_up(Reply.TOO_BUSY)
            return
        # The client is gone: there is nobody to answer.
        with contextlib.suppress(ConnectionResetError):
            await super()._handle_client()

    def _timeout_cb(self) -> None:
        self.hang_up(Reply.TIMED_OUT)

    def _outlive(self) -> None:
        """Its lifetime is over: close now, or as soon as its message has a reply."""
        self._outlived = True
        if self._settled.is_set():
            self.hang_up(Reply.TIMED_OUT)
            # Closing waits until the client has read everything.
            self.loop.call_later(self._limits.linger, self.abort)

    def hang_up(self, reply: Reply) -> None:
        """Say this, unless goodbye was said already, and close."""
        handshaking = self._tls_protocol is not None and not self._under_tls()
        if self.transport is None or handshaking:
            # Gone already, or nothing can be said.
            self.abort()
            return
        if not self._saying_goodbye:
            self._saying_goodbye = True
            self._writer.write(f"{reply}\r\n".encode("ascii"))
        self.transport.close()

    def _under_tls(self) -> bool:
        return self.session is not None and self.session.ssl is not None

    def abort(self) -> None:
        """Close without waiting for anybody."""
        transport = self._original_transport or self.transport
        if isinstance(transport, asyncio.Transport):
            transport.abort()
        # Of a connection that is lost in a handshake nobody tells us.
        self._forget()

    # --- what we say ------------------------------------------------------------------------

    async def push(self, status: str | bytes) -> None:
        """Send one reply, in our own words. After the last one this does not return."""
        words = own_words(status if isinstance(status, str) else status.decode("ascii", "replace"))
        # Not drained after an offence: that would raise the reader's exception here.
        self._writer.write(f"{words}\r\n".encode("ascii"))
        if not self._offended:
            await self._writer.drain()
        if not is_last(words):
            return
        self._saying_goodbye = True
        self._reset_timeout(self._limits.linger)
        # Closing with octets unread would reset the connection, and our reply with it: read on
        # and forget, until the client closes or `linger` has passed. Both cancel this task.
        if isinstance(self.transport, asyncio.Transport):
            if self.transport.can_write_eof():
                self.transport.write_eof()
            self.transport.resume_reading()
        await asyncio.Event().wait()

    async def handle_exception(self, error: Exception) -> str:
        match error:
            case BadLineEnding():
                return Reply.BAD_LINE_ENDING
            case LineTooLong():
                return Reply.LINE_TOO_LONG
            case TLSSetupException():
                # The client's handshake failed. Nobody reads this reply.
                return Reply.FAULT
            case _:
                self._report_fault(error)
                return Reply.FAULT

    # --- commands ---------------------------------------------------------------------------

    async def smtp_STARTTLS(self, arg: str) -> None:
        if self._tls_protocol is not None:
            await self.push(Reply.SEQUENCE)
            return
        try:
            await super().smtp_STARTTLS(arg)
        except TLSSetupException:
            self.abort()
            raise

    async def smtp_MAIL(self, arg: str | None) -> None:
        await super().smtp_MAIL(arg)
        if self.envelope is not None and self.envelope.mail_from is not None:
            self._timeout_duration = self._limits.idle
            self._reset_timeout()

    async def smtp_DATA(self, arg: str) -> None:
        try:
            await super().smtp_DATA(arg)
        finally:
            self._settled.set()
            if self._outlived:
                self._outlive()

    def unsettle(self) -> None:
        """A whole message came in and its sender has no reply yet."""
        self._settled.clear()

    async def settled(self) -> None:
        """Wait until no message is without a reply."""
        await self._settled.wait()

    async def _not_implemented(self, _arg: str) -> None:
        await self.push(Reply.NOT_IMPLEMENTED)

    smtp_VRFY: Any = _not_implemented
    smtp_EXPN: Any = _not_implemented
    smtp_HELP: Any = _not_implemented
    smtp_AUTH: Any = _not_implemented

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """The address between angle brackets, and what follows. (None, None) if it is malformed.

        aiosmtpd's own parser takes comments, routes and what fails in it becomes a fault of ours.
        """
        inside, bracket, rest = arg.removeprefix("<").partition(">")
        if not arg.startswith("<") or not bracket or rest[:1] not in ("", " "):
            return None, None
        if not inside:
            return NULL_SENDER, rest
        return (inside, rest) if is_mailbox(inside) else (None, None)
