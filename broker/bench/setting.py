"""What stands before the bench begins: a workspace, keys for everybody, and sealed meldingen."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pysequoia

from adapters.database.migrate import prepare
from adapters.openpgp.facts import inspect_certificate
from adapters.openpgp.keygen import EngineName, generate_key, make_master_keys, write_secret
from adapters.settings.faults import Fault, Faults, render
from adapters.settings.load import Configuration, load
from adapters.settings.pins import NewKey, pin_all
from adapters.settings.workspace import write_workspace
from broker.bench.outside import Taken
from broker.domain.partner import Medewerker, MedewerkerId, Soort
from broker.wire.mime_out import AutoSubmitted, Mailbox, make_content, make_mail

_FORM = """\
Naam: {name} Verzonnen
Adres: Voorbeeldstraat {number}
Postcode: 5921 AB
Woonplaats: Venlo
Zonder vaste woonplaats: nee
Meerderjarig: ja
Doel: woonoverlast
Reden van melding: Al maanden klachten van buren over geluid in de nacht.
 De huismeester krijgt geen contact.
Eigen inzet gedaan: ja
Toestemming: ja
Datum toestemming: {today}
Betrokkene geïnformeerd: ja
"""


class StageNotSet(Exception):
    """The bench's own workspace is not right; says why in one sentence."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """Every secret key of the bench, the broker's included: the floor does what the worker does."""

    broker: pysequoia.Tsk = field(repr=False)
    people: Mapping[str, pysequoia.Tsk] = field(repr=False)
    """By mail address."""

    def letter(self, mail: Taken) -> bytes:
        """What the broker sealed in a mail. Raises what pysequoia raises."""
        message = message_from_bytes(mail.raw, policy=policy.SMTP)
        armored = list(message.iter_parts())[1].get_content()
        certificate = self.broker.extract_certificate()
        opened = pysequoia.decrypt(
            armored if isinstance(armored, bytes) else str(armored).encode(),
            decryptor=self.people[mail.recipient].decryptor(),
            store=lambda _: [certificate],
        )
        if opened.bytes is None:
            raise StageNotSet("a mail of the broker holds nothing")
        return opened.bytes


@dataclass(frozen=True, slots=True)
class Sealed:
    """A melding as it is sent: the mail, and the OpenPGP message in it."""

    raw: bytes = field(repr=False)
    message: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stage:
    """Everything that stands before the first mail."""

    configuration: Configuration
    keyring: Keyring
    melder: Medewerker

    def melding(self, number: int) -> Sealed:
        """A melding of a woningcorporatie about another invented person for every number."""
        now = datetime.now(UTC)
        today = self.configuration.network.kalender.dag(now)
        sender = Mailbox(self.melder.naam, self.melder.adres)
        broker = Mailbox("", self.configuration.settings.address)
        identity = f"<melding-{number}@{self.melder.adres.rpartition('@')[2]}>"
        content = make_content(
            subject="Melding zorgnetwerk",
            text=_FORM.format(name=_name(number), number=number, today=today.isoformat()),
            sender=sender,
            recipient=broker,
            date=now,
            message_id=identity,
        )
        message = pysequoia.encrypt(
            content,
            recipients=[self.keyring.broker.extract_certificate()],
            signer=self.keyring.people[self.melder.adres].signer(),
        )
        raw = make_mail(
            sender=sender,
            recipient=broker,
            reply_to=None,
            subject="Melding zorgnetwerk",
            date=now,
            message_id=identity,
            encrypted=message,
            auto_submitted=AutoSubmitted.GENERATED,
        )
        # What a machine sent of its own accord would be refused; a person wrote this.
        by_hand = raw.replace(f"Auto-Submitted: {AutoSubmitted.GENERATED}\r\n".encode(), b"", 1)
        return Sealed(by_hand, message)


async def set_stage(folder: Path, *, relay_port: int) -> Stage:
    """Make the workspace in an empty folder. Raises StageNotSet, KeyNotMade, OSError."""
    written = write_workspace(
        folder,
        changes={
            ("smtp", "host"): "127.0.0.1",
            ("smtp", "poort"): _free_port(),
            ("smtp", "tls"): "geen",
            ("smtp", "tls_certificaat"): None,
            ("smtp", "tls_sleutel"): None,
            ("bezorging", "relay", "host"): "127.0.0.1",
            ("bezorging", "relay", "poort"): relay_port,
            ("bezorging", "relay", "tls"): "geen",
        },
    )
    if isinstance(written, Fault):
        raise StageNotSet(render((written,)))
    shipped = _load(written.broker_file, keys_made=False)
    broker = generate_key("Verrijkingsbroker", shipped.settings.address, EngineName.SEQUOIA)
    write_secret(shipped.settings.keys.broker, broker.secret)
    make_master_keys(shipped.settings.keys.master)
    wanted: list[tuple[MedewerkerId | None, str, str]] = [
        (person.id, person.naam, person.adres) for _, person in shipped.network.medewerkers()
    ]
    wanted.append((None, "Register van de politie", "register@politie.example"))
    keys = [(id, at, generate_key(name, at, EngineName.SEQUOIA)) for id, name, at in wanted]
    fault = pin_all(
        written.network_file, [NewKey(id, key.fingerprint, key.certificate) for id, _, key in keys]
    )
    if fault is not None:
        raise StageNotSet(render((fault,)))
    configuration = _load(written.broker_file)
    database = configuration.settings.database
    await prepare(url=database.url, keys_url=database.keys_url)
    return Stage(
        configuration,
        Keyring(
            pysequoia.Tsk.from_bytes(broker.secret),
            {address: pysequoia.Tsk.from_bytes(key.secret) for _, address, key in keys},
        ),
        _melder(configuration),
    )


def _name(number: int) -> str:
    """Another first name for every number: a name has no digits."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number)).capitalize()


def _melder(configuration: Configuration) -> Medewerker:
    """The first employee of a woningcorporatie: then six of the seven desks are asked."""
    for partner in configuration.network.partners:
        if partner.soort is Soort.WONINGCORPORATIE:
            return partner.loketten[0].medewerkers[0]
    raise StageNotSet("the shipped network has no woningcorporatie")


def _load(path: Path, *, keys_made: bool = True) -> Configuration:
    result = load(
        path, now=datetime.now(UTC), inspect_certificate=inspect_certificate, keys_made=keys_made
    )
    if isinstance(result, Faults):
        raise StageNotSet(render(result.faults))
    return result


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
