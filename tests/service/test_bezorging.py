"""The outbox: what is delivered, tried again, held, made again, given up, and told of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from broker.domain.partner import Netwerk, Periode, Rol
from broker.ports import (
    Deferred,
    LetterReason,
    Outbound,
    OutboundKind,
    OutboundStatus,
    Rejected,
    Withheld,
)
from broker.service.context import Patience
from broker.service.remake import release_held
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    met_medewerker,
    vingerafdruk_van,
    zonder_medewerkers,
)
from tests.fixtures.verhaal import Verhaal, formulier

POSTFIX = b"""\
From: MAILER-DAEMON@mx.woonwenz.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=grens

--grens
Content-Type: text/plain

I could not deliver it.
--grens
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.woonwenz.example

Final-Recipient: rfc822; j.hermans@woonwenz.example
Action: failed
Status: 5.1.1

--grens--
""".replace(b"\n", b"\r\n")
ADRES = "j.hermans@woonwenz.example"


async def verzoek(verhaal: Verhaal) -> Outbound:
    """The message that asks Woonwenz."""
    kenmerk = (await verhaal.casussen())[0].kenmerk
    (message,) = [
        m for m in await verhaal.uit(kenmerk, OutboundKind.VERZOEK) if m.loket == "woonwenz"
    ]
    return message


async def staat(verhaal: Verhaal) -> str:
    """The state of the question to Woonwenz."""
    return (await verhaal.staten((await verhaal.casussen())[0].kenmerk))["woonwenz"]


def vault(verhaal: Verhaal) -> FakeVault:
    assert isinstance(verhaal.context.vault, FakeVault)
    return verhaal.context.vault


async def test_a_temporary_failure_is_tried_again_after_a_pause(verhaal: Verhaal) -> None:
    """One minute, five, fifteen, an hour, four, and four again; then it goes."""
    verhaal.delivery.results[ADRES] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    for minuten in (1, 5, 15, 60, 240, 240):
        message = await verzoek(verhaal)
        assert (message.status, message.reason) == (OutboundStatus.WACHT, "4.4.1")
        assert message.due - verhaal.clock.now() == timedelta(minutes=minuten)
        await verhaal.wacht(minutes=minuten)
    verhaal.delivery.results.clear()
    await verhaal.wacht(hours=4)
    assert await staat(verhaal) == "verzonden"
    assert len(verhaal.brieven("j.hermans")) == 1


async def test_what_is_rejected_closes_its_verzoek_and_alarms(verhaal: Verhaal) -> None:
    """The desk is 'niet bereikt'; the round goes on, and ends with the last one."""
    verhaal.delivery.results[ADRES] = Rejected("5.1.1")
    await verhaal.meld("e.smeets")
    assert await staat(verhaal) == "onbestelbaar"
    assert (await verzoek(verhaal)).status is OutboundStatus.MISLUKT
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}
    for wie in ("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts"):
        await verhaal.antwoord(wie, "ONBEKEND")
    assert verhaal.uitkomst()["woonwenz"] == "niet bereikt"


async def test_the_last_open_verzoek_that_is_rejected_ends_the_round(verhaal: Verhaal) -> None:
    """Nobody else will answer: the uitkomst goes at once."""
    verhaal.delivery.results[ADRES] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    for wie in ("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts"):
        await verhaal.antwoord(wie, "ONBEKEND")
    verhaal.delivery.results[ADRES] = Rejected("5.1.1")
    await verhaal.wacht(minutes=1)
    assert verhaal.uitkomst()["woonwenz"] == "niet bereikt"


async def test_what_was_tried_often_enough_is_given_up(verhaal: Verhaal) -> None:
    """Accepted ends or alarms: never tried for ever in silence."""
    verhaal.context = replace(verhaal.context, patience=Patience(outbox_attempts=2))
    verhaal.delivery.results[ADRES] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    assert await verhaal.alarmen() == set()
    await verhaal.wacht(minutes=1)
    assert await staat(verhaal) == "onbestelbaar"
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}


async def test_a_rejection_that_cannot_be_written_is_not_lost(verhaal: Verhaal) -> None:
    """The uitkomst could not be sealed: the message is tried again, and then told of."""
    verhaal.delivery.results[ADRES] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    for wie in ("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts"):
        await verhaal.antwoord(wie, "ONBEKEND")
    verhaal.delivery.results[ADRES] = Rejected("5.1.1")
    vault(verhaal).is_down = True
    await verhaal.wacht(minutes=1)
    assert await staat(verhaal) == "verzonden" or await staat(verhaal) == "klaargezet"
    assert verhaal.lezers(OutboundKind.UITKOMST) == set()
    vault(verhaal).is_down = False
    await verhaal.wacht(minutes=6)
    assert verhaal.uitkomst()["woonwenz"] == "niet bereikt"


async def test_a_delivery_that_breaks_sends_the_others_once(verhaal: Verhaal) -> None:
    """A fault in one conversation is temporary for that one message alone."""
    verhaal.delivery.results[ADRES] = RuntimeError("a fault in the program")
    await verhaal.meld("e.smeets")
    await verhaal.wacht(minutes=30)
    aan = [handed.address for handed in verhaal.delivery.handed]
    assert len(aan) == len(set(aan)) == 7
    assert (await verzoek(verhaal)).reason == "fout"
    assert '"error": "RuntimeError"' in verhaal.log.getvalue()


@pytest.mark.rule("NTA-1")
async def test_an_unsafe_route_holds_the_message_and_alarms(verhaal: Verhaal) -> None:
    """Never downgraded: it waits until the route is safe, and the alarm ends with that."""
    verhaal.delivery.results[ADRES] = Withheld("geen-tls")
    await verhaal.meld("e.smeets")
    message = await verzoek(verhaal)
    assert (message.status, message.reason) == (OutboundStatus.VASTGEHOUDEN, "geen-tls")
    await verhaal.wacht(minutes=14)
    assert (await verzoek(verhaal)).attempts == 1
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}
    verhaal.delivery.results.clear()
    await verhaal.wacht(minutes=1)
    assert await staat(verhaal) == "verzonden"
    assert await verhaal.alarmen() == set()


async def test_what_was_held_long_is_not_given_up_for_that(verhaal: Verhaal) -> None:
    """The first temporary failure after it is the first."""
    verhaal.context = replace(verhaal.context, patience=Patience(outbox_attempts=3))
    verhaal.delivery.results[ADRES] = Withheld("geen-tls")
    await verhaal.meld("e.smeets")
    for _ in range(5):
        await verhaal.wacht(minutes=15)
    verhaal.delivery.results[ADRES] = Deferred("4.4.1")
    await verhaal.wacht(minutes=15)
    assert (await verzoek(verhaal)).status is OutboundStatus.WACHT


async def test_a_broker_that_starts_tries_what_is_held_at_once(verhaal: Verhaal) -> None:
    """Whoever starts it has most often just mended the cause."""
    verhaal.delivery.results[ADRES] = Withheld("geen-tls")
    await verhaal.meld("e.smeets")
    verhaal.delivery.results.clear()
    await release_held(verhaal.context)
    await verhaal.wacht()
    assert await staat(verhaal) == "verzonden"


@pytest.mark.parametrize("reden", list(LetterReason))
async def test_a_key_that_cannot_be_used_holds_the_message_until_it_is_renewed(
    verhaal: Verhaal, reden: LetterReason
) -> None:
    """Nothing is sealed to it; the message is made when it can be, under the same Message-ID."""
    sleutel = vingerafdruk_van("j.hermans")
    vault(verhaal).unusable[sleutel] = reden
    await verhaal.meld("e.smeets")
    held = await verzoek(verhaal)
    assert (held.status, held.reason, held.raw) == (OutboundStatus.VASTGEHOUDEN, reden, b"")
    await verhaal.wacht(hours=1)
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}
    vault(verhaal).unusable.clear()
    await verhaal.wacht(hours=1)
    assert verhaal.brief("j.hermans", OutboundKind.VERZOEK).message_id == held.message_id
    assert await verhaal.alarmen() == set()
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert await staat(verhaal) == "beantwoord"


@pytest.mark.parametrize(
    "wijziging",
    [
        {"vingerafdruk": vingerafdruk_van("een nieuwe sleutel")},
        {"adres": "hermans@woonwenz.example"},
    ],
)
async def test_another_key_or_address_makes_the_message_again(
    verhaal: Verhaal, wijziging: dict[str, Any]
) -> None:
    """What was sealed for the old one is never sent; the new one gets the same question."""
    vault(verhaal).meanwhile.append(
        _verandering(verhaal, lambda n: met_medewerker(n, "j.hermans", **wijziging))
    )
    await verhaal.meld("e.smeets")
    assert (await verzoek(verhaal)).status is OutboundStatus.VASTGEHOUDEN
    assert "j.hermans" not in verhaal.lezers()
    await verhaal.wacht(minutes=15)
    assert "j.hermans" in verhaal.lezers(OutboundKind.VERZOEK)
    assert await staat(verhaal) == "verzonden"


def _verandering(
    verhaal: Verhaal, verander: Callable[[Netwerk], Netwerk]
) -> Callable[[], Awaitable[None]]:
    """The configuration changes while the messages of a melding are made."""

    async def nu() -> None:
        verhaal.verander(verander(verhaal.netwerk))

    return nu


@pytest.mark.rule("PR-13.4")
@pytest.mark.rule("PR-8")
@pytest.mark.parametrize(
    ("verander", "reden"),
    [
        (lambda n: zonder_medewerkers(n, "j.hermans"), "onbekend"),
        (
            lambda n: met_medewerker(
                n, "j.hermans", geldig=Periode(date(2026, 2, 1), date(2026, 11, 22))
            ),
            "niet-actief",
        ),
        (
            lambda n: met_medewerker(n, "j.hermans", rollen=frozenset({Rol.MELDER})),
            "andere-rol",
        ),
    ],
)
async def test_who_may_not_receive_any_more_gets_nothing(
    verhaal: Verhaal, verander: Callable[[Netwerk], Netwerk], reden: str
) -> None:
    """Judged again at the moment of sending: held, without another attempt, to the term."""
    vault(verhaal).meanwhile.append(_verandering(verhaal, verander))
    await verhaal.meld("e.smeets")
    for _ in range(3):
        await verhaal.wacht(minutes=20)
    message = await verzoek(verhaal)
    assert (message.status, message.reason) == (OutboundStatus.VASTGEHOUDEN, reden)
    assert message.attempts == 1
    await verhaal.wacht(tot=verhaal.termijn)
    assert "j.hermans" not in verhaal.lezers()
    assert verhaal.uitkomst()["woonwenz"] == "niet bereikt"
    assert await verhaal.alarmen() == set()


async def test_every_kind_of_message_of_a_casus_is_made_again(verhaal: Verhaal) -> None:
    """Everybody's key was expired all along: question, reminder, status, notice, uitkomst."""
    for wie in ("j.hermans", "e.smeets", "m.janssen"):
        vault(verhaal).unusable[vingerafdruk_van(wie)] = LetterReason.SLEUTEL_VERLOPEN
    kenmerk = await verhaal.meld("e.smeets")
    code = await verhaal.code_van(kenmerk, "woonwenz")
    await verhaal.schrijf("j.hermans", f"hmm\n{kenmerk}\n{code}")
    await verhaal.wacht(tot=verhaal.herinnering)
    vault(verhaal).unusable.pop(vingerafdruk_van("j.hermans"))
    await verhaal.wacht(minutes=15)
    assert [b.kind for b in verhaal.brieven("j.hermans")] == [
        OutboundKind.VERZOEK,
        OutboundKind.VERDUIDELIJKING,
        OutboundKind.HERINNERING,
    ]
    assert {b.antwoordcode for b in verhaal.brieven("j.hermans")} == {code}
    await verhaal.wacht(tot=verhaal.termijn)
    vault(verhaal).unusable.clear()
    await verhaal.wacht(minutes=15)
    status = verhaal.brief("e.smeets", OutboundKind.STATUS)
    assert "ontvangen" in status.text
    # The day that it would have named is kept nowhere; that of another round would tell of one.
    assert "november" not in status.text
    assert {OutboundKind.KENNISGEVING, OutboundKind.UITKOMST} == {
        b.kind for b in verhaal.brieven("m.janssen")
    }
    assert await verhaal.alarmen() == set()


