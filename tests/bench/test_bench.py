"""The bench itself: it does the whole work, and what it counts is what was done."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from broker.bench import Options, Report, compare
from broker.bench.report import Counts, Sample
from broker.commands import app

CASUSSEN = 2
RUNS = 1
MAILS = 8
"""Six verzoeken, the status for the melder, the kennisgeving for the ketenregisseur."""


# Any: what a script reads from JSON.
@pytest.fixture(scope="module")
def printed() -> dict[str, Any]:
    """What `broker bench --json` prints for a small bench."""
    result = CliRunner().invoke(
        app, ["bench", "--json", "--casussen", str(CASUSSEN), "--runs", str(RUNS)]
    )
    assert result.exit_code == 0, result.output
    value: dict[str, Any] = json.loads(result.stdout)
    return value


def test_the_broker_and_its_floor_are_compared_for_every_melding(printed: dict[str, Any]) -> None:
    """`--json` is one object with the ratio of two medians, and where they come from."""
    assert printed["n"] == CASUSSEN * RUNS
    assert printed["runs"] == RUNS
    measured, floor = printed["measured_ms"], printed["floor_ms"]
    ratio = measured["median"] / floor["median"]
    assert printed["ratios"]["fanout_floor"] == pytest.approx(ratio, rel=0.01, abs=0.01)
    for figures in (measured, floor, *printed["floor_parts_ms"].values()):
        assert 0 < figures["median"] <= figures["p95"]
    assert set(printed["floor_parts_ms"]) == {"sequoia", "smtp", "sqlite"}


def test_every_melding_becomes_a_casus_that_asks_six_desks(printed: dict[str, Any]) -> None:
    """What is timed is the whole work: nothing is refused, held, or left in a queue."""
    counts = printed["counts"]
    assert counts["casussen"] == CASUSSEN * RUNS + printed["warm_up"]
    assert counts["casussen_in_verrijking"] == counts["casussen"]
    assert counts["verzoeken"] == 6


def test_the_floor_does_as_much_as_the_broker_did(printed: dict[str, Any]) -> None:
    """Letters, transactions and commits are counted, not guessed: status and notice included."""
    counts = printed["counts"]
    assert counts["letters"] == MAILS
    assert counts["smtp_transactions"] == MAILS + 1
    # In, claimed, the casus key, the casus, claimed to be sent, sent.
    assert 4 <= counts["commits"] <= 6


def test_the_figures_say_where_they_were_measured(printed: dict[str, Any]) -> None:
    """A figure without its machine and versions says nothing."""
    machine = printed["machine"]
    assert machine["cores"] > 0
    assert machine["python"].startswith("3.")
    assert {"sqlite", "sqlalchemy", "pysequoia", "aiosmtpd", "aiosmtplib"} <= set(machine)


def test_the_databases_lie_where_one_asks_and_are_removed(tmp_path: Path) -> None:
    """`--folder` measures the disk that will be used; nothing is left on it."""
    report = asyncio.run(compare(Options(casussen=1, runs=1, warm_up=1, folder=tmp_path)))
    assert report.counts.casussen == 3
    assert not list(tmp_path.iterdir())


def test_the_ratio_is_that_of_the_medians_and_a_person_reads_a_table() -> None:
    """One slow melding changes the p95, not the ratio."""
    samples = tuple(
        Sample(broker=broker, floor=0.010, sequoia=0.002, smtp=0.005, sqlite=0.003)
        for broker in (0.030, 0.030, 0.030, 0.900)
    )
    report = Report(samples, Counts(6, 8, 9, 6, 0, 4, 4), runs=2, warm_up=3)
    assert report.fanout_floor == pytest.approx(3.0)
    table = report.as_table()
    assert "fanout_floor 3.00" in table
    assert "9 transactions" in table
    assert "6 commits" in table
    assert "900.00" in table
