"""Who speaks in an opened mail, and by which channel it came."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from broker.domain.partner import Kanaal, Netwerk, Vingerafdruk
from broker.domain.toegang import GeenToegang, Spreker, wie_spreekt
from broker.ports import Inbound
from broker.wire.medewerkerregel import genoemde_medewerkers

CHANNELS: Mapping[str, Kanaal] = {"smtp": Kanaal.MAIL}
"""What the adapters that take messages in call themselves."""


def spreker(
    netwerk: Netwerk, sleutel: Vingerafdruk, tekst: str, dag: date
) -> Spreker | GeenToegang:
    """The employee whose key signed, or whom the text names that his desk's key signed (D-14)."""
    loket = netwerk.loket_met(sleutel)
    genoemd = frozenset() if loket is None else genoemde_medewerkers(tekst, loket)
    return wie_spreekt(netwerk, sleutel, dag, genoemd=genoemd)


def came_by(mail: Inbound) -> Kanaal | None:
    """The channel of a message; None for one that nobody knows."""
    return CHANNELS.get(mail.channel)
