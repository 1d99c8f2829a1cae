"""Whatever stands in the place of a setting: faults that can be read, never a traceback."""

from __future__ import annotations

import tempfile
import tomllib
from datetime import date, datetime, time
from pathlib import Path

import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.settings.faults import Faults, render
from adapters.settings.load import Configuration
from adapters.settings.shipped import BROKER_FILE, NETWORK_FILE, shipped_folder
from tests.adapters.settings.example import load_example

Step = str | int

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40)
PLAIN = st.one_of(
    TEXT,
    st.sampled_from(["/dev/zero", "/", "..", "sqlite:///", "postgresql://h:x/y", "::1", "a" * 999]),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    st.datetimes(),
    st.times(),
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=5,
)


def places(value: object, here: tuple[Step, ...] = ()) -> list[tuple[Step, ...]]:
    """Every place in a document."""
    found = [here] if here else []
    if isinstance(value, dict):
        for name, inner in value.items():
            found += places(inner, (*here, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            found += places(inner, (*here, index))
    return found


def put(document: object, place: tuple[Step, ...], value: object) -> object:
    """The document with another value at a place."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(document, dict):
        return {k: put(v, rest, value) if k == step else v for k, v in document.items()}
    assert isinstance(document, list)
    return [put(v, rest, value) if i == step else v for i, v in enumerate(document)]


DOCUMENTS = {
    name: tomllib.loads((shipped_folder() / name).read_text(encoding="utf-8"))
    for name in (BROKER_FILE, NETWORK_FILE)
}
PLACES = [(name, place) for name, document in DOCUMENTS.items() for place in places(document)]


@settings(max_examples=80, deadline=None)
@given(where=st.sampled_from(PLACES), value=VALUES)
def test_any_value_in_any_place_is_read_or_told(
    where: tuple[str, tuple[Step, ...]], value: str | float | date | datetime | time
) -> None:
    """Every place of both files, every type that TOML has."""
    changed, place = where
    document = put(DOCUMENTS[changed], place, value)
    assert isinstance(document, dict)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in (BROKER_FILE, NETWORK_FILE):
            content = document if file == changed else DOCUMENTS[file]
            (folder / file).write_text(tomlkit.dumps(content), encoding="utf-8")
        (folder / "certificaten").symlink_to(shipped_folder() / "certificaten")
        result = load_example(folder / BROKER_FILE)
    assert isinstance(result, Configuration | Faults)
    if isinstance(result, Faults):
        assert result.faults
        told = render(result.faults)
        assert told.replace("\n", "").isprintable()
        assert told.count("Hint: ") == len(result.faults)
