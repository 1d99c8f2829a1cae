"""`broker casus`: look at casussen, and decide about one. Nothing personal is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.observability.events import LoggedEvents
from broker.bootstrap import SystemClock, open_context, open_records
from broker.commands.common import (
    AsJson,
    ConfigFile,
    fail,
    for_people,
    print_json,
    read_configuration,
    run,
)
from broker.domain.casus import Kenmerk
from broker.domain.opdracht import OpdrachtSoort, Uitslag
from broker.domain.partner import MedewerkerId
from broker.domain.verzoek import OPEN_VERZOEK
from broker.ports import CasusRecord, Outbound
from broker.service.deciding import decide
from broker.service.judging_opdracht import decision

app = typer.Typer(
    help="Look at casussen; withdraw one, end its round, make it urgent, start or join it.",
    no_args_is_help=True,
)

KenmerkArgument = Annotated[str, typer.Argument(help="For example ZNW-2026-00042.")]
OnBehalfOfRegie = Annotated[str, typer.Option("--namens", help="The id of a ketenregisseur.")]

NO_CASUS = ("There is no casus with this kenmerk.", "See `broker casus list`.")
NOT_RUNNING = (
    "The round of this casus is not running.",
    "Only a casus in verrijking has a round; see `broker casus show`.",
)
NOT_REGIE = (
    "Only a ketenregisseur who is active today decides this.",
    "Give the id of that employee with --namens.",
)

NOT_ALIKE = (
    "Only an active ketenregisseur decides; about police data one designated for them.",
    "Give the id of that employee with --namens.",
)
NOT_WAITING = (
    "This casus does not wait for a decision.",
    "Only one that is 'ontvangen' does: see `broker casus list`.",
)

WHY_NOT: Mapping[tuple[OpdrachtSoort, Uitslag], tuple[str, str]] = {
    **{(kind, Uitslag.ONBEKEND_KENMERK): NO_CASUS for kind in OpdrachtSoort},
    (OpdrachtSoort.INTREKKEN, Uitslag.NIET_BEVOEGD): (
        "Only the melder or his vervanger withdraws a melding (privacyreglement art. 7 lid 8).",
        "Give the id of that employee with --namens.",
    ),
    (OpdrachtSoort.INTREKKEN, Uitslag.AL_GESLOTEN): (
        "This casus is closed already.",
        "There is nothing left to withdraw.",
    ),
    (OpdrachtSoort.AFRONDEN, Uitslag.NIET_BEVOEGD): NOT_REGIE,
    (OpdrachtSoort.AFRONDEN, Uitslag.AL_GESLOTEN): NOT_RUNNING,
    (OpdrachtSoort.SPOED, Uitslag.NIET_BEVOEGD): NOT_REGIE,
    (OpdrachtSoort.SPOED, Uitslag.AL_GESLOTEN): NOT_RUNNING,
    (OpdrachtSoort.SPOED, Uitslag.AL_SPOED): (
        "This casus is urgent already.",
        "Its last day is in `broker casus show`.",
    ),
    (OpdrachtSoort.STARTEN, Uitslag.NIET_BEVOEGD): NOT_ALIKE,
    (OpdrachtSoort.STARTEN, Uitslag.NIETS_TE_BESLISSEN): NOT_WAITING,
    (OpdrachtSoort.STARTEN, Uitslag.POLITIE_NU_NIET): (
        "What the police reported may not be passed on now.",
        "See `broker check`: the decision is not in force, or nobody is designated.",
    ),
    (OpdrachtSoort.SAMENVOEGEN, Uitslag.NIET_BEVOEGD): NOT_ALIKE,
    (OpdrachtSoort.SAMENVOEGEN, Uitslag.NIETS_TE_BESLISSEN): NOT_WAITING,
    (OpdrachtSoort.SAMENVOEGEN, Uitslag.NIET_SAMEN_TE_VOEGEN): (
        "The other casus is not like this one, has had no round, or runs no more.",
        "The mail 'uw beslissing' names the casussen that are like it; else start a round.",
    ),
}
"""One sentence and a hint for each way in which nothing comes of a decision."""


def _moment(value: datetime | None) -> str:
    return "" if value is None else for_people(value)


def _casus(record: CasusRecord) -> dict[str, object]:
    return {
        "kenmerk": record.kenmerk,
        "staat": record.staat.value,
        "ontvangen": record.received.isoformat(),
        "melder_loket": record.melder_loket,
        "uiterlijk": None if record.ends_at is None else record.ends_at.isoformat(),
        "samengevoegd_met": record.joined_to,
        "verzoeken": {v.loket: v.staat.value for v in record.verzoeken},
    }


def _bericht(message: Outbound) -> dict[str, object]:
    return {
        "soort": message.kind.value,
        "loket": message.loket,
        "ontvanger": message.recipient,
        "status": message.status.value,
        "reden": message.reason,
        "pogingen": message.attempts,
    }


@app.command("list")
def list_all(config: ConfigFile, as_json: AsJson = False) -> None:
    """Every casus, the oldest first."""
    configuration = read_configuration(config, keys_made=False)

    async def work() -> None:
        async with open_records(configuration) as store, store.begin() as tx:
            records = await tx.casussen.list()
        if as_json:
            print_json([_casus(record) for record in records])
            return
        for record in records:
            open_count = sum(v.staat in OPEN_VERZOEK for v in record.verzoeken)
            typer.echo(
                f"{record.kenmerk}  {record.staat.value:<14} received {_moment(record.received)}"
                f"  open {open_count} of {len(record.verzoeken)}"
            )
        if not records:
            typer.echo("There are no casussen.")

    run(work())


@app.command()
def show(kenmerk: KenmerkArgument, config: ConfigFile, as_json: AsJson = False) -> None:
    """One casus: where each verzoek stands and which messages there are; never an answer."""
    configuration = read_configuration(config, keys_made=False)

    async def work() -> None:
        async with open_records(configuration) as store, store.begin() as tx:
            record = await tx.casussen.get(Kenmerk(kenmerk))
            messages = await tx.outbox.of_casus(Kenmerk(kenmerk))
        if record is None:
            sentence, hint = NO_CASUS
            fail(sentence, hint=hint)
        if as_json:
            print_json(_casus(record) | {"berichten": [_bericht(m) for m in messages]})
            return
        typer.echo(f"{record.kenmerk}  {record.staat.value}")
        typer.echo(f"  received   {_moment(record.received)}")
        typer.echo(f"  term ends  {_moment(record.ends_at)}")
        if record.joined_to is not None:
            typer.echo(f"  joined to  {record.joined_to}")
        for verzoek in record.verzoeken:
            typer.echo(f"  {verzoek.loket:<24} {verzoek.staat.value}")
        typer.echo("Messages:")
        for message in messages:
            reason = f"  ({message.reason})" if message.reason else ""
            typer.echo(
                f"  {message.kind.value:<15} {message.loket or '':<24} "
                f"{message.status.value}{reason}"
            )

    run(work())


def _decide(
    config: Path,
    kenmerk: str,
    by: str,
    *,
    kind: OpdrachtSoort,
    done: str,
    into: Kenmerk | None = None,
) -> None:
    """Carry a decision out for that employee, or say why not."""
    judge = decision(kind, into=into)
    configuration = read_configuration(config)
    form = configuration.settings.log.form
    events = LoggedEvents(clock=SystemClock(), level="warning", form=form)

    async def work() -> None:
        async with open_context(configuration, events=events) as context:
            result = await decide(
                context, Kenmerk(kenmerk), judge, by=MedewerkerId(by), what="command"
            )
        if result is not Uitslag.GEDAAN:
            sentence, hint = WHY_NOT[kind, result]
            fail(sentence, hint=hint)
        typer.echo(f"{kenmerk} {done}. `broker serve` sends the messages about it.")

    run(work())


@app.command("withdraw")
def withdraw_one(
    kenmerk: KenmerkArgument,
    config: ConfigFile,
    by: Annotated[str, typer.Option("--namens", help="The id of the melder or his vervanger.")],
) -> None:
    """Withdraw a melding for its melder: every open verzoek is cancelled."""
    _decide(config, kenmerk, by, kind=OpdrachtSoort.INTREKKEN, done="is withdrawn")


@app.command("end")
def end_one(kenmerk: KenmerkArgument, config: ConfigFile, by: OnBehalfOfRegie) -> None:
    """End a round early for a ketenregisseur: the uitkomst goes at once."""
    _decide(config, kenmerk, by, kind=OpdrachtSoort.AFRONDEN, done="has ended its round")


@app.command("urgent")
def urgent_one(kenmerk: KenmerkArgument, config: ConfigFile, by: OnBehalfOfRegie) -> None:
    """Make a casus urgent for a ketenregisseur: one werkdag is left to answer."""
    _decide(config, kenmerk, by, kind=OpdrachtSoort.SPOED, done="is urgent")


@app.command("start")
def start_one(kenmerk: KenmerkArgument, config: ConfigFile, by: OnBehalfOfRegie) -> None:
    """Start a round of its own for a casus that is like another."""
    _decide(config, kenmerk, by, kind=OpdrachtSoort.STARTEN, done="is started")


@app.command("join")
def join_one(
    kenmerk: KenmerkArgument,
    config: ConfigFile,
    into: Annotated[str, typer.Option("--bij", help="The casus that goes on for both.")],
    by: OnBehalfOfRegie,
) -> None:
    """Close a casus that is about the person of another, which goes on unchanged."""
    kind, done = OpdrachtSoort.SAMENVOEGEN, f"is joined to {into}"
    _decide(config, kenmerk, by, kind=kind, done=done, into=Kenmerk(into))
