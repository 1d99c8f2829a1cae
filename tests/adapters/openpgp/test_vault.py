"""The vault: processes that hold the keys, and what happens when they do not hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from adapters.openpgp import vault as vault_module
from adapters.openpgp.keygen import EngineName, write_secret
from adapters.openpgp.vault import GnuPG, KeyFiles, ProcessVault
from broker.ports import (
    Field,
    FieldAddress,
    FieldUnreadable,
    Letter,
    LetterReason,
    Opened,
    OpenReason,
    Unopened,
    VaultFailed,
    Work,
)
from tests.fixtures.sleutels import (
    Gpg,
    Sleutel,
    Sleutelbos,
    VaultFactory,
    ontsleutel,
    versleutel,
    write_key_files,
)

ROOT = Path(vault_module.__file__).parents[2]
EXAMPLE = b"Naam: Jan Voorbeeld"
ANSWER = FieldAddress("verzoek", "antwoord", "ZNW-2026-00042/woonwenz", 1)
MELDING = FieldAddress("casus", "melding", "ZNW-2026-00042", 1)


async def test_one_crossing_does_a_whole_work(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, now: datetime
) -> None:
    """Fields and letters in one go, in the order of the work; a letter may fail by itself."""
    kees, mia = sleutelbos("Kees Jansen"), sleutelbos("Mia Peeters")
    async with vault(broker_sleutel, kees, mia, gnupg=None) as kluis:
        first = await kluis.cross(
            Work(
                now=now,
                new_key=True,
                seal=(Field(MELDING, EXAMPLE), Field(ANSWER, b"bekend")),
                letters=(
                    Letter(kees.vingerafdruk, b"voor Kees"),
                    Letter(broker_sleutel.vingerafdruk, b"niet vastgezet"),
                    Letter(mia.vingerafdruk, b"voor Mia"),
                ),
            )
        )
        again = await kluis.cross(
            Work(
                now=now,
                casus_key=first.casus_key,
                unseal=(Field(MELDING, first.sealed[0]), Field(ANSWER, first.sealed[1])),
            )
        )
    to_kees, nobody, to_mia = first.letters
    assert nobody is LetterReason.GEEN_CERTIFICAAT
    assert isinstance(to_kees, bytes)
    assert isinstance(to_mia, bytes)
    assert ontsleutel(to_kees, voor=kees, van=broker_sleutel) == b"voor Kees"
    assert ontsleutel(to_mia, voor=mia, van=broker_sleutel) == b"voor Mia"
    assert again.unsealed == (EXAMPLE, b"bekend")
    assert again.casus_key == first.casus_key
    assert not any(EXAMPLE in sealed for sealed in first.sealed)


async def test_a_blind_index_is_equal_for_equal_words_and_holds_none(
    vault: VaultFactory, broker_sleutel: Sleutel, now: datetime
) -> None:
    """In the order of the work, beside whatever else crosses; the same in another worker."""
    async with vault(broker_sleutel, gnupg=None) as kluis:
        first = await kluis.cross(
            Work(now=now, new_key=True, seal=(Field(ANSWER, b"x"),), index=(EXAMPLE, b"jansen"))
        )
        again = await kluis.cross(Work(now=now, index=(b"jansen", b"janssen", EXAMPLE)))
    (one,), (other,) = first.indexed
    assert again.indexed == ((other,), again.indexed[1], (one,))
    assert len({one, other, *again.indexed[1]}) == 3
    assert {len(index) for index in (one, other)} == {20}
    assert b"jansen" not in other


async def test_an_unreadable_field_is_named_by_its_address_alone(
    vault: VaultFactory, broker_sleutel: Sleutel, now: datetime
) -> None:
    """Moved, changed or under another key: FieldUnreadable holds the address, no content."""
    async with vault(broker_sleutel, gnupg=None) as kluis:
        one = await kluis.cross(Work(now=now, new_key=True, seal=(Field(ANSWER, b"bekend"),)))
        other = await kluis.cross(Work(now=now, new_key=True))
        sealed = one.sealed[0]
        for key, field in (
            (one.casus_key, Field(MELDING, sealed)),
            (one.casus_key, Field(ANSWER, sealed[:-1] + b"x")),
            (other.casus_key, Field(ANSWER, sealed)),
            (b"\x01" + bytes(64), Field(ANSWER, sealed)),
        ):
            with pytest.raises(FieldUnreadable) as caught:
                await kluis.cross(Work(now=now, casus_key=key, unseal=(field,)))
            assert caught.value.args == (field.address,)
        with pytest.raises(ValueError, match="without a casus key"):
            await kluis.cross(Work(now=now, seal=(Field(ANSWER, b"bekend"),)))


@pytest.mark.gnupg
async def test_what_sequoia_cannot_read_gnupg_opens(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, gpg: Gpg, now: datetime
) -> None:
    """GnuPG's default, compressed, is opened; without GnuPG it is refused, with its seal."""
    anna = sleutelbos("Anna Smit", EngineName.GNUPG)
    message = gpg.versleutel(EXAMPLE, "--compress-algo", "zip", aan=broker_sleutel, van=(anna,))
    async with vault(broker_sleutel, anna) as kluis:
        opened = await kluis.open_message(message, now=now)
    assert isinstance(opened, Opened)
    assert (opened.plaintext, opened.signer) == (EXAMPLE, anna.vingerafdruk)
    async with vault(broker_sleutel, anna, gnupg=None) as kluis:
        assert await kluis.open_message(message, now=now) == Unopened(
            OpenReason.BESCHADIGD, opened.seal
        )


