"""The process dies while it opens a message: who is suspected, who is put aside, who is not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from broker.ports import Done, InboundStatus, Opened, OutboundStatus, Unopened, Vault, Work
from broker.service.deliver import deliver
from broker.service.open_mail import open_mail
from broker.service.take_over import take_over
from tests.fixtures.fake_vault import FakeVault
from tests.fixtures.memory_store import MemoryStore
from tests.fixtures.netwerk import maak_netwerk
from tests.fixtures.verhaal import Verhaal, formulier, maak_verhaal


class Died(BaseException):
    """The process ended here: nothing after it was done, not even tidying up."""


@dataclass(slots=True)
class DeadlyVault:
    """The process dies of a message with the words `poison`; `struck`, of whatever it opens."""

    inner: Vault
    poison: bytes = b""
    struck: bool = False
    tried: int = 0

    async def open_message(self, message: bytes, *, now: datetime) -> Opened | Unopened:
        """Die, or open it."""
        self.tried += 1
        opened = await self.inner.open_message(message, now=now)
        deadly = self.poison and isinstance(opened, Opened) and self.poison in opened.plaintext
        if self.struck or deadly:
            raise Died
        return opened

    async def cross(self, work: Work) -> Done:
        """As the vault in it."""
        return await self.inner.cross(work)


@dataclass(slots=True)
class Lives:
    """One process after the other on the same store; each dies, or works until it has no work."""

    verhaal: Verhaal
    vault: DeadlyVault
    store: MemoryStore
    begun: int = 0

    async def live(self, *, minutes: int = 0) -> bool:
        """Start, take over, work, go on for so long, work again. False: it died."""
        self.begun += 1
        self.store = self.store.of(f"process-{self.begun}")
        self.verhaal.context = replace(
            self.verhaal.context, store=self.store, started=self.verhaal.clock.now()
        )
        try:
            await self._work()
            self.verhaal.clock.pass_time(minutes=minutes)
            await self._work()
        except Died:
            await self.store.close()
            return False
        await self.store.close()
        return True

    async def _work(self) -> None:
        await take_over(self.verhaal.context)
        while await open_mail(self.verhaal.context) + await deliver(self.verhaal.context):
            pass

    async def inbox(self) -> dict[InboundStatus, int]:
        """How many messages stand where, those in no status left out."""
        async with self.store.begin() as tx:
            counts = await tx.inbox.counts()
        return {status: count for status, count in counts.items() if count}


@pytest.fixture
def lives() -> Lives:
    """A network in which nothing happened yet."""
    netwerk = maak_netwerk()
    fake = FakeVault(pinned={m.vingerafdruk for _, m in netwerk.medewerkers()})
    vault, store = DeadlyVault(fake), MemoryStore()
    verhaal = maak_verhaal(netwerk, store=store, vault=vault, pen=fake)
    return Lives(verhaal, vault, store)


async def report(lives: Lives, *adressen: str) -> None:
    """A melding about somebody at each of these addresses."""
    for adres in adressen:
        await lives.verhaal.schrijf("j.hermans", formulier(Adres=adres), werk=False)


async def test_the_first_death_costs_no_time(lives: Lives) -> None:
    """The next process takes over at once, and the message is dealt with as if nothing happened."""
    await report(lives, "Dorpsstraat 1")
    lives.vault.struck = True
    assert not await lives.live()
    lives.vault.struck = False

    assert await lives.live()
    assert await lives.inbox() == {InboundStatus.VERWERKT: 1}
    async with lives.store.begin() as tx:
        assert (await tx.outbox.counts())[OutboundStatus.WACHT] == 0


async def test_a_message_that_kills_is_put_aside_after_three_deaths(lives: Lives) -> None:
    """Two in a row; then only a process that has lived for a minute tries it once more."""
    await report(lives, "Dodelaan 1")
    lives.vault.poison = b"Dodelaan"
    assert [await lives.live() for _ in range(2)] == [False, False]
    assert await lives.live()
    assert not await lives.live(minutes=1)

    assert await lives.live(minutes=1)
    assert lives.vault.tried == 3
    assert await lives.inbox() == {InboundStatus.QUARANTAINE: 1}
    assert "bericht-in-quarantaine" in await lives.verhaal.alarmen()


async def test_who_stands_beside_it_is_not_suspected(lives: Lives) -> None:
    """Messages before and behind the one that kills are dealt with before it is put aside."""
    await report(lives, "Dorpsstraat 1", "Dodelaan 1", "Dorpsstraat 2")
    lives.vault.poison = b"Dodelaan"
    assert [await lives.live() for _ in range(3)] == [False, False, True]

    assert await lives.inbox() == {InboundStatus.NIEUW: 1, InboundStatus.VERWERKT: 2}


async def test_a_crash_loop_with_another_cause_accuses_nobody(lives: Lives) -> None:
    """It dies again and again before it has lived for a minute: no message is put aside."""
    await report(lives, "Dorpsstraat 1", "Dorpsstraat 2")
    lives.vault.struck = True
    for _ in range(20):
        await lives.live()
    lives.vault.struck = False

    assert await lives.live(minutes=1)
    assert await lives.inbox() == {InboundStatus.VERWERKT: 2}
