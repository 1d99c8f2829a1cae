"""C-6.3: a known absence asks the vervanger: at once, or at the reminder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from broker.domain.casus import Kenmerk
from broker.domain.partner import MedewerkerId
from broker.ports import (
    Deferred,
    LetterReason,
    Outbound,
    OutboundKind,
    OutboundStatus,
    Rejected,
    VerzoekRecord,
)
from broker.service.casus_reading import read_casus
from broker.service.withdraw import decide_withdrawal
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    DAG,
    maak_medewerker,
    met_medewerker,
    met_nieuwe_medewerker,
    vingerafdruk_van,
    week,
)
from tests.fixtures.verhaal import Verhaal

AFWEZIG = (
    b"From: mevrouw J. Hermans <j.hermans@woonwenz.example>\r\n"
    b"To: broker@zorgnetwerk.example\r\n"
    b"Subject: Automatisch antwoord: Verrijkingsverzoek\r\n"
    b"Auto-Submitted: auto-replied\r\n"
    b"\r\n"
    b"Ik ben afwezig t/m 3 december. Bij spoed kunt u bellen.\r\n"
)
REST = ("y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts")
ONTVANGST = OutboundKind.VERZOEK


async def bericht(verhaal: Verhaal, aan: str, soort: OutboundKind = ONTVANGST) -> Outbound:
    """The last message of that kind to that reader."""
    kenmerk = (await verhaal.casussen())[-1].kenmerk
    return [m for m in await verhaal.uit(kenmerk, soort) if m.recipient == aan][-1]


async def meldt_zich_afwezig(verhaal: Verhaal, op: Outbound, raw: bytes = AFWEZIG) -> None:
    """His program answers to the envelope sender of that message."""
    await verhaal.bezorg(raw, van=op.address, aan=op.envelope_from)
    await verhaal.werk()


async def woonwenz(verhaal: Verhaal, kenmerk: Kenmerk) -> VerzoekRecord:
    return next(v for v in (await verhaal.casus(kenmerk)).verzoeken if v.loket == "woonwenz")


@pytest.mark.rule("C-6.3")
async def test_a_vervanger_is_asked_from_the_start_for_a_known_absence(verhaal: Verhaal) -> None:
    """An absence in the configuration; his answer is that of a vervanger all the same."""
    verhaal.verander(met_medewerker(verhaal.netwerk, "j.hermans", afwezig=(week(DAG),)))
    kenmerk = await verhaal.meld("e.smeets")
    assert verhaal.vragen("j.hermans") == []
    await verhaal.antwoord("p.nguyen", "BEKEND")
    opened = await read_casus(verhaal.context, kenmerk)
    assert opened is not None
    antwoord = opened.casus.verzoek_aan((await woonwenz(verhaal, kenmerk)).loket)
    assert antwoord is not None
    assert antwoord.antwoord is not None
    assert antwoord.antwoord.als_vervanger


@pytest.mark.rule("C-6.3")
async def test_an_out_of_office_asks_the_vervanger_at_once(verhaal: Verhaal) -> None:
    """The same question with the same code; no alarm, nothing closed; his answer counts."""
    kenmerk = await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    vraag = verhaal.brief("p.nguyen", OutboundKind.VERZOEK)
    assert vraag.antwoordcode == verhaal.vragen("j.hermans")[0].antwoordcode
    assert "bekend" in vraag.text
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"
    assert await verhaal.alarmen() == set()
    assert '"event": "verzoek.vervanger_asked"' in verhaal.log.getvalue()
    await verhaal.antwoord("p.nguyen", "BEKEND")
    record = await woonwenz(verhaal, kenmerk)
    assert (record.asked, record.answered_by) == ("j.hermans", "p.nguyen")
    opened = await read_casus(verhaal.context, kenmerk)
    assert opened is not None
    verzoek = opened.casus.verzoek_aan(record.loket)
    assert verzoek is not None
    assert verzoek.antwoord is not None
    assert verzoek.antwoord.als_vervanger


@pytest.mark.rule("C-6.3")
async def test_an_out_of_office_asks_once(verhaal: Verhaal) -> None:
    """However often it comes, and to whichever of our messages."""
    await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "hmm")
    for soort in (OutboundKind.VERZOEK, OutboundKind.VERDUIDELIJKING, OutboundKind.VERZOEK):
        await meldt_zich_afwezig(
            verhaal, await bericht(verhaal, "j.hermans", soort), AFWEZIG + soort.encode()
        )
    assert len(verhaal.vragen("p.nguyen")) == 1
    await verhaal.wacht(tot=verhaal.herinnering)
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans", OutboundKind.HERINNERING))
    assert [b.kind for b in verhaal.vragen("p.nguyen")] == [
        OutboundKind.VERZOEK,
        OutboundKind.HERINNERING,
    ]
    assert verhaal.lezers(OutboundKind.WEIGERING, OutboundKind.VAST_ANTWOORD) == set()


@pytest.mark.rule("C-6.3")
async def test_a_vervanger_who_is_away_too_hands_it_on(verhaal: Verhaal) -> None:
    """His own out-of-office asks who stands in for him."""
    derde = maak_medewerker("d.erde", adres="d.erde@woonwenz.example")
    netwerk = met_nieuwe_medewerker(verhaal.netwerk, "woonwenz", derde)
    verhaal.verander(met_medewerker(netwerk, "p.nguyen", vervanger=MedewerkerId("d.erde")))
    assert isinstance(verhaal.context.vault, FakeVault)
    verhaal.context = replace(
        verhaal.context,
        vault=replace(
            verhaal.context.vault,
            pinned={m.vingerafdruk for _, m in verhaal.netwerk.medewerkers()},
        ),
    )
    await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "p.nguyen"), AFWEZIG + b"\r\n")
    assert "d.erde" in verhaal.lezers(OutboundKind.VERZOEK)


@pytest.mark.rule("C-6.3")
async def test_a_signed_out_of_office_is_no_answer_and_asks_the_vervanger(
    verhaal: Verhaal,
) -> None:
    """A gateway signs whatever leaves: not taken, not asked again; a replay does nothing."""
    kenmerk = await verhaal.meld("e.smeets")
    raw = await verhaal.schrijf(
        "j.hermans",
        "Ik ben afwezig t/m 3 december. Bij spoed kunt u bellen met mijn collega.",
        onderwerp=f"Automatisch antwoord: Verrijkingsverzoek {kenmerk}",
    )
    assert len(verhaal.vragen("p.nguyen")) == 1
    assert verhaal.lezers(OutboundKind.VERDUIDELIJKING, OutboundKind.WEIGERING) == set()
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"
    await verhaal.bezorg(b"X-Again: 1\r\n" + raw, van="iemand@elders.example")
    await verhaal.werk()
    assert '"event": "message.duplicate"' in verhaal.log.getvalue()
    assert len(verhaal.vragen("p.nguyen")) == 1


async def test_a_signed_out_of_office_about_nothing_leads_to_nothing(verhaal: Verhaal) -> None:
    """Without a kenmerk, about a casus that does not exist, or by who was not asked."""
    kenmerk = await verhaal.meld("e.smeets")
    voor = len(verhaal.brieven())
    for wie, over in (("j.hermans", ""), ("j.hermans", "ZNW-2026-00099"), ("p.nguyen", kenmerk)):
        await verhaal.schrijf(wie, "Ik ben op vakantie.", onderwerp=f"Automatisch antwoord: {over}")
    assert len(verhaal.brieven()) == voor


async def test_an_out_of_office_to_what_asks_nothing_leads_to_nothing(verhaal: Verhaal) -> None:
    """To a status, after an answer, and after the round."""
    await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "e.smeets", OutboundKind.STATUS))
    await verhaal.antwoord("j.hermans", "BEKEND")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    await verhaal.wacht(tot=verhaal.termijn)
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "k.engels"), AFWEZIG + b"\r\n")
    assert {"p.nguyen", "o.kowalski"}.isdisjoint(verhaal.lezers())
    assert len(verhaal.brieven("r.baldewsingh", OutboundKind.VERZOEK)) == 0
    assert await verhaal.alarmen() == set()


async def test_an_answer_that_comes_in_meanwhile_goes_first(verhaal: Verhaal) -> None:
    """He answers while the question to his vervanger is sealed: then that is not sent."""
    assert isinstance(verhaal.context.vault, FakeVault)
    await verhaal.meld("e.smeets")
    vraag = await bericht(verhaal, "j.hermans")
    verhaal.context.vault.meanwhile.append(lambda: verhaal.antwoord("j.hermans", "BEKEND"))
    await meldt_zich_afwezig(verhaal, vraag)
    assert verhaal.vragen("p.nguyen") == []


@pytest.mark.rule("C-6.3")
async def test_at_the_reminder_the_vervanger_is_asked_too(verhaal: Verhaal) -> None:
    """Nobody said that anybody was away; both are asked, and either may answer."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.wacht(tot=verhaal.herinnering)
    assert {"j.hermans", "p.nguyen"} <= verhaal.lezers(OutboundKind.HERINNERING)
    await verhaal.antwoord("p.nguyen", "BEKEND")
    record = await woonwenz(verhaal, kenmerk)
    assert (record.asked, record.answered_by) == ("j.hermans", "p.nguyen")


