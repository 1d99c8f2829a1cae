"""The melders, and the desks that answer each verzoek when they see it for the first time."""

from __future__ import annotations

import asyncio
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from broker.demo.correspondence import Read, ciphertext_of, inner_entity, pgp_mime, quoted, read
from tests.e2e.killing.post import Arrived, Courier
from tests.e2e.killing.stage import Person, Stage

_KENMERK = re.compile(r"ZNW-\d{4}-\d{5}")
_NAME = re.compile(r"Joris Verzonnen[a-j]{4}")
_WORDS = ("BEKEND", "ONBEKEND", "NIET VAST TE STELLEN", "NIET VERSTREKT")
POLICE = "politie"

MELDING = """\
Naam: {name}
Adres: Voorbeeldstraat {number}
Postcode: 5921 AB
Woonplaats: Venlo
Zonder vaste woonplaats: nee
Meerderjarig: ja
Doel: woonoverlast
Eigen inzet gedaan: ja
Toestemming: ja
Datum toestemming: 2026-07-01
Betrokkene geïnformeerd: ja
"""
POLICE_MELDING = """\
Naam: {name}
Adres: Voorbeeldstraat {number}
Postcode: 5921 AB
Woonplaats: Venlo
Zonder vaste woonplaats: nee
Meerderjarig: ja
Doel: woonoverlast
Eigen inzet gedaan: ja
Artikel: 8
"""
MELDERS = ("j.hermans", "w.vanderlinden", "y.elamrani", "a.dossantos")


def _name(number: int) -> str:
    """A name of letters alone, for each number another one."""
    letters = "".join(chr(ord("a") + int(digit)) for digit in f"{number:04d}")
    return f"Joris Verzonnen{letters}"


@dataclass(frozen=True, slots=True)
class Uitkomst:
    """An uitkomst as the ketenregisseur has it."""

    message_id: str
    values: Mapping[str, str]


@dataclass(slots=True)
class People:
    """Everybody outside the broker, and what they know at the end.

    `meldingen` (name to desk) and `answers` ((kenmerk, desk) to value) hold what was acknowledged.
    `verzoeken` counts the Message-IDs of each (kenmerk, desk). `about` says of every Message-ID
    whom it went to and about which casus, `naming` which of them name a person, and `persons`
    which names stood in the mails of a casus.
    """

    stage: Stage
    courier: Courier
    chance: random.Random
    meldingen: dict[str, str] = field(default_factory=dict)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    verzoeken: Counter[tuple[str, str]] = field(default_factory=Counter)
    uitkomsten: dict[str, list[Uitkomst]] = field(default_factory=dict)
    about: dict[str, tuple[Person, str]] = field(default_factory=dict)
    naming: set[str] = field(default_factory=set)
    persons: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    faults: list[str] = field(default_factory=list)
    done: asyncio.Condition = field(default_factory=asyncio.Condition)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def report(self, number: int) -> None:
        """Begin to send the melding with this number."""
        melder = self.stage.person(MELDERS[number % len(MELDERS)])
        police = melder.loket == POLICE
        name = _name(number)
        form = (POLICE_MELDING if police else MELDING).format(name=name, number=number + 1)
        self._begin(self._report(melder, name, form))

    def arrived(self, mail: Arrived) -> None:
        """Read a mail that was not there before, and answer it if it asks something."""
        self._begin(self._read(mail))

    async def satisfied(self, casussen: int) -> None:
        """Wait until so many casussen have their uitkomst, and nobody waits for a 250."""
        async with self.done:
            await self.done.wait_for(lambda: len(self.uitkomsten) >= casussen)
        await asyncio.gather(*self._tasks)

    def _begin(self, work: asyncio._CoroutineLike[None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.faults.append(repr(task.exception()))

    async def _report(self, melder: Person, name: str, form: str) -> None:
        await self._send(melder, subject="Melding zorgnetwerk", text=form)
        self.meldingen[name] = melder.loket

    async def _read(self, mail: Arrived) -> None:
        person = self.stage.people[mail.to]
        found = read(mail.raw, person.program.open(ciphertext_of(mail.raw)))
        [kenmerk] = set(_KENMERK.findall(found.subject + found.text))
        self.about[mail.message_id] = person, kenmerk
        if names := _NAME.findall(found.text):
            self.naming.add(mail.message_id)
            self.persons[kenmerk].update(names)
        if "antwoordcode" in found.text:
            self.verzoeken[kenmerk, person.loket] += 1
            await self._answer(person, kenmerk, found)
        elif found.attachment:
            content = json.loads(found.attachment)
            values = {regel["loket"]: regel["waarde"] for regel in content["regels"]}
            uitkomst = Uitkomst(mail.message_id, values)
            async with self.done:
                self.uitkomsten.setdefault(kenmerk, []).append(uitkomst)
                self.done.notify_all()

    async def _answer(self, person: Person, kenmerk: str, verzoek: Read) -> None:
        word = self.chance.choice(_WORDS)
        article = "\nArtikel: 8" if person.loket == POLICE and word == "BEKEND" else ""
        await self._send(
            person,
            subject=f"Re: {verzoek.subject}",
            text=f"{word}{article}\n\n{quoted(verzoek.text)}\n",
            reply_to=verzoek.message_id,
        )
        self.answers[kenmerk, person.loket] = word.lower()

    async def _send(self, person: Person, *, subject: str, text: str, reply_to: str = "") -> None:
        broker = self.stage.configuration.settings.address
        mail = pgp_mime(
            sender=person.employee.adres,
            to=broker,
            subject=subject,
            date=datetime.now(UTC),
            armored=person.program.close(inner_entity(text)),
            reply_to=reply_to,
        )
        await self.courier.hand_over(sender=person.employee.adres, to=broker, mail=mail)
