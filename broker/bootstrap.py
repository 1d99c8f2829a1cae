"""The one place that builds the adapters and hands them to the use cases."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from adapters.database.engine import with_password
from adapters.database.store import DatabaseStore, open_store
from adapters.observability.events import LoggedEvents
from adapters.openpgp.vault import GnuPG, KeyFiles, ProcessVault, VaultLimits, find_gnupg
from adapters.scheduler.scheduler import Scheduler
from adapters.settings.broker_settings import BrokerSettings, DeliverySettings, Engine, Tls
from adapters.settings.broker_settings import Route as RouteSettings
from adapters.settings.load import Configuration
from adapters.smtp.connection import Connection, connect
from adapters.smtp.delivery import SmtpDelivery
from adapters.smtp.resolve import MailHostResolver
from adapters.smtp.route import DeliveryLimits, Direct, Login, Route, Security
from adapters.smtp.server import SmtpServer
from adapters.smtp.session import SessionLimits
from adapters.smtp.tls import client_context, server_context
from broker.domain.partner import Certificaten
from broker.ports import Clock, Delivery, Events, InboundStatus, OutboundStatus, Store
from broker.service.context import Context, OwnMailbox, Patience
from broker.service.remake import release_held
from broker.service.take_in import OwnAddresses
from broker.service.take_over import take_over
from broker.serving import Loops


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present moment, UTC."""
        return datetime.now(UTC)


class SystemRandom:
    """The random source of the operating system."""

    def token(self, length: int) -> bytes:
        """That many random bytes, fit for secrets."""
        return secrets.token_bytes(length)


def process_name() -> str:
    """The name by which this process claims work: host, process id, and what makes it unique.

    In a container every process has the same two, also the one that comes after a crash.
    """
    return f"{socket.gethostname()}/{os.getpid()}/{secrets.token_hex(8)}"


def make_delivery(settings: BrokerSettings) -> SmtpDelivery:
    """Delivery by the configured routes. Raises TlsFileInvalid."""
    out = settings.delivery
    relay = None if out.relay is None else _route(out.relay, out, login=_login(out))
    direct = None
    if out.relay is None:
        direct = Direct(client_context(authorities=out.ca_file))
    return SmtpDelivery(
        hostname=settings.hostname,
        domains={domain: _route(route, out) for domain, route in out.routes.items()},
        relay=relay,
        direct=direct,
        resolver=MailHostResolver() if direct is not None else None,
    )


async def try_routes(settings: BrokerSettings) -> dict[str, str]:
    """Open each configured way out and leave again, without a message. Those by which mail cannot
    go now, as `host:port`, each with the code of the reason. Raises TlsFileInvalid."""
    out = settings.delivery
    routes = [_route(route, out) for route in out.routes.values()]
    if out.relay is not None:
        routes.append(_route(out.relay, out, login=_login(out)))
    opened = await asyncio.gather(
        *(connect(route, hostname=settings.hostname, limits=_TRY) for route in routes)
    )
    closed: dict[str, str] = {}
    for route, connection in zip(routes, opened, strict=True):
        if isinstance(connection, Connection):
            await connection.close()
        else:
            closed[f"{route.host}:{route.port}"] = connection.code
    return closed


_TRY = DeliveryLimits(timeout=10)


def _login(out: DeliverySettings) -> Login | None:
    if out.user is None or out.password is None:
        return None
    return Login(out.user, out.password)


def _route(route: RouteSettings, out: DeliverySettings, *, login: Login | None = None) -> Route:
    if route.tls is Tls.GEEN:
        return Route(route.host, route.port, Security.NONE)
    context = client_context(authorities=out.ca_file)
    return Route(route.host, route.port, Security.STARTTLS, context, login=login)


def make_tls(settings: BrokerSettings) -> ssl.SSLContext | None:
    """What the server shows as its own, None when it speaks no TLS. Raises TlsFileInvalid."""
    smtp = settings.smtp
    if smtp.certificate is None or smtp.key is None:
        return None
    return server_context(certificate=smtp.certificate, key=smtp.key)


def make_server(
    settings: BrokerSettings, *, own: OwnAddresses, loops: Loops, context: Context
) -> SmtpServer:
    """The server that takes mail in. Raises TlsFileInvalid."""
    smtp = settings.smtp
    return SmtpServer(
        host=smtp.host,
        port=smtp.port,
        hostname=settings.hostname,
        own=own,
        receive=loops.receive,
        clock=context.clock,
        events=context.events,
        tls=make_tls(settings),
        require_starttls=smtp.tls is Tls.VERPLICHT,
        limits=SessionLimits(message=smtp.max_bytes),
    )