async def test_a_notice_of_a_melder_who_left_stays_held(verhaal: Verhaal) -> None:
    """It must say who reported; the alarm stands."""
    vault(verhaal).unusable[vingerafdruk_van("m.janssen")] = LetterReason.SLEUTEL_VERLOPEN
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(zonder_medewerkers(verhaal.netwerk, "e.smeets"))
    vault(verhaal).unusable.clear()
    await verhaal.wacht(minutes=15)
    (held,) = await verhaal.uit(kenmerk, OutboundKind.KENNISGEVING)
    assert held.status is OutboundStatus.VASTGEHOUDEN
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}


async def test_a_reply_for_an_old_key_has_failed(verhaal: Verhaal) -> None:
    """A refusal belongs to no casus: it cannot be made again, and a person is alarmed."""
    vault(verhaal).meanwhile.append(
        _verandering(verhaal, lambda n: met_medewerker(n, "e.smeets", adres="es@antares.example"))
    )
    await verhaal.schrijf("e.smeets", formulier(Meerderjarig="nee"))
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}
    await verhaal.wacht(minutes=15)
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}
    assert verhaal.brieven() == []


async def test_one_message_that_cannot_be_made_stops_no_other(verhaal: Verhaal) -> None:
    """The vault fails for it; the next one is only tried again."""
    verhaal.delivery.results["a.dossantos@incluzio-venlo.example"] = Withheld("geen-tls")
    vault(verhaal).unusable[vingerafdruk_van("y.elamrani")] = LetterReason.SLEUTEL_VERLOPEN
    await verhaal.meld("e.smeets")
    verhaal.delivery.results.clear()
    vault(verhaal).is_down = True
    await verhaal.wacht(minutes=15)
    assert "a.dossantos" in verhaal.lezers()
    assert "y.elamrani" not in verhaal.lezers()
    vault(verhaal).is_down = False
    vault(verhaal).unusable.clear()
    await verhaal.wacht(minutes=15)
    assert "y.elamrani" in verhaal.lezers()


