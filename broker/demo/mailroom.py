"""The partners' mail server in the demo: takes every mail, keeps it as sent, and hands it on."""

from __future__ import annotations

import asyncio
import smtplib
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.controller import UnthreadedController
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass(frozen=True, slots=True)
class Post:
    """One mail as it arrived."""

    number: int
    to: str
    raw: bytes = field(repr=False)


@dataclass(slots=True)
class Mailroom:
    """Listens on a free loopback port. `kept`, where given, gets every mail as a file, numbered in
    the order in which they travelled."""

    kept: Path | None = None
    port: int = 0
    posts: list[Post] = field(default_factory=list)
    _files: int = 0
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        """Begin to listen."""
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
        del server, session
        raw = envelope.content or b""
        raw = raw if isinstance(raw, bytes) else raw.encode()
        async with self._arrived:
            post = Post(len(self.posts) + 1, envelope.rcpt_tos[0], raw)
            self.keep(f"aan-{post.to}", raw)
            self.posts.append(post)
            self._arrived.notify_all()
        return "250 2.0.0 OK"

    def keep(self, name: str, raw: bytes) -> None:
        """Keep a mail as it was sent, where mails are kept."""
        if self.kept is not None:
            self.kept.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._files += 1
            # The address comes from the envelope: only a plain one may become a file's name.
            plain = "".join(c if c.isalnum() or c in "@.-_" else "_" for c in name)
            (self.kept / f"{self._files:02d}-{plain}.eml").write_bytes(raw)

    async def wait_for(self, count: int, *, seconds: float = 30.0) -> list[Post]:
        """All mails, as soon as there are `count`. Raises TimeoutError."""
        async with asyncio.timeout(seconds), self._arrived:
            await self._arrived.wait_for(lambda: len(self.posts) >= count)
            return list(self.posts)


async def send(*, port: int, sender: str, to: str, raw: bytes) -> None:
    """Hand one mail to the broker by SMTP. Raises smtplib.SMTPException."""

    def _send() -> None:
        with smtplib.SMTP("127.0.0.1", port, timeout=30) as client:
            client.sendmail(sender, [to], raw)

    await asyncio.to_thread(_send)
