"""What came back to a bounce address: a delivery report, an out-of-office, or another robot."""

from __future__ import annotations

from broker.wire.afwezigheid import meldt_afwezigheid, noemt_afwezigheid_in_onderwerp
from broker.wire.automatic import AutomaticReason, automatic_reason
from broker.wire.citaat import eigen_blokken
from broker.wire.clear_mail import read_clear
from broker.wire.delivery_report import DeliveryReport, read_delivery_report
from broker.wire.tekst import vlak


def read_returned(
    raw: bytes, *, about: str, message_id: str = ""
) -> DeliveryReport | AutomaticReason | None:
    """What it tells of that mail to that address, None when it tells nothing. Never raises.

    Nobody writes to these addresses himself: so AFWEZIG is told by its words alone, with or
    without the headers of a robot.
    """
    mail = read_clear(raw)
    if noemt_afwezigheid_in_onderwerp(vlak(mail.subject)):
        return AutomaticReason.AFWEZIG
    report = read_delivery_report(raw, about=about, message_id=message_id)
    if report is not None:
        return report
    reason = automatic_reason(mail.headers)
    own = (line for block in eigen_blokken(mail.text) for line in block)
    if reason is not AutomaticReason.LEESBEVESTIGING and meldt_afwezigheid(
        " ".join(vlak(" ".join(own)).split())
    ):
        return AutomaticReason.AFWEZIG
    return reason
