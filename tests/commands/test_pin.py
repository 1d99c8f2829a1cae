"""`broker keys pin` mends a configuration, so it works while something in it is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pysequoia import Cert, Tsk
from typer.testing import CliRunner

from adapters.settings.workspace import WorkspaceWritten, write_workspace
from broker.commands import app
from broker.domain.partner import Vingerafdruk
from tests.adapters.settings.example import HERE, loaded

PINNED = "1832468F111DC3606566D1BE3F3225F7C3322F71"
CANNOT_ENCRYPT = HERE / "certificaten" / "648BAED8088AA222ACFC72914CAF7C266EFF6DC6.asc"


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceWritten:
    """A workspace as `broker init` begins it, but for its keys."""
    written = write_workspace(tmp_path / "werkruimte")
    assert isinstance(written, WorkspaceWritten)
    return written


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """The public key of somebody who is new."""
    file = tmp_path / "nieuw.asc"
    key = Tsk.generate("de heer N. Ieuw <n.ieuw@woonwenz.example>")
    file.write_text(str(key.extract_certificate()), encoding="ascii")
    return file


def pin(who: str, certificate: Path, workspace: WorkspaceWritten) -> tuple[int, str]:
    """Exit code, and everything that was said."""
    config = str(workspace.broker_file)
    result = CliRunner().invoke(app, ["keys", "pin", who, str(certificate), "--config", config])
    return result.exit_code, result.output


def test_a_new_employee_is_pinned_whose_fingerprint_is_still_empty(
    workspace: WorkspaceWritten, certificate: Path
) -> None:
    """That he has no key yet is a fault of the configuration: this is the command to mend it."""
    text = workspace.network_file.read_text(encoding="utf-8")
    workspace.network_file.write_text(text.replace(PINNED, ""), encoding="utf-8")
    code, said = pin("j.hermans", certificate, workspace)
    assert code == 0, said
    fingerprint = Cert.from_bytes(certificate.read_bytes()).fingerprint.upper()
    assert f'vingerafdruk = "{fingerprint}"' in workspace.network_file.read_text(encoding="utf-8")
    assert "".join(said.splitlines()[0].split(":")[1].split()) == fingerprint


@pytest.mark.rule("D-14")
def test_the_key_of_a_desk_is_pinned_by_its_id(
    workspace: WorkspaceWritten, certificate: Path
) -> None:
    """It stands at the desk, whose people may then do without one; no other place changes."""
    text = workspace.network_file.read_text(encoding="utf-8")
    assert pin("schuldhulpverlening", certificate, workspace)[0] == 0
    fingerprint = Cert.from_bytes(certificate.read_bytes()).fingerprint.upper()
    after = workspace.network_file.read_text(encoding="utf-8")
    assert after.count(fingerprint) == 1
    own = """adres = "k.engels@venlo.example"
telefoon = "077-555 01 06"
vingerafdruk = "6AD101972A89A962B60DFAB99FE5BD0E88D4BB75"
"""
    desk = 'naam = "Schuldhulpverlening"\n'
    assert own in after
    after = after.replace(own, "").replace(desk, f'{desk}adres = "schuldhulp@venlo.example"\n')
    workspace.network_file.write_text(after, encoding="utf-8")
    network = loaded(workspace.broker_file).network
    loket = network.loket_met(Vingerafdruk(fingerprint))
    assert loket is not None
    engels, baldewsingh = loket.medewerkers
    assert (loket.id, loket.adres) == ("schuldhulpverlening", "schuldhulp@venlo.example")
    assert (engels.vingerafdruk, engels.adres, engels.deelt_sleutel) == (
        fingerprint,
        "schuldhulp@venlo.example",
        True,
    )
    assert (baldewsingh.adres, baldewsingh.deelt_sleutel) == ("r.baldewsingh@venlo.example", False)
    listed = CliRunner().invoke(
        app, ["keys", "list", "--json", "--config", str(workspace.broker_file)]
    )
    rows = {row["medewerker"]: row["fingerprint"] for row in json.loads(listed.output)}
    assert rows["schuldhulpverlening"] == fingerprint
    assert "k.engels" not in rows
    assert text != after


@pytest.mark.rule("WPG-23")
def test_no_key_is_pinned_for_the_desk_of_the_police(
    workspace: WorkspaceWritten, certificate: Path
) -> None:
    """Only a designated officer signs: nothing is changed."""
    before = workspace.network_file.read_bytes()
    code, said = pin("politie", certificate, workspace)
    assert code == 1
    assert "WPG-23" in said
    assert workspace.network_file.read_bytes() == before


def test_a_key_that_nothing_can_be_encrypted_to_is_not_pinned(
    workspace: WorkspaceWritten,
) -> None:
    """It would keep the broker from starting; now only its owner has to do something."""
    before = workspace.network_file.read_bytes()
    code, said = pin("j.hermans", CANNOT_ENCRYPT, workspace)
    assert code == 1
    assert "nothing can be encrypted to" in said
    assert workspace.network_file.read_bytes() == before


def test_who_is_nobody_gets_no_key(workspace: WorkspaceWritten, certificate: Path) -> None:
    """A typing error is told with the name that was meant, and changes nothing."""
    before = workspace.network_file.read_bytes()
    code, said = pin("j.herman", certificate, workspace)
    assert code == 1
    assert "did you mean `j.hermans`?" in said
    assert workspace.network_file.read_bytes() == before


def test_without_a_network_file_it_is_wrong_use(
    workspace: WorkspaceWritten, certificate: Path
) -> None:
    """The place to look at is named, and no traceback follows."""
    workspace.network_file.unlink()
    code, said = pin("j.hermans", certificate, workspace)
    assert code == 2
    assert "broker.toml: broker, netwerk names a file that does not exist" in said


def test_the_register_key_is_listed_with_the_others(
    workspace: WorkspaceWritten, certificate: Path
) -> None:
    """Without a usable one nothing may be disclosed: its end must be seen coming."""
    assert pin("register", certificate, workspace)[0] == 0
    config = str(workspace.broker_file)
    listed = CliRunner().invoke(app, ["keys", "list", "--json", "--config", config])
    fingerprint = Cert.from_bytes(certificate.read_bytes()).fingerprint.upper()
    assert json.loads(listed.output)[-1] == {
        "medewerker": "register",
        "fingerprint": fingerprint,
        "expires": None,
        "state": "good",
    }


def test_what_the_operating_system_refuses_is_one_sentence(tmp_path: Path) -> None:
    """A folder that cannot be made is the operator's to mend: no traceback."""
    (tmp_path / "bestand").write_text("", encoding="ascii")
    done = subprocess.run(
        [sys.executable, "-m", "broker", "init", str(tmp_path / "bestand" / "werkruimte")],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("The operating system refuses: Not a directory")
    assert len(done.stderr.splitlines()) == 1
