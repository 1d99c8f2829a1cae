"""The answer of a person: bekend, onbekend, niet vast te stellen or niet verstrekt, never guessed.

The method is a closed vocabulary and a small grammar; nothing is learnt. What stands beside the
answer must be known too: a sentence that cannot be read could turn it. Only the value, the
article, and who helps how come out of it: nothing else of a mail is kept (PR-7.6).
"""

from __future__ import annotations

from broker.wire.antwoord.gelezen import GelezenAntwoord, Onduidelijk
from broker.wire.antwoord.gevaar import Onduidelijkheid
from broker.wire.antwoord.lezer import lees_antwoord

__all__ = ["GelezenAntwoord", "Onduidelijk", "Onduidelijkheid", "lees_antwoord"]
