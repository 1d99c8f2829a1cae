"""A desk that may not be asked any more: the police suspend, or a partner leaves."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from broker.domain.partner import MedewerkerId, Periode
from broker.ports import OutboundKind, OutboundStatus, VerstrekkingEvent
from broker.service.close_desks import withdraw_closed_desks
from broker.service.suspend import Suspension, suspend
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.netwerk import (
    DAG,
    WOONWENZ,
    met_besluit,
    met_partner,
    zonder_medewerkers,
)
from tests.fixtures.verhaal import Verhaal, formulier

AGENT = "w.vanderlinden"
ANDEREN = ("y.elamrani", "k.engels", "a.dossantos", "j.hermans", "h.geraedts")
GISTEREN = DAG - timedelta(days=1)
EEN_ANDER = {"Naam": "Quirina Verzonnen", "Adres": "Elders 9", "Postcode": "5921 AB"}
"""Somebody else than whom the stories are about: no likeness holds a round up."""


async def schort_op(verhaal: Verhaal, *, door: str = AGENT, hervat: bool = False) -> Suspension:
    """Somebody gives the command, in another process than the one that works."""
    return await suspend(
        verhaal.context.store,
        verhaal.netwerk,
        by=MedewerkerId(door),
        suspended=not hervat,
        clock=verhaal.clock,
        events=verhaal.context.events,
    )


@pytest.mark.rule("BS-9")
async def test_a_suspension_withdraws_what_was_asked_of_the_police(verhaal: Verhaal) -> None:
    """The next wake: 'niet gevraagd', the officer hears it, and the others go on."""
    kenmerk = await verhaal.meld("e.smeets")
    assert await schort_op(verhaal) is Suspension.GEDAAN
    await verhaal.wacht(seconds=30)
    assert (await verhaal.staten(kenmerk))["politie"] == "ingetrokken"
    assert kenmerk in verhaal.brief(AGENT, OutboundKind.INTREKKING).text
    assert verhaal.lezers(OutboundKind.INTREKKING) == {AGENT}
    for wie in ANDEREN:
        await verhaal.antwoord(wie, "ONBEKEND")
    assert verhaal.uitkomst()["politie"] == "niet gevraagd"
    assert '"event": "besluit.suspended"' in verhaal.log.getvalue()
    assert '"event": "verzoek.withdrawn"' in verhaal.log.getvalue()


@pytest.mark.rule("BS-9")
async def test_a_round_that_waited_for_the_police_alone_ends(verhaal: Verhaal) -> None:
    """Withdrawing the last verzoek makes it complete: the uitkomst goes at once, and once."""
    await verhaal.meld("e.smeets")
    for wie in ANDEREN:
        await verhaal.antwoord(wie, "ONBEKEND")
    assert verhaal.lezers(OutboundKind.UITKOMST) == set()
    await schort_op(verhaal)
    await verhaal.wacht(seconds=30)
    assert verhaal.uitkomst()["politie"] == "niet gevraagd"
    await verhaal.wacht(tot=verhaal.termijn)
    assert len(verhaal.brieven(None, OutboundKind.UITKOMST)) == 1


@pytest.mark.rule("BS-9")
async def test_while_suspended_nothing_is_asked_of_or_taken_from_the_police(
    verhaal: Verhaal,
) -> None:
    """At the next step of a running process: a new casus, an answer, a melding of theirs."""
    await verhaal.meld("e.smeets")
    vraag = verhaal.vragen(AGENT)[0]
    await schort_op(verhaal)
    await verhaal.antwoord(AGENT, "ONBEKEND", op=vraag)
    await verhaal.schrijf(AGENT, formulier(politie=True))
    refused = verhaal.brieven(AGENT, OutboundKind.WEIGERING)
    assert len(refused) == 2
    assert "artikel 20 Wpg" in refused[1].text
    assert await verhaal.register() == []
    later = await verhaal.meld("j.hermans", **EEN_ANDER)
    assert "politie" not in await verhaal.staten(later)
    assert len(verhaal.vragen(AGENT)) == 1


@pytest.mark.rule("BS-9")
async def test_resuming_asks_anew_and_reopens_nothing(verhaal: Verhaal) -> None:
    """A new casus asks the police again; what was withdrawn stays so, and is not taken."""
    kenmerk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen(AGENT)[0]
    await schort_op(verhaal)
    await verhaal.wacht(seconds=30)
    assert await schort_op(verhaal, hervat=True) is Suspension.GEDAAN
    await verhaal.wacht(seconds=30)
    await verhaal.antwoord(AGENT, "ONBEKEND", op=vraag)
    assert (await verhaal.staten(kenmerk))["politie"] == "ingetrokken"
    assert await verhaal.register() == []
    later = await verhaal.meld("j.hermans", **EEN_ANDER)
    assert (await verhaal.staten(later))["politie"] == "verzonden"


@pytest.mark.rule("BS-9")
async def test_a_message_with_police_data_is_stopped_at_the_moment_of_sending(
    verhaal: Verhaal,
) -> None:
    """Suspended while it was sealed: what had not left stays, and its row says 'ingetrokken'."""
    assert isinstance(verhaal.context.vault, FakeVault)
    verhaal.context.vault.meanwhile.append(lambda: schort_op(verhaal))
    kenmerk = await verhaal.meld(AGENT)
    asked = await verhaal.uit(kenmerk, OutboundKind.VERZOEK, OutboundKind.KENNISGEVING)
    assert asked
    assert {(m.status, m.reason) for m in asked} == {
        (OutboundStatus.VASTGEHOUDEN, "besluit-geldt-niet")
    }
    assert verhaal.lezers() == {AGENT}


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize("wie", ["m.janssen", "j.hermans", "vreemd"])
async def test_nobody_but_the_police_suspends(verhaal: Verhaal, wie: str) -> None:
    """Refused, and nothing is written."""
    assert await schort_op(verhaal, door=wie) is Suspension.NIET_BEVOEGD
    kenmerk = await verhaal.meld("e.smeets")
    assert (await verhaal.staten(kenmerk))["politie"] == "verzonden"


@pytest.mark.rule("BS-9")
async def test_what_is_so_already_is_not_decided_again(verhaal: Verhaal) -> None:
    """Each row is a change, with who made it and when."""
    assert await schort_op(verhaal, hervat=True) is Suspension.AL_ZO
    assert await schort_op(verhaal) is Suspension.GEDAAN
    assert await schort_op(verhaal, door="n.ozturk") is Suspension.AL_ZO
    assert await schort_op(verhaal, door="n.ozturk", hervat=True) is Suspension.GEDAAN
    async with verhaal.context.store.begin() as tx:
        rows = [(row.officer, row.suspended) for row in await tx.opschortingen.list()]
    assert rows == [(AGENT, True), ("n.ozturk", False)]


@pytest.mark.rule("BS-9")
@pytest.mark.parametrize("hoe", ["configuration", "date"])
async def test_the_configuration_and_the_dates_withdraw_too(verhaal: Verhaal, hoe: str) -> None:
    """Suspended in the file, or past its last day."""
    kenmerk = await verhaal.meld("e.smeets")
    geldig = verhaal.netwerk.besluit.geldig
    verhaal.verander(
        met_besluit(verhaal.netwerk, opgeschort=True)
        if hoe == "configuration"
        else met_besluit(verhaal.netwerk, geldig=Periode(geldig.van, GISTEREN))
    )
    await verhaal.wacht(seconds=30)
    assert (await verhaal.staten(kenmerk))["politie"] == "ingetrokken"


@pytest.mark.rule("C-16.4")
@pytest.mark.rule("C-16.3")
async def test_a_partner_that_left_is_asked_nothing_and_hears_nothing(verhaal: Verhaal) -> None:
    """What was asked is withdrawn; not one mail more goes there; the round goes on."""
    kenmerk = await verhaal.meld("e.smeets")
    mails = len(verhaal.brieven("j.hermans"))
    verhaal.verander(met_partner(verhaal.netwerk, "woonwenz", deelname=Periode(GISTEREN, GISTEREN)))
    await verhaal.wacht(seconds=30)
    staten = await verhaal.staten(kenmerk)
    assert staten.pop(WOONWENZ) == "ingetrokken"
    assert set(staten.values()) == {"verzonden"}
    await verhaal.wacht(tot=verhaal.termijn)
    assert len(verhaal.brieven("j.hermans")) == mails
    assert verhaal.uitkomst()[WOONWENZ] == "niet gevraagd"
    assert await verhaal.alarmen() == set()


@pytest.mark.rule("C-16.4")
async def test_what_had_not_left_to_a_partner_that_left_never_does(verhaal: Verhaal) -> None:
    """A police melding to it is withdrawn in the register too."""
    assert isinstance(verhaal.context.vault, FakeVault)
    weg = met_partner(verhaal.netwerk, "woonwenz", deelname=Periode(GISTEREN, GISTEREN))

    async def vertrekt() -> None:
        verhaal.verander(weg)

    verhaal.context.vault.meanwhile.append(vertrekt)
    kenmerk = await verhaal.meld(AGENT)
    (vraag,) = [m for m in await verhaal.uit(kenmerk) if m.loket == WOONWENZ]
    assert (vraag.status, vraag.reason) == (OutboundStatus.VASTGEHOUDEN, "partner-neemt-niet-deel")
    await verhaal.wacht(seconds=30)
    (vraag,) = [m for m in await verhaal.uit(kenmerk) if m.loket == WOONWENZ]
    assert (vraag.status, vraag.raw) == (OutboundStatus.INGETROKKEN, b"")
    row = next(r for r in await verhaal.register() if r.recipient == "j.hermans")
    async with verhaal.context.store.begin() as tx:
        assert [event for event, _ in await tx.register.events(row.id)] == [
            VerstrekkingEvent.INGETROKKEN
        ]
    assert "j.hermans" not in verhaal.lezers()
    assert await verhaal.alarmen() == set()


@pytest.mark.rule("C-16.4")
async def test_a_desk_that_vanished_is_withdrawn(verhaal: Verhaal) -> None:
    """Whoever took it out of the configuration: the round does not wait for it."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_partner(verhaal.netwerk, "woonwenz", loketten=()))
    await verhaal.wacht(seconds=30)
    assert (await verhaal.staten(kenmerk))[WOONWENZ] == "ingetrokken"
    assert len(verhaal.brieven("j.hermans")) == 1


