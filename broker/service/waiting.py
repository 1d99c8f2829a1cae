"""Why a mail that came in cannot be dealt with now, and waits in the inbox."""

from __future__ import annotations

from enum import StrEnum


class WaitReason(StrEnum):
    """Stable codes; all but FOUT and AFGEBROKEN are no fault of the mail."""

    GEEN_ONTVANGER = "geen-ontvanger"
    """Nobody has the regie, or who has it may not receive what the police say."""
    SLEUTEL_ONBRUIKBAAR = "sleutel-onbruikbaar"
    """The key of the one who must receive it cannot be used."""
    REGISTERSLEUTEL_ONBRUIKBAAR = "registersleutel-onbruikbaar"
    """The police's register key cannot be used, so nothing may be disclosed."""
    SLEUTELPROCES_WEG = "sleutelproces-weg"
    """The process that holds the keys gave no answer."""
    FOUT = "fout"
    """Dealing with it failed; the log says of what."""
    AFGEBROKEN = "afgebroken"
    """The process died on it."""


class MustWait(Exception):
    """The mail cannot be dealt with now, through no fault of its own: it stays in the inbox."""

    def __init__(self, reason: WaitReason) -> None:
        super().__init__(reason)
        self.reason = reason
