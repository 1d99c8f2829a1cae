"""The loops of one process: they find their work, survive faults, and stop."""

from __future__ import annotations

import asyncio

import pytest

from broker.ports import NewInbound
from broker.service.take_in import Refusal, Refused, Taken
from broker.serving import Loops
from tests.fixtures.netwerk import spreker_van
from tests.fixtures.verhaal import BROKER_ADRES, Verhaal, formulier


def mail(verhaal: Verhaal, *, clear: bool = False) -> NewInbound:
    """A melding of Antares at the door."""
    sleutel = spreker_van(verhaal.netwerk, "e.smeets").medewerker.vingerafdruk
    armored = verhaal.pen.write(formulier().encode(), van=sleutel)
    return NewInbound(
        received=verhaal.clock.now(),
        channel="smtp",
        envelope_from="e.smeets@antares-wonen.example",
        recipient=BROKER_ADRES,
        message_id="<1@antares-wonen.example>",
        raw=b"Subject: x\r\n\r\n" + (b"hallo" if clear else armored),
    )


async def delivered(verhaal: Verhaal, loops: Loops, count: int) -> None:
    """Wait until that many mails went out."""
    async with asyncio.timeout(10):
        while len(verhaal.delivery.handed) < count:
            await loops.rest()


async def test_what_comes_in_is_opened_and_what_follows_goes_out(verhaal: Verhaal) -> None:
    """Woken by what came; whoever stops them loses nothing."""
    loops = Loops(verhaal.context, poll=0.01)
    loops.start()
    assert isinstance(await loops.receive(mail(verhaal)), Taken)
    assert await loops.receive(mail(verhaal, clear=True)) == Refused(Refusal.NIET_VERSLEUTELD)
    await delivered(verhaal, loops, 8)
    async with asyncio.timeout(10):
        await loops.rest()
    await loops.stop()
    assert len(await verhaal.casussen()) == 1


async def test_a_fault_is_told_and_the_loops_go_on(
    verhaal: Verhaal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database was away for a moment: the same loop does the work after it."""
    store = verhaal.context.store
    begin, faults, well = store.begin, [OSError(), OSError(), OSError()], asyncio.Event()

    def failing() -> object:
        if faults:
            raise faults.pop()
        well.set()
        return begin()

    monkeypatch.setattr(store, "begin", failing)
    loops = Loops(verhaal.context, poll=0.01)
    loops.start()
    async with asyncio.timeout(10):
        await well.wait()
    await loops.receive(mail(verhaal))
    await delivered(verhaal, loops, 8)
    await loops.stop()
    assert '"error": "OSError"' in verhaal.log.getvalue()


async def test_waking_lets_reminders_go_out(verhaal: Verhaal) -> None:
    """The clock wakes; the loop that delivers is told."""
    await verhaal.meld("e.smeets")
    loops = Loops(verhaal.context, poll=5.0)
    loops.start()
    await loops.rest()
    before = len(verhaal.delivery.handed)
    verhaal.clock.moment = verhaal.herinnering
    await loops.wake()
    await delivered(verhaal, loops, before + 6)
    await loops.stop()
