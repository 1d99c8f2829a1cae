"""Every alarm ends with its cause, in whatever way that ends; and the log tells of both."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable

import pytest

from broker.domain.bericht import Geadresseerd
from broker.domain.casus import Kenmerk
from broker.ports import Deferred, InboundStatus, OutboundKind, Rejected, SleutelId, Withheld
from broker.service.casus_reading import read_casus
from broker.service.remake import _bericht
from broker.service.waiting import WaitReason
from broker.service.withdraw import decide_withdrawal
from broker.wire.brieven import verwoord
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.memory_records import MemoryCasusKeys
from tests.fixtures.netwerk import medewerker_van, zonder_medewerkers
from tests.fixtures.verhaal import Verhaal, formulier

ADRES = "j.hermans@woonwenz.example"
ANDEREN = ("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts")
Stap = Callable[[Verhaal], Awaitable[object]]


def logged(verhaal: Verhaal, event: str) -> list[dict[str, object]]:
    """The lines of that event."""
    lines = [json.loads(line) for line in verhaal.log.getvalue().splitlines()]
    return [line for line in lines if line["event"] == event]


async def kenmerk_van(verhaal: Verhaal) -> Kenmerk:
    return (await verhaal.casussen())[0].kenmerk


# --- what raises an alarm -------------------------------------------------------------------------


async def vastgelopen(verhaal: Verhaal) -> None:
    """The key of the casus is away while it is due, and comes back."""
    await verhaal.meld("e.smeets")
    keys = verhaal.context.store.casus_keys
    assert isinstance(keys, MemoryCasusKeys)
    id: SleutelId = (await verhaal.casussen())[0].key_id
    kept = keys._keys.pop(id)
    await verhaal.wacht(tot=verhaal.herinnering)
    keys._keys[id] = kept


async def zonder_regie(verhaal: Verhaal) -> None:
    await verhaal.meld("e.smeets")
    verhaal.verander(zonder_medewerkers(verhaal.netwerk, "m.janssen", "s.yilmaz"))
    await verhaal.wacht(tot=verhaal.termijn)


async def vastgehouden(verhaal: Verhaal) -> None:
    verhaal.delivery.results[ADRES] = Withheld("geen-starttls")
    await verhaal.meld("e.smeets")


async def vertraagd(verhaal: Verhaal) -> None:
    verhaal.delivery.results[ADRES] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    for minutes in (1, 5, 15, 60):
        assert await verhaal.alarmen() == set()
        await verhaal.wacht(minutes=minutes)


# --- what ends it ---------------------------------------------------------------------------------


async def intrekking(verhaal: Verhaal) -> None:
    await beslis(verhaal.context, await kenmerk_van(verhaal), decide_withdrawal, by="e.smeets")


async def termijn(verhaal: Verhaal) -> None:
    await verhaal.wacht(tot=verhaal.termijn)


async def laatste_antwoorden(verhaal: Verhaal) -> None:
    for wie in ("j.hermans", *ANDEREN):
        await verhaal.antwoord(wie, "ONBEKEND")


async def weer_bereikbaar(verhaal: Verhaal) -> None:
    verhaal.delivery.results.clear()
    await verhaal.wacht(hours=5)


async def route_onveilig(verhaal: Verhaal) -> None:
    verhaal.delivery.results[ADRES] = Withheld("geen-starttls")
    await verhaal.wacht(hours=5)


async def geweigerd(verhaal: Verhaal) -> None:
    verhaal.delivery.results[ADRES] = Rejected("5.1.1")
    await verhaal.wacht(hours=5)


async def een_minuut(verhaal: Verhaal) -> None:
    await verhaal.wacht(minutes=1)


@pytest.mark.parametrize(
    ("code", "oorzaak", "einde"),
    [
        ("casus-vastgelopen", vastgelopen, een_minuut),
        ("casus-vastgelopen", vastgelopen, laatste_antwoorden),
        ("casus-vastgelopen", vastgelopen, intrekking),
        ("geen-ketenregisseur", zonder_regie, intrekking),
        ("bericht-vastgehouden", vastgehouden, weer_bereikbaar),
        ("bericht-vastgehouden", vastgehouden, geweigerd),
        ("bericht-vastgehouden", vastgehouden, intrekking),
        ("bericht-vastgehouden", vastgehouden, termijn),
        ("bezorging-vertraagd", vertraagd, weer_bereikbaar),
        ("bezorging-vertraagd", vertraagd, route_onveilig),
        ("bezorging-vertraagd", vertraagd, geweigerd),
        ("bezorging-vertraagd", vertraagd, intrekking),
        ("bezorging-vertraagd", vertraagd, termijn),
    ],
)
async def test_an_alarm_ends_with_its_cause(
    verhaal: Verhaal, code: str, oorzaak: Stap, einde: Stap
) -> None:
    """Open while there is something to look at, and told once in the log at both ends."""
    await oorzaak(verhaal)
    assert code in await verhaal.alarmen()
    await einde(verhaal)
    assert code not in await verhaal.alarmen()
    for event in ("alarm.raised", "alarm.cleared"):
        (line,) = [line for line in logged(verhaal, event) if line["code"] == code]
        assert line["subject"]


async def test_a_mail_in_quarantine_waits_no_more(verhaal: Verhaal) -> None:
    """One alarm about it is left, which says what happened to it."""
    assert isinstance(verhaal.context.vault, FakeVault)
    verhaal.context.vault.fells_it.add(b"gifpil")
    await verhaal.schrijf("j.hermans", "gifpil")
    assert await verhaal.alarmen() == {"bericht-wacht"}
    for _ in range(3):
        await verhaal.wacht(minutes=2)
    assert await verhaal.alarmen() == {"bericht-in-quarantaine"}
    (line,) = logged(verhaal, "message.quarantined")
    assert line["reason"] == WaitReason.FOUT


async def test_a_mail_that_waits_says_for_what(verhaal: Verhaal) -> None:
    """In the log and in the inbox, by its number, in one vocabulary."""
    vol = verhaal.netwerk
    verhaal.verander(zonder_medewerkers(vol, "m.janssen", "s.yilmaz"))
    await verhaal.schrijf("e.smeets", formulier())
    (line,) = logged(verhaal, "message.waits")
    (mail,) = await verhaal.wachtend()
    assert (line["inbound"], line["reason"]) == (mail.id, mail.reason)
    assert mail.reason == WaitReason.GEEN_ONTVANGER
    assert mail.status is InboundStatus.NIEUW


async def test_a_fault_says_in_which_message_or_casus(verhaal: Verhaal) -> None:
    """Whoever reads the log need not guess what is broken."""
    await vastgelopen(verhaal)
    verhaal.delivery.results[ADRES] = RuntimeError("a fault in the program")
    await verhaal.meld("o.kowalski", Naam="Iemand Anders")
    assert {
        str(line["component"]): next(k for k in ("kenmerk", "inbound", "outbound") if k in line)
        for line in logged(verhaal, "fault")
    } == {"wake": "kenmerk", "deliver": "outbound"}


async def test_the_log_says_why_an_answer_was_unclear_and_a_melding_refused(
    verhaal: Verhaal,
) -> None:
    """By code; no word of either."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "is hij bij ons bekend?")
    await verhaal.antwoord("w.vanderlinden", "BEKEND")
    await verhaal.schrijf("e.smeets", formulier(Meerderjarig="nee"))
    assert [line["reason"] for line in logged(verhaal, "antwoord.unclear")] == [
        "twijfel",
        "artikel-ontbreekt",
    ]
    (refused,) = logged(verhaal, "melding.refused")
    assert refused["faults"] == 1
    assert refused["code"]


