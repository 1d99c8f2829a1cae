"""Time passes: one reminder, one end, whatever the clock did; and no casus stops another."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from broker.domain.casus import CasusStaat, Kenmerk
from broker.ports import Deferred, LetterReason, OutboundKind, SleutelId
from broker.service import wake as wake_module
from broker.service.set_urgent import decide_urgent
from broker.service.wake import wake
from tests.fixtures.besluiten import beslis
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.memory_records import MemoryCasusKeys
from tests.fixtures.netwerk import DAG, met_medewerker, met_termijnen, vingerafdruk_van, week
from tests.fixtures.verhaal import Verhaal

STIL = {"y.elamrani", "k.engels", "w.vanderlinden", "a.dossantos", "h.geraedts"}
HUN_VERVANGERS = {"t.peeters", "r.baldewsingh", "n.ozturk", "b.willems", "c.martina"}


@pytest.mark.rule("D-6")
async def test_who_is_silent_is_reminded_once_after_three_werkdagen(verhaal: Verhaal) -> None:
    """Not before, not twice, and not who answered."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "ONBEKEND")
    await verhaal.wacht(tot=verhaal.herinnering - timedelta(seconds=1))
    assert verhaal.lezers(OutboundKind.HERINNERING) == set()
    for _ in range(3):
        await verhaal.wacht(tot=verhaal.herinnering)
        await verhaal.wacht(hours=5)
    herinneringen = verhaal.brieven(None, OutboundKind.HERINNERING)
    assert sorted(brief.aan for brief in herinneringen) == sorted(STIL | HUN_VERVANGERS)
    vraag, herinnering = verhaal.vragen("a.dossantos")
    assert herinnering.antwoordcode == vraag.antwoordcode
    assert herinnering.message_id != vraag.message_id
    reminded = {v.loket for v in (await verhaal.casus(kenmerk)).verzoeken if v.reminded_on}
    assert len(reminded) == len(STIL)


@pytest.mark.rule("D-6")
@pytest.mark.rule("D-4")
async def test_at_the_end_of_the_term_silence_is_geen_reactie(verhaal: Verhaal) -> None:
    """Never 'onbekend'; one uitkomst, at the end of the fifth werkdag and not before."""
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.antwoord("j.hermans", "BEKEND")
    await verhaal.wacht(tot=verhaal.termijn - timedelta(seconds=1))
    assert verhaal.lezers(OutboundKind.UITKOMST) == set()
    for _ in range(3):
        await verhaal.wacht(tot=verhaal.termijn)
        await verhaal.wacht(hours=5)
    assert set(verhaal.uitkomst().values()) == {"bekend", "geen reactie", "niet gevraagd"}
    assert (await verhaal.casus(kenmerk)).staat is CasusStaat.VERRIJKT


@pytest.mark.rule("D-4")
async def test_what_was_never_delivered_is_niet_bereikt(verhaal: Verhaal) -> None:
    """Their mail server was away all week; what still waited for it is withdrawn."""
    verhaal.delivery.results["h.geraedts@vincent-van-gogh.example"] = Deferred("4.4.1")
    kenmerk = await verhaal.meld("e.smeets")
    await verhaal.wacht(tot=verhaal.termijn)
    assert verhaal.uitkomst()["vincent-van-gogh"] == "niet bereikt"
    voor_hem = [m for m in await verhaal.uit(kenmerk) if m.recipient == "h.geraedts"]
    assert {m.status.value for m in voor_hem} == {"ingetrokken"}
    verhaal.delivery.results.clear()
    await verhaal.wacht(hours=5)
    assert "h.geraedts" not in verhaal.lezers()


async def test_a_delivered_reminder_reaches_the_desk(verhaal: Verhaal) -> None:
    """The first question never arrived, the reminder did: silence is 'geen reactie' then."""
    verhaal.delivery.results["j.hermans@woonwenz.example"] = Deferred("4.4.1")
    kenmerk = await verhaal.meld("e.smeets")
    verhaal.verander(met_medewerker(verhaal.netwerk, "j.hermans", afwezig=(week(DAG),)))
    await verhaal.wacht(tot=verhaal.herinnering)
    assert (await verhaal.staten(kenmerk))["woonwenz"] == "verzonden"
    await verhaal.wacht(tot=verhaal.termijn)
    assert verhaal.uitkomst()["woonwenz"] == "geen reactie"


