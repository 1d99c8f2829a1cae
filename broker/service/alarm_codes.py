"""What a person must look at, by its code, with what the alarm is about."""

from __future__ import annotations

from enum import StrEnum


class AlarmCode(StrEnum):
    """Stable codes. An alarm ends by itself when its cause does; the last two never do."""

    BERICHT_VASTGEHOUDEN = "bericht-vastgehouden"
    """About an outbound message that waits until a key, a route or a decision changes."""
    BEZORGING_VERTRAAGD = "bezorging-vertraagd"
    """About an outbound message that was tried several times and still waits: a relay is away."""
    BERICHT_WACHT = "bericht-wacht"
    """About an inbound message that cannot be dealt with yet, and is tried again."""
    GEEN_KETENREGISSEUR = "geen-ketenregisseur"
    """About a casus whose uitkomst nobody may receive now."""
    GELIJKENIS_WACHT = "gelijkenis-wacht"
    """About a casus that is like another, and waits for the ketenregisseur's decision."""
    CASUS_VASTGELOPEN = "casus-vastgelopen"
    """About a casus that is due and could not be handled."""
    BERICHT_ONBESTELBAAR = "bericht-onbestelbaar"
    """About an outbound message that will never arrive."""
    BERICHT_IN_QUARANTAINE = "bericht-in-quarantaine"
    """About an inbound message that is not tried again."""