async def test_a_message_beyond_the_limit_reaches_no_worker(
    vault: VaultFactory, broker_sleutel: Sleutel, now: datetime
) -> None:
    """More than 2 MiB is refused before anything is parsed."""
    kluis = vault(broker_sleutel, gnupg=None)
    verdict = await kluis.open_message(bytes(2 * 1024 * 1024 + 1), now=now)
    assert verdict == Unopened(OpenReason.TE_GROOT)
    assert kluis.workers[0].pid is None


async def test_requests_at_once_each_get_their_own_answer(
    vault: VaultFactory, broker_sleutel: Sleutel, sleutelbos: Sleutelbos, now: datetime
) -> None:
    """Requests are served one after the other; none gets the answer of another."""
    kees = sleutelbos("Kees Jansen")
    texts = [f"bericht {n}".encode() for n in range(20)]
    async with vault(broker_sleutel, kees, gnupg=None) as kluis:
        verdicts = await asyncio.gather(
            *(
                kluis.open_message(versleutel(text, aan=broker_sleutel, van=kees), now=now)
                for text in texts
            )
        )
    assert [v.plaintext for v in verdicts if isinstance(v, Opened)] == texts


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda files: files.broker_key.write_text("geen sleutel"), "broker's key"),
        (lambda files: files.master_keys.write_text("1 x"), "line 1 is not"),
        (lambda files: files.master_keys.unlink(), "cannot read"),
    ],
)
async def test_wrong_files_are_told_in_one_sentence(
    spoil: Callable[[KeyFiles], object], sentence: str, tmp_path: Path, broker_sleutel: Sleutel
) -> None:
    """The operator hears what is wrong, without a byte of it."""
    files = write_key_files(tmp_path / "kluis", broker_sleutel)
    spoil(files)
    with pytest.raises(VaultFailed, match=sentence):
        async with ProcessVault(files, {}, gnupg=None):
            pass


async def test_a_certificate_under_a_wrong_fingerprint_is_refused(
    tmp_path: Path, broker_sleutel: Sleutel, sleutelbos: Sleutelbos
) -> None:
    """What is pinned is the full fingerprint; and a secret key is no certificate."""
    files = write_key_files(tmp_path / "kluis", broker_sleutel)
    kees, mia = sleutelbos("Kees Jansen"), sleutelbos("Mia Peeters")
    for pinned in ({kees.vingerafdruk: mia.certificaat}, {kees.vingerafdruk: b"niets"}):
        with pytest.raises(VaultFailed):
            async with ProcessVault(files, pinned, gnupg=None):
                pass


@pytest.mark.gnupg
async def test_gnupg_alone_serves_everything_from_a_home_of_the_operator(
    tmp_path: Path,
    broker_sleutel: Sleutel,
    sleutelbos: Sleutelbos,
    gpg: Gpg,
    gnupg_installed: GnuPG | None,
    now: datetime,
) -> None:
    """As with a smartcard: the broker has the certificate only, GnuPG holds the key."""
    assert gnupg_installed is not None
    anna = sleutelbos("Anna Smit", EngineName.GNUPG)
    gpg.bezit(broker_sleutel)
    files = write_key_files(tmp_path / "kluis", broker_sleutel)
    files.broker_key.unlink()
    write_secret(files.broker_key, broker_sleutel.certificaat)
    pinned = {anna.vingerafdruk: anna.certificaat}
    gnupg = GnuPG(gnupg_installed.program, home=gpg.home)
    async with ProcessVault(files, pinned, gnupg=gnupg) as kluis:
        message = versleutel(EXAMPLE, aan=broker_sleutel, van=anna)
        assert isinstance(await kluis.open_message(message, now=now), Opened)
        letter = Letter(anna.vingerafdruk, EXAMPLE)
        done = await kluis.cross(
            Work(now=now, new_key=True, seal=(Field(ANSWER, b"bekend"),), letters=(letter,))
        )
    assert isinstance(done.letters[0], bytes)
    assert ontsleutel(done.letters[0], voor=anna, van=broker_sleutel) == EXAMPLE
    assert gpg.home.exists()
