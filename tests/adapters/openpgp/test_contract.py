"""One contract for both engines: what they open, what they seal, and why they refuse."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta

import pytest
from pysequoia import Cert, Tsk

from adapters.openpgp.engine import Elsewhere
from adapters.openpgp.keygen import EngineName
from broker.ports import LetterReason, Opened, OpenReason, Unopened
from tests.adapters.openpgp.conftest import EngineFactory
from tests.fixtures.sleutels import Gpg, Sleutel, Sleutelbos, ontsleutel, versleutel

SEQUOIA, GNUPG = EngineName.SEQUOIA, EngineName.GNUPG
ENGINES = [SEQUOIA, pytest.param(GNUPG, marks=pytest.mark.gnupg)]
EXAMPLE = "Naam: Jan Voorbeeld\r\nGroet, Ünïcode".encode()
LATER = timedelta(days=400)


@pytest.fixture(params=ENGINES)
def name(request: pytest.FixtureRequest) -> EngineName:
    """Each engine in turn."""
    assert isinstance(request.param, EngineName)
    return request.param


@pytest.mark.gnupg
@pytest.mark.parametrize("sealer", [SEQUOIA, GNUPG, "gpg"])
@pytest.mark.parametrize("opener", [SEQUOIA, GNUPG, "gpg"])
def test_what_one_seals_every_other_opens(
    sealer: str,
    opener: str,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    now: datetime,
) -> None:
    """Both engines and the gpg command line read each other, with the same bytes and signer."""
    van, aan = broker_sleutel, sleutelbos("Kees Jansen", GNUPG)
    if sealer == "gpg":
        letter = gpg.versleutel(EXAMPLE, "--compress-algo", "none", aan=aan, van=(van,))
    else:
        sealed = make_engine(sealer, van, aan).seal(EXAMPLE, aan.vingerafdruk, now=now)
        assert isinstance(sealed, bytes)
        assert sealed.startswith(b"-----BEGIN PGP MESSAGE-----")
        letter = sealed
    if opener == "gpg":
        assert gpg.ontsleutel(letter, voor=aan, van=van) == EXAMPLE
    else:
        opened = make_engine(opener, aan, van).open(letter, now=now)
        assert isinstance(opened, Opened)
        assert (opened.plaintext, opened.signer) == (EXAMPLE, van.vingerafdruk)


def test_a_letter_can_be_read_by_a_partner_on_sequoia(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
) -> None:
    """A partner whose key Sequoia made reads what either engine seals."""
    kees = sleutelbos("Kees Jansen")
    letter = make_engine(name, broker_sleutel, kees).seal(EXAMPLE, kees.vingerafdruk, now=now)
    assert isinstance(letter, bytes)
    assert ontsleutel(letter, voor=kees, van=broker_sleutel) == EXAMPLE


def test_the_seal_names_the_container_and_not_its_wrapping(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
) -> None:
    """A replay has the seal of the first, armored or not; equal words anew have another."""
    kees = sleutelbos("Kees Jansen")
    engine = make_engine(name, broker_sleutel, kees)
    binary = versleutel(EXAMPLE, aan=broker_sleutel, van=kees, armor=False)
    armored = (
        b"-----BEGIN PGP MESSAGE-----\nComment: x\n\n"
        + base64.encodebytes(binary)
        + b"-----END PGP MESSAGE-----\n"
    )
    again = versleutel(EXAMPLE, aan=broker_sleutel, van=kees)
    first, replay, new = (engine.open(m, now=now) for m in (binary, armored, again))
    assert isinstance(first, Opened)
    assert first == replay
    assert isinstance(new, Opened)
    assert new.seal != first.seal


@pytest.mark.gnupg
def test_hidden_recipients_are_tried(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
) -> None:
    """A message that hides its reader opens when it is us, and else is not for us."""
    anna, vreemde = sleutelbos("Anna Smit", GNUPG), sleutelbos("Vreemde Vogel", GNUPG)
    engine = make_engine(name, broker_sleutel, anna)

    def hidden(aan: Sleutel) -> bytes:
        return gpg.versleutel(EXAMPLE, "-z", "0", "--throw-keyids", aan=aan, van=(anna,))

    assert isinstance(engine.open(hidden(broker_sleutel), now=now), Opened)
    verdict = engine.open(hidden(vreemde), now=now)
    assert isinstance(verdict, Unopened)
    assert verdict.reason is OpenReason.NIET_VOOR_ONS


@pytest.mark.gnupg
def test_compressed_messages_are_for_gnupg(
    name: EngineName,
    make_engine: EngineFactory,
    broker_sleutel: Sleutel,
    now: datetime,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
) -> None:
    """Sequoia's binding hands on what is compressed inside; GnuPG opens it."""
    anna = sleutelbos("Anna Smit", GNUPG)
    engine = make_engine(name, broker_sleutel, anna)
    for algorithm in ("zip", "zlib", "bzip2"):
        message = gpg.versleutel(
            EXAMPLE, "--compress-algo", algorithm, aan=broker_sleutel, van=(anna,)
        )
        verdict = engine.open(message, now=now)
        if name is SEQUOIA:
            assert isinstance(verdict, Elsewhere)
        else:
            assert isinstance(verdict, Opened)
            assert verdict.plaintext == EXAMPLE


def test_a_moment_in_another_zone_is_the_same_moment(
    make_engine: EngineFactory, broker_sleutel: Sleutel, now: datetime, sleutelbos: Sleutelbos
) -> None:
    """Expiry is compared as moments in UTC."""
    kees = sleutelbos("Kees Jansen")
    tsk = Tsk.from_bytes(kees.geheim)
    end = now + timedelta(hours=1)
    expiring = tsk.extract_certificate().set_expiration(end, tsk.certifier())
    assert Cert.from_bytes(bytes(expiring)).expiration == end.replace(microsecond=0)
    engine = make_engine(SEQUOIA, broker_sleutel, (kees.vingerafdruk, bytes(expiring)))
    just_before = end.astimezone(UTC) - timedelta(seconds=2)
    assert isinstance(engine.seal(b"x", kees.vingerafdruk, now=just_before), bytes)
    assert engine.seal(b"x", kees.vingerafdruk, now=end) is LetterReason.SLEUTEL_VERLOPEN
