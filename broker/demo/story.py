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
from broker.demo.script import GOOD_CONCEPT, SHOWN, TURNS
from broker.demo.telling import Telling
from broker.domain.casus import CasusStaat
from broker.domain.partner import Loket, Medewerker, MedewerkerId
from broker.ports import CasusRecord, OutboundStatus
from broker.service.context import Context

_SECONDS = 30
_SHOWN_LINES = 14


class DemoFailed(Exception):
    """The demo did not go as it should; the message says what was seen, in one sentence."""


@dataclass(slots=True)
class Checked:
    """Nothing was started: what the melder reads. `refused` is False for a concept that is good."""

    mail: Read
    refused: bool
    mails_sent: int


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
    telling: Telling
    seen: int = 0
    replies: dict[str, int] = field(default_factory=dict)

    @property
    def context(self) -> Context:
        """The running broker."""
        return self.running.context

    async def play(self, form: str, melder: MedewerkerId) -> Ending | Checked:
        """Everything: melding, verzoeken, antwoorden, reminder, term, uitkomst.

        Raises DemoFailed, and what a mail program or the network raises.
        """
        await self._report(form, melder)
        first = await self._settle()
        checked = await self._checked(first, melder)
        if checked is not None:
            return checked
        await self._ask(first)
        self.telling.chapter("3. People press Reply")
        await self._converse(first)
        await self._wait()
        return await self._ending()

    async def _report(self, form: str, melder: MedewerkerId) -> None:
        loket, person = self._known(melder)
        tell = self.telling
        tell.chapter("1. A melding")
        tell.say(
            f"{person.naam} of {loket.naam} is worried about somebody whom her own organisation"
            " cannot help alone, and fills in the form:"
        )
        tell.show(form)
        raw = await self._write(person, subject="Melding", text=form)
        lines = [line for line in raw.decode("ascii").splitlines() if line.strip()]
        begin = next(n for n, line in enumerate(lines) if "BEGIN PGP MESSAGE" in line)
        tell.say(
            f"The mail program ({self.programs[melder].name}) signs it and encrypts it to the"
            " broker. This is all that travels:"
        )
        headers = [line for line in lines if line.startswith(("From:", "To:", "Subject:"))]
        tell.show("\n".join([*headers, *lines[begin : begin + 3], "…"]))

    async def _ask(self, posts: list[Post]) -> None:
        casus = await self._casus()
        tell = self.telling
        tell.chapter(f"2. The broker asks {len(casus.verzoeken)} desks")
        tell.say(
            "It opened the melding, knows by the pinned key who signed it, and judged it by the"
            f" covenant: allowed. It is casus {casus.kenmerk} now. Leaving the broker, each signed"
            " and encrypted to its one reader:"
        )
        tell.line("")
        shown: tuple[Medewerker, Read] | None = None
        for post in posts:
            loket, person = self._reader(post)
            mail = await self._read(post)
            asked = "antwoordcode" in mail.text
            tell.item(loket.naam if asked else person.naam, mail.subject)
            if asked and (shown is None or loket.id == SHOWN):
                shown = person, mail
        if shown is None:
            raise DemoFailed("nobody was asked anything")
        person, mail = shown
        tell.line("")
        tell.say(f"What {person.naam} reads, opened with {self.programs[person.id].name}:")
        tell.show("\n".join(mail.text.splitlines()[:_SHOWN_LINES]) + "\n…")
        tell.say(
            "The question is whether this person is known there. They can answer: known, unknown,"
            " cannot tell, or not disclosed. Not in it: who reported this person, why, and what"
            " others say. The melder hears only that it is being handled."
        )

    async def _write(
        self, person: Medewerker, *, subject: str, text: str, reply_to: str = ""
    ) -> bytes:
        program = self.programs[person.id]
        armored = await asyncio.to_thread(program.close, inner_entity(text))
        address = self.context.mailbox.address
        raw = pgp_mime(
            sender=person.adres,
            to=address,
            subject=subject,
            date=self.clock.now(),
            armored=armored,
            reply_to=reply_to,
        )
        self.mailroom.keep(f"van-{person.adres}", raw)
        await send(port=self.running.smtp_port, sender=person.adres, to=address, raw=raw)
        return raw

    async def _settle(self) -> list[Post]:
        """Wait until the broker has nothing more to do; the mails that came since the last time."""
        try:
            async with asyncio.timeout(_SECONDS):
                while not await self.running.is_idle():
                    await self.running.loops.rest()
        except TimeoutError:
            raise DemoFailed(f"the broker was not done after {_SECONDS} seconds") from None
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
        loket, person = self._reader(post)
        mail = await self._read(post)
        if "antwoordcode" not in mail.text:
            return
        number = self.replies.get(loket.id, 0)
        if number and "Bedankt voor uw antwoord" in mail.text:
            self.telling.item(loket.naam, "(not clear: the broker never guesses, and asks again)")
        lines = next((turn.lines for turn in TURNS if turn.loket == loket.id), ())
        if number >= len(lines):
            self.telling.item(loket.naam, f"(silence of {person.naam})")
            return
        self.replies[loket.id] = number + 1
        await self._write(
            person,
            subject=f"Re: {mail.subject}",
            text=f"{lines[number]}\n\n{quoted(mail.text)}\n",
            reply_to=mail.message_id,
        )
        said = " / ".join(
            line for line in lines[number].split("\n\nMet vriendelijke")[0].split("\n") if line
        )
        self.telling.item(loket.naam, f"“{said}”  [{self.programs[person.id].name}]")

    async def _wait(self) -> None:
        """The clock moves to the reminder and to the end of the term, while answers are awaited."""
        casus = await self._casus()
        tell = self.telling
        if casus.staat is not CasusStaat.IN_VERRIJKING:
            return
        tell.chapter("4. Days go by, on a clock that the demo moves")
        if casus.remind_at is not None:
            await self._move_to(casus.remind_at)
            tell.say(f"{self.context.today():%d-%m-%Y}: who did not answer is reminded.")
            await self._converse(await self._settle())
            casus = await self._casus()
        if casus.staat is CasusStaat.IN_VERRIJKING and casus.ends_at is not None:
            await self._move_to(casus.ends_at)
            tell.say(
                f"{self.context.today():%d-%m-%Y}: the term is over. Silence becomes 'geen"
                " reactie', never 'onbekend'."
            )
            await self._converse(await self._settle())

    async def _move_to(self, moment: datetime) -> None:
        self.clock.move_to(moment)
        await self.running.loops.wake()

    async def _checked(self, posts: list[Post], melder: MedewerkerId) -> Checked | None:
        async with self.context.store.begin() as tx:
            if await tx.casussen.list():
                return None
            sent = (await tx.outbox.counts()).get(OutboundStatus.VERZONDEN, 0)
        for post in posts:
            if self._reader(post)[1].id == melder:
                mail = await self._read(post)
                return Checked(mail, refused=GOOD_CONCEPT not in mail.text, mails_sent=sent)
        raise DemoFailed("the melding was neither taken nor answered")

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
        program = self.programs[self._reader(post)[1].id]
        plaintext = await asyncio.to_thread(program.open, ciphertext_of(post.raw))
        return read(post.raw, plaintext)

    def _reader(self, post: Post) -> tuple[Loket, Medewerker]:
        for loket, person in self.context.netwerk.medewerkers():
            if person.adres == post.to:
                return loket, person
        raise DemoFailed(f"nobody has the address {post.to}")

    def _known(self, id: MedewerkerId) -> tuple[Loket, Medewerker]:
        found = self.context.netwerk.medewerker(id)
        if found is None:
            raise DemoFailed(f"{id} is not in the configuration")
        return found
