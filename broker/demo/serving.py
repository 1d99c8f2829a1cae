"""What `broker demo --serve` says about talking to the broker that it keeps up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from broker.demo.people import GnuPGProgram
from broker.demo.script import SHOWN
from broker.demo.setting import Stage


def how_to_talk(stage: Stage, *, port: int, now: datetime) -> Iterator[str]:
    """Where it listens, where its keys are, and commands to try. Lines; the last says how to stop
    it."""
    folder = stage.folder
    settings = stage.configuration.settings
    yield ""
    yield f"The broker stays up. Its clock says {now:%d-%m-%Y %H:%M} UTC."
    yield ""
    yield f"  SMTP:      127.0.0.1:{port}, address {settings.address}"
    yield f"  workspace: {folder}"
    yield f"  people:    {folder / 'partners'} (their keys; you are everybody now)"
    yield f"  mails:     {folder / 'mails'} (each as it travelled)"
    yield f"  its key:   broker keys export --config {folder / 'broker.toml'}"
    yield f"  its state: broker status --config {folder / 'broker.toml'}"
    for loket, person in stage.configuration.network.medewerkers():
        program = stage.programs[person.id]
        if loket.id == SHOWN and isinstance(program, GnuPGProgram):
            yield from _commands(program, person.adres, settings.address, folder=folder, port=port)
            break
    yield ""
    yield "Ctrl-C stops it."


def _commands(
    program: GnuPGProgram, sender: str, broker: str, *, folder: Path, port: int
) -> Iterator[str]:
    """How one person with GnuPG sends a melding and reads his mail, from a shell."""
    gpg = f"gpg --homedir {program.home} --batch --trust-model always"
    yield ""
    yield f"Send a melding as {sender}, with the form in melding.txt:"
    yield ""
    yield f"  (printf 'From: {sender}\\nTo: {broker}\\nSubject: Melding\\n\\n';"
    yield f"   {gpg} \\"
    yield f"     --armor --sign --encrypt -r {broker} < melding.txt) |"
    yield f"  curl -sS --crlf --mail-from {sender} \\"
    yield f"     --mail-rcpt {broker} --upload-file - smtp://127.0.0.1:{port}"
    yield ""
    yield f"Read what came for {sender}:"
    yield ""
    yield f"  {gpg} \\"
    yield f"     --decrypt {folder / 'mails'}/NN-aan-{sender}.eml"