@pytest.mark.rule("D-8")
async def test_after_days_of_downtime_every_term_is_handled_once(verhaal: Verhaal) -> None:
    """The reminder that was slept through is not sent after the term."""
    await verhaal.meld("e.smeets")
    verhaal.clock.pass_time(hours=3)
    await verhaal.meld("j.hermans", Naam="Iemand Anders")
    await verhaal.wacht(days=30)
    assert verhaal.lezers(OutboundKind.HERINNERING) == set()
    assert len(verhaal.brieven("m.janssen", OutboundKind.UITKOMST)) == 2
    await verhaal.wacht(days=1)
    assert len(verhaal.brieven("m.janssen", OutboundKind.UITKOMST)) == 2


@pytest.mark.rule("D-8")
async def test_after_days_of_downtime_the_longest_due_goes_first(verhaal: Verhaal) -> None:
    """In the order of their terms, not of their numbers: the last casus became urgent."""
    kenmerken = [
        await verhaal.meld(wie, Naam=f"Iemand {wie}")
        for wie in ("e.smeets", "j.hermans", "h.geraedts")
    ]
    await verhaal.wacht(days=1)
    await beslis(verhaal.context, kenmerken[2], decide_urgent, by="m.janssen")
    await verhaal.wacht(days=30)
    uitkomsten = verhaal.brieven("m.janssen", OutboundKind.UITKOMST)
    volgorde = [kenmerken[n] for n in (2, 0, 1)]
    assert [brief.subject for brief in uitkomsten] == [f"Uitkomst {k}" for k in volgorde]


@pytest.mark.rule("D-8")
@pytest.mark.parametrize("sprong", [timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)])
@pytest.mark.parametrize("richting", [-1, 1], ids=["back", "ahead"])
async def test_a_clock_that_jumps_repeats_nothing(
    verhaal: Verhaal, sprong: timedelta, richting: int
) -> None:
    """Rows say what is due: what was done is not due again, and what was not done still is."""
    await verhaal.meld("e.smeets")
    for moment in (verhaal.herinnering, verhaal.termijn):
        await verhaal.wacht(tot=moment)
        await verhaal.wacht(tot=moment + richting * sprong)
        await verhaal.wacht(tot=moment)
    assert len(verhaal.brieven("a.dossantos", OutboundKind.HERINNERING)) == 1
    assert len(verhaal.brieven("m.janssen", OutboundKind.UITKOMST)) == 1


async def test_a_reminder_that_loses_a_race_is_made_for_who_is_silent_then(
    verhaal: Verhaal,
) -> None:
    """An answer is recorded while the reminders are sealed: that desk gets none."""
    assert isinstance(verhaal.context.vault, FakeVault)
    await verhaal.meld("e.smeets")
    verhaal.context.vault.meanwhile.append(lambda: verhaal.antwoord("j.hermans", "BEKEND"))
    await verhaal.wacht(tot=verhaal.herinnering)
    assert verhaal.lezers(OutboundKind.HERINNERING) == STIL | HUN_VERVANGERS


async def test_the_term_that_races_the_last_answer_makes_one_uitkomst(verhaal: Verhaal) -> None:
    """Whoever commits first decides; the other starts over and finds the casus complete."""
    assert isinstance(verhaal.context.vault, FakeVault)
    kenmerk = await verhaal.meld("e.smeets")
    for wie in STIL:
        await verhaal.antwoord(wie, "ONBEKEND")
    verhaal.context.vault.meanwhile.append(lambda: verhaal.antwoord("j.hermans", "BEKEND"))
    await verhaal.wacht(tot=verhaal.termijn)
    assert verhaal.uitkomst()["woonwenz"] == "bekend"
    assert (await verhaal.casus(kenmerk)).ends_at is None


