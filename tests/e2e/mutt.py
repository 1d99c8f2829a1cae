"""Real mutt at a terminal of 100 columns by 40 lines: shows a mail, and replies to it."""

from __future__ import annotations

import fcntl
import os
import pty
import shlex
import struct
import subprocess
import termios
import threading
from dataclasses import dataclass
from pathlib import Path

from broker.demo.people import GnuPGProgram
from broker.domain.partner import Medewerker

_SECONDS = 30.0
_SETTINGS = """\
set crypt_use_gpgme crypt_autosign crypt_autoencrypt
set include fast_reply autoedit reply_to=yes abort_unmodified=no
set ssl_starttls=no ssl_force_tls=no
set folder={folder} record="" move=no confirmappend=no wait_key=no prompt_after=no sleep_time=0
ignore *
unignore from: to: subject: date:
set charset=utf-8 send_charset=utf-8 header_cache="" mailcap_path={folder}/none
set from={address} realname={name} use_envelope_from=yes hostname={domain}
set pgp_sign_as=0x{fingerprint}
set editor={editor} pager={pager}
set smtp_url=smtp://127.0.0.1:{port}/
"""
_EDITOR = """\
#!/bin/sh
set -e
{{ sed '/^$/q' "$1"; printf '%s\\n\\n' {words}; sed '1,/^$/d' "$1"; }} > "$1.new"
cat "$1.new" > "$1"
rm "$1.new"
"""
_PAGER = """\
#!/bin/sh
cat "$1" > {shown}
"""


@dataclass(frozen=True, slots=True)
class Mutt:
    """The mail program of one person, who keeps his keys in a GnuPG home.

    `folder` is for its files. The broker's key gets the person's own local signature: he compared
    the fingerprint, and mutt asks no more.
    """

    person: Medewerker
    program: GnuPGProgram
    folder: Path

    def trust_broker(self) -> None:
        """Sign the broker's key, for this home alone; one's own key is trusted, as one made it."""
        self._gpg("--import-ownertrust", text=f"{self.program.fingerprint}:6:\n")
        own = ("--default-key", self.program.fingerprint)
        self._gpg(*own, "--quick-lsign-key", self.program.broker_fingerprint)

    def _gpg(self, *words: str, text: str = "") -> None:
        subprocess.run(
            [
                *("gpg", "--homedir", str(self.program.home), "--batch", "--yes", "--quiet"),
                *("--pinentry-mode", "loopback", "--passphrase", "", *words),
            ],
            input=text.encode(),
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )

    def show(self, raw: bytes) -> str:
        """What stands on the screen when this mail is opened."""
        self._run(raw, "<display-message><quit>", words="", port=0)
        return (self.folder / "shown").read_text(encoding="utf-8")

    def reply(self, raw: bytes, words: str, *, port: int) -> None:
        """Press Reply, write these words above the quoted mail, and send it."""
        self._run(raw, "<reply><send-message><quit>", words=words, port=port)

    def _run(self, raw: bytes, keys: str, *, words: str, port: int) -> None:
        inbox = self.folder / "inbox.mbox"
        inbox.write_bytes(_mbox(raw))
        settings = self.folder / "muttrc"
        settings.write_text(
            _SETTINGS.format(
                folder=self.folder,
                address=self.person.adres,
                name=shlex.quote(self.person.naam),
                domain=self.person.adres.rpartition("@")[2],
                fingerprint=self.program.fingerprint,
                editor=self._script("editor", _EDITOR.format(words=shlex.quote(words))),
                pager=self._script("pager", _PAGER.format(shown=self.folder / "shown")),
                port=port,
            ),
            encoding="utf-8",
        )
        self._at_a_terminal(
            ["mutt", "-n", "-F", str(settings), "-f", str(inbox), "-e", f'push "{keys}"']
        )

    def _script(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o700)
        return path

    def _at_a_terminal(self, words: list[str]) -> None:
        screen, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
        process = subprocess.Popen(
            words,
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            env={
                **os.environ,
                "GNUPGHOME": str(self.program.home),
                "HOME": str(self.folder),
                "TERM": "xterm",
                "LC_ALL": "C.UTF-8",
            },
        )
        os.close(terminal)
        drawn = bytearray()
        watching = threading.Thread(target=_watch, args=(screen, drawn))
        watching.start()
        try:
            code = process.wait(_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError(drawn.decode(errors="replace")) from None
        finally:
            watching.join()
            os.close(screen)
        assert code == 0, drawn.decode(errors="replace")


def _watch(screen: int, drawn: bytearray) -> None:
    """Read what mutt draws until it is gone; a terminal that is full would stop it."""
    while True:
        try:
            octets = os.read(screen, 4096)
        except OSError:
            # Linux says so when the last one who held the terminal has closed it.
            return
        if not octets:
            return
        drawn += octets


def _mbox(raw: bytes) -> bytes:
    """A mailbox with one mail, unread."""
    lines = raw.replace(b"\r\n", b"\n").split(b"\n")
    kept = [b">" + line if line.startswith(b"From ") else line for line in lines]
    return b"From broker Thu Nov 26 10:00:00 2026\n" + b"\n".join(kept).rstrip(b"\n") + b"\n\n"
