"""`broker check`: every fault at once, each with a hint; exit code 1 if there is any."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.settings.workspace import Changes
from tests.adapters.smtp.certificates import Authority
from tests.commands.conftest import behind_own_server, change, type_in
from tests.e2e.workspace import free_port
from tests.fixtures.databases import UrlsOf
from tests.fixtures.sleutels import Gpg

Spoil = Callable[[Path], Changes]


def faults(config: Path) -> list[str]:
    """The faults that `check` tells; every one has a hint."""
    result = type_in("check", "--config", str(config))
    lines = result.output.splitlines()
    found = [number for number, line in enumerate(lines) if line.startswith("fault")]
    assert result.exit_code == (1 if found else 0), result.output
    assert all(lines[number + 1].startswith("        Hint: ") for number in found), result.output
    return [lines[number].removeprefix("fault").strip() for number in found]


def no_master_key(folder: Path) -> Changes:
    (folder / "sleutels" / "hoofdsleutel").unlink()
    return {}


def no_database(folder: Path) -> Changes:
    (folder / "gegevens" / "broker.sqlite").unlink()
    return {}


def nonsense_for_a_key(folder: Path) -> Changes:
    (folder / "sleutels" / "broker.asc").write_text("geen sleutel", encoding="ascii")
    return {}


def another_address(_folder: Path) -> Changes:
    return {("broker", "adres"): "anders@venlo.example"}


def nobody_at_the_relay(_folder: Path) -> Changes:
    return {("bezorging", "relay", "poort"): free_port()}


def postgresql_away(folder: Path) -> Changes:
    return {("database", "url"): f"postgresql://broker@/broker?host={folder}"}


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (no_master_key, "sleutels, hoofdsleutel names a file that does not exist"),
        (no_database, "There is no database at"),
        (nonsense_for_a_key, "keys cannot be used"),
        (another_address, "is a key without the address of the broker"),
        (nobody_at_the_relay, "no mail can go there now (onbereikbaar)"),
        (postgresql_away, "cannot be reached"),
    ],
)
def test_each_fault_is_told(
    config: Path, folder: Path, relay: int, spoil: Spoil, told: str
) -> None:
    """One thing is wrong, and that is what is said: nothing else, and no traceback."""
    behind_own_server(config, relay)
    change(config, spoil(folder))
    found = faults(config)
    assert len(found) == 1, found
    assert told in found[0]


def test_every_fault_is_told_at_once(config: Path, folder: Path) -> None:
    """The operator mends all of it in one go: files, database and relay."""
    behind_own_server(config, free_port())
    no_database(folder)
    no_master_key(folder)
    change(config, {("smtp", "maximaal_kib"): -1, ("broker", "adress"): "x"})
    assert len(faults(config)) >= 3
    change(config, {("smtp", "maximaal_kib"): 100, ("broker", "adress"): None})
    assert len(faults(config)) == 3


def test_a_database_without_a_schema_is_made_ready_by_upgrade(
    config: Path, relay: int, empty_databases: UrlsOf
) -> None:
    """PostgreSQL with two empty databases: `check` names the command that helps, and it helps."""
    behind_own_server(config, relay)
    urls = empty_databases("postgresql")
    change(config, {("database", "url"): urls.url, ("database", "sleutels_url"): urls.keys_url})
    (fault,) = faults(config)
    assert "no schema yet" in fault
    assert type_in("upgrade", "--config", str(config)).exit_code == 0
    assert faults(config) == []


@pytest.mark.gnupg
def test_the_passphrase_of_the_key_is_tried_and_never_shown(
    config: Path, folder: Path, relay: int, gpg: Gpg
) -> None:
    """A wrong one is told, a right one is in order; neither stands in what is printed."""
    behind_own_server(config, relay)
    words = ("--passphrase", "juist-geraden")
    gpg.run(*words, "--quick-gen-key", "Broker <broker@venlo.example>", "future-default")
    key = folder / "sleutels" / "broker.asc"
    key.write_bytes(gpg.run(*words, "--armor", "--export-secret-keys"))
    secret = folder / "sleutels" / "wachtwoordzin"
    secret.touch(mode=0o600)
    change(config, {("sleutels", "wachtwoordzin_bestand"): "sleutels/wachtwoordzin"})
    for guess, code in (("verkeerd-geraden", 1), ("juist-geraden", 0)):
        secret.write_text(f"{guess}\n", encoding="ascii")
        result = type_in("check", "--config", str(config))
        assert result.exit_code == code, result.output
        assert ("passphrase is not right" in result.output) is (code == 1)
        assert "geraden" not in result.output


def test_a_tls_file_that_is_none_is_told(config: Path, folder: Path, relay: int) -> None:
    """A key of another certificate: told before the first client would find out."""
    behind_own_server(config, relay)
    first, second = (Authority(folder, name=name).issue("127.0.0.1") for name in ("CA 1", "CA 2"))
    second.key.chmod(0o600)
    change(
        config,
        {
            ("smtp", "tls"): "verplicht",
            ("smtp", "tls_certificaat"): str(first.certificate),
            ("smtp", "tls_sleutel"): str(second.key),
        },
    )
    (fault,) = faults(config)
    assert "does not belong to the certificate" in fault
