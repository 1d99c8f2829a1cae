"""Hands outgoing mail to the next server: a relay, or the recipient's own mail host.

A route that is not safe enough withholds the message; there is no second, less safe try. Nobody
reads a server's words here: what comes back is a type and a code.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from adapters.smtp.address import domain_of, is_mailbox
from adapters.smtp.connection import Connection, ConnectionUnused, Mail, connect
from adapters.smtp.resolve import MailHostLookup, MailHosts, NoMail, Unresolved
from adapters.smtp.route import DeliveryLimits, Direct, Route
from broker.ports import Deferred, DeliveryResult, Rejected, Withheld


@dataclass(frozen=True, slots=True)
class _NotReached:
    """No connection that meets the demands of the route."""

    why: Deferred | Withheld


@dataclass(frozen=True, slots=True)
class _Kept:
    connection: Connection
    since: float


class SmtpDelivery:
    """broker.ports.Delivery over SMTP. One recipient a message; connections are kept for the next.

    The route to a domain is the one in `domains`, else the `relay`, else, with `direct`, that to
    its mail hosts in their order of preference; without any of them the message is withheld.

    A kept connection that turns out to be broken is replaced once, and only if nothing was sent
    after DATA: so a message is never sent twice by one call. No answer to the message itself is
    Deferred; a second attempt carries the same Message-ID, by which the reader's side knows it.
    """

    def __init__(
        self,
        *,
        hostname: str,
        domains: Mapping[str, Route] | None = None,
        relay: Route | None = None,
        direct: Direct | None = None,
        resolver: MailHostLookup | None = None,
        limits: DeliveryLimits | None = None,
    ) -> None:
        """`hostname` is how we call ourselves in EHLO. Raises ValueError for `direct` without a
        resolver, and for `direct` beside a relay."""
        if direct is not None and (resolver is None or relay is not None):
            raise ValueError("direct delivery asks for a resolver, and does not go with a relay")
        self._hostname = hostname
        self._domains = {name.lower(): route for name, route in (domains or {}).items()}
        self._relay = relay
        self._direct = direct
        self._resolver = resolver
        self._limits = limits or DeliveryLimits()
        self._kept: defaultdict[Route, list[_Kept]] = defaultdict(list)
        self._turns: dict[Route, asyncio.Semaphore] = {}
        self._closed = False

    async def deliver(self, *, envelope_from: str, address: str, message: bytes) -> DeliveryResult:
        """Hand one message to one recipient; an empty `envelope_from` is the null sender.

        Expected failures are results, never exceptions. Line endings become CR LF.
        """
        if not is_mailbox(address) or not (is_mailbox(envelope_from) or not envelope_from):
            return Rejected("adres-ongeldig")
        routes = await self._routes(domain_of(address))
        if not isinstance(routes, tuple):
            return routes
        mail = Mail(envelope_from=envelope_from, address=address, message=message)
        why: Deferred | Withheld = Withheld("geen-route")
        for route in routes:
            outcome = await self._by(route, mail)
            if not isinstance(outcome, _NotReached):
                return outcome
            # Of several hosts, one that is only down for now makes it worth another try.
            why = outcome.why if isinstance(why, Withheld) else why
        return why

    async def close(self) -> None:
        """Say QUIT on every kept connection. One that is in use closes after its message."""
        self._closed = True
        kept = [k.connection for connections in self._kept.values() for k in connections]
        self._kept.clear()
        await asyncio.gather(*(connection.close() for connection in kept))

    async def _routes(self, domain: str) -> tuple[Route, ...] | DeliveryResult:
        if domain in self._domains:
            return (self._domains[domain],)
        if self._relay is not None:
            return (self._relay,)
        if self._direct is None or self._resolver is None:
            return Withheld("geen-route")
        match await self._resolver.mail_hosts(domain):
            case MailHosts(hosts):
                return tuple(self._direct.route(host) for host in hosts)
            case NoMail(code):
                return Rejected(f"dns {code}")
            case Unresolved():
                return Deferred("dns-geen-antwoord")

    async def _by(self, route: Route, mail: Mail) -> DeliveryResult | _NotReached:
        turn = self._turns.setdefault(route, asyncio.Semaphore(self._limits.connections))
        async with turn:
            kept = self._take(route)
            if kept is not None:
                # Broken: the server hung up while nobody looked. A fresh one says what is true.
                with contextlib.suppress(ConnectionUnused):
                    return await self._send(route, kept, mail)
            fresh = await connect(route, hostname=self._hostname, limits=self._limits)
            if not isinstance(fresh, Connection):
                return _NotReached(fresh)
            try:
                return await self._send(route, fresh, mail)
            except ConnectionUnused as broken:
                return Deferred(broken.code)

    async def _send(self, route: Route, connection: Connection, mail: Mail) -> DeliveryResult:
        try:
            result = await connection.send(mail)
        except BaseException:
            connection.drop()
            raise
        if self._closed or not connection.usable or connection.messages >= self._limits.messages:
            await connection.close()
        else:
            since = asyncio.get_running_loop().time()
            self._kept[route].append(_Kept(connection, since))
        return result

    def _take(self, route: Route) -> Connection | None:
        """The kept connection that was used last; those that are too old are closed."""
        oldest = asyncio.get_running_loop().time() - self._limits.idle
        kept = self._kept[route]
        while kept:
            last = kept.pop()
            if last.since >= oldest and last.connection.usable:
                return last.connection
            last.connection.drop()
        return None
