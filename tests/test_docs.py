"""What the documentation shows is there: links, files, commands with their options."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from broker.commands import app
from tests.fixtures.pages import FENCE, PAGES, ROOT, SHOWN, anchors, page, section, ticked


class TestLinks:
    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_every_link_leads_somewhere(self, path: Path) -> None:
        """A file that is there, and in it the heading that is named."""
        prose = FENCE.sub("", path.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)\s]+)\)", prose):
            if re.match(r"[a-z]+:", target):
                continue
            name, _, anchor = target.partition("#")
            found = (path.parent / name).resolve() if name else path
            assert found.exists(), target
            if anchor:
                assert anchor in anchors(found), target

    def test_every_page_can_be_found_from_the_readme(self) -> None:
        """Nobody finds a page to which nothing leads."""
        for path in ROOT.glob("docs/*.md"):
            assert f"(docs/{path.name})" in page("README.md"), path.name

    def test_the_tree_of_the_readme_is_there(self) -> None:
        """Where things are is where they are."""
        blocks = [m[3] for m in FENCE.finditer(section(page("README.md"), "## Where things are"))]
        folder = ROOT
        for line in blocks[0].splitlines():
            name = line.split()[0]
            folder = folder if line.startswith(" ") else ROOT / name
            assert (folder / name if line.startswith(" ") else folder).exists(), line

    @pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
    def test_every_file_of_the_code_that_is_named_exists(self, path: Path) -> None:
        """A page that names a file that was moved misleads."""
        for name in ticked(FENCE.sub("", path.read_text(encoding="utf-8"))):
            if re.fullmatch(r"(?:broker|adapters|tests|config)/[\w./-]+", name):
                assert (ROOT / name).exists(), name


def command_lines(text: str) -> Iterator[str]:
    """Every line of code that a reader could type: in blocks, in the text, and in comments."""
    joined = text.replace("\\\n", " ")
    for block in FENCE.finditer(joined):
        if block[2] in ("sh", "ini"):
            yield from (x for x in block[3].splitlines() if not x.lstrip().startswith("#"))
    for inline in re.findall(r"`([^`]+)`", FENCE.sub("", joined)):
        yield " ".join(inline.split())
    for line in joined.splitlines():
        if re.match(r"#\s+(?:\d\. +)?docker compose ", line):
            yield line.lstrip("# 0123456789.")


def uses(program: str) -> list[tuple[str, list[str]]]:
    """Every use of a program in the documentation, with its arguments."""
    found = []
    for path in SHOWN:
        for line in command_lines(path.read_text(encoding="utf-8")):
            for part in re.split(r"[|;>]|&&", line):
                match = re.search(rf"(?:^|[\s=/]){program} +(.+)$", part.strip())
                if match is not None:
                    arguments = shlex.split(match[1], comments=True)
                    found.append((f"{path.name}: {line.strip()}", arguments))
    return found


class TestCommands:
    @pytest.mark.parametrize(("shown", "arguments"), uses("broker"))
    def test_every_command_of_the_broker_exists(self, shown: str, arguments: list[str]) -> None:
        """With these options, and with arguments where it wants them."""
        command = typer.main.get_command(app)
        words = list(arguments)
        while isinstance(command, TyperGroup):
            assert words, f"{shown}: not a whole command"
            name = words.pop(0)
            assert name in command.commands, f"{shown}: no command {name}"
            command = command.commands[name]
            if isinstance(command, TyperGroup) and not words:
                return  # 'broker keys' names the whole group.
        known = {option for parameter in command.params for option in parameter.opts}
        given = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert given <= known, shown

    @pytest.mark.parametrize(("shown", "arguments"), uses("make"))
    def test_every_target_of_make_exists(self, shown: str, arguments: list[str]) -> None:
        """And every variable that is given to it."""
        makefile = page("Makefile")
        targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
        for word in arguments:
            if re.match(r"[A-Z]+=", word):
                assert f"$({word.partition('=')[0]})" in makefile, shown
        assert next(word for word in arguments if "=" not in word) in targets, shown

    def test_the_first_steps_are_shown(self) -> None:
        """The two commands of a newcomer, and the way to a broker that runs."""
        shown = [" ".join(arguments) for _, arguments in uses("make")]
        assert {"demo", "test"} <= set(shown)
        typed = {arguments[0] for _, arguments in uses("broker")}
        assert {"init", "check", "serve", "status", "upgrade", "keys", "casus", "demo"} <= typed


def test_the_readme_shows_what_the_demo_prints() -> None:
    """A newcomer compares the two; only the days and the year differ."""

    def timeless(line: str) -> str:
        return re.sub(r"ZNW-\d+", "ZNW-year", re.sub(r"\d+ [a-z]+$", "day", line.rstrip()))

    excerpt = next(
        m[3] for m in FENCE.finditer(section(page("README.md"), "## Try it")) if "──" in m[3]
    )
    done = subprocess.run(
        [sys.executable, "-m", "broker", "demo"], check=True, capture_output=True, encoding="utf-8"
    )
    printed = [timeless(line) for line in done.stdout.splitlines()]
    at = 0
    for line in excerpt.splitlines():
        if line.strip() != "…":
            assert timeless(line) in printed[at:], line
            at = printed.index(timeless(line), at) + 1
