"""`broker init`: from nothing to a workspace, with every next step told."""

from __future__ import annotations

import stat
from pathlib import Path

from typer.testing import Result

from tests.commands.conftest import behind_own_server, type_in


def test_init_makes_all_that_can_be_made(fresh: tuple[Path, Result]) -> None:
    """Configuration, both keys and both databases are there, secrets for their owner alone."""
    folder, result = fresh
    assert result.exit_code == 0, result.output
    for name in ("broker.toml", "zorgnetwerk-venlo.toml", "README.md"):
        assert (folder / name).is_file()
    for name in (
        *("sleutels/broker.asc", "sleutels/hoofdsleutel"),
        *("gegevens/broker.sqlite", "gegevens/casussleutels.sqlite"),
    ):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600
    for name in ("sleutels", "gegevens"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o700


def test_init_tells_what_to_do_next(fresh: tuple[Path, Result]) -> None:
    """Every file to edit, every command to give, with the real path in it, and no secret."""
    folder, result = fresh
    config = folder / "broker.toml"
    for step in (
        *("sleutels/tls-certificaat.pem", "sleutels/tls-sleutel.pem", "zorgnetwerk-venlo.toml"),
        *(f"broker keys pin MEDEWERKER CERTIFICATE --config {config}",),
        *(f"broker keys export --config {config}", f"broker check --config {config}"),
        *(f"broker serve --config {config}", "broker@venlo.example"),
    ):
        assert step in result.output
    assert "PRIVATE" not in result.output


def test_what_is_left_after_init_is_tls_and_the_relay(folder: Path, relay: int) -> None:
    """`check` asks for exactly what step 1 of `init` tells; once that is done all is in order."""
    config = folder / "broker.toml"
    before = type_in("check", "--config", str(config))
    assert before.exit_code == 1
    assert [line for line in before.output.splitlines() if line.startswith("fault")] == [
        "fault   broker.toml: smtp, tls_certificaat names a file that does not exist.",
        "fault   broker.toml: smtp, tls_sleutel names a file that does not exist.",
        "fault   relay.venlo.example:25 cannot be used: no mail can go there now (onbereikbaar).",
    ]
    for still_invented in (
        "zorgnetwerk-venlo.toml has addresses that end in .example, of",
        "zorgnetwerk-venlo.toml has shipped keys, of which nobody has the secret part, of",
        "zorgnetwerk-venlo.toml: besluit, registersleutel is the shipped example",
        "broker.toml: broker, adres ends in .example",
    ):
        assert f"notice  {still_invented}" in before.output
    assert "keys init" not in before.output
    behind_own_server(config, relay)
    after = type_in("check", "--config", str(config))
    assert after.exit_code == 0, after.output
    assert "in order" in after.output


def test_init_touches_no_folder_that_holds_anything(tmp_path: Path) -> None:
    """Nothing is overwritten, and the operator hears what to do."""
    (tmp_path / "brief.txt").write_text("van mij", encoding="ascii")
    result = type_in("init", str(tmp_path))
    assert result.exit_code == 1
    assert "is there already and holds something" in result.stderr
    assert "Hint: choose a new folder" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["brief.txt"]


def test_init_refuses_what_is_no_address_and_leaves_nothing(tmp_path: Path) -> None:
    """A typing error in the address must not become a key with that address."""
    result = type_in("init", str(tmp_path / "w"), "--adres", "broker")
    assert result.exit_code == 2
    assert "is not a mail address" in result.stderr
    assert not (tmp_path / "w").exists()
