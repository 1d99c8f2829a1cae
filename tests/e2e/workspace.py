"""A workspace as an operator makes it, and its people, with mail programs of their own.

    config = workspace.configure("name", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    async with serving(config) as broker:
        await workspace.send(broker, MELDER, workspace.write(MELDER, FORM, subject="Melding"))
        posts = await mailroom.wait_for(FIRST_MAILS)
        mail = workspace.read(posts[0])

The people and their programs are those of the demo: they share no code with the broker.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from adapters.openpgp.keygen import EngineName, generate_key
from adapters.settings.pins import NewKey, pin_all
from adapters.settings.workspace import Changes, change_settings
from broker.demo.correspondence import Read, ciphertext_of, inner_entity, pgp_mime, quoted, read
from broker.demo.mailroom import Post, send
from broker.demo.people import GnuPGProgram, MailProgram, gnupg_person
from broker.demo.setting import Stage, set_stage
from broker.domain.partner import Medewerker, MedewerkerId
from tests.e2e.serve import Served, command
from tests.fixtures.databases import DatabaseUrls

KETENREGISSEUR = MedewerkerId("m.janssen")
DESKS = 6
FIRST_MAILS = DESKS + 2
"""A verzoek to each desk but the melder's, the status to the melder, and the notice to the
ketenregisseur."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """A folder made by the functions behind `broker init`, with a mail program for everybody."""

    folder: Path
    stage: Stage

    def configure(self, name: str, databases: DatabaseUrls, changes: Changes) -> Path:
        """Another broker.toml beside the first one: on these databases, on a port of its own."""
        path = self.folder / f"{name}.toml"
        path.write_text(
            change_settings(
                (self.folder / "broker.toml").read_text(encoding="utf-8"),
                {
                    ("database", "url"): databases.url,
                    ("database", "sleutels_url"): databases.keys_url,
                    ("smtp", "poort"): free_port(),
                    ("toezicht", "niveau"): "info",
                    **changes,
                },
            ),
            encoding="utf-8",
        )
        return path

    @property
    def address(self) -> str:
        """The broker's own address."""
        return self.stage.configuration.settings.address

    def person(self, id: MedewerkerId) -> Medewerker:
        """Who has that id."""
        found = self.stage.configuration.network.medewerker(id)
        assert found is not None
        return found[1]

    def reader(self, post: Post) -> Medewerker:
        """Whom a mail was sent to."""
        people = self.stage.configuration.network.medewerkers()
        return next(person for _, person in people if person.adres == post.to)

    def program(self, id: MedewerkerId) -> MailProgram:
        """The mail program of that person."""
        return self.stage.programs[id]

    def gnupg(self, id: MedewerkerId) -> GnuPGProgram:
        """The same, for who has a GnuPG home."""
        program = self.program(id)
        assert isinstance(program, GnuPGProgram)
        return program

    def read(self, post: Post) -> Read:
        """The mail as its reader sees it; his program insists on the broker's signature."""
        return read(post.raw, self.program(self.reader(post).id).open(ciphertext_of(post.raw)))

    def questions(self, posts: Sequence[Post]) -> dict[MedewerkerId, Post]:
        """The verzoeken among these mails, by who is asked."""
        return {
            self.reader(post).id: post
            for post in posts
            if self.read(post).subject.startswith("Verrijkingsverzoek")
        }

    def write(self, id: MedewerkerId, text: str, *, subject: str, reply_to: str = "") -> bytes:
        """A signed and encrypted mail of that person to the broker."""
        return self.mail(
            id,
            self.program(id).close(inner_entity(text)),
            subject=subject,
            reply_to=reply_to,
        )

    def mail(self, id: MedewerkerId, armored: bytes, *, subject: str, reply_to: str = "") -> bytes:
        """A PGP/MIME mail of that person around an OpenPGP message."""
        return pgp_mime(
            sender=self.person(id).adres,
            to=self.address,
            subject=subject,
            date=datetime.now(UTC),
            armored=armored,
            reply_to=reply_to,
        )

    async def send(self, broker: Served, id: MedewerkerId, raw: bytes) -> None:
        """Hand a mail of that person to the broker."""
        sender = self.person(id).adres
        await send(port=broker.port, sender=sender, to=self.address, raw=raw)

    async def reply(self, broker: Served, post: Post, words: str) -> None:
        """The reader of a mail replies with these words above the quoted mail."""
        mail = self.read(post)
        raw = self.write(
            self.reader(post).id,
            f"{words}\n\n{quoted(mail.text)}\n",
            subject=f"Re: {mail.subject}",
            reply_to=mail.message_id,
        )
        await self.send(broker, self.reader(post).id, raw)


async def make_workspace(folder: Path, *, gnupg: frozenset[MedewerkerId]) -> Workspace:
    """A new workspace; these people, besides those of the demo who have it, get GnuPG."""
    stage = await set_stage(folder, relay_port=free_port())
    settings = stage.configuration.settings
    for id in sorted(gnupg):
        found = stage.configuration.network.medewerker(id)
        assert found is not None
        key = generate_key(found[1].naam, found[1].adres, EngineName.GNUPG)
        new = NewKey(id, key.fingerprint, key.certificate)
        assert pin_all(settings.network_file, [new]) is None
        stage.programs[id] = gnupg_person(
            folder / "partners" / f"{id}-gnupg",
            secret_key=key.secret,
            fingerprint=key.fingerprint,
            broker=(await command("keys", "export", config=folder / "broker.toml")).out,
        )
    return Workspace(folder, stage)


def free_port() -> int:
    """A port on which nobody listens by now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
