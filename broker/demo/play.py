"""Sets the stage, plays the story, and shows what it ended with."""

from __future__ import annotations

import asyncio
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from adapters.observability.events import LoggedEvents
from broker.bootstrap import Running, running
from broker.demo.mailroom import Mailroom
from broker.demo.register import export_register, tell_register
from broker.demo.script import FIRST_MOMENT, FORM, MELDER
from broker.demo.serving import how_to_talk
from broker.demo.setting import Stage, set_stage
from broker.demo.story import Checked, Ending, MovedClock, Story
from broker.demo.telling import Telling
from broker.service.check_register import check_register

Line = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Result:
    """What the demo ended with; without a kenmerk nothing was started.

    `uitkomst` holds the value of each desk by its id, spelt as in the mail.
    """

    kenmerk: str
    uitkomst: dict[str, str]
    verstrekkingen: int
    register_valid: bool
    mails_sent: int
    seconds: float

    def as_dict(self) -> dict[str, object]:
        """The same, for a script."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Options:
    """What the one who typed `broker demo` asked for.

    `tell` gets the story, `announce` what must be seen in any case, `report` the result as soon as
    it is known. `base` is the machine's clock.
    """

    tell: Line
    announce: Line
    report: Callable[[Result], None]
    keep: Path | None = None
    form: str | None = field(default=None, repr=False)
    serve: bool = False
    base: Callable[[], datetime] = lambda: datetime.now(UTC)


async def play(options: Options) -> bool:
    """The whole demo; False when the melding was refused.

    Raises DemoFailed, StageNotSet, BrokerKeysNotMade, KeyNotMade, Correspondence, and what the
    adapters raise.
    """
    started = time.monotonic()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="broker-demo-"))
    clock = MovedClock(options.base)
    clock.move_to(FIRST_MOMENT)
    telling = Telling(options.tell)
    mailroom = Mailroom(kept=folder / "mails" if options.keep or options.serve else None)
    await mailroom.start()
    try:
        telling.say(
            "The main job of the broker, from beginning to end. The server, the mails, the"
            " encryption and the databases are real; the people are simulated, and invented."
        )
        telling.line("")
        telling.say("Making keys for the broker and for everybody in the network …")
        stage = await set_stage(folder, relay_port=mailroom.port, now=clock.now())
        try:
            return await _on_stage(stage, mailroom, options, clock, started)
        finally:
            stage.close()
    finally:
        await mailroom.stop()
        if options.keep is None:
            await asyncio.to_thread(_remove, folder)


def _remove(folder: Path) -> None:
    while folder.exists():
        # An agent that is ending takes its own sockets away meanwhile.
        with suppress(FileNotFoundError):
            shutil.rmtree(folder)


async def _on_stage(
    stage: Stage, mailroom: Mailroom, options: Options, clock: MovedClock, started: float
) -> bool:
    telling = Telling(options.tell)
    if stage.with_gnupg:
        telling.say("Some of them use GnuPG, the others Sequoia.")
    else:
        telling.say(
            "GnuPG is not installed here: the broker and everybody else use the in-process engine,"
            " Sequoia."
        )
    events = LoggedEvents(clock=clock, level="error", form="console")
    async with running(stage.configuration, clock=clock, events=events) as broker:
        ending = await Story(broker, mailroom, stage.programs, clock, telling).play(
            options.form or FORM, MELDER
        )
        if isinstance(ending, Checked):
            options.announce("\nNo casus was started. This is what the melder reads:\n")
            options.announce(f"Onderwerp: {ending.mail.subject}\n\n{ending.mail.text}")
        else:
            _tell_uitkomst(telling, ending)
        await _close(stage, broker, options, ending, started)
        if options.serve:
            await _stay(stage, broker, options)
    return not (isinstance(ending, Checked) and ending.refused)


def _tell_uitkomst(telling: Telling, ending: Ending) -> None:
    telling.chapter("5. The uitkomst, as the ketenregisseur alone reads it")
    telling.line(f"Onderwerp: {ending.uitkomst.subject}")
    telling.line("")
    telling.line(ending.uitkomst.text.rstrip("\n"))
    telling.line("")
    telling.say(
        "Nobody else gets this: not the melder, not the desks. Whatever people wrote around their"
        " answer was dropped before anything was stored."
    )


async def _close(
    stage: Stage, broker: Running, options: Options, ending: Ending | Checked, started: float
) -> None:
    """The register, the export, and the result."""
    telling = Telling(options.tell)
    store = broker.context.store
    report = await check_register(store)
    if isinstance(ending, Ending):
        telling.chapter(f"6. The register of the police ({_rows(report.rows)})")
        telling.say(
            "Whatever the police disclose is registered in the transaction that takes it, one row"
            " for each recipient. The content is encrypted to a key of the police, which opens it"
            " here."
        )
        telling.line("")
        await tell_register(telling, store, police=stage.police)
    if options.keep:
        export = await export_register(store)
        await asyncio.to_thread(
            (options.keep / "register-export.json").write_text, export, encoding="utf-8"
        )
    result = Result(
        kenmerk=ending.kenmerk if isinstance(ending, Ending) else "",
        uitkomst=ending.values if isinstance(ending, Ending) else {},
        verstrekkingen=report.rows,
        register_valid=report.is_valid,
        mails_sent=ending.mails_sent,
        seconds=round(time.monotonic() - started, 1),
    )
    telling.say(
        f"{result.mails_sent} mails left the broker, each encrypted to one reader. The register is"
        f" {'whole' if result.register_valid else 'NOT WHOLE'}. {result.seconds} seconds."
    )
    if options.keep:
        telling.say(
            f"Everything is kept in {options.keep}; nothing there holds the person in clear."
        )
    telling.say(
        "Look next at docs/mails.md (every mail), `broker demo --keep DIR` (what is stored),"
        " `broker demo --serve` (talk to it), `broker init DIR` (a workspace of your own)."
    )
    options.report(result)


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count} rows"


async def _stay(stage: Stage, broker: Running, options: Options) -> None:
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    for line in how_to_talk(stage, port=broker.smtp_port, now=broker.context.clock.now()):
        options.announce(line)
    await stop.wait()