def make_vault(settings: BrokerSettings, certificates: Certificaten) -> ProcessVault:
    """The worker processes that hold the keys, not yet started."""
    gnupg = find_gnupg()
    if gnupg is not None and settings.keys.engine is Engine.GNUPG:
        gnupg = GnuPG(gnupg.program, home=settings.keys.gnupg_home)
    return ProcessVault(
        KeyFiles(
            broker_key=settings.keys.broker,
            master_keys=settings.keys.master,
            passphrase=settings.keys.passphrase_file,
        ),
        certificates,
        gnupg=gnupg,
        limits=VaultLimits(
            open_seconds=settings.worker.time.total_seconds(),
            sequoia_memory=settings.worker.memory_bytes,
        ),
    )


def database_urls(settings: BrokerSettings) -> tuple[str, str]:
    """The addresses of the two databases, passwords included: never to be shown."""
    database = settings.database
    return (
        with_password(database.url, database.password),
        with_password(database.keys_url, database.keys_password),
    )


async def make_store(settings: BrokerSettings) -> DatabaseStore:
    """The two databases, at their newest schema. Raises what `open_store` raises, with a hint."""
    url, keys_url = database_urls(settings)
    return await open_store(url=url, keys_url=keys_url, owner=process_name())


@asynccontextmanager
async def open_records(configuration: Configuration) -> AsyncIterator[Store]:
    """The store alone: for commands that look and need no key."""
    store = await make_store(configuration.settings)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_context(
    configuration: Configuration,
    *,
    clock: Clock | None = None,
    events: Events | None = None,
    delivery: Delivery | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[Context]:
    """Everything that the use cases need, opened and closed in order."""
    settings = configuration.settings
    clock = clock or SystemClock()
    events = events or LoggedEvents(clock=clock, level=settings.log.level, form=settings.log.form)
    address = settings.address
    own = OwnAddresses(mailboxes=frozenset({address}), bounce=address)
    async with AsyncExitStack() as stack:
        store = await make_store(settings)
        stack.push_async_callback(store.close)
        vault = await stack.enter_async_context(make_vault(settings, configuration.certificates))
        if delivery is None:
            smtp = make_delivery(settings)
            stack.push_async_callback(smtp.close)
            delivery = smtp
        yield Context(
            netwerk=configuration.network,
            mailbox=OwnMailbox(address, configuration.network.naam, own),
            store=store,
            vault=vault,
            delivery=delivery,
            clock=clock,
            random=SystemRandom(),
            events=events,
            patience=patience or make_patience(settings),
            started=clock.now(),
        )


def make_patience(settings: BrokerSettings) -> Patience:
    """How long the broker tries, as configured."""
    return Patience(
        outbox_pauses=settings.delivery.delays, outbox_attempts=settings.delivery.attempts
    )


@dataclass(frozen=True, slots=True)
class Running:
    """A broker at work."""

    context: Context
    loops: Loops
    smtp_port: int

    async def is_idle(self) -> bool:
        """Whether nothing waits to be opened or delivered."""
        async with self.context.store.begin() as tx:
            inbox, outbox = await tx.inbox.counts(), await tx.outbox.counts()
        return not inbox.get(InboundStatus.NIEUW) and not outbox.get(OutboundStatus.WACHT)


@asynccontextmanager
async def running(
    configuration: Configuration,
    *,
    clock: Clock | None = None,
    events: Events | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[Running]:
    """The whole broker in this process, until the block is left."""
    async with open_context(
        configuration, clock=clock, events=events, patience=patience
    ) as context:
        loops = Loops(context)
        server = make_server(
            configuration.settings, own=context.mailbox.own, loops=loops, context=context
        )
        scheduler = Scheduler(
            loops.wake,
            every=configuration.settings.wake_every,
            events=context.events,
        )
        await take_over(context)
        await release_held(context)
        loops.start()
        try:
            async with server:
                scheduler.start()
                try:
                    context.events.log("server.started", port=server.port)
                    yield Running(context, loops, server.port)
                finally:
                    await scheduler.stop()
        finally:
            await loops.stop()
            context.events.log("server.stopped")


async def run_until_stopped(
    configuration: Configuration, *, events: Events | None = None, patience: Patience | None = None
) -> None:
    """The whole broker in this process, until SIGTERM or SIGINT; then it ends what it began."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(configuration, events=events, patience=patience):
        await stop.wait()