# --- delivery reports ---------------------------------------------------------------------------


async def bounce(verhaal: Verhaal, raw: bytes, message: Outbound) -> None:
    """A report comes back to the envelope sender of that message."""
    await verhaal.bezorg(raw, van="", aan=message.envelope_from)
    await verhaal.werk()


async def test_a_bounce_makes_its_verzoek_undeliverable(verhaal: Verhaal) -> None:
    """Tied to it by the envelope sender; a second report adds nothing."""
    await verhaal.meld("e.smeets")
    message = await verzoek(verhaal)
    for raw in (POSTFIX, POSTFIX + b"\r\n"):
        await bounce(verhaal, raw, message)
        assert await staat(verhaal) == "onbestelbaar"
        assert (await verzoek(verhaal)).reason == "teruggekomen"
        assert await verhaal.alarmen() == {"bericht-onbestelbaar"}
    assert verhaal.lezers(OutboundKind.WEIGERING, OutboundKind.VAST_ANTWOORD) == set()


async def test_a_bounce_of_a_disclosure_is_added_to_the_register(verhaal: Verhaal) -> None:
    """What came of it: delivered, as we thought, and then failed."""
    await verhaal.meld("w.vanderlinden")
    message = await verzoek(verhaal)
    await bounce(verhaal, POSTFIX, message)
    assert message.verstrekking is not None
    async with verhaal.context.store.begin() as tx:
        events = [event.value for event, _ in await tx.register.events(message.verstrekking)]
    assert events == ["afgeleverd", "mislukt"]