@pytest.mark.rule("C-16.4")
async def test_an_employee_who_vanished_leaves_the_desk_to_his_colleague(verhaal: Verhaal) -> None:
    """The desk may still be asked, so it is; only when nobody is left there it is withdrawn."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(zonder_medewerkers(verhaal.netwerk, "j.hermans"))
    await verhaal.wacht(seconds=30)
    assert (await verhaal.staten(kenmerk))[WOONWENZ] == "verzonden"
    verhaal.verander(zonder_medewerkers(verhaal.netwerk, "p.nguyen"))
    await verhaal.wacht(seconds=30)
    assert (await verhaal.staten(kenmerk))[WOONWENZ] == "ingetrokken"


@pytest.mark.rule("C-16.4")
async def test_the_log_names_each_desk_that_was_withdrawn(verhaal: Verhaal) -> None:
    """One event a desk, after it was kept: two at once here, and none of them again."""
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_partner(verhaal.netwerk, "woonwenz", deelname=Periode(GISTEREN, GISTEREN)))
    await schort_op(verhaal)
    await verhaal.wacht(minutes=2)
    lines = [json.loads(line) for line in verhaal.log.getvalue().splitlines()]
    told = [(x["kenmerk"], x["loket"]) for x in lines if x["event"] == "verzoek.withdrawn"]
    assert told == [(kenmerk, "politie"), (kenmerk, WOONWENZ)]


async def test_where_every_desk_may_be_asked_nothing_is_written(verhaal: Verhaal) -> None:
    """The police suspended and resumed before their turn came: no new version, no event."""
    kenmerk = await verhaal.meld("e.smeets")
    voor, log = await verhaal.casus(kenmerk), verhaal.log.getvalue()
    await withdraw_closed_desks(verhaal.context, kenmerk, verhaal.clock.now())
    assert await verhaal.casus(kenmerk) == voor
    assert verhaal.log.getvalue() == log


async def test_a_casus_that_cannot_be_handled_stops_no_other(verhaal: Verhaal) -> None:
    """It alarms, is tried at the next wake, and then the alarm is over."""
    assert isinstance(verhaal.context.vault, FakeVault)
    kenmerk = await verhaal.meld("e.smeets")
    await schort_op(verhaal)
    verhaal.context.vault.is_down = True
    await verhaal.wacht(seconds=30)
    assert await verhaal.alarmen() == {"casus-vastgelopen"}
    verhaal.context.vault.is_down = False
    await verhaal.wacht(seconds=30)
    assert (await verhaal.staten(kenmerk))["politie"] == "ingetrokken"
    assert await verhaal.alarmen() == set()
