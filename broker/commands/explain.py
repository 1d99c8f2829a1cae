"""`broker explain`: how the broker would judge a mail, without effect."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from adapters.observability.events import LoggedEvents
from adapters.settings.load import Configuration
from broker.bootstrap import SystemClock, open_context
from broker.commands.common import (
    WRONG_USE,
    AsJson,
    ConfigFile,
    fail,
    print_json,
    read_configuration,
    run,
)
from broker.ports import Inbound, InboundId, InboundStatus
from broker.service.context import OwnMailbox
from broker.service.explaining import Explanation, Verdict, explain
from broker.service.incoming import ALREADY
from broker.wire.mime_entity import Headers, Unreadable, split_headers

_ADDRESS = re.compile(r"[^\s<>,;\"]{1,100}@[^\s<>,;\"]{1,100}")
_DELIVERED_TO = ("delivered-to", "x-original-to", "envelope-to", "to")

_WORDS = {
    Verdict.ACCEPTED: "It would be taken.",
    Verdict.REFUSED: "It would not be taken. Who signed it, if he is known, hears what to do.",
    Verdict.BOUNCE: "It tells that a mail of the broker did not arrive; it is no answer.",
    Verdict.AUTO_REPLY: "A program wrote it: it is no answer, and is not replied to.",
}
_DEALT_WITH = "This very mail was dealt with already: nothing more happens, and nobody hears of it."


def register(app: typer.Typer) -> None:
    """Add this command to the broker's own."""
    app.command("explain")(explain_mail)


def explain_mail(
    mail: Annotated[
        Path,
        typer.Argument(help="A file: the mail as it came in, headers and all.", metavar="MAIL"),
    ],
    config: ConfigFile,
    recipient: Annotated[
        str,
        typer.Option(
            help="The envelope recipient, when the mail's own headers do not tell it.",
            metavar="ADDRESS",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Tell how a mail would be judged, by which rule and words. Nothing happens because of it."""
    if not mail.is_file():
        fail(
            f"There is no mail {mail}.",
            hint="Save it with all its headers (most programs: as .eml), and give that file.",
            code=WRONG_USE,
        )
    configuration = read_configuration(config, keys_made=False)
    raw = _as_received(mail.read_bytes())
    form = configuration.settings.log.form
    events = LoggedEvents(clock=SystemClock(), level="error", form=form)

    async def work() -> None:
        async with open_context(configuration, events=events) as context:
            inbound = _inbound(raw, mailbox=context.mailbox, recipient=recipient)
            explanation = await explain(context, inbound)
        if as_json:
            print_json(explanation.as_dict())
        else:
            _tell(explanation, configuration)

    run(work())


def _as_received(raw: bytes) -> bytes:
    """The mail as SMTP would have brought it: without mbox line, every line ended by CRLF."""
    if raw.startswith(b"From "):
        raw = raw.partition(b"\n")[2]
    return re.sub(rb"\r?\n", b"\r\n", raw)


def _inbound(raw: bytes, *, mailbox: OwnMailbox, recipient: str) -> Inbound:
    split = split_headers(raw)
    headers = Headers((), clean=False) if isinstance(split, Unreadable) else split[0]
    return Inbound(
        id=InboundId(0),
        received=datetime.now(UTC),
        channel="smtp",
        envelope_from=headers.first("return-path").strip("<> ")
        if headers.all("return-path")
        else "unknown@unknown.invalid",
        recipient=recipient or _bounce_address(headers, mailbox) or mailbox.address,
        message_id="",
        status=InboundStatus.NIEUW,
        attempts=1,
        reason="",
        raw=raw,
    )


def _bounce_address(headers: Headers, mailbox: OwnMailbox) -> str:
    """The bounce address to which the mail came, if a header tells."""
    found = (
        address
        for name in _DELIVERED_TO
        for value in headers.all(name)
        for address in _ADDRESS.findall(value[:2_000])
    )
    return next((address for address in found if mailbox.bounced(address) is not None), "")


def _tell(explanation: Explanation, configuration: Configuration) -> None:
    typer.echo(f"{explanation.verdict.value}: {explanation.reason}")
    again = explanation.reason == ALREADY
    typer.echo(f"  {_DEALT_WITH if again else _WORDS[explanation.verdict]}")
    found = configuration.network.medewerker(explanation.signer) if explanation.signer else None
    facts = {
        "kind": explanation.kind,
        "signer": f"{explanation.signer} ({found[0].naam})" if found else "",
        "value": explanation.value,
        "words": ", ".join(explanation.words),
        "rule": explanation.rule and f"{explanation.rule} (see `broker rules`)",
    }
    for name, value in facts.items():
        if value:
            typer.echo(f"  {name + ':':<8} {value}")
    for fault in explanation.faults:
        typer.echo(f"  - {fault.veld}: {fault.code}" + (f" ({fault.regel})" if fault.regel else ""))
