"""The main job from beginning to end, as the demo tells it. It drives the production path.

The broker in it is the real one: its server, store, vault, delivery and loops. Only the people
are simulated, and the clock can be moved.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from broker.bootstrap import Running
from broker.demo.correspondence import (
    Read,
    ciphertext_of,
    inner_entity,
    pgp_mime,
    quoted,
    read,
)
from broker.demo.mailroom import Mailroom, Post, send
from broker.demo.people import MailProgram
from broker.demo.script import TURNS
from broker.domain.casus import CasusStaat
from broker.domain.partner import LoketId, Medewerker, MedewerkerId
from broker.ports import CasusRecord, OutboundStatus
from broker.service.context import Context

Tell = Callable[[str], None]


class DemoFailed(Exception):
    """The demo did not go as it should; the message says what was seen, in one sentence."""


@dataclass(slots=True)
class Refusal:
    """The melding was not taken: what the melder reads."""

    mail: Read


@dataclass(slots=True)
class MovedClock:
    """The machine's clock, with an offset that the demo moves forward."""

    base: Callable[[], datetime]
    offset: timedelta = timedelta()

    def now(self) -> datetime:
        """The moved moment, UTC."""
        return self.base() + self.offset

    def move_to(self, moment: datetime) -> None:
        """Go forward to a moment."""
        self.offset += max(moment - self.now(), timedelta())


@dataclass(slots=True)
class Ending:
    """What the demo ends with."""

    kenmerk: str
    uitkomst: Read
    values: dict[str, str]
    mails_sent: int


@dataclass(slots=True)
class Story:
    """The people, the broker, and how far the story is."""

    running: Running
    mailroom: Mailroom
    programs: dict[MedewerkerId, MailProgram]
    clock: MovedClock
    tell: Tell
    seen: int = 0
    asked_again: dict[LoketId, int] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        """The running broker."""
        return self.running.context

    async def play(self, form: str, melder: MedewerkerId) -> Ending | Refusal:
        """Everything: melding, verzoeken, antwoorden, reminder, term, uitkomst."""
        await self._report(form, melder)
        first = await self._settle()
        refusal = await self._refusal(first, melder)
        if refusal is not None:
            return refusal
        casus = await self._casus()
        self.tell(f"The broker takes it as {casus.kenmerk} and asks {len(casus.verzoeken)} desks")
        await self._converse(first)
        casus = await self._casus()
        if casus.staat is CasusStaat.IN_VERRIJKING and casus.remind_at is not None:
            await self._time_passes(casus.remind_at, "The clock moves on: a reminder")
            casus = await self._casus()
        if casus.staat is CasusStaat.IN_VERRIJKING and casus.ends_at is not None:
            await self._time_passes(casus.ends_at, "The clock moves on: the term is over")
        return await self._ending()

    async def _report(self, form: str, melder: MedewerkerId) -> None:
        person, loket = self._person(melder), self._loket(melder)
        self.tell(f"{person.naam} ({loket}) sends an encrypted melding to {self._broker_address()}")
        await self._write(person, subject="Melding zorgnetwerk", text=form)

    async def _write(
        self, person: Medewerker, *, subject: str, text: str, reply_to: str = ""
    ) -> None:
        program = self.programs[person.id]
        armored = await asyncio.to_thread(program.close, inner_entity(text))
        raw = pgp_mime(
            sender=person.adres,
            to=self._broker_address(),
            subject=subject,
            date=self.clock.now(),
            armored=armored,
            reply_to=reply_to,
        )
        self.mailroom.keep(f"van-{person.id}-{self.seen:02d}.eml", raw)
        await send(
            port=self.running.smtp_port,
            sender=person.adres,
            to=self._broker_address(),
            raw=raw,
        )

    async def _settle(self) -> list[Post]:
        """Wait until the broker has nothing more to do; the mails that came since the last time."""
        async with asyncio.timeout(30):
            while not await self.running.is_idle():
                await self.running.loops.rest()
        posts = self.mailroom.posts[self.seen :]
        self.seen = len(self.mailroom.posts)
        return posts

    async def _converse(self, posts: list[Post]) -> None:
        """People answer what they get, until nobody has anything more to say."""
        while posts:
            for post in posts:
                await self._answer(post)
            posts = await self._settle()

    async def _answer(self, post: Post) -> None:
        person = self._reader(post)
        loket = self._loket(person.id)
        turn = next((turn for turn in TURNS if turn.loket == loket), None)
        if turn is None:
            return
        mail = await self._read(post)
        if "antwoordcode" not in mail.text:
            return
        number = self.asked_again.get(loket, 0)
        if number >= len(turn.lines):
            self.tell(f"  {loket}: {person.naam} says nothing")
            return
        self.asked_again[loket] = number + 1
        line = turn.lines[number]
        said = line.splitlines()[0]
        self.tell(f"  {loket}: {person.naam} replies with {self.programs[person.id].name}: {said}")
        await self._write(
            person,
            subject=f"Re: {mail.subject}",
            text=f"{line}\n\n{quoted(mail.text)}\n",
            reply_to=mail.message_id,
        )

    async def _time_passes(self, moment: datetime, what: str) -> None:
        self.clock.move_to(moment)
        self.tell(f"{what} ({self.context.today():%d-%m-%Y})")
        await self.running.loops.wake()
        await self._converse(await self._settle())

    async def _refusal(self, posts: list[Post], melder: MedewerkerId) -> Refusal | None:
        async with self.context.store.begin() as tx:
            if await tx.casussen.list():
                return None
        for post in posts:
            if self._reader(post).id == melder:
                return Refusal(await self._read(post))
        raise DemoFailed("the melding was neither taken nor refused")

    async def _ending(self) -> Ending:
        casus = await self._casus()
        if casus.staat is not CasusStaat.VERRIJKT:
            raise DemoFailed(f"the casus stands at '{casus.staat}'")
        for post in reversed(self.mailroom.posts):
            mail = await self._read(post)
            if mail.attachment:
                regels = json.loads(mail.attachment)["regels"]
                async with self.context.store.begin() as tx:
                    sent = (await tx.outbox.counts()).get(OutboundStatus.VERZONDEN, 0)
                values = {regel["loket"]: regel["waarde"] for regel in regels}
                return Ending(casus.kenmerk, mail, values, sent)
        raise DemoFailed("no uitkomst came")

    async def _casus(self) -> CasusRecord:
        async with self.context.store.begin() as tx:
            return (await tx.casussen.list())[-1]

    async def _read(self, post: Post) -> Read:
        program = self.programs[self._reader(post).id]
        plaintext = await asyncio.to_thread(program.open, ciphertext_of(post.raw))
        return read(post.raw, plaintext)

    def _reader(self, post: Post) -> Medewerker:
        for _, person in self.context.netwerk.medewerkers():
            if person.adres == post.to:
                return person
        raise DemoFailed(f"nobody has the address {post.to}")

    def _person(self, id: MedewerkerId) -> Medewerker:
        found = self.context.netwerk.medewerker(id)
        if found is None:
            raise DemoFailed(f"{id} is not in the configuration")
        return found[1]

    def _loket(self, id: MedewerkerId) -> LoketId:
        found = self.context.netwerk.medewerker(id)
        if found is None:
            raise DemoFailed(f"{id} is not in the configuration")
        return found[0].id

    def _broker_address(self) -> str:
        return self.context.mailbox.address
