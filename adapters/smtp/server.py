"""The server that takes mail in: says 250 only after `receive` has stored the message durably.

It knows two kinds of addresses, both our own, and keeps the octets of a message exactly as they
came. What it refuses leaves nothing behind.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from typing import Self

from adapters.smtp.admission import Admission
from adapters.smtp.intake import Intake, Receive
from adapters.smtp.replies import Reply
from adapters.smtp.session import SessionLimits, SmtpSession
from broker.ports import Clock, Events
from broker.service.take_in import OwnAddresses

_GRACE = 10.0
"""Seconds that a stop waits for messages that are being stored."""


class SmtpServer:
    """Listens on one address and hands each whole message to `receive`.

    A message that is addressed to several of our own mailboxes is one message; two different
    bounce addresses have to come as two messages (452). `receive` is never cancelled by a client
    that goes away: what it began, it ends.

    Events: `fault` (error: the type of an exception of our own, nothing of its text) and
    `message.refused` (code).
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        hostname: str,
        own: OwnAddresses,
        receive: Receive,
        clock: Clock,
        events: Events,
        tls: ssl.SSLContext | None = None,
        require_starttls: bool = False,
        limits: SessionLimits | None = None,
    ) -> None:
        """`port` 0 takes a free one. Raises ValueError for STARTTLS demanded without a context."""
        if require_starttls and tls is None:
            raise ValueError("STARTTLS is demanded, and there is no certificate for it")
        self._host = host
        self._port = port
        self._hostname = hostname
        self._tls = tls
        self._require_starttls = require_starttls
        self._limits = limits or SessionLimits()
        self._intake = Intake(own=own, receive=receive, clock=clock, events=events)
        self._sessions: set[SmtpSession] = set()
        self._admission = Admission(
            connections=self._limits.connections, per_peer=self._limits.per_peer
        )
        self._server: asyncio.Server | None = None

    @property
    def port(self) -> int:
        """The port that we listen on, once started."""
        if self._server is None:
            return self._port
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def start(self) -> None:
        """Begin to listen. Raises OSError when the address cannot be had."""
        # aiosmtpd tells this logger what clients say, addresses and lines of mail included.
        logging.getLogger("mail.log").disabled = True
        self._server = await asyncio.get_running_loop().create_server(
            self._session, self._host, self._port
        )

    async def close(self) -> None:
        """Stop listening, answer what is being stored, say 421 to the rest, and close."""
        if self._server is None:
            return
        self._server.close()
        await self._intake.finished(timeout=_GRACE)
        sessions = tuple(self._sessions)
        for session in sessions:
            try:
                await asyncio.wait_for(session.settled(), _GRACE)
            except TimeoutError:
                continue
        for session in sessions:
            session.hang_up(Reply.CLOSING)
        # One turn of the loop sends what was just written; nobody's silence may keep us here.
        await asyncio.sleep(0)
        for session in tuple(self._sessions):
            session.abort()
        await self._server.wait_closed()
        self._server = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _session(self) -> SmtpSession:
        return SmtpSession(
            self._intake,
            hostname=self._hostname,
            limits=self._limits,
            tls=self._tls,
            require_starttls=self._require_starttls,
            sessions=self._sessions,
            admission=self._admission,
            report_fault=self._intake.report_fault,
        )
