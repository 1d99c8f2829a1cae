"""Pinning a key changes one line, keeps the owner's comments, and never leaves half a file."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from adapters.settings.faults import Fault
from adapters.settings.pins import NewKey, pin, pin_all, pin_register_key
from adapters.settings.workspace import WorkspaceWritten
from broker.domain.partner import MedewerkerId, Vingerafdruk
from tests.adapters.settings.example import HERE, loaded, new_workspace

NEW = Vingerafdruk("755A3056A91B980746A3F5D9444421F5B21C7CC0")
OTHER = Vingerafdruk("4D5F9EAAD37D595499BD8BD474E56714C3A52F97")
NGUYEN = Vingerafdruk("1122E0BB3F068AD0C8BA7C94406D3F567C089370")
HERMANS = MedewerkerId("j.hermans")


@pytest.fixture
def workspace(tmp_path: Path) -> WorkspaceWritten:
    """A copy of the shipped configuration."""
    return new_workspace(tmp_path)


def certificate(fingerprint: str = NEW) -> bytes:
    """A certificate that is not in the shipped configuration."""
    return (HERE / "certificaten" / f"{fingerprint}.asc").read_bytes()


def changed_lines(before: str, after: str) -> list[str]:
    """The lines that differ."""
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-"]


def test_one_line_changes_and_the_certificate_is_there(workspace: WorkspaceWritten) -> None:
    """Comments, order and layout stay as the owner wrote them."""
    before = workspace.network_file.read_text(encoding="utf-8")
    assert pin(workspace.network_file, HERMANS, fingerprint=NEW, certificate=certificate()) is None
    after = workspace.network_file.read_text(encoding="utf-8")
    assert changed_lines(before, after) == [
        '- vingerafdruk = "1832468F111DC3606566D1BE3F3225F7C3322F71"',
        f'+ vingerafdruk = "{NEW}"',
    ]
    network = loaded(workspace.broker_file).network
    found = network.medewerker_met(NEW)
    assert found is not None
    assert found[1].id == HERMANS


def test_the_register_key_is_pinned_in_the_decision(workspace: WorkspaceWritten) -> None:
    """The register belongs to the police, and so does its key."""
    done = pin_register_key(workspace.network_file, fingerprint=NEW, certificate=certificate())
    assert done is None
    assert loaded(workspace.broker_file).network.besluit.registersleutel == NEW


def test_many_keys_are_pinned_all_or_none(workspace: WorkspaceWritten) -> None:
    """One that is wrong keeps the others out."""
    before = workspace.network_file.read_bytes()
    result = pin_all(
        workspace.network_file,
        [
            NewKey(HERMANS, NEW, certificate()),
            NewKey(MedewerkerId("p.nguyenn"), OTHER, certificate(OTHER)),
        ],
    )
    assert isinstance(result, Fault)
    assert result.hint == "did you mean `p.nguyen`?"
    assert workspace.network_file.read_bytes() == before


@pytest.mark.parametrize(
    ("key", "problem"),
    [
        (NewKey(HERMANS, Vingerafdruk("abc"), certificate()), "gets no full fingerprint"),
        (NewKey(HERMANS, NEW, b"\x99\x01"), "gets no armored public certificate"),
        (
            NewKey(HERMANS, NEW, b"-----BEGIN PGP PRIVATE KEY BLOCK-----"),
            "gets no armored public certificate",
        ),
        (
            NewKey(HERMANS, NGUYEN, certificate()),
            "gets the key of p.nguyen",
        ),
    ],
    ids=["fingerprint", "binary", "secret", "of another"],
)
def test_a_key_that_cannot_be_pinned_changes_nothing(
    workspace: WorkspaceWritten, key: NewKey, problem: str
) -> None:
    """The refusal says why."""
    before = workspace.network_file.read_bytes()
    result = pin_all(workspace.network_file, [key])
    assert isinstance(result, Fault)
    assert result.problem == problem
    assert workspace.network_file.read_bytes() == before


def test_a_file_that_is_no_toml_is_left_alone(workspace: WorkspaceWritten) -> None:
    """Its owner mends it first."""
    workspace.network_file.write_text("[netwerk\n", encoding="utf-8")
    result = pin(workspace.network_file, HERMANS, fingerprint=NEW, certificate=certificate())
    assert isinstance(result, Fault)
    assert workspace.network_file.read_text(encoding="utf-8") == "[netwerk\n"


def test_without_a_decision_there_is_no_register_key(workspace: WorkspaceWritten) -> None:
    """The table must be there first."""
    workspace.network_file.write_text("", encoding="utf-8")
    result = pin_register_key(workspace.network_file, fingerprint=NEW, certificate=certificate())
    assert isinstance(result, Fault)
    assert result.place == "besluit"
