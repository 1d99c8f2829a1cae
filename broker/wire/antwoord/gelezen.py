"""What comes out of reading an answer: one value, or why it is asked again."""

from __future__ import annotations

from dataclasses import dataclass, field

from broker.domain.verzoek import SoortHulp, Waarde
from broker.wire.antwoord.gevaar import Onduidelijkheid


@dataclass(frozen=True, slots=True)
class GelezenAntwoord:
    """An answer that can be read in one way only.

    `artikel` is 8 or 13 with BEKEND, if it was given. `beslist_door` are the words that decided,
    from the vocabulary. An optional line that cannot be used is left out.
    """

    waarde: Waarde
    artikel: int | None = None
    hulpverlener: str = field(default="", repr=False)
    soort_hulp: SoortHulp | None = None
    beslist_door: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Onduidelijk:
    """An answer that is asked again.

    `woorden` are the words of the vocabulary that made it unclear, never others: empty when the
    cause is a word that stands in no list, or no word at all.
    """

    reden: Onduidelijkheid
    woorden: tuple[str, ...] = ()


class Onleesbaar(Exception):
    """Leaves the grammar at the first thing that makes an answer unclear."""

    def __init__(self, reden: Onduidelijkheid, *woorden: str) -> None:
        super().__init__(reden)
        self.onduidelijk = Onduidelijk(reden, tuple(dict.fromkeys(woorden)))
