"""Which way a message goes, the account that is used on it, and routes that cannot be safe."""

from __future__ import annotations

import ssl

import pytest

from adapters.smtp.connection import found_way
from adapters.smtp.delivery import SmtpDelivery
from adapters.smtp.route import DeliveryLimits, Direct, Login, Route, Security
from adapters.smtp.tls import client_context, server_context
from broker.domain.bezorging import mag_vertrekken
from broker.ports import Deferred, Delivered, Delivery, DeliveryResult, Withheld
from tests.adapters.smtp.certificates import Authority
from tests.adapters.smtp.sink import Behaviour, Sink

SENDER = "broker+b.7f3k@verrijking.example"
READER = "h.hermans@antares.example"
MESSAGE = b"Message-ID: <een@verrijking.example>\r\n\r\n.punt\r\nversleuteld\r\n"
QUICK = DeliveryLimits(timeout=5, data_timeout=5)


def in_clear(sink: Sink, *, limits: DeliveryLimits = QUICK) -> SmtpDelivery:
    """To a relay on this machine, without TLS: the dialogue itself is what is tested."""
    route = Route("127.0.0.1", port=sink.port, security=Security.NONE)
    return SmtpDelivery(hostname="verrijking.example", relay=route, limits=limits)


async def send(delivery: Delivery, *, address: str = READER) -> DeliveryResult:
    return await delivery.deliver(envelope_from=SENDER, address=address, message=MESSAGE)


async def test_a_domain_with_a_route_of_its_own_goes_there() -> None:
    """Before the relay."""
    async with Sink() as relay, Sink() as own:
        delivery = SmtpDelivery(
            hostname="verrijking.example",
            domains={"Antares.example": Route("127.0.0.1", own.port, Security.NONE)},
            relay=Route("127.0.0.1", relay.port, Security.NONE),
            limits=QUICK,
        )
        await send(delivery, address="a@ANTARES.example")
        await send(delivery, address="a@politie.example")
        await delivery.close()
        assert (len(own.messages), len(relay.messages)) == (1, 1)


async def test_without_a_route_the_message_is_held() -> None:
    """A hole in the configuration sends nothing anywhere."""
    assert await send(SmtpDelivery(hostname="verrijking.example")) == Withheld("geen-route")


async def test_an_account_is_used_under_tls_only(authority: Authority) -> None:
    """The password goes out encrypted, and shows nowhere else."""
    login = Login("broker", "zeer-geheim")
    pair = authority.issue("127.0.0.1")
    tls = server_context(certificate=pair.certificate, key=pair.key)
    trust = client_context(authorities=authority.file)
    async with Sink(Behaviour(tls=tls, extra=("AUTH PLAIN",))) as sink:
        route = Route("127.0.0.1", sink.port, tls=trust, login=login)
        delivery = SmtpDelivery(hostname="verrijking.example", relay=route, limits=QUICK)
        assert await send(delivery) == Delivered()
        await delivery.close()
        assert any(c.startswith("AUTH PLAIN ") for c in sink.commands)
        assert b"AUTH" not in sink.in_clear
    assert "zeer-geheim" not in repr((login, route, delivery))


@pytest.mark.parametrize(
    ("offer", "answer", "result"),
    [
        ("AUTH PLAIN", "535 5.7.8 fout", Withheld("smtp-535 5.7.8")),
        ("AUTH PLAIN", "454 4.7.0 straks", Deferred("smtp-454 4.7.0")),
        ("HELP", "", Withheld("geen-aanmelding")),
        ("AUTH GSSAPI", "", Withheld("geen-aanmelding")),
        ("AUTH CRAM-MD5", "334 abcde", Withheld("smtp-334")),
    ],
)
async def test_an_account_that_does_not_work_holds_the_message(
    authority: Authority, offer: str, answer: str, result: DeliveryResult
) -> None:
    """An operator has to look; nothing of the message was sent."""
    pair = authority.issue("127.0.0.1")
    tls = server_context(certificate=pair.certificate, key=pair.key)
    trust = client_context(authorities=authority.file)
    async with Sink(Behaviour(tls=tls, extra=(offer,), replies={"AUTH": answer})) as sink:
        route = Route("127.0.0.1", sink.port, tls=trust, login=Login("broker", "geheim"))
        delivery = SmtpDelivery(hostname="verrijking.example", relay=route, limits=QUICK)
        assert await send(delivery) == result
        assert not any(c.startswith("MAIL") for c in sink.commands)


def _any_name() -> ssl.SSLContext:
    """Checks who issued a certificate, and not to whom."""
    context = ssl.create_default_context()
    context.check_hostname = False
    return context


def test_a_route_that_cannot_be_safe_is_refused(authority: Authority) -> None:
    """At the start, not at the first message."""
    trust = client_context(authorities=authority.file)
    careless = ssl.create_default_context()
    careless.check_hostname = False
    with pytest.raises(ValueError, match="no context"):
        Route("relay.example")
    with pytest.raises(ValueError, match="not verified"):
        Route("relay.example", tls=careless)
    with pytest.raises(ValueError, match="never goes without TLS"):
        Route("relay.example", security=Security.NONE, login=Login("broker", "geheim"))
    with pytest.raises(ValueError, match="resolver"):
        SmtpDelivery(hostname="verrijking.example", direct=Direct(trust))


@pytest.mark.rule("NTA-1")
@pytest.mark.parametrize(
    ("peer", "tls", "safe"),
    [
        (("127.0.0.1", 25), None, True),
        (("::1", 25, 0, 0), None, True),
        (("192.0.2.1", 25), None, False),
        (None, None, False),
        (("192.0.2.1", 25), ssl.create_default_context(), True),
        (("192.0.2.1", 25), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), False),
        (("192.0.2.1", 25), _any_name(), False),
    ],
)
def test_what_was_configured_wrongly_still_sends_nothing_in_clear(
    peer: object, tls: object, safe: bool
) -> None:
    """Whatever the route allowed: the connection itself says how safe it is."""
    found = {"peername": peer, "sslcontext": tls}
    assert mag_vertrekken(found_way(found.get)) is safe