async def test_a_casus_that_fails_stops_no_other(
    verhaal: Verhaal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its key is gone: a clear fault and an alarm; those behind it in the row go on."""
    monkeypatch.setattr(wake_module, "BATCH", 1)
    stuk = await verhaal.meld("e.smeets")
    goed = await verhaal.meld("j.hermans", Naam="Iemand Anders")
    record = await verhaal.casus(stuk)
    keys = verhaal.context.store.casus_keys
    assert isinstance(keys, MemoryCasusKeys)
    wrapped = keys._keys.pop(record.key_id)
    await verhaal.wacht(tot=verhaal.termijn)
    assert (await verhaal.casus(stuk)).staat is CasusStaat.IN_VERRIJKING
    assert (await verhaal.casus(goed)).staat is CasusStaat.VERRIJKT
    assert await verhaal.alarmen() == {"casus-vastgelopen"}
    assert '"CasusGone"' in verhaal.log.getvalue()
    keys._keys[record.key_id] = wrapped
    await verhaal.wacht(minutes=1)
    assert (await verhaal.casus(stuk)).staat is CasusStaat.VERRIJKT
    assert await verhaal.alarmen() == set()


async def test_keys_of_casussen_that_never_came_to_be_are_swept_once_a_day(
    verhaal: Verhaal,
) -> None:
    """A crash between the key and its casus leaves an orphan; the keys in use stay."""
    kenmerk = await verhaal.meld("e.smeets")
    keys = verhaal.context.store.casus_keys
    wees = SleutelId("wees")
    await keys.add(wees, b"x", at=verhaal.clock.now())
    await verhaal.wacht(minutes=30)
    assert await keys.get(wees) is not None
    await verhaal.wacht(hours=6)
    assert await keys.get(wees) is not None
    await verhaal.wacht(days=1)
    assert await keys.get(wees) is None
    assert await keys.get((await verhaal.casus(kenmerk)).key_id) is not None


async def test_a_casus_that_is_done_is_not_due(verhaal: Verhaal) -> None:
    """Waking says how many casussen it touched."""
    await verhaal.meld("e.smeets")
    assert await wake(verhaal.context) == 0
    verhaal.clock.moment = verhaal.herinnering
    assert await wake(verhaal.context) == 1
    assert await wake(verhaal.context) == 0


async def test_a_row_that_is_due_for_nothing_is_put_right(verhaal: Verhaal) -> None:
    """A casus that was closed by hand in the database is not woken for again."""
    kenmerk = await verhaal.meld("e.smeets")
    async with verhaal.context.store.begin() as tx:
        record = await tx.casussen.get(kenmerk)
        assert record is not None
        await tx.casussen.save(replace(record, staat=CasusStaat.AFGESLOTEN))
        await tx.commit()
    await verhaal.wacht(tot=verhaal.termijn)
    assert (await verhaal.casus(kenmerk)).ends_at is None
    assert verhaal.lezers(OutboundKind.UITKOMST, OutboundKind.HERINNERING) == set()


async def test_another_term_in_the_configuration_moves_no_term_that_runs(
    verhaal: Verhaal,
) -> None:
    """What was promised to the desks stays due when it was."""
    await verhaal.meld("e.smeets")
    termijn = verhaal.termijn
    verhaal.verander(met_termijnen(verhaal.netwerk, antwoord=9, herinnering=8))
    await verhaal.wacht(tot=termijn)
    assert verhaal.lezers(OutboundKind.UITKOMST) == {"m.janssen"}


@pytest.mark.rule("D-6")
async def test_another_term_in_the_configuration_changes_no_day_that_was_named(
    verhaal: Verhaal,
) -> None:
    """Every later mail names the last day of the first one: the question that was held and is made
    again, the reminder, the clarification and the notice; the status then names none."""
    assert isinstance(verhaal.context.vault, FakeVault)
    for wie in ("j.hermans", "e.smeets", "m.janssen"):
        verhaal.context.vault.unusable[vingerafdruk_van(wie)] = LetterReason.SLEUTEL_VERLOPEN
    await verhaal.meld("e.smeets")
    verhaal.verander(met_termijnen(verhaal.netwerk, antwoord=9, herinnering=3))
    verhaal.context.vault.unusable.clear()
    await verhaal.wacht(minutes=15)
    await verhaal.antwoord("a.dossantos", "geen idee")
    await verhaal.wacht(tot=verhaal.herinnering)
    noemen = [b for b in verhaal.brieven() if b.kind is not OutboundKind.INTREKKING]
    assert {b.kind for b in noemen} == {
        OutboundKind.VERZOEK,
        OutboundKind.HERINNERING,
        OutboundKind.VERDUIDELIJKING,
        OutboundKind.STATUS,
        OutboundKind.KENNISGEVING,
    }
    for brief in noemen:
        named = "30 november 2026" in brief.text
        assert named is (brief.kind is not OutboundKind.STATUS)


async def test_a_kenmerk_that_is_due_and_gone_is_no_fault(
    verhaal: Verhaal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Purged by another process between the list and the reading."""
    due = [[Kenmerk("ZNW-2026-00099")], []]

    async def gone(*_: object) -> list[Kenmerk]:
        return due.pop(0)

    monkeypatch.setattr(wake_module, "_due", gone)
    assert await wake(verhaal.context) == 1
    assert await verhaal.alarmen() == set()