async def test_a_bounce_of_an_answered_verzoek_changes_no_answer(verhaal: Verhaal) -> None:
    """A forwarding rule can bounce what a person read and answered."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "BEKEND")
    await bounce(verhaal, POSTFIX, await verzoek(verhaal))
    assert await staat(verhaal) == "beantwoord"


async def test_a_bounce_after_the_round_changes_nothing_but_the_message(verhaal: Verhaal) -> None:
    """The uitkomst was sent."""
    await verhaal.meld("e.smeets")
    await verhaal.wacht(tot=verhaal.termijn)
    await bounce(verhaal, POSTFIX, await verzoek(verhaal))
    assert await staat(verhaal) == "verlopen"
    assert (await verzoek(verhaal)).status is OutboundStatus.MISLUKT


@pytest.mark.parametrize(
    "raw",
    [
        POSTFIX.replace(b"Action: failed", b"Action: delayed").replace(b"5.1.1", b"4.4.1"),
        b"From: x@y.example\r\nSubject: BEKEND\r\n\r\nBEKEND\r\n",
    ],
)
async def test_what_reports_no_failure_changes_nothing(verhaal: Verhaal, raw: bytes) -> None:
    """A delay, or anything else that somebody writes to a bounce address."""
    await verhaal.meld("e.smeets")
    voor = len(verhaal.brieven())
    await bounce(verhaal, raw, await verzoek(verhaal))
    assert await staat(verhaal) == "verzonden"
    assert len(verhaal.brieven()) == voor
    assert await verhaal.alarmen() == set()


async def test_a_report_about_no_message_of_ours_changes_nothing(verhaal: Verhaal) -> None:
    """A token that was never given out."""
    await verhaal.meld("e.smeets")
    await verhaal.bezorg(POSTFIX, van="", aan="broker+0123abcd@zorgnetwerk.example")
    await verhaal.werk()
    assert await verhaal.alarmen() == set()
