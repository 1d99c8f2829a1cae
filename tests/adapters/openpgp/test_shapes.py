"""Mail as real programs make it, from the raw bytes to the text, through the real vault."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime

import pytest
import pytest_asyncio

from adapters.openpgp.keygen import EngineName
from adapters.openpgp.vault import ProcessVault
from tests.adapters.openpgp.real_mail import Read, in_layers, read_mail
from tests.fixtures.sleutels import Gpg, Sleutel, Sleutelbos, VaultFactory, versleutel
from tests.wire.mail_shapes import ARMOR, CONTROL, PGP, SHAPES, mail, multipart, signed, text

ANSWER = "Betrokkene is bij ons niet bekend, coördinator €.\n"
QUOTED = "> Is deze persoon bij u bekend?\n"
PLAIN = text(ANSWER)


@dataclass(frozen=True, slots=True)
class Desk:
    """One sender, what he seals, and the broker that reads it."""

    kluis: ProcessVault
    broker: Sleutel
    kees: Sleutel
    now: datetime

    def seal(self, entity: str | bytes) -> str:
        """Signed and encrypted in one message, armored."""
        content = entity if isinstance(entity, bytes) else entity.encode()
        return versleutel(content, aan=self.broker, van=self.kees).decode().strip()

    async def read(self, raw: bytes) -> Read | str:
        """What the broker makes of a mail."""
        return await read_mail(raw, self.kluis, now=self.now)

    async def text_of(self, raw: bytes) -> str:
        """The text of a mail of this sender. Fails if it is refused."""
        found = await self.read(raw)
        assert not isinstance(found, str), found
        assert found[0] == self.kees.vingerafdruk
        return found[1].text


@pytest_asyncio.fixture
async def desk(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, now: datetime
) -> AsyncIterator[Desk]:
    """Kees, whose key Sequoia made, and the broker with both engines."""
    kees = sleutelbos("Kees Jansen")
    async with vault(broker_sleutel, kees) as kluis:
        yield Desk(kluis, broker_sleutel, kees, now)


def pgp_mime(armor: str, *, headers: str = "") -> bytes:
    """The usual frame of RFC 3156."""
    payload = f"Content-Type: application/octet-stream\n\n{armor}\n"
    return mail(headers + multipart("encrypted", CONTROL, payload, boundary="pgp", parameters=PGP))


def attachment(name: str, content: str, media_type: str = "application/octet-stream") -> str:
    """A file as Outlook and Exchange attach it."""
    return (
        f'Content-Type: {media_type}; name="{name}"\n'
        f'Content-Disposition: attachment; filename="{name}"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(content.encode()).decode()}"
    )


@pytest.mark.parametrize("shape", SHAPES)
async def test_the_frame_of_every_program_is_looked_through(shape: str, desk: Desk) -> None:
    """mutt, Thunderbird, GpgOL, Apple Mail, Exchange, inline, Mailvelope: from mail to text."""
    frame = SHAPES[shape].decode().replace("\r\n", "\n")
    sealed = desk.seal(PLAIN)
    frame = frame.replace(ARMOR, sealed)
    frame = frame.replace(ARMOR.replace("\n", "<br>\n"), sealed.replace("\n", "<br>\n"))
    assert await desk.text_of(frame.replace("\n", "\r\n").encode()) == ANSWER


INSIDE: dict[str, tuple[str, str]] = {
    "thunderbird, protected subject": (
        (
            'Content-Type: multipart/mixed; boundary="----KJ"; protected-headers="v1"\n'
            "From: Kees Jansen <kees.jansen@sequoia.example>\n"
            "Subject: =?UTF-8?Q?Re=3A_Verrijkingsverzoek_ZNW-2026-00042?=\n\n"
            '------KJ\nContent-Type: multipart/mixed; boundary="----xQ"\n\n'
            "------xQ\nContent-Type: text/plain; charset=UTF-8; format=flowed\n"
            f"Content-Transfer-Encoding: base64\n\n{base64.b64encode(ANSWER.encode()).decode()}\n"
            '------xQ\nContent-Type: application/pgp-keys; name="OpenPGP_0x8C90.asc"\n'
            'Content-Disposition: attachment; filename="OpenPGP_0x8C90.asc"\n\nsleutel\n'
            "------xQ--\n------KJ--\n"
        ),
        ANSWER,
    ),
    "gpgol": (
        multipart(
            "mixed",
            multipart("alternative", PLAIN, text("<p>anders", subtype="html"), boundary="alt"),
            attachment("brief.pdf", "%PDF", "application/pdf"),
        ),
        ANSWER,
    ),
    "apple mail": (
        multipart(
            "alternative",
            "Content-Transfer-Encoding: quoted-printable\nContent-Type: text/plain;\n"
            "\tcharset=utf-8\n\n"
            "Betrokkene is bij ons niet bekend, co=C3=B6rdinator =E2=82=AC.=\n\n",
            multipart("related", text("<b>anders", subtype="html"), boundary="rel"),
        ),
        ANSWER,
    ),
    "proton, html with its key": (
        multipart(
            "mixed",
            multipart("mixed", text(f"<div>{ANSWER}</div>", subtype="html"), boundary="in"),
            "Content-Type: application/pgp-keys; filename=publickey.asc; name=publickey.asc\n"
            "Content-Disposition: attachment; filename=publickey.asc\n\nsleutel",
            parameters=";charset=utf-8",
        ),
        ANSWER.strip(),
    ),
    "proton, alternative": (
        multipart(
            "mixed",
            multipart("alternative", PLAIN, text("<p>anders", subtype="html"), boundary="in"),
            "Content-Type: application/pgp-keys\nContent-Disposition: attachment\n\nsleutel",
        ),
        ANSWER,
    ),
    "schleuder": (
        multipart(
            "mixed",
            text(
                "From: Kees <kees@sequoia.example>\nDate: nu\nSig: Good signature\nEnc: Encrypted"
            ),
            PLAIN,
        ),
        ANSWER,
    ),
    "8 bit": (
        f"Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{ANSWER}",
        ANSWER,
    ),
    "flowed": (
        "Content-Type: text/plain; format=flowed; charset=utf-8\n\nniet \nbekend\n",
        "niet bekend\n",
    ),
    "rfc 2231": (
        (
            'Content-Type: multipart/mixed; boundary*0=een; boundary*1="-twee"\n\n--een-twee\n'
            f"Content-Type: text/plain; charset*=us-ascii''utf-8\n\n{ANSWER}\n--een-twee--\n"
        ),
        ANSWER,
    ),
    "bare text": (ANSWER, ANSWER),
}


@pytest.mark.parametrize("program", INSIDE)
async def test_what_every_program_puts_inside_is_read(program: str, desk: Desk) -> None:
    """In one message and in layers the same text comes out; a key beside it is no text."""
    entity, expected = INSIDE[program]
    assert await desk.text_of(pgp_mime(desk.seal(entity))) == expected
    if program != "bare text":
        layered = versleutel(in_layers(entity, desk.kees), aan=desk.broker).decode()
        assert (await desk.text_of(pgp_mime(layered))).strip() == expected.strip()


async def test_the_protected_subject_is_the_one_that_counts(desk: Desk) -> None:
    """Outside stands '...'."""
    found = await desk.read(pgp_mime(desk.seal(INSIDE["thunderbird, protected subject"][0])))
    assert not isinstance(found, str)
    assert found[1].subject == "Re: Verrijkingsverzoek ZNW-2026-00042"


@pytest.mark.parametrize("charset", ["iso-8859-15", "windows-1252", "utf-8"])
@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable", "base64"])
async def test_each_charset_in_each_encoding_is_the_same_text(
    charset: str, encoding: str, desk: Desk
) -> None:
    """Inline PGP says its charset outside, PGP/MIME inside."""
    data = ANSWER.encode(charset)
    encoded = {
        "8bit": data,
        "base64": base64.encodebytes(data),
        "quoted-printable": b"".join(b"=%02X" % x if x > 126 else bytes((x,)) for x in data),
    }[encoding]
    head = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n"
    assert await desk.text_of(pgp_mime(desk.seal(head.encode() + encoded))) == ANSWER
    inline = mail(f"Content-Type: text/plain; charset={charset}\n\n{desk.seal(data)}\n")
    assert await desk.text_of(inline) == ANSWER


MANGLED: dict[str, Callable[[str], str]] = {
    "the message attached": lambda a: multipart(
        "mixed", text(""), attachment("openpgp-encrypted-message.asc", a)
    ),
    "without names": lambda a: multipart(
        "mixed", attachment("ATT00001", "Version: 1\n"), attachment("ATT00002", a)
    ),
    "GpgOL, the whole in one": lambda a: multipart(
        "mixed",
        text("\n"),
        attachment(
            "GpgOL_MIME_structure.txt",
            multipart(
                "encrypted",
                CONTROL,
                f"Content-Type: application/octet-stream\n\n{a}\n",
                boundary="in",
                parameters=PGP,
            ),
        ),
    ),
    "GpgOL, the message in one": lambda a: attachment("GpgOL_MIME_structure.txt", a, "text/plain"),
}


@pytest.mark.parametrize("mangled", MANGLED)
async def test_what_servers_and_outlook_make_of_it_is_read(mangled: str, desk: Desk) -> None:
    """Attachments instead of PGP/MIME: known by what is in them."""
    assert await desk.text_of(mail(MANGLED[mangled](desk.seal(PLAIN)))) == ANSWER


async def test_a_binary_message_in_a_dat_is_read(desk: Desk) -> None:
    """Outlook names a file that it does not know .dat."""
    sealed = versleutel(PLAIN.encode(), aan=desk.broker, van=desk.kees, armor=False)
    file = (
        'Content-Type: application/octet-stream; name="openpgp-encrypted-message.dat"\n'
        f"Content-Transfer-Encoding: base64\n\n{base64.encodebytes(sealed).decode()}"
    )
    assert await desk.text_of(mail(multipart("mixed", text(""), file))) == ANSWER


async def test_winmail_dat_is_refused_by_its_name(desk: Desk) -> None:
    """Outside and inside: the operator can tell the sender what to change in Outlook."""
    tnef = attachment("winmail.dat", "x\x9f>", "application/ms-tnef")
    assert await desk.read(mail(multipart("mixed", text("Zie bijlage"), tnef))) == "winmail-dat"
    assert await desk.read(pgp_mime(desk.seal(multipart("mixed", tnef)))) == "winmail-dat"


@pytest.mark.gnupg
@pytest.mark.parametrize("compression", ["none", "zip", "zlib", "bzip2"])
async def test_gpg_is_read_compressed_or_not_in_one_message_or_in_layers(
    compression: str,
    vault: VaultFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    now: datetime,
) -> None:
    """PGP/MIME, layers, and inline, by the gpg that mail programs call."""
    anna = sleutelbos("Anna Smit", EngineName.GNUPG)
    gpg.bezit(anna)
    content = PLAIN.replace("\n", "\r\n").encode()
    detached = ("--armor", "--textmode", "-u", anna.vingerafdruk, "--detach-sign")
    armor = gpg.run(*detached, invoer=content).decode()
    layers = signed(PLAIN, armor).encode()
    options = ("--armor", "--compress-algo", compression)
    async with vault(broker_sleutel, anna) as kluis:
        for entity, signers in ((content, (anna,)), (layers, ())):
            sealed = gpg.versleutel(entity, *options, aan=broker_sleutel, van=signers).decode()
            for raw in (pgp_mime(sealed), mail(f"Content-Type: text/plain\n\n{sealed}\n")):
                found = await read_mail(raw, kluis, now=now)
                assert not isinstance(found, str), found
                assert (found[0], found[1].text.replace("\r", "")) == (anna.vingerafdruk, ANSWER)
