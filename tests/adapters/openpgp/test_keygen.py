"""New keys, and the files in which they are kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from adapters.openpgp.certificates import CertificateUnreadable, Ring, read_certificate
from adapters.openpgp.fields import read_master_keys
from adapters.openpgp.keygen import (
    EngineName,
    KeyNotMade,
    generate_key,
    make_broker_key,
    make_master_keys,
)
from broker.ports import Opened
from tests.adapters.openpgp.conftest import EngineFactory
from tests.fixtures.sleutels import BROKER_ADRES, Gpg, Sleutel, Sleutelbos


def test_key_files_are_private_and_never_replaced(tmp_path: Path) -> None:
    """Mode 0600; a second time is refused and changes nothing; no draft stays behind."""
    key, master = tmp_path / "broker.asc", tmp_path / "master.keys"
    made = make_broker_key(key, BROKER_ADRES)
    make_master_keys(master)
    before = key.read_bytes(), master.read_bytes()
    for path in (key, master):
        assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        make_broker_key(key, BROKER_ADRES)
    with pytest.raises(FileExistsError):
        make_master_keys(master)
    assert (key.read_bytes(), master.read_bytes()) == before
    assert {path.name for path in tmp_path.iterdir()} == {"broker.asc", "master.keys"}
    assert read_certificate(made.certificate).fingerprint == made.fingerprint
    read_master_keys(master.read_text())


@pytest.mark.gnupg
def test_the_brokers_key_asks_senders_not_to_compress(
    tmp_path: Path, gpg: Gpg, sleutelbos: Sleutelbos, make_engine: EngineFactory, now: datetime
) -> None:
    """GnuPG with its defaults sends what Sequoia reads; the user id holds the broker's address."""
    broker = Sleutel("Broker", BROKER_ADRES, make_broker_key(tmp_path / "key", BROKER_ADRES))
    anna = sleutelbos("Anna Smit", EngineName.GNUPG)
    message = gpg.versleutel(b"hallo " * 1000, aan=broker, van=(anna,))
    opened = make_engine(EngineName.SEQUOIA, broker, anna).open(message, now=now)
    assert isinstance(opened, Opened)
    shown = gpg.run("--with-colons", "--list-keys", broker.vingerafdruk).decode()
    assert f":Verrijkingsbroker <{BROKER_ADRES}>:" in shown


@pytest.mark.parametrize("wrong", ["", "a\nExpire-Date: 1", "a <b@c.example>", "a(b)", "\0"])
def test_a_user_id_cannot_be_smuggled(wrong: str) -> None:
    """A name or address that would change the user id, or gpg's parameters, is refused."""
    for name, address in ((wrong, BROKER_ADRES), ("Broker", wrong)):
        with pytest.raises(KeyNotMade):
            generate_key(name, address, EngineName.SEQUOIA)


def test_a_secret_shows_in_no_text_of_a_key(broker_sleutel: Sleutel) -> None:
    """The repr of a key holds its certificate only."""
    assert "PRIVATE" not in repr(broker_sleutel)
    assert "PUBLIC" in repr(broker_sleutel)


def test_only_certificates_can_be_pinned(sleutelbos: Sleutelbos) -> None:
    """Junk, two certificates at once, and another fingerprint than pinned are refused."""
    kees, mia = sleutelbos("Kees Jansen"), sleutelbos("Mia Peeters")
    for encoded in (b"", b"niets", kees.certificaat + mia.certificaat):
        with pytest.raises(CertificateUnreadable):
            read_certificate(encoded)
    with pytest.raises(CertificateUnreadable):
        Ring({kees.vingerafdruk: mia.certificaat})


def test_a_secret_key_cannot_be_pinned(sleutelbos: Sleutelbos) -> None:
    """Who pins a secret key by mistake is refused."""
    kees = sleutelbos("Kees Jansen")
    with pytest.raises(CertificateUnreadable):
        read_certificate(kees.geheim)
