"""`broker keys`: the broker's own key, and which keys can be used."""

from __future__ import annotations

import json
import stat
from pathlib import Path

from adapters.openpgp.certificates import read_certificate
from adapters.openpgp.facts import addresses
from tests.commands.conftest import type_in


def test_init_replaces_no_key(config: Path, folder: Path) -> None:
    """Both keys are there: nothing changes, and the answer is no."""
    before = [(folder / "sleutels" / name).read_bytes() for name in ("broker.asc", "hoofdsleutel")]
    result = type_in("keys", "init", "--config", str(config))
    assert result.exit_code == 1
    assert "nothing was changed" in result.stderr
    after = [(folder / "sleutels" / name).read_bytes() for name in ("broker.asc", "hoofdsleutel")]
    assert after == before


def test_init_makes_the_one_that_is_missing(config: Path, folder: Path) -> None:
    """A new broker key with the configured address, private; the master key stays what it was."""
    key, master = folder / "sleutels" / "broker.asc", folder / "sleutels" / "hoofdsleutel"
    before = master.read_bytes()
    key.unlink()
    result = type_in("keys", "init", "--config", str(config))
    assert result.exit_code == 0, result.output
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert master.read_bytes() == before
    exported = read_certificate(type_in("keys", "export", "--config", str(config)).stdout_bytes)
    assert exported.fingerprint in result.output
    assert addresses(exported) == ("broker@venlo.example",)


def test_export_gives_the_public_key_alone(config: Path, folder: Path) -> None:
    """What goes to the partners holds nothing secret."""
    result = type_in("keys", "export", "--config", str(config))
    assert result.exit_code == 0
    assert result.stdout.startswith("-----BEGIN PGP PUBLIC KEY BLOCK-----")
    assert "PRIVATE" not in result.stdout
    (folder / "sleutels" / "broker.asc").unlink()
    missing = type_in("keys", "export", "--config", str(config))
    assert missing.exit_code == 1
    assert "broker keys init" in missing.stderr


def test_list_tells_which_keys_can_be_used(config: Path) -> None:
    """Every employee, and the register key, with the full fingerprint: no name and no address."""
    shown = type_in("keys", "list", "--config", str(config))
    rows = json.loads(type_in("keys", "list", "--json", "--config", str(config)).stdout)
    assert len(rows) == len(shown.output.splitlines()) == 19
    assert {row["state"] for row in rows} == {"good"}
    assert {row["medewerker"] for row in rows} >= {"j.hermans", "m.janssen", "register"}
    assert "@" not in shown.output


def test_pin_wants_a_public_key(config: Path, folder: Path) -> None:
    """A secret key, no key at all, or no file: each is told as what it is, and not pinned."""
    for file, told in (
        (folder / "sleutels" / "broker.asc", "holds no public OpenPGP key"),
        (folder / "broker.toml", "holds no public OpenPGP key"),
        (folder / "er-niet", "There is no file"),
    ):
        result = type_in("keys", "pin", "j.hermans", str(file), "--config", str(config))
        assert result.exit_code == 1
        assert told in result.stderr
