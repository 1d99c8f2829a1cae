"""What both engines refuse, each kind with its own stable code."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from pysequoia import Tsk

from adapters.openpgp.engine import MAX_MESSAGE, Engine
from adapters.openpgp.keygen import EngineName
from adapters.openpgp.packets import PKESK, frame, walk
from broker.domain.partner import Vingerafdruk
from broker.ports import LetterReason, Opened, OpenReason, Unopened
from tests.adapters.openpgp.conftest import EngineFactory
from tests.adapters.openpgp.real_mail import in_layers
from tests.fixtures.sleutels import Gpg, Sleutel, Sleutelbos, versleutel

SEQUOIA, GNUPG = EngineName.SEQUOIA, EngineName.GNUPG
ENGINES = [SEQUOIA, pytest.param(GNUPG, marks=pytest.mark.gnupg)]
EXAMPLE = "Naam: Jan Voorbeeld\r\nGroet, Ünïcode".encode()
PART = "Content-Type: text/plain; charset=utf-8\n\nOnbekend.\n"
LATER = timedelta(days=400)


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> EngineName:
    """Each engine in turn."""
    assert isinstance(request.param, EngineName)
    return request.param


def test_refusals_that_sequoia_can_make(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
) -> None:
    """Junk, foreign, unsigned, unknown, cut and continued messages: each its own stable code."""
    kees, vreemde = sleutelbos("Kees Jansen"), sleutelbos("Vreemde Vogel")
    engine = make_engine(name, broker_sleutel, kees)
    good = versleutel(EXAMPLE, aan=broker_sleutel, van=kees, armor=False)
    cases = {
        b"": OpenReason.GEEN_OPENPGP,
        b"Beste broker": OpenReason.GEEN_OPENPGP,
        kees.certificaat: OpenReason.GEEN_OPENPGP,
        versleutel(EXAMPLE, aan=vreemde, van=kees): OpenReason.NIET_VOOR_ONS,
        versleutel(EXAMPLE, aan=broker_sleutel): OpenReason.NIET_ONDERTEKEND,
        versleutel(EXAMPLE, aan=broker_sleutel, van=vreemde): OpenReason.ONBEKENDE_ONDERTEKENAAR,
        good[:-20]: OpenReason.BESCHADIGD,
        good[:150]: OpenReason.BESCHADIGD,
        good[:40]: OpenReason.GEEN_OPENPGP,
        good + good: OpenReason.BESCHADIGD,
        good + frame(11, b"b\0\0\0\0\0extra"): OpenReason.BESCHADIGD,
        good[:-1] + bytes((good[-1] ^ 1,)): OpenReason.BESCHADIGD,
        bytes(MAX_MESSAGE + 1): OpenReason.TE_GROOT,
    }
    for message, reason in cases.items():
        verdict = engine.open(message, now=now)
        assert isinstance(verdict, Unopened), reason
        assert verdict.reason is reason


def test_a_signature_counts_only_while_the_key_is_valid(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
) -> None:
    """What a key signed before it expired or was revoked is refused from then on."""
    kees = sleutelbos("Kees Jansen")
    tsk = Tsk.from_bytes(kees.geheim)
    cert = tsk.extract_certificate()
    expiring = cert.set_expiration(now + timedelta(days=300), tsk.certifier())
    revoked = bytes(cert) + bytes(cert.revoke(certifier=tsk.certifier()))
    message = versleutel(EXAMPLE, aan=broker_sleutel, van=kees)

    engine = make_engine(name, broker_sleutel, (kees.vingerafdruk, bytes(expiring)))
    assert isinstance(engine.open(message, now=now), Opened)
    verdict = engine.open(message, now=now + LATER)
    assert isinstance(verdict, Unopened)
    assert verdict.reason is OpenReason.SLEUTEL_VERLOPEN
    late = engine.seal(EXAMPLE, kees.vingerafdruk, now=now + LATER)
    assert late is LetterReason.SLEUTEL_VERLOPEN

    engine = make_engine(name, broker_sleutel, (kees.vingerafdruk, revoked))
    verdict = engine.open(message, now=now)
    assert isinstance(verdict, Unopened)
    assert verdict.reason is OpenReason.SLEUTEL_INGETROKKEN
    letter = engine.seal(EXAMPLE, kees.vingerafdruk, now=now)
    assert letter is LetterReason.SLEUTEL_INGETROKKEN
    unknown = engine.seal(EXAMPLE, broker_sleutel.vingerafdruk, now=now)
    assert unknown is LetterReason.GEEN_CERTIFICAAT


@pytest.mark.gnupg
def test_refusals_of_what_only_gpg_makes(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
) -> None:
    """No integrity, two signatures, weak hashes, two texts, unencrypted: nothing comes out."""
    anna, kees = sleutelbos("Anna Smit", GNUPG), sleutelbos("Kees Jansen", GNUPG)
    engine = make_engine(name, broker_sleutel, anna, kees)

    def pgp(*options: str, van: tuple[Sleutel, ...] = (anna,)) -> bytes:
        return gpg.versleutel(EXAMPLE, "-z", "0", *options, aan=broker_sleutel, van=van)

    signed = gpg.onderteken(EXAMPLE, anna)
    literal = frame(11, b"b\0\0\0\0\0extra")
    weak = {OpenReason.ZWAKKE_HASH}
    if name is SEQUOIA:
        weak = {OpenReason.HANDTEKENING_ONGELDIG}
    broken = {OpenReason.BESCHADIGD}
    cases: list[tuple[str, bytes, set[OpenReason]]] = [
        ("unsigned", pgp(van=()), {OpenReason.NIET_ONDERTEKEND}),
        ("two", pgp(van=(anna, kees)), {OpenReason.MEER_HANDTEKENINGEN}),
        ("sha1", pgp("--digest-algo", "SHA1"), weak),
        ("ripemd", pgp("--digest-algo", "RIPEMD160"), weak),
        (
            "no integrity",
            pgp("--rfc2440", "--disable-mdc", "--cipher-algo", "3DES"),
            {OpenReason.GEEN_INTEGRITEIT},
        ),
        ("signed only", signed, {OpenReason.GEEN_OPENPGP}),
        ("text after", gpg.verpak(signed + literal, aan=broker_sleutel), broken),
        ("text before", gpg.verpak(literal + signed, aan=broker_sleutel), broken),
        ("two messages", gpg.verpak(signed + signed, aan=broker_sleutel), broken),
        (
            "symmetric",
            gpg.run("--passphrase", "x", "--symmetric", invoer=EXAMPLE),
            {OpenReason.NIET_VOOR_ONS},
        ),
    ]
    for what, message, reasons in cases:
        verdict = engine.open(message, now=now)
        assert isinstance(verdict, Unopened), what
        assert verdict.reason in reasons, what


@pytest.mark.gnupg
def test_keys_of_gnupg_expire_by_subkey(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
) -> None:
    """An encryption subkey that expired or was revoked is not used, though the primary is valid."""
    anna = sleutelbos("Anna Smit", GNUPG)
    gpg.bezit(anna)
    gpg.run("--quick-set-expire", anna.vingerafdruk, "10d", "*")
    expiring = anna.vingerafdruk, gpg.certificaat(anna)
    engine = make_engine(name, broker_sleutel, expiring)
    assert isinstance(engine.seal(EXAMPLE, anna.vingerafdruk, now=now), bytes)
    late = engine.seal(EXAMPLE, anna.vingerafdruk, now=now + timedelta(days=11))
    assert late is LetterReason.SLEUTEL_VERLOPEN

    gpg.run(
        *("--command-fd", "0", "--status-fd", "2", "--edit-key", anna.vingerafdruk),
        invoer=b"key 1\nrevkey\ny\n0\n\ny\nsave\n",
    )
    engine = make_engine(name, broker_sleutel, (anna.vingerafdruk, gpg.certificaat(anna)))
    letter = engine.seal(EXAMPLE, anna.vingerafdruk, now=now)
    assert letter is LetterReason.SLEUTEL_INGETROKKEN


@pytest.mark.gnupg
def test_certificates_bound_by_sha1_are_of_no_use(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
) -> None:
    """Whoever can forge a SHA-1 self-signature can forge the key: neither signer nor reader."""
    options = ("--cert-digest-algo", "SHA1")
    gpg.run(*options, "--quick-generate-key", "Oud <oud@gpg.example>", "rsa2048", "default", "1y")
    listing = gpg.run("--with-colons", "--list-keys", "oud@gpg.example").decode()
    oud = Vingerafdruk(next(x.split(":")[9] for x in listing.splitlines() if x.startswith("fpr")))
    gpg.run(*options, "--quick-add-key", oud, "rsa2048", "encr")
    engine = make_engine(name, broker_sleutel, (oud, gpg.run("--export", oud)))
    gpg.ken(broker_sleutel)
    message = gpg.run(
        *("-z", "0", "-u", oud, "-r", broker_sleutel.vingerafdruk, "-se"), invoer=EXAMPLE
    )
    verdict = engine.open(message, now=now)
    assert isinstance(verdict, Unopened)
    assert verdict.reason is OpenReason.ZWAKKE_HASH
    letter = engine.seal(EXAMPLE, oud, now=now)
    assert letter is LetterReason.GEEN_VERSLEUTELSLEUTEL


@pytest.mark.parametrize("layers", [False, True])
def test_flipped_bits_bring_nothing_out(
    name: EngineName,
    layers: bool,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
) -> None:
    """Some hundred messages with one bit changed: 0 bytes that were not sent."""
    kees = sleutelbos("Kees Jansen")
    engine = make_engine(name, broker_sleutel, kees)
    count = 200 if name is SEQUOIA else 20
    assert_flips_bring_nothing_out(engine, _to_flip(broker_sleutel, kees, layers), now, count)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("layers", [False, True])
def test_ten_thousand_flipped_bits_bring_nothing_out(
    name: EngineName,
    layers: bool,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
) -> None:
    """Of 10,000 messages with one bit changed, in one message and in layers, by each engine."""
    kees = sleutelbos("Kees Jansen")
    engine = make_engine(name, broker_sleutel, kees)
    assert_flips_bring_nothing_out(engine, _to_flip(broker_sleutel, kees, layers), now, 10_000)


def _to_flip(broker: Sleutel, kees: Sleutel, layers: bool) -> bytes:
    if layers:
        return versleutel(in_layers(PART, kees), aan=broker, armor=False)
    return versleutel(EXAMPLE, aan=broker, van=kees, armor=False)


def assert_flips_bring_nothing_out(engine: Engine, good: bytes, now: datetime, count: int) -> None:
    """No changed message opens, but for bits of the session key's packet that mean nothing.

    Those are the top bit of an X25519 point and the bit count of a number: then it is the message
    that was sent, with its seal.
    """
    original = engine.open(good, now=now)
    assert isinstance(original, Opened)
    session_key = next(walk(good))
    assert session_key.tag == PKESK
    seed = random.SystemRandom().getrandbits(64)
    dice = random.Random(seed)
    for _ in range(count):
        at = dice.randrange(len(good) * 8)
        message = bytearray(good)
        message[at // 8] ^= 1 << at % 8
        verdict = engine.open(bytes(message), now=now)
        meaningless = at // 8 < 2 + len(session_key.body) and verdict == original
        assert meaningless or isinstance(verdict, Unopened), f"bit {at}, seed {seed}"
