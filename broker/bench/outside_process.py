"""The world outside, in a process of its own: sends one melding at a time, and takes every mail.

Run as `python -m broker.bench.outside_process`. It obeys lines of JSON on stdin, one answer a line
on stdout. Its SMTP is as little as there can be of it, so that what is measured is the broker and
not its neighbour.
"""

from __future__ import annotations

import asyncio
import base64
import json
import re
import sys
from collections.abc import Mapping
from typing import Any

_LARGEST = 64 * 1024 * 1024
_END = b"\r\n.\r\n"
_REPLIES: Mapping[bytes, bytes] = {
    b"EHLO": b"250-outside.example\r\n250 SIZE 1048576\r\n",
    b"HELO": b"250 outside.example\r\n",
    b"MAIL": b"250 2.1.0 OK\r\n",
    b"RCPT": b"250 2.1.5 OK\r\n",
    b"DATA": b"354 Go on\r\n",
    b"RSET": b"250 2.0.0 OK\r\n",
    b"NOOP": b"250 2.0.0 OK\r\n",
    b"QUIT": b"221 2.0.0 Bye\r\n",
}
_RECIPIENT = re.compile(rb"RCPT TO:<([^>]*)>", re.IGNORECASE)


class Refused(Exception):
    """The broker did not take what was sent, or the order makes no sense."""


Mail = tuple[str, bytes]
"""The recipient, and the mail as it arrived: its lines end in CRLF."""


class _Sink(asyncio.Protocol):
    """Takes mail: one recipient a message, whole lines a command."""

    def __init__(self, taken: list[Mail]) -> None:
        self._taken = taken
        self._data = bytearray()
        self._recipient = ""
        self._in_message = False
        self._transport: asyncio.WriteTransport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if isinstance(transport, asyncio.WriteTransport):
            self._transport = transport
            transport.write(b"220 outside.example ESMTP\r\n")

    def data_received(self, data: bytes) -> None:
        self._data += data
        while self._message() if self._in_message else self._command():
            pass

    def _message(self) -> bool:
        end = self._data.find(_END)
        if end < 0:
            return False
        raw = bytes(self._data[: end + 2]).replace(b"\r\n..", b"\r\n.")
        del self._data[: end + len(_END)]
        self._taken.append((self._recipient, raw))
        self._in_message = False
        self._say(b"250 2.0.0 Taken\r\n")
        return True

    def _command(self) -> bool:
        end = self._data.find(b"\r\n")
        if end < 0:
            return False
        line = bytes(self._data[:end])
        del self._data[: end + 2]
        verb = line[:4].upper()
        named = _RECIPIENT.match(line)
        if named is not None:
            self._recipient = named[1].decode("ascii", "replace")
        self._in_message = verb == b"DATA"
        self._say(_REPLIES.get(verb, b"502 5.5.1 Not here\r\n"))
        return True

    def _say(self, reply: bytes) -> None:
        if self._transport is not None:
            self._transport.write(reply)
            if reply.startswith(b"221"):
                self._transport.close()


class _Sender:
    """One mail at a time to the broker."""

    def __init__(self) -> None:
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._steps: list[bytes] = []

    async def prepare(self, order: Mapping[str, Any]) -> None:
        await self._hang_up()
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", order["port"])
        await self._reply()
        await self._say(b"EHLO outside.example\r\n")
        raw = base64.b64decode(order["raw"]).replace(b"\r\n.", b"\r\n..")
        self._steps = [
            f"MAIL FROM:<{order['sender']}>\r\n".encode("ascii"),
            f"RCPT TO:<{order['recipient']}>\r\n".encode("ascii"),
            b"DATA\r\n",
            raw.removesuffix(b"\r\n") + _END,
        ]

    async def send(self) -> None:
        for step in self._steps:
            await self._say(step)

    async def _hang_up(self) -> None:
        if self._writer is not None:
            await self._say(b"QUIT\r\n")
            self._writer.close()

    async def _say(self, words: bytes) -> None:
        if self._writer is None:
            raise Refused("nothing was prepared")
        self._writer.write(words)
        await self._reply()

    async def _reply(self) -> None:
        if self._reader is None:
            raise Refused("nothing was prepared")
        line = await self._reader.readline()
        while line[3:4] == b"-":
            line = await self._reader.readline()
        if line[:1] not in (b"2", b"3"):
            raise Refused(line.decode("ascii", "replace").strip() or "hung up")


async def _obey(order: Mapping[str, Any], sender: _Sender, taken: list[Mail]) -> dict[str, Any]:
    match order["do"]:
        case "prepare":
            await sender.prepare(order)
        case "send":
            await sender.send()
        case "taken":
            return {"count": len(taken)}
        case "mails":
            return {"mails": [[to, base64.b64encode(raw).decode("ascii")] for to, raw in taken]}
        case "forget":
            taken.clear()
        case unknown:
            raise Refused(f"no such order: {unknown}")
    return {}


async def _main() -> None:
    taken: list[Mail] = []
    sender = _Sender()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Sink(taken), "127.0.0.1", 0)
    orders = asyncio.StreamReader(limit=_LARGEST)
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(orders), sys.stdin)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    while line := await orders.readline():
        try:
            answer = await _obey(json.loads(line), sender, taken)
        except (Refused, OSError) as fault:
            answer = {"fault": str(fault)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(_main())
