"""No fallback to cleartext. What is not safe enough is held, and says nothing."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.smtp.delivery import SmtpDelivery
from adapters.smtp.resolve import MailHosts, NoMail, Unresolved
from adapters.smtp.route import DeliveryLimits, Direct, Route
from adapters.smtp.tls import client_context, server_context
from broker.ports import Deferred, Delivered, DeliveryResult, Rejected, Withheld
from tests.adapters.smtp.certificates import Authority, Pair
from tests.adapters.smtp.sink import Behaviour, Sink, StrippingProxy

HERE = "127.0.0.1"
SENDER = "broker+b.7f3k@verrijking.example"
READER = "h.hermans@antares.example"
CANARY = b"kanarie-5921"
MESSAGE = b"Message-ID: <een@verrijking.example>\r\n\r\n" + CANARY + b"\r\n"
QUICK = DeliveryLimits(timeout=5, data_timeout=5)


def good(authority: Authority) -> Behaviour:
    return Behaviour(tls=_context(authority.issue(HERE)))


def _context(pair: Pair) -> ssl.SSLContext:
    return server_context(certificate=pair.certificate, key=pair.key)


def by(route: Route) -> SmtpDelivery:
    return SmtpDelivery(hostname="verrijking.example", relay=route, limits=QUICK)


async def send(delivery: SmtpDelivery) -> DeliveryResult:
    result = await delivery.deliver(envelope_from=SENDER, address=READER, message=MESSAGE)
    await delivery.close()
    return result


def said_of_the_message(octets: bytes) -> int:
    """How many octets of the message or its envelope can be read in this."""
    # Whole words only: among the random octets of a TLS handshake a single one is no sign.
    words = (b"MAIL", b"RCPT", b"DATA", SENDER.encode(), READER.encode(), CANARY)
    found = [word for word in words if word in octets]
    return sum(len(word) for word in found)


async def test_starttls_and_a_certificate_that_is_right(authority: Authority) -> None:
    """In clear goes EHLO and STARTTLS, and nothing else."""
    async with Sink(good(authority)) as sink:
        route = Route(HERE, sink.port, tls=client_context(authorities=authority.file))
        assert await send(by(route)) == Delivered()
        assert bytes(sink.in_clear) == b"EHLO verrijking.example\r\nSTARTTLS\r\n"
        assert [m[2] for m in sink.messages] == [MESSAGE]


@pytest.mark.rule("NTA-1")
async def test_what_is_not_safe_is_held_and_says_nothing(
    authority: Authority, foreign: Authority, say_count: Callable[[str], None]
) -> None:
    """STARTTLS stripped, refused or faked, a certificate that is foreign, expired or
    of another name: Withheld, and 0 octets of message or envelope in clear."""
    trust = client_context(authorities=authority.file)
    right = good(authority)
    expired = authority.issue(HERE, valid=timedelta(days=-1))
    other = authority.issue("anders.example")
    strange = foreign.issue(HERE)
    cases: dict[str, tuple[Behaviour, str]] = {
        "not offered": (replace(right, offer_starttls=False), "geen-starttls"),
        "no TLS at all": (Behaviour(), "geen-starttls"),
        "offered, refused": (
            replace(right, replies={"STARTTLS": "502 5.5.1 nee"}),
            "smtp-502 5.5.1",
        ),
        "220 and then no TLS": (
            Behaviour(extra=("STARTTLS",), replies={"STARTTLS": "220 go\r\nonzin onzin onzin"}),
            "tls-mislukt",
        ),
        "hangs up at STARTTLS": (replace(right, hang_up_at="STARTTLS"), "tls-mislukt"),
        "expired": (Behaviour(tls=_context(expired)), "certificaat-ongeldig"),
        "another name": (Behaviour(tls=_context(other)), "certificaat-ongeldig"),
        "another authority": (Behaviour(tls=_context(strange)), "certificaat-ongeldig"),
    }
    leaked = held = 0
    for name, (behaviour, code) in cases.items():
        async with Sink(behaviour) as sink:
            result = await send(by(Route(HERE, sink.port, tls=trust)))
            assert result == Withheld(code), name
            assert sink.messages == []
            held += 1
            leaked += said_of_the_message(bytes(sink.in_clear) + " ".join(sink.commands).encode())
    async with Sink(right) as sink, StrippingProxy(sink.port) as proxy:
        result = await send(by(Route(HERE, proxy.port, tls=trust)))
        assert result == Withheld("geen-starttls")
        assert sink.messages == []
        held += 1
        leaked += said_of_the_message(bytes(proxy.heard))
        assert proxy.heard.startswith(b"EHLO ")
    say_count(f"no cleartext: {held} unsafe routes, {held} held, {leaked} octets in clear")
    assert leaked == 0


async def test_a_server_that_is_out_of_tls_for_now_is_tried_later(authority: Authority) -> None:
    """454 is temporary by its own word; still nothing is said in clear."""
    busy = replace(good(authority), replies={"STARTTLS": "454 4.7.0 straks"})
    async with Sink(busy) as sink:
        route = Route(HERE, sink.port, tls=client_context(authorities=authority.file))
        assert await send(by(route)) == Deferred("smtp-454 4.7.0")
        assert said_of_the_message(bytes(sink.in_clear)) == 0


async def test_words_that_come_before_tls_are_not_believed(authority: Authority) -> None:
    """What a man in the middle puts behind the 220 is no answer to anything under TLS."""
    sly = replace(good(authority), replies={"STARTTLS": "220 go\r\n250 2.0.0 OK"})
    async with Sink(sly) as sink:
        route = Route(HERE, sink.port, tls=client_context(authorities=authority.file))
        result = await send(by(route))
        assert isinstance(result, Withheld | Delivered)
        assert said_of_the_message(bytes(sink.in_clear)) == 0


class FixedHosts:
    """A DNS that says what it is told."""

    def __init__(self, answer: MailHosts | NoMail | Unresolved) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def mail_hosts(self, domain: str) -> MailHosts | NoMail | Unresolved:
        self.asked.append(domain)
        return self.answer


def direct(resolver: FixedHosts, *, port: int, file: Path) -> SmtpDelivery:
    return SmtpDelivery(
        hostname="verrijking.example",
        direct=Direct(client_context(authorities=file), port=port),
        resolver=resolver,
        limits=QUICK,
    )


async def test_direct_delivery_goes_to_the_first_host_that_is_there(authority: Authority) -> None:
    """Under STARTTLS, with the certificate of the host that was named."""
    async with Sink(good(authority)) as sink:
        hosts = FixedHosts(MailHosts(("127.0.0.9", HERE)))
        assert await send(direct(hosts, port=sink.port, file=authority.file)) == Delivered()
        assert hosts.asked == ["antares.example"]
        assert len(sink.messages) == 1


async def test_direct_delivery_is_never_less_safe(authority: Authority) -> None:
    """One host without TLS is no reason to be content with less at the next."""
    async with Sink() as sink:
        hosts = FixedHosts(MailHosts((HERE, "localhost")))
        result = await send(direct(hosts, port=sink.port, file=authority.file))
        assert result == Withheld("geen-starttls")
        assert sink.connections == 2
        assert said_of_the_message(bytes(sink.in_clear)) == 0


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (NoMail("5.1.10"), Rejected("dns 5.1.10")),
        (NoMail("5.1.2"), Rejected("dns 5.1.2")),
        (Unresolved(), Deferred("dns-geen-antwoord")),
    ],
)
async def test_what_the_dns_says_decides(
    authority: Authority, answer: NoMail | Unresolved, result: DeliveryResult
) -> None:
    """A domain that takes no mail is permanent, a DNS that is down is not."""
    assert await send(direct(FixedHosts(answer), port=1, file=authority.file)) == result
