"""Faults: nothing is lost, nothing stops the rest, and a person hears of what cannot go on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from broker.ports import (
    CasusKeys,
    Conflict,
    InboundStatus,
    OutboundKind,
    Store,
    Transaction,
    Withheld,
)
from broker.service.casus_reading import CasusGone, read_casus
from broker.service.check_register import check_register
from broker.service.open_mail import open_mail
from broker.service.overview import overview
from broker.service.starting_over import TRIES, start_over
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.memory_records import MemoryCasusKeys
from tests.fixtures.memory_store import MemoryStore
from tests.fixtures.verhaal import Verhaal, formulier
from tests.fixtures.verhalen import CANARIES


def vault(verhaal: Verhaal) -> FakeVault:
    assert isinstance(verhaal.context.vault, FakeVault)
    return verhaal.context.vault


@dataclass(slots=True)
class FailingStore:
    """A store of which the commits fail, as often as `faults` has exceptions to raise."""

    real: Store
    faults: list[Exception]

    @property
    def casus_keys(self) -> CasusKeys:
        return self.real.casus_keys

    @casus_keys.setter
    def casus_keys(self, _: CasusKeys) -> None:
        raise AttributeError

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        async with self.real.begin() as tx:
            commit = tx.commit

            async def failing() -> None:
                if self.faults:
                    raise self.faults.pop(0)
                await commit()

            tx.commit = failing  # type: ignore[method-assign]
            yield tx

    async def recover(self) -> int:
        return await self.real.recover()


async def statuses(verhaal: Verhaal) -> dict[InboundStatus, int]:
    async with verhaal.context.store.begin() as tx:
        return {status: n for status, n in (await tx.inbox.counts()).items() if n}


async def test_while_the_vault_is_down_nothing_is_lost_or_counted(verhaal: Verhaal) -> None:
    """However long it takes: no quarantine, and everything goes on when it is back."""
    vault(verhaal).is_down = True
    await verhaal.schrijf("e.smeets", formulier())
    for _ in range(6):
        await verhaal.wacht(minutes=2)
    assert await statuses(verhaal) == {InboundStatus.NIEUW: 1}
    assert await verhaal.alarmen() == {"bericht-wacht"}
    vault(verhaal).is_down = False
    await verhaal.wacht(minutes=2)
    assert len(await verhaal.casussen()) == 1
    assert await verhaal.alarmen() == set()


async def test_a_message_that_fells_the_worker_is_quarantined_and_others_go_on(
    verhaal: Verhaal,
) -> None:
    """Three times tried, then kept for a person to look at; it is not tried again."""
    vault(verhaal).fells_it.add(b"gifpil")
    await verhaal.schrijf("j.hermans", "gifpil", werk=False)
    await verhaal.meld("e.smeets")
    for _ in range(5):
        await verhaal.wacht(minutes=2)
    assert await statuses(verhaal) == {
        InboundStatus.VERWERKT: 1,
        InboundStatus.QUARANTAINE: 1,
    }
    assert "bericht-in-quarantaine" in await verhaal.alarmen()
    assert '"message.quarantined"' in verhaal.log.getvalue()


async def test_an_attempt_counts_for_the_one_message_that_was_tried(verhaal: Verhaal) -> None:
    """The process dies on the first of three: the other two were never tried."""
    for wie in ("e.smeets", "j.hermans", "a.dossantos"):
        await verhaal.schrijf(wie, formulier(), werk=False)

    class Killed(BaseException):
        pass

    async def die() -> None:
        raise Killed

    vault(verhaal).meanwhile.append(die)
    with pytest.raises(Killed):
        await open_mail(verhaal.context)
    assert [mail.attempts for mail in await verhaal.wachtend()] == [2, 1, 1]


async def test_a_fault_in_one_answer_stops_no_other(verhaal: Verhaal) -> None:
    """The key of its casus is gone: that answer alone ends in quarantine."""
    stuk = await verhaal.meld("e.smeets")
    vraag = verhaal.vragen("j.hermans")[0]
    goed = await verhaal.meld("o.kowalski", Naam="Iemand Anders")
    keys = verhaal.context.store.casus_keys
    assert isinstance(keys, MemoryCasusKeys)
    del keys._keys[(await verhaal.casus(stuk)).key_id]
    with pytest.raises(CasusGone, match=stuk):
        await read_casus(verhaal.context, stuk)
    await verhaal.antwoord("j.hermans", "BEKEND", op=vraag, werk=False)
    await verhaal.antwoord("a.dossantos", "BEKEND")
    for _ in range(3):
        await verhaal.wacht(minutes=2)
    assert (await verhaal.staten(goed))["incluzio"] == "beantwoord"
    assert (await statuses(verhaal))[InboundStatus.QUARANTAINE] == 1
    assert '"CasusGone"' in verhaal.log.getvalue()


async def test_a_race_that_is_lost_every_time_is_a_fault_and_no_loop(verhaal: Verhaal) -> None:
    """Bounded: the mail comes back when its lease ends, and the log says how often."""
    real = verhaal.context.store
    await verhaal.schrijf("e.smeets", formulier(), werk=False)
    store = FailingStore(real, [])
    verhaal.context = replace(verhaal.context, store=store)

    async def lose() -> None:
        store.faults.append(Conflict())
        vault(verhaal).meanwhile.append(lose)

    vault(verhaal).meanwhile.append(lose)
    assert await open_mail(verhaal.context) == 1
    assert verhaal.log.getvalue().count("conflict.retried") == TRIES
    vault(verhaal).meanwhile.clear()
    await verhaal.wacht(minutes=6)
    assert len(await verhaal.casussen()) == 1


async def test_starting_over_ends_after_a_number_of_tries(verhaal: Verhaal) -> None:
    """The last Conflict goes on to the caller."""
    tries = 0

    async def lose() -> None:
        nonlocal tries
        tries += 1
        raise Conflict

    with pytest.raises(Conflict):
        await start_over(verhaal.context, lose, what="test")
    assert tries == TRIES


async def test_a_mail_that_another_process_closed_meanwhile_is_left_alone(
    verhaal: Verhaal,
) -> None:
    """Its lease ended while it was worked on: done once, and no alarm that nobody can end."""
    store = verhaal.context.store
    assert isinstance(store, MemoryStore)

    async def ander_proces() -> None:
        verhaal.clock.pass_time(minutes=6)
        ander = replace(verhaal.context, store=store.of("process-2"))
        await open_mail(ander)

    await verhaal.schrijf("e.smeets", formulier(), werk=False)
    vault(verhaal).meanwhile.append(ander_proces)
    await verhaal.werk()
    assert len(await verhaal.casussen()) == 1
    assert len(verhaal.brieven("e.smeets", OutboundKind.STATUS)) == 1
    assert await verhaal.alarmen() == set()


@pytest.mark.rule("AVG-5.1c")
async def test_nothing_that_is_kept_or_sent_names_the_person(verhaal: Verhaal) -> None:
    """Every byte of database, log and mail, after every kind of message was made."""
    kenmerk = await verhaal.meld("w.vanderlinden")
    await verhaal.meld("e.smeets", Naam="Iemand Anders")
    vraag = next(b for b in verhaal.vragen("a.dossantos") if kenmerk in b.text)
    await verhaal.antwoord("a.dossantos", "vast wel, Zonnebloem van de Denkbeeldstraat", op=vraag)
    await verhaal.antwoord(
        "a.dossantos",
        "BEKEND\nHulpverlener: mevrouw A. de Wit\nSoort hulp: bemoeizorg",
        op=vraag,
    )
    await verhaal.schrijf("j.hermans", formulier(Meerderjarig="nee"))
    await verhaal.wacht(tot=verhaal.herinnering)
    await verhaal.antwoord("w.vanderlinden", "BEKEND\nArtikel: 8")
    await verhaal.wacht(tot=verhaal.termijn)
    kept = await verhaal.alles()
    assert len(verhaal.brieven()) > 25
    for woord in (*CANARIES, "Zevenslaper", "Iemand Anders", "de Wit", "bemoeizorg", "BEKEND"):
        assert woord.encode() not in kept, woord
        assert any(woord in brief.text for brief in verhaal.brieven()), woord


async def test_the_register_is_found_whole(verhaal: Verhaal) -> None:
    """Every message and answer with police data has its row, and no number is missing."""
    await verhaal.meld("w.vanderlinden")
    await verhaal.meld("e.smeets", Naam="Iemand Anders")
    await verhaal.antwoord("w.vanderlinden", "ONBEKEND")
    await verhaal.wacht(tot=verhaal.termijn)
    report = await check_register(verhaal.context.store)
    assert report.is_valid
    assert report.rows == 7


async def test_a_register_with_rows_missing_is_found_out(verhaal: Verhaal) -> None:
    """A row that was taken away: its message and its answer are named."""
    await verhaal.meld("w.vanderlinden")
    kenmerk = await verhaal.meld("e.smeets", Naam="Iemand Anders")
    await verhaal.antwoord("w.vanderlinden", "ONBEKEND")
    store = verhaal.context.store
    assert isinstance(store, MemoryStore)
    state = store._kept[0]
    for id in [next(iter(state.register)), [*state.register][-1]]:
        del state.register[id]
    report = await check_register(store)
    assert not report.is_valid
    assert report.gaps == (1,)
    assert len(report.missing) == 2
    assert f"{kenmerk}/politie" in report.missing


async def test_the_overview_counts_and_names_nobody(verhaal: Verhaal) -> None:
    """For the system manager: counts, ids and codes."""
    verhaal.delivery.results["j.hermans@woonwenz.example"] = Withheld("geen-tls")
    kenmerk = await verhaal.meld("e.smeets")
    seen = json.loads(json.dumps((await overview(verhaal.context.store)).as_dict()))
    assert seen["casussen"] == {"in verrijking": 1}
    assert seen["register"] == 0
    (held,) = seen["vastgehouden"]
    assert (held["kenmerk"], held["ontvanger"]) == (kenmerk, "j.hermans")
    (alarm,) = seen["alarmen"]
    assert alarm["code"] == "bericht-vastgehouden"
    assert not any(woord in str(seen) for woord in CANARIES)
