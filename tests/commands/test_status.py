"""`broker status` and `casus` on a broker that has done nothing yet."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import change, type_in


def test_a_broker_at_rest_has_nothing_to_tell(config: Path) -> None:
    """Counts of nothing, no alarm, exit code 0; the same as JSON."""
    shown = type_in("status", "--config", str(config))
    assert shown.exit_code == 0
    assert "No alarms." in shown.output
    said = json.loads(type_in("status", "--json", "--config", str(config)).stdout)
    assert set(said) == {"post_in", "post_uit", "casussen", "register", "vastgehouden", "alarmen"}
    assert (said["casussen"], said["vastgehouden"], said["alarmen"]) == ({}, [], [])


def test_there_are_no_casussen_yet(config: Path) -> None:
    """An empty list, and a kenmerk that nothing has."""
    assert "There are no casussen." in type_in("casus", "list", "--config", str(config)).output
    listed = type_in("casus", "list", "--json", "--config", str(config))
    assert json.loads(listed.stdout) == []
    for words in (("show", "ZNW-2026-99999"), ("withdraw", "nonsense", "--namens", "j.hermans")):
        result = type_in("casus", *words, "--config", str(config))
        assert result.exit_code in (1, 2), result.output
        assert "Traceback" not in result.output
    result = type_in("casus", "show", "ZNW-2026-99999", "--config", str(config))
    assert result.exit_code == 1
    assert "There is no casus with this kenmerk." in result.stderr
    assert "broker casus list" in result.stderr


def test_a_database_server_that_is_away_is_one_sentence_and_a_hint(
    config: Path, folder: Path
) -> None:
    """Exit code 1, what cannot be reached, and what to look at."""
    change(config, {("database", "url"): f"postgresql://broker@/broker?host={folder}"})
    for words in (("status",), ("casus", "list"), ("upgrade",)):
        result = type_in(*words, "--config", str(config))
        assert result.exit_code == 1
        assert "cannot be reached" in result.stderr
        assert "Look whether it runs" in result.stderr
