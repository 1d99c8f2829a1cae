"""A server that does as it is told and remembers every octet: the far end of the deliveries."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(slots=True)
class Behaviour:
    """What the sink does. A reply in `replies` is given instead of the usual one; with a list,
    one after another, the last for ever. `hang_up_at` closes the connection instead of a reply
    to that word (once if `only_once`)."""

    greeting: str = "220 sink.example ESMTP"
    tls: ssl.SSLContext | None = None
    offer_starttls: bool = True
    extra: tuple[str, ...] = ()
    replies: Mapping[str, str] = field(default_factory=dict)
    hang_up_at: str = ""
    only_once: bool = False


class Sink:
    """Listens on a free port. `messages` are (sender, recipient, data) that it said 250 to."""

    def __init__(self, behaviour: Behaviour | None = None) -> None:
        self.behaviour = behaviour or Behaviour()
        self.connections = 0
        self.in_clear = bytearray()
        self.commands: list[str] = []
        self.messages: list[tuple[str, str, bytes]] = []
        self.data_seen = 0
        self._said: defaultdict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._server: asyncio.Server | None = None
        self._wires: set[asyncio.WriteTransport] = set()
        self._tasks: set[asyncio.Task[object]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self.drop_all()
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=5)
        await asyncio.sleep(0)
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def heard(self, word: str) -> None:
        """Wait until a client has said this command."""
        await self._said[word].wait()

    def drop_all(self) -> None:
        """Reset every connection."""
        for wire in tuple(self._wires):
            wire.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        wire = writer.transport
        self._wires.add(wire)
        self._tasks.add(_this_task())
        try:
            await self._talk(reader, writer)
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError):
            pass
        finally:
            # A handshake that failed leaves the writer without a transport to close.
            writer._transport = wire  # type: ignore[attr-defined]
            wire.abort()
            self._wires.discard(wire)
            self._tasks.discard(_this_task())

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        do = self.behaviour
        secure = False
        paths = {"MAIL": "", "RCPT": ""}
        writer.write(f"{do.greeting}\r\n".encode())
        while line := await reader.readline():
            if not secure:
                self.in_clear += line
            # A client that was promised TLS says bytes: now and then with a line end in them.
            text = line.decode("ascii", errors="replace").rstrip("\r\n")
            word = text.split(" ")[0].split(":")[0].upper()
            self.commands.append(text)
            self._said[word].set()
            if self._hangs_up(word):
                return
            reply = do.replies.get(word, self._usual(word, secure=secure))
            if word in paths:
                paths[word] = text.partition("<")[2].partition(">")[0]
            writer.write(f"{reply}\r\n".encode())
            await writer.drain()
            if reply.startswith("354 "):
                data = await self._data(reader)
                self.data_seen += 1
                if self._hangs_up("."):
                    return
                reply = do.replies.get(".", "250 2.0.0 stored")
                if reply.startswith("250"):
                    self.messages.append((paths["MAIL"], paths["RCPT"], data))
                writer.write(f"{reply}\r\n".encode())
            elif word == "STARTTLS" and reply.startswith("220 ") and do.tls is not None:
                try:
                    await writer.start_tls(do.tls)
                except AttributeError:
                    # asyncio's way to say that the client hung up in the handshake.
                    return
                secure = True

    def _usual(self, word: str, *, secure: bool) -> str:
        match word:
            case "EHLO":
                offers = [*self.behaviour.extra, "SIZE 1000000"]
                if self.behaviour.tls is not None and self.behaviour.offer_starttls and not secure:
                    offers.append("STARTTLS")
                return "\r\n".join(["250-sink.example", *(f"250-{o}" for o in offers), "250 HELP"])
            case "STARTTLS":
                return "220 2.0.0 go"
            case "AUTH":
                return "235 2.7.0 OK"
            case "QUIT":
                return "221 2.0.0 Bye"
            case "DATA":
                return "354 go"
            case _:
                return "250 2.0.0 OK"

    async def _data(self, reader: asyncio.StreamReader) -> bytes:
        lines = []
        while (line := await reader.readuntil(b"\r\n")) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        return b"".join(lines)

    def _hangs_up(self, word: str) -> bool:
        if word != self.behaviour.hang_up_at:
            return False
        if self.behaviour.only_once:
            self.behaviour.hang_up_at = ""
        return True


def _this_task() -> asyncio.Task[object]:
    task = asyncio.current_task()
    assert task is not None
    return task


class StrippingProxy:
    """A man in the middle who takes STARTTLS out of what the server offers, and remembers all
    that the client says."""

    def __init__(self, target: int) -> None:
        self._target = target
        self.heard = bytearray()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[object]] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._join, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def port(self) -> int:
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    async def _join(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = _this_task()
        self._tasks.add(task)
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
        try:
            await asyncio.wait(
                [
                    asyncio.ensure_future(self._upward(reader, far_writer)),
                    asyncio.ensure_future(self._downward(far_reader, writer)),
                ]
            )
        except asyncio.CancelledError:
            pass
        finally:
            self._tasks.discard(task)
            far_writer.transport.abort()
            writer.transport.abort()

    async def _upward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while octets := await reader.read(4096):
            self.heard += octets
            writer.write(octets)
        writer.transport.abort()

    async def _downward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            if b"STARTTLS" not in line:
                writer.write(line)
        writer.transport.abort()
