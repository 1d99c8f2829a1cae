"""Sets the stage, plays the story, and shows what it ended with."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.observability.events import LoggedEvents
from broker.bootstrap import Running, running
from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from broker.demo.setting import Stage, set_stage
from broker.demo.story import Ending, MovedClock, Refusal, Story
from broker.ports import VerstrekkingEvent, VerstrekkingRecord
from broker.service.check_register import check_register
from broker.wire.registerregel import lees_registerregel


@dataclass(frozen=True, slots=True)
class Options:
    """What the one who typed `broker demo` asked for."""

    tell: Callable[[str], None]
    keep: Path | None = None
    form: str | None = field(default=None, repr=False)
    serve: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What the demo ended with; without a kenmerk the melding was refused."""

    kenmerk: str = ""
    uitkomst: dict[str, str] = field(default_factory=dict)
    verstrekkingen: int = 0
    register_valid: bool = False
    mails_sent: int = 0
    seconds: float = 0.0

    @property
    def accepted(self) -> bool:
        """Whether the melding was taken."""
        return bool(self.kenmerk)

    def as_dict(self) -> dict[str, object]:
        """The same, for a script."""
        return {
            "kenmerk": self.kenmerk,
            "uitkomst": self.uitkomst,
            "verstrekkingen": self.verstrekkingen,
            "register_valid": self.register_valid,
            "mails_sent": self.mails_sent,
            "seconds": self.seconds,
        }


async def play(options: Options) -> Result:
    """The whole demo. Raises DemoFailed and what the adapters raise."""
    started = time.monotonic()
    temporary = None if options.keep else Path(tempfile.mkdtemp(prefix="broker-demo-"))
    folder = options.keep or temporary
    if folder is None:
        raise AssertionError("there is always a folder")
    mailroom = Mailroom()
    await mailroom.start()
    try:
        options.tell("Making keys for the broker and for everybody in the network …")
        stage = await set_stage(folder, relay_port=mailroom.port)
        mailroom.kept = options.keep and options.keep / "mails"
        try:
            return await _on_stage(stage, mailroom, options, started)
        finally:
            stage.close()
    finally:
        await mailroom.stop()
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


async def _on_stage(stage: Stage, mailroom: Mailroom, options: Options, started: float) -> Result:
    tell = options.tell
    if not stage.with_gnupg:
        tell("GnuPG is not installed here: everybody in this demo uses Sequoia, in-process.")
    clock = MovedClock(lambda: datetime.now(UTC))
    events = LoggedEvents(clock=clock, level="error", form="console")
    async with running(stage.configuration, clock=clock, events=events) as broker:
        story = Story(broker, mailroom, stage.programs, clock, tell)
        ending = await story.play(options.form or FORM, MELDER)
        if isinstance(ending, Refusal):
            tell("\nThe melding was not taken. This is what the melder reads:\n")
            tell(ending.mail.text)
            return Result(seconds=round(time.monotonic() - started, 1))
        result = await _show(stage, broker, options, ending, started)
        if options.serve:
            await _stay(broker, tell)
        return result


async def _show(
    stage: Stage, broker: Running, options: Options, ending: Ending, started: float
) -> Result:
    tell = options.tell
    tell(f"\n{'─' * 76}\nWhat the ketenregisseur reads: {ending.uitkomst.subject}\n{'─' * 76}")
    tell(ending.uitkomst.text)
    async with broker.context.store.begin() as tx:
        rows = await tx.register.list()
        came = [await tx.register.events(row.id) for row in rows]
    title = f"The register of police disclosures, as the police read it ({len(rows)})"
    tell(f"{'─' * 76}\n{title}\n{'─' * 76}")
    for row, happened in zip(rows, came, strict=True):
        tell(await _register_row(stage, row, [event for event, _ in happened]))
    report = await check_register(broker.context.store)
    if options.keep is not None:
        _export(options.keep / "register-export.json", rows)
        tell(f"Kept in {options.keep}")
    result = Result(
        kenmerk=ending.kenmerk,
        uitkomst=ending.values,
        verstrekkingen=len(rows),
        register_valid=report.is_valid,
        mails_sent=ending.mails_sent,
        seconds=round(time.monotonic() - started, 1),
    )
    tell(
        f"Register whole: {'yes' if result.register_valid else 'NO'}. "
        f"{result.mails_sent} mails sent, {result.seconds} seconds."
    )
    return result


async def _register_row(
    stage: Stage, row: VerstrekkingRecord, events: Sequence[VerstrekkingEvent]
) -> str:
    """A row as the police read it: only their key opens what was disclosed."""
    plaintext = await asyncio.to_thread(stage.police.open, row.content)
    verstrekking = lees_registerregel(plaintext)
    lines = [
        f"number        {row.sequence} ({row.network}, {row.kenmerk})",
        f"moment        {row.moment:%Y-%m-%d %H:%M} UTC, {row.manner}",
        f"reason        {row.reason}",
        f"purpose       {row.purpose}",
        f"data          {row.description}",
        f"content       {verstrekking.inhoud}  (sealed to the police)",
        f"officer       {row.officer}",
        f"recipient     {row.recipient}, {row.party}",
        f"decision      {row.decision}",
        f"afterwards    {', '.join(events) or 'nothing yet'}",
    ]
    return "\n".join(f"    {line}" for line in lines) + "\n"


def _export(path: Path, rows: Sequence[VerstrekkingRecord]) -> None:
    """The rows as they are kept: what was disclosed stays closed to all but the police."""
    value = [
        {
            "sequence": row.sequence,
            "id": row.id,
            "network": row.network,
            "kenmerk": row.kenmerk,
            "moment": row.moment.isoformat(),
            "reason": row.reason,
            "purpose": row.purpose,
            "description": row.description,
            "officer": row.officer,
            "party": row.party,
            "recipient": row.recipient,
            "manner": row.manner,
            "decision": row.decision,
            "content": row.content.decode("ascii"),
        }
        for row in rows
    ]
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")


async def _stay(broker: Running, tell: Callable[[str], None]) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    tell(f"The broker stays up at 127.0.0.1:{broker.smtp_port}. Ctrl-C stops it.")
    await stop.wait()
