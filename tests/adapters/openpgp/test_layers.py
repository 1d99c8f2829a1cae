"""A multipart/signed inside the encryption, judged by both engines as one message is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pysequoia import ArmorKind, SignatureMode, Tsk, armor, sign

from adapters.openpgp.keygen import EngineName
from adapters.openpgp.packets import LITERAL, frame
from broker.ports import Opened, OpenReason, Unopened
from tests.adapters.openpgp.conftest import EngineFactory
from tests.fixtures.sleutels import Gpg, Sleutel, Sleutelbos, versleutel
from tests.wire.mail_shapes import multipart, signed, text

SEQUOIA, GNUPG = EngineName.SEQUOIA, EngineName.GNUPG
PART = "Content-Type: text/plain; charset=utf-8\n\nOnbekend bij ons.   \n-- \nÜnï Code\n"
CONTENT = PART.replace("\n", "\r\n").encode()


@pytest.fixture(params=[SEQUOIA, pytest.param(GNUPG, marks=pytest.mark.gnupg)])
def name(request: pytest.FixtureRequest) -> EngineName:
    """Each engine in turn."""
    assert isinstance(request.param, EngineName)
    return request.param


def signature_of(content: bytes, *signers: Sleutel, binary: bool = False) -> str:
    """A detached signature by Sequoia; of several signers one armor with all of them."""
    packets = b"".join(
        sign(Tsk.from_bytes(s.geheim).signer(), content, mode=SignatureMode.DETACHED, armor=False)
        for s in signers
    )
    return packets.decode("latin-1") if binary else armored(packets)


def armored(packets: bytes) -> str:
    """Packets in the armor of a signature."""
    return armor(packets, ArmorKind.Signature)


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_a_signature_beside_what_it_signs_is_as_good_as_one_around_it(
    name: EngineName,
    newline: bytes,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    now: datetime,
) -> None:
    """RFC 3156 section 6.1: out come exactly the bytes that were signed, and who signed them."""
    kees = sleutelbos("Kees Jansen")
    entity = signed(PART, signature_of(CONTENT, kees)).encode().replace(b"\n", newline)
    verdict = make_engine(name, broker_sleutel, kees).open(
        versleutel(entity, aan=broker_sleutel), now=now
    )
    assert isinstance(verdict, Opened)
    assert (verdict.plaintext, verdict.signer) == (CONTENT, kees.vingerafdruk)


@pytest.mark.gnupg
@pytest.mark.parametrize("options", [(), ("--textmode",)])
def test_both_sorts_of_signature_of_gpg_are_taken(
    name: EngineName,
    options: tuple[str, ...],
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    now: datetime,
) -> None:
    """Over bytes and over text, signed and encrypted by gpg as mail programs ask it."""
    anna = sleutelbos("Anna Smit", GNUPG)
    gpg.bezit(anna)
    who = ("-u", anna.vingerafdruk)
    made = gpg.run("--armor", *who, *options, "--detach-sign", invoer=CONTENT).decode()
    engine = make_engine(name, broker_sleutel, anna)
    for around in (("-z", "0"), ("-z", "0", "--textmode")):
        message = gpg.versleutel(signed(PART, made).encode(), *around, aan=broker_sleutel)
        verdict = engine.open(message, now=now)
        assert isinstance(verdict, Opened), around
        assert (verdict.plaintext, verdict.signer) == (CONTENT, anna.vingerafdruk)


@pytest.mark.gnupg
def test_signed_words_that_are_encrypted_anew_are_a_replay(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    now: datetime,
) -> None:
    """Whoever has a signed mail can encrypt it to the broker; the seal is over what was signed."""
    anna = sleutelbos("Anna Smit", GNUPG)
    gpg.bezit(anna)

    def made(digest: str) -> str:
        options = ("--armor", "-u", anna.vingerafdruk, "--digest-algo", digest, "--detach-sign")
        return gpg.run(*options, invoer=CONTENT).decode()

    first, other = made("SHA256"), made("SHA512")
    engine = make_engine(name, broker_sleutel, anna)

    def seal(entity: str) -> bytes:
        verdict = engine.open(versleutel(entity.encode(), aan=broker_sleutel), now=now)
        assert isinstance(verdict, Opened)
        return verdict.seal

    once = seal(signed(PART, first))
    assert seal(signed(PART, first).replace("buiten", "anders")) == once
    assert seal(signed(PART, other)) != once


def test_what_is_not_signed_as_a_whole_by_one_pinned_key_is_refused(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    now: datetime,
) -> None:
    """Each kind with the code that it would have in one message."""
    kees, mia = sleutelbos("Kees Jansen"), sleutelbos("Mia Peeters")
    vreemde = sleutelbos("Vreemde Vogel")
    good = signature_of(CONTENT, kees)
    packets = signature_of(CONTENT, kees, binary=True).encode("latin-1")
    marked = signed(PART, good)
    cases = {
        text("Onbekend"): OpenReason.NIET_ONDERTEKEND,
        "Onbekend": OpenReason.NIET_ONDERTEKEND,
        multipart("mixed", marked, text("Bekend"), boundary="om"): OpenReason.DEELS_ONDERTEKEND,
        multipart("mixed", marked, boundary="om"): OpenReason.DEELS_ONDERTEKEND,
        marked.replace("Onbekend", "Bekend"): OpenReason.HANDTEKENING_ONGELDIG,
        marked.replace("ons.   ", "ons."): OpenReason.HANDTEKENING_ONGELDIG,
        marked.replace("text/plain", "text/html"): OpenReason.HANDTEKENING_ONGELDIG,
        signed(PART, signature_of(CONTENT, vreemde)): OpenReason.ONBEKENDE_ONDERTEKENAAR,
        signed(PART, signature_of(CONTENT, kees, mia)): OpenReason.MEER_HANDTEKENINGEN,
        signed(PART, signature_of(CONTENT, kees, kees)): OpenReason.MEER_HANDTEKENINGEN,
        signed(PART, ""): OpenReason.HANDTEKENING_ONGELDIG,
        signed(PART, armored(b"")): OpenReason.HANDTEKENING_ONGELDIG,
        signed(PART, armored(packets[:-4])): OpenReason.HANDTEKENING_ONGELDIG,
        signed(PART, armored(packets + frame(LITERAL, b"b\0\0\0\0\0x"))): (
            OpenReason.HANDTEKENING_ONGELDIG
        ),
        signed(PART, armored(frame(2, b"\3\5" + bytes(20)))): OpenReason.HANDTEKENING_ONGELDIG,
        signed(PART, armored(frame(2, b"\4\0\1\x08\0\0\0\0\1"))): OpenReason.HANDTEKENING_ONGELDIG,
        signed(PART, kees.certificaat.decode()): OpenReason.HANDTEKENING_ONGELDIG,
    }
    engine = make_engine(name, broker_sleutel, kees, mia)
    for entity, reason in cases.items():
        verdict = engine.open(versleutel(entity.encode(), aan=broker_sleutel), now=now)
        assert isinstance(verdict, Unopened), entity
        assert verdict.reason is reason, entity


def test_a_second_signature_around_it_leaves_the_layers_closed(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    now: datetime,
) -> None:
    """The outer signature says who speaks; what it holds is not opened a second time."""
    kees, mia = sleutelbos("Kees Jansen"), sleutelbos("Mia Peeters")
    entity = signed(PART, signature_of(CONTENT, mia)).encode()
    verdict = make_engine(name, broker_sleutel, kees, mia).open(
        versleutel(entity, aan=broker_sleutel, van=kees), now=now
    )
    assert isinstance(verdict, Opened)
    assert (verdict.plaintext, verdict.signer) == (entity, kees.vingerafdruk)


@pytest.mark.gnupg
def test_key_and_hash_are_judged_as_in_one_message(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    now: datetime,
) -> None:
    """Expired, revoked, a weak hash, an end to the signature, a signature that is for a key."""
    anna = sleutelbos("Anna Smit", GNUPG)
    gpg.bezit(anna)
    who = ("--armor", "-u", anna.vingerafdruk)
    kees = sleutelbos("Kees Jansen")
    tsk = Tsk.from_bytes(kees.geheim)
    cert = tsk.extract_certificate()
    expiring = bytes(cert.set_expiration(now + timedelta(days=300), tsk.certifier()))
    revoked = bytes(cert) + bytes(cert.revoke(certifier=tsk.certifier()))
    by_kees = signature_of(CONTENT, kees)
    sha1 = gpg.run(*who, "--digest-algo", "SHA1", "--detach-sign", invoer=CONTENT).decode()
    ends = ("--default-sig-expire", "1d")
    ending = gpg.run(*who, *ends, "--detach-sign", invoer=CONTENT).decode()
    revocation = armored(bytes(cert.revoke(certifier=tsk.certifier())))
    later = now + timedelta(days=400)
    cases = [
        (by_kees, (kees.vingerafdruk, expiring), now, None),
        (by_kees, (kees.vingerafdruk, expiring), later, OpenReason.SLEUTEL_VERLOPEN),
        (by_kees, (kees.vingerafdruk, revoked), now, OpenReason.SLEUTEL_INGETROKKEN),
        (sha1, anna, now, OpenReason.ZWAKKE_HASH),
        (ending, anna, now, None),
        (ending, anna, now + timedelta(days=2), OpenReason.HANDTEKENING_ONGELDIG),
        (revocation, kees, now, OpenReason.HANDTEKENING_ONGELDIG),
    ]
    for made, pinned, moment, reason in cases:
        engine = make_engine(name, broker_sleutel, pinned)
        message = versleutel(signed(PART, made).encode(), aan=broker_sleutel)
        verdict = engine.open(message, now=moment)
        found = verdict.reason if isinstance(verdict, Unopened) else None
        assert found is reason, (reason, found)
