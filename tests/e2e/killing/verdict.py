"""What must be true after an ordeal, whenever it struck: seen from outside, and in the store.

Nothing here asks the broker which messages hold police data: that follows from who reported and
from what the police answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from adapters.database.store import DatabaseStore
from broker.domain.casus import CasusStaat
from broker.ports import InboundStatus, Outbound, OutboundId, OutboundStatus
from broker.service.check_register import check_register
from tests.e2e.killing.ordeal import Ordeal
from tests.e2e.killing.people import POLICE

_POLICE_DATA = {"bekend", "onbekend", "niet vast te stellen"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Judges one ordeal; each method asserts one promise."""

    ordeal: Ordeal
    store: DatabaseStore
    casussen: int

    async def nothing_was_lost(self) -> None:
        """Every acknowledged melding is one casus, every acknowledged answer is in its uitkomst."""
        people = self.ordeal.people
        assert len(people.meldingen) == self.casussen
        async with self.store.begin() as tx:
            casussen = await tx.casussen.list()
            inbox = await tx.inbox.counts()
        assert [casus.staat for casus in casussen] == [CasusStaat.VERRIJKT] * self.casussen
        assert people.uitkomsten.keys() == {casus.kenmerk for casus in casussen}
        persons = [name for names in people.persons.values() for name in names]
        assert sorted(persons) == sorted(people.meldingen)
        for (kenmerk, loket), value in people.answers.items():
            [uitkomst] = people.uitkomsten[kenmerk]
            assert uitkomst.values[loket] == value
        assert inbox == dict.fromkeys(InboundStatus, 0) | {
            InboundStatus.VERWERKT: self.casussen + len(people.answers)
        }
        assert self.ordeal.courier.acknowledged == self.casussen + len(people.answers)

    async def nothing_was_asked_twice(self) -> None:
        """One Message-ID for each question and uitkomst; a resend is the same bytes."""
        people, mailroom = self.ordeal.people, self.ordeal.mailroom
        async with self.store.begin() as tx:
            casussen = await tx.casussen.list()
            outbox = await tx.outbox.counts()
        asked = {(casus.kenmerk, v.loket): 1 for casus in casussen for v in casus.verzoeken}
        assert people.verzoeken == asked
        assert people.answers.keys() == asked.keys()
        for kenmerk, uitkomsten in people.uitkomsten.items():
            melder = self._melder(kenmerk)
            desks = {loket for of, loket in asked if of == kenmerk}
            # A melding of the police goes to no desk without a designation.
            closed = {melder} | ({"schuldhulpverlening"} if melder == POLICE else set())
            network = self.ordeal.stage.configuration.network
            assert desks == {loket.id for loket in network.loketten()} - closed
            assert len(uitkomsten) == 1
        assert mailroom.changed == []
        for status in (OutboundStatus.WACHT, OutboundStatus.VASTGEHOUDEN, OutboundStatus.MISLUKT):
            assert outbox[status] == 0

    async def every_disclosure_is_registered(self) -> int:
        """What went out with police data has its row. Says how many there were."""
        async with self.store.begin() as tx:
            rows = {row.id: row for row in await tx.register.list()}
        disclosed = 0
        for message_id, (person, kenmerk) in self.ordeal.people.about.items():
            if not self._is_police_data(message_id, person.loket, kenmerk):
                continue
            disclosed += 1
            message = await self._sent(message_id)
            assert message.police
            assert message.verstrekking is not None
            row = rows[message.verstrekking]
            assert (row.kenmerk, row.recipient) == (kenmerk, person.employee.id)
        assert (await check_register(self.store)).is_valid
        return disclosed

    async def nobody_need_look(self) -> None:
        """No alarm, no fault, nothing in quarantine, and no process left behind."""
        async with self.store.begin() as tx:
            assert await tx.alarms.open() == []
        logged = self.ordeal.process.logged
        assert [name for name in logged if name.startswith(("fault", "library"))] == []
        assert self.ordeal.process.strange == []
        assert self.ordeal.people.faults == []
        assert self.ordeal.last_exit == 0
        assert self.ordeal.orphans == frozenset()

    def _is_police_data(self, message_id: str, reader: str, kenmerk: str) -> bool:
        people = self.ordeal.people
        [uitkomst] = people.uitkomsten[kenmerk]
        if self._melder(kenmerk) == POLICE:
            # That the police report this person; the police themselves may know.
            return message_id in people.naming and reader != POLICE
        told = people.answers[kenmerk, POLICE] in _POLICE_DATA
        return message_id == uitkomst.message_id and told

    def _melder(self, kenmerk: str) -> str:
        [name] = self.ordeal.people.persons[kenmerk]
        return self.ordeal.people.meldingen[name]

    async def _sent(self, message_id: str) -> Outbound:
        id = OutboundId(message_id.strip("<>").partition("@")[0])
        async with self.store.begin() as tx:
            found = await tx.outbox.find(id)
        assert found is not None
        assert found.message_id == message_id
        return found
