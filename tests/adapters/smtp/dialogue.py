"""A client that says exactly the octets it is told to, so that a test reads as a dialogue."""

from __future__ import annotations

import asyncio
import ssl
from types import TracebackType
from typing import Self

PATIENCE = 5.0


class Dialogue:
    """One connection to a server on this machine."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._reader = asyncio.StreamReader()
        self._writer: asyncio.StreamWriter | None = None
        self.replies: list[str] = []

    async def __aenter__(self) -> Self:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.hang_up()

    @property
    def writer(self) -> asyncio.StreamWriter:
        assert self._writer is not None
        return self._writer

    async def hear(self) -> str:
        """The next reply, its lines joined by a line feed."""
        lines = []
        while True:
            line = await asyncio.wait_for(self._reader.readline(), PATIENCE)
            if not line:
                raise ConnectionError("the server hung up")
            assert line.endswith(b"\r\n")
            lines.append(line.decode("ascii").rstrip("\r\n"))
            if line[3:4] != b"-":
                reply = "\n".join(lines)
                self.replies.append(reply)
                return reply

    async def say(self, command: str) -> str:
        """Send one line and hear the reply."""
        self.send(command.encode("ascii") + b"\r\n")
        return await self.hear()

    def send(self, octets: bytes) -> None:
        """Send octets as they are."""
        self.writer.write(octets)

    async def begin(self, *, ehlo: str = "client.example") -> str:
        """Hear the greeting and say EHLO."""
        assert (await self.hear()).startswith("220 ")
        return await self.say(f"EHLO {ehlo}")

    async def envelope(self, recipient: str, *, sender: str = "melder@woonwenz.example") -> None:
        """Begin, and go up to 354."""
        await self.begin()
        await self.envelope_again(recipient, sender=sender)

    async def envelope_again(
        self, recipient: str, *, sender: str = "melder@woonwenz.example"
    ) -> None:
        """EHLO (as after STARTTLS), and go up to 354."""
        assert (await self.say("EHLO client.example")).startswith("250-")
        assert (await self.say(f"MAIL FROM:<{sender}>")).startswith("250 ")
        assert (await self.say(f"RCPT TO:<{recipient}>")).startswith("250 ")
        assert (await self.say("DATA")).startswith("354 ")

    async def start_tls(self, context: ssl.SSLContext, *, name: str) -> None:
        """Say STARTTLS and shake hands."""
        assert await self.say("STARTTLS") == "220 2.0.0 Ready to start TLS"
        await self.writer.start_tls(context, server_hostname=name)

    async def ended(self) -> bool:
        """Whether the server closed the connection in good order, with nothing more to say."""
        return await asyncio.wait_for(self._reader.read(), PATIENCE) == b""

    async def vanish(self) -> None:
        """Reset the connection."""
        await self.writer.drain()
        self.writer.transport.abort()

    def hang_up(self) -> None:
        """Close at once."""
        self.writer.transport.abort()
