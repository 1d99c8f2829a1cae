"""What a client says about its message, and the message handed on: aiosmtpd's handler.

250 after DATA means that `receive` said Taken, and nothing else does.
"""

# ruff: noqa: N802 - aiosmtpd finds its hooks by these names

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping

from aiosmtpd.smtp import Envelope, Session

from adapters.smtp.replies import Reply
from adapters.smtp.session import NULL_SENDER, SmtpSession
from broker.ports import Clock, Events, NewInbound
from broker.service.take_in import AddressKind, OwnAddresses, Refusal, Refused, Taken

Receive = Callable[[NewInbound], Awaitable[Taken | Refused]]

CHANNEL = "smtp"

_RECIPIENTS = 10
"""Of one message, repeated ones included; we have only a few addresses."""

_REFUSALS: Mapping[Refusal, Reply] = {
    Refusal.ONBEKEND_ADRES: Reply.NO_SUCH_ADDRESS,
    Refusal.NIET_VERSLEUTELD: Reply.NOT_ENCRYPTED,
}

_HEADER_END = re.compile(rb"\r\n\r\n")
_LONGEST_HEADER = 64 * 1024
_MESSAGE_ID = re.compile(
    rb"(?:\A|\r\n)message-id[ \t]*:(?:\r\n)?[ \t]*<([\x21-\x3b\x3d\x3f-\x7e]{1,500})>[ \t]*\r\n",
    re.IGNORECASE,
)


class Intake:
    """aiosmtpd's handler: the envelope, and the message behind it."""

    def __init__(
        self, *, own: OwnAddresses, receive: Receive, clock: Clock, events: Events
    ) -> None:
        self._own = own
        self._receive = receive
        self._clock = clock
        self._events = events
        self._running: set[asyncio.Task[Reply]] = set()

    async def finished(self, *, timeout: float) -> None:  # noqa: ASYNC109 - nothing is cancelled
        """Wait for the messages that are being stored."""
        if self._running:
            await asyncio.wait(self._running, timeout=timeout)

    def report_fault(self, error: Exception) -> None:
        """Log the type of a fault, never its text: that can hold what the client sent."""
        self._log("fault", component=CHANNEL, error=type(error).__name__)

    async def handle_EHLO(
        self,
        _server: SmtpSession,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        session.host_name = hostname
        kept = [r for r in responses if r[4:].split(" ")[0] not in ("AUTH", "HELP")]
        return [*kept, "250 ENHANCEDSTATUSCODES"]

    async def handle_MAIL(
        self,
        _server: SmtpSession,
        _session: object,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> Reply:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return Reply.SENDER_OK

    async def handle_RCPT(
        self,
        _server: SmtpSession,
        _session: object,
        envelope: Envelope,
        address: str,
        _options: list[str],
    ) -> Reply:
        kind = self._own.kind(address)
        if kind is None:
            return self._refused(Reply.NO_SUCH_ADDRESS)
        others = [a for a in envelope.rcpt_tos if self._own.kind(a) is AddressKind.BOUNCE]
        second_bounce = kind is AddressKind.BOUNCE and any(a != address for a in others)
        if second_bounce or len(envelope.rcpt_tos) >= _RECIPIENTS:
            return Reply.TOO_MANY_RECIPIENTS
        envelope.rcpt_tos.append(address)
        return Reply.RECIPIENT_OK

    async def handle_DATA(self, server: SmtpSession, _session: object, envelope: Envelope) -> Reply:
        server.unsettle()
        task = asyncio.create_task(self._store(envelope))
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    async def _store(self, envelope: Envelope) -> Reply:
        try:
            outcome = await self._receive(self._message(envelope))
        except Exception as error:  # noqa: BLE001 - the edge: every fault of ours is one 451
            self.report_fault(error)
            return Reply.FAULT
        match outcome:
            case Taken():
                return Reply.TAKEN
            case Refused(reason):
                return self._refused(_REFUSALS[reason])

    def _message(self, envelope: Envelope) -> NewInbound:
        raw = envelope.original_content or b""
        sender = envelope.mail_from or ""
        # The mailbox wins: there the message has to be encrypted.
        recipient = min(envelope.rcpt_tos, key=lambda a: self._own.kind(a) is AddressKind.BOUNCE)
        return NewInbound(
            received=self._clock.now(),
            channel=CHANNEL,
            envelope_from="" if sender == NULL_SENDER else sender,
            recipient=recipient,
            message_id=message_id_of(raw),
            raw=raw,
        )

    def _refused(self, reply: Reply) -> Reply:
        self._log("message.refused", channel=CHANNEL, code=" ".join(reply.split(" ")[:2]))
        return reply

    def _log(self, event: str, **fields: str) -> None:
        # Apart from the reply: a log that fails must not change what the client is told.
        asyncio.get_running_loop().call_soon(lambda: self._events.log(event, **fields))


def message_id_of(raw: bytes) -> str:
    """The Message-ID of a mail, angle brackets included; empty when it has no proper one."""
    end = _HEADER_END.search(raw, 0, _LONGEST_HEADER)
    header = raw[: end.start() + 2] if end else raw[:_LONGEST_HEADER]
    found = _MESSAGE_ID.search(header)
    return f"<{found[1].decode('ascii')}>" if found else ""