@pytest.mark.rule("C-6.3")
async def test_when_one_answered_the_other_gets_nothing_more(verhaal: Verhaal) -> None:
    """What was still to go to him is withdrawn; what he has he may answer, as a correction."""
    verhaal.delivery.results["p.nguyen@woonwenz.example"] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    await verhaal.antwoord("j.hermans", "BEKEND")
    assert (await bericht(verhaal, "p.nguyen")).status is OutboundStatus.INGETROKKEN
    verhaal.delivery.results.clear()
    await verhaal.wacht(tot=verhaal.herinnering)
    assert "p.nguyen" not in verhaal.lezers()
    assert OutboundKind.HERINNERING not in {b.kind for b in verhaal.brieven("j.hermans")}


@pytest.mark.rule("C-6.3")
@pytest.mark.rule("WPG-32")
async def test_the_question_of_the_police_to_a_vervanger_has_its_own_row(verhaal: Verhaal) -> None:
    """A disclosure to one more reader; his reminder is none."""
    await verhaal.meld("w.vanderlinden")
    voor = len(await verhaal.register())
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    (row,) = (await verhaal.register())[voor:]
    assert (row.recipient, row.officer) == ("p.nguyen", "w.vanderlinden")
    assert (await bericht(verhaal, "p.nguyen")).verstrekking == row.id
    await verhaal.wacht(tot=verhaal.herinnering)
    ontvangers = [row.recipient for row in await verhaal.register()]
    assert ontvangers.count(MedewerkerId("p.nguyen")) == 1
    assert "p.nguyen" in verhaal.lezers(OutboundKind.HERINNERING)


