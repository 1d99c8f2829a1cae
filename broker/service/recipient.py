"""Whether a message may go to its reader now: judged at the moment of sending."""

from __future__ import annotations

from collections.abc import Mapping

from broker.domain.deelname import kanaal_voor
from broker.domain.partner import Kanaal, Loket, Rol
from broker.domain.toegang import Bestemming, GeenToegang, besluit_staat_toe, mag_ontvangen
from broker.ports import ASKS, Outbound, OutboundKind
from broker.service.context import Context

READ_AS: Mapping[OutboundKind, Rol] = {
    **dict.fromkeys(ASKS, Rol.VERRIJKER),
    OutboundKind.KENNISGEVING: Rol.KETENREGISSEUR,
    OutboundKind.GELIJKENIS: Rol.KETENREGISSEUR,
    OutboundKind.UITKOMST: Rol.KETENREGISSEUR,
    OutboundKind.AANVULLING: Rol.KETENREGISSEUR,
    OutboundKind.BELVERZOEK: Rol.KETENREGISSEUR,
}
"""In which role the reader of a message reads it (PR-13.4, D-1); any role reads the others."""


def may_not_read(context: Context, message: Outbound) -> GeenToegang | None:
    """PR-8, PR-13.4, BS-1, BS-6, BS-9: why this message may not go now; None when it may."""
    reason = mag_ontvangen(
        context.netwerk,
        Bestemming(message.recipient, message.key, message.address, message.police),
        context.today(),
    )
    if reason is not None:
        return reason
    found = context.netwerk.lezer(message.recipient)
    role = READ_AS.get(message.kind)
    if found is not None and role is not None and role not in found[1].rollen:
        return GeenToegang.ANDERE_ROL
    if found is not None and not _goes_by_mail(context, message, found[0]):
        return GeenToegang.GEEN_KANAAL
    return _police_desk_closed(context, message)


def _goes_by_mail(context: Context, message: Outbound, desk: Loket) -> bool:
    """BS-6: whether mail is the channel of this message; there is no other yet."""
    channel = kanaal_voor(context.netwerk, desk, politiegegevens=message.police)
    return channel is Kanaal.MAIL


def _police_desk_closed(context: Context, message: Outbound) -> GeenToegang | None:
    """BS-9: nothing is asked of the police while their decision is not in force."""
    loket = context.netwerk.loket(message.loket) if message.loket else None
    police = message.kind in ASKS and loket is not None and context.netwerk.is_wpg(loket)
    may = besluit_staat_toe(context.netwerk, context.today(), politie=police)
    return None if may else GeenToegang.BESLUIT_GELDT_NIET
