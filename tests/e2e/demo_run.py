"""`broker demo` in a process of its own, and a search for plaintext in whatever it left."""

from __future__ import annotations

import base64
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LAST_LINE = "Ctrl-C stops it."
SECONDS = 60


def command(*words: str) -> list[str]:
    """`broker demo` with these words."""
    return [sys.executable, "-m", "broker", "demo", *words]


def environment(temporary: Path, *, path: str | None = None) -> dict[str, str]:
    """This environment, with a folder of its own for temporary files and, where given, a PATH."""
    changed = {**os.environ, "TMPDIR": str(temporary), "PYTHONUTF8": "1"}
    return changed if path is None else {**changed, "PATH": path}


@dataclass(slots=True)
class ServedDemo:
    """A demo that stays up: what it told until then."""

    process: subprocess.Popen[str]
    told: str

    @classmethod
    def start(cls, words: Sequence[str], *, env: dict[str, str]) -> ServedDemo:
        """Start it, and read until it says how to stop it. Fails when it ends before that."""
        process = subprocess.Popen(
            command("--serve", *words),
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        assert process.stdout is not None
        told = ""
        for line in process.stdout:
            told += line
            if line.strip() == LAST_LINE:
                return cls(process, told)
        raise AssertionError(told + process.communicate()[1])

    def keyrings(self) -> list[Path]:
        """The GnuPG homes of its workers, wherever they are (Linux only)."""
        parents, words = {}, {}
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):
                number = int(stat.parent.name)
                parents[number] = int(stat.read_text().rpartition(")")[2].split()[1])
                words[number] = stat.with_name("cmdline").read_text().split("\0")
        mine = {self.process.pid}
        while more := {n for n, parent in parents.items() if parent in mine} - mine:
            mine |= more
        return [
            Path(words[n][words[n].index(option) + 1])
            for n in mine
            for option in ("--homedir", "--fresh-home")
            if option in words.get(n, ())
        ]

    def interrupt(self) -> tuple[int, str]:
        """Press Ctrl-C; the exit code, and what it said on stderr."""
        self.process.send_signal(signal.SIGINT)
        _, errors = self.process.communicate(timeout=SECONDS)
        return self.process.returncode, errors


def spellings(word: str) -> Iterator[bytes]:
    """Every way in which a word may be written in a file that nobody encrypted."""
    for encoding in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
        raw = word.encode(encoding)
        yield raw
        yield raw.hex().encode()
        yield raw.hex().upper().encode()
        for shift in range(3):
            # Only the characters that hold nothing but this word.
            first, last = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
            for encode in (base64.b64encode, base64.urlsafe_b64encode):
                yield encode(b"\0" * shift + raw)[first:last]
    yield "".join(c if c.isascii() else _quoted(c, "utf-8") for c in word).encode()
    yield "".join(c if c.isascii() else _quoted(c, "latin-1") for c in word).encode()
    yield word.encode("ascii", errors="backslashreplace")


def _quoted(letter: str, encoding: str) -> str:
    return "".join(f"={byte:02X}" for byte in letter.encode(encoding))


def plaintext_in(folder: Path, words: Sequence[str]) -> list[str]:
    """Where one of the words stands in clear: in a name or in the content of a file.

    Line ends, and those that quoted-printable adds, do not hide a word; neither do capitals.
    """
    needles = {spelling: word for word in words for spelling in spellings(word)}
    lowered = {spelling.lower(): word for word in words for spelling in (word.encode(),)}
    found = []
    for path in sorted(folder.rglob("*")):
        content = str(path.relative_to(folder)).encode() + b"\0"
        if path.is_file():
            content += path.read_bytes()
        flat = content.replace(b"=\r\n", b"").replace(b"=\n", b"")
        flat = flat.replace(b"\r", b"").replace(b"\n", b"")
        found += [
            f"{path}: {word}"
            for spelling, word in needles.items()
            if spelling in content or spelling in flat
        ]
        small = content.lower()
        found += [f"{path}: {word}" for spelling, word in lowered.items() if spelling in small]
    return found