@pytest.mark.rule("BS-5")
async def test_who_was_not_designated_gets_no_question_of_the_police(verhaal: Verhaal) -> None:
    """Rather nobody, and the reminder to who was asked."""
    verhaal.verander(met_medewerker(verhaal.netwerk, "p.nguyen", aanwijzing_politiegegevens=None))
    await verhaal.meld("w.vanderlinden")
    voor = len(await verhaal.register())
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    await verhaal.wacht(tot=verhaal.herinnering)
    assert "p.nguyen" not in verhaal.lezers()
    assert "j.hermans" in verhaal.lezers(OutboundKind.HERINNERING)
    rijen = [row.recipient for row in (await verhaal.register())[voor:]]
    assert "p.nguyen" not in rijen


async def test_both_readers_hear_of_a_withdrawal(verhaal: Verhaal) -> None:
    """Each has the question: each is told that he need not answer."""
    kenmerk = await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    await beslis(verhaal.context, kenmerk, decide_withdrawal, by="e.smeets")
    await verhaal.werk()
    assert {"j.hermans", "p.nguyen"} <= verhaal.lezers(OutboundKind.INTREKKING)
    assert len(verhaal.brieven("p.nguyen", OutboundKind.INTREKKING)) == 1


async def test_the_question_to_a_vervanger_is_made_again_too(verhaal: Verhaal) -> None:
    """Held for his key, and sent when it is renewed."""
    assert isinstance(verhaal.context.vault, FakeVault)
    sleutel = vingerafdruk_van("p.nguyen")
    verhaal.context.vault.unusable[sleutel] = LetterReason.SLEUTEL_VERLOPEN
    kenmerk = await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    assert await verhaal.alarmen() == {"bericht-vastgehouden"}
    verhaal.context.vault.unusable.clear()
    await verhaal.wacht(minutes=15)
    vraag = verhaal.brief("p.nguyen", OutboundKind.VERZOEK)
    assert vraag.antwoordcode == await verhaal.code_van(kenmerk, "woonwenz")