async def test_a_robot_and_a_copy_are_called_what_they_are(verhaal: Verhaal) -> None:
    """Not refused: neither was meant to be dealt with."""
    raw = await verhaal.schrijf("e.smeets", formulier())
    await verhaal.bezorg(raw, van="e.smeets@antares-wonen.example")
    await verhaal.schrijf("j.hermans", "Afwezig", koppen={"Auto-Submitted": "auto-replied"})
    await verhaal.werk()
    assert len(logged(verhaal, "message.duplicate")) == 1
    assert [line["reason"] for line in logged(verhaal, "message.automatic")] == ["auto-antwoord"]
    assert logged(verhaal, "message.refused") == []


async def test_what_is_made_again_says_what_it_said(verhaal: Verhaal) -> None:
    """Word for word, whatever kind of message it is. Only an aanvulling is kept nowhere, and of
    the first status the day that it named (D-3)."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord("w.vanderlinden", "BEKEND")
    await verhaal.antwoord("w.vanderlinden", "misschien")
    await verhaal.antwoord("j.hermans", "misschien")
    await verhaal.wacht(tot=verhaal.herinnering)
    await verhaal.wacht(tot=verhaal.termijn)
    await verhaal.antwoord("j.hermans", "BEKEND")
    tweede = await verhaal.meld("o.kowalski", Naam="Iemand Anders")
    await beslis(verhaal.context, tweede, decide_withdrawal, by="o.kowalski")
    await verhaal.werk()
    derde = await verhaal.meld("e.smeets")
    kinds = set()
    for of in (kenmerk, tweede, derde):
        opened = await read_casus(verhaal.context, of)
        assert opened is not None
        for message in await verhaal.uit(of):
            (brief,) = [b for b in verhaal.brieven() if b.message_id == message.message_id]
            loket = verhaal.netwerk.loket(message.loket) if message.loket else None
            assert loket is not None
            bericht = await _bericht(verhaal.context, opened, message, loket)
            if bericht is None:
                assert message.kind is OutboundKind.AANVULLING
                continue
            post = Geadresseerd(
                bericht, medewerker_van(verhaal.netwerk, message.recipient), loket.id
            )
            dag = verhaal.netwerk.kalender.dag(brief.moment)
            again = verwoord(post, netwerk=verhaal.netwerk, vandaag=dag)
            assert again.onderwerp == brief.subject
            said = " ".join(brief.text.split())
            if message.kind is OutboundKind.STATUS:
                said = re.sub(r" Meestal weten wij dat uiterlijk [^.]*\.", "", said)
            assert " ".join(again.tekst.split()) == said
            kinds.add(message.kind)
    loose = {
        OutboundKind.FORMULIER,
        OutboundKind.VAST_ANTWOORD,
        OutboundKind.WEIGERING,
        OutboundKind.OPDRACHT,
    }
    assert kinds == set(OutboundKind) - loose - {OutboundKind.AANVULLING}
