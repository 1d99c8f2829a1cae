"""Invented records, as short to write as a test needs them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from broker.domain.casus import CasusStaat, Kenmerk, maak_kenmerk
from broker.domain.partner import LoketId, MedewerkerId, Vingerafdruk
from broker.domain.verzoek import VerzoekStaat
from broker.ports import (
    CasusRecord,
    NewInbound,
    Outbound,
    OutboundId,
    OutboundKind,
    OutboundStatus,
    SleutelId,
    VerstrekkingId,
    VerstrekkingRecord,
    VerzoekRecord,
)

NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
SOON = NOW + timedelta(minutes=5)
KENMERK = Kenmerk("ZNW-2026-00001")
REGISSEUR = MedewerkerId("gemeente.visser")


def inbound(number: int = 1, **changes: Any) -> NewInbound:  # Any: any field of the record.
    """A message as SMTP takes it in; another number is another message."""
    message = NewInbound(
        received=NOW,
        channel="smtp",
        envelope_from="j.hermans@wonen.example",
        recipient="broker@zorgnetwerk.example",
        message_id=f"<{number}@wonen.example>",
        raw=f"ciphertext {number}".encode(),
    )
    return replace(message, **changes)


def outbound(name: str = "m1", **changes: Any) -> Outbound:  # Any: any field of the record.
    """A verzoek in the outbox, of the casus KENMERK; its name is also its number's."""
    message = Outbound(
        id=OutboundId(name),
        kind=OutboundKind.VERZOEK,
        number=1,
        recipient=MedewerkerId(f"medewerker-{name}"),
        address=f"{name}@partner.example",
        key=Vingerafdruk("A" * 40),
        envelope_from=f"bounce+{name}@zorgnetwerk.example",
        message_id=f"<{name}@zorgnetwerk.example>",
        created=NOW,
        due=NOW,
        status=OutboundStatus.WACHT,
        police=False,
        kenmerk=KENMERK,
        loket=LoketId("wonen"),
        raw=b"letter " + name.encode(),
    )
    return replace(message, **changes)


def verzoek(loket: str, **changes: Any) -> VerzoekRecord:  # Any: any field of the record.
    """A verzoek that was made and not delivered yet."""
    record = VerzoekRecord(
        kenmerk=KENMERK,
        loket=LoketId(loket),
        staat=VerzoekStaat.KLAARGEZET,
        asked=MedewerkerId(f"{loket}.jansen"),
        asked_on=NOW,
    )
    return replace(record, **changes)


def casus(number: int = 1, *lokets: str, **changes: Any) -> CasusRecord:  # Any: any field.
    """A casus in verrijking with a verzoek to each of these desks."""
    kenmerk = maak_kenmerk("ZNW", 2026, number)
    record = CasusRecord(
        kenmerk=kenmerk,
        staat=CasusStaat.IN_VERRIJKING,
        version=1,
        key_id=SleutelId(f"key-{number}"),
        melder=MedewerkerId("wonen.hermans"),
        melder_loket=LoketId("wonen"),
        received=NOW + timedelta(seconds=number),
        police=False,
        melding=b"sealed melding",
        seed=b"sealed seed",
        verzoeken=tuple(verzoek(loket, kenmerk=kenmerk) for loket in lokets),
    )
    return replace(record, **changes)


def verstrekking(name: str = "v1", **changes: Any) -> VerstrekkingRecord:  # Any: any field.
    """A disclosure of KENMERK to the ketenregisseur, not in the register yet."""
    record = VerstrekkingRecord(
        id=VerstrekkingId(name),
        network="Zorgnetwerk Venlo",
        kenmerk=KENMERK,
        moment=NOW,
        reason="verrijking",
        purpose="woonoverlast",
        description="bekend of onbekend",
        officer=MedewerkerId("politie.smits"),
        party="Gemeente Venlo",
        recipient=REGISSEUR,
        manner="schriftelijk",
        decision="beslissing art. 20 Wpg van 2 juli 2021",
        content=b"letter to the register key",
    )
    return replace(record, **changes)
