"""Stopping `serve` at an awkward moment: nothing is lost, and nobody gets a mail twice."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session

from broker.demo.mailroom import Mailroom
from broker.demo.script import FORM, MELDER
from tests.e2e.serve import serving
from tests.e2e.workspace import DESKS, FIRST_MAILS, Workspace
from tests.fixtures.databases import DatabaseUrls


@dataclass(slots=True)
class SlowMailroom(Mailroom):
    """Takes every mail, and says so only when it may."""

    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Called by aiosmtpd for each mail."""
        answer = await Mailroom.handle_DATA(self, server, session, envelope)
        await self.may_answer.wait()
        return answer


async def test_a_stop_waits_for_the_mail_that_is_being_handed_over(
    workspace: Workspace, sqlite: DatabaseUrls
) -> None:
    """SIGTERM comes between the relay's taking a mail and its 250: the broker hears it, writes it
    down and ends well. Started again it sends the rest, and no mail a second time."""
    mailroom = SlowMailroom()
    await mailroom.start()
    config = workspace.configure("stop", sqlite, {("bezorging", "relay", "poort"): mailroom.port})
    async with serving(config) as broker:
        raw = workspace.write(MELDER, FORM, subject="Melding")
        await workspace.send(broker, MELDER, raw)
        await mailroom.wait_for(1)
        # The block ends with SIGTERM; the relay answers some time after that.
        asyncio.get_running_loop().call_later(0.5, mailroom.may_answer.set)
    taken = len(mailroom.posts)
    assert len(broker.found("delivery.sent")) == taken >= 1
    async with serving(config) as broker:
        await broker.logged("delivery.sent", count=FIRST_MAILS - taken)
    await mailroom.stop()
    assert len(mailroom.posts) == FIRST_MAILS
    assert len(workspace.questions(mailroom.posts)) == DESKS
