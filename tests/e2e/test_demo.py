"""`broker demo`: the main job told from beginning to end, and what it leaves."""

from __future__ import annotations

import json
import re
import smtplib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.openpgp.vault import find_gnupg
from broker.commands import app
from broker.demo.play import Options, Result, play
from broker.demo.script import FORM
from broker.domain.verzoek import Waarde
from tests.e2e.demo_run import (
    SECONDS,
    ServedDemo,
    command,
    environment,
    plaintext_in,
    spellings,
)

MELDING = """\
Naam: Zoë Kanariebloem
Adres: Zangvogelpad 83
Postcode: 5931 QX
Woonplaats: Tegelen
Meerderjarig: ja
Doel: woonoverlast, ketenregie
Reden van melding: Verzamelt kwikstaarten op het balkon, geboren 17-03-1949.
Eigen inzet gedaan: ja
Toestemming: ja
Datum toestemming: 2026-02-12
"""
CANARIES = (
    *("Zoë Kanariebloem", "Kanariebloem", "Zangvogelpad", "5931 QX", "5931QX"),
    *("kwikstaarten", "17-03-1949", "1949-03-17"),
    # What people wrote in their answers.
    *("geloof ik wel iets", "betrokkene is bij ons", "Met vriendelijke groet", "A. de Wit"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One run with `--keep --melding --serve`: what it told, and what was found meanwhile."""

    folder: Path
    told: str
    greeting: int
    files: frozenset[str]
    while_up: list[str]
    code: int
    errors: str
    temporary: list[str]
    keyrings: list[Path]


@pytest.fixture(scope="module")
def kept() -> Iterator[Kept]:
    """The demo on a melding full of canaries; looked at while it is up, and then interrupted."""
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        # A path so long that no agent's socket would fit in it.
        folder = Path(name) / "gemeente-venlo-zorgnetwerk-verrijkingsbroker" / ("w" * 60) / "keep"
        temporary = Path(name) / "t"
        temporary.mkdir()
        form = Path(name) / "melding.txt"
        form.write_text(MELDING, encoding="utf-8")
        demo = ServedDemo.start(
            ["--keep", str(folder), "--melding", str(form)], env=environment(temporary)
        )
        try:
            port = int(re.findall(r"SMTP: +127\.0\.0\.1:(\d+)", demo.told)[0])
            with smtplib.SMTP("127.0.0.1", port, timeout=SECONDS) as client:
                greeting = client.ehlo("tester.example")[0]
            files = frozenset(path.name for path in folder.rglob("*"))
            keyrings = demo.keyrings()
            while_up = [
                line
                for place in (folder, temporary, *keyrings)
                for line in plaintext_in(place, CANARIES)
            ]
        finally:
            code, errors = demo.interrupt()
        left = [str(path) for path in temporary.rglob("*")]
        yield Kept(folder, demo.told, greeting, files, while_up, code, errors, left, keyrings)


@dataclass(frozen=True, slots=True)
class Asked:
    """One run with `--json` on a machine without GnuPG."""

    code: int
    value: dict[str, object]
    errors: str
    temporary: list[str]


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    """The demo as a script runs it, with nothing on the PATH."""
    with tempfile.TemporaryDirectory(prefix="demo-") as name:
        empty, temporary = Path(name) / "bin", Path(name) / "t"
        empty.mkdir()
        temporary.mkdir()
        done = subprocess.run(
            command("--json"),
            env=environment(temporary, path=str(empty)),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            text=True,
            encoding="utf-8",
        )
        left = [str(path) for path in temporary.rglob("*")]
        yield Asked(done.returncode, json.loads(done.stdout), done.stderr, left)


def test_json_is_one_object_with_the_promised_fields(asked: Asked) -> None:
    """`--json` prints these fields and nothing else, also without GnuPG."""
    assert asked.code == 0, asked.errors
    assert asked.errors == ""
    assert set(asked.value) == {
        *("kenmerk", "uitkomst", "verstrekkingen"),
        *("register_valid", "mails_sent", "seconds"),
    }
    assert re.fullmatch(r"ZNW-\d{4}-00001", str(asked.value["kenmerk"]))
    assert asked.value["register_valid"] is True
    assert asked.value["verstrekkingen"] == 1
    assert asked.value["mails_sent"] == 12
    assert isinstance(asked.value["seconds"], float)
    assert asked.value["seconds"] < SECONDS


@pytest.mark.rule("D-4")
def test_every_value_occurs_but_one(asked: Asked) -> None:
    """The partners give every answer, and the broker fills in silence and who was not asked."""
    uitkomst = asked.value["uitkomst"]
    assert uitkomst == {
        "sociaal-wijkteam-plus": Waarde.BEKEND,
        "schuldhulpverlening": Waarde.GEEN_REACTIE,
        "politie": Waarde.ONBEKEND,
        "incluzio": Waarde.BEKEND,
        "woonwenz": Waarde.NIET_GEVRAAGD,
        "antares": Waarde.NIET_VAST_TE_STELLEN,
        "vincent-van-gogh": Waarde.NIET_VERSTREKT,
    }
    assert set(uitkomst.values()) == set(Waarde) - {Waarde.NIET_BEREIKT}


def test_the_story_ends_with_the_uitkomst_and_the_register(kept: Kept) -> None:
    """Whoever reads it sees the melding, a verzoek, the replies, the uitkomst and the rows."""
    story = kept.told
    parts = [
        "1. A melding",
        "Zoë Kanariebloem",
        "BEGIN PGP MESSAGE",
        "2. The broker asks 6 desks",
        "Is deze persoon bij uw organisatie bekend?",
        "3. People press Reply",
        "asks again",
        "4. Days go by",
        "5. The uitkomst",
        "Onderwerp: Uitkomst ZNW-",
        "\nWerkgebied: Tegelen, Belfeld, Steijl.",
        "Hulp: maatschappelijk werk door mevrouw A. de Wit",
        "6. The register of the police (1 row)",
        "antwoord: onbekend",
        "afgeleverd",
        "Look next",
    ]
    places = [story.find(part) for part in parts]
    assert -1 not in places, parts[places.index(-1)]
    assert places == sorted(places)
    uitkomst = story[story.index("5. The uitkomst") :]
    assert not any(word in uitkomst for word in ("Kanariebloem", "kwikstaarten", "geloof ik"))


def test_the_story_fits_a_terminal(kept: Kept) -> None:
    """No line of the story is wider than 80 columns; only commands to copy may be."""
    story = kept.told[: kept.told.index("The broker stays up")]
    assert [
        line for line in story.split("\n") if len(line) > 80 and str(kept.folder) not in line
    ] == []


@pytest.mark.gnupg
def test_two_partners_use_gnupg(kept: Kept) -> None:
    """Where GnuPG is installed, what its users send and read goes through the whole round."""
    with_gnupg = re.findall(r"^  (\S+):.*\[GnuPG\]$", kept.told, re.MULTILINE)
    assert set(with_gnupg) == {"Politie", "Antares"}
    assert "opened with GnuPG" in kept.told


def test_it_serves_until_it_is_interrupted(kept: Kept) -> None:
    """`--serve` keeps the server up, says where, and Ctrl-C ends it in peace."""
    assert kept.greeting == 250
    assert f"broker status --config {kept.folder}" in kept.told
    assert kept.errors == ""
    assert kept.code == 0


def test_everything_is_kept(kept: Kept) -> None:
    """`--keep` leaves databases, keys, every mail as sent and the register."""
    for name in (
        *("broker.toml", "zorgnetwerk-venlo.toml", "register-export.json"),
        *("gegevens/broker.sqlite", "gegevens/casussleutels.sqlite"),
        *("sleutels/broker.asc", "sleutels/hoofdsleutel", "partners/j.hermans/sleutel.asc"),
    ):
        assert (kept.folder / name).is_file(), name
    mails = sorted(path.name for path in (kept.folder / "mails").iterdir())
    assert mails[0] == "01-van-j.hermans@woonwenz.example.eml"
    assert len([name for name in mails if re.match(r"\d\d-aan-", name)]) == 12
    assert len([name for name in mails if re.match(r"\d\d-van-", name)]) == 7
    for path in (kept.folder / "mails").iterdir():
        assert b"-----BEGIN PGP MESSAGE-----" in path.read_bytes()
    rows = json.loads((kept.folder / "register-export.json").read_text(encoding="utf-8"))
    assert [row["sequence"] for row in rows] == [1]
    assert rows[0]["content"].startswith("-----BEGIN PGP MESSAGE-----")


def test_nothing_that_is_kept_holds_the_person_in_clear(kept: Kept) -> None:
    """Databases with their WAL, mails, keys, GnuPG homes and export, while it is up and after it:
    no canary of the melding or of the answers, in any spelling."""
    assert "broker.sqlite-wal" in kept.files
    assert kept.while_up == []
    assert plaintext_in(kept.folder, CANARIES) == []


def test_nothing_is_left_in_the_folder_for_temporary_files(kept: Kept, asked: Asked) -> None:
    """Keyrings, links and sockets made on the way are gone, in /dev/shm too."""
    assert bool(kept.keyrings) is (find_gnupg() is not None and sys.platform == "linux")
    assert [path for path in kept.keyrings if path.exists()] == []
    assert kept.temporary == []
    assert asked.temporary == []


def test_the_search_for_plaintext_finds_every_spelling(tmp_path: Path) -> None:
    """The search is no idle one: whatever is planted is found, also across lines."""
    for number, spelling in enumerate(spellings("Zoë Kanariebloem")):
        folder = tmp_path / str(number)
        folder.mkdir()
        middle = len(spelling) // 2
        (folder / "whole").write_bytes(b"\1\2" + spelling + b"\3")
        (folder / "wrapped").write_bytes(spelling[:middle] + b"\r\n" + spelling[middle:])
        found = plaintext_in(folder, ["Zoë Kanariebloem"])
        assert {Path(line.split(": ")[0]).name for line in found} == {"whole", "wrapped"}
    (tmp_path / "ZOË KANARIEBLOEM.txt").touch()
    assert plaintext_in(tmp_path, ["kanariebloem"])


# --- in this process ----------------------------------------------------------------------------


async def _play(*, form: str, base: datetime | None = None) -> tuple[bool, str, list[Result]]:
    lines: list[str] = []
    results: list[Result] = []
    options = Options(tell=lines.append, announce=lines.append, report=results.append, form=form)
    if base is not None:
        options = Options(
            tell=lines.append,
            announce=lines.append,
            report=results.append,
            form=form,
            base=lambda: base,
        )
    return await play(options), "\n".join(lines), results


async def test_a_refused_melding_shows_what_the_melder_reads() -> None:
    """Nobody is asked anything, and the melder hears every fault at once."""
    form = FORM.replace("Eigen inzet gedaan: ja", "Eigen inzet gedaan: nee").replace("5921", "9999")
    taken, told, results = await _play(form=form)
    assert not taken
    assert "Onderwerp: Melding niet in behandeling" in told
    assert "- Postcode: Deze ligt niet in de gemeente Venlo." in told
    assert "- Eigen inzet gedaan: " in told
    assert "asks" not in told
    assert [(r.kenmerk, r.uitkomst, r.verstrekkingen, r.mails_sent) for r in results] == [
        ("", {}, 0, 1)
    ]


async def test_a_good_concept_starts_nothing_and_is_no_refusal() -> None:
    """A concept that would be taken is answered, and that is all."""
    taken, told, results = await _play(form=FORM + "Concept: ja\n")
    assert taken
    assert "Uw concept is goed." in told
    assert results[0].kenmerk == ""


@pytest.mark.parametrize("year", [2025, 2031])
async def test_the_demo_runs_in_any_year(year: int) -> None:
    """Before the people of the shipped network are active it begins when they are; years later
    it still runs."""
    taken, _, results = await _play(form=FORM, base=datetime(year, 12, 24, 12, 0, tzinfo=UTC))
    assert taken
    assert set(results[0].uitkomst.values()) == set(Waarde) - {Waarde.NIET_BEREIKT}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        (b"\xff\xfe\x00Naam", "cannot be read"),
        (b" \n", "is empty"),
        (b"x" * 100_001, "is too long"),
    ],
)
def test_a_form_that_cannot_be_read_is_wrong_use(
    content: bytes | None, words: str, tmp_path: Path
) -> None:
    """A path that is wrong, or a file that is no text: one sentence, a hint, exit code 2."""
    form = tmp_path / "melding.txt"
    if content is not None:
        form.write_bytes(content)
    done = CliRunner().invoke(app, ["demo", "--melding", str(form)])
    assert done.exit_code == 2
    assert words in done.stderr
    assert "Give a text file" in done.stderr
    assert done.stdout == ""


def test_a_folder_in_use_is_left_alone(tmp_path: Path) -> None:
    """`--keep` never writes into a folder that holds something, nor over a file."""
    (tmp_path / "mine").write_text("precious", encoding="utf-8")
    for folder in (tmp_path, tmp_path / "mine"):
        done = CliRunner().invoke(app, ["demo", "--keep", str(folder)])
        assert done.exit_code == 2
        assert "nothing was changed" in done.stderr
        assert done.stdout == ""
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_without_gnupg_the_story_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a machine without GnuPG everybody uses the in-process engine, and the reader knows. A
    concept that would be refused is a refusal: exit code 1."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_gnupg() is None
    form = tmp_path / "melding.txt"
    form.write_text(FORM.replace("5921", "9999") + "Concept: ja\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["demo", "--melding", str(form)])
    assert done.exit_code == 1
    assert "GnuPG is not installed here" in done.stdout
    assert "Onderwerp: Concept gecontroleerd" in done.stdout
    assert "[GnuPG]" not in done.stdout
