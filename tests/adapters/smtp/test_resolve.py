"""Which hosts take the mail of a domain, asked of a real DNS server on this machine."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import dns.asyncresolver
import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from adapters.smtp.resolve import MailHostResolver, MailHosts, NoMail, Unresolved

ZONE = {
    ("antares.example.", "MX"): ["20 mx2.antares.example.", "10 MX1.antares.example."],
    ("zonder.example.", "MX"): ["0 ."],
    ("alleen-a.example.", "A"): ["192.0.2.1"],
    ("alleen-aaaa.example.", "AAAA"): ["2001:db8::1"],
    ("raar.example.", "MX"): ["5 a\\032b.example.", "9 mx.raar.example."],
    ("heel-raar.example.", "MX"): ["5 a\\255b.example."],
    ("leeg.example.", "TXT"): ['"niets"'],
}
DOWN = "stuk.example."


class Answering(asyncio.DatagramProtocol):
    """Answers from the zone; for one name it says that it cannot."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.DatagramTransport", transport)

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        query = dns.message.from_wire(data)
        reply = dns.message.make_response(query)
        question = query.question[0]
        name, kind = question.name.to_text().lower(), question.rdtype.name
        records = ZONE.get((name, kind))
        if name == DOWN:
            reply.set_rcode(dns.rcode.SERVFAIL)
        elif records is not None:
            reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, *records))
        elif name not in {known for known, _ in ZONE}:
            reply.set_rcode(dns.rcode.NXDOMAIN)
        self.transport.sendto(reply.to_wire(), addr)


@asynccontextmanager
async def asking() -> AsyncIterator[MailHostResolver]:
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(
        Answering, local_addr=("127.0.0.1", 0)
    )
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = transport.get_extra_info("sockname")[1]
    resolver.lifetime = 1
    try:
        yield MailHostResolver(resolver=resolver)
    finally:
        transport.close()


@pytest.mark.parametrize(
    ("domain", "answer"),
    [
        ("antares.example", MailHosts(("mx1.antares.example", "mx2.antares.example"))),
        ("ANTARES.example", MailHosts(("mx1.antares.example", "mx2.antares.example"))),
        ("zonder.example", NoMail("5.1.10")),
        ("alleen-a.example", MailHosts(("alleen-a.example",))),
        ("alleen-aaaa.example", MailHosts(("alleen-aaaa.example",))),
        ("raar.example", MailHosts(("mx.raar.example",))),
        ("heel-raar.example", Unresolved()),
        ("leeg.example", NoMail("5.1.2")),
        ("bestaat-niet.example", NoMail("5.1.2")),
        ("stuk.example", Unresolved()),
        ("a..example", NoMail("5.1.2")),
        ("a" * 64 + ".example", NoMail("5.1.2")),
    ],
)
async def test_what_the_dns_says_is_a_fact(
    domain: str, answer: MailHosts | NoMail | Unresolved
) -> None:
    """In order of preference; null MX, no MX, no domain and no answer each their own."""
    async with asking() as resolver:
        assert await resolver.mail_hosts(domain) == answer


async def test_a_dns_that_is_not_there_is_no_answer() -> None:
    """Temporary: a message is not lost for it."""
    resolver = dns.asyncresolver.Resolver(configure=False)
    resolver.nameservers = ["127.0.0.1"]
    resolver.port = 1
    resolver.lifetime = 0.2
    assert await MailHostResolver(resolver=resolver).mail_hosts("antares.example") == Unresolved()
