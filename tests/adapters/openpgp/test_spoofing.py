"""Every way that we know to make the broker take a mail for somebody else's, or for whole.

`make test ARGS="-s tests/adapters/openpgp/test_spoofing.py"` prints the count.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from pysequoia import ArmorKind, SignatureMode, Tsk, armor, sign

from adapters.openpgp.keygen import EngineName
from adapters.openpgp.packets import LITERAL, frame
from tests.adapters.openpgp.real_mail import in_layers, read_mail
from tests.fixtures.sleutels import Gpg, Sleutel, Sleutelbos, VaultFactory, versleutel
from tests.wire.mail_shapes import CONTROL, PGP, mail, multipart, text

WORDS = "Onbekend, zegt Anna.\n"
PLAIN = text(WORDS)
FROM_INSIDE = "From: Anna Smit <anna.smit@gnupg.example>\n"


def pgp_mime(sealed: bytes, *beside: str, headers: str = "") -> bytes:
    """A mail around a message, with what else stands in it."""
    armored = sealed if sealed.startswith(b"-----") else _armored(sealed)
    payload = f"Content-Type: application/octet-stream\n\n{armored.decode()}\n"
    entity = multipart("encrypted", CONTROL, payload, boundary="pgp", parameters=PGP)
    return mail(
        headers + (multipart("mixed", entity, *beside, boundary="om") if beside else entity)
    )


def _armored(packets: bytes) -> bytes:
    return armor(packets, ArmorKind.Message).encode()


class People:
    """Anna and Kees, whose keys are pinned, somebody whose key is not, and the broker."""

    def __init__(self, broker: Sleutel, keys: Sleutelbos, gpg: Gpg, now: datetime) -> None:
        self.broker, self.gpg, self.now = broker, gpg, now
        self.anna = keys("Anna Smit", EngineName.GNUPG)
        self.kees = keys("Kees Jansen")
        self.vreemde = keys("Vreemde Vogel")
        gpg.bezit(self.anna)

    def sealed(self, entity: str | bytes = PLAIN, *, van: Sleutel | None = None) -> bytes:
        """One message to the broker by Sequoia."""
        content = entity if isinstance(entity, bytes) else entity.encode()
        return versleutel(content, aan=self.broker, van=van)

    def by_gpg(self, *options: str, van: tuple[Sleutel, ...]) -> bytes:
        """One message to the broker by gpg."""
        content = PLAIN.encode()
        return self.gpg.versleutel(content, "-z", "0", *options, aan=self.broker, van=van)

    def packed(self, packets: bytes) -> bytes:
        """These packets in an encrypted container."""
        return self.gpg.verpak(packets, aan=self.broker)

    def signed_packets(self) -> bytes:
        """A message that Anna signed and did not encrypt."""
        return self.gpg.onderteken(PLAIN.encode(), self.anna)

    def layers(self, *signers: Sleutel, entity: str = PLAIN) -> bytes:
        """A multipart/signed."""
        return in_layers(entity, *signers)


LITERAL_PACKET = frame(LITERAL, b"b\0\0\0\0\0" + PLAIN.replace("Onbekend", "Bekend").encode())


def _cleartext_signed(p: People) -> bytes:
    signer = Tsk.from_bytes(p.anna.geheim).signer()
    return sign(signer, WORDS.encode(), mode=SignatureMode.CLEAR)


def _nested(p: People) -> bytes:
    inner = p.sealed(van=p.anna).decode()
    payload = f"Content-Type: application/octet-stream\n\n{inner}\n"
    return multipart("encrypted", CONTROL, payload, boundary="in", parameters=PGP).encode()


def _flipped(p: People) -> bytes:
    good = bytearray(versleutel(PLAIN.encode(), aan=p.broker, van=p.anna, armor=False))
    good[-40] ^= 1
    return bytes(good)


def _doubled(p: People, inside: str) -> bytes:
    return p.sealed(f"{inside}{PLAIN}", van=p.anna)


def _sender(value: str) -> str:
    return f"From: {value}\n"


Made = Callable[[People], bytes]
CLASSES: dict[str, tuple[Made, set[str]]] = {
    # Who speaks
    "nobody signed": (lambda p: pgp_mime(p.sealed()), {"niet-ondertekend"}),
    "a stranger signed": (
        lambda p: pgp_mime(p.sealed(van=p.vreemde)),
        {"onbekende-ondertekenaar"},
    ),
    "a stranger signed in layers": (
        lambda p: pgp_mime(p.sealed(p.layers(p.vreemde))),
        {"onbekende-ondertekenaar"},
    ),
    "two signed": (lambda p: pgp_mime(p.by_gpg(van=(p.anna, p.vreemde))), {"meer-handtekeningen"}),
    "two signed in layers": (
        lambda p: pgp_mime(p.sealed(p.layers(p.anna, p.kees))),
        {"meer-handtekeningen", "handtekening-ongeldig"},
    ),
    "one signed around what another signed": (
        lambda p: pgp_mime(p.sealed(p.layers(p.anna), van=p.kees)),
        {"gelaagd"},
    ),
    "two From headers outside": (
        lambda p: (
            _sender("Kees <kees.jansen@sequoia.example>").encode() + pgp_mime(p.sealed(van=p.anna))
        ),
        {"dubbele-afzender"},
    ),
    "two From headers inside": (
        lambda p: pgp_mime(_doubled(p, FROM_INSIDE * 2)),
        {"dubbele-afzender"},
    ),
    "two From headers inside layers": (
        lambda p: pgp_mime(p.sealed(p.layers(p.anna, entity=FROM_INSIDE * 2 + PLAIN))),
        {"dubbele-afzender"},
    ),
    "several addresses in the From": (
        lambda p: _replaced_sender(p, "a@wonen.example, b@wonen.example"),
        {"meer-afzenders"},
    ),
    "several addresses in the From inside": (
        lambda p: pgp_mime(_doubled(p, _sender("a@wonen.example, b@wonen.example"))),
        {"meer-afzenders"},
    ),
    "a name that shows another address": (
        lambda p: _replaced_sender(p, '"kees.jansen@sequoia.example" <anna.smit@gnupg.example>'),
        {"misleidende-afzender"},
    ),
    "an encoded name that shows another address": (
        lambda p: _replaced_sender(p, "=?utf-8?q?kees=40sequoia.example?= <a@gnupg.example>"),
        {"misleidende-afzender"},
    ),
    # What was signed
    "a signed part beside an unsigned text": (
        lambda p: pgp_mime(
            p.sealed(multipart("mixed", p.layers(p.anna).decode(), text("Bekend"), boundary="om"))
        ),
        {"deels-ondertekend"},
    ),
    "a signed part behind an unsigned text": (
        lambda p: pgp_mime(
            p.sealed(multipart("mixed", text("Bekend"), p.layers(p.anna).decode(), boundary="om"))
        ),
        {"deels-ondertekend"},
    ),
    "a third part in a multipart/signed": (
        lambda p: pgp_mime(
            p.sealed(
                p.layers(p.anna).replace(
                    b"\r\n--buiten--", b"\r\n--buiten\r\n\r\nBekend\r\n--buiten--"
                )
            )
        ),
        {"deels-ondertekend"},
    ),
    "other words under a signature in layers": (
        lambda p: pgp_mime(p.sealed(p.layers(p.anna).replace(b"Onbekend", b"Bekend"))),
        {"handtekening-ongeldig"},
    ),
    "other headers under a signature in layers": (
        lambda p: pgp_mime(p.sealed(p.layers(p.anna).replace(b"text/plain", b"text/html"))),
        {"handtekening-ongeldig"},
    ),
    "a detached signature outside": (
        lambda p: mail(multipart("mixed", p.layers(p.anna).decode().replace("\r\n", "\n"))),
        {"geen-versleuteld-deel"},
    ),
    "cleartext-signed inside the encryption": (
        lambda p: pgp_mime(p.sealed(_cleartext_signed(p))),
        {"niet-ondertekend"},
    ),
    "cleartext-signed inside what another signed": (
        lambda p: pgp_mime(p.sealed(_cleartext_signed(p), van=p.kees)),
        {"gelaagd"},
    ),
    "encrypted once more inside": (
        lambda p: pgp_mime(p.sealed(_nested(p))),
        {"niet-ondertekend"},
    ),
    "encrypted once more inside what another signed": (
        lambda p: pgp_mime(p.sealed(_nested(p), van=p.kees)),
        {"gelaagd"},
    ),
    "a text before what was signed": (
        lambda p: pgp_mime(p.packed(LITERAL_PACKET + p.signed_packets())),
        {"beschadigd"},
    ),
    "a text behind what was signed": (
        lambda p: pgp_mime(p.packed(p.signed_packets() + LITERAL_PACKET)),
        {"beschadigd"},
    ),
    "two texts and no signature": (
        lambda p: pgp_mime(p.packed(LITERAL_PACKET * 2)),
        {"beschadigd"},
    ),
    "two signed messages in one": (
        lambda p: pgp_mime(p.packed(p.signed_packets() * 2)),
        {"beschadigd"},
    ),
    # What stands beside it
    "a text beside the encryption": (
        lambda p: pgp_mime(p.sealed(van=p.anna), text("Bekend")),
        {"tekst-naast-versleuteld"},
    ),
    "a text above inline PGP": (
        lambda p: mail(text("Bekend\n\n" + p.sealed(van=p.anna).decode())),
        {"tekst-naast-versleuteld"},
    ),
    "two encrypted messages": (
        lambda p: mail(text(p.sealed(van=p.anna).decode() + p.sealed(van=p.kees).decode())),
        {"meer-versleutelde-delen"},
    ),
    "not encrypted": (lambda p: mail(PLAIN), {"geen-versleuteld-deel"}),
    "signed and not encrypted": (
        lambda p: pgp_mime(p.signed_packets()),
        {"geen-openpgp"},
    ),
    "encrypted to somebody else": (
        lambda p: pgp_mime(versleutel(PLAIN.encode(), aan=p.kees, van=p.anna)),
        {"niet-voor-ons"},
    ),
    "encrypted with a password": (
        lambda p: pgp_mime(p.gpg.run("--passphrase", "x", "--symmetric", invoer=PLAIN.encode())),
        {"niet-voor-ons"},
    ),
    # Whether it is whole
    "one bit changed": (lambda p: pgp_mime(_flipped(p)), {"beschadigd"}),
    "cut off": (
        lambda p: pgp_mime(versleutel(PLAIN.encode(), aan=p.broker, van=p.anna, armor=False)[:-30]),
        {"beschadigd"},
    ),
    "something behind it": (
        lambda p: pgp_mime(
            versleutel(PLAIN.encode(), aan=p.broker, van=p.anna, armor=False) + LITERAL_PACKET
        ),
        {"beschadigd"},
    ),
    "no integrity protection": (
        lambda p: pgp_mime(
            p.by_gpg("--rfc2440", "--disable-mdc", "--cipher-algo", "3DES", van=(p.anna,))
        ),
        {"geen-integriteit"},
    ),
    "a SHA-1 signature": (
        lambda p: pgp_mime(p.by_gpg("--digest-algo", "SHA1", van=(p.anna,))),
        {"zwakke-hash", "handtekening-ongeldig"},
    ),
}


def _replaced_sender(p: People, value: str) -> bytes:
    raw = pgp_mime(p.sealed(van=p.anna))
    return re.sub(rb"(?m)^From: .*\r$", f"From: {value}\r".encode(), raw, count=1)


@pytest.mark.gnupg
@pytest.mark.rule("C-5")
async def test_nothing_is_taken_for_somebody_else_s(
    vault: VaultFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    now: datetime,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Each class is refused with its own stable code; the same mail unspoilt is read as Anna's."""
    people = People(broker_sleutel, sleutelbos, gpg, now)
    found: dict[str, str] = {}
    async with vault(broker_sleutel, people.anna, people.kees) as kluis:
        for honest in (
            pgp_mime(people.sealed(van=people.anna)),
            pgp_mime(people.sealed(people.layers(people.anna))),
            pgp_mime(people.by_gpg(van=(people.anna,))),
        ):
            read = await read_mail(honest, kluis, now=now)
            assert not isinstance(read, str), read
            assert (read[0], read[1].text.replace("\r", "")) == (people.anna.vingerafdruk, WORDS)
        for name, (made, _) in CLASSES.items():
            read = await read_mail(made(people), kluis, now=now)
            found[name] = read if isinstance(read, str) else "ACCEPTED"
        ended, revoked = await _of_keys_that_ended(people, vault)
    accepted = [name for name, code in found.items() if code == "ACCEPTED"]
    with capsys.disabled():
        sys.stdout.write(f"\n{len(CLASSES) + 2} classes, {len(accepted)} accepted\n")
    assert {name: code for name, code in found.items() if code not in CLASSES[name][1]} == {}
    assert (ended, revoked) == ("sleutel-verlopen", "sleutel-ingetrokken")


async def _of_keys_that_ended(people: People, vault: VaultFactory) -> tuple[object, object]:
    """What Kees signed before his key expired, and before it was revoked."""
    tsk = Tsk.from_bytes(people.kees.geheim)
    cert = tsk.extract_certificate()
    message = pgp_mime(people.sealed(people.layers(people.kees)))
    until = people.now + timedelta(days=300)
    expiring = bytes(cert.set_expiration(until, tsk.certifier()))
    revoked = bytes(cert) + bytes(cert.revoke(certifier=tsk.certifier()))
    found: list[object] = []
    for certificate, moment in ((expiring, until + timedelta(days=1)), (revoked, people.now)):
        pinned = replace(people.kees, sleutel=replace(people.kees.sleutel, certificate=certificate))
        async with vault(people.broker, pinned) as kluis:
            found.append(await read_mail(message, kluis, now=moment))
    return found[0], found[1]
