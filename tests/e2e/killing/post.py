"""Mail to the broker and mail from it, both by SMTP, each step of it told to who listens."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session

Heard = Callable[[str], None]

RETRY = 0.05
"""Seconds that a sender waits who got no 250."""


class NotTaken(Exception):
    """The dialogue ended without a 250 for the message."""


@dataclass(slots=True)
class Courier:
    """Offers each mail until the broker says 250: the same bytes every time."""

    port: int
    heard: Heard
    acknowledged: int = 0
    refusals: Counter[str] = field(default_factory=Counter)
    offered: int = 0

    async def hand_over(self, *, sender: str, to: str, mail: bytes) -> None:
        """Returns once it was acknowledged."""
        while True:
            self.offered += 1
            try:
                await self._dialogue(sender, to, mail)
            except (OSError, EOFError, NotTaken) as why:
                self.refusals[str(why)[:3] if isinstance(why, NotTaken) else "no answer"] += 1
                await asyncio.sleep(RETRY)
            else:
                self.acknowledged += 1
                return

    async def _dialogue(self, sender: str, to: str, mail: bytes) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            await self._expect(reader, b"220")
            for line, code in (
                ("EHLO partner.example", b"250"),
                (f"MAIL FROM:<{sender}>", b"250"),
                (f"RCPT TO:<{to}>", b"250"),
                ("DATA", b"354"),
            ):
                writer.write(f"{line}\r\n".encode())
                await self._expect(reader, code)
            writer.write(mail.replace(b"\r\n.", b"\r\n..") + b"\r\n.\r\n")
            await self._expect(reader, b"250")
        finally:
            writer.close()

    async def _expect(self, reader: asyncio.StreamReader, code: bytes) -> None:
        while True:
            line = await reader.readuntil(b"\n")
            if line[3:4] != b"-":
                break
        self.heard("reply")
        if line[:3] != code:
            raise NotTaken(line.decode())


@dataclass(frozen=True, slots=True)
class Arrived:
    """One mail as the partners' server took it."""

    message_id: str
    to: str
    raw: bytes = field(repr=False)


@dataclass(slots=True)
class Mailroom:
    """The partners' mail server. `arrived` is called at the first time of each Message-ID."""

    heard: Heard
    arrived: Callable[[Arrived], None] = lambda _: None
    port: int = 0
    mails: dict[str, Arrived] = field(default_factory=dict)
    resends: int = 0
    changed: list[str] = field(default_factory=list)
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free loopback port."""
        loop = asyncio.get_running_loop()
        controller = UnthreadedController(self, hostname="127.0.0.1", port=0, loop=loop)
        self._server = await loop.create_server(controller.factory, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Stop listening."""
        if self._server is not None:
            self._server.close()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd for each mail."""
        raw = envelope.content
        assert isinstance(raw, bytes)
        message_id = str(message_from_bytes(raw, policy=policy.SMTP)["Message-ID"])
        mail = Arrived(message_id, envelope.rcpt_tos[0], raw)
        known = self.mails.setdefault(message_id, mail)
        if known is mail:
            self.arrived(mail)
        else:
            self.resends += 1
            if known != mail:
                self.changed.append(message_id)
        # Ours by now; the broker does not know yet.
        self.heard("mail")
        return "250 2.0.0 OK"
