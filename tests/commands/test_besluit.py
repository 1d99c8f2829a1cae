"""`broker besluit` in a workspace without mail."""

from __future__ import annotations

import json
from pathlib import Path

from tests.adapters.settings.example import edit
from tests.commands.conftest import behind_own_server, type_in

AGENT = "w.vanderlinden"


def test_the_configuration_suspends_beside_the_command(config: Path) -> None:
    """Resuming by a command is told not to be enough, and the status names both."""
    behind_own_server(config, 25)
    edit(config.parent / "zorgnetwerk-venlo.toml", "opgeschort = false", "opgeschort = true")
    assert type_in("besluit", "suspend", "--namens", AGENT, "--config", str(config)).exit_code == 0
    said = type_in("besluit", "resume", "--namens", AGENT, "--config", str(config))
    assert said.exit_code == 0, said.output
    assert "still is by `opgeschort = true`" in said.output
    shown = type_in("besluit", "status", "--config", str(config)).output
    assert "not in force today" in shown
    assert "`opgeschort = true`" in shown
    told = json.loads(type_in("besluit", "status", "--json", "--config", str(config)).output)
    assert (told["van_kracht"], told["opgeschort_in_configuratie"]) == (False, True)
    assert told["opgeschort_door_opdracht"] is False


def test_a_decision_that_ended_is_told(config: Path) -> None:
    """Outside its dates it is not in force, whatever was suspended."""
    behind_own_server(config, 25)
    edit(
        config.parent / "zorgnetwerk-venlo.toml",
        "# geldig_tot = 2030-12-31",
        "geldig_tot = 2021-12-31",
    )
    shown = type_in("besluit", "status", "--config", str(config)).output
    assert "Today lies outside geldig_van and geldig_tot." in shown