# --- one of two questions does not arrive --------------------------------------------------------


@pytest.mark.rule("D-4")
async def test_a_desk_is_reached_while_one_of_two_is(verhaal: Verhaal) -> None:
    """The vervanger's address is wrong: an alarm; who was asked first has the question."""
    verhaal.delivery.results["p.nguyen@woonwenz.example"] = Rejected("5.1.1")
    kenmerk = await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}
    await verhaal.wacht(tot=verhaal.herinnering)
    assert len(verhaal.brieven("j.hermans", OutboundKind.HERINNERING)) == 1
    await verhaal.wacht(tot=verhaal.termijn)
    assert verhaal.uitkomst()["woonwenz"] == "geen reactie"


@pytest.mark.rule("D-4")
async def test_a_desk_of_which_nobody_is_reached_is_niet_bereikt(verhaal: Verhaal) -> None:
    """First the one comes back, then the other: the second ends the question."""
    kenmerk = await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    for wie, staat in (("j.hermans", "verzonden"), ("p.nguyen", "onbestelbaar")):
        message = await bericht(verhaal, wie)
        await verhaal.bezorg(
            b"From: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\n\r\n"
            + message.address.encode(),
            van="",
            aan=message.envelope_from,
        )
        await verhaal.werk()
        assert (await verhaal.staten(kenmerk))["woonwenz"] == staat
    for wie in REST:
        await verhaal.antwoord(wie, "ONBEKEND")
    assert verhaal.uitkomst()["woonwenz"] == "niet bereikt"


@pytest.mark.rule("D-4")
async def test_a_reminder_that_comes_back_is_an_alarm_only(verhaal: Verhaal) -> None:
    """The question itself arrived."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.wacht(tot=verhaal.herinnering)
    message = await bericht(verhaal, "j.hermans", OutboundKind.HERINNERING)
    await verhaal.bezorg(
        b"From: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\n\r\n"
        + message.address.encode(),
        van="",
        aan=message.envelope_from,
    )
    await verhaal.werk()
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"
    assert await verhaal.alarmen() == {"bericht-onbestelbaar"}


@pytest.mark.rule("D-4")
async def test_at_the_term_a_desk_that_has_no_question_is_niet_bereikt(verhaal: Verhaal) -> None:
    """It arrived, we thought, and came back; that to the vervanger never left."""
    verhaal.delivery.results["p.nguyen@woonwenz.example"] = Deferred("4.4.1")
    await verhaal.meld("e.smeets")
    await meldt_zich_afwezig(verhaal, await bericht(verhaal, "j.hermans"))
    message = await bericht(verhaal, "j.hermans")
    await verhaal.bezorg(
        b"From: MAILER-DAEMON@mx.example\r\nSubject: failure notice\r\n\r\n"
        + message.address.encode(),
        van="",
        aan=message.envelope_from,
    )
    await verhaal.werk()
    await verhaal.wacht(tot=verhaal.termijn)
    assert verhaal.uitkomst()["woonwenz"] == "niet bereikt"
